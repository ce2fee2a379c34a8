//! Files made by the application: a list read page by page and written row by row, and what is sent piece by piece.

use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom};

use actix_web::HttpResponse;
use actix_web::body::SizedStream;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{self, Bytes};
use futures_util::stream;

use super::liste::{Cle, Liste};
use crate::db::{AnyConn, DbResult};
use crate::tableur::{Feuille, Format, TableurError};
use crate::web::erreur::WebError;
use crate::web::visite::{Reponse, Visite};

/// Rows read at once.
pub const PAGE: i64 = 1_000;
/// What is sent at once, in bytes.
const MORCEAU: usize = 64 * 1024;

/// Answers a whole list as a file. `noms`: the columns, as an address names them. `lire`: at most [`PAGE`] rows, those
/// that follow a place.
///
/// # Errors
/// The database or the disk does not answer.
pub async fn exporter<L: Send + 'static>(
    visite: &Visite,
    liste: &'static Liste<L>,
    format: Format,
    noms: Option<&str>,
    lire: impl Fn(&mut AnyConn, Option<Cle>) -> DbResult<Vec<L>> + Clone + Send + 'static,
) -> Reponse {
    let colonnes = liste.ecrites(noms);
    let fichier = web::block(tempfile::tempfile).await?;
    let sortie = BufWriter::new(fichier.map_err(WebError::interne)?);
    let entete = liste.entete(&colonnes);
    let mut feuille = Feuille::commencer(format, sortie, liste.titre, &entete);
    let mut total = 0_usize;
    let mut apres = None;
    loop {
        let lire = lire.clone();
        let lignes = visite.read(move |conn| lire(conn, apres)).await?;
        let Some(derniere) = lignes.last() else { break };
        apres = Some((liste.cle)(derniere));
        let encore = i64::try_from(lignes.len()).is_ok_and(|n| n == PAGE);
        total += lignes.len();
        let colonnes = colonnes.clone();
        feuille = web::block(move || {
            for ligne in &lignes {
                feuille.ligne(&liste.cellules(ligne, &colonnes))?;
            }
            Ok::<_, TableurError>(feuille)
        })
        .await?
        .map_err(WebError::interne)?;
        if !encore {
            break;
        }
    }
    tracing::info!(
        compte = visite.identite.as_ref().map(|q| q.compte_id),
        liste = liste.fichier,
        lignes = total,
        format = format.as_str(),
        "list exported"
    );
    let fichier = web::block(move || -> Result<File, WebError> {
        let tampon = feuille.finir().map_err(WebError::interne)?;
        tampon.into_inner().map_err(WebError::interne)
    })
    .await??;
    let (jour, suffixe) = (visite.aujourd_hui(), format.as_str());
    let nom = format!("{}-{jour}.{suffixe}", liste.fichier);
    envoyer(fichier, format.media(), &nom).await
}

/// Sends a file that has no name on the disk, piece by piece.
///
/// # Errors
/// The disk does not answer.
pub async fn envoyer(mut fichier: File, media: &'static str, nom: &str) -> Reponse {
    let taille = fichier.seek(SeekFrom::End(0)).map_err(WebError::interne)?;
    fichier
        .seek(SeekFrom::Start(0))
        .map_err(WebError::interne)?;
    let corps = stream::try_unfold(fichier, |mut fichier| async move {
        let lu = web::block(move || {
            let mut morceau = vec![0; MORCEAU];
            let lus = fichier.read(&mut morceau)?;
            morceau.truncate(lus);
            Ok::<_, std::io::Error>((fichier, morceau))
        })
        .await
        .map_err(std::io::Error::other)??;
        let (fichier, morceau) = lu;
        Ok::<_, std::io::Error>((!morceau.is_empty()).then(|| (Bytes::from(morceau), fichier)))
    });
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, media))
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{nom}\""),
        ))
        .body(SizedStream::new(taille, Box::pin(corps))))
}
