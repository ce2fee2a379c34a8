//! PRO-13: what would be mailed to somebody without an account: a letter to print, and the day on which it was posted.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::dialect::Multi;
use super::ensemble::{Lecture, lecture};
use super::schema::{commune, domicile, kine, lettre};
use super::{AnyConn, DbResult, WriteTx, une_ligne};

/// A letter to write.
#[derive(Insertable)]
#[diesel(table_name = lettre)]
pub struct NouvelleLettre<'a> {
    /// The case.
    pub dossier_id: i64,
    /// What makes it unique: the same key is never written twice.
    pub cle: &'a str,
    /// Its kind.
    pub modele: &'a str,
    /// Name and postal address, one line each.
    pub destinataire: &'a str,
    /// Subject.
    pub sujet: &'a str,
    /// What it says.
    pub texte: &'a str,
    /// Now.
    pub cree_le: NaiveDateTime,
}

/// A letter as read.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = lettre)]
pub struct Lettre {
    /// Identifier.
    pub id: i64,
    /// The case.
    pub dossier_id: i64,
    /// Name and postal address, one line each.
    pub destinataire: String,
    /// Subject.
    pub sujet: String,
    /// What it says.
    pub texte: String,
    /// When it was written (UTC).
    pub cree_le: NaiveDateTime,
    /// Day on which it was posted; none while it waits.
    pub postee_le: Option<NaiveDate>,
}

/// Writes a letter.
pub fn ecrire(tx: &mut WriteTx<'_>, nouvelle: &NouvelleLettre<'_>) -> DbResult<()> {
    diesel::insert_into(lettre::table)
        .values(nouvelle)
        .execute(&mut **tx)?;
    Ok(())
}

/// The subject of a letter of a case, when it was written and posted.
pub type EnListe = (i64, String, NaiveDateTime, Option<NaiveDate>);

/// The letters of a case, to be read with what hangs on it.
pub fn lecture_de(dossier_id: i64) -> impl Lecture<Ligne = EnListe> {
    lecture(
        lettre::table
            .filter(lettre::dossier_id.eq(dossier_id))
            .select((
                lettre::id,
                lettre::sujet,
                lettre::cree_le,
                lettre::postee_le,
            )),
    )
}

/// A letter of a case.
///
/// # Errors
/// [`super::DbError::Introuvable`] when it is of another case.
pub fn lire(conn: &mut AnyConn, dossier_id: i64, id: i64) -> DbResult<Lettre> {
    Ok(lettre::table
        .find(id)
        .filter(lettre::dossier_id.eq(dossier_id))
        .select(<Lettre as Selectable<Multi>>::construct_selection())
        .first(conn)?)
}

/// Notes the day on which a letter was posted.
///
/// # Errors
/// [`super::DbError::Perime`] when it was noted already.
pub fn poster(tx: &mut WriteTx<'_>, id: i64, le: NaiveDate, par: i64) -> DbResult<()> {
    une_ligne(
        diesel::update(lettre::table.find(id))
            .filter(lettre::postee_le.is_null())
            .set((lettre::postee_le.eq(le), lettre::postee_par.eq(par)))
            .execute(&mut **tx)?,
    )
}

/// Name and postal address of a practitioner, one line each; the name alone while no address is known.
pub fn adresse_de(conn: &mut AnyConn, kine_id: i64) -> DbResult<String> {
    type Ligne = (String, String, Option<(String, String)>);
    let (prenom, nom, ou): Ligne = kine::table
        .left_join(domicile::table.inner_join(commune::table))
        .filter(kine::id.eq(kine_id))
        .select((
            kine::prenom,
            kine::nom,
            (domicile::adresse, commune::nom).nullable(),
        ))
        .first(conn)?;
    Ok(match ou {
        Some((adresse, commune)) => format!("{prenom} {nom}\n{adresse}\n{commune}"),
        None => format!("{prenom} {nom}"),
    })
}
