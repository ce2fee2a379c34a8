//! A departure of the reader, with what it waits for.

use chrono::NaiveDate;
use regles::attente::{self, FaitsDepart, Objet};
use regles::depart::{Contestation, EtatDepart};
use regles::echeance::NatureEcheance;
use regles::reglement::Reglement;

use super::super::lu::{Lu, active_de, place_de};
use super::pieces::a_remplacer;
use super::{Chose, de_demande, de_place};
use crate::actions::piece::liste;
use crate::db::depart::Depart;
use crate::db::echeance::EcheanceStockee;
use crate::web::erreur::WebError;

/// What the departure waits for.
///
/// # Errors
/// The reference data of its documents do not read.
pub(super) fn depart<'a>(
    lu: &'a Lu,
    c: &'a Depart,
    commune: &'a str,
    reglement: &Reglement,
    jour: NaiveDate,
) -> Result<Chose<'a, 'a>, WebError> {
    let place = place_de(lu, c);
    let echeance = place.and_then(|p| de_place(lu, p.id));
    let manquantes = if c.etat == EtatDepart::Declaree {
        liste::manquantes_du_depart(reglement, c, &lu.pieces)?
    } else {
        Vec::new()
    };
    let faits = FaitsDepart {
        etat: c.etat,
        place: place.map(|p| p.etat),
        designation: active_de(lu, place).map(|d| d.etat),
        // PRO-8: what became of the successor's request is not said here.
        deposee: false,
        manquantes: manquantes.len(),
        limite: echeance.map(|e| e.finale),
        contestation: contestation(c, echeance, jour),
        avis: place
            .and_then(|p| de_demande(lu, p.id, NatureEcheance::AvisPlace))
            .map(|e| e.finale),
    };
    Ok(Chose {
        objet: Objet::Depart {
            commune,
            confirmee: (c.etat == EtatDepart::Confirmee).then_some(c.date_cessation),
        },
        attente: attente::depart(&faits),
        echeance,
        refusee: a_remplacer(lu, c.id),
        manquantes,
        a_ouvrir: None,
        url: format!("/mes-departs/{}", c.id),
        commission: false,
    })
}

/// REG-3: where the contest of the count of acts stands, by the deadline that runs.
fn contestation(
    c: &Depart,
    echeance: Option<&EcheanceStockee>,
    jour: NaiveDate,
) -> Option<Contestation> {
    if c.decompte.conteste() {
        return Some(Contestation::ARepondre);
    }
    let court = echeance.filter(|e| e.nature == NatureEcheance::ContestationDecompte)?;
    Some(match jour <= court.finale {
        true => Contestation::Ouverte(court.finale),
        false => Contestation::Close,
    })
}
