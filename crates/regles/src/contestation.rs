//! PRO-6, PRO-9: what may be contested, before whom, until when; what is recorded of an appeal, and what its outcome does.

mod objet;
mod suite;
mod vie;

pub use objet::{FaitsDemande, Suite, de_l_appel, de_la_demande, du_depart, suite};
pub use suite::{
    Accuse, Contestee, Depart, EffetPlace, Issue, Ouverture, Recours, dernier_jour,
    effet_sur_la_place, jour_du_rejet, ouverture, terme_du_tribunal,
};
pub use vie::{EtatRecours, Evenement, saisir, suivant, transition};

use chrono::{Days, NaiveDate};

use super::calendrier::{Territoire, jour_ouvrable_suivant};
use super::echeance::{self, Echeance};
use super::regle::RegleError;
use super::reglement::{Reglement, ReglementError};

text_enum! {
    /// Before whom a decision is contested (`recours.voie`).
    pub enum Voie {
        /// The commission de recours amiable, compulsory, then the pôle social (CSS L142-1, L142-4, R142-1-A, R142-10).
        SecuriteSociale = "securite_sociale", "commission de recours amiable, puis pôle social du tribunal judiciaire";
        /// Recours gracieux, then the tribunal administratif (CJA R421-1, R421-5).
        Administrative = "administrative", "recours gracieux, puis tribunal administratif";
    }
}

text_enum! {
    /// A step of the appeals (PRO-9). A caisse has no hierarchical superior: there is no recours hiérarchique.
    pub enum Degre {
        /// Commission de recours amiable of the caisse.
        Cra = "cra", "Commission de recours amiable";
        /// Pôle social of the tribunal judiciaire of where the person lives.
        TribunalJudiciaire = "tribunal_judiciaire", "Pôle social du tribunal judiciaire";
        /// Cour d’appel.
        CourAppel = "cour_appel", "Cour d’appel";
        /// Cour de cassation.
        Cassation = "cassation", "Cour de cassation";
        /// Asking the director again.
        Gracieux = "gracieux", "Recours gracieux";
        /// Tribunal administratif.
        TribunalAdministratif = "tribunal_administratif", "Tribunal administratif";
        /// Cour administrative d’appel.
        CourAdministrativeAppel = "cour_administrative_appel", "Cour administrative d’appel";
        /// Conseil d’État.
        ConseilEtat = "conseil_etat", "Conseil d’État";
    }
}

impl Voie {
    /// The steps of the route, in their order.
    pub fn degres(self) -> [Degre; 4] {
        match self {
            Voie::SecuriteSociale => [
                Degre::Cra,
                Degre::TribunalJudiciaire,
                Degre::CourAppel,
                Degre::Cassation,
            ],
            Voie::Administrative => [
                Degre::Gracieux,
                Degre::TribunalAdministratif,
                Degre::CourAdministrativeAppel,
                Degre::ConseilEtat,
            ],
        }
    }

    /// Whether the first step must be taken before any court: one seized without it is seized too early.
    pub fn premier_degre_obligatoire(self) -> bool {
        self == Voie::SecuriteSociale
    }
}

/// The route of a day.
///
/// # Errors
/// No parameter in force, or a value that is no route.
pub fn voie(reglement: &Reglement, jour: NaiveDate) -> Result<Voie, ReglementError> {
    const CLE: &str = "recours.voie";
    reglement
        .texte(CLE, jour)?
        .parse()
        .map_err(|_| ReglementError::Type(CLE.to_owned()))
}

/// The last day to contest a decision notified on `notification` (PRO-6): under the social security route, the same
/// number of the month; under the other, full months (`recours.delai_franc`), one day more. Both move to a working day.
///
/// # Errors
/// No parameter in force that day, or a deadline outside the calendar (`champ` is `notification`).
pub fn terme(
    reglement: &Reglement,
    notification: NaiveDate,
    territoire: Territoire,
) -> Result<NaiveDate, RegleError> {
    let delai = reglement.delai("recours.delai", notification)?;
    let franc = voie(reglement, notification)? == Voie::Administrative
        && reglement.oui("recours.delai_franc", notification)?;
    echeance::fin_brute(notification, delai)
        .and_then(|fin| {
            if franc {
                fin.checked_add_days(Days::new(1))
            } else {
                Some(fin)
            }
        })
        .and_then(|fin| jour_ouvrable_suivant(fin, territoire))
        .ok_or_else(|| {
            RegleError::fait(
                "notification",
                echeance::EcheanceError::HorsCalendrier.to_string(),
            )
        })
}

/// The day on which the silence of the commission de recours amiable is a rejection, from the day it received the
/// appeal (CSS R142-6).
///
/// # Errors
/// No parameter in force that day, or a deadline outside the calendar (`champ` is `recours`).
pub fn silence_de_la_cra(
    reglement: &Reglement,
    recu: NaiveDate,
    territoire: Territoire,
) -> Result<Echeance, RegleError> {
    let delai = reglement.delai("cra.delai_reponse", recu)?;
    echeance::calculer(recu, delai, territoire, &[])
        .map_err(|e| RegleError::fait("recours", e.to_string()))
}

/// Whether an appeal posted or filed on `envoye` kept the delay: the postmark counts (CRPA L112-1), the last day too.
pub fn a_temps(envoye: NaiveDate, terme: NaiveDate) -> bool {
    envoye <= terme
}
