//! Mandates: a role held by an account for a caisse, a region or the nation, between two days. A session acts under one
//! of them; a practitioner needs none, since she only sees what is hers.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::droits::{Etendue, Role};

use super::schema::{caisse, kine, mandat};
use super::{AnyConn, DbResult, WriteTx};

/// A mandate to give.
#[derive(Debug, Insertable)]
#[diesel(table_name = mandat)]
pub struct NouveauMandat<'a> {
    /// Whose it is.
    pub compte_id: i64,
    /// Role.
    pub role: Role,
    /// How far it extends: [`Role::etendue`], which the database checks.
    pub etendue: Etendue,
    /// The CPAM, when it is held for one.
    pub caisse_code: Option<&'a str>,
    /// The region (INSEE code), when it is held for one.
    pub region: Option<&'a str>,
    /// Capacity printed under a signature.
    pub qualite: Option<&'a str>,
    /// First day.
    pub du: NaiveDate,
    /// Last day; none: until it is ended.
    pub au: Option<NaiveDate>,
    /// Now.
    pub cree_le: NaiveDateTime,
}

impl<'a> NouveauMandat<'a> {
    /// A mandate of this role from the day `du` on, without region nor capacity; none for a practitioner.
    pub fn de(
        role: Role,
        compte_id: i64,
        caisse_code: Option<&'a str>,
        du: NaiveDate,
        cree_le: NaiveDateTime,
    ) -> Option<NouveauMandat<'a>> {
        Some(NouveauMandat {
            compte_id,
            role,
            etendue: role.etendue()?,
            caisse_code,
            region: None,
            qualite: None,
            du,
            au: None,
            cree_le,
        })
    }
}

/// Under what somebody acts.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Mandat {
    /// Identifier.
    pub id: i64,
    /// Role.
    pub role: Role,
    /// The CPAM.
    pub caisse_code: Option<String>,
    /// Its name.
    pub caisse_nom: Option<String>,
    /// The region (INSEE code).
    pub region: Option<String>,
    /// First day.
    pub du: NaiveDate,
    /// Last day.
    pub au: Option<NaiveDate>,
}

/// Gives a mandate, and returns its identifier.
///
/// # Errors
/// An extent that is not the role's own.
pub fn creer(tx: &mut WriteTx<'_>, nouveau: &NouveauMandat<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(mandat::table)
        .values(nouveau)
        .returning(mandat::id)
        .get_result(&mut **tx)?)
}

/// The mandates of an account in force on a day, the oldest first.
pub fn en_vigueur(conn: &mut AnyConn, compte_id: i64, jour: NaiveDate) -> DbResult<Vec<Mandat>> {
    Ok(mandat::table
        .left_join(caisse::table)
        .filter(mandat::compte_id.eq(compte_id))
        .filter(mandat::du.le(jour))
        .filter(mandat::au.is_null().or(mandat::au.ge(jour)))
        .order(mandat::id)
        .select((
            mandat::id,
            mandat::role,
            mandat::caisse_code,
            caisse::nom.nullable(),
            mandat::region,
            mandat::du,
            mandat::au,
        ))
        .load(conn)?)
}

/// Whether the account is a practitioner's.
pub fn est_kine(conn: &mut AnyConn, compte_id: i64) -> DbResult<bool> {
    Ok(kine::table
        .filter(kine::compte_id.eq(compte_id))
        .select(kine::id)
        .first::<i64>(conn)
        .optional()?
        .is_some())
}

/// Ends a mandate; `au` is its last day.
///
/// # Errors
/// A last day before the first one.
pub fn terminer(tx: &mut WriteTx<'_>, id: i64, au: NaiveDate) -> DbResult<()> {
    diesel::update(mandat::table.find(id))
        .set(mandat::au.eq(au))
        .execute(&mut **tx)?;
    Ok(())
}

/// Ends the mandates of an account, for one CPAM or for all, at once: the day before is their last one. Those that begin
/// that day or later never counted: they go. The sessions of the account are closed before.
pub fn terminer_tous(
    tx: &mut WriteTx<'_>,
    compte_id: i64,
    caisse: Option<&str>,
    jour: NaiveDate,
) -> DbResult<()> {
    let veille = jour.pred_opt().unwrap_or(jour);
    let ouverts: Vec<(i64, NaiveDate, Option<String>)> = mandat::table
        .filter(mandat::compte_id.eq(compte_id))
        .filter(mandat::au.is_null().or(mandat::au.ge(jour)))
        .select((mandat::id, mandat::du, mandat::caisse_code))
        .load(&mut **tx)?;
    for (id, du, code) in ouverts {
        if caisse.is_some() && caisse != code.as_deref() {
            continue;
        }
        if du > veille {
            diesel::delete(mandat::table.find(id)).execute(&mut **tx)?;
        } else {
            terminer(tx, id, veille)?;
        }
    }
    Ok(())
}

/// Puts a mandate in the place of another, from `nouveau.du` on: what was held until the day before stays written; a
/// mandate that began the same day is written over.
pub fn remplacer(tx: &mut WriteTx<'_>, id: i64, nouveau: &NouveauMandat<'_>) -> DbResult<()> {
    let meme_jour = diesel::update(mandat::table.find(id).filter(mandat::du.ge(nouveau.du)))
        .set((
            mandat::role.eq(nouveau.role),
            mandat::etendue.eq(nouveau.etendue),
            mandat::caisse_code.eq(nouveau.caisse_code),
            mandat::region.eq(nouveau.region),
            mandat::qualite.eq(nouveau.qualite),
        ))
        .execute(&mut **tx)?;
    if meme_jour == 0 {
        terminer(tx, id, nouveau.du.pred_opt().unwrap_or(nouveau.du))?;
        creer(tx, nouveau)?;
    }
    Ok(())
}

/// The capacity under which somebody works for a caisse on a day, where their mandates say one.
pub fn qualite(
    conn: &mut AnyConn,
    compte_id: i64,
    caisse_code: &str,
    jour: NaiveDate,
) -> DbResult<Option<String>> {
    let lue: Option<Option<String>> = mandat::table
        .filter(mandat::compte_id.eq(compte_id))
        .filter(mandat::caisse_code.eq(caisse_code))
        .filter(mandat::qualite.is_not_null())
        .filter(mandat::du.le(jour))
        .filter(mandat::au.is_null().or(mandat::au.ge(jour)))
        .order(mandat::id)
        .select(mandat::qualite)
        .first(conn)
        .optional()?;
    Ok(lue.flatten())
}
