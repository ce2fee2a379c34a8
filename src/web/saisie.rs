//! What a form sends: fields and files, read within limits, accepted only with the right token.

use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use futures_util::future::LocalBoxFuture;
use regles::saisie;
use tokio::sync::OwnedSemaphorePermit;

use super::acces::Ancre;
use super::brouillon::reprise;
use super::erreur::WebError;
use super::{compte, formulaire, sceau};
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
    /// Those that hold more than what is read of them, as they were typed: secrets may.
    secrets: Vec<(String, String)>,
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
            fichiers,
            _place: place.map(Arc::new),
            ..Saisie::de_champs(champs)
        }
    }

    /// A form made of these fields, for a page shown for the first time and for tests.
    pub fn de<'a>(champs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Saisie {
        let champs = champs.into_iter();
        Saisie::de_champs(champs.map(|(n, v)| (n.to_owned(), v.to_owned())).collect())
    }

    /// A form made of these fields, as they were typed or as a draft kept them: each is read as
    /// [`regles::saisie::nette`] says.
    pub fn de_champs(champs: Vec<(String, String)>) -> Saisie {
        let mut secrets = Vec::new();
        let champs = champs.into_iter().map(|(nom, typee)| {
            let (nette, secret) = (saisie::nette(&typee), saisie::secret(&typee));
            if nette != secret {
                secrets.push((nom.clone(), secret));
            }
            (nom, nette)
        });
        Saisie {
            champs: champs.collect(),
            secrets,
            ..Saisie::default()
        }
    }

    /// Every field and its text, in order.
    pub fn champs(&self) -> &[(String, String)] {
        &self.champs
    }

    /// Adds a file that an interrupted sending had kept.
    pub(super) fn joindre(&mut self, fichier: Fichier) {
        self.fichiers.push(fichier);
    }

    /// Every file.
    pub fn tous_fichiers(&self) -> &[Fichier] {
        &self.fichiers
    }

    /// Gives a field this text, whatever it had.
    pub fn poser(&mut self, nom: &str, valeur: &str) {
        self.champs.retain(|(n, _)| n != nom);
        self.secrets.retain(|(n, _)| n != nom);
        self.champs.push((nom.to_owned(), valeur.to_owned()));
    }

    /// The text of a field, without the spaces around it; empty when absent.
    pub fn texte(&self, nom: &str) -> &str {
        self.champs
            .iter()
            .find(|(n, _)| n == nom)
            .map_or("", |(_, v)| v.trim())
    }

    /// The text of a field as typed, only composed (a password).
    pub fn brut(&self, nom: &str) -> &str {
        self.secrets
            .iter()
            .chain(&self.champs)
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
        autre.poser(nom, &valeur);
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
            let mut saisie = formulaire::lire(&requete, payload, &etat, admettre).await?;
            if de_la_session(saisie.texte(CHAMP_JETON)) {
                reprise::reprise_faite(&requete, &etat, &mut saisie).await?;
                Ok(saisie)
            } else if let Some(erreur) = compte::formulaire_perime(&requete, &etat, &saisie) {
                Err(erreur)
            } else {
                Err(reprise::jeton_perime(&requete, &etat, &saisie).await)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Saisie;

    #[test]
    fn ce_qui_est_envoye_est_lu_une_fois_et_un_secret_n_est_que_compose() {
        let saisie = Saisie::de([
            ("nom", "\u{feff}\u{a0}Ele\u{301}onore\u{200b} "),
            ("message", "un\r\ndeux\0"),
            ("mot_de_passe", " e\u{301}\u{200b}te\u{301}\u{a0}"),
        ]);
        assert_eq!(saisie.texte("nom"), "Eléonore");
        assert_eq!(saisie.texte("message"), "un\ndeux");
        assert_eq!(saisie.brut("mot_de_passe"), " é\u{200b}té\u{a0}");
        assert_eq!(
            saisie
                .avec("mot_de_passe", "x".to_owned())
                .brut("mot_de_passe"),
            "x"
        );
    }
}
