//! What every handler holds: the application, who asks, and how to answer.

use std::future::{Ready, ready};
use std::net::IpAddr;

use actix_web::cookie::Cookie;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, web};
use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{NaiveDate, NaiveDateTime};
use regles::droits::{LECTEURS, Role, SUPERVISION};

use super::acces::{self, Ancre};
use super::erreur::WebError;
use super::fin_session::FinSession;
use super::page::{Connecte, Contexte, Page, Rubrique};
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
    /// The list from which the file was opened.
    pub provenance: Option<Provenance>,
    message: Option<String>,
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
                identite.as_ref().map(|q| q.utilisateur_id),
                crate::clock::jour_a_paris(etat.clock.now()),
            ),
            identite,
            adresse_ip: adresse_ip(requete, &etat.config.mandataires),
            navigateur: entete(header::USER_AGENT)
                .map_or_else(String::new, |n| n.chars().take(200).collect()),
            chemin: requete.path().to_owned(),
            provenance: Provenance::lire(requete),
            message: requete
                .cookie(COOKIE_MESSAGE)
                .and_then(|c| lire_message(&etat.config.secret, c.value())),
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
        self.qui()?.organisme_code.clone().ok_or(WebError::Interdit)
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

    /// Reads from the database, off the async threads.
    ///
    /// # Errors
    /// What `f` returns, and a connection that cannot be had.
    pub async fn read<T, E>(
        &self,
        f: impl FnOnce(&mut AnyConn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, WebError>
    where
        T: Send + 'static,
        E: From<DbError> + Into<WebError> + Send + 'static,
    {
        let db = self.etat.db.clone();
        web::block(move || db.read(f)).await?.map_err(Into::into)
    }

    /// Writes in one transaction, off the async threads. The error keeps its type:
    /// a handler shows a wrong field beside the field.
    ///
    /// # Errors
    /// What `f` returns, and a connection that cannot be had.
    pub async fn write<T>(
        &self,
        f: impl FnOnce(&mut WriteTx<'_>) -> Result<T, ActionError> + Send + 'static,
    ) -> Result<T, ActionError>
    where
        T: Send + 'static,
    {
        let db = self.etat.db.clone();
        match web::block(move || db.write(f)).await {
            Ok(resultat) => resultat,
            Err(erreur) => Err(ActionError::Regle(erreur.to_string())),
        }
    }

    /// A page of this visit: account, navigation, token, message left by the page before.
    pub fn page(&self, titre: impl Into<String>) -> Page {
        let contexte = Contexte {
            utilisateur: self.identite.as_ref().map(|q| Connecte {
                // Whoever reads files searches them, from every page.
                recherche: LECTEURS.permet(Some(q.role)),
                ..Connecte::new(q.nom_complet(), q.role.libelle(), q.organisme_nom.clone())
            }),
            navigation: self
                .identite
                .as_ref()
                .map(|q| navigation(q.role))
                .unwrap_or_default(),
            csrf: self.csrf.clone(),
            flash: self.message.clone().map(Message::succes),
            donnees_du: self.etat.donnees_du(),
            demo: self.etat.config.mode == Mode::Demo,
            fin_session: self
                .identite
                .as_ref()
                .map(|q| FinSession::de(q, self.maintenant())),
            provenance: self.provenance.clone(),
            visiteur: self.identite.is_none(),
        };
        contexte.page(titre)
    }

    /// Answers a page.
    ///
    /// # Errors
    /// The template cannot be rendered.
    pub fn rendre(&self, gabarit: &impl Template) -> Reponse {
        self.rendre_avec(gabarit, actix_web::http::StatusCode::OK)
    }

    /// Answers a form that has to be corrected: what was typed is shown again.
    ///
    /// # Errors
    /// The template cannot be rendered.
    pub fn a_corriger(&self, gabarit: &impl Template) -> Reponse {
        self.rendre_avec(gabarit, actix_web::http::StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// Answers a page with a status of the caller's choice.
    ///
    /// # Errors
    /// The template cannot be rendered.
    pub fn rendre_avec(
        &self,
        gabarit: &impl Template,
        statut: actix_web::http::StatusCode,
    ) -> Reponse {
        let mut reponse = HttpResponse::build(statut)
            .content_type("text/html; charset=utf-8")
            .body(gabarit.render()?);
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
    ///
    /// # Errors
    /// None in practice.
    pub fn rediriger(&self, adresse: &str) -> Reponse {
        Ok(HttpResponse::SeeOther()
            .insert_header((header::LOCATION, self.garder(adresse)))
            .finish())
    }

    /// Sends to another page, where `message` is shown once.
    ///
    /// # Errors
    /// None in practice.
    pub fn rediriger_avec(&self, adresse: &str, message: &str) -> Reponse {
        Ok(rediriger_avec(&self.etat, &self.garder(adresse), message))
    }
}

/// Sends to another page, where `message` is shown once.
pub fn rediriger_avec(etat: &AppState, adresse: &str, message: &str) -> HttpResponse {
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

/// Where a request comes from. A reverse proxy of ours says it last in `X-Forwarded-For`;
/// what anybody else writes there is not believed.
fn adresse_ip(requete: &HttpRequest, mandataires: &[IpAddr]) -> String {
    let Some(voisin) = requete.peer_addr().map(|a| a.ip()) else {
        return String::new();
    };
    if !mandataires.contains(&voisin) {
        return voisin.to_string();
    }
    let relais = requete
        .headers()
        .get_all("x-forwarded-for")
        .filter_map(|v| v.to_str().ok());
    let chaine: Vec<IpAddr> = relais
        .flat_map(|v| v.split(','))
        .filter_map(|a| a.trim().parse().ok())
        .collect();
    chaine
        .into_iter()
        .rev()
        .find(|a| !mandataires.contains(a))
        .unwrap_or(voisin)
        .to_string()
}

fn lire_message(secret: &str, valeur: &str) -> Option<String> {
    let (texte, signature) = valeur.split_once('.')?;
    if !crate::secret::egaux(&crate::secret::signer(secret, "message", texte), signature) {
        return None;
    }
    URL_SAFE_NO_PAD
        .decode(texte)
        .ok()
        .and_then(|octets| String::from_utf8(octets).ok())
}

fn navigation(role: Role) -> Vec<Rubrique> {
    let mut rubriques = match role {
        Role::Kine => vec![
            Rubrique::new("Mon espace", "/espace"),
            Rubrique::new("Appels", "/appels"),
            Rubrique::new("Vérifier mon projet", "/projet"),
            Rubrique::new("Zones", "/zones"),
        ],
        Role::Instructeur | Role::Responsable | Role::Signataire => vec![
            Rubrique::new("Dossiers", "/dossiers"),
            Rubrique::new("Départs", "/departs"),
            Rubrique::new("Messages", "/messages"),
            Rubrique::new("Grand livre", "/grand-livre"),
            Rubrique::new("Attributions", "/attributions"),
            Rubrique::new("Arrêtés", "/arretes"),
            Rubrique::new("Zones", "/zones"),
        ],
        Role::AdministrateurNational | Role::Auditeur => vec![
            Rubrique::new("Dossiers", "/dossiers"),
            Rubrique::new("Départs", "/departs"),
            Rubrique::new("Grand livre", "/grand-livre"),
            Rubrique::new("Arrêtés", "/arretes"),
            Rubrique::new("Motifs de dérogation", "/motifs"),
            Rubrique::new("Paramètres", "/parametres"),
            Rubrique::new("Zones", "/zones"),
        ],
        Role::SecretaireCpd => vec![
            Rubrique::new("Dossiers", "/dossiers"),
            Rubrique::new("Grand livre", "/grand-livre"),
            Rubrique::new("Attributions", "/attributions"),
            Rubrique::new("Arrêtés", "/arretes"),
            Rubrique::new("Zones", "/zones"),
        ],
        Role::MembreCpd | Role::Ars => vec![Rubrique::new("Zones", "/zones")],
    };
    if SUPERVISION.permet(Some(role)) {
        rubriques.insert(1, Rubrique::new("Supervision", "/supervision"));
    }
    rubriques
}
