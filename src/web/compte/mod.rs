//! Accounts, as pages.

pub mod connexion;

use actix_web::web;

use super::erreur::WebError;
use super::visite::Visite;
use crate::actions::compte::connexion::Provenance;
use crate::actions::{Acte, Acteur};
use crate::domain::droits::{LECTEURS, Role};
use crate::mot_de_passe::{self, MotDePasseError};

/// An act of somebody who is not logged in.
fn acte_anonyme(visite: &Visite) -> Acte {
    Acte {
        acteur: Acteur {
            id: None,
            nom: "Visiteur".to_owned(),
            le: visite.maintenant(),
        },
        reglement: visite.etat.reglement.clone(),
        url_publique: visite.etat.config.url_publique.clone(),
    }
}

/// Where a login comes from.
fn provenance(visite: &Visite) -> Provenance {
    Provenance {
        adresse_ip: visite.adresse_ip.clone(),
        navigateur: visite.navigateur.clone(),
        ancienne: visite.identite.as_ref().map(|q| q.session.clone()),
    }
}

/// Runs a password hash off the async threads, few at a time.
async fn hachage<T: Send + 'static>(
    visite: &Visite,
    f: impl FnOnce() -> Result<T, MotDePasseError> + Send + 'static,
) -> Result<T, WebError> {
    let permis = visite
        .etat
        .hachages
        .clone()
        .acquire_owned()
        .await
        .map_err(WebError::interne)?;
    web::block(move || {
        let resultat = f();
        drop(permis);
        resultat
    })
    .await?
    .map_err(WebError::interne)
}

/// Whether a typed password is the one behind a PHC string; takes as long without one.
async fn comparer(visite: &Visite, saisi: &str, hache: Option<String>) -> Result<bool, WebError> {
    let saisi = saisi.to_owned();
    hachage(visite, move || {
        mot_de_passe::verifier(&saisi, hache.as_deref())
    })
    .await
}

/// The page where somebody of this role begins.
fn debut(role: Role) -> &'static str {
    match role {
        Role::Kine => "/espace",
        autre if LECTEURS.permet(Some(autre)) => "/dossiers",
        _ => "/zones",
    }
}

/// The page to go to after a login: `suite` when it is a path of ours, else where the role begins.
fn destination(suite: &str, role: Role) -> String {
    match suite_locale(suite) {
        Some(suite) if suite != "/" => suite,
        _ => debut(role).to_owned(),
    }
}

/// A path of ours, or none: an address elsewhere would lend our name to a trap.
fn suite_locale(suite: &str) -> Option<String> {
    let base = url::Url::parse("http://relais.invalid").ok()?;
    let sain = suite.starts_with('/')
        && !suite.starts_with("//")
        && !suite.contains(|c: char| c == '\\' || c.is_control());
    let url = base
        .join(suite)
        .ok()
        .filter(|u| sain && u.origin() == base.origin())?;
    let propre = match url.query() {
        Some(requete) => format!("{}?{requete}", url.path()),
        None => url.path().to_owned(),
    };
    // Normalising may bring two slashes to the front: `/.//autre.fr`.
    let revient = ["/connexion", "/inscription", "/deconnexion"].contains(&url.path());
    (!propre.starts_with("//") && !revient).then_some(propre)
}

/// An address as it is stored: without spaces around, in lower case.
fn adresse(saisie: &str) -> String {
    saisie.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn la_suite_reste_chez_nous() {
        for (suite, attendue) in [
            ("/dossiers?etat=complete", Some("/dossiers?etat=complete")),
            ("/zones/13-Martigues", Some("/zones/13-Martigues")),
            ("https://autre.fr/", None),
            ("//autre.fr/", None),
            ("/\\autre.fr", None),
            ("/\t/autre.fr", None),
            ("/.//autre.fr", None),
            ("/a/..//autre.fr", None),
            ("javascript:alert(1)", None),
            ("autre", None),
            ("", None),
            ("/connexion?suite=/x", None),
        ] {
            assert_eq!(suite_locale(suite).as_deref(), attendue, "{suite}");
        }
    }
}
