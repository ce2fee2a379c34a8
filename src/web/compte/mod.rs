//! Accounts, as pages.

pub mod adresse;
pub mod connexion;
pub mod courriel;
mod hachage;
pub mod inscription;
pub mod moi;
pub mod mot_de_passe;

pub(in crate::web) use hachage::comparer;

use actix_web::{HttpMessage, HttpRequest};
use regles::droits::{LECTEURS, Role};

use super::acces::{self, adresse_de_connexion};
use super::erreur::WebError;
use super::praticien;
use super::saisie::Saisie;
use super::ui::Champ;
use super::visite::Visite;
use crate::actions::compte::connexion::Provenance;
use crate::actions::{Acte, Acteur};
use crate::app::AppState;
use crate::db::session::Identite;

const AIDE_MOT_DE_PASSE: &str = "Au moins 12 caractères\u{a0}; le plus simple à retenir\u{a0}: quatre mots sans rapport entre eux.";

const ADRESSE_ATTENDUE: &str =
    "Indiquez une adresse électronique, par exemple claire.martin@example.fr.";

/// An act of somebody who is not logged in.
fn acte_anonyme(visite: &Visite) -> Acte {
    Acte {
        acteur: Acteur {
            id: None,
            nom: "Visiteur".to_owned(),
            le: visite.maintenant(),
        },
        reglement: visite.etat.reglement(),
        url_publique: visite.etat.config.url_publique.clone(),
    }
}

/// Where a login comes from.
pub(in crate::web) fn provenance(visite: &Visite) -> Provenance {
    Provenance {
        adresse_ip: visite.adresse_ip.clone(),
        navigateur: visite.navigateur.clone(),
        ancienne: visite.identite.as_ref().map(|q| q.session.clone()),
    }
}

/// The page where somebody of this role begins.
fn debut(role: Role) -> &'static str {
    match role {
        Role::Kine => "/espace",
        Role::PraticienConseil => praticien::CHEMIN,
        Role::Signataire => "/dossiers?nature=demande&etat=proposee",
        Role::SecretaireCpd => "/dossiers?nature=derogation&etat=complete",
        Role::Responsable => "/supervision",
        Role::AdministrateurNational => "/supervision?caisse=toutes",
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

/// What becomes of a form whose token does not hold, on the pages that lead to an account: a login page left open leads
/// where it would have; a browser without our cookie is told so. None for any other form.
pub(super) fn formulaire_perime(
    requete: &HttpRequest,
    etat: &AppState,
    saisie: &Saisie,
) -> Option<WebError> {
    let suite = saisie.texte("suite");
    let entree = ["/connexion", "/inscription"].contains(&requete.path());
    let role = requete.extensions().get::<Identite>().map(|q| q.role);
    match role {
        Some(role) => entree.then(|| WebError::Ailleurs(destination(suite, role))),
        None if !acces::a_notre_cookie(requete, etat.config.https()) => Some(WebError::Cookies),
        None if requete.path() == "/connexion" => {
            let suite = suite_locale(suite).unwrap_or_else(|| "/".to_owned());
            Some(WebError::Ailleurs(adresse_de_connexion(&suite)))
        }
        None => None,
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

/// The field of a new password, with what is expected of it.
fn champ_nouveau(erreur: Option<String>) -> Champ {
    Champ::mot_de_passe("nouveau", "Nouveau mot de passe", "new-password")
        .aide(AIDE_MOT_DE_PASSE)
        .erreur(erreur)
}

/// Words that a person's password must not be made of.
fn proches(prenom: &str, nom: &str, courriel: &str) -> Vec<String> {
    let mut mots = vec![prenom.to_owned(), nom.to_owned(), courriel.to_owned()];
    mots.extend(courriel.split(['@', '.', '-', '_', '+']).map(str::to_owned));
    mots
}

/// A path with `suite` after it, when there is one.
fn avec_suite(chemin: &str, suite: &str) -> String {
    match suite {
        "" | "/" => chemin.to_owned(),
        suite => format!(
            "{chemin}?{}",
            url::form_urlencoded::Serializer::new(String::new())
                .append_pair("suite", suite)
                .finish()
        ),
    }
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
