//! The arrêtés de zonage (ZON-4): written out of sight in batches, then put in force at once.

use std::collections::HashMap;
use std::fmt;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::arrete::EtatImport;
use regles::dates_fr;
use regles::passage::Passage;

use super::dialect::Multi;
use super::schema::{arrete, zonage_bassin, zonage_commune};
use super::{AnyConn, DbResult, WriteTx, une_ligne};
use crate::per_backend;

/// An act of a regional ARS that fixes the categories of its bassins.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = arrete)]
pub struct Arrete {
    /// Identifier.
    pub id: i64,
    /// Profession it is about (ZON-9).
    pub profession: String,
    /// Region whose ARS signed it.
    pub region: String,
    /// Its number, where it is known.
    pub reference: Option<String>,
    /// Date of signature, where it is known.
    pub date_signature: Option<NaiveDate>,
    /// Date of publication, where it is known.
    pub date_publication: Option<NaiveDate>,
    /// First day in force.
    pub date_effet: NaiveDate,
    /// First day no longer in force: that of the arrêté that replaces it.
    pub date_fin: Option<NaiveDate>,
    /// `avenant5` or `avenant7`: whose categories it uses (ZON-1).
    pub regime: String,
    /// SHA-256 of the file it was imported from.
    pub empreinte: String,
    /// Whether it counts.
    pub etat: EtatImport,
    /// When it was imported (UTC).
    pub importe_le: NaiveDateTime,
}

impl fmt::Display for Arrete {
    /// «2024-17-0457 (région 84, en vigueur depuis le 1er novembre 2024)».
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reference = self.reference.as_deref().unwrap_or("sans numéro connu");
        let effet = dates_fr::longue(self.date_effet);
        write!(f, "{reference} (région {}, effet au {effet})", self.region)
    }
}

/// An arrêté to write.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = arrete, treat_none_as_default_value = false)]
pub struct NouvelArrete<'a> {
    /// Profession it is about.
    pub profession: &'a str,
    /// Region whose ARS signed it.
    pub region: &'a str,
    /// Its number, where it is known.
    pub reference: Option<&'a str>,
    /// Date of signature, where it is known.
    pub date_signature: Option<NaiveDate>,
    /// Date of publication, where it is known.
    pub date_publication: Option<NaiveDate>,
    /// First day in force.
    pub date_effet: NaiveDate,
    /// `avenant5` or `avenant7`.
    pub regime: &'a str,
    /// SHA-256 of the file.
    pub empreinte: &'a str,
    /// Always prepared at first.
    pub etat: EtatImport,
    /// When (UTC).
    pub importe_le: NaiveDateTime,
}

/// A line of an arrêté about one commune.
#[derive(Debug, Clone, PartialEq, Eq, Insertable)]
#[diesel(table_name = zonage_commune)]
pub struct CommuneClassee<'a> {
    /// The arrêté.
    pub arrete_id: i64,
    /// INSEE code.
    pub insee: &'a str,
    /// Bassin, as the arrêté has it.
    pub bassin_code: &'a str,
    /// Code of the category.
    pub categorie: &'a str,
}

/// What an arrêté says of a bassin.
#[derive(Debug, Clone, PartialEq, Eq, Insertable)]
#[diesel(table_name = zonage_bassin)]
pub struct BassinClasse<'a> {
    /// The arrêté.
    pub arrete_id: i64,
    /// Code of the bassin.
    pub bassin_code: &'a str,
    /// Code of the category.
    pub categorie: &'a str,
    /// Whether the lines of the bassin differ.
    pub mixte: bool,
}

/// The whole content of an arrêté, as stored.
#[derive(Debug, Default)]
pub struct Contenu {
    /// Bassin and category of each commune that has a line.
    pub communes: HashMap<String, (String, String)>,
    /// Category and mixedness of each bassin.
    pub bassins: HashMap<String, (String, bool)>,
}

