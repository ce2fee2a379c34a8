//! `/charte`: the charter that a CPAM applies, those to come and those that were (REG-12).

mod fin;
mod nouvelle;

pub use fin::{confirmer, finir};
pub use nouvelle::{dater, formulaire};

use askama::Template;
use chrono::NaiveDate;
use regles::bareme::bareme;
use regles::charte::Critere;
use regles::droits::Role;
use regles::texte;
use serde::Deserialize;

use super::filters;
use super::page::{Largeur, Page};
use super::ui::{Etat, Pastille, Vide};
use super::visite::{Reponse, Visite};
use crate::clock::jour_a_paris;
use crate::db::CpamScope;
use crate::db::charte::{self, CharteComplete};
use crate::web::kit::requete::Requete;

/// Which CPAM, for a national reader.
#[derive(Debug, Default, Deserialize)]
pub struct Adresse {
    caisse: Option<String>,
}

/// A criterion in words.
pub struct CritereVue {
    /// Its name.
    pub libelle: String,
    /// What its values are worth.
    pub valeur: String,
    /// Points at most.
    pub poids: String,
}

impl CritereVue {
    /// The words of a criterion.
    pub fn de(c: &Critere) -> CritereVue {
        CritereVue {
            libelle: c.libelle.clone(),
            valeur: bareme(c),
            poids: texte::pluriel(c.poids, "point", "points"),
        }
    }
}

struct VersionVue {
    titre: String,
    pastille: Pastille,
    auteur: String,
    criteres: Vec<CritereVue>,
}

#[derive(Template)]
#[template(path = "charte/page.html")]
struct ChartePage {
    page: Page,
    versions: Vec<VersionVue>,
    vide: Option<Vide>,
    signataire: bool,
    appliquee: bool,
}

/// `GET /charte`
pub async fn page(visite: Visite, adresse: Requete<Adresse>) -> Reponse {
    let caisse = match (visite.qui()?.scope(), &adresse.caisse) {
        (CpamScope::Caisse(code), _) => code,
        (_, Some(code)) => code.clone(),
        _ => {
            return super::dossiers::file::choisir(&visite, "/charte", "Charte d’attribution")
                .await;
        }
    };
    let lues = visite
        .read(move |conn| charte::historique(conn, &caisse))
        .await?;
    let jour = visite.aujourd_hui();
    let signataire = visite.qui()?.role == Role::Signataire;
    let vide = lues.is_empty().then(|| {
        Vide::new(
            "Votre caisse n’applique pas de charte",
            "Une place qui n’a pas trouvé de successeur dans le délai de désignation devient caduque. Avec une charte, elle est attribuée après un appel à \
             candidatures, selon des critères et des poids que la caisse fixe.",
        )
    });
    let page = visite
        .page("Charte d’attribution")
        .chapeau("Les critères qui classent les candidats à une place sans successeur.")
        .ariane("Attributions", "/attributions")
        .rubrique("/attributions")
        .largeur(Largeur::Dossier);
    visite.rendre(&ChartePage {
        appliquee: lues
            .iter()
            .find(|c| c.version.du <= jour)
            .is_some_and(|c| c.version.appliquee),
        versions: versions(&lues, jour),
        vide,
        signataire,
        page,
    })
}

/// The versions with the days during which each is in force; newest first.
fn versions(lues: &[CharteComplete], jour: NaiveDate) -> Vec<VersionVue> {
    let mut suivante: Option<NaiveDate> = None;
    let mut vues = Vec::with_capacity(lues.len());
    for c in lues {
        let v = &c.version;
        let fin = suivante.and_then(|s| s.pred_opt());
        let titre = match fin {
            // Replaced on its own day.
            Some(fin) if fin < v.du => format!("Le {}", texte::date_fr(v.du)),
            _ => texte::majuscule_initiale(&texte::periode(v.du, fin, jour)),
        };
        let pastille = match (v.du > jour, fin.is_some_and(|f| f < jour), v.appliquee) {
            (true, _, _) => Pastille::new(Etat::EnCours, "À venir"),
            (_, true, _) => Pastille::new(Etat::Neutre, "Remplacée"),
            (_, _, true) => Pastille::new(Etat::Fait, "Appliquée"),
            (_, _, false) => Pastille::new(Etat::Neutre, "Aucune charte"),
        };
        vues.push(VersionVue {
            titre,
            pastille,
            auteur: format!(
                "Fixée par {} le {}",
                c.auteur,
                texte::date_fr(jour_a_paris(v.cree_le))
            ),
            criteres: c
                .criteres
                .iter()
                .map(|c| CritereVue::de(&c.critere))
                .collect(),
        });
        suivante = Some(v.du);
    }
    vues
}
