//! PRO-6, PRO-9: the routes of appeal against an unfavourable decision, in one place for every text that names them.

mod suite;

pub use suite::{EffetPlace, Issue, Recours, effet_sur_la_place};

use chrono::{Days, NaiveDate};

use super::calendrier::{Territoire, jour_ouvrable_suivant};
use super::echeance::{self, Delai, Echeance};
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
    /// What the person contests.
    pub enum Conteste {
        /// A decision notified to them: the delay runs from the notification.
        Decision = "decision", "cette décision";
        /// A refusal born of silence: the delay runs from the day it was born.
        Silence = "silence", "ce refus";
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

/// A court, as a letter names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tribunal {
    /// Its town.
    pub ville: String,
    /// Its address.
    pub adresse: String,
}

/// Where an appeal is sent. Without the datum the text says it in general, and no refusal may be notified: [`manquants`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Destinataires {
    /// Address of the secretariat of the commission de recours amiable.
    pub cra: Option<String>,
    /// The court of where the person lives; under the administrative route, the tribunal administratif.
    pub tribunal: Option<Tribunal>,
}

/// What lacks before a refusal may be notified under a route, in words.
pub fn manquants(voie: Voie, destinataires: &Destinataires) -> Vec<&'static str> {
    let cra = voie == Voie::SecuriteSociale && destinataires.cra.is_none();
    let tribunal = destinataires.tribunal.is_none();
    [
        (
            cra,
            "l’adresse de la commission de recours amiable de la caisse",
        ),
        (
            tribunal && voie == Voie::SecuriteSociale,
            "le tribunal judiciaire du domicile de la personne",
        ),
        (
            tribunal && voie == Voie::Administrative,
            "le tribunal administratif compétent",
        ),
    ]
    .into_iter()
    .filter(|(manque, _)| *manque)
    .map(|(_, mots)| mots)
    .collect()
}

/// The routes of appeal, one sentence or group of sentences an item, the legal references last. They never print a
/// day: the delay runs from a notification that they do not know.
///
/// # Errors
/// No parameter in force that day.
pub fn textes(
    reglement: &Reglement,
    jour: NaiveDate,
    conteste: Conteste,
    destinataires: &Destinataires,
) -> Result<Vec<String>, ReglementError> {
    let delai = Delai::Mois(reglement.nombre("recours.delai", jour)?);
    match voie(reglement, jour)? {
        Voie::SecuriteSociale => securite_sociale(reglement, jour, conteste, destinataires, delai),
        Voie::Administrative => Ok(administrative(conteste, destinataires, delai)),
    }
}

fn depart(conteste: Conteste) -> &'static str {
    match conteste {
        Conteste::Decision => "à compter du jour où cette décision vous est notifiée",
        Conteste::Silence => "à compter du jour où votre demande est considérée comme refusée",
    }
}

fn securite_sociale(
    reglement: &Reglement,
    jour: NaiveDate,
    conteste: Conteste,
    destinataires: &Destinataires,
    delai: Delai,
) -> Result<Vec<String>, ReglementError> {
    let reponse = Delai::Mois(reglement.nombre("cra.delai_reponse", jour)?);
    let adresse = match &destinataires.cra {
        Some(adresse) => format!("Écrivez à : {adresse}."),
        None => "Écrivez à la commission de recours amiable de la caisse.".to_owned(),
    };
    let tribunal = match &destinataires.tribunal {
        Some(t) => format!(
            "pôle social du tribunal judiciaire {}, {}",
            super::texte::de(&t.ville),
            t.adresse
        ),
        None => "pôle social du tribunal judiciaire dont dépend votre domicile".to_owned(),
    };
    let sans_avocat = if reglement.oui("recours.mention_sans_avocat", jour)? {
        " Vous pouvez vous défendre sans avocat."
    } else {
        ""
    };
    let objet = conteste.libelle();
    Ok(vec![
        format!(
            "D’abord, obligatoirement, la commission de recours amiable. Vous avez {delai} {}. Passé ce délai, votre \
             recours sera rejeté sans être examiné. {adresse} Dites pourquoi vous contestez {objet} ; joignez-y une copie \
             et vos justificatifs. La commission se prononcera d’après les règles et les faits du jour de sa décision.",
            depart(conteste)
        ),
        format!(
            "Ensuite, le tribunal. Si la commission rejette votre recours, vous aurez {delai} à compter de la notification \
             de sa réponse pour saisir le {tribunal}. Si elle n’a pas répondu {reponse} après avoir reçu votre recours, \
             c’est un rejet : vous aurez {delai} à compter de ce jour. Votre requête est remise au greffe, ou envoyée en \
             recommandé avec avis de réception, avec la copie de {objet} et de votre recours.{sans_avocat}"
        ),
        "Une demande de réexamen adressée à la direction ne prolonge pas ces délais.".to_owned(),
        "Code de la sécurité sociale, articles L142-4, R142-1, R142-1-A, R142-10, R142-10-1 ; code des relations entre le \
         public et l’administration, articles L412-3 à L412-5."
            .to_owned(),
    ])
}

fn administrative(conteste: Conteste, destinataires: &Destinataires, delai: Delai) -> Vec<String> {
    let tribunal = match &destinataires.tribunal {
        Some(t) => format!(
            "tribunal administratif {}, {}",
            super::texte::de(&t.ville),
            t.adresse
        ),
        None => "tribunal administratif".to_owned(),
    };
    let depart = depart(conteste);
    vec![
        format!(
            "Un recours gracieux, adressé au directeur de la caisse dans les {delai} {depart} : il conserve le délai pour saisir le tribunal."
        ),
        format!(
            "Un recours contentieux devant le {tribunal} dans les {delai} {depart}, ou du rejet de votre recours gracieux. Le tribunal peut être saisi par l’application Télérecours citoyens."
        ),
        "Code de justice administrative, articles R421-1 et R421-5.".to_owned(),
    ]
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
