//! Whether the application and its database answer, for a monitor.

use std::time::Duration;

use actix_web::HttpResponse;
use tokio::time::timeout;

use super::erreur::WebError;
use super::visite::{Reponse, Visite};
use crate::db::AnyConn;

/// A monitor is answered before it gives up: readers that are all taken for so long are what it wants to know.
const LIMITE: Duration = Duration::from_secs(2);

/// `GET /sante`: 200 and `ok` when the database answers.
///
/// # Errors
/// [`WebError::Indisponible`] when it does not within two seconds.
pub async fn page(visite: Visite) -> Reponse {
    match timeout(LIMITE, visite.etat.db.spawn_lookup(AnyConn::ping)).await {
        Ok(reponse) => reponse?,
        Err(trop_tard) => return Err(WebError::Indisponible(trop_tard.to_string())),
    }
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("ok"))
}
