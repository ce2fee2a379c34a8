//! The files of `static/`, embedded in the binary and served under an address that carries their hash.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{LazyLock, Mutex, PoisonError};

use actix_web::http::header::{
    self, AcceptEncoding, ETag, Encoding, EntityTag, Header, IfNoneMatch,
};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use flate2::Compression;
use flate2::write::GzEncoder;
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
    let compresse = accepte_gzip(&requete)
        .then(|| gzip(&chemin, &empreinte, &fichier.data))
        .flatten();
    // The same file in two encodings is two answers: a cache must not take one for the other.
    let etiquette = EntityTag::new_strong(match compresse {
        Some(_) => format!("{empreinte}-gzip"),
        None => empreinte.clone(),
    });
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
        .insert_header((header::VARY, "accept-encoding"))
        .insert_header((header::CACHE_CONTROL, conservation));
    if connu {
        return reponse.finish();
    }
    reponse.content_type(type_mime(&chemin));
    match compresse {
        Some(octets) => reponse
            .insert_header((header::CONTENT_ENCODING, "gzip"))
            .body(octets),
        None => reponse.body(fichier.data.into_owned()),
    }
}

/// What was compressed already, by name: the hash of the content, and the bytes.
static COMPRESSES: LazyLock<Mutex<HashMap<String, (String, Bytes)>>> =
    LazyLock::new(Mutex::default);

fn accepte_gzip(requete: &HttpRequest) -> bool {
    AcceptEncoding::parse(requete).is_ok_and(|accepte| {
        accepte.negotiate([Encoding::gzip(), Encoding::identity()].iter()) == Some(Encoding::gzip())
    })
}

/// A text file compressed once and for all; none for a file that is compressed by itself. Pages are not compressed:
/// they carry a secret beside what a visitor typed, and their length would tell it (BREACH).
fn gzip(nom: &str, empreinte: &str, octets: &[u8]) -> Option<Bytes> {
    if nom.ends_with(".png") {
        return None;
    }
    let mut compresses = COMPRESSES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((connue, deja)) = compresses.get(nom)
        && connue == empreinte
    {
        return Some(deja.clone());
    }
    let mut encodeur = GzEncoder::new(Vec::new(), Compression::best());
    let fait = encodeur.write_all(octets).and_then(|()| encodeur.finish());
    match fait {
        Ok(fait) => {
            let fait = Bytes::from(fait);
            compresses.insert(nom.to_owned(), (empreinte.to_owned(), fait.clone()));
            Some(fait)
        }
        Err(erreur) => {
            tracing::error!(%nom, %erreur, "a file could not be compressed");
            None
        }
    }
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
