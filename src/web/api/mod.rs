//! The rules over HTTP, without an account: the same objects and the same answers as `releve evaluer`.

use actix_web::web::Bytes;
use actix_web::{HttpResponse, web};
use regles::evaluer::{TableauError, evaluer_tableau};
use serde_json::json;

use super::erreur::WebError;
use super::visite::{Reponse, Visite};
use crate::db::resolveur::ZonageEnBase;

/// Objects accepted in one call.
pub const OBJETS_MAX: usize = 1_000;
/// Largest body, in bytes.
pub const CORPS_MAX: usize = 2 * 1024 * 1024;

const DESCRIPTION: &str = include_str!("openapi.json");

/// `POST /api/v1/evaluations`: an array in, an array out, in the same order.
///
/// # Errors
/// Too many calls from one address, or the database does not answer.
pub async fn evaluations(visite: Visite, corps: Bytes) -> Reponse {
    if visite
        .etat
        .limites
        .evaluations
        .compter(&visite.adresse_ip)
        .is_err()
    {
        return Ok(HttpResponse::TooManyRequests()
            .insert_header(("retry-after", "1"))
            .json(erreur(
                "Trop d’appels en peu de temps : attendez une seconde, puis recommencez.",
            )));
    }
    let Ok(corps) = String::from_utf8(corps.to_vec()) else {
        return Ok(HttpResponse::BadRequest().json(erreur("Le corps doit être du JSON en UTF-8.")));
    };
    // The contract answers with the shipped national values, whatever this installation approved since.
    let reglement = visite.etat.reglement_livre();
    let db = visite.etat.db.clone();
    let reponses = web::block(move || {
        let zones = ZonageEnBase {
            db: &db,
            reglement: &reglement,
        };
        // Written here, off the async threads: a thousand explanations are long.
        evaluer_tableau(&reglement, &corps, &zones, OBJETS_MAX).map(|r| serde_json::to_vec(&r))
    })
    .await?;
    Ok(match reponses {
        Ok(octets) => HttpResponse::Ok()
            .content_type("application/json")
            .body(octets.map_err(WebError::interne)?),
        Err(refus @ TableauError::TropLong { .. }) => {
            HttpResponse::PayloadTooLarge().json(erreur(&refus.to_string()))
        }
        Err(refus) => HttpResponse::BadRequest().json(erreur(&refus.to_string())),
    })
}

fn erreur(message: &str) -> serde_json::Value {
    json!({"erreur": {"champ": "tableau", "message": message}})
}

/// `GET /api/v1/openapi.json`
///
/// # Errors
/// None.
pub async fn description() -> Reponse {
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header(("access-control-allow-origin", "*"))
        .body(DESCRIPTION))
}
