//! Whether the application, its database and its disk answer, for a monitor.

use std::time::Duration;

use actix_web::HttpResponse;
use tokio::time::timeout;

use super::erreur::{WebError, a_reessayer};
use super::visite::{Reponse, Visite};
use crate::db::AnyConn;

/// A monitor is answered before it gives up: readers that are all taken for so long are what it wants to know.
const LIMITE: Duration = Duration::from_secs(2);

const TEXTE: &str = "text/plain; charset=utf-8";

/// `GET /sante`: 200 and `ok` when the database answers and there is room to keep what people send.
///
/// # Errors
/// [`WebError::Indisponible`] when it does not within two seconds.
pub async fn page(visite: Visite) -> Reponse {
    match timeout(LIMITE, visite.etat.db.spawn_lookup(AnyConn::ping)).await {
        Ok(reponse) => reponse?,
        Err(trop_tard) => return Err(WebError::Indisponible(trop_tard.to_string())),
    }
    if let Some(dossier) = visite.etat.disque.manque().map_err(WebError::interne)? {
        tracing::error!(dossier = %dossier.display(), "no room left: what people send cannot be kept");
        return Ok(a_reessayer().content_type(TEXTE).body("disque plein"));
    }
    Ok(HttpResponse::Ok().content_type(TEXTE).body("ok"))
}
