//! Bulk acts: choosing files, confirming the act, following it, undoing it.

mod liste;
mod lot;
mod nouveau;

pub use liste::liste;
pub use lot::{annuler, lancer, page, page_annuler, reprendre};
pub use nouveau::{creer, page as page_nouveau};

use actix_web::web;

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
            let (db, acte, scope) = (etat.db.clone(), acte.clone(), scope.clone());
            match web::block(move || db.write(|tx| actes::avancer(tx, &acte, &scope, id))).await {
                Ok(Ok(true)) => {}
                Ok(Ok(false)) => break,
                Ok(Err(erreur)) => {
                    tracing::error!(lot = id, %erreur, "a bulk act stopped");
                    break;
                }
                Err(erreur) => {
                    tracing::warn!(lot = id, %erreur, "a bulk act was interrupted");
                    break;
                }
            }
        }
    });
    Ok(())
}
