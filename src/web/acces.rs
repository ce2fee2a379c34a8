//! The door: every request passes here. Origin of writes, session, access table, security headers.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};
use chrono::TimeDelta;
use regles::droits::{Acces, Role};

use super::api;
use super::apres_envoi;
use super::brouillon::reprise;
use super::corps;
use super::erreur::WebError;
use super::fin_session;
use super::routes;
use super::visite::noter;
use crate::app::AppState;
use crate::db::session::{self, Identite};
use crate::secret;

/// A session without activity ends after this many hours.
pub const INACTIVITE_HEURES: i64 = 2;
/// A session is noted as seen at most once in this many minutes: a page that is read writes nothing.
const VUE_MINUTES: i64 = 5;

/// What the page sends by itself while one writes, and what ends a session: they are not counted among what is sent.
const SANS_COMPTE: [&str; 3] = ["/brouillons", "/deconnexion", "/compte/prolonger"];

/// Where a program asks, not a person.
const API: &str = "/api/";

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; frame-src 'none'";

/// That of a page that shows a document beside its list: a frame, and only of ours.
const CSP_APERCU: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; frame-src 'self'";

/// Lets the page of this answer show our own documents in a frame.
pub fn avec_apercu(mut reponse: HttpResponse) -> HttpResponse {
    reponse.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(CSP_APERCU),
    );
    reponse
}

/// Whether the page of this answer may.
pub fn a_un_apercu(reponse: &HttpResponse) -> bool {
    let politique = reponse.headers().get(header::CONTENT_SECURITY_POLICY);
    politique.is_some_and(|valeur| valeur == CSP_APERCU)
}

/// Name of the session cookie; the prefix makes the browser refuse it over plain HTTP or from a subdomain.
pub fn cookie_session(https: bool) -> &'static str {
    if https { "__Host-releve" } else { "releve" }
}

fn cookie_visiteur(https: bool) -> &'static str {
    if https {
        "__Host-releve-visiteur"
    } else {
        "releve-visiteur"
    }
}

/// What form tokens are bound to: the session, or an anonymous visitor's cookie.
#[derive(Clone)]
pub struct Ancre(pub String);

