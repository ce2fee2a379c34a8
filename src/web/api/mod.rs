//! The rules over HTTP, without an account: the same objects and the same answers as `releve evaluer`.

use actix_web::body::BoxBody;
use actix_web::dev::ServiceResponse;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use regles::evaluer::{TableauError, evaluer_tableau};
use serde_json::json;

use self::fil::sur_un_fil;
use super::corps;
use super::erreur::WebError;
use super::visite::{Reponse, Visite};
use crate::db::resolveur::ZonageEnBase;

mod fil;

/// Objects accepted in one call.
pub const OBJETS_MAX: usize = 1_000;
/// Largest body, in bytes.
const CORPS_MAX: usize = 2 * 1024 * 1024;

const DESCRIPTION: &str = include_str!("openapi.json");

/// `POST /api/v1/evaluations`: an array in, an array out, in the same order.
///
/// # Errors
/// The system gives no thread. What is wrong with the call is an answer.
pub async fn evaluations(visite: Visite, requete: HttpRequest, payload: Payload) -> Reponse {
    if visite
        .etat
        .limites
        .evaluations
        .compter(&visite.adresse_ip)
        .is_err()
    {
        return Ok(HttpResponse::TooManyRequests()
            .insert_header((header::RETRY_AFTER, "1"))
            .json(erreur(
                "Trop d’appels en peu de temps : attendez une seconde, puis recommencez.",
            )));
    }
    // Held to the end: the memory of the body is counted as long as it is evaluated.
    let mut tampon = visite.etat.corps.tampon(CORPS_MAX);
    let corps = match corps::lire(requete.headers(), payload.into_inner(), &mut tampon).await {
        Ok(corps) => corps,
        Err(refus) => return Ok(non_lu(&refus)),
    };
    let Ok(corps) = String::from_utf8(corps.into()) else {
        return Ok(HttpResponse::BadRequest().json(erreur("Le corps doit être du JSON en UTF-8.")));
    };
    // The contract answers with the shipped national values, whatever this installation approved since.
    let reglement = visite.etat.reglement_livre();
    let db = visite.etat.db.clone();
    let (fils, delai) = (&visite.etat.evaluations, visite.etat.delais.evaluation);
    let reponses = sur_un_fil(fils, delai, move |encore| {
        let zones = ZonageEnBase {
            db: &db,
            reglement: &reglement,
        };
        // Written here, off the async threads: a thousand explanations are long.
        evaluer_tableau(&reglement, &corps, &zones, OBJETS_MAX, encore)
            .map(|r| serde_json::to_vec(&r))
    })
    .await?;
    let Some(reponses) = reponses else {
        return Ok(HttpResponse::ServiceUnavailable()
            .insert_header((header::RETRY_AFTER, "60"))
            .json(erreur(
                "Les évaluations prennent trop de temps en ce moment : recommencez dans une minute, ou envoyez-en moins à la fois.",
            )));
    };
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

/// What to answer when the body could not be had whole.
fn non_lu(refus: &WebError) -> HttpResponse {
    let phrase = match refus {
        WebError::TropGrand => "Le corps dépasse 2 Mio : envoyez moins d’évaluations à la fois.",
        WebError::TropLent => "Le corps n’est pas arrivé à temps : recommencez.",
        WebError::Encombre => "Trop d’envois arrivent en même temps : recommencez dans une minute.",
        _ => "Le corps n’a pas pu être lu : recommencez.",
    };
    HttpResponse::build(refus.status_code()).json(erreur(phrase))
}

/// `OPTIONS /api/v1/evaluations`: what a browser asks before a page of another site sends its array.
///
/// # Errors
/// None.
pub async fn preambule() -> Reponse {
    Ok(HttpResponse::NoContent()
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "POST"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type"))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, "86400"))
        .finish())
}

/// An answer as it leaves the API: whatever went wrong is said in JSON, and any page may read it.
pub fn sortie(reponse: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let refus = reponse
        .response()
        .error()
        .and_then(|e| e.as_error::<WebError>())
        .map(refuser);
    let mut reponse = match refus {
        Some(refus) => reponse.into_response(refus),
        None => reponse,
    };
    let entetes = reponse.headers_mut();
    entetes.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    entetes.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("retry-after"),
    );
    reponse
}

/// A refusal, in the JSON of the contract.
pub fn refuser(refus: &WebError) -> HttpResponse {
    let mut reponse = HttpResponse::build(refus.status_code());
    if let Some(secondes) = refus.attente() {
        reponse.insert_header((header::RETRY_AFTER, secondes));
    }
    reponse.json(erreur(&match refus {
        WebError::Introuvable => {
            "Cette adresse n’existe pas : envoyez les évaluations par POST à /api/v1/evaluations ; leur description est à \
             /api/v1/openapi.json."
                .to_owned()
        }
        autre => autre.dire(),
    }))
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
        .body(DESCRIPTION))
}
