//! The timeline and the audit trail: append-only, on both databases by trigger, and chained.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use regles::evenement::{Acteur, CanonError, Entree, Fait, Nouvelle};

use super::chaine::{EnAttente, NATION};
use super::condition::EnToutesLettres;
use super::ensemble::{Lecture, lecture};
use super::premieres::premieres;
use super::schema::evenement;
use super::{AnyConn, DbError, DbResult, WriteTx};

/// What happened, to be written.
pub struct NouvelEvenement<'a> {
    /// When (UTC).
    pub le: NaiveDateTime,
    /// The account, or none for the software itself.
    pub acteur_id: Option<i64>,
    /// The name shown, kept even if the account changes.
    pub acteur: &'a str,
    /// The CPAM concerned, in whose chain it stands; none for the nation's.
    pub caisse_code: Option<&'a str>,
    /// The case concerned.
    pub dossier_id: Option<i64>,
    /// A second case that it happened to.
    pub lie_id: Option<i64>,
    /// What.
    pub fait: &'a Fait,
}

/// A line of a timeline, as read.
#[derive(Debug, Clone)]
pub struct Evenement {
    /// Identifier, in the order of writing.
    pub id: i64,
    /// When (UTC).
    pub le: NaiveDateTime,
    /// Who.
    pub acteur: Acteur,
    /// What.
    pub fait: Fait,
}

fn incoherent(erreur: &CanonError) -> DbError {
    DbError::Incoherent(format!("événement : {erreur}"))
}

/// What happened, sealed outside any transaction.
pub struct Scelle(EnAttente);

impl Scelle {
    /// As [`inscrire`].
    pub fn inscrire(self, tx: &mut WriteTx<'_>) {
        tx.retenir(self.0);
    }
}

/// Notes what happened: it is written and chained when the transaction is committed, and can never be changed.
///
/// # Errors
/// [`DbError::Incoherent`]: a number that is not an integer.
pub fn inscrire(tx: &mut WriteTx<'_>, nouvel: &NouvelEvenement<'_>) -> DbResult<()> {
    sceller(nouvel)?.inscrire(tx);
    Ok(())
}

/// Seals what happened: the text that will be chained, under a salt of its own.
///
/// # Errors
/// As [`inscrire`].
pub fn sceller(nouvel: &NouvelEvenement<'_>) -> DbResult<Scelle> {
    let sel: [u8; 16] = rand::random();
    let acteur = Acteur {
        id: nouvel.acteur_id,
        nom: nouvel.acteur.to_owned(),
    };
    let scellee = Nouvelle {
        chaine: nouvel.caisse_code.unwrap_or(NATION),
        le: nouvel.le,
        dossier: nouvel.dossier_id,
        lie: nouvel.lie_id,
        acteur: &acteur,
        fait: nouvel.fait,
    }
    .sceller(&sel)
    .map_err(|e| incoherent(&e))?;
    Ok(Scelle(EnAttente {
        caisse_code: nouvel.caisse_code.map(str::to_owned),
        code: nouvel.fait.code(),
        dossier_id: nouvel.dossier_id,
        lie_id: nouvel.lie_id,
        acteur_id: nouvel.acteur_id,
        sel,
        scellee,
    }))
}

/// The last import of reference data (UTC). The codes are written out: they are the condition of a small index.
pub fn dernier_import(conn: &mut AnyConn) -> DbResult<Option<NaiveDateTime>> {
    Ok(evenement::table
        .filter(EnToutesLettres(
            "code IN ('import.organismes', 'import.communes', 'import.zonage', 'import.zonage_complete')",
        ))
        .order(evenement::id.desc())
        .select(evenement::le)
        .first(conn)
        .optional()?)
}

type Colonnes = (
    evenement::id,
    evenement::le,
    evenement::texte,
    evenement::personnel,
);
const COLONNES: Colonnes = (
    evenement::id,
    evenement::le,
    evenement::texte,
    evenement::personnel,
);
/// A row as stored: [`lire`] reads it.
pub type Lue = (i64, NaiveDateTime, String, Option<String>);

