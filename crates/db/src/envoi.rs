//! PRO-8: how a decision, or the reasons of a refusal born of silence, was sent, and what is known of it since.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::decision::ModeNotification;
use regles::notification::{Chemin, Envoi as Faits, Retour};

use super::condition::parmi;
use super::ensemble::{Lecture, lecture};
use super::schema::{demande, envoi};
use super::{AnyConn, DbError, DbResult, WriteTx, une_ligne};

/// An envoi.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Envoi {
    /// Identifier.
    pub id: i64,
    /// What was sent; none for the reasons of a refusal born of silence.
    pub decision_id: Option<i64>,
    /// How.
    pub moyen: ModeNotification,
    /// Made available, or sent (UTC).
    pub envoye_le: NaiveDateTime,
    /// Number of the registered letter.
    pub numero: Option<String>,
    /// Day the person was told that the letter waits.
    pub avisee_le: Option<NaiveDate>,
    /// Day it was handed over.
    pub remise_le: Option<NaiveDate>,
    /// Why it came back.
    pub retour: Option<Retour>,
    /// First opening in the portal (UTC).
    pub ouverte_le: Option<NaiveDateTime>,
    /// Last day to open it in the portal.
    pub terme: Option<NaiveDate>,
    /// The day that counts, once it is known.
    pub notifiee_le: Option<NaiveDate>,
}

/// An envoi to store.
#[derive(Debug, Insertable)]
#[diesel(table_name = envoi)]
pub struct NouvelEnvoi {
    /// The request.
    pub dossier_id: i64,
    /// What is sent; none for the reasons of a refusal born of silence (PRO-7).
    pub decision_id: Option<i64>,
    /// How.
    pub moyen: ModeNotification,
    /// Now, or the day it was posted.
    pub envoye_le: NaiveDateTime,
    /// Who sends it; nobody for the product itself.
    pub par: Option<i64>,
    /// Last day to open it in the portal.
    pub terme: Option<NaiveDate>,
}

/// What is learnt of an envoi; every field is written.
#[derive(Debug, Clone, AsChangeset)]
#[diesel(table_name = envoi, treat_none_as_null = true)]
pub struct Suite {
    /// Number of the registered letter.
    pub numero: Option<String>,
    /// Day the person was told that the letter waits.
    pub avisee_le: Option<NaiveDate>,
    /// Day it was handed over.
    pub remise_le: Option<NaiveDate>,
    /// Why it came back.
    pub retour: Option<Retour>,
    /// First opening (UTC).
    pub ouverte_le: Option<NaiveDateTime>,
    /// The day that counts.
    pub notifiee_le: Option<NaiveDate>,
}

impl Envoi {
    /// What the rules ask of it. `jour`: a moment in UTC as a day of the caisse.
    ///
    /// # Errors
    /// [`DbError::Incoherent`]: handed over without a day.
    pub fn faits(&self, jour: fn(NaiveDateTime) -> NaiveDate) -> DbResult<Faits> {
        Ok(match self.moyen {
            ModeNotification::Portail => Faits::Espace {
                // Nothing is made available without a consent.
                consenti: true,
                disposition: jour(self.envoye_le),
                ouverte: self.ouverte_le.map(jour),
            },
            ModeNotification::Recommande => Faits::Recommande {
                avisee: self.avisee_le,
                remise: self.remise_le,
                retour: self.retour,
            },
            ModeNotification::MainPropre => Faits::MainPropre {
                recue: self
                    .remise_le
                    .ok_or_else(|| DbError::Incoherent(format!("envoi {} sans jour", self.id)))?,
            },
        })
    }
}

/// The columns of an [`Envoi`].
macro_rules! colonnes {
    () => {
        (
            envoi::id,
            envoi::decision_id,
            envoi::moyen,
            envoi::envoye_le,
            envoi::numero,
            envoi::avisee_le,
            envoi::remise_le,
            envoi::retour,
            envoi::ouverte_le,
            envoi::terme,
            envoi::notifiee_le,
        )
    };
}

/// The envois of a decision, oldest first.
pub fn lecture_de(decision_id: i64) -> impl Lecture<Ligne = Envoi> {
    lecture(
        envoi::table
            .filter(envoi::decision_id.eq(decision_id))
            .order(envoi::id)
            .select(colonnes!()),
    )
}

/// The envois of a case that are of no decision, oldest first: those of the answer to an appeal (PRO-9).
pub fn lecture_du_dossier(dossier_id: i64) -> impl Lecture<Ligne = Envoi> {
    lecture(
        envoi::table
            .filter(envoi::dossier_id.eq(dossier_id))
            .filter(envoi::decision_id.is_null())
            .order(envoi::id)
            .select(colonnes!()),
    )
}

/// PRO-7: how the reasons of a refusal born of silence were made available; none before.
pub fn des_raisons(conn: &mut AnyConn, dossier_id: i64) -> DbResult<Option<Envoi>> {
    Ok(envoi::table
        .filter(envoi::dossier_id.eq(dossier_id))
        .filter(envoi::decision_id.is_null())
        .select(colonnes!())
        .first(conn)
        .optional()?)
}

