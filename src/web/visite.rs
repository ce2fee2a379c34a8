//! What every handler holds: the application, who asks, and how to answer.

use std::cell::Cell;
use std::fmt::Display;
use std::future::{Ready, ready};
use std::time::Duration;

use actix_web::cookie::Cookie;
use actix_web::dev::Payload;
use actix_web::http::{Method, header};
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, web};
use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{NaiveDate, NaiveDateTime};
use regles::droits::{INFORMES, LECTEURS};
use tokio::time::timeout;

use super::acces::{self, Ancre};
use super::adresse;
use super::aide;
use super::erreur::{self, WebError};
use super::fin_session::FinSession;
use super::navigation;
use super::page::{Connecte, Contexte, Page};
use super::provenance::Provenance;
use super::sceau;
use super::ui::Message;
use crate::actions::{Acte, Acteur, ActionError};
use crate::app::AppState;
use crate::config::Mode;
use crate::db::session::Identite;
use crate::db::{AnyConn, DbError, WriteTx};

/// The answer of a handler.
pub type Reponse = Result<HttpResponse, WebError>;

const COOKIE_MESSAGE: &str = "releve-message";
/// What begins the text of a message that warns.
const AVERTISSEMENT: char = '!';

/// How long a page waits for what it can do without to be written.
const A_NOTER: Duration = Duration::from_millis(250);

/// On a page that shows again what was typed.
const A_RENVOYER: &str = "Relève est très sollicité : rien n’a été enregistré. Cette page garde ce que vous avez écrit ; envoyez de \
    nouveau dans quelques instants.";

/// One request: the application, the visitor, the instant.
pub struct Visite {
    /// The application.
    pub etat: web::Data<AppState>,
    /// Who is logged in.
    pub identite: Option<Identite>,
    /// Token of the forms.
    pub csrf: String,
    /// Where the request comes from.
    pub adresse_ip: String,
    /// The browser's own words, at most 200 characters.
    pub navigateur: String,
    /// The path asked for.
    pub chemin: String,
    /// The sentence that the address takes.
    pub phrase: Option<i64>,
    /// The list from which the file was opened.
    pub provenance: Option<Provenance>,
    message: Option<Message>,
    /// Whether somebody looks at the page: what is read counts as read.
    regardee: bool,
    /// Whether a write of this visit was given up: whichever page says so is a 503.
    indisponible: Cell<bool>,
}

impl FromRequest for Visite {
    type Error = WebError;
    type Future = Ready<Result<Visite, WebError>>;

    fn from_request(requete: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Visite::lire(requete))
    }
}

impl Visite {
    fn lire(requete: &HttpRequest) -> Result<Visite, WebError> {
        let etat = requete
            .app_data::<web::Data<AppState>>()
            .cloned()
            .ok_or_else(|| WebError::interne("no application state"))?;
        // Read and let go at once: cookies are cached in the same place.
        let (ancre, identite) = {
            let extensions = requete.extensions();
            (
                extensions.get::<Ancre>().cloned(),
                extensions.get::<Identite>().cloned(),
            )
        };
        let ancre = ancre.ok_or_else(|| WebError::interne("the door was not passed"))?;
        let entete = |nom| {
            requete
                .headers()
                .get(nom)
                .and_then(|v: &header::HeaderValue| v.to_str().ok())
        };
        Ok(Visite {
            csrf: sceau::jeton(
                &etat.config.secret,
                &ancre.0,
                identite.as_ref().map(|q| q.compte_id),
                etat.clock.now(),
            ),
            identite,
            adresse_ip: adresse::du_visiteur(requete, &etat.config.mandataires),
            navigateur: entete(header::USER_AGENT)
                .map_or_else(String::new, |n| n.chars().take(200).collect()),
            chemin: requete.path().to_owned(),
            phrase: url::form_urlencoded::parse(requete.query_string().as_bytes())
                .find(|(nom, _)| nom == "phrase")
                .and_then(|(_, id)| id.parse().ok()),
            provenance: Provenance::lire(requete),
            message: requete
                .cookie(COOKIE_MESSAGE)
                .and_then(|c| lire_message(&etat.config.secret, c.value())),
            regardee: regardee(requete),
            indisponible: Cell::new(false),
            etat,
        })
    }

    /// Who is logged in; the access table made sure that somebody is.
    ///
    /// # Errors
    /// [`WebError::Interdit`] on a public route without a session.
    pub fn qui(&self) -> Result<&Identite, WebError> {
        self.identite.as_ref().ok_or(WebError::Interdit)
    }