/// Builds a cookie with the settings all ours share.
pub fn cookie(nom: &'static str, valeur: String, https: bool) -> Cookie<'static> {
    Cookie::build(nom, valeur)
        .path("/")
        .http_only(true)
        .secure(https)
        .same_site(SameSite::Lax)
        .finish()
}

/// Lets a request through, or answers in its place.
///
/// # Errors
/// None of its own: refusals are answers.
pub async fn controler(
    mut requete: ServiceRequest,
    suite: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let Some(etat) = requete.app_data::<web::Data<AppState>>().cloned() else {
        return Ok(refuser(
            requete,
            &WebError::interne("no application state"),
            false,
        ));
    };
    let corps = corps::surveiller(&mut requete, etat.delais.corps);
    let machine = requete.path().starts_with(API);
    let reponse = laisser_passer(requete, suite, &etat).await?;
    let reponse = if machine {
        api::sortie(reponse)
    } else {
        reponse
    };
    Ok(corps.avec(reponse))
}

async fn laisser_passer(
    requete: ServiceRequest,
    suite: Next<impl MessageBody + 'static>,
    etat: &web::Data<AppState>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let https = etat.config.https();
    // No address of ours says it, and PostgreSQL refuses it in any text.
    if requete.uri().to_string().contains("%00") {
        let nul = WebError::Illisible("a null byte in the address".to_owned());
        return Ok(refuser(requete, &nul, https));
    }
    if let Some(jeton) = apres_envoi::demandee(requete.request()) {
        let reponse = match identifier(&requete, etat).await {
            Ok(qui) => apres_envoi::montrer(requete.request(), qui.as_ref(), &jeton, etat).await,
            Err(erreur) => Err(erreur),
        };
        let reponse = reponse.unwrap_or_else(|erreur| erreur.page());
        return Ok(durcir(requete.into_response(reponse), https, false));
    }
    let Some(route) = routes::de(requete.request()) else {
        // Not in the table: refused here, even if somebody registered a handler for it elsewhere.
        return Ok(refuser(requete, &WebError::Introuvable, https));
    };
    let acces = route.acces;
    if route.chemin.starts_with("/static/") {
        return Ok(durcir(
            suite.call(requete).await?.map_into_boxed_body(),
            https,
            true,
        ));
    }
    // The evaluations know nobody and write nothing: any page may call them.
    let ouverte = route.chemin.starts_with(API);
    if !ouverte && !requete.method().is_safe() && !meme_origine(&requete, &etat.config.url_publique)
    {
        return Ok(refuser(requete, &WebError::Origine, https));
    }
    let qui = match identifier(&requete, etat).await {
        Ok(qui) => qui,
        Err(erreur) => return Ok(refuser(requete, &erreur, https)),
    };
    if let Some(qui) = &qui {
        requete.extensions_mut().insert(qui.clone());
    }
    if !acces.permet(qui.as_ref().map(|q| q.role)) {
        if qui.is_none() && requete.method() == Method::POST {
            // The session is over: what was typed is kept for its author before she logs in again.
            let (http, payload) = requete.into_parts();
            let reponse = match reprise::retenir(&http, payload, etat).await {
                Ok(Some(reponse)) => reponse,
                Ok(None) => vers_connexion("/"),
                Err(erreur) => erreur.page(),
            };
            return Ok(durcir(ServiceResponse::new(http, reponse), https, false));
        }
        let reponse = refus_d_acces(&requete, acces, qui.is_some());
        let reponse = apres_envoi::garder(requete.into_response(reponse), etat).await;
        return Ok(durcir(reponse, https, false));
    }
    if let Some(qui) = &qui
        && requete.method() == Method::POST
        && qui.role == Role::Kine
        && !SANS_COMPTE.contains(&route.chemin)
        && let Err(trop) = etat.limites.envois.compter_envoi(qui.compte_id)
    {
        return Ok(refuser(requete, &trop, https));
    }
    let (ancre, nouveau) = ancrer(&requete, qui.as_ref(), https);
    requete.extensions_mut().insert(ancre.clone());
    let reponse = suite.call(requete).await?.map_into_boxed_body();
    let mut reponse = if ouverte {
        reponse
    } else {
        apres_envoi::garder(reponse, etat).await
    };
    if nouveau {
        let cookie = cookie(cookie_visiteur(https), ancre.0, https);
        reponse.response_mut().add_cookie(&cookie)?;
    }
    Ok(durcir(reponse, https, false))
}

/// A write must come from our own pages. Browsers say where a request comes from;
/// a client that says nothing holds no cookie that somebody else could abuse.
fn meme_origine(requete: &ServiceRequest, url_publique: &str) -> bool {
    let valeur = |nom: &str| requete.headers().get(nom).and_then(|v| v.to_str().ok());
    match (valeur("sec-fetch-site"), valeur("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origine)) => {
            let hote = origine.split_once("://").map_or("", |(_, h)| h);
            origine == url_publique || valeur("host").is_some_and(|h| h == hote)
        }
        (None, None) => true,
    }
}

async fn identifier(
    requete: &ServiceRequest,
    etat: &web::Data<AppState>,
) -> Result<Option<Identite>, WebError> {
    let Some(cookie) = requete.cookie(cookie_session(etat.config.https())) else {
        return Ok(None);
    };
    let maintenant = etat.clock.now();
    let jour = crate::clock::jour_a_paris(maintenant);
    let empreinte = secret::empreinte(cookie.value());
    let trouvee = etat
        .db
        .spawn_lookup(move |conn| session::identite(conn, &empreinte, jour))
        .await?;
    let Some(mut qui) = trouvee.filter(|qui| maintenant < fin_session::fin(qui)) else {
        return Ok(None);
    };
    if maintenant - qui.vue_le > TimeDelta::minutes(VUE_MINUTES) {
        let vue = qui.session.clone();
        noter(etat, "session seen", move |tx| {
            session::vue(tx, &vue, maintenant)
        })
        .await;
        qui.vue_le = maintenant;
    }
    Ok(Some(qui))
}

/// Whether the browser sent back any cookie of ours.
pub(super) fn a_notre_cookie(requete: &HttpRequest, https: bool) -> bool {
    [cookie_session(https), cookie_visiteur(https)]
        .iter()
        .any(|nom| requete.cookie(nom).is_some())
}

/// The cookie of an anonymous visitor, when it came.
pub fn visiteur(requete: &HttpRequest, https: bool) -> Option<String> {
    let cookie = requete.cookie(cookie_visiteur(https))?;
    (cookie.value().len() == secret::LONGUEUR_JETON).then(|| cookie.value().to_owned())
}

fn ancrer(requete: &ServiceRequest, qui: Option<&Identite>, https: bool) -> (Ancre, bool) {
    if let Some(qui) = qui {
        return (Ancre(qui.session.clone()), false);
    }
    match visiteur(requete.request(), https) {
        Some(visiteur) => (Ancre(visiteur), false),
        None => (Ancre(secret::jeton()), true),
    }
}

fn refus_d_acces(requete: &ServiceRequest, acces: Acces, connecte: bool) -> HttpResponse {
    if connecte || acces == Acces::Public {
        return WebError::Interdit.page();
    }
    let suite = if requete.method() == Method::GET {
        requete.uri().to_string()
    } else {
        "/".to_owned()
    };
    vers_connexion(&suite)
}

fn vers_connexion(suite: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, adresse_de_connexion(suite)))
        .finish()
}

/// The login page, and where to go afterwards.
pub fn adresse_de_connexion(suite: &str) -> String {
    format!(
        "/connexion?{}",
        url::form_urlencoded::Serializer::new(String::new())
            .append_pair("suite", suite)
            .finish()
    )
}

fn refuser(requete: ServiceRequest, erreur: &WebError, https: bool) -> ServiceResponse<BoxBody> {
    let reponse = if requete.path().starts_with(API) {
        api::refuser(erreur)
    } else {
        erreur.page()
    };
    durcir(requete.into_response(reponse), https, false)
}

fn durcir(
    mut reponse: ServiceResponse<BoxBody>,
    https: bool,
    statique: bool,
) -> ServiceResponse<BoxBody> {
    let entetes = reponse.headers_mut();
    // A handler may set a stricter one: a document is shown in a sandbox.
    if !entetes.contains_key(header::CONTENT_SECURITY_POLICY) {
        entetes.insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(CSP),
        );
    }
    let mut poser = |nom: HeaderName, valeur: &'static str| {
        entetes.insert(nom, HeaderValue::from_static(valeur))
    };
    poser(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    poser(header::REFERRER_POLICY, "same-origin");
    poser(
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    poser(
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=()",
    );
    if https {
        poser(
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=31536000; includeSubDomains",
        );
    }
    if !statique && !entetes.contains_key(header::CACHE_CONTROL) {
        entetes.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    reponse
}
