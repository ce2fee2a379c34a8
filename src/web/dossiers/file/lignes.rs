//! The lines of the queue, or the sentence when there is none.

use regles::droits::INSTRUCTION;

use super::Adresse;
use super::colonnes::{DEFAUT, EnFile, LISTE};
use crate::web::kit::tableau::{Lot, Tableau};
use crate::web::page::Page;
use crate::web::provenance;
use crate::web::ui::Vide;
use crate::web::visite::Visite;

/// The list with its way to the next page, or why it is empty.
pub fn tableau(
    visite: &Visite,
    page: &Page,
    adresse: &Adresse,
    mut lignes: Vec<EnFile>,
) -> (Option<Tableau>, Option<Vide>) {
    let suivant = LISTE.couper(&mut lignes, adresse.lignes());
    if lignes.is_empty() {
        return (None, Some(vide(adresse)));
    }
    let colonnes = LISTE.montrees(adresse.get("colonnes"), DEFAUT);
    let provenance = provenance::suffixe(adresse);
    let tableau = LISTE.tableau(
        &lignes,
        &colonnes,
        Some(&provenance),
        adresse.suite(suivant.as_deref()),
    );
    let role = visite.identite.as_ref().map(|q| q.role);
    if !INSTRUCTION.permet(role) {
        return (Some(tableau), None);
    }
    let actions = [
        ("prendre", "Prendre en charge"),
        ("assigner", "Assigner…"),
        ("etiqueter", "Étiqueter…"),
    ];
    let lot = Lot {
        url: "/dossiers".to_owned(),
        actions: actions
            .map(|(acte, mots)| (acte.to_owned(), mots.to_owned()))
            .to_vec(),
        caches: vec![("retour".to_owned(), adresse.requete())],
        csrf: page.contexte.csrf.clone(),
    };
    (Some(tableau.lot(lot)), None)
}

fn vide(adresse: &Adresse) -> Vide {
    if adresse.get("apres").is_some() {
        Vide::new(
            "Il n’y a plus rien ensuite",
            "Vous avez vu tous les dossiers de cette liste.",
        )
        .action("Revenir au début", adresse.avec("apres", None))
    } else if adresse.filtree_hors(&[]) {
        Vide::new(
            "Aucun dossier ne répond à ces filtres",
            "Rien n’est en attente ici. Retirez un filtre pour élargir la liste, ou voyez tous les dossiers ouverts.",
        )
        .action("Voir tous les dossiers ouverts", super::filtres::sans_filtre(adresse))
    } else {
        Vide::new(
            "Aucun dossier ouvert",
            "Toutes les demandes de votre caisse sont closes. Les nouvelles arrivent ici dès leur dépôt.",
        )
        .action("Voir les départs à confirmer", "/departs")
    }
}
