//! What is open, page after page by identifier: what a new value of a parameter may change.

use chrono::NaiveDate;
use diesel::prelude::*;
use regles::demande::EtatDemande;
use regles::depart::EtatDepart;
use regles::dossier::NatureDossier;
use regles::echeance::NatureEcheance;
use regles::grand_livre::EtatPlace;

use super::condition::{ECHEANCE_EN_COURS, parmi};
use super::demande::{Demande, demandes};
use super::depart::Depart;
use super::dialect::Multi;
use super::place::Place;
use super::schema::{demande, depart, dossier, echeance, kine, place};
use super::{AnyConn, DbResult};

/// First name and name of whom a file is about.
pub type Personne = (String, String);

/// The requests not decided yet, after an identifier.
pub fn demandes(conn: &mut AnyConn, apres: i64, lignes: i64) -> DbResult<Vec<(Demande, Personne)>> {
    Ok(demandes!()
        .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .filter(demande::id.gt(apres))
        .filter(parmi(
            dossier::etat,
            [
                EtatDemande::Deposee,
                EtatDemande::Incomplete,
                EtatDemande::Complete,
                EtatDemande::Proposee,
            ],
        ))
        .order(demande::id)
        .limit(lignes)
        .select((
            <Demande as Selectable<Multi>>::construct_selection(),
            (kine::prenom, kine::nom),
        ))
        .load(conn)?)
}

/// The places that nobody has taken and that did not lapse, with their departure, after an identifier.
pub fn places(
    conn: &mut AnyConn,
    apres: i64,
    lignes: i64,
) -> DbResult<Vec<(Place, Depart, Personne)>> {
    Ok(place::table
        .inner_join(depart::table.inner_join(dossier::table))
        .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .filter(place::id.gt(apres))
        .filter(parmi(
            place::etat,
            [EtatPlace::AExaminer, EtatPlace::Ouverte],
        ))
        .order(place::id)
        .limit(lignes)
        .select((
            <Place as Selectable<Multi>>::construct_selection(),
            <Depart as Selectable<Multi>>::construct_selection(),
            (kine::prenom, kine::nom),
        ))
        .load(conn)?)
}

/// The departures declared and not confirmed yet, after an identifier.
pub fn departs(conn: &mut AnyConn, apres: i64, lignes: i64) -> DbResult<Vec<(Depart, Personne)>> {
    Ok(depart::table
        .inner_join(dossier::table)
        .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .filter(depart::id.gt(apres))
        .filter(dossier::etat.eq(EtatDepart::Declaree))
        .order(depart::id)
        .limit(lignes)
        .select((
            <Depart as Selectable<Multi>>::construct_selection(),
            (kine::prenom, kine::nom),
        ))
        .load(conn)?)
}

/// A running deadline and the file it hangs on.
#[derive(Debug, Clone)]
pub struct EcheanceOuverte {
    /// Identifier.
    pub id: i64,
    /// The CPAM.
    pub caisse_code: String,
    /// What it is about.
    pub nature: NatureEcheance,
    /// The last day in time.
    pub finale: NaiveDate,
    /// Number of the request; none for a place.
    pub numero: Option<String>,
    /// The departure of a place; 0 for a request.
    pub depart_id: i64,
    /// Whom the file is about.
    pub personne: Personne,
}

/// The running deadlines of some kinds that end from a day on, after an identifier.
pub fn echeances(
    conn: &mut AnyConn,
    natures: &[NatureEcheance],
    depuis: NaiveDate,
    apres: i64,
    lignes: i64,
) -> DbResult<Vec<EcheanceOuverte>> {
    type Lue = (
        (i64, String, NatureEcheance, NaiveDate),
        (i64, NatureDossier, String),
        Personne,
    );
    let lues: Vec<Lue> = echeance::table
        .inner_join(dossier::table)
        .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .filter(ECHEANCE_EN_COURS)
        .filter(parmi(echeance::nature, natures))
        .filter(echeance::finale.ge(depuis))
        .filter(echeance::id.gt(apres))
        .order(echeance::id)
        .limit(lignes)
        .select((
            (
                echeance::id,
                echeance::caisse_code,
                echeance::nature,
                echeance::finale,
            ),
            (dossier::id, dossier::nature, dossier::numero),
            (kine::prenom, kine::nom),
        ))
        .load(conn)?;
    Ok(lues
        .into_iter()
        .map(|((id, caisse_code, nature, finale), porteur, personne)| {
            let (dossier_id, nature_dossier, numero) = porteur;
            let (numero, depart_id) = match nature_dossier {
                NatureDossier::Demande | NatureDossier::Recours => (Some(numero), 0),
                NatureDossier::Depart | NatureDossier::Appel => (None, dossier_id),
            };
            EcheanceOuverte {
                id,
                caisse_code,
                nature,
                finale,
                numero,
                depart_id,
                personne,
            }
        })
        .collect())
}

/// How many deadlines of some kinds run.
pub fn nombre_echeances(conn: &mut AnyConn, natures: &[NatureEcheance]) -> DbResult<i64> {
    Ok(echeance::table
        .filter(ECHEANCE_EN_COURS)
        .filter(parmi(echeance::nature, natures))
        .count()
        .get_result(conn)?)
}
