//! Whose turn it is on a departure and on the place that it opened, as each reader may know it.

use chrono::NaiveDate;

use super::{Attente, Fin, Qui, Quoi};
use crate::depart::{Contestation, EtatDepart};
use crate::designation::EtatDesignation;
use crate::grand_livre::EtatPlace;

/// The facts of a departure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaitsDepart {
    /// Where it stands.
    pub etat: EtatDepart,
    /// Where its place stands, if it opened one.
    pub place: Option<EtatPlace>,
    /// The designation that counts, if there is one.
    pub designation: Option<EtatDesignation>,
    /// Whether the person designated has a request under way on the place, for who may know of it.
    pub deposee: bool,
    /// How many documents it calls for, that nobody sent.
    pub manquantes: usize,
    /// REG-5: the last day to designate.
    pub limite: Option<NaiveDate>,
    /// REG-3: where the contest of its count stands, below the floor of acts.
    pub contestation: Option<Contestation>,
    /// REG-4: the last day of the opinion of the commission, once it is asked for it.
    pub avis: Option<NaiveDate>,
}

/// Whose turn it is on a departure, for the CPAM, which knows of a grant before it is notified (PRO-8).
pub fn depart_pour_la_caisse(f: &FaitsDepart) -> Attente {
    match (f.etat, f.place) {
        (EtatDepart::Confirmee, Some(EtatPlace::Reservee)) => Attente {
            qui: Qui::Successeur,
            quoi: Quoi::SInstaller {
                preuve_refusee: false,
            },
            avant: None,
            silence: None,
        },
        _ => depart(f),
    }
}

/// Whose turn it is on a departure.
pub fn depart(f: &FaitsDepart) -> Attente {
    let (qui, quoi) = match (f.etat, f.place) {
        (EtatDepart::Declaree, _) => {
            let manquantes = f.manquantes;
            (Qui::Caisse, Quoi::RepondreAuDepart { manquantes })
        }
        (EtatDepart::Rejetee | EtatDepart::Retiree, _) | (EtatDepart::Confirmee, None) => {
            (Qui::Personne, Quoi::Rien(Fin::Depart(f.etat)))
        }
        (EtatDepart::Confirmee, Some(place)) => match place {
            EtatPlace::Ouverte => match f.designation {
                Some(EtatDesignation::Acceptee) if f.deposee => {
                    (Qui::Caisse, Quoi::DeciderSurLaDemande)
                }
                Some(EtatDesignation::Acceptee) => (Qui::Successeur, Quoi::DeposerDemande),
                Some(EtatDesignation::EnAttente) => (Qui::Designe, Quoi::RepondreALaDesignation),
                _ => (Qui::Cedant, Quoi::Designer),
            },
            EtatPlace::AExaminer => match f.contestation {
                Some(Contestation::Ouverte(_)) => (Qui::Cedant, Quoi::VerifierDecompte),
                Some(Contestation::ARepondre) => (Qui::Caisse, Quoi::RepondreALaContestation),
                _ if f.avis.is_some() => (Qui::Commission, Quoi::RendreAvis),
                _ => (Qui::Caisse, Quoi::SaisirSurLaPlace),
            },
            // PRO-8: who leaves learns nothing of the grant before whoever it is for; a mail says it once it is notified.
            EtatPlace::Reservee => (Qui::Successeur, Quoi::DeposerDemande),
            EtatPlace::AAttribuer => (Qui::Caisse, Quoi::AttribuerParCharte),
            EtatPlace::NonTransmissible
            | EtatPlace::Pourvue
            | EtatPlace::Caduque
            | EtatPlace::Annulee
            | EtatPlace::SansObjet => (Qui::Personne, Quoi::Rien(Fin::Place(place))),
        },
    };
    Attente {
        qui,
        quoi,
        avant: match (quoi, f.contestation) {
            (Quoi::VerifierDecompte, Some(Contestation::Ouverte(terme))) => Some(terme),
            (Quoi::RendreAvis, _) => f.avis,
            // REG-4: nothing says before when the commission is asked.
            (Quoi::SaisirSurLaPlace, _) => None,
            _ => f.limite,
        },
        silence: None,
    }
}