    /// The CPAM of the agent who is logged in.
    ///
    /// # Errors
    /// [`WebError::Interdit`] for anybody else.
    pub fn caisse(&self) -> Result<String, WebError> {
        self.qui()?.caisse_code.clone().ok_or(WebError::Interdit)
    }

    /// The practitioner who is logged in.
    ///
    /// # Errors
    /// [`WebError::Interdit`] for anybody else.
    pub fn kine_id(&self) -> Result<i64, WebError> {
        self.qui()?.kine_id.ok_or(WebError::Interdit)
    }

    /// Who acts, and when.
    ///
    /// # Errors
    /// [`WebError::Interdit`] without a session.
    pub fn acteur(&self) -> Result<Acteur, WebError> {
        Ok(Acteur::de(self.qui()?, self.maintenant()))
    }

    /// The act that the visitor is about to do.
    ///
    /// # Errors
    /// [`WebError::Interdit`] without a session.
    pub fn acte(&self) -> Result<Acte, WebError> {
        Ok(Acte {
            acteur: self.acteur()?,
            reglement: self.etat.reglement(),
            url_publique: self.etat.config.url_publique.clone(),
        })
    }

    /// The present instant (UTC).
    pub fn maintenant(&self) -> NaiveDateTime {
        self.etat.clock.now()
    }

    /// The civil day in mainland France.
    pub fn aujourd_hui(&self) -> NaiveDate {
        crate::clock::jour_a_paris(self.maintenant())
    }

