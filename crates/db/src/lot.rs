//! Bulk acts as stored: the lot, and one row a file.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use regles::lot::{ActeLot, EtatLigne, EtatLot};
use regles::passage::Passage;

use super::condition::LOT_INACHEVE;
use super::dialect::Multi;
use super::schema::{dossier, kine, lot, lot_dossier};
use super::{AnyConn, DbResult, WriteTx};
use crate::per_backend;

/// A lot.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = lot)]
pub struct Lot {
    /// Identifier.
    pub id: i64,
    /// The CPAM.
    pub caisse_code: String,
    /// Who prepared it.
    pub auteur_id: i64,
    /// What is done.
    pub acte: ActeLot,
    /// The agent or the label.
    pub cible_id: Option<i64>,
    /// Her name, or its words, as they were.
    pub cible_nom: String,
    /// The words of a message to each.
    pub message: Option<String>,
    /// How the files were chosen, in words.
    pub selection: String,
    /// How many files.
    pub total: i32,
    /// Where it stands.
    pub etat: EtatLot,
    /// When it was prepared (UTC).
    pub cree_le: NaiveDateTime,
    /// When the last file was tried (UTC).
    pub fini_le: Option<NaiveDateTime>,
}

/// A lot to prepare.
#[derive(Insertable)]
#[diesel(table_name = lot)]
pub struct NouveauLot<'a> {
    /// The CPAM.
    pub caisse_code: &'a str,
    /// Who prepares it.
    pub auteur_id: i64,
    /// What will be done.
    pub acte: ActeLot,
    /// Chosen later.
    pub cible_nom: &'a str,
    /// How the files were chosen.
    pub selection: &'a str,
    /// How many files.
    pub total: i32,
    /// Where it stands.
    pub etat: EtatLot,
    /// Now.
    pub cree_le: NaiveDateTime,
}

/// What is to be done to each file, once it is confirmed.
#[derive(AsChangeset)]
#[diesel(table_name = lot)]
pub struct Lance<'a> {
    /// The act.
    pub acte: ActeLot,
    /// The agent or the label.
    pub cible_id: Option<i64>,
    /// Her name, or its words.
    pub cible_nom: &'a str,
    /// The words of a message.
    pub message: Option<&'a str>,
    /// Where it stands from then on.
    pub etat: EtatLot,
}

/// One file of a lot, with what a screen shows of it.
#[derive(Debug, Clone, Queryable)]
pub struct LigneLot {
    /// The file.
    pub dossier_id: i64,
    /// Its number.
    pub numero: String,
    /// First name and name of whose it is; nobody's for a call.
    pub personne: Option<(String, String)>,
    /// What happened.
    pub etat: EtatLigne,
    /// Why, when it was not done.
    pub message: Option<String>,
}

/// Stores a lot with its files.
pub fn creer(tx: &mut WriteTx<'_>, nouveau: &NouveauLot<'_>, dossiers: &[i64]) -> DbResult<i64> {
    let id: i64 = diesel::insert_into(lot::table)
        .values(nouveau)
        .returning(lot::id)
        .get_result(&mut **tx)?;
    for paquet in dossiers.chunks(1000) {
        let lignes: Vec<_> = paquet
            .iter()
            .map(|dossier| {
                (
                    lot_dossier::lot_id.eq(id),
                    lot_dossier::dossier_id.eq(*dossier),
                    lot_dossier::etat.eq(EtatLigne::DEBUT),
                )
            })
            .collect();
        per_backend!(&mut **tx, conn => diesel::insert_into(lot_dossier::table).values(&lignes).execute(conn)?);
    }
    Ok(id)
}

/// A lot of a CPAM.
///
/// # Errors
/// [`super::DbError::Introuvable`].
pub fn lire(conn: &mut AnyConn, caisse: &str, id: i64) -> DbResult<Lot> {
    Ok(lot::table
        .filter(lot::id.eq(id))
        .filter(lot::caisse_code.eq(caisse))
        .select(<Lot as Selectable<Multi>>::construct_selection())
        .first(conn)?)
}

