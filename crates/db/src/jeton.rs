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
        /// Chooses the first password of an agent who was invited.
        Invitation = "invitation", "invitation";
        /// Confirms the address that is to replace the one of an account.
        Adresse = "adresse", "changement d’adresse";
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
    /// The new address that it confirms, for [`Usage::Adresse`] and nothing else.
    pub courriel: Option<&'a str>,
}

/// A link, whatever became of it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Jeton {
    /// The account.
    pub compte_id: i64,
    /// When it stops working (UTC).
    pub expire_le: NaiveDateTime,
    /// When it was used (UTC).
    pub utilise_le: Option<NaiveDateTime>,
    /// When a newer one took its place (UTC).
    pub remplace_le: Option<NaiveDateTime>,
    /// The new address that it confirms.
    pub courriel: Option<String>,
}

/// Links are remembered for so many days after they stop working: who opens an old one is told why it does.
const MEMOIRE_JOURS: i64 = 30;

/// The link of a fingerprint, whatever became of it.
pub fn lire(conn: &mut AnyConn, empreinte: &str, usage: Usage) -> DbResult<Option<Jeton>> {
    Ok(jeton::table
        .find(empreinte)
        .filter(jeton::usage.eq(usage))
        .select((
            jeton::compte_id,
            jeton::expire_le,
            jeton::utilise_le,
            jeton::remplace_le,
            jeton::courriel,
        ))
        .first(conn)
        .optional()?)
}

/// Creates a link. The unused ones of the same account and usage stop working; those of long ago are forgotten.
pub fn creer(tx: &mut WriteTx<'_>, nouveau: &NouveauJeton<'_>) -> DbResult<()> {
    let oubli = nouveau.cree_le - chrono::TimeDelta::days(MEMOIRE_JOURS);
    diesel::delete(
        jeton::table
            .filter(jeton::compte_id.eq(nouveau.compte_id))
            .filter(jeton::expire_le.lt(oubli)),
    )
    .execute(&mut **tx)?;
    diesel::update(
        jeton::table
            .filter(jeton::compte_id.eq(nouveau.compte_id))
            .filter(jeton::usage.eq(nouveau.usage))
            .filter(jeton::utilise_le.is_null())
            .filter(jeton::remplace_le.is_null()),
    )
    .set(jeton::remplace_le.eq(nouveau.cree_le))
    .execute(&mut **tx)?;
    diesel::insert_into(jeton::table)
        .values(nouveau)
        .execute(&mut **tx)?;
    Ok(())
}

/// The account behind a link that still works: right usage, never used, the last of its kind, not too old.
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
        .filter(jeton::remplace_le.is_null())
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

/// How many links of this usage were created for the account since an instant.
pub fn combien_depuis(
    conn: &mut AnyConn,
    compte_id: i64,
    usage: Usage,
    depuis: NaiveDateTime,
) -> DbResult<i64> {
    Ok(jeton::table
        .filter(jeton::compte_id.eq(compte_id))
        .filter(jeton::usage.eq(usage))
        .filter(jeton::cree_le.gt(depuis))
        .count()
        .get_result(conn)?)
}

/// Removes every link of an account.
pub fn supprimer_de(tx: &mut WriteTx<'_>, compte_id: i64) -> DbResult<()> {
    diesel::delete(jeton::table.filter(jeton::compte_id.eq(compte_id))).execute(&mut **tx)?;
    Ok(())
}
