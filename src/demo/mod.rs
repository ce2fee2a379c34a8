//! The demonstration: fictional people and files in every state a newcomer should see, made by the same acts
//! as real ones, so that their timelines, deadlines and mails are genuine.

mod comptes;
mod histoires;
mod monde;
pub mod pdf;
mod reference;

use std::path::Path;

use crate::actions::ActionError;
use crate::app::AppState;
use crate::db::DbError;
use crate::mot_de_passe::MotDePasseError;
use crate::pieces::PieceError;

pub use comptes::{COMPTES, Compte, MOT_DE_PASSE};

/// Why the demonstration could not be prepared.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// An act was refused.
    #[error("{0}")]
    Action(#[from] ActionError),
    /// A document could not be kept.
    #[error(transparent)]
    Piece(#[from] PieceError),
    /// The password could not be hashed.
    #[error(transparent)]
    MotDePasse(#[from] MotDePasseError),
    /// The reference set does not read.
    #[error("données de démonstration : {0}")]
    Donnees(String),
}

/// Fills an empty, migrated database with the demonstration, seen from the clock's present day.
/// `dossier`: where the reference files are written.
///
/// # Errors
/// [`DemoError`]: the first act that was refused.
pub async fn semer(etat: &AppState, dossier: &Path) -> Result<(), DemoError> {
    reference::charger(etat, dossier)?;
    let monde = monde::Monde::peupler(etat).await?;
    histoires::raconter(&monde)
}
