//! Lists to open in a spreadsheet: UTF-8 with its mark, semicolons, dates as they are read in France.

use std::future::Future;

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Bytes;
use futures_util::stream;

use super::erreur::WebError;
use super::visite::Reponse;

/// Without it, spreadsheets read accents in another encoding.
const MARQUE: &[u8] = "\u{feff}".as_bytes();

/// A cell that a spreadsheet shows and never computes: what begins as a formula is written as text.
pub fn cellule(texte: &str) -> String {
    match texte.trim_start().chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{texte}"),
        _ if texte.starts_with(['\t', '\r', '\n']) => format!("'{texte}"),
        _ => texte.to_owned(),
    }
}

/// Lines as bytes; every cell is neutralised, quoted where it has to be.
///
/// # Errors
/// None in practice: the bytes are written to memory.
pub fn lignes(lignes: &[Vec<String>]) -> Result<Bytes, WebError> {
    let mut csv = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    for ligne in lignes {
        csv.write_record(ligne.iter().map(|c| cellule(c)))
            .map_err(WebError::interne)?;
    }
    csv.into_inner()
        .map(Bytes::from)
        .map_err(|e| WebError::interne(e.error()))
}

/// Answers a file written as it is read: `suite` gives, from where it stands, the next lines and where it stands
/// then; none at the end. Nothing waits in memory but one batch.
///
/// # Errors
/// The header cannot be written.
pub fn repondre<E, F, S>(nom: &str, entete: &[&str], depart: E, suite: S) -> Reponse
where
    E: 'static,
    F: Future<Output = Result<Option<(Vec<Vec<String>>, E)>, WebError>> + 'static,
    S: Fn(E) -> F + 'static,
{
    let titres: Vec<String> = entete.iter().map(|t| (*t).to_owned()).collect();
    let mut debut = MARQUE.to_vec();
    debut.extend_from_slice(&lignes(&[titres])?);
    let debut = Bytes::from(debut);
    let suite = std::rc::Rc::new(suite);
    let flux = stream::unfold((Some(debut), Some(depart)), move |(debut, etat)| {
        let suite = suite.clone();
        async move {
            if let Some(debut) = debut {
                return Some((Ok(debut), (None, etat)));
            }
            match suite(etat?).await {
                Ok(Some((lot, etat))) => Some((lignes(&lot), (None, Some(etat)))),
                Ok(None) => None,
                // The file is cut short: the browser sees an incomplete answer, never a list that looks whole.
                Err(erreur) => Some((Err(erreur), (None, None))),
            }
        }
    });
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{nom}\""),
        ))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .streaming(flux))
}
