//! What lets somebody sign for a caisse (PRO-5): entered once, ended, never changed.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::decision::Acte;
use regles::delegation::{Habilitation, Titre};

use super::dialect::Multi;
use super::schema::{compte, delegation};
use super::{AnyConn, DbError, DbResult, WriteTx, une_ligne};

/// What lets somebody sign.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = delegation)]
pub struct Delegation {
    /// Identifier.
    pub id: i64,
    /// Who signs.
    pub compte_id: i64,
    /// In their own name, or for another.
    pub titre: Titre,
    /// Who gives the delegation: first name and name.
    pub delegant: Option<String>,
    /// In what capacity.
    pub delegant_qualite: Option<String>,
    actes: String,
    /// Day of the act.
    pub acte_du: NaiveDate,
    /// Its reference.
    pub reference: String,
    /// First day.
    pub du: NaiveDate,
    /// Last day, when the act says one.
    pub au: Option<NaiveDate>,
    /// Day on which it was ended.
    pub finie_le: Option<NaiveDate>,
}

impl Delegation {
    /// The kinds of act that it covers.
    ///
    /// # Errors
    /// [`DbError::Incoherent`] when what is stored does not read.
    pub fn actes(&self) -> DbResult<Vec<Acte>> {
        self.actes
            .split_whitespace()
            .map(|code| {
                code.parse()
                    .map_err(|e| DbError::Incoherent(format!("délégation {} : {e}", self.id)))
            })
            .collect()
    }

    /// The same, as the rules read it.
    ///
    /// # Errors
    /// As [`Delegation::actes`].
    pub fn habilitation(&self) -> DbResult<Habilitation> {
        Ok(Habilitation {
            titre: self.titre,
            actes: self.actes()?,
            acte_du: self.acte_du,
            du: self.du,
            au: self.au,
            finie_le: self.finie_le,
        })
    }
}

/// One to store.
#[derive(Debug, Insertable)]
#[diesel(table_name = delegation)]
pub struct NouvelleDelegation<'a> {
    /// For which caisse.
    pub caisse_code: &'a str,
    /// Who signs.
    pub compte_id: i64,
    /// In their own name, or for another.
    pub titre: Titre,
    /// Who gives it.
    pub delegant: Option<&'a str>,
    /// In what capacity.
    pub delegant_qualite: Option<&'a str>,
    /// Codes of the kinds of act, separated by a space.
    pub actes: &'a str,
    /// Day of the act.
    pub acte_du: NaiveDate,
    /// Its reference.
    pub reference: &'a str,
    /// First day.
    pub du: NaiveDate,
    /// Last day.
    pub au: Option<NaiveDate>,
    /// Who enters it.
    pub cree_par: Option<i64>,
    /// Now.
    pub cree_le: NaiveDateTime,
}

/// Lines read at most: a caisse has a few signatories, and each of their acts stays.
pub const MONTREES: i64 = 200;

/// What every signatory of a caisse holds or held, with their first name and name: the newest first.
pub fn de_caisse(
    conn: &mut AnyConn,
    caisse: &str,
) -> DbResult<Vec<(Delegation, (String, String))>> {
    Ok(delegation::table
        .inner_join(compte::table.on(compte::id.eq(delegation::compte_id)))
        .filter(delegation::caisse_code.eq(caisse))
        .order(delegation::id.desc())
        .limit(MONTREES)
        .select((
            <Delegation as Selectable<Multi>>::construct_selection(),
            (compte::prenom, compte::nom),
        ))
        .load(conn)?)
}

/// What one person holds or held for a caisse, oldest first.
pub fn de(conn: &mut AnyConn, caisse: &str, compte_id: i64) -> DbResult<Vec<Delegation>> {
    Ok(delegation::table
        .filter(delegation::caisse_code.eq(caisse))
        .filter(delegation::compte_id.eq(compte_id))
        .order(delegation::id)
        .limit(MONTREES)
        .select(<Delegation as Selectable<Multi>>::construct_selection())
        .load(conn)?)
}

/// One of a caisse, with the first name and name of who signs.
///
/// # Errors
/// [`DbError::Introuvable`] when it is of another caisse or does not exist.
pub fn lire(conn: &mut AnyConn, caisse: &str, id: i64) -> DbResult<(Delegation, (String, String))> {
    Ok(delegation::table
        .inner_join(compte::table.on(compte::id.eq(delegation::compte_id)))
        .filter(delegation::id.eq(id))
        .filter(delegation::caisse_code.eq(caisse))
        .select((
            <Delegation as Selectable<Multi>>::construct_selection(),
            (compte::prenom, compte::nom),
        ))
        .first(conn)?)
}

/// Stores one and returns its identifier.
pub fn creer(tx: &mut WriteTx<'_>, nouvelle: &NouvelleDelegation<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(delegation::table)
        .values(nouvelle)
        .returning(delegation::id)
        .get_result(&mut **tx)?)
}

/// Ends one: from that day on it lets nothing be signed.
///
/// # Errors
/// [`DbError::Perime`] when it was ended meanwhile.
pub fn finir(
    tx: &mut WriteTx<'_>,
    caisse: &str,
    id: i64,
    (le, par): (NaiveDate, i64),
) -> DbResult<()> {
    une_ligne(
        diesel::update(
            delegation::table
                .filter(delegation::id.eq(id))
                .filter(delegation::caisse_code.eq(caisse))
                .filter(delegation::finie_le.is_null()),
        )
        .set((delegation::finie_le.eq(le), delegation::finie_par.eq(par)))
        .execute(&mut **tx)?,
    )
}
