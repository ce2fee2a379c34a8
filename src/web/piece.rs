//! `GET /pieces/{id}`: a document, for those who may see its file.

use actix_web::HttpResponse;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::web::Path;
use serde::Deserialize;

use crate::actions::ActionResult;
use crate::actions::piece::sante;
use crate::db::{CpamScope, piece};
use crate::pieces::PieceError;
use crate::web::erreur::WebError;
use crate::web::kit::requete::Requete;
use crate::web::visite::{Reponse, Visite};

/// How the document is wanted.
#[derive(Deserialize)]
pub struct Manieres {
    /// `1`: shown in the browser rather than saved.
    #[serde(default)]
    voir: String,
}

/// `GET /pieces/{id}?voir=1`. Saved by default. Shown in a sandbox on demand: the store holds only PDF and
/// images, and nothing in them may act in our name.
///
/// # Errors
/// The document does not exist or is out of scope; the store does not answer, or the bytes changed.
pub async fn lire(visite: Visite, id: Path<i64>, maniere: Requete<Manieres>) -> Reponse {
    let scope = visite.qui()?.scope();
    let id = id.into_inner();
    let piece = match scope {
        // What the praticien-conseil reads is noted before it is read (PRO-14).
        CpamScope::Sante(caisse) => {
            let acte = visite.acte()?;
            visite
                .write(move |tx| -> ActionResult<_> {
                    let p = piece::lire(tx, &CpamScope::Sante(caisse.clone()), id)?;
                    sante::lues(tx, &acte, &caisse, p.dossier_id, std::slice::from_ref(&p))?;
                    Ok(p)
                })
                .await?
        }
        scope => {
            visite
                .read(move |conn| piece::lire(conn, &scope, id))
                .await?
        }
    };
    let c = piece.contenu()?;
    servir(&visite, &c.cle, &c.empreinte, &c.media, &c.nom, &maniere).await
}

/// Answers with a document of the store, saved or shown in a sandbox.
///
/// # Errors
/// The store does not answer, or the bytes changed.
pub(super) async fn servir(
    visite: &Visite,
    cle: &str,
    empreinte: &str,
    media: &str,
    nom: &str,
    maniere: &Manieres,
) -> Reponse {
    let octets = visite
        .etat
        .pieces
        .lire(cle, empreinte)
        .await
        .map_err(|e: PieceError| WebError::interne(format!("piece {cle}: {e}")))?;
    let disposition = if maniere.voir == "1" {
        "inline"
    } else {
        "attachment"
    };
    Ok(HttpResponse::Ok()
        .content_type(media)
        .insert_header((
            CONTENT_DISPOSITION,
            format!("{disposition}; {}", nom_entete(nom)),
        ))
        .insert_header((
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'self'; sandbox",
        ))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .body(octets))
}

/// `filename` in ASCII for old browsers, `filename*` in UTF-8 for the others (RFC 6266, RFC 8187).
fn nom_entete(nom: &str) -> String {
    let ascii: String = nom
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') {
                c
            } else {
                '_'
            }
        })
        .collect();
    let encode: String = nom
        .bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                char::from(b).to_string()
            }
            autre => format!("%{autre:02X}"),
        })
        .collect();
    format!("filename=\"{ascii}\"; filename*=UTF-8''{encode}")
}

#[cfg(test)]
mod tests {
    use super::nom_entete;

    #[test]
    fn un_nom_ne_sort_jamais_de_ses_guillemets() {
        assert_eq!(
            nom_entete("relevé \"été\".pdf"),
            "filename=\"relev_ __t__.pdf\"; filename*=UTF-8''relev%C3%A9%20%22%C3%A9t%C3%A9%22.pdf"
        );
    }
}
