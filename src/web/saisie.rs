//! What a form sends: fields and files, read within limits, accepted only with the right token.

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::{Bytes, BytesMut};
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;

use super::acces::Ancre;
use super::brouillon::reprise;
use super::erreur::WebError;
use super::sceau;
use crate::app::AppState;

/// Name of the hidden field that carries the token.
pub const CHAMP_JETON: &str = "_csrf";
/// Largest sum of the text fields, in bytes.
const TEXTE_MAX: usize = 256 * 1024;
/// Number of fields and files beyond which a form is not one of ours.
const CHAMPS_MAX: usize = 200;
/// What is read, and thrown away, of a file too large, so that the page can still be answered.
const LECTURE_MAX: usize = 64 * 1024 * 1024;

/// A file as sent; hostile until its type was sniffed.
#[derive(Debug, Clone)]
pub struct Fichier {
    /// Name of the field.
    pub champ: String,
    /// Name given by the sender.
    pub nom: String,
    /// Its bytes, or none when it passed the size limit.
    pub contenu: Option<Bytes>,
}

/// What a form sends.
#[derive(Debug, Clone, Default)]
pub struct Saisie {
    champs: Vec<(String, String)>,
    fichiers: Vec<Fichier>,
}

impl Saisie {
    /// A form made of these fields, for a page shown for the first time and for tests.
    pub fn de<'a>(champs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Saisie {
        Saisie {
            champs: champs
                .into_iter()
                .map(|(n, v)| (n.to_owned(), v.to_owned()))
                .collect(),
            fichiers: Vec::new(),
        }
    }

    /// A form made of these fields, as a draft kept them.
    pub fn de_champs(champs: Vec<(String, String)>) -> Saisie {
        Saisie {
            champs,
            fichiers: Vec::new(),
        }
    }

    /// Every field and its text, in order.
    pub fn champs(&self) -> &[(String, String)] {
        &self.champs
    }

    /// Every file.
    pub fn tous_fichiers(&self) -> &[Fichier] {
        &self.fichiers
    }

    /// Gives a field this text, whatever it had.
    pub fn poser(&mut self, nom: &str, valeur: &str) {
        self.champs.retain(|(n, _)| n != nom);
        self.champs.push((nom.to_owned(), valeur.to_owned()));
    }

    /// The text of a field, without the spaces around it; empty when absent.
    pub fn texte(&self, nom: &str) -> &str {
        self.champs
            .iter()
            .find(|(n, _)| n == nom)
            .map_or("", |(_, v)| v.trim())
    }

    /// The text of a field exactly as typed (a password).
    pub fn brut(&self, nom: &str) -> &str {
        self.champs
            .iter()
            .find(|(n, _)| n == nom)
            .map_or("", |(_, v)| v.as_str())
    }

    /// The text of a field, or none when it is empty.
    pub fn option(&self, nom: &str) -> Option<&str> {
        Some(self.texte(nom)).filter(|t| !t.is_empty())
    }

    /// Every value of a field that repeats.
    pub fn tous<'a>(&'a self, nom: &'a str) -> impl Iterator<Item = &'a str> {
        self.champs
            .iter()
            .filter(move |(n, _)| n == nom)
            .map(|(_, v)| v.trim())
    }

    /// The same form with another value of a field.
    pub fn avec(&self, nom: &str, valeur: String) -> Saisie {
        let mut autre = self.clone();
        autre.champs.retain(|(n, _)| n != nom);
        autre.champs.push((nom.to_owned(), valeur));
        autre
    }

    /// Whether a box is ticked.
    pub fn coche(&self, nom: &str) -> bool {
        self.champs.iter().any(|(n, _)| n == nom)
    }

    /// The files of a field; empty ones (nothing chosen) are left out.
    pub fn fichiers<'a>(&'a self, champ: &'a str) -> impl Iterator<Item = &'a Fichier> {
        self.fichiers.iter().filter(move |f| f.champ == champ)
    }
}

impl FromRequest for Saisie {
    type Error = WebError;
    type Future = LocalBoxFuture<'static, Result<Saisie, WebError>>;