/// Makes the others who work on this lot wait until the end of the transaction. SQLite already does.
pub fn verrouiller(tx: &mut WriteTx<'_>, id: i64) -> DbResult<()> {
    if !tx.is_sqlite() {
        diesel::update(lot::table.find(id))
            .set(lot::total.eq(lot::total))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// The latest lots of a CPAM.
pub fn derniers(conn: &mut AnyConn, caisse: &str, nombre: i64) -> DbResult<Vec<Lot>> {
    Ok(lot::table
        .filter(lot::caisse_code.eq(caisse))
        .order(lot::id.desc())
        .limit(nombre)
        .select(<Lot as Selectable<Multi>>::construct_selection())
        .load(conn)?)
}

/// The lots that were begun and are not over, of every CPAM, oldest first.
pub fn inacheves(conn: &mut AnyConn) -> DbResult<Vec<Lot>> {
    Ok(lot::table
        .filter(LOT_INACHEVE)
        .order(lot::id)
        .select(<Lot as Selectable<Multi>>::construct_selection())
        .load(conn)?)
}

/// Says what will be done, and that it begins.
pub fn lancer(tx: &mut WriteTx<'_>, id: i64, lance: &Lance<'_>) -> DbResult<()> {
    diesel::update(lot::table.find(id))
        .set(lance)
        .execute(&mut **tx)?;
    Ok(())
}

/// Changes where a lot stands.
pub fn passer(
    tx: &mut WriteTx<'_>,
    id: i64,
    passage: Passage<EtatLot>,
    fini_le: Option<NaiveDateTime>,
) -> DbResult<()> {
    diesel::update(lot::table.find(id))
        .set((lot::etat.eq(passage.vers()), lot::fini_le.eq(fini_le)))
        .execute(&mut **tx)?;
    Ok(())
}

/// The next files in this state: (file, number, what it was before).
pub fn prochains(
    conn: &mut AnyConn,
    id: i64,
    etat: EtatLigne,
    nombre: i64,
) -> DbResult<Vec<(i64, String, Option<i64>)>> {
    Ok(lot_dossier::table
        .inner_join(dossier::table)
        .filter(lot_dossier::lot_id.eq(id))
        .filter(lot_dossier::etat.eq(etat))
        .order(lot_dossier::dossier_id)
        .limit(nombre)
        .select((lot_dossier::dossier_id, dossier::numero, lot_dossier::avant))
        .load(conn)?)
}

/// Notes what happened to one file; `avant`: what it was, to put it back.
pub fn noter(
    tx: &mut WriteTx<'_>,
    id: i64,
    dossier_id: i64,
    passage: Passage<EtatLigne>,
    avant: Option<i64>,
    message: Option<&str>,
) -> DbResult<()> {
    diesel::update(lot_dossier::table.find((id, dossier_id)))
        .set((
            lot_dossier::etat.eq(passage.vers()),
            lot_dossier::avant.eq(avant),
            lot_dossier::message.eq(message),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// How many files of a lot are in each state.
pub fn bilan(conn: &mut AnyConn, id: i64) -> DbResult<Vec<(EtatLigne, i64)>> {
    Ok(lot_dossier::table
        .filter(lot_dossier::lot_id.eq(id))
        .group_by(lot_dossier::etat)
        .select((lot_dossier::etat, diesel::dsl::count_star()))
        .load(conn)?)
}

/// The files of a lot in the order of their identifiers, after one of them; `etat`: only those in this state.
pub fn lignes(
    conn: &mut AnyConn,
    id: i64,
    etat: Option<EtatLigne>,
    apres: i64,
    nombre: i64,
) -> DbResult<Vec<LigneLot>> {
    let requete = lot_dossier::table
        .inner_join(dossier::table)
        .left_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .filter(lot_dossier::lot_id.eq(id))
        .filter(lot_dossier::dossier_id.gt(apres))
        .order(lot_dossier::dossier_id)
        .limit(nombre)
        .select((
            lot_dossier::dossier_id,
            dossier::numero,
            (kine::prenom, kine::nom).nullable(),
            lot_dossier::etat,
            lot_dossier::message,
        ))
        .into_boxed();
    Ok(match etat {
        Some(etat) => requete.filter(lot_dossier::etat.eq(etat)).load(conn)?,
        None => requete.load(conn)?,
    })
}
