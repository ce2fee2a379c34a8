//! The designations of a departure, in words.

use regles::designation::EtatDesignation;
use regles::texte;

use crate::clock::jour_a_paris;
use crate::db::designation::DesignationSuivie;
use crate::web::ui::{Etat, Pastille};

/// Who was designated, by whom and when, and what became of it.
pub(super) fn vues(designations: &[DesignationSuivie]) -> Vec<(String, Pastille)> {
    designations
        .iter()
        .map(|s| {
            let (d, auteur) = (&s.designation, &s.auteur);
            let ton = match d.etat {
                EtatDesignation::EnAttente => Etat::EnCours,
                EtatDesignation::Acceptee => Etat::Fait,
                EtatDesignation::Declinee
                | EtatDesignation::Remplacee
                | EtatDesignation::Renoncee
                | EtatDesignation::Annulee
                | EtatDesignation::Retiree
                | EtatDesignation::SansObjet => Etat::Neutre,
            };
            let jour = texte::date_fr(jour_a_paris(d.cree_le));
            // REG-12: nobody designates who is retained after a call; the person who signed attributes the place.
            let phrase = match d.candidature_id {
                Some(_) => format!("{}, retenu après appel par {auteur} le {jour}", s.nom()),
                None => format!("{}, désignation par {auteur} le {jour}", s.nom()),
            };
            (phrase, Pastille::new(ton, d.etat.libelle()))
        })
        .collect()
}
