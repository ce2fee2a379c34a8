//! What the page of a departure says of it, as it was declared.

use regles::texte;

use super::contestation::origine;
use crate::db::depart::DepartComplet;

/// Each fact, label and value.
pub(super) fn faits(depart: &DepartComplet) -> Vec<(&'static str, String)> {
    let c = &depart.depart;
    let mut faits = vec![
        ("Professionnel", depart.kine.nom_complet()),
        ("RPPS", depart.kine.rpps.clone()),
        (
            "Courriel",
            depart
                .courriel
                .clone()
                .unwrap_or_else(|| "pas de compte".to_owned()),
        ),
    ];
    if let Some(telephone) = &depart.kine.telephone {
        faits.push(("Téléphone", telephone.clone()));
    }
    faits.extend([
        ("Lieu quitté", format!("{}, {}", c.adresse, depart.commune)),
        ("Catégorie de la zone", c.categorie.libelle().to_owned()),
        (jour(c.deces), texte::date_longue(c.date_cessation)),
        (
            "Actes des douze mois",
            origine(c).unwrap_or_else(|| {
                c.actes_12_mois
                    .map_or_else(|| "à préciser".to_owned(), |a| texte::nombre(a.into()))
            }),
        ),
        (
            "Exerçait par dérogation",
            par_derogation(c.par_derogation).to_owned(),
        ),
        (
            match c.deces {
                true => "Ouvert par la caisse le",
                false => "Déclarée le",
            },
            texte::datetime_fr(c.declaree_le),
        ),
    ]);
    faits
}

/// What the day of a departure is.
pub(super) fn jour(deces: bool) -> &'static str {
    match deces {
        true => "Décès",
        false => "Cessation",
    }
}

/// REG-15: what is known of it, in a word.
pub(in crate::web::depart) fn par_derogation(dit: Option<bool>) -> &'static str {
    match dit {
        Some(true) => "oui",
        Some(false) => "non",
        None => "non renseigné",
    }
}
