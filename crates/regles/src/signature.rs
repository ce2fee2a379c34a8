//! PRO-5: what signs a decision. A hand, on the letter that is printed; nothing, where it is notified through an online
//! service that was homologated and that the decision names (CRPA, article L212-2); a certificate, later (L212-3).

use chrono::NaiveDate;

use crate::decision::ModeNotification;
use crate::demande::{EtatDemande, Evenement, transition};
use crate::refus::Refus;

text_enum! {
    /// What a caisse chose to sign its decisions with.
    pub enum MoyenSignature {
        /// The hand of the signatory, on the printed letter; its scan is attached before anything is notified.
        Main = "main", "Signature à la main, sur la lettre imprimée";
        /// The dispensation of an online service that is homologated.
        Teleservice = "teleservice", "Dispense de signature du téléservice homologué";
        /// A certificate of the caisse.
        Electronique = "electronique", "Signature électronique";
    }
}

impl MoyenSignature {
    /// What a caisse signs with until it chooses.
    pub const DEFAUT: MoyenSignature = MoyenSignature::Main;

    /// The text on which it rests.
    pub const fn fondement(self) -> &'static str {
        match self {
            MoyenSignature::Main => {
                "Code des relations entre le public et l’administration, article L212-1"
            }
            MoyenSignature::Teleservice => {
                "Code des relations entre le public et l’administration, article L212-2"
            }
            MoyenSignature::Electronique => {
                "Code des relations entre le public et l’administration, article L212-3"
            }
        }
    }

    /// What it changes, in one sentence.
    pub const fn consequence(self) -> &'static str {
        match self {
            MoyenSignature::Main => {
                "Une fois la décision prise, la lettre est imprimée et signée à la main ; elle n’est notifiée qu’après le dépôt de sa numérisation."
            }
            MoyenSignature::Teleservice => {
                "La décision déposée dans l’espace de la personne se passe de signature manuscrite ; celle qui part par la poste ou est remise en main propre est signée à la main."
            }
            MoyenSignature::Electronique => {
                "Elle n’est pas encore disponible dans Relève : choisissez la signature à la main ou, s’il est homologué, la dispense du téléservice."
            }
        }
    }
}

/// The homologation that a caisse holds for its online service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Homologation<'a> {
    /// Its reference.
    pub reference: &'a str,
    /// The day it was given.
    pub du: Option<NaiveDate>,
    /// Its last day, when it has one.
    pub au: Option<NaiveDate>,
}

/// Whether a caisse may choose what signs, that day.
///
/// # Errors
/// What is wrong, with the field: `moyen` (not available yet), `reference`, `homologuee_le`, `homologuee_au` (a dispensation
/// needs a homologation in force).
pub fn choisir(
    moyen: MoyenSignature,
    homologation: Homologation<'_>,
    jour: NaiveDate,
) -> Result<(), (&'static str, Refus)> {
    match moyen {
        MoyenSignature::Main => Ok(()),
        MoyenSignature::Electronique => Err((
            "moyen",
            Refus::fixe(
                "signature_indisponible",
                MoyenSignature::Electronique.consequence(),
            ),
        )),
        MoyenSignature::Teleservice => {
            if homologation.reference.trim().is_empty() {
                return Err((
                    "reference",
                    Refus::fixe(
                        "homologation_sans_reference",
                        "Indiquez la référence de l’homologation du téléservice : sans elle, une décision doit être signée à la main.",
                    ),
                ));
            }
            if homologation.du.is_none_or(|du| du > jour) {
                return Err((
                    "homologuee_le",
                    Refus::fixe(
                        "homologation_a_venir",
                        "Indiquez le jour où l’homologation a été prononcée : aujourd’hui au plus tard.",
                    ),
                ));
            }
            if homologation.au.is_some_and(|au| au < jour) {
                return Err((
                    "homologuee_au",
                    Refus::fixe(
                        "homologation_finie",
                        "Cette homologation a pris fin : une décision doit être signée à la main.",
                    ),
                ));
            }
            Ok(())
        }
    }
}

/// What signs that day, when a homologation may have ended since it was chosen.
pub fn en_vigueur(
    moyen: MoyenSignature,
    homologuee_au: Option<NaiveDate>,
    jour: NaiveDate,
) -> MoyenSignature {
    match moyen {
        MoyenSignature::Teleservice if homologuee_au.is_some_and(|au| au < jour) => {
            MoyenSignature::DEFAUT
        }
        choisi => choisi,
    }
}

/// PRO-5: whether a decision may be notified this way: signed by hand and its scan there, or notified through the online
/// service that dispenses with it.
///
/// # Errors
/// The signed letter is awaited.
pub fn notifier(
    moyen: MoyenSignature,
    par: ModeNotification,
    lettre_signee: bool,
) -> Result<(), Refus> {
    let dispensee = match (moyen, par) {
        (MoyenSignature::Teleservice, ModeNotification::Portail) => true,
        (MoyenSignature::Electronique, _) => true,
        (MoyenSignature::Teleservice | MoyenSignature::Main, _) => false,
    };
    match dispensee || lettre_signee {
        true => Ok(()),
        false => Err(A_SIGNER),
    }
}

/// Whether the letter that a hand signed may be attached to a decision.
///
/// # Errors
/// Nothing is decided, it is notified, or no letter is awaited.
pub fn deposer_lettre(
    etat: EtatDemande,
    notifiee_le: Option<NaiveDate>,
    attendue: Option<MoyenSignature>,
) -> Result<(), Refus> {
    transition(etat, Evenement::Notifier)?;
    match attendue {
        Some(_) if notifiee_le.is_none() => Ok(()),
        _ => Err(Refus::fixe(
            "lettre_non_attendue",
            "Aucune lettre à signer n’est attendue sur ce dossier : la lettre signée est déjà là, ou la décision est notifiée.",
        )),
    }
}

/// The signed letter is awaited.
pub(crate) const A_SIGNER: Refus = Refus::fixe(
    "lettre_a_signer",
    "La lettre est à imprimer et à signer à la main : déposez d’abord sa numérisation, puis enregistrez la notification.",
);
