//! `GET /praticien-conseil`: the files whose documents touch health, those that wait first.

use std::collections::BTreeMap;

use askama::Template;
use regles::piece::EtatPiece;
use regles::texte;

use super::CHEMIN;
use crate::clock::jour_a_paris;
use crate::db::piece::{self, TenuEnSante};
use crate::web::filters;
use crate::web::page::{Largeur, Page};
use crate::web::ui::{Etat, Pastille};
use crate::web::visite::{Reponse, Visite};

/// Documents looked at, the last received first.
const LIMITE: i64 = 1_000;

struct Dossier {
    titre: String,
    url: String,
    etat: Pastille,
    detail: String,
}

#[derive(Template)]
#[template(path = "praticien/liste.html")]
struct ListePage {
    page: Page,
    dossiers: Vec<Dossier>,
}

/// `GET /praticien-conseil`
///
/// # Errors
/// The database does not answer.
pub async fn liste(visite: Visite) -> Reponse {
    let scope = visite.qui()?.scope();
    let tenues = visite
        .read(move |conn| piece::en_sante(conn, &scope, LIMITE))
        .await?;
    let page = visite
        .page("Pièces de santé")
        .chapeau("Les dossiers dont une pièce touche à la santé. Vous seul lisez ces pièces ; la caisse et la personne lisent votre conclusion.")
        .rubrique(CHEMIN)
        .largeur(Largeur::Lecture);
    visite.rendre(&ListePage {
        page,
        dossiers: dossiers(&tenues),
    })
}

/// One line per file: those that wait for a conclusion first, the oldest document first.
fn dossiers(tenues: &[TenuEnSante]) -> Vec<Dossier> {
    let mut par_numero: BTreeMap<&str, Vec<&TenuEnSante>> = BTreeMap::new();
    for tenue in tenues {
        par_numero.entry(&tenue.numero).or_default().push(tenue);
    }
    let mut lignes: Vec<_> = par_numero
        .into_iter()
        .map(|(numero, siennes)| {
            let attendues: Vec<_> = siennes
                .iter()
                .filter(|t| t.etat == EtatPiece::Recue && t.remplacee_par.is_none())
                .collect();
            let depuis = attendues.iter().map(|t| t.deposee_le).min();
            let personne = siennes.iter().find_map(|t| t.personne.as_ref());
            let qui = personne.map_or_else(String::new, |(p, n)| format!(" · {p} {n}"));
            let compte = i64::try_from(siennes.len()).unwrap_or(i64::MAX);
            let detail = match depuis {
                Some(le) => format!(
                    "{}, la plus ancienne sans conclusion reçue le {}",
                    texte::pluriel(compte, "pièce", "pièces"),
                    texte::date_fr(jour_a_paris(le))
                ),
                None => texte::pluriel(compte, "pièce", "pièces"),
            };
            let etat = match depuis {
                Some(_) => Pastille::new(Etat::AFaire, "Conclusion attendue"),
                None => Pastille::new(Etat::Fait, "Conclusion rendue"),
            };
            let dossier = Dossier {
                titre: format!("Dossier {numero}{qui}"),
                url: format!("{CHEMIN}/{numero}"),
                etat,
                detail,
            };
            ((depuis.is_none(), depuis), dossier)
        })
        .collect();
    lignes.sort_by_key(|(rang, _)| *rang);
    lignes.into_iter().map(|(_, dossier)| dossier).collect()
}
