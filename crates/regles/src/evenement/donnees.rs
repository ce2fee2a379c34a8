//! What several events say alike.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::echeance::Suspension;
use crate::piece::NaturePiece;

/// A document received, without its name, which may say who it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PieceDeposee {
    /// What it shows.
    pub nature: NaturePiece,
    /// SHA-256, in hexadecimal.
    pub empreinte: String,
    /// Bytes.
    pub taille: i64,
}

/// A delay as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EtatDelai {
    /// Last day.
    pub finale: NaiveDate,
    /// When it does not run.
    pub suspensions: Vec<Suspension>,
}

/// How the lines of a file of reference compared with what was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LignesImportees {
    /// Not stored before.
    pub ajoutes: usize,
    /// Stored with another content.
    pub modifies: usize,
    /// Stored as they are.
    pub inchanges: usize,
}

text_enum! {
    /// Why a login was refused.
    pub enum RefusConnexion {
        /// No account has the address.
        Inconnu = "inconnu", "adresse inconnue";
        /// Too many failures.
        Verrouille = "verrouille", "compte fermé quelque temps";
        /// Wrong password.
        MotDePasse = "mot_de_passe", "mot de passe faux";
        /// The account is closed.
        Inactif = "inactif", "compte inactif";
        /// The address was never confirmed.
        NonVerifie = "non_verifie", "adresse à confirmer";
        /// No mandate is in force.
        SansMandat = "sans_mandat", "aucun mandat en cours";
    }
}

text_enum! {
    /// How a password was changed.
    pub enum MoyenMotDePasse {
        /// By the link that was sent.
        Lien = "lien", "lien reçu";
        /// Knowing the former one.
        Compte = "compte", "mot de passe connu";
    }
}
