//! Single-use links: the mail holds a token, the table its fingerprint.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::jeton;
use super::{AnyConn, DbResult, WriteTx, une_ligne};

regles::text_enum! {
    /// What a link is for.
    pub enum Usage {
        /// Confirms an e-mail address.
        Verification = "verification", "confirmation de l’adresse";
        /// Chooses a new password.
        Reinitialisation = "reinitialisation", "nouveau mot de passe";
    }
}

/// A link to create.
#[derive(Insertable)]
#[diesel(table_name = jeton)]
pub struct NouveauJeton<'a> {
    /// Fingerprint of the token in the mail.
    pub empreinte: &'a str,
    /// The account.
    pub compte_id: i64,
    /// What it is for.
    pub usage: Usage,
    /// Now.
    pub cree_le: NaiveDateTime,
    /// When it stops working.
    pub expire_le: NaiveDateTime,
}

/// Creates a link. The unused ones of the same account and usage stop working.
pub fn creer(tx: &mut WriteTx<'_>, nouveau: &NouveauJeton<'_>) -> DbResult<()> {
    diesel::delete(
        jeton::table
            .filter(jeton::compte_id.eq(nouveau.compte_id))
            .filter(jeton::usage.eq(nouveau.usage)),
    )
    .execute(&mut **tx)?;
    diesel::insert_into(jeton::table)
        .values(nouveau)
        .execute(&mut **tx)?;
    Ok(())
}

/// The account behind a link that still works: right usage, never used, not too old.
pub fn compte(
    conn: &mut AnyConn,
    empreinte: &str,
    usage: Usage,
    now: NaiveDateTime,
) -> DbResult<Option<i64>> {
    Ok(jeton::table
        .find(empreinte)
        .filter(jeton::usage.eq(usage))
        .filter(jeton::utilise_le.is_null())
        .filter(jeton::expire_le.gt(now))
        .select(jeton::compte_id)
        .first(conn)
        .optional()?)
}

/// Uses a link up.
///
/// # Errors
/// [`super::DbError::Perime`] when it was used meanwhile.
pub fn utiliser(tx: &mut WriteTx<'_>, empreinte: &str, now: NaiveDateTime) -> DbResult<()> {
    let touches = diesel::update(
        jeton::table
            .find(empreinte)
            .filter(jeton::utilise_le.is_null()),
    )
    .set(jeton::utilise_le.eq(now))
    .execute(&mut **tx)?;
    une_ligne(touches)
}

/// Whether a link of this usage was created for the account since an instant.
pub fn cree_depuis(
    conn: &mut AnyConn,
    compte_id: i64,
    usage: Usage,
    depuis: NaiveDateTime,
) -> DbResult<bool> {
    let nombre: i64 = jeton::table
        .filter(jeton::compte_id.eq(compte_id))
        .filter(jeton::usage.eq(usage))
        .filter(jeton::cree_le.gt(depuis))
        .count()
        .get_result(conn)?;
    Ok(nombre > 0)
}

/// Removes every link of an account.
pub fn supprimer_de(tx: &mut WriteTx<'_>, compte_id: i64) -> DbResult<()> {
    diesel::delete(jeton::table.filter(jeton::compte_id.eq(compte_id))).execute(&mut **tx)?;
    Ok(())
}
