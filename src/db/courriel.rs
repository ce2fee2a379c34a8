//! The outbox: a mail is a row written in the transaction that causes it.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::courriel;
use super::{DbResult, WriteTx};

/// A mail to send after commit.
#[derive(Insertable)]
#[diesel(table_name = courriel)]
pub struct NouveauCourriel<'a> {
    /// What makes it unique: the same key is never queued twice.
    pub cle: &'a str,
    /// Its template.
    pub modele: &'a str,
    /// To whom.
    pub destinataire: &'a str,
    /// Subject.
    pub sujet: &'a str,
    /// Plain text.
    pub texte: &'a str,
    /// HTML.
    pub html: &'a str,
    /// Always `a_envoyer` at first.
    pub etat: &'a str,
    /// Tries so far.
    pub tentatives: i32,
    /// Not before.
    pub prochain_essai: NaiveDateTime,
    /// Now.
    pub cree_le: NaiveDateTime,
}

/// Queues a mail.
///
/// # Errors
/// The refusal of the database; [`super::contrainte::Contrainte::CourrielUneFois`] when it was queued already.
pub fn deposer(tx: &mut WriteTx<'_>, nouveau: &NouveauCourriel<'_>) -> DbResult<()> {
    diesel::insert_into(courriel::table)
        .values(nouveau)
        .execute(&mut **tx)?;
    Ok(())
}
