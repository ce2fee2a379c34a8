//! The designations of a departure, in words.

use crate::clock::jour_a_paris;
use crate::db::designation::{Designation, EtatDesignation};
use crate::texte;
use crate::web::ui::{Etat, Pastille};

/// Who was designated, by whom and when, and what became of it.
pub(super) fn vues(designations: &[(Designation, String)]) -> Vec<(String, Pastille)> {
    designations
        .iter()
        .map(|(d, auteur)| {
            let ton = match d.etat {
                EtatDesignation::EnAttente => Etat::EnCours,
                EtatDesignation::Acceptee => Etat::Fait,
                EtatDesignation::Declinee
                | EtatDesignation::Remplacee
                | EtatDesignation::Renoncee => Etat::Neutre,
            };
            (
                format!(
                    "RPPS {}, désigné par {auteur} le {}",
                    d.rpps,
                    texte::date_fr(jour_a_paris(d.cree_le))
                ),
                Pastille::new(ton, d.etat.libelle()),
            )
        })
        .collect()
}
