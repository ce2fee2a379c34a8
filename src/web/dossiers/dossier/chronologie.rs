//! The timeline of a file or of a departure, with what changed.

use regles::texte;

use crate::db::evenement::Evenement;
use crate::web::ui::{ChronologieVue, EvenementVue};
use crate::web::{correction, vues};

/// What the details of an event are called.
const LIBELLES: &[(&str, &str)] = &[
    ("bassin", "Bassin"),
    ("categorie", "Catégorie de la zone"),
    ("courriel", "Adresse électronique"),
    ("decision_implicite", "Décision implicite"),
    ("etat_avant", "État précédent"),
    ("installee_le", "Installation"),
    ("le", "Date"),
    ("limite", "Date limite"),
    ("limite_designation", "Désignation possible jusqu’au"),
    ("precision", "Précision"),
    ("qualite", "Qualité"),
    ("recours", "Recours possible jusqu’au"),
    ("resultat", "Ce que disaient les règles"),
    ("rpps", "RPPS"),
    ("terme", "Installation avant le"),
];

/// Kept for machines, or already in the sentence.
const CACHES: &[&str] = &[
    "avant_le",
    "depart_corrigee",
    "cle",
    "commune",
    "decision",
    "designation",
    "document",
    "etat",
    "etat_place",
    "insee",
    "issue",
    "numero",
    "par_la_caisse",
    "parametres",
    "personne",
    "piece",
    "rappelee",
    "terme_designation",
];

/// The timeline, with what changed.
pub fn chronologie(evenements: &[Evenement]) -> ChronologieVue {
    ChronologieVue::new(
        evenements
            .iter()
            .map(|e| {
                let vue = EvenementVue::new(e.le, &e.acteur.nom, e.fait.phrase())
                    .icone(e.fait.code().signe().into());
                let faits = match e.fait.correction() {
                    Some(faite) => correction::details(&faite),
                    None => details(e),
                };
                faits
                    .into_iter()
                    .fold(vue, |vue, (libelle, valeur)| vue.detail(libelle, valeur))
            })
            .collect(),
    )
}

/// The simple facts of an event; what is nested is for machines.
fn details(e: &Evenement) -> Vec<(String, String)> {
    let champs = match e.fait.champs() {
        Ok(champs) => champs,
        Err(erreur) => {
            tracing::error!(evenement = e.id, %erreur, "the details of an event cannot be said");
            return Vec::new();
        }
    };
    champs
        .iter()
        .filter(|(nom, _)| !CACHES.contains(&nom.as_str()))
        .filter_map(|(nom, valeur)| {
            let valeur = match valeur {
                serde_json::Value::String(t) => match regles::dates_fr::lire_iso(t) {
                    Ok(date) => texte::date_fr(date),
                    Err(_) => vues::mot(t),
                },
                serde_json::Value::Bool(b) => if *b { "oui" } else { "non" }.to_owned(),
                _ => return None,
            };
            Some((libelle(nom), valeur))
        })
        .collect()
}

fn libelle(nom: &str) -> String {
    let connu = LIBELLES.iter().find(|(n, _)| *n == nom);
    connu.map_or_else(
        || texte::majuscule_initiale(&nom.replace('_', " ")),
        |(_, libelle)| (*libelle).to_owned(),
    )
}
