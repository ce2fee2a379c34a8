//! PRO-9: what may be contested, by when, what is recorded of an appeal, and what its outcome does to the place.

use chrono::NaiveDate;

use super::{Degre, Voie, a_temps, silence_de_la_cra, terme, voie};
use crate::calendrier::Territoire;
use crate::demande::Sens;
use crate::grand_livre::EtatPlace;
use crate::regle::RegleError;
use crate::reglement::{Reglement, ReglementError};
use crate::silence::terme_du_silence;

text_enum! {
    /// What a person contests, by kind: the table of the letter book.
    pub enum Contestee {
        /// Conventionnement is refused.
        Refus = "refus", "Refus de conventionnement";
        /// REG-17: the condition put on a grant.
        Condition = "condition", "Condition mise à un accord";
        /// A declaration of departure is not accepted.
        DepartNonRetenu = "depart_non_retenu", "Déclaration de départ non retenue";
        /// REG-4: the place is said not to be transmissible.
        PlaceNonTransmissible = "place_non_transmissible", "Place non transmissible";
        /// REG-6: the place lapsed.
        PlaceCaduque = "place_caduque", "Place sans effet (caduque)";
        /// REG-9, REG-17: the grant lapsed.
        AccordCaduc = "accord_caduc", "Accord sans effet (caduc)";
        /// The grant is withdrawn or repealed.
        Retrait = "retrait", "Retrait d’un accord";
        /// REG-12: the place goes to somebody else.
        PlaceAttribuee = "place_attribuee", "Place donnée à une autre personne";
        /// PRO-3: the file is closed without an answer.
        SansSuite = "sans_suite", "Classement sans suite";
        /// PRO-7: the silence of the caisse is a refusal.
        SilenceRejet = "silence_rejet", "Refus né du silence";
        /// PRO-7: the silence of the caisse is an acceptance.
        SilenceAcceptation = "silence_acceptation", "Acceptation née du silence";
        /// CTR: joining refused, a payment reduced, a sum to repay, a termination.
        Contrat = "contrat", "Décision sur un contrat";
    }
}

/// Whether there is an appeal against what a person contests, and before whom first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ouverture {
    /// Before this body first.
    Devant(Degre),
    /// None for the person: what silence accepted gives all that was asked for.
    Aucune,
}

/// Before whom an act of this kind is contested first, by the route of the day; a contract has a route of its own.
///
/// # Errors
/// No parameter in force that day.
pub fn ouverture(
    reglement: &Reglement,
    contestee: Contestee,
    jour: NaiveDate,
) -> Result<Ouverture, ReglementError> {
    let voie = match contestee {
        Contestee::SilenceAcceptation => return Ok(Ouverture::Aucune),
        Contestee::Contrat => {
            const CLE: &str = "recours.voie.contrat";
            let dite = reglement.texte(CLE, jour)?;
            dite.parse()
                .map_err(|_| ReglementError::Type(CLE.to_owned()))?
        }
        Contestee::Refus
        | Contestee::Condition
        | Contestee::DepartNonRetenu
        | Contestee::PlaceNonTransmissible
        | Contestee::PlaceCaduque
        | Contestee::AccordCaduc
        | Contestee::Retrait
        | Contestee::PlaceAttribuee
        | Contestee::SansSuite
        | Contestee::SilenceRejet => voie(reglement, jour)?,
    };
    Ok(Ouverture::Devant(voie.degres()[0]))
}

/// Where the delay to contest starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depart {
    /// The act was notified that day, with its routes of appeal.
    Notifie(NaiveDate),
    /// It was not: no delay runs (CSS R142-1-A, III).
    NonNotifie,
    /// It was born of silence that day.
    Ne {
        /// The day.
        le: NaiveDate,
        /// Whether the receipt of the request said so; where it did not, no delay runs (CRPA L112-12).
        accuse: bool,
    },
}

/// PRO-6: the last day to contest; none where no delay runs, and for what has no appeal.
///
/// # Errors
/// No parameter in force that day, or a deadline outside the calendar (`champ` is `notification`).
pub fn dernier_jour(
    reglement: &Reglement,
    contestee: Contestee,
    depart: Depart,
    territoire: Territoire,
) -> Result<Option<NaiveDate>, RegleError> {
    let le = match (contestee, depart) {
        (Contestee::SilenceAcceptation, _)
        | (_, Depart::NonNotifie | Depart::Ne { accuse: false, .. }) => return Ok(None),
        (_, Depart::Notifie(le) | Depart::Ne { le, accuse: true }) => le,
    };
    terme(reglement, le, territoire).map(Some)
}

/// An appeal, as it is recorded: a late one too, since only the body it is sent to may say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recours {
    /// Before whom.
    pub degre: Degre,
    /// Day it was posted or filed.
    pub envoye_le: NaiveDate,
    /// Day it was received.
    pub recu_le: NaiveDate,
}

