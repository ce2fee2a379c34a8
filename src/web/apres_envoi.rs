//! After a form: the browser's Back and its reload never meet the answer of a POST.
//!
//! A page that answers a form (an error, a summary, a refusal) is kept a moment, and the answer is a redirection to the
//! same address with a token, where a GET shows the page as often as it is asked for, with the status that it had. It is
//! sealed under a key made from that token, from the address and from the session or the anonymous cookie: a database
//! shows nothing of it, nor does the address to anybody else.

use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::ServiceResponse;
use actix_web::http::{Method, StatusCode, header};
use actix_web::web::Bytes;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};
use tokio::time::timeout;

use super::acces::{self, avec_apercu};
use super::erreur::WebError;
use super::provenance::Provenance;
use super::routes::TABLE;
use super::visite::rediriger_en_avertissant;
use crate::app::AppState;
use crate::db::DbError;
use crate::db::reponse_gardee::{self, NouvelleReponse, Porteur};
use crate::db::session::Identite;
use crate::secret::{self, Cachet};

/// What the address of a page that is kept carries.
const PARAMETRE: &str = "reponse";
/// The longest page that is kept, in bytes: what a form may hold, twice as long once written in HTML.
const TAILLE_MAX: usize = 1024 * 1024;
/// How long an answer waits to be kept; past it, it is given as it is.
const A_GARDER: Duration = Duration::from_secs(2);

const EXPIREE: &str = "La page demandée répondait à un envoi, et n’est plus conservée. Vérifiez ici où vous en êtes, et recommencez si c’est \
    encore nécessaire.";

/// The token of a page that is asked for again.
pub fn demandee(requete: &HttpRequest) -> Option<String> {
    let lit = [Method::GET, Method::HEAD].contains(requete.method());
    let jeton = url::form_urlencoded::parse(requete.query_string().as_bytes())
        .find(|(nom, _)| nom == PARAMETRE)?
        .1;
    (lit && jeton.len() == secret::LONGUEUR_JETON).then(|| jeton.into_owned())
}

/// Whose pages a request may keep and read: a session, or a cookie that came with it.
pub fn porteur(requete: &HttpRequest, qui: Option<&Identite>, https: bool) -> Option<Porteur> {
    if let Some(qui) = qui {
        return Some(Porteur::Session(qui.session.clone()));
    }
    acces::visiteur(requete, https).map(|jeton| Porteur::Visiteur(secret::empreinte(&jeton)))
}

fn cachet(porteur: &Porteur, chemin: &str, jeton: &str) -> Cachet {
    let (Porteur::Session(a_qui) | Porteur::Visiteur(a_qui)) = porteur;
    Cachet::new(jeton, &format!("{a_qui} {chemin}"))
}

/// Puts a redirection in the place of a page that answers a form, when it can be kept for whoever sent it.
pub async fn garder(
    reponse: ServiceResponse<BoxBody>,
    etat: &web::Data<AppState>,
) -> ServiceResponse<BoxBody> {
    let requete = reponse.request().clone();
    let https = etat.config.https();
    let qui = requete.extensions().get::<Identite>().cloned();
    let porteur = porteur(&requete, qui.as_ref(), https);
    let (Some(porteur), true) = (porteur, est_a_garder(&requete, &reponse)) else {
        return reponse;
    };
    let (requete, reponse) = reponse.into_parts();
    let (tete, corps) = reponse.into_parts();
    let (page, corps) = match corps.try_into_bytes() {
        Ok(page) => (page.clone(), page.boxed()),
        Err(flux) => return ServiceResponse::new(requete, tete.set_body(flux)),
    };
    let tete = tete.set_body(corps);
    let jeton = match page.len() <= TAILLE_MAX {
        true => ecrire(etat, porteur, requete.path(), &tete, &page).await,
        false => None,
    };
    let Some(jeton) = jeton else {
        return ServiceResponse::new(requete, tete);
    };
    let mut redirection = HttpResponse::SeeOther();
    redirection.insert_header((header::LOCATION, adresse(&requete, Some(&jeton))));
    for cookie in tete.headers().get_all(header::SET_COOKIE) {
        redirection.append_header((header::SET_COOKIE, cookie));
    }
    ServiceResponse::new(requete, redirection.finish())
}

/// A page, not a redirection, a file nor what a script reads; and an answer that would be the same a moment later: who must
/// wait and send again does so from the form.
fn est_a_garder(requete: &HttpRequest, reponse: &ServiceResponse<BoxBody>) -> bool {
    let dit = |entetes: &header::HeaderMap, nom, mot: &str| {
        entetes
            .get(nom)
            .and_then(|v| v.to_str().ok())
            .is_some_and(|v| v.contains(mot))
    };
    let statut = reponse.status();
    let attendre = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS];
    *requete.method() == Method::POST
        && (statut.is_success() || statut.is_client_error())
        && !attendre.contains(&statut)
        && dit(reponse.headers(), header::CONTENT_TYPE, "text/html")
        && !reponse.headers().contains_key(header::CONTENT_DISPOSITION)
        && !dit(requete.headers(), header::ACCEPT, "application/json")
}

