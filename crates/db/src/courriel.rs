//! The outbox: a mail is a row written in the transaction that causes it, and claimed by one worker at a time.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::condition::{COURRIEL_A_ENVOYER, COURRIEL_EN_COURS};
use super::dialect::Multi;
use super::schema::courriel;
use super::{AnyConn, DbResult, WriteTx, une_ligne};

regles::text_enum! {
    /// Where a mail stands.
    pub enum EtatCourriel {
        /// Waits for its turn.
        AEnvoyer = "a_envoyer", "À envoyer";
        /// Claimed: on its way.
        EnCours = "en_cours", "En cours d’envoi";
        /// The relay took it.
        Envoye = "envoye", "Envoyé";
        /// Refused for good, or tried too often.
        Echec = "echec", "Non remis";
        /// The relay may have taken it: only a person sends it again.
        Incertain = "incertain", "Incertain";
    }
}

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
    /// Always to send at first.
    pub etat: EtatCourriel,
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
    tx.annoncer_courrier();
    Ok(())
}

/// A mail as read.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = courriel)]
pub struct CourrielStocke {
    /// Identifier.
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
    /// Where it stands.
    pub etat: EtatCourriel,
    /// Tries so far, the one under way included.
    pub tentatives: i32,
    /// When it was queued (UTC).
    pub cree_le: NaiveDateTime,
    /// When the relay took it (UTC).
    pub envoye_le: Option<NaiveDateTime>,
    /// What the last try answered.
    pub derniere_erreur: Option<String>,
}

/// How many mails are due, at most `limite`: what a round needs to know before it starts.
pub fn dus(conn: &mut AnyConn, now: NaiveDateTime, limite: i64) -> DbResult<usize> {
    let ids: Vec<i64> = courriel::table
        .filter(COURRIEL_A_ENVOYER)
        .filter(courriel::prochain_essai.le(now))
        .order((courriel::prochain_essai, courriel::id))
        .select(courriel::id)
        .limit(limite)
        .load(conn)?;
    Ok(ids.len())
}

/// Claims the mail that has been due for longest. Two workers never claim the same one: SQLite has one
/// writer at a time, PostgreSQL skips the rows that another transaction holds.
pub fn reclamer(tx: &mut WriteTx<'_>, now: NaiveDateTime) -> DbResult<Option<CourrielStocke>> {
    // The macro compiles the expression once per backend: the enum does not carry locking clauses.
    macro_rules! premier {
        () => {
            courriel::table
                .filter(COURRIEL_A_ENVOYER)
                .filter(courriel::prochain_essai.le(now))
                .order((courriel::prochain_essai, courriel::id))
                .select(courriel::id)
                .limit(1)
        };
    }
    let id: Option<i64> = match &mut **tx {
        AnyConn::Sqlite(conn) => premier!().first(conn),
        AnyConn::Pg(conn) => premier!().for_update().skip_locked().first(conn),
    }
    .optional()?;
    let Some(id) = id else { return Ok(None) };
    diesel::update(courriel::table.find(id))
        .set((
            courriel::etat.eq(EtatCourriel::EnCours),
            courriel::reclame_le.eq(now),
            courriel::tentatives.eq(courriel::tentatives + 1),
        ))
        .execute(&mut **tx)?;
    lire(tx, id).map(Some)
}

/// What became of a mail that was claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Issue {
    /// The relay took it.
    Envoye,
    /// Not before this instant.
    Reporte(NaiveDateTime, String),
    /// Never.
    Echec(String),
    /// Nobody knows.
    Incertain(String),
}

