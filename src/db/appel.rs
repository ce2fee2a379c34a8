//! REG-12: the calls for candidates on places without successor.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::appel::EtatAppel;
use regles::grand_livre::EtatPlace;

use super::cessation::Service;
use super::condition::APPEL_OUVERT;
use super::dialect::Multi;
use super::schema::{appel, bassin, cessation, commune, organisme, place};
use super::{AnyConn, CpamScope, DbResult, WriteTx, une_ligne};

/// A call.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = appel)]
pub struct Appel {
    /// Identifier.
    pub id: i64,
    /// The place.
    pub place_id: i64,
    /// The CPAM.
    pub organisme_code: String,
    /// The charter that ranks, the one in force on the day of the opening.
    pub charte_id: i64,
    /// Where it stands.
    pub etat: EtatAppel,
    /// Day of the opening.
    pub ouvert_le: NaiveDate,
    /// Last day to apply.
    pub cloture: NaiveDate,
    /// How the last day was computed, JSON of the steps (ECH-3).
    pub explication: String,
    /// Length of the delay, in words; none where an earlier version of the program did not keep it.
    pub delai: Option<String>,
    /// Who opened it.
    pub ouvert_par: i64,
    /// Day of the ranking by the CPD.
    pub cpd_le: Option<NaiveDate>,
    /// Why the CPD departs from the computed ranking.
    pub cpd_motif: Option<String>,
    /// When it was attributed or closed (UTC).
    pub clos_le: Option<NaiveDateTime>,
    /// Reasons of the attribution, or of the closing.
    pub motif: Option<String>,
    /// The ranking on which the place was attributed, JSON (EXP-2).
    pub classement: Option<String>,
    /// Last day for the winner to file.
    pub depot_limite: Option<NaiveDate>,
    /// Who recorded the ranking of the CPD.
    pub cpd_par: Option<i64>,
    /// When (UTC).
    pub cpd_saisi_le: Option<NaiveDateTime>,
    /// Version of the row.
    pub version: i32,
}

impl Appel {
    /// Whether somebody may still apply on that day.
    pub fn recoit(&self, jour: NaiveDate) -> bool {
        self.etat == EtatAppel::Ouvert && jour <= self.cloture
    }
}

/// A call with what places it.
#[derive(Debug, Clone, Queryable)]
pub struct AppelComplet {
    /// The call.
    pub appel: Appel,
    /// The departure that opened the place.
    pub cessation_id: i64,
    /// The zone.
    pub bassin_code: String,
    /// Its name.
    pub bassin: String,
    /// The commune left.
    pub commune: String,
    /// The CPAM.
    pub service: Service,
}

/// A place that waits for a call.
#[derive(Debug, Clone, Queryable)]
pub struct PlaceAAttribuer {
    /// The place.
    pub id: i64,
    /// The departure that opened it.
    pub cessation_id: i64,
    /// Name of the zone.
    pub bassin: String,
    /// The commune left.
    pub commune: String,
    /// End of the delay to designate.
    pub limite: Option<NaiveDate>,
}

macro_rules! complets {
    () => {
        appel::table
            .inner_join(
                place::table
                    .inner_join(cessation::table.inner_join(commune::table))
                    .inner_join(bassin::table),
            )
            .inner_join(organisme::table)
            .select((
                <Appel as Selectable<Multi>>::construct_selection(),
                place::cessation_id,
                bassin::code,
                bassin::nom,
                commune::nom,
                <Service as Selectable<Multi>>::construct_selection(),
            ))
    };
}

/// A call, for those of the CPAM.
///
/// # Errors
/// [`super::DbError::Introuvable`] when it does not exist or is out of scope.
pub fn complet(conn: &mut AnyConn, scope: &CpamScope, id: i64) -> DbResult<AppelComplet> {
    let requete = complets!().filter(appel::id.eq(id));
    Ok(match scope {
        CpamScope::Organisme(code) => requete.filter(appel::organisme_code.eq(code)).first(conn)?,
        CpamScope::National => requete.first(conn)?,
        CpamScope::Kine(_) => return Err(super::DbError::Introuvable),
    })
}

/// The calls after an identifier, whatever their state, with the territory of their CPAM.
///
/// # Errors
/// The refusal of the database.
pub fn apres(conn: &mut AnyConn, id: i64, lignes: i64) -> DbResult<Vec<(Appel, String)>> {
    Ok(appel::table
        .inner_join(organisme::table)
        .filter(appel::id.gt(id))
        .order(appel::id)
        .limit(lignes)
        .select((
            <Appel as Selectable<Multi>>::construct_selection(),
            organisme::territoire,
        ))
        .load(conn)?)
}

/// How many calls are stored: for the progress of a command, never for a page.
///
/// # Errors
/// The refusal of the database.
pub fn nombre(conn: &mut AnyConn) -> DbResult<i64> {
    Ok(appel::table.count().get_result(conn)?)
}

/// A call, for anybody: calls are public.
///
/// # Errors
/// [`super::DbError::Introuvable`].
pub fn public(conn: &mut AnyConn, id: i64) -> DbResult<AppelComplet> {
    complet(conn, &CpamScope::National, id)
}

