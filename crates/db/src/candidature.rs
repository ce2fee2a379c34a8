//! REG-12: the applications to a call, and the values that the charter ranks.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use regles::appel::EtatCandidature;
use regles::passage::Passage;

use super::condition::parmi;
use super::dialect::Multi;
use super::ensemble::{Lecture, lecture};
use super::schema::{appel, bassin, candidature, candidature_valeur, compte, dossier, kine};
use super::{AnyConn, DbResult, WriteTx, une_ligne};

/// An application.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = candidature)]
pub struct Candidature {
    /// Identifier.
    pub id: i64,
    /// The call.
    pub appel_id: i64,
    /// Who applies.
    pub kine_id: i64,
    /// What became of it.
    pub etat: EtatCandidature,
    /// Why it was set aside.
    pub motif: Option<String>,
    /// Rank given by the CPD.
    pub rang_cpd: Option<i32>,
    /// When it was received (UTC).
    pub deposee_le: NaiveDateTime,
}

/// An application with who applies.
#[derive(Debug, Clone, Queryable)]
pub struct CandidatureComplete {
    /// The application.
    pub candidature: Candidature,
    /// First name.
    pub prenom: String,
    /// Name.
    pub nom: String,
    /// RPPS.
    pub rpps: String,
    /// E-mail address of the account.
    pub courriel: String,
}

impl CandidatureComplete {
    /// First name and name.
    pub fn nom_complet(&self) -> String {
        format!("{} {}", self.prenom, self.nom)
    }
}

/// The value of a criterion for an application.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = candidature_valeur)]
pub struct Valeur {
    /// The application.
    pub candidature_id: i64,
    /// The criterion.
    pub critere_id: i64,
    /// What the candidate says.
    pub declaree: Option<i64>,
    /// What the CPAM retains after looking at the documents.
    pub retenue: Option<i64>,
    /// Who checked it.
    pub verifiee_par: Option<i64>,
    /// When (UTC).
    pub verifiee_le: Option<NaiveDateTime>,
}

macro_rules! completes {
    () => {
        candidature::table
            .inner_join(kine::table.inner_join(compte::table))
            .select((
                <Candidature as Selectable<Multi>>::construct_selection(),
                kine::prenom,
                kine::nom,
                kine::rpps,
                compte::courriel,
            ))
    };
}

/// The applications to a call, in the order received; the withdrawn ones too.
pub fn d_appel(conn: &mut AnyConn, appel_id: i64) -> DbResult<Vec<CandidatureComplete>> {
    Ok(completes!()
        .filter(candidature::appel_id.eq(appel_id))
        .order(candidature::id)
        .load(conn)?)
}

/// An application to a call.
///
/// # Errors
/// [`super::DbError::Introuvable`].
pub fn lire(conn: &mut AnyConn, appel_id: i64, id: i64) -> DbResult<CandidatureComplete> {
    Ok(completes!()
        .filter(candidature::appel_id.eq(appel_id))
        .filter(candidature::id.eq(id))
        .first(conn)?)
}

/// The latest application of a practitioner to a call, if there is one.
pub fn de_kine(
    conn: &mut AnyConn,
    appel_id: i64,
    kine_id: i64,
) -> DbResult<Option<CandidatureComplete>> {
    Ok(completes!()
        .filter(candidature::appel_id.eq(appel_id))
        .filter(candidature::kine_id.eq(kine_id))
        .order(candidature::id.desc())
        .first(conn)
        .optional()?)
}

/// The latest applications of a practitioner, each with the name of the zone and the last day of its call.
pub fn lecture_de_kine(
    kine_id: i64,
) -> impl Lecture<Ligne = (Candidature, String, chrono::NaiveDate)> {
    lecture(
        candidature::table
            .inner_join(appel::table)
            .inner_join(dossier::table.on(dossier::id.eq(candidature::appel_id)))
            .inner_join(bassin::table.on(bassin::code.eq(dossier::bassin_code)))
            .filter(candidature::kine_id.eq(kine_id))
            .order(candidature::id.desc())
            .limit(20)
            .select((
                <Candidature as Selectable<Multi>>::construct_selection(),
                bassin::nom,
                appel::cloture,
            )),
    )
}

/// The values of these applications.
pub fn valeurs(conn: &mut AnyConn, candidatures: &[i64]) -> DbResult<Vec<Valeur>> {
    Ok(candidature_valeur::table
        .filter(parmi(candidature_valeur::candidature_id, candidatures))
        .select(<Valeur as Selectable<Multi>>::construct_selection())
        .load(conn)?)
}

