//! Where a departure stands for its author, in one sentence: what is expected, of whom.

use chrono::NaiveDate;
use regles::attente::{self, FaitsDepart};
use regles::depart::{Contestation, EtatDepart};
use regles::liste_pieces::{EtatLigne, Ligne};
use regles::texte;

use super::detail::Lu;
use crate::web::espace::vues;
use crate::web::ui::{Bandeau, Etat, Pastille};

/// The sentence, whose turn it is, and the CPAM.
pub(super) fn bandeau(
    lu: &Lu,
    lignes: &[Ligne],
    contestation: Option<Contestation>,
    jour: NaiveDate,
) -> Bandeau {
    let c = &lu.c.depart;
    let active = lu.active();
    let pastille = vues::etat_depart(
        c.etat,
        lu.place.as_ref().map(|p| p.etat),
        active.map(|d| d.etat),
    );
    let faits = FaitsDepart {
        etat: c.etat,
        place: lu.place.as_ref().map(|p| p.etat),
        designation: active.map(|d| d.etat),
        deposee: false,
        manquantes: 0,
        limite: lu.place.as_ref().and_then(|p| p.limite_designation),
        contestation,
        avis: lu.avis_attendu(),
    };
    let caisse = lu.c.service.nom.clone();
    let dite = attente::pour_le_cedant(
        &attente::depart(&faits),
        &caisse,
        &lu.c.commune,
        c.motif.as_deref(),
        jour,
    );
    let a_vous = a_envoyer(lignes).map(|phrase| (phrase, "Vous".to_owned()));
    let (pastille, (phrase, tour)) = match (c.etat, a_vous) {
        (EtatDepart::Declaree, Some(a_vous)) => (Pastille::new(Etat::AFaire, "À vous"), a_vous),
        _ => (pastille, (dite.phrase, dite.tour)),
    };
    Bandeau::new(pastille, phrase)
        .detail("Qui doit agir", tour)
        .detail("Caisse", caisse)
}

/// What is to be sent: a document that was refused, or one that the departure calls for and nobody sent.
fn a_envoyer(lignes: &[Ligne]) -> Option<String> {
    let nom = |l: &Ligne| texte::minuscule_initiale(l.nature.libelle());
    if let Some(l) = lignes.iter().find(|l| l.etat == EtatLigne::Refusee) {
        return Some(format!(
            "La caisse a refusé une pièce de votre déclaration ({}) : lisez pourquoi, et envoyez-en une autre.",
            nom(l)
        ));
    }
    let manque = lignes.iter().find(|l| l.manque())?;
    Some(format!(
        "Il manque une pièce à votre déclaration ({}) : n’attendez pas qu’on vous la demande.",
        nom(manque)
    ))
}