/// Reads a row.
///
/// # Errors
/// [`DbError::Incoherent`]: a text that no code of ours wrote.
pub fn lire((id, le, texte, personnel): Lue) -> DbResult<Evenement> {
    let lu = Entree::lire(&texte)
        .and_then(|entree| entree.evenement(personnel.as_deref()))
        .map_err(|e| incoherent(&e))?;
    Ok(Evenement {
        id,
        le,
        acteur: lu.acteur,
        fait: lu.fait,
    })
}

/// How many events a page shows at first: a file that is corrected for ten years has thousands.
pub const RECENTS: i64 = 100;

/// The last events of a case, the latest first, at most `limite`.
pub fn lecture_derniers(dossier_id: i64, limite: i64) -> impl Lecture<Ligne = Lue> {
    lecture(premieres(
        evenement::table
            .filter(evenement::dossier_id.eq(dossier_id))
            .order(evenement::id.desc())
            .select(COLONNES),
        limite,
    ))
}

/// The last events of a case, oldest first, at most `limite`.
///
/// # Errors
/// [`DbError::Incoherent`]: a text that no code of ours wrote.
pub fn derniers(conn: &mut AnyConn, dossier_id: i64, limite: i64) -> DbResult<Vec<Evenement>> {
    let lus = lecture_derniers(dossier_id, limite).toutes(conn)?;
    lus.into_iter().rev().map(lire).collect()
}

/// The last events of several cases, oldest first, at most `limite`.
///
/// # Errors
/// As [`derniers`].
pub fn derniers_de(conn: &mut AnyConn, dossiers: &[i64], limite: i64) -> DbResult<Vec<Evenement>> {
    let requete = evenement::table
        .filter(evenement::dossier_id.eq_any(dossiers.to_vec()))
        .order(evenement::id.desc())
        .select(COLONNES);
    let lus: Vec<Lue> = premieres(requete, limite).load(conn)?;
    lus.into_iter().rev().map(lire).collect()
}

/// The last events of several cases, by case, the latest first, at most `limite` in all.
///
/// # Errors
/// As [`derniers`].
pub fn par_dossier(
    conn: &mut AnyConn,
    dossiers: &[i64],
    limite: i64,
) -> DbResult<BTreeMap<i64, Vec<Evenement>>> {
    let requete = evenement::table
        .filter(evenement::dossier_id.eq_any(dossiers.to_vec()))
        .order(evenement::id.desc())
        .select((evenement::dossier_id.assume_not_null(), COLONNES));
    let lus: Vec<(i64, Lue)> = premieres(requete, limite).load(conn)?;
    let mut par_dossier: BTreeMap<i64, Vec<Evenement>> = BTreeMap::new();
    for (dossier_id, lue) in lus {
        par_dossier.entry(dossier_id).or_default().push(lire(lue)?);
    }
    Ok(par_dossier)
}

/// The whole timeline of a case, oldest first.
///
/// # Errors
/// As [`derniers`].
pub fn de(conn: &mut AnyConn, dossier_id: i64) -> DbResult<Vec<Evenement>> {
    derniers(conn, dossier_id, i64::MAX)
}

/// The last event of a timeline; 0 when it is empty.
pub fn dernier(conn: &mut AnyConn, dossier_id: i64) -> DbResult<i64> {
    let dernier: Option<i64> = evenement::table
        .filter(evenement::dossier_id.eq(dossier_id))
        .select(diesel::dsl::max(evenement::id))
        .get_result(conn)?;
    Ok(dernier.unwrap_or(0))
}

/// What was done after an event, oldest first; at most twenty.
///
/// # Errors
/// As [`derniers`].
pub fn apres(conn: &mut AnyConn, dossier_id: i64, vu: i64) -> DbResult<Vec<Evenement>> {
    let lues: Vec<Lue> = evenement::table
        .filter(evenement::dossier_id.eq(dossier_id))
        .filter(evenement::id.gt(vu))
        .order(evenement::id)
        .limit(20)
        .select(COLONNES)
        .load(conn)?;
    lues.into_iter().map(lire).collect()
}
