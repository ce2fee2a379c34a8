//! Where a departure stands for its author, in one sentence: what is expected, of whom.

use chrono::NaiveDate;
use regles::depart::EtatDepart;
use regles::designation::EtatDesignation;
use regles::grand_livre::EtatPlace;
use regles::liste_pieces::{EtatLigne, Ligne};
use regles::texte;

use super::detail::Lu;
use crate::web::espace::vues;
use crate::web::liste_pieces;
use crate::web::ui::{Bandeau, Etat, Pastille};

/// The sentence, whose turn it is, and the CPAM.
pub(super) fn bandeau(lu: &Lu, lignes: &[Ligne], jour: NaiveDate) -> Bandeau {
    let c = &lu.c.depart;
    let active = lu.active();
    let pastille = vues::etat_depart(
        c.etat,
        lu.place.as_ref().map(|p| p.etat),
        active.map(|d| d.etat),
    );
    let limite = lu
        .place
        .as_ref()
        .and_then(|p| p.limite_designation)
        .map_or_else(String::new, |l| {
            format!(
                " jusqu’au {} ({})",
                texte::date_fr(l),
                texte::dans((l - jour).num_days())
            )
        });
    let caisse = lu.c.service.nom.clone();
    let a_vous = a_envoyer(lignes).map(|phrase| (phrase, "Vous".to_owned()));
    let (phrase, tour) = match (c.etat, lu.place.as_ref().map(|p| p.etat)) {
        (EtatDepart::Declaree, _) => (
            format!("La caisse vérifie votre déclaration. Vous n’avez rien à faire : elle vous écrira pour vous dire si votre départ {} ouvre une place.", texte::de(&lu.c.commune)),
            lu.c.service.nom.clone(),
        ),
        (EtatDepart::Rejetee, _) => (
            format!("La caisse a rejeté votre déclaration : {}", c.motif.as_deref().unwrap_or("le motif vous a été écrit.")),
            "Vous, si vous souhaitez corriger et déclarer de nouveau".to_owned(),
        ),
        (EtatDepart::Retiree, _) => ("Vous avez retiré cette déclaration.".to_owned(), "Personne".to_owned()),
        (EtatDepart::Confirmee, None) => (
            "Votre départ est confirmé. Il n’ouvre pas de place : la zone n’est pas régulée, un confrère peut s’y installer librement.".to_owned(),
            "Personne".to_owned(),
        ),
        (EtatDepart::Confirmee, Some(EtatPlace::Ouverte)) => match active.map(|d| d.etat) {
            Some(EtatDesignation::Acceptee) => (
                "Votre successeur est désigné et a accepté. La caisse décidera sur sa demande de conventionnement.".to_owned(),
                "Votre successeur, puis la caisse".to_owned(),
            ),
            Some(_) => (
                format!("Votre successeur désigné n’a pas encore répondu. Vous pouvez en désigner un autre{limite}."),
                "La personne désignée".to_owned(),
            ),
            None => (
                format!("Votre départ ouvre une place : désignez votre successeur{limite}."),
                "Vous".to_owned(),
            ),
        },
        (EtatDepart::Confirmee, Some(EtatPlace::AExaminer)) => (
            "Votre départ est confirmé. Vous avez déclaré moins d’actes que le seuil : la commission paritaire dira si la place peut être transmise.".to_owned(),
            "La commission paritaire".to_owned(),
        ),
        (EtatDepart::Confirmee, Some(EtatPlace::NonTransmissible)) => (
            "Votre départ est confirmé. La place ne peut pas être transmise à un successeur.".to_owned(),
            "Personne".to_owned(),
        ),
        (EtatDepart::Confirmee, Some(EtatPlace::Reservee)) => (
            "La demande de votre successeur est accordée : il doit maintenant s’installer.".to_owned(),
            "Votre successeur".to_owned(),
        ),
        (EtatDepart::Confirmee, Some(EtatPlace::Pourvue)) => (
            "Votre successeur est installé. Vous n’avez plus rien à faire.".to_owned(),
            "Personne".to_owned(),
        ),
        (EtatDepart::Confirmee, Some(EtatPlace::AAttribuer)) => (
            "Le délai pour désigner un successeur est passé : la caisse attribue la place selon sa charte.".to_owned(),
            "La caisse".to_owned(),
        ),
        (EtatDepart::Confirmee, Some(EtatPlace::Caduque)) => (
            "Le délai pour désigner un successeur est passé : la place est caduque.".to_owned(),
            "Personne".to_owned(),
        ),
    };
    let (pastille, (phrase, tour)) = match (c.etat, a_vous) {
        (EtatDepart::Declaree, Some(a_vous)) => (Pastille::new(Etat::AFaire, "À vous"), a_vous),
        _ => (pastille, (phrase, tour)),
    };
    Bandeau::new(pastille, phrase)
        .detail("À qui d’agir", tour)
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
    let manque = lignes.iter().find(|l| liste_pieces::manque(l))?;
    Some(format!(
        "Il manque une pièce à votre déclaration ({}) : n’attendez pas qu’on vous la demande.",
        nom(manque)
    ))
}
