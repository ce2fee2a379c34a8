//! What a caisse signs with, and under what each decision was signed (PRO-5).

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::decision::EtatDecision;
use regles::signature::MoyenSignature;

use super::dialect::Multi;
use super::schema::{decision, delegation, moyen_signature, signature};
use super::{AnyConn, DbResult, WriteTx, une_ligne};

/// What a caisse chose.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = moyen_signature)]
pub struct Moyen {
    /// What signs.
    pub moyen: MoyenSignature,
    /// Reference of the homologation, for a dispensation.
    pub reference: Option<String>,
    /// The day it was given.
    pub homologuee_le: Option<NaiveDate>,
    /// Its last day.
    pub homologuee_au: Option<NaiveDate>,
}

impl Default for Moyen {
    fn default() -> Moyen {
        Moyen {
            moyen: MoyenSignature::DEFAUT,
            reference: None,
            homologuee_le: None,
            homologuee_au: None,
        }
    }
}

impl Moyen {
    /// What signs that day, and the reference of the homologation that dispenses with a hand.
    pub fn le(&self, jour: NaiveDate) -> (MoyenSignature, Option<&str>) {
        let moyen = regles::signature::en_vigueur(self.moyen, self.homologuee_au, jour);
        let reference = self.reference.as_deref();
        (
            moyen,
            reference.filter(|_| moyen == MoyenSignature::Teleservice),
        )
    }
}

/// A choice to store.
#[derive(Debug, Insertable)]
#[diesel(table_name = moyen_signature)]
pub struct NouveauMoyen<'a> {
    /// Whose.
    pub caisse_code: &'a str,
    /// What signs.
    pub moyen: MoyenSignature,
    /// Reference of the homologation.
    pub reference: Option<&'a str>,
    /// The day it was given.
    pub homologuee_le: Option<NaiveDate>,
    /// Its last day.
    pub homologuee_au: Option<NaiveDate>,
    /// Who chooses.
    pub choisi_par: Option<i64>,
    /// Now.
    pub choisi_le: NaiveDateTime,
}

/// What a caisse signs with: its last choice, or the hand.
pub fn moyen(conn: &mut AnyConn, caisse: &str) -> DbResult<Moyen> {
    let choisi = moyen_signature::table
        .filter(moyen_signature::caisse_code.eq(caisse))
        .order(moyen_signature::id.desc())
        .select(<Moyen as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?;
    Ok(choisi.unwrap_or_default())
}

/// Writes what a caisse chooses.
pub fn choisir(tx: &mut WriteTx<'_>, nouveau: &NouveauMoyen<'_>) -> DbResult<()> {
    diesel::insert_into(moyen_signature::table)
        .values(nouveau)
        .execute(&mut **tx)?;
    Ok(())
}

/// Under what a decision is signed.
#[derive(Debug, Insertable)]
#[diesel(table_name = signature)]
pub struct NouvelleSignature<'a> {
    /// Which.
    pub decision_id: i64,
    /// What signs it.
    pub moyen: MoyenSignature,
    /// Under what.
    pub delegation_id: i64,
    /// Reference of the homologation that dispenses with a hand.
    pub reference: Option<&'a str>,
}

/// Writes under what a decision is signed.
pub fn inscrire(tx: &mut WriteTx<'_>, nouvelle: &NouvelleSignature<'_>) -> DbResult<()> {
    diesel::insert_into(signature::table)
        .values(nouvelle)
        .execute(&mut **tx)?;
    Ok(())
}

/// The letter that a hand signed, as the store of documents keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LettreSignee {
    /// Its key in the store.
    pub cle: String,
    /// SHA-256, hexadecimal.
    pub empreinte: String,
    /// What it is.
    pub media: String,
    /// Its size.
    pub octets: i64,
    /// Name of the file.
    pub nom: String,
}

/// Under what a decision was signed, and what became of its letter.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Signature {
    /// What signs it.
    pub moyen: MoyenSignature,
    /// Capacity of who gave the delegation; none: signed in one's own name.
    pub delegant_qualite: Option<String>,
    /// Day of the act.
    pub acte_du: NaiveDate,
    /// Reference of the homologation.
    pub reference: Option<String>,
    /// SHA-256 of the letter that a hand signed.
    pub empreinte: Option<String>,
    /// Name of its file.
    pub nom: Option<String>,
    /// When it came (UTC).
    pub deposee_le: Option<NaiveDateTime>,
}

impl Signature {
    /// What signs it, while the letter that a hand signs is not there.
    pub fn attend(&self) -> Option<MoyenSignature> {
        self.empreinte.is_none().then_some(self.moyen)
    }
}

/// Under what a decision was signed; none for one taken before that was written down.
pub fn de(conn: &mut AnyConn, decision_id: i64) -> DbResult<Option<Signature>> {
    Ok(signature::table
        .inner_join(delegation::table)
        .filter(signature::decision_id.eq(decision_id))
        .select((
            signature::moyen,
            delegation::delegant_qualite,
            delegation::acte_du,
            signature::reference,
            signature::empreinte,
            signature::nom,
            signature::deposee_le,
        ))
        .first(conn)
        .optional()?)
}

/// Where the signed letter of the decision of a case is kept: key, digest, media, name of its file.
pub fn lettre(
    conn: &mut AnyConn,
    dossier_id: i64,
) -> DbResult<Option<(String, String, String, String)>> {
    Ok(signature::table
        .inner_join(decision::table)
        .filter(decision::dossier_id.eq(dossier_id))
        .filter(decision::etat.eq(EtatDecision::Decidee))
        .filter(signature::cle.is_not_null())
        .select((
            signature::cle.assume_not_null(),
            signature::empreinte.assume_not_null(),
            signature::media.assume_not_null(),
            signature::nom.assume_not_null(),
        ))
        .first(conn)
        .optional()?)
}

/// Keeps the letter that a hand signed: once.
///
/// # Errors
/// [`super::DbError::Perime`] when one is there already.
pub fn deposer(
    tx: &mut WriteTx<'_>,
    decision_id: i64,
    lettre: &LettreSignee,
    (le, par): (NaiveDateTime, i64),
) -> DbResult<()> {
    une_ligne(
        diesel::update(
            signature::table
                .filter(signature::decision_id.eq(decision_id))
                .filter(signature::cle.is_null()),
        )
        .set((
            signature::cle.eq(&lettre.cle),
            signature::empreinte.eq(&lettre.empreinte),
            signature::media.eq(&lettre.media),
            signature::octets.eq(lettre.octets),
            signature::nom.eq(&lettre.nom),
            signature::deposee_le.eq(le),
            signature::deposee_par.eq(par),
        ))
        .execute(&mut **tx)?,
    )
}
