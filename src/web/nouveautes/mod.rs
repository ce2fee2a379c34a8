//! `/nouveautes`: what is new for who is logged in, by case; and which mails she wants of it.

mod courriels;
mod page;

pub(super) use courriels::{champs, enregistrer};
pub use courriels::{choisir, page as reglages};
pub use page::{marquer, page};

use super::erreur::WebError;
use super::visite::Visite;
use crate::db::nouveaute;

/// The address of the page.
pub const CHEMIN: &str = "/nouveautes";

/// Notes that who looks at a case saw what was new on it: only where something was, and on a page that somebody looks at.
///
/// # Errors
/// [`WebError::Interdit`] without a session.
pub async fn lue(visite: &Visite, dossier_id: i64) -> Result<(), WebError> {
    let qui = visite.qui()?;
    if qui.nouveautes == 0 {
        return Ok(());
    }
    let (moi, maintenant) = (qui.compte_id, visite.maintenant());
    visite
        .noter("news read", move |tx| {
            Ok(nouveaute::lire(tx, moi, Some(dossier_id), maintenant)?)
        })
        .await;
    Ok(())
}
