//! Who has a file under their eyes: one row a person and file, refreshed when the page is read.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::ensemble::{Lecture, lecture};
use super::schema::{compte, presence};
use super::{DbResult, WriteTx};
use crate::per_backend;

/// Somebody who looks at a file.
#[derive(Debug, Clone, Queryable)]
pub struct Present {
    /// The account.
    pub compte_id: i64,
    /// First name.
    pub prenom: String,
    /// Name.
    pub nom: String,
    /// When the page was last read (UTC).
    pub vue_le: NaiveDateTime,
}

/// Those who read the page of a file since an instant, by name.
pub fn lecture_depuis(dossier_id: i64, instant: NaiveDateTime) -> impl Lecture<Ligne = Present> {
    lecture(
        presence::table
            .inner_join(compte::table)
            .filter(presence::dossier_id.eq(dossier_id))
            .filter(presence::vue_le.ge(instant))
            .order((compte::nom, compte::id))
            .select((
                presence::compte_id,
                compte::prenom,
                compte::nom,
                presence::vue_le,
            )),
    )
}

/// Notes that somebody reads the page of a file, and forgets what is older than `oubli` on it.
pub fn noter(
    tx: &mut WriteTx<'_>,
    dossier_id: i64,
    compte_id: i64,
    maintenant: NaiveDateTime,
    oubli: NaiveDateTime,
) -> DbResult<()> {
    diesel::delete(
        presence::table
            .filter(presence::dossier_id.eq(dossier_id))
            .filter(presence::vue_le.lt(oubli)),
    )
    .execute(&mut **tx)?;
    let ligne = (
        presence::dossier_id.eq(dossier_id),
        presence::compte_id.eq(compte_id),
        presence::vue_le.eq(maintenant),
    );
    per_backend!(&mut **tx, conn => diesel::insert_into(presence::table)
        .values(ligne)
        .on_conflict((presence::dossier_id, presence::compte_id))
        .do_update()
        .set(presence::vue_le.eq(maintenant))
        .execute(conn)?);
    Ok(())
}