/// The arrêté of a region that applies at a date.
pub fn en_vigueur(
    conn: &mut AnyConn,
    profession: &str,
    region: &str,
    date: NaiveDate,
) -> DbResult<Option<Arrete>> {
    Ok(arrete::table
        .filter(arrete::etat.eq(EtatImport::Actif))
        .filter(arrete::profession.eq(profession))
        .filter(arrete::region.eq(region))
        .filter(arrete::date_effet.le(date))
        .filter(arrete::date_fin.is_null().or(arrete::date_fin.gt(date)))
        .select(<Arrete as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// The arrêtés of a region that count, from the oldest.
pub fn de_region(conn: &mut AnyConn, profession: &str, region: &str) -> DbResult<Vec<Arrete>> {
    Ok(arrete::table
        .filter(arrete::etat.eq(EtatImport::Actif))
        .filter(arrete::profession.eq(profession))
        .filter(arrete::region.eq(region))
        .order(arrete::date_effet)
        .select(<Arrete as Selectable<Multi>>::construct_selection())
        .load(conn)?)
}

/// Everything an arrêté says.
pub fn contenu(conn: &mut AnyConn, arrete_id: i64) -> DbResult<Contenu> {
    let communes: Vec<(String, String, String)> = zonage_commune::table
        .filter(zonage_commune::arrete_id.eq(arrete_id))
        .select((
            zonage_commune::insee,
            zonage_commune::bassin_code,
            zonage_commune::categorie,
        ))
        .load(conn)?;
    let bassins: Vec<(String, String, bool)> = zonage_bassin::table
        .filter(zonage_bassin::arrete_id.eq(arrete_id))
        .select((
            zonage_bassin::bassin_code,
            zonage_bassin::categorie,
            zonage_bassin::mixte,
        ))
        .load(conn)?;
    Ok(Contenu {
        communes: communes
            .into_iter()
            .map(|(insee, bassin, categorie)| (insee, (bassin, categorie)))
            .collect(),
        bassins: bassins
            .into_iter()
            .map(|(code, categorie, mixte)| (code, (categorie, mixte)))
            .collect(),
    })
}

/// Removes what other imports of this region prepared: interrupted, or overtaken by this one.
/// The new arrêté must be prepared first: SQLite would give its identifier again.
pub fn purger(tx: &mut WriteTx<'_>, sauf: i64, profession: &str, region: &str) -> DbResult<usize> {
    Ok(diesel::delete(
        arrete::table
            .filter(arrete::etat.eq(EtatImport::DEBUT))
            .filter(arrete::id.ne(sauf))
            .filter(arrete::profession.eq(profession))
            .filter(arrete::region.eq(region)),
    )
    .execute(&mut **tx)?)
}

/// Writes an arrêté that does not count yet; returns its identifier.
pub fn preparer(tx: &mut WriteTx<'_>, nouvel: &NouvelArrete<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(arrete::table)
        .values(nouvel)
        .returning(arrete::id)
        .get_result(&mut **tx)?)
}

/// Writes lines of communes, at most 8 000 at a time (a statement of SQLite takes 32 766 values).
pub fn ajouter_communes(tx: &mut WriteTx<'_>, rows: &[CommuneClassee<'_>]) -> DbResult<()> {
    per_backend!(&mut **tx, conn => diesel::insert_into(zonage_commune::table)
        .values(rows)
        .execute(conn)?);
    Ok(())
}

/// Writes what the arrêté says of bassins, at most 8 000 at a time.
pub fn ajouter_bassins(tx: &mut WriteTx<'_>, rows: &[BassinClasse<'_>]) -> DbResult<()> {
    per_backend!(&mut **tx, conn => diesel::insert_into(zonage_bassin::table)
        .values(rows)
        .execute(conn)?);
    Ok(())
}

/// How many communes and bassins an arrêté holds.
pub fn compter(conn: &mut AnyConn, arrete_id: i64) -> DbResult<(i64, i64)> {
    let communes = zonage_commune::table
        .filter(zonage_commune::arrete_id.eq(arrete_id))
        .count()
        .get_result(conn)?;
    let bassins = zonage_bassin::table
        .filter(zonage_bassin::arrete_id.eq(arrete_id))
        .count()
        .get_result(conn)?;
    Ok((communes, bassins))
}

/// Gives an arrêté its last day, excluded.
///
/// # Errors
/// [`super::DbError::Perime`] when it is gone, or the refusal of the database.
pub fn fermer(tx: &mut WriteTx<'_>, arrete_id: i64, fin: NaiveDate) -> DbResult<()> {
    let touched = diesel::update(arrete::table.find(arrete_id))
        .set(arrete::date_fin.eq(fin))
        .execute(&mut **tx)?;
    une_ligne(touched)
}

/// Makes a prepared arrêté count, until `fin` excluded. The database refuses an overlap.
///
/// # Errors
/// [`super::DbError::Contrainte`] on an overlap, [`super::DbError::Perime`] when it is gone.
pub fn activer(
    tx: &mut WriteTx<'_>,
    arrete_id: i64,
    passage: Passage<EtatImport>,
    fin: Option<NaiveDate>,
) -> DbResult<()> {
    let prepared =
        arrete::table.filter(arrete::id.eq(arrete_id).and(arrete::etat.eq(passage.de())));
    let touched = diesel::update(prepared)
        .set((arrete::etat.eq(passage.vers()), arrete::date_fin.eq(fin)))
        .execute(&mut **tx)?;
    une_ligne(touched)
}

/// Whether the arrêté is still there, prepared or not.
pub fn existe(conn: &mut AnyConn, arrete_id: i64) -> DbResult<bool> {
    let count: i64 = arrete::table.find(arrete_id).count().get_result(conn)?;
    Ok(count > 0)
}

/// Gives an arrêté the number and dates that were not known.
///
/// # Errors
/// [`super::DbError::Perime`] when it is gone, or the refusal of the database.
pub fn completer(
    tx: &mut WriteTx<'_>,
    arrete_id: i64,
    reference: Option<&str>,
    signature: Option<NaiveDate>,
    publication: Option<NaiveDate>,
) -> DbResult<()> {
    let touched = diesel::update(arrete::table.find(arrete_id))
        .set((
            arrete::reference.eq(reference),
            arrete::date_signature.eq(signature),
            arrete::date_publication.eq(publication),
        ))
        .execute(&mut **tx)?;
    une_ligne(touched)
}
