//! The files of `static/`, embedded in the binary and served under an address that carries their hash.

use actix_web::http::header::{self, ETag, EntityTag, Header, IfNoneMatch};
use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::{EmbeddedFile, RustEmbed};

/// A development build reads the folder at each request; a release build carries it.
#[derive(RustEmbed)]
#[folder = "static/"]
struct Fichiers;

/// `/static/releve.css?v=HASH`. A name that does not exist is returned bare, and answers 404.
pub fn url(nom: &str) -> String {
    match Fichiers::get(nom) {
        Some(fichier) => format!("/static/{nom}?v={}", empreinte(&fichier)),
        None => format!("/static/{nom}"),
    }
}

/// The names embedded, for tests.
pub fn noms() -> Vec<String> {
    Fichiers::iter().map(|nom| nom.into_owned()).collect()
}

/// Sixteen hexadecimal digits of the SHA-256.
fn empreinte(fichier: &EmbeddedFile) -> String {
    fichier.metadata.sha256_hash()[..8]
        .iter()
        .map(|octet| format!("{octet:02x}"))
        .collect()
}

/// The hash in the address.
#[derive(serde::Deserialize)]
pub struct Version {
    v: Option<String>,
}

/// `GET /static/…`
pub async fn servir(
    requete: HttpRequest,
    chemin: web::Path<String>,
    version: web::Query<Version>,
) -> HttpResponse {
    let Some(fichier) = Fichiers::get(&chemin) else {
        return HttpResponse::NotFound()
            .content_type("text/plain; charset=utf-8")
            .body("Fichier introuvable.");
    };
    let empreinte = empreinte(&fichier);
    let etiquette = EntityTag::new_strong(empreinte.clone());
    // Only an address that names this very content may be kept for ever.
    let conservation = match version.v.as_deref() == Some(empreinte.as_str()) {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    let connu = match IfNoneMatch::parse(&requete) {
        Ok(IfNoneMatch::Items(items)) => items.iter().any(|item| item.weak_eq(&etiquette)),
        Ok(IfNoneMatch::Any) | Err(_) => false,
    };
    let mut reponse = if connu {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    reponse
        .insert_header(ETag(etiquette))
        .insert_header((header::CACHE_CONTROL, conservation));
    if connu {
        return reponse.finish();
    }
    reponse
        .content_type(type_mime(&chemin))
        .body(fichier.data.into_owned())
}

fn type_mime(nom: &str) -> &'static str {
    match nom.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