/// The calls that receive applications on a day, by deadline, after the one given.
///
/// # Errors
/// The refusal of the database.
pub fn ouverts(
    conn: &mut AnyConn,
    jour: NaiveDate,
    apres: Option<(NaiveDate, i64)>,
    limite: i64,
) -> DbResult<Vec<AppelComplet>> {
    let mut requete = complets!()
        .filter(APPEL_OUVERT)
        .filter(appel::cloture.ge(jour))
        .order((appel::cloture, appel::id))
        .limit(limite)
        .into_boxed();
    if let Some((cloture, id)) = apres {
        requete = requete.filter(
            appel::cloture
                .gt(cloture)
                .or(appel::cloture.eq(cloture).and(appel::id.gt(id))),
        );
    }
    Ok(requete.load(conn)?)
}

/// The calls of a CPAM, newest first, before the one given.
///
/// # Errors
/// The refusal of the database.
pub fn d_organisme(
    conn: &mut AnyConn,
    organisme: &str,
    avant: Option<i64>,
    limite: i64,
) -> DbResult<Vec<AppelComplet>> {
    let mut requete = complets!()
        .filter(appel::organisme_code.eq(organisme))
        .order(appel::id.desc())
        .limit(limite)
        .into_boxed();
    if let Some(avant) = avant {
        requete = requete.filter(appel::id.lt(avant));
    }
    Ok(requete.load(conn)?)
}

/// The places of a CPAM that are to be attributed and have no call under way, oldest first.
///
/// # Errors
/// The refusal of the database.
pub fn a_ouvrir(conn: &mut AnyConn, organisme: &str) -> DbResult<Vec<PlaceAAttribuer>> {
    let en_cours = appel::table
        .filter(appel::place_id.eq(place::id))
        .filter(APPEL_OUVERT);
    Ok(place::table
        .inner_join(cessation::table.inner_join(commune::table))
        .inner_join(bassin::table)
        .filter(place::organisme_code.eq(organisme))
        .filter(place::etat.eq(EtatPlace::AAttribuer))
        .filter(diesel::dsl::not(diesel::dsl::exists(en_cours)))
        .order(place::id)
        .limit(100)
        .select((
            place::id,
            place::cessation_id,
            bassin::nom,
            commune::nom,
            place::limite_designation,
        ))
        .load(conn)?)
}

/// The call under way on a place, if there is one.
///
/// # Errors
/// The refusal of the database.
pub fn en_cours(conn: &mut AnyConn, place_id: i64) -> DbResult<Option<i64>> {
    Ok(appel::table
        .filter(appel::place_id.eq(place_id))
        .filter(APPEL_OUVERT)
        .select(appel::id)
        .first(conn)
        .optional()?)
}

/// A call to open.
#[derive(Insertable)]
#[diesel(table_name = appel)]
pub struct NouvelAppel<'a> {
    /// The place.
    pub place_id: i64,
    /// The CPAM.
    pub organisme_code: &'a str,
    /// The charter.
    pub charte_id: i64,
    /// Open.
    pub etat: EtatAppel,
    /// Today.
    pub ouvert_le: NaiveDate,
    /// Last day to apply.
    pub cloture: NaiveDate,
    /// How it was computed, JSON.
    pub explication: &'a str,
    /// Length of the delay, in words (EXP-2).
    pub delai: &'a str,
    /// Who opens it.
    pub ouvert_par: i64,
    /// Always 1 at first.
    pub version: i32,
}

/// Opens a call and returns its identifier.
///
/// # Errors
/// [`super::contrainte::Contrainte::AppelEnCours`] when the place has one already.
pub fn inserer(tx: &mut WriteTx<'_>, nouvel: &NouvelAppel<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(appel::table)
        .values(nouvel)
        .returning(appel::id)
        .get_result(&mut **tx)?)
}

/// What changes in a call; `None` leaves as it is.
#[derive(Default, AsChangeset)]
#[diesel(table_name = appel)]
pub struct ChangementAppel<'a> {
    /// Where it stands.
    pub etat: Option<EtatAppel>,
    /// Day of the ranking by the CPD.
    pub cpd_le: Option<NaiveDate>,
    /// Why the CPD departs from the computed ranking.
    pub cpd_motif: Option<Option<&'a str>>,
    /// When it is closed (UTC).
    pub clos_le: Option<NaiveDateTime>,
    /// Who closes it.
    pub clos_par: Option<i64>,
    /// Reasons.
    pub motif: Option<&'a str>,
    /// The ranking kept, JSON.
    pub classement: Option<&'a str>,
    /// Last day for the winner to file.
    pub depot_limite: Option<NaiveDate>,
    /// Who records the ranking of the CPD.
    pub cpd_par: Option<i64>,
    /// When (UTC).
    pub cpd_saisi_le: Option<NaiveDateTime>,
}

/// Changes a call read in this version; with nothing to change, only makes the others who read it start again.
///
/// # Errors
/// [`super::DbError::Perime`] when it changed since.
pub fn modifier(
    tx: &mut WriteTx<'_>,
    lu: &Appel,
    changement: &ChangementAppel<'_>,
) -> DbResult<()> {
    une_ligne(
        diesel::update(appel::table.find(lu.id))
            .filter(appel::version.eq(lu.version).and(appel::etat.eq(lu.etat)))
            .set((changement, appel::version.eq(appel::version + 1)))
            .execute(&mut **tx)?,
    )
}