/// Writes what became of a mail that was claimed.
///
/// # Errors
/// [`super::DbError::Perime`] when it is not under way (or uncertain, its claim being too old).
pub fn conclure(tx: &mut WriteTx<'_>, id: i64, issue: &Issue, now: NaiveDateTime) -> DbResult<()> {
    let (etat, essai, envoye_le, erreur) = match issue {
        Issue::Envoye => (EtatCourriel::Envoye, now, Some(now), None),
        Issue::Reporte(quand, e) => (EtatCourriel::AEnvoyer, *quand, None, Some(e.as_str())),
        Issue::Echec(e) => (EtatCourriel::Echec, now, None, Some(e.as_str())),
        Issue::Incertain(e) => (EtatCourriel::Incertain, now, None, Some(e.as_str())),
    };
    une_ligne(
        diesel::update(courriel::table.find(id))
            .filter(courriel::etat.eq_any([EtatCourriel::EnCours, EtatCourriel::Incertain]))
            .set((
                courriel::etat.eq(etat),
                courriel::prochain_essai.eq(essai),
                courriel::envoye_le.eq(envoye_le),
                courriel::derniere_erreur.eq(erreur),
            ))
            .execute(&mut **tx)?,
    )
}

/// Declares uncertain the mails claimed before an instant and never concluded: the process that carried
/// them died. They may have left.
pub fn abandonner(tx: &mut WriteTx<'_>, reclames_avant: NaiveDateTime) -> DbResult<usize> {
    Ok(diesel::update(courriel::table)
        .filter(COURRIEL_EN_COURS)
        .filter(courriel::reclame_le.lt(reclames_avant))
        .set((
            courriel::etat.eq(EtatCourriel::Incertain),
            courriel::derniere_erreur.eq("l’envoi a été interrompu"),
        ))
        .execute(&mut **tx)?)
}

/// Whether some mail was claimed before an instant and never concluded.
pub fn a_abandonner(conn: &mut AnyConn, reclames_avant: NaiveDateTime) -> DbResult<bool> {
    Ok(diesel::select(diesel::dsl::exists(
        courriel::table
            .filter(COURRIEL_EN_COURS)
            .filter(courriel::reclame_le.lt(reclames_avant)),
    ))
    .get_result(conn)?)
}

/// Queues again a mail that failed or is uncertain: a person decided so.
///
/// # Errors
/// [`super::DbError::Perime`] for any other mail.
pub fn relancer(tx: &mut WriteTx<'_>, id: i64, now: NaiveDateTime) -> DbResult<()> {
    une_ligne(
        diesel::update(courriel::table.find(id))
            .filter(courriel::etat.eq_any([EtatCourriel::Echec, EtatCourriel::Incertain]))
            .set((
                courriel::etat.eq(EtatCourriel::AEnvoyer),
                courriel::tentatives.eq(0),
                courriel::prochain_essai.eq(now),
            ))
            .execute(&mut **tx)?,
    )?;
    tx.annoncer_courrier();
    Ok(())
}

/// One mail.
///
/// # Errors
/// [`super::DbError::Introuvable`].
pub fn lire(conn: &mut AnyConn, id: i64) -> DbResult<CourrielStocke> {
    Ok(courriel::table
        .find(id)
        .select(<CourrielStocke as Selectable<Multi>>::construct_selection())
        .first(conn)?)
}

/// The last mails queued, newest first.
pub fn derniers(conn: &mut AnyConn, limite: i64) -> DbResult<Vec<CourrielStocke>> {
    Ok(courriel::table
        .order(courriel::id.desc())
        .limit(limite)
        .select(<CourrielStocke as Selectable<Multi>>::construct_selection())
        .load(conn)?)
}

/// Whether a mail was queued under this key.
pub fn deja_depose(conn: &mut AnyConn, cle: &str) -> DbResult<bool> {
    let nombre: i64 = courriel::table
        .filter(courriel::cle.eq(cle))
        .count()
        .get_result(conn)?;
    Ok(nombre > 0)
}

/// When the mail of a key was queued (UTC), if it was.
pub fn depose_le(conn: &mut AnyConn, cle: &str) -> DbResult<Option<NaiveDateTime>> {
    Ok(courriel::table
        .filter(courriel::cle.eq(cle))
        .select(courriel::cree_le)
        .first(conn)
        .optional()?)
}
