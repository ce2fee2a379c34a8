//! Where an appeal is sent (PRO-6): the commission of the caisse, the court of where the person lives.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::schema::{commune, domicile, tribunal};
use super::{AnyConn, DbResult, WriteTx};
use crate::per_backend;

/// Where somebody lives.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Domicile {
    /// Street.
    pub adresse: String,
    /// INSEE code of the commune.
    pub insee: String,
    /// Its name.
    pub commune: String,
}

/// The court of a commune, and the day on which its address was checked.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = tribunal)]
pub struct TribunalDeCommune {
    /// INSEE code.
    pub insee: String,
    /// Town of the court.
    pub ville: String,
    /// Its address.
    pub adresse: String,
    /// Checked on.
    pub verifie_le: NaiveDate,
}

/// The court of where somebody lives; none of it when the table of courts has no line for the commune.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Ressort {
    /// INSEE code of the home.
    pub insee: String,
    /// Town of the tribunal judiciaire.
    pub ville: Option<String>,
    /// Its address.
    pub adresse: Option<String>,
}

/// The court of somebody; none when the home is not known.
pub fn ressort(conn: &mut AnyConn, kine_id: i64) -> DbResult<Option<Ressort>> {
    Ok(domicile::table
        .left_join(tribunal::table.on(tribunal::insee.eq(domicile::insee)))
        .filter(domicile::kine_id.eq(kine_id))
        .select((
            domicile::insee,
            tribunal::ville.nullable(),
            tribunal::adresse.nullable(),
        ))
        .first(conn)
        .optional()?)
}

/// Where somebody lives, if it was said.
pub fn domicile_de(conn: &mut AnyConn, kine_id: i64) -> DbResult<Option<Domicile>> {
    Ok(domicile::table
        .inner_join(commune::table)
        .filter(domicile::kine_id.eq(kine_id))
        .select((domicile::adresse, domicile::insee, commune::nom))
        .first(conn)
        .optional()?)
}

/// Street, then postal code and commune, as an envelope bears them; nothing while no address is known. A commune that has
/// several postal codes is named without one: none of them is guessed.
pub fn lignes(conn: &mut AnyConn, kine_id: i64) -> DbResult<Vec<String>> {
    let lue: Option<(String, String, String)> = domicile::table
        .inner_join(commune::table)
        .filter(domicile::kine_id.eq(kine_id))
        .select((domicile::adresse, commune::codes_postaux, commune::nom))
        .first(conn)
        .optional()?;
    let Some((rue, codes, commune)) = lue else {
        return Ok(Vec::new());
    };
    let ville = match codes.trim() {
        "" => commune,
        codes if codes.contains(' ') => commune,
        code => format!("{code} {commune}"),
    };
    Ok(vec![rue, ville])
}

/// Writes where somebody lives, in the place of what was said before.
pub fn habiter(
    tx: &mut WriteTx<'_>,
    kine_id: i64,
    adresse: &str,
    insee: &str,
    le: NaiveDateTime,
) -> DbResult<()> {
    per_backend!(&mut **tx, conn => diesel::insert_into(domicile::table)
        .values((
            domicile::kine_id.eq(kine_id),
            domicile::adresse.eq(adresse),
            domicile::insee.eq(insee),
            domicile::dit_le.eq(le),
        ))
        .on_conflict(domicile::kine_id)
        .do_update()
        .set((
            domicile::adresse.eq(adresse),
            domicile::insee.eq(insee),
            domicile::dit_le.eq(le),
        ))
        .execute(conn)?);
    Ok(())
}

/// Every court, by commune.
pub fn tribunaux(conn: &mut AnyConn) -> DbResult<Vec<TribunalDeCommune>> {
    Ok(tribunal::table.order(tribunal::insee).load(conn)?)
}

/// Writes the court of a commune, in the place of the one before.
pub fn enregistrer(tx: &mut WriteTx<'_>, ligne: &TribunalDeCommune) -> DbResult<()> {
    per_backend!(&mut **tx, conn => diesel::insert_into(tribunal::table)
        .values(ligne)
        .on_conflict(tribunal::insee)
        .do_update()
        .set(ligne)
        .execute(conn)?);
    Ok(())
}
