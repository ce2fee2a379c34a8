//! The line of steps by which a person sees where one of her things stands, and what comes next.

use super::Quoi;
use super::accueil::{Objet, Vu};

/// The steps of a thing, in order, and which is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Etapes {
    /// Their names.
    pub noms: &'static [&'static str],
    /// The rank of the one under way: those before are done.
    pub courante: usize,
}

const DEMANDE: &[&str] = &[
    "Dépôt",
    "Vérification des pièces",
    "Décision",
    "Installation",
];
const DEROGATION: &[&str] = &[
    "Dépôt",
    "Vérification des pièces",
    "Avis de la commission",
    "Décision",
    "Installation",
];
const DEPART: &[&str] = &[
    "Déclaration",
    "Vérification par la caisse",
    "Désignation d’un successeur",
    "Demande du successeur",
    "Installation du successeur",
];
const DESIGNATION: &[&str] = &[
    "Désignation",
    "Votre réponse",
    "Votre demande",
    "Décision",
    "Installation",
];
const CANDIDATURE: &[&str] = &["Candidature", "Classement", "Réponse de la caisse"];

/// The steps of something that is under way; none for what ended, or follows no line. `commission`: the commission gives
/// its opinion on it.
pub fn etapes(vu: &Vu<'_>, commission: bool) -> Option<Etapes> {
    let (noms, courante) = match vu.objet {
        Objet::Demande { .. } if commission => (DEROGATION, derogation(vu.attente.quoi)?),
        Objet::Demande { .. } => (DEMANDE, demande(vu.attente.quoi)?),
        Objet::Depart { .. } => (DEPART, depart(vu.attente.quoi)?),
        Objet::Designation { .. } => (DESIGNATION, designation(vu.attente.quoi)?),
        Objet::Candidature { .. } => (CANDIDATURE, candidature(vu.attente.quoi)?),
    };
    Some(Etapes { noms, courante })
}

fn demande(quoi: Quoi) -> Option<usize> {
    match quoi {
        Quoi::VerifierPieces { .. } | Quoi::EnvoyerPieces { .. } => Some(1),
        Quoi::ProposerDecision
        | Quoi::ReprendreProposition
        | Quoi::SaisirCommission
        | Quoi::AttendreAvis
        | Quoi::DeciderApresAvis
        | Quoi::SignerDecision
        | Quoi::NotifierDecision(..) => Some(2),
        Quoi::RemplirLaReserve | Quoi::SInstaller { .. } | Quoi::VerifierInstallation => Some(3),
        _ => None,
    }
}

fn derogation(quoi: Quoi) -> Option<usize> {
    match quoi {
        Quoi::SaisirCommission | Quoi::AttendreAvis => Some(2),
        quoi => demande(quoi).map(|rang| if rang >= 2 { rang + 1 } else { rang }),
    }
}

fn depart(quoi: Quoi) -> Option<usize> {
    match quoi {
        Quoi::RepondreAuDepart { .. }
        | Quoi::VerifierDecompte
        | Quoi::RepondreALaContestation
        | Quoi::SaisirSurLaPlace
        | Quoi::RendreAvis => Some(1),
        Quoi::Designer | Quoi::RepondreALaDesignation => Some(2),
        Quoi::DeposerDemande | Quoi::DeciderSurLaDemande => Some(3),
        _ => None,
    }
}

fn designation(quoi: Quoi) -> Option<usize> {
    match quoi {
        Quoi::RepondreALaDesignation => Some(1),
        Quoi::DeposerDemande => Some(2),
        _ => None,
    }
}

fn candidature(quoi: Quoi) -> Option<usize> {
    (quoi == Quoi::AttribuerPlace).then_some(1)
}
