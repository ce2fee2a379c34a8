//! PRO-13: who acts for an applicant, on a written mandate.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::passage::Passage;
use regles::representation::{EtatMandat, MandatEcrit};

use super::schema::representant;
use super::{DbResult, WriteTx, une_ligne};

/// The representative of a file whose mandate counts: given, or received by the caisse.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = representant)]
pub struct Representant {
    /// Identifier.
    pub id: i64,
    /// First name and name.
    pub nom: String,
    /// E-mail address.
    pub courriel: String,
    /// First day of the mandate.
    pub du: NaiveDate,
    /// Last day; none while it is not ended.
    pub au: Option<NaiveDate>,
    /// Where the mandate stands.
    pub etat: EtatMandat,
    /// The written mandate.
    pub piece_id: i64,
}

impl Representant {
    /// The mandate, as the rules read it.
    pub fn mandat(&self) -> MandatEcrit {
        MandatEcrit {
            du: self.du,
            au: self.au,
            recu: self.etat == EtatMandat::Verifie,
        }
    }
}

/// Somebody to name.
#[derive(Debug, Insertable)]
#[diesel(table_name = representant)]
pub struct NouveauRepresentant<'a> {
    /// The file.
    pub dossier_id: i64,
    /// First name and name.
    pub nom: &'a str,
    /// E-mail address, in lower case.
    pub courriel: &'a str,
    /// First day.
    pub du: NaiveDate,
    /// Last day.
    pub au: Option<NaiveDate>,
    /// The written mandate.
    pub piece_id: i64,
    /// Where it begins.
    pub etat: EtatMandat,
    /// Now.
    pub cree_le: NaiveDateTime,
}

/// Names somebody.
///
/// # Errors
/// The refusal of the database, when somebody is named already.
pub fn inserer(tx: &mut WriteTx<'_>, nouveau: &NouveauRepresentant<'_>) -> DbResult<()> {
    diesel::insert_into(representant::table)
        .values(nouveau)
        .execute(&mut **tx)?;
    Ok(())
}

/// The mandate is received, refused with a reason, or taken back.
///
/// # Errors
/// [`super::DbError::Perime`] when it is no longer in the state that was read.
pub fn changer(
    tx: &mut WriteTx<'_>,
    id: i64,
    passage: Passage<EtatMandat>,
    motif: Option<&str>,
    (par, le): (Option<i64>, NaiveDateTime),
) -> DbResult<()> {
    une_ligne(
        diesel::update(representant::table.find(id))
            .filter(representant::etat.eq(passage.de()))
            .set((
                representant::etat.eq(passage.vers()),
                representant::motif.eq(motif),
                representant::change_par.eq(par),
                representant::change_le.eq(le),
            ))
            .execute(&mut **tx)?,
    )
}
