//! What a form sends: fields and files, read within limits, accepted only with the right token.

use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use futures_util::future::LocalBoxFuture;
use tokio::sync::OwnedSemaphorePermit;

use super::acces::Ancre;
use super::brouillon::reprise;
use super::erreur::WebError;
use super::{formulaire, sceau};
use crate::app::AppState;
use crate::pieces::Recu;

/// Name of the hidden field that carries the token.
pub const CHAMP_JETON: &str = "_csrf";

/// A file as sent; hostile until its type was sniffed.
#[derive(Debug, Clone)]
pub struct Fichier {
    /// Name of the field.
    pub champ: String,
    /// Name given by the sender.
    pub nom: String,
    /// What was received, or none when it passed the size limit.
    pub contenu: Option<Recu>,
}

/// What a form sends.
#[derive(Debug, Clone, Default)]
pub struct Saisie {
    champs: Vec<(String, String)>,
    fichiers: Vec<Fichier>,
    /// The memory that its text takes, counted as long as it lives.
    _place: Option<Arc<OwnedSemaphorePermit>>,
}

impl Saisie {
    /// A form as it was received.
    pub(super) fn recue(
        champs: Vec<(String, String)>,
        fichiers: Vec<Fichier>,
        place: Option<OwnedSemaphorePermit>,
    ) -> Saisie {
        Saisie {
            champs,
            fichiers,
            _place: place.map(Arc::new),
        }
    }

    /// A form made of these fields, for a page shown for the first time and for tests.
    pub fn de<'a>(champs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Saisie {
        Saisie {
            champs: champs
                .into_iter()
                .map(|(n, v)| (n.to_owned(), v.to_owned()))
                .collect(),
            ..Saisie::default()
        }
    }

    /// A form made of these fields, as a draft kept them.
    pub fn de_champs(champs: Vec<(String, String)>) -> Saisie {
        Saisie {
            champs,
            ..Saisie::default()
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
            let de_la_session = |jeton: &str| {
                ancre.as_ref().is_some_and(|ancre| {
                    sceau::est_de_la_session(&etat.config.secret, &ancre.0, jeton)
                })
            };
            // Documents come from somebody logged in, in this session or in the one before it.
            let admettre = |jeton: &str| {
                reprise::qui(&requete).is_some_and(|qui| {
                    de_la_session(jeton)
                        || reprise::scelle(&etat, jeton).is_some_and(|s| s.compte == qui)
                })
            };
            let saisie = formulaire::lire(&requete, payload, &etat, admettre).await?;
            if de_la_session(saisie.texte(CHAMP_JETON)) {
                reprise::reprise_faite(&requete, &etat, &saisie).await?;
                Ok(saisie)
            } else {
                Err(reprise::jeton_perime(&requete, &etat, &saisie).await)
            }
        })
    }
}
