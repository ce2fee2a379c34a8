//! Whether the application and its database answer, for a monitor.

use actix_web::HttpResponse;

use super::erreur::WebError;
use super::visite::{Reponse, Visite};
use crate::db::AnyConn;

/// `GET /sante`: 200 and `ok` when the database answers.
///
/// # Errors
/// The database does not answer.
pub async fn page(visite: Visite) -> Reponse {
    visite
        .read(AnyConn::ping)
        .await
        .map_err(WebError::interne)?;
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("ok"))
}