/// Stores an application and what it declares, and returns its identifier.
///
/// # Errors
/// [`super::contrainte::Contrainte::CandidatureUnique`] when this practitioner already applies.
pub fn inserer(
    tx: &mut WriteTx<'_>,
    appel_id: i64,
    kine_id: i64,
    declarees: &[(i64, Option<i64>)],
    now: NaiveDateTime,
) -> DbResult<i64> {
    let id: i64 = diesel::insert_into(candidature::table)
        .values((
            candidature::appel_id.eq(appel_id),
            candidature::kine_id.eq(kine_id),
            candidature::etat.eq(EtatCandidature::DEBUT),
            candidature::deposee_le.eq(now),
        ))
        .returning(candidature::id)
        .get_result(&mut **tx)?;
    for (critere_id, declaree) in declarees {
        diesel::insert_into(candidature_valeur::table)
            .values(&Valeur {
                candidature_id: id,
                critere_id: *critere_id,
                declaree: *declaree,
                retenue: None,
                verifiee_par: None,
                verifiee_le: None,
            })
            .execute(&mut **tx)?;
    }
    Ok(id)
}

/// Writes what an application declares now; what the CPAM had retained of a value that changes is to be checked again.
/// Says whether something changed.
pub fn corriger(
    tx: &mut WriteTx<'_>,
    candidature_id: i64,
    declarees: &[(i64, Option<i64>)],
) -> DbResult<bool> {
    let avant = valeurs(tx, &[candidature_id])?;
    let mut change = false;
    for (critere_id, declaree) in declarees {
        let ancienne = avant.iter().find(|v| v.critere_id == *critere_id);
        if ancienne.is_some_and(|v| v.declaree == *declaree) {
            continue;
        }
        change = true;
        une_ligne(
            diesel::update(candidature_valeur::table.find((candidature_id, critere_id)))
                .set((
                    candidature_valeur::declaree.eq(declaree),
                    candidature_valeur::retenue.eq(None::<i64>),
                    candidature_valeur::verifiee_par.eq(None::<i64>),
                    candidature_valeur::verifiee_le.eq(None::<NaiveDateTime>),
                ))
                .execute(&mut **tx)?,
        )?;
    }
    Ok(change)
}

/// Records what the CPAM retains for a criterion; none: still unknown.
///
/// # Errors
/// [`super::DbError::Perime`] when the application has no such criterion.
pub fn retenir(
    tx: &mut WriteTx<'_>,
    candidature_id: i64,
    critere_id: i64,
    retenue: Option<i64>,
    par: i64,
    now: NaiveDateTime,
) -> DbResult<()> {
    une_ligne(
        diesel::update(candidature_valeur::table.find((candidature_id, critere_id)))
            .set((
                candidature_valeur::retenue.eq(retenue),
                candidature_valeur::verifiee_par.eq(par),
                candidature_valeur::verifiee_le.eq(now),
            ))
            .execute(&mut **tx)?,
    )
}

/// Closes an application.
///
/// # Errors
/// [`super::DbError::Perime`] when it is no longer in the state that was read; [`super::contrainte::Contrainte::Attribution`] when another
/// one of the call was already retained.
pub fn clore(
    tx: &mut WriteTx<'_>,
    id: i64,
    passage: Passage<EtatCandidature>,
    motif: Option<&str>,
    now: NaiveDateTime,
) -> DbResult<()> {
    une_ligne(
        diesel::update(candidature::table.find(id))
            .filter(candidature::etat.eq(passage.de()))
            .set((
                candidature::etat.eq(passage.vers()),
                candidature::motif.eq(motif),
                candidature::close_le.eq(now),
            ))
            .execute(&mut **tx)?,
    )
}

/// The application retained filed nothing in time, or its author gave up: it is out, and those that it had passed are in
/// the running again.
///
/// # Errors
/// [`super::DbError::Perime`] when it is no longer the one retained.
pub fn rouvrir(
    tx: &mut WriteTx<'_>,
    (id, sortie): (i64, Passage<EtatCandidature>),
    (appel_id, retour): (i64, Passage<EtatCandidature>),
    now: NaiveDateTime,
) -> DbResult<()> {
    une_ligne(
        diesel::update(candidature::table.find(id))
            .filter(candidature::etat.eq(sortie.de()))
            .set((
                candidature::etat.eq(sortie.vers()),
                candidature::close_le.eq(now),
            ))
            .execute(&mut **tx)?,
    )?;
    diesel::update(
        candidature::table
            .filter(candidature::appel_id.eq(appel_id))
            .filter(candidature::etat.eq(retour.de())),
    )
    .set((
        candidature::etat.eq(retour.vers()),
        candidature::close_le.eq(None::<NaiveDateTime>),
    ))
    .execute(&mut **tx)?;
    Ok(())
}

/// The call of an application.
///
/// # Errors
/// [`super::DbError::Introuvable`].
pub fn appel_de(conn: &mut AnyConn, id: i64) -> DbResult<i64> {
    Ok(candidature::table
        .find(id)
        .select(candidature::appel_id)
        .first(conn)?)
}

/// Records the rank that the CPD gives.
///
/// # Errors
/// [`super::DbError::Perime`] when the application is no longer in the running.
pub fn ranger(tx: &mut WriteTx<'_>, id: i64, rang: i32) -> DbResult<()> {
    une_ligne(
        diesel::update(candidature::table.find(id))
            .filter(candidature::etat.eq(EtatCandidature::Deposee))
            .set(candidature::rang_cpd.eq(rang))
            .execute(&mut **tx)?,
    )
}