/// PRO-8: something that was sent, and that nothing says received yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct EnChemin {
    id: i64,
    /// The request.
    pub dossier_id: i64,
    /// What was sent; none for the reasons of a refusal born of silence (PRO-7).
    decision_id: Option<i64>,
    moyen: ModeNotification,
    envoye_le: NaiveDateTime,
    terme: Option<NaiveDate>,
}

impl EnChemin {
    /// The last day to open it in the portal; none for a letter.
    pub fn a_ouvrir(&self) -> Option<NaiveDate> {
        self.terme
            .filter(|_| self.moyen == ModeNotification::Portail)
    }

    /// Where the decision of a request is, from what is on its way: what was sent last counts.
    pub fn de_la_decision<'a>(
        siens: impl IntoIterator<Item = &'a EnChemin>,
        dossier_id: i64,
    ) -> Chemin {
        let dernier = siens
            .into_iter()
            .filter(|e| e.dossier_id == dossier_id && e.decision_id.is_some())
            .max_by_key(|e| e.id);
        match dernier {
            None => Chemin::PasEncore,
            Some(e) => match e.a_ouvrir() {
                Some(terme) => Chemin::Espace(terme),
                // The day it was posted, as the agent wrote it.
                None => Chemin::Lettre(e.envoye_le.date()),
            },
        }
    }
}

/// What is on its way, of these requests: neither received nor come back.
pub fn lecture_en_chemin(demandes: Vec<i64>) -> impl Lecture<Ligne = EnChemin> {
    lecture(
        envoi::table
            .filter(parmi(envoi::dossier_id, demandes))
            .filter(envoi::notifiee_le.is_null())
            .filter(envoi::retour.is_null())
            .select((
                envoi::id,
                envoi::dossier_id,
                envoi::decision_id,
                envoi::moyen,
                envoi::envoye_le,
                envoi::terme,
            )),
    )
}

/// The same for one request: where its decision is.
pub fn chemin(conn: &mut AnyConn, dossier_id: i64) -> DbResult<Chemin> {
    let lues = lecture_en_chemin(vec![dossier_id]).toutes(conn)?;
    Ok(EnChemin::de_la_decision(&lues, dossier_id))
}

/// The latest envoi of a decision by one means: a letter may follow what still waits in the portal.
pub fn dernier(
    conn: &mut AnyConn,
    decision_id: i64,
    moyen: ModeNotification,
) -> DbResult<Option<Envoi>> {
    let envois = lecture_de(decision_id).toutes(conn)?;
    Ok(envois.into_iter().rfind(|e| e.moyen == moyen))
}

/// Stores an envoi and returns its identifier.
pub fn creer(tx: &mut WriteTx<'_>, nouvel: &NouvelEnvoi) -> DbResult<i64> {
    Ok(diesel::insert_into(envoi::table)
        .values(nouvel)
        .returning(envoi::id)
        .get_result(&mut **tx)?)
}

/// Writes what is learnt of an envoi.
///
/// # Errors
/// [`DbError::Perime`] once its day is known: it never changes afterwards.
pub fn suivre(tx: &mut WriteTx<'_>, id: i64, suite: &Suite) -> DbResult<()> {
    une_ligne(
        diesel::update(envoi::table.find(id))
            .filter(envoi::notifiee_le.is_null())
            .set(suite)
            .execute(&mut **tx)?,
    )
}

/// The requests after an identifier whose decision waits in the portal past its last day, was not opened, and was
/// notified by no other means.
pub fn echus(conn: &mut AnyConn, apres: i64, jour: NaiveDate, lignes: i64) -> DbResult<Vec<i64>> {
    Ok(envoi::table
        .inner_join(demande::table.on(demande::id.eq(envoi::dossier_id)))
        .filter(envoi::decision_id.is_not_null())
        .filter(demande::notifiee_le.is_null())
        .filter(envoi::moyen.eq(ModeNotification::Portail))
        .filter(envoi::notifiee_le.is_null())
        .filter(envoi::terme.lt(jour))
        .filter(envoi::dossier_id.gt(apres))
        .order(envoi::dossier_id)
        .limit(lignes)
        .select(envoi::dossier_id)
        .load(conn)?)
}

/// The requests after an identifier of which the reasons of a refusal born of silence wait past their last day, in order.
pub fn raisons_echues(
    conn: &mut AnyConn,
    apres: i64,
    jour: NaiveDate,
    lignes: i64,
) -> DbResult<Vec<i64>> {
    Ok(envoi::table
        .inner_join(demande::table.on(demande::id.eq(envoi::dossier_id)))
        .filter(envoi::decision_id.is_null())
        .filter(envoi::moyen.eq(ModeNotification::Portail))
        .filter(envoi::notifiee_le.is_null())
        .filter(envoi::terme.lt(jour))
        .filter(envoi::dossier_id.gt(apres))
        .order(envoi::dossier_id)
        .limit(lignes)
        .select(envoi::dossier_id)
        .load(conn)?)
}
