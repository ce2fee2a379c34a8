//! What a departure and its place are, said in one sentence at the top of its page.

use chrono::NaiveDate;
use regles::attente::{self, FaitsDepart, Nommes, Qui};
use regles::depart::{Contestation, EtatDepart};
use regles::grand_livre::EtatPlace;
use regles::texte;

use super::faits::jour as jour_du_depart;
use super::pastille;
use crate::db::depart::DepartComplet;
use crate::db::designation::DesignationEnFile;
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

/// What the sentence is made of.
pub struct Lu<'a> {
    /// The departure.
    pub depart: &'a DepartComplet,
    /// The place that it opened.
    pub place: Option<&'a Place>,
    /// The deadline of the opinion awaited from the commission.
    pub avis: Option<&'a EcheanceStockee>,
    /// REG-3: where the contest of the count of acts stands.
    pub contestation: Option<Contestation>,
    /// REG-8: the designation that counts, with the request that followed.
    pub designation: Option<&'a DesignationEnFile>,
    /// Who follows the case.
    pub agent: Option<&'a str>,
}

/// The state of a departure and of its place, in one sentence, and whose turn it is.
pub fn bandeau(lu: &Lu<'_>, jour: NaiveDate) -> Bandeau {
    let c = &lu.depart.depart;
    let nom = lu.depart.kine.nom_complet();
    let attente = attente::depart_pour_la_caisse(&FaitsDepart {
        etat: c.etat,
        place: lu.place.map(|p| p.etat),
        designation: lu.designation.map(|d| d.etat),
        deposee: lu.designation.is_some_and(|d| d.demande.is_some()),
        manquantes: 0,
        limite: lu.place.and_then(|p| p.limite_designation),
        contestation: lu.contestation,
        avis: lu.avis.map(|e| e.finale),
    });
    let nommes = Nommes {
        personne: &nom,
        agent: lu.agent,
        successeur: lu.designation.map(|d| d.personne.as_str()),
        demande: lu.designation.and_then(|d| d.demande.as_deref()),
        ..Nommes::default()
    };
    let dite = attente::pour_l_agent(&attente, &nommes, jour);
    let phrase = match (c.etat, lu.place) {
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
        (EtatDepart::Confirmee, Some(place)) => match (place.etat, lu.avis) {
            (EtatPlace::AExaminer, Some(avis)) => phrase_de_l_avis(avis, jour),
            (EtatPlace::AExaminer | EtatPlace::Ouverte, _) => dite.phrase,
            _ => phrase_de_la_place(place),
        },
    };
    let bandeau = Bandeau::new(pastille(c.etat), phrase);
    let bandeau = match attente.qui {
        Qui::Personne => bandeau,
        _ => bandeau.detail("Qui doit agir", dite.tour),
    };
    bandeau
        .detail("Zone", format!("{} ({})", lu.depart.bassin, c.bassin_code))
        .detail(jour_du_depart(c.deces), texte::date_fr(c.date_cessation))
}

/// What became of a place that waits for nobody's choice any more.
fn phrase_de_la_place(place: &Place) -> String {
    match (place.etat, place.limite_designation) {
        (EtatPlace::Ouverte, _) => "Une place est ouverte.".to_owned(),
        (EtatPlace::AExaminer, _) => "La place est à examiner.".to_owned(),
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
