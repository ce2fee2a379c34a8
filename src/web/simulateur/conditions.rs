//! The conditions of a contract, as they stand for a project.

use regles::montant::Montant;
use regles::regle::{Constat, Etape};
use regles::simulation::ContratSimule;
use regles::texte;

use super::mots::{self, Verdict};
use super::resultat::Question;
use crate::web::erreur::WebError;
use crate::web::ui::Etat;

/// A condition of the contract, with what was found.
pub struct ConditionDite {
    /// Its word.
    pub verdict: Verdict,
    /// What it says.
    pub phrase: String,
}

/// The conditions, those of the equipment together, then what the year asks and what the region may add.
///
/// # Errors
/// No parameter in force on the day of the signature.
pub fn conditions(q: &Question<'_>, vise: &ContratSimule) -> Result<Vec<ConditionDite>, WebError> {
    let explication = &vise.eligibilite.explication;
    let (equipement, autres): (Vec<&Etape>, Vec<&Etape>) = explication
        .etapes()
        .iter()
        .partition(|e| mots::est_de_l_equipement(&e.fait));
    let montree = |e: &&&Etape| {
        let ouverture = e.fait == "contrat" && e.constat == Constat::Rempli;
        // Another way to hold the condition that follows.
        let alternative = e.libelle.starts_with("Installé dans l’année précédant");
        !ouverture && !alternative
    };
    let mut dites: Vec<ConditionDite> = autres
        .iter()
        .filter(montree)
        .map(|e| ConditionDite {
            verdict: Verdict::de(e.constat),
            phrase: mots::condition(e, q.lieu, q.mode()),
        })
        .collect();
    for constat in [Constat::NonRempli, Constat::Inconnu, Constat::Rempli] {
        let memes: Vec<String> = equipement
            .iter()
            .filter(|e| e.constat == constat)
            .map(|e| libelle_d_equipement(e))
            .collect();
        if memes.is_empty() {
            continue;
        }
        let verdict = match constat {
            Constat::Inconnu => Verdict::new("À prouver", Etat::AFaire),
            autre => Verdict::de(autre),
        };
        dites.push(ConditionDite {
            verdict,
            phrase: texte::majuscule_initiale(&texte::enumerees(&memes)),
        });
    }
    let jour = q.signature.0;
    let minimum = q
        .reglement
        .entier("contrat.part_zone_min", jour)
        .map_err(WebError::interne)?;
    dites.push(match q.projet.part_zone_pct {
        Some(part) => ConditionDite {
            verdict: Verdict::de(Constat::de(Some(part.comparer(minimum).is_ge()))),
            phrase: format!(
                "{} % de l’activité dans la zone ; il en faut {minimum}",
                part.to_string().replace('.', ",")
            ),
        },
        None => ConditionDite {
            verdict: Verdict::de(Constat::Inconnu),
            phrase: format!("Au moins {minimum} % de l’activité dans la zone : dites votre part"),
        },
    });
    if vise.supplement > Montant::ZERO {
        dites.push(supplement(q, vise));
    }
    Ok(dites)
}

fn libelle_d_equipement(etape: &Etape) -> String {
    let libelle = texte::minuscule_initiale(&etape.libelle);
    match etape.attendu.strip_prefix(">= ") {
        Some(minimum) => format!("{libelle} d’au moins {minimum} %"),
        None => libelle,
    }
}

fn supplement(q: &Question<'_>, vise: &ContratSimule) -> ConditionDite {
    let somme = vise.supplement;
    match q.projet.modulation {
        Some(true) => ConditionDite {
            verdict: Verdict::new("Compté", Etat::Fait),
            phrase: format!("Supplément régional de {somme}, réparti sur les versements"),
        },
        Some(false) => ConditionDite {
            verdict: Verdict::new("Non compté", Etat::Neutre),
            phrase: format!("Supplément régional, jusqu’à {somme} : pas ouvert ici, selon vous"),
        },
        None => ConditionDite {
            verdict: Verdict::de(Constat::Inconnu),
            phrase: format!("Supplément régional, jusqu’à {somme} : l’ARS dit s’il est ouvert ici"),
        },
    }
}
