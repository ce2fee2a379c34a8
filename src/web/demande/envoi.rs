//! The third step sent: the request is filed, once.

use crate::actions::demande::{self, Projet};
use crate::actions::piece::PieceRecue;
use crate::actions::{ActionError, ActionResult};
use crate::db::DbError;
use crate::db::contrainte::Contrainte;
use crate::db::demande as stockees;
use crate::web::erreur::WebError;
use crate::web::visite::Visite;

/// Files a request with the documents of its draft and those that come with the form, and returns its number; that of
/// the first one when the form was sent before.
///
/// # Errors
/// The database does not answer. What the form has to correct is the inner error.
pub(super) async fn deposer(
    visite: &Visite,
    projet: Projet,
    pieces: Vec<PieceRecue>,
    cle: String,
) -> Result<ActionResult<String>, WebError> {
    let acte = visite.acte()?;
    let fait = {
        let cle = cle.clone();
        visite
            .write(move |tx| demande::deposer(tx, &acte, &projet, &pieces, &cle))
            .await
    };
    match fait {
        // The same form at the same instant: the other one won.
        Err(ActionError::Db(DbError::Contrainte(Contrainte::Idempotence))) => {
            Ok(Ok(numero(visite, cle).await?))
        }
        fait => Ok(fait),
    }
}

/// The number of the request that this form already filed.
///
/// # Errors
/// [`WebError::Introuvable`] when it filed none, or the database does not answer.
pub(super) async fn numero(visite: &Visite, cle: String) -> Result<String, WebError> {
    let scope = visite.qui()?.scope();
    visite
        .read(move |conn| stockees::par_cle(conn, &scope, &cle))
        .await?
        .ok_or(WebError::Introuvable)
}
