//! Accounts: register, confirm an address, log in, change a password, close sessions.

pub mod connexion;

use crate::actions::Objet;
use crate::db::utilisateur::Compte;

/// What a line of the audit trail about an account is about.
fn objet(compte: &Compte) -> Objet<'_> {
    Objet {
        organisme_code: compte.organisme_code.as_deref(),
        ..Objet::default()
    }
}
