//! GEN-2: attestations, frozen with their digest, and what whoever holds the code of one may know.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use regles::condition::NatureAttestation;
use regles::demande::EtatDemande;
use regles::dossier::NatureDossier;
use regles::grand_livre::EtatPlace;

use super::schema::{attestation, dossier, place};
use super::{AnyConn, DbError, DbResult, WriteTx};

/// An attestation as it was given.
#[derive(Debug, Clone, Queryable)]
pub struct Attestation {
    /// What whoever receives it types.
    pub code: String,
    /// The document, JSON of `courriers::decision::Document`.
    pub document: String,
    /// SHA-256 of that text, in hexadecimal.
    pub empreinte: String,
}

/// An attestation to keep.
#[derive(Debug, Insertable)]
#[diesel(table_name = attestation)]
pub struct NouvelleAttestation<'a> {
    /// The request, or the departure.
    pub dossier_id: i64,
    /// What it attests.
    pub nature: NatureAttestation,
    /// What whoever receives it types.
    pub code: &'a str,
    /// The document, JSON.
    pub document: &'a str,
    /// Its SHA-256.
    pub empreinte: &'a str,
    /// Now.
    pub faite_le: NaiveDateTime,
}

/// What its code says of an attestation: nothing of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verifiee {
    /// What it attests.
    pub nature: NatureAttestation,
    /// When it was made (UTC).
    pub faite_le: NaiveDateTime,
    /// Where its request stands now.
    pub demande: Option<EtatDemande>,
    /// Where its place stands now.
    pub place: Option<EtatPlace>,
}

/// Keeps an attestation.
pub fn inserer(tx: &mut WriteTx<'_>, nouvelle: &NouvelleAttestation<'_>) -> DbResult<()> {
    diesel::insert_into(attestation::table)
        .values(nouvelle)
        .execute(&mut **tx)?;
    Ok(())
}

/// The last attestation given on a case.
pub fn derniere(conn: &mut AnyConn, dossier_id: i64) -> DbResult<Option<Attestation>> {
    Ok(attestation::table
        .filter(attestation::dossier_id.eq(dossier_id))
        .order(attestation::id.desc())
        .select((
            attestation::code,
            attestation::document,
            attestation::empreinte,
        ))
        .first(conn)
        .optional()?)
}

/// The attestations of the files of a practitioner, oldest first: the number of the file, what each attests, when it was made.
pub fn de_kine(
    conn: &mut AnyConn,
    kine_id: i64,
) -> DbResult<Vec<(String, NatureAttestation, NaiveDateTime, Attestation)>> {
    Ok(attestation::table
        .inner_join(dossier::table)
        .filter(dossier::kine_id.eq(kine_id))
        .order(attestation::id)
        .select((
            dossier::numero,
            attestation::nature,
            attestation::faite_le,
            (
                attestation::code,
                attestation::document,
                attestation::empreinte,
            ),
        ))
        .load(conn)?)
}

/// What this code says; none when no attestation has it.
///
/// # Errors
/// [`DbError::Incoherent`] for a state that does not read.
pub fn verifier(conn: &mut AnyConn, code: &str) -> DbResult<Option<Verifiee>> {
    type Ligne = (
        NatureAttestation,
        NaiveDateTime,
        NatureDossier,
        String,
        Option<EtatPlace>,
    );
    let ligne: Option<Ligne> = attestation::table
        .inner_join(dossier::table)
        .left_join(place::table.on(place::id.eq(attestation::dossier_id)))
        .filter(attestation::code.eq(code))
        .select((
            attestation::nature,
            attestation::faite_le,
            dossier::nature,
            dossier::etat,
            place::etat.nullable(),
        ))
        .first(conn)
        .optional()?;
    let Some((nature, faite_le, dossier, etat, place)) = ligne else {
        return Ok(None);
    };
    let demande = match dossier {
        NatureDossier::Demande => Some(etat.parse().map_err(DbError::Incoherent)?),
        NatureDossier::Depart | NatureDossier::Appel | NatureDossier::Recours => None,
    };
    Ok(Some(Verifiee {
        nature,
        faite_le,
        demande,
        place,
    }))
}
