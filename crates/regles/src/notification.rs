//! PRO-8: which day a decision counts as notified, by the way it was sent (CRPA L112-15, R112-17 to R112-20).

use chrono::NaiveDate;

use super::echeance::{Delai, fin_brute};
use super::reglement::{Reglement, ReglementError};

/// How a decision was sent, and what is known of it since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Envoi {
    /// In the portal.
    Espace {
        /// The person consented, expressly and beforehand.
        consenti: bool,
        /// Day of the notice that it is available.
        disposition: NaiveDate,
        /// First opening.
        ouverte: Option<NaiveDate>,
    },
    /// By registered letter.
    Recommande {
        /// Day the person was told that it waits at the post office.
        avisee: Option<NaiveDate>,
        /// Handed over.
        remise: Option<NaiveDate>,
        /// What came back.
        retour: Option<Retour>,
    },
    /// By electronic registered letter.
    RecommandeElectronique {
        /// Day of the notice.
        avisee: NaiveDate,
        /// Accepted.
        acceptee: Option<NaiveDate>,
    },
    /// Handed over against a signed receipt.
    MainPropre {
        /// Day of the receipt.
        recue: NaiveDate,
    },
    /// By ordinary letter or by e-mail.
    Ordinaire,
}

text_enum! {
    /// Why a registered letter came back.
    pub enum Retour {
        /// Nobody fetched it.
        NonReclamee = "non_reclamee", "Non réclamée";
        /// Nobody of this name lives there.
        Inconnue = "inconnue", "Destinataire inconnu à l’adresse";
    }
}

/// PRO-8: where a decision is between its signature and its notification.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Chemin {
    /// Not sent, or come back from an unknown address.
    #[default]
    PasEncore,
    /// Made available in the portal, to be opened until that day, included.
    Espace(NaiveDate),
    /// Posted on that day: what became of the letter is not known.
    Lettre(NaiveDate),
}

/// Whether a decision is notified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notification {
    /// Since that day: the delays run from it (REG-9, PRO-6).
    Le(NaiveDate),
    /// Nothing says it yet.
    Attendue,
    /// It is not, and must be sent again, or otherwise.
    ARefaire,
}

/// What an envoi is worth, seen on `jour`.
///
/// # Errors
/// No parameter in force on the day of the envoi.
pub fn etat(
    reglement: &Reglement,
    envoi: Envoi,
    jour: NaiveDate,
) -> Result<Notification, ReglementError> {
    use Notification as N;
    Ok(match envoi {
        Envoi::Espace {
            consenti: false, ..
        }
        | Envoi::Ordinaire => N::ARefaire,
        Envoi::Espace {
            disposition,
            ouverte,
            ..
        } => {
            let dernier = terme(reglement, "notification.delai_ouverture", disposition)?;
            match ouverte {
                Some(le) if le <= dernier => N::Le(le),
                // Too late, or never: as if read on the day it was made available.
                Some(_) => N::Le(disposition),
                None if jour > dernier => N::Le(disposition),
                None => N::Attendue,
            }
        }
        Envoi::Recommande {
            avisee,
            remise,
            retour,
        } => match (remise, retour, avisee) {
            (Some(le), _, _) | (None, Some(Retour::NonReclamee), Some(le)) => N::Le(le),
            (None, Some(_), _) => N::ARefaire,
            (None, None, _) => N::Attendue,
        },
        Envoi::RecommandeElectronique { avisee, acceptee } => {
            let dernier = terme(reglement, "lre.delai_acceptation", avisee)?;
            match acceptee {
                Some(le) if le <= dernier => N::Le(le),
                None if jour <= dernier => N::Attendue,
                _ => match reglement.texte("lre.non_reclamee", avisee)? {
                    "jour_avis" => N::Le(avisee),
                    _ => N::ARefaire,
                },
            }
        }
        Envoi::MainPropre { recue } => N::Le(recue),
    })
}

/// The last day of a delay in days from `depart`, not counted; it does not roll over: it is no act of procedure.
fn terme(reglement: &Reglement, cle: &str, depart: NaiveDate) -> Result<NaiveDate, ReglementError> {
    let delai: Delai = reglement.delai(cle, depart)?;
    fin_brute(depart, delai).ok_or_else(|| ReglementError::Type(cle.to_owned()))
}
