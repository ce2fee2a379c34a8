//! DER-4: the reductions of activity that granted requests rest on, as the established colleague sees them.

use chrono::NaiveDate;
use regles::echeance::NatureEcheance;

use super::accueil::Carte;
use crate::db::echeance::{self, EcheanceStockee};
use crate::db::reduction::{self, Citee};
use crate::db::{AnyConn, DbResult};
use crate::web::erreur::WebError;
use crate::web::ui::{Etat, Pastille};
use crate::web::vues;

/// The granted requests that rest on the reduction of this RPPS, with their running deadlines: two queries.
///
/// # Errors
/// The refusal of the database.
pub(super) fn lire(conn: &mut AnyConn, rpps: &str) -> DbResult<(Vec<Citee>, Vec<EcheanceStockee>)> {
    let citees = reduction::citant(conn, rpps)?;
    let ids: Vec<i64> = citees.iter().map(|c| c.demande_id).collect();
    let mut echeances = echeance::en_cours_de(conn, &ids)?;
    echeances.retain(|e| e.nature == NatureEcheance::ReductionTitulaire);
    Ok((citees, echeances))
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
                    "{} est conventionné dans votre zone parce que vous réduisez votre activité (DER-4).",
                    c.arrivant
                ),
                faits: vec![("Réduction".to_owned(), vues::reduction(&c.reduction))],
                echeances,
            })
        })
        .collect()
}
