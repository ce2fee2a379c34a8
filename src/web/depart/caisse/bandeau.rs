//! What a departure and its place are, said in one sentence at the top of its page.

use chrono::NaiveDate;
use regles::depart::{Contestation, EtatDepart};
use regles::grand_livre::EtatPlace;
use regles::texte;

use super::faits::jour as jour_du_depart;
use super::pastille;
use crate::db::depart::DepartComplet;
use crate::db::echeance::EcheanceStockee;
use crate::db::place::Place;
use crate::web::ui::{Bandeau, Etat, Pastille};

/// How the state of a place is shown.
pub fn pastille_place(etat: EtatPlace) -> Pastille {
    let ton = match etat {
        EtatPlace::AExaminer | EtatPlace::Ouverte | EtatPlace::AAttribuer => Etat::AFaire,
        EtatPlace::Reservee => Etat::EnCours,
        EtatPlace::Pourvue => Etat::Fait,
        EtatPlace::NonTransmissible
        | EtatPlace::Caduque
        | EtatPlace::Annulee
        | EtatPlace::SansObjet => Etat::Neutre,
    };
    Pastille::new(ton, etat.libelle())
}

/// The state of a departure and of its place, in one sentence; `avis`: the deadline of the opinion awaited from the commission.
pub fn bandeau(
    lu: &DepartComplet,
    place: Option<&Place>,
    avis: Option<&EcheanceStockee>,
    contestation: Option<Contestation>,
    jour: NaiveDate,
) -> Bandeau {
    let c = &lu.depart;
    let nom = lu.kine.nom_complet();
    let phrase = match (c.etat, place) {
        (EtatDepart::Declaree, _) => format!(
            "Cessation déclarée par {nom} pour le {} : à confirmer ou à rejeter.",
            texte::date_fr(c.date_cessation)
        ),
        (EtatDepart::Rejetee, _) => format!(
            "Déclaration rejetée : {}",
            c.motif.as_deref().unwrap_or("sans motif enregistré")
        ),
        (EtatDepart::Retiree, _) => format!("{nom} a retiré sa déclaration."),
        (EtatDepart::Confirmee, None) => {
            "Départ confirmé. La zone n’est pas régulée : il n’ouvre pas de place.".to_owned()
        }
        (EtatDepart::Confirmee, Some(place)) => match avis {
            Some(avis) => phrase_de_l_avis(avis, jour),
            None => phrase_de_la_place(place, contestation, jour),
        },
    };
    Bandeau::new(pastille(c.etat), phrase)
        .detail("Zone", format!("{} ({})", lu.bassin, c.bassin_code))
        .detail(jour_du_depart(c.deces), texte::date_fr(c.date_cessation))
}

fn phrase_de_la_place(
    place: &Place,
    contestation: Option<Contestation>,
    jour: NaiveDate,
) -> String {
    match (place.etat, place.limite_designation) {
        (EtatPlace::Ouverte, Some(limite)) => format!(
            "Une place est ouverte : désignation à faire au plus tard le {} (inclus), {}.",
            texte::date_longue(limite),
            texte::dans((limite - jour).num_days())
        ),
        (EtatPlace::Ouverte, None) => "Une place est ouverte.".to_owned(),
        (EtatPlace::AExaminer, _) if contestation == Some(Contestation::ARepondre) => {
            "La personne conteste le nombre d’actes : une réponse est à lui donner.".to_owned()
        }
        (EtatPlace::AExaminer, _) => {
            "Activité sous le seuil : la commission dit si la place est transmissible.".to_owned()
        }
        (EtatPlace::NonTransmissible, _) => "La place n’est pas transmissible.".to_owned(),
        (EtatPlace::Reservee, _) => {
            "La place est réservée au successeur, son installation est attendue.".to_owned()
        }
        (EtatPlace::Pourvue, _) => "La place est pourvue.".to_owned(),
        (EtatPlace::AAttribuer, _) => {
            "La place est à attribuer selon la charte de la caisse.".to_owned()
        }
        (EtatPlace::Annulee, _) => "Le départ est annulé : il n’ouvre plus de place.".to_owned(),
        (EtatPlace::SansObjet, _) => {
            "La zone n’est plus régulée : la place est sans objet, on s’installe sans succéder à personne.".to_owned()
        }
        (EtatPlace::Caduque, Some(limite)) => format!(
            "La place est caduque : personne ne l’a prise au plus tard le {} (inclus).",
            texte::date_longue(limite)
        ),
        (EtatPlace::Caduque, None) => {
            "La place est caduque : personne ne l’a prise à temps.".to_owned()
        }
    }
}

/// PRO-4: the commission was asked; past its last day, it is late.
fn phrase_de_l_avis(avis: &EcheanceStockee, jour: NaiveDate) -> String {
    let saisie = texte::date_fr(avis.depart);
    let limite = texte::au_plus_tard(avis.finale);
    match avis.finale < jour {
        true => format!(
            "La commission est saisie depuis le {saisie} : son avis était attendu {limite}, il est en retard."
        ),
        false => format!(
            "La commission est saisie depuis le {saisie} : son avis est attendu {limite}, {}.",
            texte::dans((avis.finale - jour).num_days())
        ),
    }
}
