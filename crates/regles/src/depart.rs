//! What may be declared of a departure: bounds that tell a real date or count from a slip of the keyboard; until when it
//! may be cancelled (REG-19).

mod decompte;
mod mouvement;

pub use decompte::{
    Auteur, Communication, Contestation, Decompte, SuiteContestation, contestation,
    periode_des_actes, terme_de_la_contestation,
};
pub use mouvement::{Destinataire, Mouvement};

use chrono::NaiveDate;

use super::dates_fr;
use super::echeance::{Delai, EcheanceError, en_arriere, fin_brute};
use super::regle::RegleError;
use super::reglement::{Reglement, ReglementError};
use crate::passage::Passage;
use crate::refus::Refus;

text_enum! {
    /// In what capacity.
    pub enum Qualite {
        /// Heir of a leaver who died.
        Heritier = "heritier", "Ayant droit du professionnel décédé";
        /// Represents a leaver who is incapacitated.
        Representant = "representant", "Représentant du professionnel empêché";
    }
}

text_enum! {
    /// Where a departure stands.
    pub enum EtatDepart {
        /// Declared by the practitioner; the CPAM has not confirmed it.
        Declaree = "declaree", "Déclarée";
        /// Confirmed: it opened a place, or not.
        Confirmee = "confirmee", "Confirmée";
        /// Rejected by the CPAM, with a reason.
        Rejetee = "rejetee", "Rejetée";
        /// Withdrawn by the practitioner, before or after the CPAM confirmed it (REG-19).
        Retiree = "retiree", "Retirée";
    }
}

impl EtatDepart {
    /// Where a departure begins.
    pub const DEBUT: EtatDepart = EtatDepart::Declaree;

    /// Whether somebody may still have to act.
    pub fn en_cours(self) -> bool {
        matches!(self, EtatDepart::Declaree | EtatDepart::Confirmee)
    }
}

text_enum! {
    /// What can happen to a departure.
    pub enum Evenement {
        /// The CPAM confirms it (REG-3).
        Confirmer = "confirmer", "La confirmation";
        /// The CPAM rejects it, with a reason.
        Rejeter = "rejeter", "Le rejet";
        /// The practitioner takes it back.
        Retirer = "retirer", "Le retrait";
        /// PRO-9: the rejection is undone on appeal, and another answer is to be given.
        Rouvrir = "rouvrir", "La réouverture après un recours";
    }
}

/// The state that follows.
///
/// # Errors
/// A refusal when it cannot happen in this state: the CPAM answers once.
pub fn transition(etat: EtatDepart, evenement: Evenement) -> Result<Passage<EtatDepart>, Refus> {
    use EtatDepart as E;
    use Evenement as V;
    let vers = match (etat, evenement) {
        (E::Declaree, V::Confirmer) => E::Confirmee,
        (E::Declaree, V::Rejeter) => E::Rejetee,
        // REG-19: as long as no decision rests on it, see [`peut_s_annuler`].
        (E::Declaree | E::Confirmee, V::Retirer) => E::Retiree,
        (E::Rejetee, V::Rouvrir) => E::Declaree,
        (E::Declaree | E::Confirmee | E::Retiree, V::Rouvrir) => {
            return Err(Refus::fixe(
                "depart_non_rejete",
                "Cette déclaration n’est pas rejetée : il n’y a rien à rouvrir.",
            ));
        }
        (E::Retiree, V::Retirer) => {
            return Err(Refus::fixe(
                "depart_retire",
                "Cette déclaration est déjà retirée : vous n’avez rien à faire.",
            ));
        }
        (E::Rejetee, V::Retirer) => {
            return Err(Refus::fixe(
                "depart_repondu",
                "La caisse a rejeté cette déclaration : elle n’a plus à être retirée.",
            ));
        }
        (E::Retiree, V::Confirmer | V::Rejeter) => {
            return Err(Refus::fixe(
                "depart_retire",
                "La personne a retiré cette déclaration : elle n’attend plus de réponse.",
            ));
        }
        (E::Confirmee | E::Rejetee, V::Confirmer | V::Rejeter) => {
            return Err(Refus::dit(
                "depart_repondu",
                format!(
                    "Cette cessation est à l’état « {etat} » : elle a déjà reçu une réponse. Rechargez la page pour la lire."
                ),
            ));
        }
    };
    Ok(Passage::new(etat, vers))
}

