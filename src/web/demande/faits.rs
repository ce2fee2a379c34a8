//! What a request says, in the words of its author's page.

use regles::texte;

use super::detail::Lu;
use crate::web::vues::reduction;

/// What the applicant said, as the page shows it.
pub(super) fn faits(lu: &Lu) -> Vec<(&'static str, String)> {
    let d = &lu.d;
    let oui_non = |valeur: Option<bool>| match valeur {
        Some(true) => "oui".to_owned(),
        Some(false) => "non".to_owned(),
        None => "non renseigné".to_owned(),
    };
    let nombre = |valeur: Option<i32>| {
        valeur.map_or_else(
            || "non renseigné".to_owned(),
            |n| texte::nombre(i64::from(n)),
        )
    };
    let demande = &d.demande;
    let mut faits = vec![
        ("Déposée le", texte::datetime_fr(demande.deposee_le)),
        (
            "Lieu d’exercice",
            format!("{}, {}", demande.adresse, d.commune),
        ),
        (
            "Zone au jour du dépôt",
            format!("{} ({})", d.bassin, demande.categorie_depot),
        ),
        (
            "Déjà conventionné dans la zone",
            oui_non(demande.deja_conventionne_zone),
        ),
        (
            "Entrée en formation",
            demande
                .entree_formation
                .map_or_else(|| "non renseignée".to_owned(), |a| a.to_string()),
        ),
        (
            "Heures en établissement",
            nombre(demande.heures_etablissement),
        ),
        ("Heures de clinicat", nombre(demande.heures_clinicat)),
        (
            "Engagement en zone sous-dotée",
            oui_non(demande.engagement_zone),
        ),
    ];
    if let Some(code) = &demande.derogation_motif {
        // A ground that no longer exists is shown by its code.
        let libelle = lu.motif.as_ref().map_or(code, |m| &m.libelle);
        faits.push(("Motif de dérogation", libelle.clone()));
    }
    if let Some(r) = &lu.reduction {
        faits.push(("Confrère qui réduit son activité (RPPS)", r.rpps.clone()));
        faits.push(("Réduction d’activité", reduction(r)));
    }
    if let Some(expose) = &demande.derogation_expose {
        faits.push(("Exposé", expose.clone()));
    }
    faits
}