impl Recours {
    /// Whether it belongs to a route.
    pub fn suit(&self, voie: Voie) -> bool {
        voie.degres().contains(&self.degre)
    }

    /// Whether the delay that ended on `terme` was kept; `None` while the decision is not notified: nothing ran.
    pub fn a_temps(&self, terme: Option<NaiveDate>) -> Option<bool> {
        terme.map(|terme| a_temps(self.envoye_le, terme))
    }

    /// The day on which the silence of who must answer is a rejection; `None` before a court, which always answers.
    ///
    /// # Errors
    /// No parameter in force on the day it was received, or a deadline outside the calendar.
    pub fn repondre_avant(
        &self,
        reglement: &Reglement,
        territoire: Territoire,
    ) -> Result<Option<NaiveDate>, RegleError> {
        match self.degre {
            Degre::Cra => {
                silence_de_la_cra(reglement, self.recu_le, territoire).map(|e| Some(e.finale))
            }
            Degre::Gracieux => {
                terme_du_silence(reglement, self.recu_le, territoire, &[]).map(|e| Some(e.finale))
            }
            _ => Ok(None),
        }
    }
}

/// Whether the receipt of the appeal was sent, which says what the silence of the commission is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accuse {
    /// It was.
    Envoye,
    /// It was not: the court's delay does not run (Cass. 2e civ., 8 April 2021, nº 19-26.204).
    Manquant,
}

/// The last day to go to the court from a rejection: express, notified on `depart`; or born of silence that day, where it
/// runs only once the receipt of the appeal said so.
///
/// # Errors
/// As [`terme`].
pub fn terme_du_tribunal(
    reglement: &Reglement,
    depart: NaiveDate,
    accuse: Accuse,
    territoire: Territoire,
) -> Result<Option<NaiveDate>, RegleError> {
    match accuse {
        Accuse::Envoye => terme(reglement, depart, territoire).map(Some),
        Accuse::Manquant => Ok(None),
    }
}

/// CSS R142-6: whether the silence of the commission is a rejection on a day: from the day after the last one to answer.
pub fn jour_du_rejet(dernier: NaiveDate, jour: NaiveDate) -> bool {
    jour > dernier
}

text_enum! {
    /// How an appeal ended.
    pub enum Issue {
        /// The decision stands.
        Rejet = "rejet", "Recours rejeté";
        /// CSS R142-6: nobody answered in time.
        RejetImplicite = "rejet_implicite", "Recours rejeté par le silence de la commission";
        /// Too late, or before the wrong body.
        Irrecevabilite = "irrecevabilite", "Recours tardif ou mal adressé";
        /// The person gave it up.
        Desistement = "desistement", "Recours abandonné par la personne";
        /// The decision is undone.
        Annulation = "annulation", "Décision annulée";
        /// It is undone in part: what replaces it is to be decided.
        AnnulationPartielle = "annulation_partielle", "Décision annulée en partie";
    }
}

impl Issue {
    /// What a body that answers may say; silence says the other one.
    pub const EXPRESSES: [Issue; 4] = [
        Issue::Annulation,
        Issue::AnnulationPartielle,
        Issue::Rejet,
        Issue::Irrecevabilite,
    ];

    /// Whether the decision no longer stands as it was.
    pub fn annule(self) -> bool {
        match self {
            Issue::Annulation | Issue::AnnulationPartielle => true,
            Issue::Rejet | Issue::RejetImplicite | Issue::Irrecevabilite | Issue::Desistement => {
                false
            }
        }
    }

    /// Whether the next step of the route is open to the person: not once they have all they asked for, or gave up.
    pub fn se_conteste(self) -> bool {
        match self {
            Issue::Annulation | Issue::Desistement => false,
            Issue::AnnulationPartielle
            | Issue::Rejet
            | Issue::RejetImplicite
            | Issue::Irrecevabilite => true,
        }
    }
}

/// What the outcome of an appeal asks of the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EffetPlace {
    /// Nothing changes.
    Aucun,
    /// A refusal is undone and the place is free: it is kept for this request until it is decided on again.
    AGarder,
    /// A refusal is undone and the place was taken meanwhile: a departure is consumed once (REG-2), somebody decides.
    DejaPrise,
    /// A grant is undone: its place is free again, if its two years are not over (REG-9).
    ARendre,
}

/// What the outcome of an appeal against a decision does to the place it rests on.
pub fn effet_sur_la_place(issue: Issue, contestee: Sens, place: EtatPlace) -> EffetPlace {
    match (issue.annule(), contestee) {
        (false, _) => EffetPlace::Aucun,
        (true, Sens::Accord) if place.prise() => EffetPlace::ARendre,
        (true, Sens::Accord) => EffetPlace::Aucun,
        (true, Sens::Refus) if place.prise() => EffetPlace::DejaPrise,
        (true, Sens::Refus) => EffetPlace::AGarder,
    }
}
