//! The lines of the queue, or the sentence when there is none.

use regles::dossier::NatureDossier;
use regles::droits::INSTRUCTION;

use super::Adresse;
use super::adresse::{DEPARTS, TOUS};
use super::colonnes::{self, EnFile};
use super::tri;
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
    let nature = adresse.nature();
    let liste = colonnes::liste(nature);
    let suivant = liste.couper(&mut lignes, adresse.lignes());
    if lignes.is_empty() {
        return (None, Some(vide(adresse)));
    }
    let colonnes = liste.montrees(adresse.get("colonnes"), colonnes::defaut(nature));
    let provenance = provenance::suffixe(adresse);
    let tableau = liste
        .tableau(
            &lignes,
            &colonnes,
            Some(&provenance),
            adresse.suite(suivant.as_deref()),
        )
        .trier(tri::tris(adresse, &colonnes));
    let role = visite.identite.as_ref().map(|q| q.role);
    if !INSTRUCTION.permet(role) {
        return (Some(tableau), None);
    }
    let actions = [
        ("prendre", "Prendre en charge"),
        ("assigner", "Confier…"),
        ("etiqueter", "Étiqueter…"),
        ("ecrire", "Écrire…"),
        ("relancer", "Rappeler ce qui manque…"),
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
    let departs = adresse.nature() == Some(NatureDossier::Depart);
    if adresse.get("apres").is_some() {
        return Vide::new(
            "Il n’y a plus rien ensuite",
            "Vous avez vu tous les dossiers de cette liste.",
        )
        .action("Revenir au début", adresse.avec("apres", None));
    }
    if departs && adresse.filtree_hors(&["etat"]) {
        return Vide::new(
            "Aucun départ ne répond à ces filtres",
            "Retirez un filtre pour élargir la liste, ou cherchez parmi les départs de tous les états.",
        )
        .action("Chercher dans tous les états", adresse.avec("etat", Some(TOUS)));
    }
    if adresse.filtree_hors(&[]) {
        return Vide::new(
            "Aucun dossier ne répond à ces filtres",
            "Rien n’est en attente ici. Retirez un filtre pour élargir la liste, ou voyez tous les dossiers ouverts.",
        )
        .action("Voir tous les dossiers ouverts", super::filtres::sans_filtre(adresse));
    }
    match adresse.nature() {
        None => Vide::new(
            "Aucun dossier ouvert",
            "Tout ce que traite votre caisse est clos. Les demandes, les départs et les appels arrivent ici d’eux-mêmes.",
        )
        .action("Voir les départs confirmés", format!("{DEPARTS}&etat=confirmee")),
        Some(NatureDossier::Demande) => Vide::new(
            "Aucune demande ouverte",
            "Toutes les demandes de votre caisse sont closes. Les nouvelles arrivent ici dès leur dépôt.",
        )
        .action("Voir les départs à confirmer", format!("{DEPARTS}&etat=declaree")),
        Some(NatureDossier::Depart) => Vide::new(
            "Aucun départ n’attend",
            "Les cessations déclarées par les professionnels de votre caisse arrivent ici.",
        )
        .action("Voir les départs confirmés", adresse.avec("etat", Some("confirmee"))),
        Some(NatureDossier::Recours) => Vide::new(
            "Aucun recours n’attend",
            "Les recours formés dans leur espace par les professionnels, ou enregistrés depuis un dossier, arrivent ici.",
        )
        .action("Voir les recours de tous les états", adresse.avec("etat", Some(TOUS))),
        Some(NatureDossier::Appel) => Vide::new(
            "Aucun appel en cours",
            "Un appel à candidatures s’ouvre sur une place restée sans successeur, depuis les attributions.",
        )
        .action("Voir les places à attribuer", "/attributions"),
    }
}
