//! The mailbox of the demonstration: what would have left, to read and follow. Absent elsewhere.

use actix_web::web::Path;
use askama::Template;
use regles::texte;

use super::erreur::WebError;
use super::page::{Largeur, Page};
use super::ui::{Etat, Pastille, Vide};
use super::visite::{Reponse, Visite};
use crate::config::Mode;
use crate::db::courriel::{self, CourrielStocke};
use crate::db::tache::EtatTache;

/// Mails listed.
const DERNIERS: i64 = 200;

struct Ligne {
    id: i64,
    sujet: String,
    destinataire: String,
    quand: String,
    etat: Pastille,
}

/// A piece of a line: text, or an address to follow.
#[derive(Debug, PartialEq, Eq)]
struct Morceau {
    texte: String,
    lien: bool,
}

#[derive(Template)]
#[template(path = "boite/liste.html")]
struct ListePage {
    page: Page,
    lignes: Vec<Ligne>,
    vide: Vide,
}

#[derive(Template)]
#[template(path = "boite/courriel.html")]
struct CourrielPage {
    page: Page,
    ligne: Ligne,
    paragraphes: Vec<Vec<Vec<Morceau>>>,
}

/// `GET /_courriels`
///
/// # Errors
/// [`WebError::Introuvable`] outside the demonstration.
pub async fn liste(visite: Visite) -> Reponse {
    demonstration(&visite)?;
    let lus = visite
        .read(|conn| courriel::derniers(conn, DERNIERS))
        .await?;
    let page = visite
        .page("Courriels de la démonstration")
        .chapeau("Aucun courriel ne quitte cette machine : chacun se lit ici, et ses liens fonctionnent.")
        .largeur(Largeur::Dossier);
    visite.rendre(&ListePage {
        page,
        lignes: lus.iter().map(ligne).collect(),
        vide: Vide::new(
            "Aucun courriel",
            "Les courriels apparaissent ici quelques secondes après l’acte qui les cause.",
        ),
    })
}

/// `GET /_courriels/{id}`
///
/// # Errors
/// [`WebError::Introuvable`] outside the demonstration, or for an unknown mail.
pub async fn courriel(visite: Visite, id: Path<i64>) -> Reponse {
    demonstration(&visite)?;
    let lu = visite
        .read(move |conn| courriel::lire(conn, id.into_inner()))
        .await?;
    let page = visite
        .page(lu.sujet.clone())
        .ariane("Courriels de la démonstration", "/_courriels");
    visite.rendre(&CourrielPage {
        page,
        ligne: ligne(&lu),
        paragraphes: lu.texte.split("\n\n").map(paragraphe).collect(),
    })
}

fn demonstration(visite: &Visite) -> Result<(), WebError> {
    if visite.etat.config.mode == Mode::Demo {
        Ok(())
    } else {
        Err(WebError::Introuvable)
    }
}

fn ligne(lu: &CourrielStocke) -> Ligne {
    let (etat, mot) = match lu.tache.etat {
        EtatTache::AFaire => (Etat::EnCours, "À envoyer"),
        EtatTache::EnCours => (Etat::EnCours, "En cours d’envoi"),
        EtatTache::Faite => (Etat::Fait, "Envoyé"),
        EtatTache::Echec => (Etat::Retard, "Non remis"),
        EtatTache::Incertaine => (Etat::Retard, "Incertain"),
        EtatTache::Classee => (Etat::Neutre, "Réglé autrement"),
    };
    Ligne {
        id: lu.id,
        sujet: lu.sujet.clone(),
        destinataire: lu.destinataire.clone(),
        quand: texte::datetime_fr(lu.tache.cree_le),
        etat: Pastille::new(etat, mot),
    }
}

fn paragraphe(texte: &str) -> Vec<Vec<Morceau>> {
    texte.trim_matches('\n').lines().map(morceaux).collect()
}

/// Cuts a line at the addresses that it holds.
fn morceaux(ligne: &str) -> Vec<Morceau> {
    ligne
        .split_inclusive(' ')
        .map(|mot| Morceau {
            texte: mot.to_owned(),
            lien: mot.starts_with("http://") || mot.starts_with("https://"),
        })
        .collect()
}
