//! The outbox: a mail and the task that sends it are written in the transaction that causes them.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::condition::TACHE_MORTE;
use super::dialect::Multi;
use super::ensemble::{Lecture, lecture};
use super::schema::{courriel, tache};
use super::tache::{EtatTache, Tache};
use super::{AnyConn, DbResult, WriteTx};

diesel::table! {
    /// A view: what is inserted there becomes a mail and its task, by one statement.
    courriel_depose (cle) {
        cle -> Text,
        modele -> Text,
        destinataire -> Text,
        sujet -> Text,
        texte -> Text,
        html -> Text,
        cree_le -> Timestamp,
        dossier_id -> Nullable<Int8>,
    }
}

/// A mail to send after commit.
#[derive(Insertable)]
#[diesel(table_name = courriel_depose)]
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
    /// Now: it is due at once.
    pub cree_le: NaiveDateTime,
}

/// Queues a mail, about the case that the last event of the transaction happened to.
///
/// # Errors
/// [`super::contrainte::Contrainte::TacheUneFois`] when it was queued already.
pub fn deposer(tx: &mut WriteTx<'_>, nouveau: &NouveauCourriel<'_>) -> DbResult<()> {
    let dossier = courriel_depose::dossier_id.eq(tx.dossier());
    diesel::insert_into(courriel_depose::table)
        .values((nouveau, dossier))
        .execute(&mut **tx)?;
    tx.annoncer_tache();
    Ok(())
}

/// A mail as read, with its task.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = courriel)]
pub struct CourrielStocke {
    /// Identifier, of the task too.
    pub id: i64,
    /// Its kind.
    pub modele: String,
    /// To whom.
    pub destinataire: String,
    /// Subject.
    pub sujet: String,
    /// Plain text.
    pub texte: String,
    /// HTML.
    pub html: String,
    /// Where its sending stands.
    #[diesel(embed)]
    pub tache: Tache,
}

/// One mail.
///
/// # Errors
/// [`super::DbError::Introuvable`].
pub fn lire(conn: &mut AnyConn, id: i64) -> DbResult<CourrielStocke> {
    Ok(courriel::table
        .inner_join(tache::table)
        .filter(courriel::id.eq(id))
        .select(<CourrielStocke as Selectable<Multi>>::construct_selection())
        .first(conn)?)
}

/// The mail that was queued under a key, if it was.
pub fn par_cle(conn: &mut AnyConn, cle: &str) -> DbResult<Option<CourrielStocke>> {
    Ok(courriel::table
        .inner_join(tache::table)
        .filter(tache::cle.eq(cle))
        .select(<CourrielStocke as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// The last mails queued, newest first.
pub fn derniers(conn: &mut AnyConn, limite: i64) -> DbResult<Vec<CourrielStocke>> {
    Ok(courriel::table
        .inner_join(tache::table)
        .order(courriel::id.desc())
        .limit(limite)
        .select(<CourrielStocke as Selectable<Multi>>::construct_selection())
        .load(conn)?)
}

/// Writes to whom a mail goes; its words stay.
pub fn changer_destinataire(tx: &mut WriteTx<'_>, id: i64, destinataire: &str) -> DbResult<()> {
    diesel::update(courriel::table.find(id))
        .set(courriel::destinataire.eq(destinataire))
        .execute(&mut **tx)?;
    Ok(())
}

/// Keeps back the mail of a key as long as it has not left: it has no object any more. Returns whether it never left and
/// never will; one that failed has not reached anybody.
pub fn retenir(tx: &mut WriteTx<'_>, cle: &str, now: NaiveDateTime) -> DbResult<bool> {
    let retenus = diesel::update(tache::table)
        .filter(tache::cle.eq(cle))
        .filter(tache::etat.eq_any([EtatTache::AFaire, EtatTache::Echec]))
        .set((
            tache::etat.eq(EtatTache::Classee),
            tache::conclue_le.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(retenus > 0)
}

/// A mail that did not arrive, or perhaps not.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct CourrielPerdu {
    /// Identifier, of the task too.
    pub id: i64,
    /// Its kind.
    pub modele: String,
    /// To whom.
    pub destinataire: String,
    /// Subject.
    pub sujet: String,
    /// Failed, or uncertain.
    pub etat: EtatTache,
    /// When it was written (UTC).
    pub cree_le: NaiveDateTime,
}

/// The mails about a case that failed or are uncertain, oldest first.
pub fn lecture_perdus(dossier_id: i64) -> impl Lecture<Ligne = CourrielPerdu> {
    lecture(
        tache::table
            .inner_join(courriel::table.on(courriel::id.eq(tache::id)))
            .filter(tache::dossier_id.eq(dossier_id))
            .filter(TACHE_MORTE)
            .order(tache::id)
            .select((
                courriel::id,
                courriel::modele,
                courriel::destinataire,
                courriel::sujet,
                tache::etat,
                tache::cree_le,
            )),
    )
}
