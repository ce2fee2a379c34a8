//! What somebody needs to verify the journal from outside: the key, and the last jalon.

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_DISPOSITION;

use super::erreur::WebError;
use super::visite::{Reponse, Visite};
use crate::actions::jalon;

/// `GET /journal/cle`: the key that verifies the jalons, as signed notes write it.
///
/// # Errors
/// None.
pub async fn cle(visite: Visite) -> Reponse {
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body(format!("{}\n", visite.etat.cle_du_journal.publique())))
}

/// `GET /journal/jalon`: the last jalon, to be kept out of reach of who administers the database.
///
/// # Errors
/// None was taken yet; the database does not answer.
pub async fn telecharger(visite: Visite) -> Reponse {
    let exporte = visite.read(jalon::exporter).await?;
    let exporte = exporte.ok_or(WebError::Introuvable)?;
    let json = serde_json::to_string_pretty(&exporte).map_err(WebError::interne)?;
    let nom = format!("jalon-{}.json", visite.aujourd_hui());
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{nom}\""),
        ))
        .body(json))
}
