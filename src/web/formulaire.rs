//! Reads what a form sends: its text in memory, its documents on disk, once its token was found right.

use std::cell::Cell;
use std::rc::Rc;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::{HttpMessage, HttpRequest};
use futures_util::StreamExt;

use super::corps::{self, TEXTE_MAX};
use super::erreur::WebError;
use super::routes;
use super::saisie::{CHAMP_JETON, Fichier, Saisie};
use crate::app::AppState;
use crate::pieces::Recu;

/// Number of fields and files beyond which a form is not one of ours.
const CHAMPS_MAX: usize = 200;
/// What carries the text of a form in parts: their heads and their boundaries, in bytes.
const CADRE: usize = 64 * 1024;
/// What is read of a form with its documents, in bytes; one that is too large is read and thrown away, so that the page
/// can still be answered.
const LECTURE_MAX: usize = 64 * 1024 * 1024;

/// Reads a form. `admettre` is asked with its token before the first document: whether it may send some. Text alone is
/// read whatever its token.
///
/// # Errors
/// [`WebError::Origine`] for a document that is not admitted, [`WebError::Illisible`] for one on a route that takes none
/// and for what does not read; [`WebError::TropGrand`], [`WebError::TropLent`], [`WebError::Encombre`].
pub async fn lire(
    requete: &HttpRequest,
    payload: Payload,
    etat: &AppState,
    admettre: impl Fn(&str) -> bool,
) -> Result<Saisie, WebError> {
    let en_parties = requete
        .content_type()
        .eq_ignore_ascii_case("multipart/form-data");
    if en_parties {
        lire_parties(requete, payload, etat, admettre).await
    } else {
        lire_texte(requete, payload, etat).await
    }
}

async fn lire_texte(
    requete: &HttpRequest,
    payload: Payload,
    etat: &AppState,
) -> Result<Saisie, WebError> {
    let mut tampon = etat.corps.tampon(TEXTE_MAX);
    let lu = corps::lire(requete.headers(), payload, &mut tampon).await?;
    let champs = url::form_urlencoded::parse(&lu)
        .take(CHAMPS_MAX)
        .map(|(nom, valeur)| (nom.into_owned(), valeur.into_owned()))
        .collect();
    Ok(Saisie::recue(champs, Vec::new(), tampon.place()))
}

async fn lire_parties(
    requete: &HttpRequest,
    payload: Payload,
    etat: &AppState,
    admettre: impl Fn(&str) -> bool,
) -> Result<Saisie, WebError> {
    let prend_des_documents = routes::de(requete).is_some_and(|route| route.documents);
    let plafond = Rc::new(Cell::new(TEXTE_MAX + CADRE));
    let annonce_max = if prend_des_documents {
        LECTURE_MAX
    } else {
        plafond.get()
    };
    if corps::annonce(requete.headers()).is_some_and(|taille| taille > annonce_max) {
        return Err(WebError::TropGrand);
    }
    let (limite, mut recus) = (plafond.clone(), 0);
    let payload = payload.map(move |morceau| {
        let morceau = morceau?;
        recus += morceau.len();
        if recus > limite.get() {
            return Err(PayloadError::Overflow);
        }
        Ok(morceau)
    });
    let mut parties = Multipart::new(requete.headers(), payload);
    let mut tampon = etat.corps.tampon(TEXTE_MAX);
    let (mut champs, mut fichiers): (Vec<(String, String)>, Vec<Fichier>) = Default::default();
    let mut admis = false;
    while let Some(partie) = parties.next().await {
        let mut partie = partie.map_err(refus)?;
        if champs.len() + fichiers.len() >= CHAMPS_MAX {
            return Err(WebError::TropGrand);
        }
        let champ = partie.name().unwrap_or_default().to_owned();
        let fichier = partie
            .content_disposition()
            .and_then(|d| d.get_filename())
            .map(str::to_owned);
        let Some(nom) = fichier else {
            while let Some(morceau) = partie.next().await {
                tampon.ajouter(&morceau.map_err(refus)?)?;
            }
            let texte = String::from_utf8(tampon.prendre().into())
                .map_err(|e| WebError::Illisible(e.to_string()))?;
            champs.push((champ, texte));
            continue;
        };
        if !admis {
            let jeton = champs.iter().find(|(nom, _)| nom == CHAMP_JETON);
            if !admettre(jeton.map_or("", |(_, jeton)| jeton)) {
                return Err(WebError::Origine);
            }
            if !prend_des_documents {
                let cause = "a document on a route that takes none";
                return Err(WebError::Illisible(cause.to_owned()));
            }
            plafond.set(LECTURE_MAX);
            admis = true;
        }
        let contenu = recevoir(&mut partie, etat).await?;
        let rien = nom.is_empty() && contenu.as_ref().is_some_and(|recu| recu.taille() == 0);
        if !rien {
            fichiers.push(Fichier {
                champ,
                nom,
                contenu,
            });
        }
    }
    Ok(Saisie::recue(champs, fichiers, tampon.place()))
}

/// Puts a document on disk as it arrives; none when it passes the size limit.
async fn recevoir(partie: &mut Field, etat: &AppState) -> Result<Option<Recu>, WebError> {
    let mut reception = Some(etat.pieces.recevoir());
    while let Some(morceau) = partie.next().await {
        let morceau = morceau.map_err(refus)?;
        reception = reception.filter(|r| r.taille() + morceau.len() <= etat.config.piece_max);
        if let Some(reception) = &mut reception {
            reception
                .ajouter(&morceau)
                .await
                .map_err(|e| WebError::Stockage(e.to_string()))?;
        }
    }
    match reception {
        Some(reception) => Ok(Some(
            reception
                .finir()
                .await
                .map_err(|e| WebError::Stockage(e.to_string()))?,
        )),
        None => Ok(None),
    }
}

fn refus(erreur: MultipartError) -> WebError {
    match erreur {
        MultipartError::Payload(corps) => corps::refus(corps),
        autre => WebError::Illisible(autre.to_string()),
    }
}
