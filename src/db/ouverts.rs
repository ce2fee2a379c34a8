//! What is open, page after page by identifier: what a new value of a parameter may change.

use diesel::prelude::*;

use super::cessation::{Cessation, EtatCessation};
use super::demande::Demande;
use super::dialect::Multi;
use super::place::Place;
use super::schema::{cessation, demande, kine, place};
use super::{AnyConn, DbResult};
use crate::domain::demande::EtatDemande;
use crate::domain::grand_livre::EtatPlace;

/// First name and name of whom a file is about.
pub type Personne = (String, String);

/// The requests not decided yet, after an identifier.
///
/// # Errors
/// The refusal of the database.
pub fn demandes(conn: &mut AnyConn, apres: i64, lignes: i64) -> DbResult<Vec<(Demande, Personne)>> {
    Ok(demande::table
        .inner_join(kine::table)
        .filter(demande::id.gt(apres))
        .filter(demande::etat.eq_any([
            EtatDemande::Deposee,
            EtatDemande::Incomplete,
            EtatDemande::Complete,
            EtatDemande::Proposee,
        ]))
        .order(demande::id)
        .limit(lignes)
        .select((
            <Demande as Selectable<Multi>>::construct_selection(),
            (kine::prenom, kine::nom),
        ))
        .load(conn)?)
}

/// The places that nobody has taken and that did not lapse, with their departure, after an identifier.
///
/// # Errors
/// The refusal of the database.
pub fn places(
    conn: &mut AnyConn,
    apres: i64,
    lignes: i64,
) -> DbResult<Vec<(Place, Cessation, Personne)>> {
    Ok(place::table
        .inner_join(cessation::table.inner_join(kine::table))
        .filter(place::id.gt(apres))
        .filter(place::etat.eq_any([EtatPlace::AExaminer, EtatPlace::Ouverte]))
        .order(place::id)
        .limit(lignes)
        .select((
            <Place as Selectable<Multi>>::construct_selection(),
            <Cessation as Selectable<Multi>>::construct_selection(),
            (kine::prenom, kine::nom),
        ))
        .load(conn)?)
}

/// The departures declared and not confirmed yet, after an identifier.
///
/// # Errors
/// The refusal of the database.
pub fn departs(
    conn: &mut AnyConn,
    apres: i64,
    lignes: i64,
) -> DbResult<Vec<(Cessation, Personne)>> {
    Ok(cessation::table
        .inner_join(kine::table)
        .filter(cessation::id.gt(apres))
        .filter(cessation::etat.eq(EtatCessation::Declaree))
        .order(cessation::id)
        .limit(lignes)
        .select((
            <Cessation as Selectable<Multi>>::construct_selection(),
            (kine::prenom, kine::nom),
        ))
        .load(conn)?)
}