/// Keeps a page and returns the token of its address; none when the database does not take it.
async fn ecrire(
    etat: &AppState,
    porteur: Porteur,
    chemin: &str,
    tete: &HttpResponse<BoxBody>,
    page: &Bytes,
) -> Option<String> {
    let jeton = secret::jeton();
    let cachet = cachet(&porteur, chemin, &jeton);
    let nouvelle = NouvelleReponse {
        cle: cachet.nom(),
        statut: i32::from(tete.status().as_u16()),
        apercu: acces::a_un_apercu(tete),
        contenu: cachet.sceller(page)?,
        gardee_le: etat.clock.now(),
    };
    let ecriture = etat
        .db
        .spawn_write(move |tx| reponse_gardee::garder(tx, &porteur, &nouvelle));
    match timeout(A_GARDER, ecriture).await {
        Ok(Ok(())) => Some(jeton),
        Ok(Err::<_, DbError>(erreur)) => {
            tracing::warn!(%erreur, "a page that answers a form is not kept");
            None
        }
        Err(_) => {
            tracing::warn!("a page that answers a form is not kept in time");
            None
        }
    }
}

/// The address of a request with this token, or without any: the list from which a file was opened stays in it.
fn adresse(requete: &HttpRequest, jeton: Option<&str>) -> String {
    let mut suite = url::form_urlencoded::Serializer::new(String::new());
    let dits = url::form_urlencoded::parse(requete.query_string().as_bytes());
    suite.extend_pairs(dits.filter(|(nom, _)| nom != PARAMETRE));
    let chemin = match jeton {
        Some(jeton) => {
            suite.append_pair(PARAMETRE, jeton);
            requete.path()
        }
        None => page_de(requete.path()),
    };
    let suite = suite.finish();
    let adresse = match suite.as_str() {
        "" => chemin.to_owned(),
        suite => format!("{chemin}?{suite}"),
    };
    match Provenance::lire(requete) {
        Some(provenance) if !suite.contains("liste=") => provenance.garder(&adresse),
        _ => adresse,
    }
}

/// The page of a token, for whoever it was kept for; anybody else, and whoever comes too late, is led to where the form is.
///
/// # Errors
/// The database does not answer.
pub async fn montrer(
    requete: &HttpRequest,
    qui: Option<&Identite>,
    jeton: &str,
    etat: &web::Data<AppState>,
) -> Result<HttpResponse, WebError> {
    let porteur = porteur(requete, qui, etat.config.https());
    if let Some(porteur) = porteur {
        let cachet = cachet(&porteur, requete.path(), jeton);
        let (cle, maintenant) = (cachet.nom(), etat.clock.now());
        let gardee = etat
            .db
            .spawn_lookup(move |conn| reponse_gardee::lire(conn, &cle, maintenant))
            .await?;
        let lue = gardee.and_then(|(statut, apercu, contenu)| {
            let statut = StatusCode::from_u16(u16::try_from(statut).ok()?).ok()?;
            Some((statut, apercu, cachet.ouvrir(contenu)?))
        });
        if let Some((statut, apercu, page)) = lue {
            let reponse = HttpResponse::build(statut)
                .content_type("text/html; charset=utf-8")
                .body(page);
            return Ok(if apercu {
                avec_apercu(reponse)
            } else {
                reponse
            });
        }
    }
    Ok(rediriger_en_avertissant(
        etat,
        &adresse(requete, None),
        EXPIREE,
    ))
}

/// The page at a path, or the nearest one above it: what is only sent to is no page.
fn page_de(chemin: &str) -> &str {
    let mut reste = chemin;
    while !reste.is_empty() {
        let la = TABLE.iter().filter(|route| mene(route.chemin, reste));
        if let Some(route) = la.min_by_key(|route| route.chemin.matches('{').count())
            && TABLE
                .iter()
                .any(|r| r.methode == "GET" && r.chemin == route.chemin)
        {
            return reste;
        }
        reste = reste.rfind('/').map_or("", |fin| &reste[..fin]);
    }
    "/"
}

/// Whether a path is one of those that a route of the table is for.
fn mene(motif: &str, chemin: &str) -> bool {
    let (mut attendus, mut donnes) = (motif.split('/'), chemin.split('/'));
    loop {
        match (attendus.next(), donnes.next()) {
            (None, None) => return true,
            (Some(attendu), Some(donne)) if attendu.starts_with('{') || attendu == donne => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::page_de;

    #[test]
    fn ce_qui_n_est_qu_envoye_mene_a_la_page_au_dessus() {
        for (chemin, page) in [
            ("/demandes/nouvelle", "/demandes/nouvelle"),
            (
                "/demandes/131-2026-000001/pieces",
                "/demandes/131-2026-000001",
            ),
            ("/compte/sessions/fermer", "/compte"),
            (
                "/attributions/3/candidatures/4",
                "/attributions/3/candidatures/4",
            ),
            ("/dossiers/prochain", "/dossiers"),
            ("/deconnexion", "/"),
            ("/inconnue", "/"),
        ] {
            assert_eq!(page_de(chemin), page, "{chemin}");
        }
    }
}