    fn from_request(requete: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let requete = requete.clone();
        let payload = payload.take();
        Box::pin(async move {
            let etat = requete
                .app_data::<web::Data<AppState>>()
                .cloned()
                .ok_or_else(|| WebError::interne("no application state"))?;
            let ancre = requete.extensions().get::<Ancre>().cloned();
            let saisie = lire_corps(&requete, payload, etat.config.piece_max).await?;
            let jeton = saisie.texte(CHAMP_JETON);
            match ancre {
                Some(ancre) if sceau::est_de_la_session(&etat.config.secret, &ancre.0, jeton) => {
                    reprise::reprise_faite(&requete, &etat, &saisie).await?;
                    Ok(saisie)
                }
                _ => Err(reprise::jeton_perime(&requete, &etat, &saisie).await),
            }
        })
    }
}

/// Reads what a form sends, within limits, whatever its token.
///
/// # Errors
/// [`WebError::TropGrand`], [`WebError::Illisible`].
pub(super) async fn lire_corps(
    requete: &HttpRequest,
    payload: Payload,
    piece_max: usize,
) -> Result<Saisie, WebError> {
    let multipart = requete
        .content_type()
        .eq_ignore_ascii_case("multipart/form-data");
    if multipart {
        lire_multipart(Multipart::new(requete.headers(), payload), piece_max).await
    } else {
        lire_formulaire(requete, payload).await
    }
}

async fn lire_formulaire(requete: &HttpRequest, mut payload: Payload) -> Result<Saisie, WebError> {
    let annonce = requete
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.parse::<usize>().ok());
    if annonce.is_some_and(|taille| taille > TEXTE_MAX) {
        return Err(WebError::TropGrand);
    }
    let mut corps = BytesMut::new();
    while let Some(morceau) = payload.next().await {
        let morceau = morceau.map_err(|e| WebError::Illisible(e.to_string()))?;
        if corps.len() + morceau.len() > TEXTE_MAX {
            return Err(WebError::TropGrand);
        }
        corps.extend_from_slice(&morceau);
    }
    let champs: Vec<_> = url::form_urlencoded::parse(&corps)
        .take(CHAMPS_MAX)
        .map(|(n, v)| (n.into_owned(), sans_nul(&v)))
        .collect();
    Ok(Saisie {
        champs,
        fichiers: Vec::new(),
    })
}

async fn lire_multipart(mut multipart: Multipart, piece_max: usize) -> Result<Saisie, WebError> {
    let illisible = |e: actix_multipart::MultipartError| WebError::Illisible(e.to_string());
    let mut saisie = Saisie::default();
    let (mut texte_lu, mut total) = (0, 0);
    while let Some(partie) = multipart.next().await {
        let mut partie = partie.map_err(illisible)?;
        if saisie.champs.len() + saisie.fichiers.len() >= CHAMPS_MAX {
            return Err(WebError::TropGrand);
        }
        let nom = partie.name().unwrap_or_default().to_owned();
        let fichier = partie
            .content_disposition()
            .and_then(|d| d.get_filename())
            .map(str::to_owned);
        let limite = if fichier.is_some() {
            piece_max
        } else {
            TEXTE_MAX - texte_lu
        };
        let mut contenu = BytesMut::new();
        let mut depasse = false;
        while let Some(morceau) = partie.next().await {
            let morceau = morceau.map_err(illisible)?;
            total += morceau.len();
            if total > LECTURE_MAX {
                return Err(WebError::TropGrand);
            }
            depasse = depasse || contenu.len() + morceau.len() > limite;
            if depasse {
                contenu.clear();
            } else {
                contenu.extend_from_slice(&morceau);
            }
        }
        match fichier {
            Some(nom_fichier) if nom_fichier.is_empty() && contenu.is_empty() => {}
            Some(nom_fichier) => saisie.fichiers.push(Fichier {
                champ: nom,
                nom: nom_fichier,
                contenu: (!depasse).then(|| contenu.freeze()),
            }),
            None if depasse => return Err(WebError::TropGrand),
            None => {
                texte_lu += contenu.len();
                let texte = String::from_utf8(contenu.to_vec())
                    .map_err(|e| WebError::Illisible(e.to_string()))?;
                saisie.champs.push((nom, sans_nul(&texte)));
            }
        }
    }
    Ok(saisie)
}

/// A text without null bytes, which nobody types and PostgreSQL refuses.
fn sans_nul(texte: &str) -> String {
    texte.replace('\0', "")
}
