//! DER-4: the reductions of activity that granted requests rest on, as the established colleague sees them.

use chrono::NaiveDate;
use regles::echeance::Responsable;

use super::accueil::Carte;
use crate::db::echeance::EcheanceStockee;
use crate::db::reduction::Citee;
use crate::web::erreur::WebError;
use crate::web::ui::{Etat, Pastille};
use crate::web::vues;

/// The deadlines of the reductions that these requests rest on, among others.
pub(super) fn echeances(citees: &[Citee], toutes: &[EcheanceStockee]) -> Vec<EcheanceStockee> {
    toutes
        .iter()
        .filter(|e| e.nature.fiche().responsable == Responsable::Confrere)
        .filter(|e| citees.iter().any(|c| c.demande_id == e.dossier_id))
        .cloned()
        .collect()
}

/// A card of the space for each.
///
/// # Errors
/// A stored deadline that does not read.
pub(super) fn cartes(
    (citees, echeances): &(Vec<Citee>, Vec<EcheanceStockee>),
    jour: NaiveDate,
) -> Result<Vec<Carte>, WebError> {
    citees
        .iter()
        .map(|c| {
            let echeances: Vec<_> = echeances
                .iter()
                .filter(|e| e.dossier_id == c.demande_id)
                .map(|e| vues::echeance(e, jour))
                .collect::<Result<_, _>>()?;
            let etat = if echeances.is_empty() {
                Pastille::new(Etat::Neutre, "Terminée")
            } else {
                Pastille::new(Etat::EnCours, "En cours")
            };
            Ok(Carte {
                titre: "Réduction de votre activité".to_owned(),
                url: None,
                etat,
                phrase: format!(
                    "{} {} exerce sous convention dans votre zone parce que vous réduisez votre activité.",
                    c.prenom, c.nom
                ),
                faits: vec![("Réduction".to_owned(), vues::reduction(&c.reduction.clone().lue()?))],
                echeances,
            })
        })
        .collect()
}
