//! What a request says, in the words of its author's page.

use regles::texte;

use super::Conditions;
use super::lu::Lu;
use crate::clock::jour_a_paris;
use crate::web::kit::formulaire::{Fait, Formulaire};
use crate::web::vues::reduction;

/// What the applicant said, as the page shows it.
pub(super) fn faits(lu: &Lu) -> Vec<Fait> {
    let d = &lu.d;
    let demande = &d.demande;
    let fait = |libelle: &str, dit| (libelle.to_owned(), dit);
    let mut faits = vec![
        match d.sur_papier {
            true => fait(
                "Reçue sur papier le",
                texte::date_fr(jour_a_paris(demande.deposee_le)),
            ),
            false => fait("Déposée le", texte::datetime_fr(demande.deposee_le)),
        },
        fait(
            "Lieu d’exercice",
            format!("{}, {}", demande.adresse, d.commune),
        ),
        fait(
            "Zone au jour du dépôt",
            format!("{} ({})", d.bassin, demande.categorie_depot),
        ),
    ];
    faits.extend(Conditions::from(&demande.conditions).dits());
    if let Some(motif) = &lu.motif {
        faits.push(fait("Motif de dérogation", motif.libelle.clone()));
    }
    if let Some(r) = &lu.reduction {
        faits.push(fait(
            "Confrère qui réduit son activité (RPPS)",
            r.rpps.clone(),
        ));
        faits.push(fait("Réduction d’activité", reduction(r)));
    }
    if let Some(expose) = &demande.derogation_expose {
        faits.push(fait("Exposé", expose.clone()));
    }
    faits
}
