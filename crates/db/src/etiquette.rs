//! Labels of a CPAM, and the files they are on.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::condition::parmi;
use super::dialect::Multi;
use super::ensemble::{Lecture, lecture};
use super::schema::{dossier_etiquette, etiquette};
use super::{AnyConn, DbResult, WriteTx};
use crate::per_backend;

/// A label.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = etiquette)]
pub struct Etiquette {
    /// Identifier.
    pub id: i64,
    /// Its words.
    pub nom: String,
}

/// A label to create.
#[derive(Insertable)]
#[diesel(table_name = etiquette)]
pub struct NouvelleEtiquette<'a> {
    /// The CPAM.
    pub caisse_code: &'a str,
    /// Its words.
    pub nom: &'a str,
    /// The same, folded: two labels never differ by case or accents only.
    pub nom_recherche: &'a str,
    /// Who made it.
    pub cree_par: i64,
    /// Now.
    pub cree_le: NaiveDateTime,
}

/// The labels of a CPAM, by name.
pub fn lecture_de_caisse(caisse: String) -> impl Lecture<Ligne = Etiquette> {
    lecture(
        etiquette::table
            .filter(etiquette::caisse_code.eq(caisse))
            .order(etiquette::nom_recherche)
            .select(<Etiquette as Selectable<Multi>>::construct_selection()),
    )
}

/// The same, alone.
pub fn de_caisse(conn: &mut AnyConn, caisse: &str) -> DbResult<Vec<Etiquette>> {
    lecture_de_caisse(caisse.to_owned()).toutes(conn)
}

/// A label of a CPAM.
///
/// # Errors
/// [`super::DbError::Introuvable`] when it is of another CPAM or does not exist.
pub fn lire(conn: &mut AnyConn, caisse: &str, id: i64) -> DbResult<Etiquette> {
    Ok(etiquette::table
        .filter(etiquette::id.eq(id))
        .filter(etiquette::caisse_code.eq(caisse))
        .select(<Etiquette as Selectable<Multi>>::construct_selection())
        .first(conn)?)
}

/// The label of this folded name, if the CPAM has it.
pub fn par_nom(conn: &mut AnyConn, caisse: &str, pliee: &str) -> DbResult<Option<Etiquette>> {
    Ok(etiquette::table
        .filter(etiquette::caisse_code.eq(caisse))
        .filter(etiquette::nom_recherche.eq(pliee))
        .select(<Etiquette as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// Creates a label.
pub fn creer(tx: &mut WriteTx<'_>, nouvelle: &NouvelleEtiquette<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(etiquette::table)
        .values(nouvelle)
        .returning(etiquette::id)
        .get_result(&mut **tx)?)
}

/// Puts a label on a file; whether it was not there yet.
pub fn poser(tx: &mut WriteTx<'_>, etiquette_id: i64, dossier_id: i64) -> DbResult<bool> {
    let ligne = (
        dossier_etiquette::etiquette_id.eq(etiquette_id),
        dossier_etiquette::dossier_id.eq(dossier_id),
    );
    let posees = per_backend!(&mut **tx, conn => diesel::insert_into(dossier_etiquette::table)
        .values(ligne)
        .on_conflict_do_nothing()
        .execute(conn)?);
    Ok(posees == 1)
}

/// Takes a label off a file; whether it was there.
pub fn retirer(tx: &mut WriteTx<'_>, etiquette_id: i64, dossier_id: i64) -> DbResult<bool> {
    let retirees = diesel::delete(dossier_etiquette::table.find((etiquette_id, dossier_id)))
        .execute(&mut **tx)?;
    Ok(retirees == 1)
}

/// For these files, (file, label), by name of the label.
pub fn lecture_de_dossiers(dossiers: Vec<i64>) -> impl Lecture<Ligne = (i64, Etiquette)> {
    lecture(
        dossier_etiquette::table
            .inner_join(etiquette::table)
            .filter(parmi(dossier_etiquette::dossier_id, dossiers))
            .order(etiquette::nom_recherche)
            .select((
                dossier_etiquette::dossier_id,
                <Etiquette as Selectable<Multi>>::construct_selection(),
            )),
    )
}
