//! What a CPAM corrected of what a practitioner declared, as she reads it on the page of her file.

use askama::Template;
use regles::correction::{Correction, Ecart};
use regles::texte;

use crate::clock::jour_a_paris;
use crate::db::evenement::Evenement;
use crate::web::filters;
use crate::web::ui::composant;

/// One correction.
#[derive(Debug, Clone)]
struct Faite {
    /// «Le 12 mars 2026, par la CPAM …».
    titre: String,
    motif: String,
    ecarts: Vec<Ecart>,
    reevaluation: Option<(String, String)>,
}

/// The corrections of a file, the latest first: `{{ corrections }}`; nothing when there is none.
#[derive(Debug, Clone, Template)]
#[template(path = "corrections.html")]
pub struct CorrectionsVue {
    faites: Vec<Faite>,
}

composant!(CorrectionsVue);

/// The corrections among the events of a file; `service` is who corrected.
pub fn corrections(evenements: &[Evenement], service: &str) -> CorrectionsVue {
    let mut faites: Vec<Faite> = evenements
        .iter()
        .filter_map(|e| {
            let correction = e.fait.correction()?;
            Some(Faite {
                titre: format!(
                    "Le {}, par la {service}",
                    texte::date_fr(jour_a_paris(e.le))
                ),
                motif: correction.motif,
                ecarts: correction.corrections,
                reevaluation: correction
                    .reevaluation
                    .filter(|(avant, apres)| avant != apres),
            })
        })
        .collect();
    faites.reverse();
    CorrectionsVue { faites }
}

/// What a correction changed, for the timeline: (label, «before → after»), then why.
pub fn details(correction: &Correction) -> Vec<(String, String)> {
    let mut details: Vec<(String, String)> = correction
        .corrections
        .iter()
        .map(|e| {
            (
                e.donnee.libelle().to_owned(),
                format!("{} → {}", dit(&e.avant), dit(&e.apres)),
            )
        })
        .collect();
    details.push(("Motif".to_owned(), correction.motif.clone()));
    if let Some((avant, apres)) = &correction.reevaluation {
        details.push((
            "Ce que disent les règles".to_owned(),
            if avant == apres {
                format!("sans changement : {apres}")
            } else {
                format!("{avant} → {apres}")
            },
        ));
    }
    details
}

fn dit(valeur: &str) -> &str {
    if valeur.is_empty() {
        "non renseigné"
    } else {
        valeur
    }
}