/// Why a declaration cannot be right: the field, and a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeclarationError {
    /// The date lies further ahead than a departure is announced.
    #[error("La date de cessation ne peut pas dépasser le {} : un départ se déclare au plus {delai} à l’avance.", dates_fr::longue(*.limite))]
    TropTard {
        /// Last day accepted.
        limite: NaiveDate,
        /// How long ahead, in words.
        delai: String,
    },
    /// The date lies so far back that it is a slip, or no longer of use.
    #[error("La date de cessation ne peut pas être antérieure au {} : un départ se déclare au plus {delai} après. Vérifiez l’année.", dates_fr::longue(*.limite))]
    TropTot {
        /// First day accepted.
        limite: NaiveDate,
        /// How long after, in words.
        delai: String,
    },
    /// No practitioner bills that many acts.
    #[error(
        "{actes} actes en douze mois ne sont pas vraisemblables : le nombre attendu est compris entre 0 et {max}."
    )]
    Actes {
        /// What was typed.
        actes: i64,
        /// Largest count accepted.
        max: i64,
    },
    /// REG-7: a death that is not of a day past.
    #[error("La date du décès ne peut pas être à venir.")]
    DecesAVenir,
    /// REG-7: a death too long ago to be that of a departure to open.
    #[error("La date du décès ne peut pas être antérieure au {} : un départ s’ouvre au plus {delai} après. Vérifiez l’année.", dates_fr::longue(*.limite))]
    DecesTropTot {
        /// First day accepted.
        limite: NaiveDate,
        /// How long after.
        delai: String,
    },
    /// The parameters do not say.
    #[error(transparent)]
    Reglement(#[from] ReglementError),
}

impl DeclarationError {
    /// The field at fault.
    pub fn champ(&self) -> &'static str {
        match self {
            DeclarationError::Actes { .. } => "actes",
            DeclarationError::DecesAVenir | DeclarationError::DecesTropTot { .. } => "deces_le",
            _ => "date_cessation",
        }
    }
}

/// Whether a departure may be declared on `jour`. A cessation before the registration here is
/// legitimate; one out of the bounds of the parameters is a mistake to point out.
///
/// # Errors
/// [`DeclarationError`].
pub fn verifier(
    reglement: &Reglement,
    jour: NaiveDate,
    cessation: NaiveDate,
    actes: Option<i64>,
) -> Result<(), DeclarationError> {
    let avance = Delai::Mois(reglement.nombre("cessation.anticipation_max", jour)?);
    let recul = Delai::Annees(reglement.nombre("cessation.anciennete_max", jour)?);
    if let Some(limite) = fin_brute(jour, avance).filter(|l| cessation > *l) {
        return Err(DeclarationError::TropTard {
            limite,
            delai: avance.to_string(),
        });
    }
    if let Some(limite) = en_arriere(jour, recul).filter(|l| cessation < *l) {
        return Err(DeclarationError::TropTot {
            limite,
            delai: recul.to_string(),
        });
    }
    let max = reglement.entier("cessation.actes_max", jour)?;
    match actes {
        Some(actes) if !(0..=max).contains(&actes) => Err(DeclarationError::Actes { actes, max }),
        _ => Ok(()),
    }
}

/// REG-7: whether the caisse may open on `jour` the departure of somebody who died on `deces` and had declared none.
///
/// # Errors
/// [`DeclarationError`].
pub fn verifier_deces(
    reglement: &Reglement,
    jour: NaiveDate,
    deces: NaiveDate,
    actes: Option<i64>,
) -> Result<(), DeclarationError> {
    if deces > jour {
        return Err(DeclarationError::DecesAVenir);
    }
    match verifier(reglement, jour, deces, actes) {
        Err(DeclarationError::TropTot { limite, delai }) => {
            Err(DeclarationError::DecesTropTot { limite, delai })
        }
        autre => autre,
    }
}

/// REG-19: whether the leaver may cancel a departure: nobody decided on it, and no decision rests on it.
pub fn peut_s_annuler(etat: EtatDepart, decision_prise: bool) -> bool {
    etat.en_cours() && !decision_prise
}

/// REG-19: until when the colleague allowed by the Ordre may keep the cabinet of an MK who died, and until when once
/// renewed (CSP R4321-132). Such a colleague is no successor, and consumes nothing.
///
/// # Errors
/// No parameter in force that day, or a day outside the calendar (`champ` is `deces`).
pub fn tenue_du_cabinet(
    reglement: &Reglement,
    deces: NaiveDate,
) -> Result<(NaiveDate, Option<NaiveDate>), RegleError> {
    let hors = || RegleError::fait("deces", EcheanceError::HorsCalendrier.to_string());
    let mois = reglement.nombre("deces.tenue_du_cabinet", deces)?;
    let fin = |mois| fin_brute(deces, Delai::Mois(mois)).ok_or_else(hors);
    let renouvelee = if reglement.oui("deces.tenue_renouvelable", deces)? {
        Some(fin(mois.saturating_mul(2))?)
    } else {
        None
    };
    Ok((fin(mois)?, renouvelee))
}
