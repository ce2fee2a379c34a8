//! Bulk acts: choosing files, confirming the act, following it, undoing it.

mod liste;
mod lot;
mod nouveau;

pub use liste::liste;
pub use lot::{annuler, lancer, page, page_annuler, reprendre};
pub use nouveau::{creer, page as page_nouveau};

use std::time::Duration;

use crate::actions::ActionError;
use crate::actions::lot as actes;
use crate::web::erreur::WebError;
use crate::web::visite::Visite;

/// Works on a lot until it is over, batch by batch, after the answer is sent. What was done is committed: a server
/// that stops in the middle leaves a lot that can be resumed.
fn poursuivre(visite: &Visite, id: i64) -> Result<(), WebError> {
    let etat = visite.etat.clone();
    let (acte, scope) = (visite.acte()?, visite.qui()?.scope());
    actix_web::rt::spawn(async move {
        loop {
            let (acte, scope) = (acte.clone(), scope.clone());
            let fait = etat
                .db
                .spawn_write(move |tx| actes::avancer(tx, &acte, &scope, id))
                .await;
            match fait {
                Ok(true) => {}
                Ok(false) => break,
                // Its turn did not come: nothing was done, and it goes on a moment later.
                Err(ActionError::Db(erreur)) if erreur.passagere() => {
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
                Err(erreur) => {
                    tracing::error!(lot = id, %erreur, "a bulk act stopped");
                    break;
                }
            }
        }
    });
    Ok(())
}