    /// Reads from the database, on a thread that reads: all that `f` sees is of one instant.
    ///
    /// # Errors
    /// What `f` returns, and a database that does not answer in time.
    pub async fn read<T, E>(
        &self,
        f: impl FnOnce(&mut AnyConn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, WebError>
    where
        T: Send + 'static,
        E: From<DbError> + Into<WebError> + Send + 'static,
    {
        self.etat.db.spawn_read(f).await.map_err(Into::into)
    }

    /// Writes in one transaction, on a thread that writes. The error keeps its type:
    /// a handler shows a wrong field beside the field.
    ///
    /// # Errors
    /// What `f` returns; [`ActionError::Indisponible`] when the database does not answer in time.
    pub async fn write<T>(
        &self,
        f: impl FnOnce(&mut WriteTx<'_>) -> Result<T, ActionError> + Send + 'static,
    ) -> Result<T, ActionError>
    where
        T: Send + 'static,
    {
        match self.etat.db.spawn_write(f).await {
            Err(ActionError::Db(erreur)) if erreur.passagere() => {
                tracing::warn!(%erreur, "a write was given up");
                self.indisponible.set(true);
                Err(ActionError::Indisponible(A_RENVOYER.to_owned()))
            }
            fait => fait,
        }
    }

    /// Writes what the page can do without: who looks at it, what was read. The visitor waits for it a moment only;
    /// what is not written then is written by the next page, and what fails is only logged. Nothing is noted of a page
    /// that nobody looks at.
    pub async fn noter(
        &self,
        quoi: &'static str,
        f: impl FnOnce(&mut WriteTx<'_>) -> Result<(), ActionError> + Send + 'static,
    ) {
        if self.regardee {
            noter(&self.etat, quoi, f).await;
        }
    }

    /// A page of this visit: account, navigation, token, message left by the page before.
    pub fn page(&self, titre: impl Into<String>) -> Page {
        let contexte = Contexte {
            compte: self.identite.as_ref().map(|q| Connecte {
                // Whoever reads files searches them, from every page.
                recherche: LECTEURS.permet(Some(q.role)),
                ..Connecte::new(q.nom_complet(), q.role.libelle(), q.caisse_nom.clone())
            }),
            navigation: self
                .identite
                .as_ref()
                .map_or_else(navigation::publique, |q| navigation::navigation(q.role)),
            csrf: self.csrf.clone(),
            flash: self.message.clone(),
            donnees_du: self.etat.donnees_du(),
            demo: self.etat.config.mode == Mode::Demo,
            fin_session: self
                .identite
                .as_ref()
                .map(|q| FinSession::de(q, self.maintenant())),
            provenance: self.provenance.clone(),
            nouveautes: self
                .identite
                .as_ref()
                .filter(|q| INFORMES.permet(Some(q.role)))
                .map(|q| q.nouveautes),
            aide: aide::pour(&self.chemin, self.identite.as_ref().map(|q| q.role)),
            visiteur: self.identite.is_none(),
        };
        contexte.page(titre)
    }

    /// Answers a page.
    pub fn rendre(&self, gabarit: &impl Template) -> Reponse {
        self.rendre_avec(gabarit, actix_web::http::StatusCode::OK)
    }

    /// Answers a form that has to be corrected: what was typed is shown again.
    pub fn a_corriger(&self, gabarit: &impl Template) -> Reponse {
        self.rendre_avec(gabarit, actix_web::http::StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// Answers a page with a status of the caller's choice.
    pub fn rendre_avec(
        &self,
        gabarit: &impl Template,
        statut: actix_web::http::StatusCode,
    ) -> Reponse {
        let html = gabarit.render()?;
        let mut reponse = if self.indisponible.get() {
            erreur::a_reessayer()
        } else {
            HttpResponse::build(statut)
        };
        let mut reponse = reponse.content_type("text/html; charset=utf-8").body(html);
        if self.message.is_some() {
            let mut fin = Cookie::new(COOKIE_MESSAGE, "");
            fin.set_path("/");
            fin.make_removal();
            reponse.add_cookie(&fin).map_err(WebError::interne)?;
        }
        Ok(reponse)
    }

    /// An address as this visit says it: the page of a file keeps the list from which it was opened.
    pub fn garder(&self, adresse: &str) -> String {
        match &self.provenance {
            Some(provenance) => provenance.garder(adresse),
            None => adresse.to_owned(),
        }
    }

    /// Sends to another page after a write.
    pub fn rediriger(&self, adresse: &str) -> Reponse {
        Ok(HttpResponse::SeeOther()
            .insert_header((header::LOCATION, self.garder(adresse)))
            .finish())
    }

    /// Sends to another page, where `message` is shown once.
    pub fn rediriger_avec(&self, adresse: &str, message: &str) -> Reponse {
        Ok(rediriger_avec(&self.etat, &self.garder(adresse), message))
    }

    /// Sends to the page where something is still to be done: `phrase` says what, once.
    pub fn rediriger_vers_ce_qui_manque(&self, adresse: &str, phrase: &str) -> Reponse {
        Ok(rediriger_en_avertissant(
            &self.etat,
            &self.garder(adresse),
            phrase,
        ))
    }
}

/// Whether somebody looks at the page: not a program that asks for the head alone, a browser that fetches ahead, or
/// a page of another site that calls ours without a click.
fn regardee(requete: &HttpRequest) -> bool {
    let dit = |nom: &str| requete.headers().get(nom).and_then(|v| v.to_str().ok());
    let d_avance = ["sec-purpose", "purpose", "x-moz"]
        .iter()
        .any(|nom| dit(nom).is_some_and(|v| v.contains("prefetch")));
    let d_ailleurs =
        dit("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none"));
    *requete.method() != Method::HEAD
        && !d_avance
        && (!d_ailleurs || dit("sec-fetch-user") == Some("?1"))
}

/// As [`Visite::noter`].
pub async fn noter<E>(
    etat: &AppState,
    quoi: &'static str,
    f: impl FnOnce(&mut WriteTx<'_>) -> Result<(), E> + Send + 'static,
) where
    E: From<DbError> + Display + Send + 'static,
{
    match timeout(A_NOTER, etat.db.spawn_write(f)).await {
        Ok(Ok(())) => {}
        Ok(Err(erreur)) => tracing::warn!(%erreur, quoi, "not noted"),
        Err(_) => tracing::warn!(quoi, "not noted in time"),
    }
}

/// Sends to another page, where `message` is shown once.
pub fn rediriger_avec(etat: &AppState, adresse: &str, message: &str) -> HttpResponse {
    rediriger_en_disant(etat, adresse, message)
}

/// The same, where the message is a warning.
pub fn rediriger_en_avertissant(etat: &AppState, adresse: &str, message: &str) -> HttpResponse {
    rediriger_en_disant(etat, adresse, &format!("{AVERTISSEMENT}{message}"))
}

fn rediriger_en_disant(etat: &AppState, adresse: &str, message: &str) -> HttpResponse {
    let texte = URL_SAFE_NO_PAD.encode(message);
    let signature = crate::secret::signer(&etat.config.secret, "message", &texte);
    let cookie = acces::cookie(
        COOKIE_MESSAGE,
        format!("{texte}.{signature}"),
        etat.config.https(),
    );
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, adresse))
        .cookie(cookie)
        .finish()
}

fn lire_message(secret: &str, valeur: &str) -> Option<Message> {
    let (texte, signature) = valeur.split_once('.')?;
    if !crate::secret::egaux(&crate::secret::signer(secret, "message", texte), signature) {
        return None;
    }
    let octets = URL_SAFE_NO_PAD.decode(texte).ok()?;
    let texte = String::from_utf8(octets).ok()?;
    Some(match texte.strip_prefix(AVERTISSEMENT) {
        Some(avertissement) => Message::attention(avertissement),
        None => Message::succes(texte),
    })
}
