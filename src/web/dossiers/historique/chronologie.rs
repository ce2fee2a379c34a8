//! The timeline of a file or of a departure, with what changed.

use regles::evenement::Fait;
use regles::texte;

use crate::db::evenement::Evenement;
use crate::web::ui::{ChronologieVue, EvenementVue};
use crate::web::{correction, vues};

/// What the details of an event are called; the others are kept for machines, or already in the sentence.
const LIBELLES: &[(&str, &str)] = &[
    ("a_temps", "À temps"),
    ("adresse", "Adresse"),
    ("bassin", "Bassin"),
    ("categorie", "Catégorie de la zone"),
    ("courriel", "Adresse électronique"),
    ("date", "Date"),
    ("date_cessation", "Cessation"),
    (
        "decision_implicite",
        "Le silence de la caisse vaut décision après le",
    ),
    ("depot_limite", "Demande à déposer au plus tard le"),
    ("ecart", "Écart à l’avis de la commission"),
    ("etat_avant", "État précédent"),
    ("installee_le", "Installation"),
    ("le", "Date"),
    ("limite", "Dernier jour"),
    ("limite_designation", "Désignation possible au plus tard le"),
    ("motif", "Motif"),
    ("motifs", "Motifs"),
    ("qualite", "Qualité"),
    ("recours", "Recours possible au plus tard le"),
    ("resultat", "Ce que disaient les règles"),
    ("rpps", "RPPS"),
    ("terme", "Installation à commencer au plus tard le"),
];

/// The timeline, with what changed.
pub fn chronologie<'a>(evenements: impl Iterator<Item = &'a Evenement>) -> ChronologieVue {
    ChronologieVue::new(
        evenements
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
    // The ground of a derogation is a code there, and in words among the facts of the file.
    let du_depot = matches!(e.fait, Fait::DemandeDeposee { .. });
    champs
        .iter()
        .filter(|(nom, _)| !(du_depot && nom.as_str() == "motif"))
        .filter_map(|(nom, valeur)| {
            let (_, libelle) = LIBELLES.iter().find(|(n, _)| n == nom)?;
            let valeur = match valeur {
                serde_json::Value::String(t) => match regles::dates_fr::lire_iso(t) {
                    Ok(date) => texte::date_fr(date),
                    Err(_) => vues::mot(t),
                },
                serde_json::Value::Bool(b) => if *b { "oui" } else { "non" }.to_owned(),
                _ => return None,
            };
            Some(((*libelle).to_owned(), valeur))
        })
        .collect()
}
