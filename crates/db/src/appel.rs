//! REG-12: the calls for candidates on places without successor.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::appel::EtatAppel;
use regles::dossier::NatureDossier;
use regles::grand_livre::EtatPlace;
use regles::passage::Passage;

use super::condition::{APPEL_OUVERT, Visible};
use super::depart::Service;
use super::dialect::Multi;
use super::dossier::{self as tronc, ChangementDossier, NouveauDossier, sauf_vide};
use super::schema::{appel, bassin, caisse, commune, dossier, place};
use super::{AnyConn, CpamScope, DbResult, WriteTx};

/// A call.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = appel)]
pub struct Appel {
    /// Identifier.
    pub id: i64,
    /// Number given to people.
    #[diesel(select_expression = dossier::numero)]
    pub numero: String,
    /// The agent in charge.
    #[diesel(select_expression = dossier::assigne_a)]
    pub assigne_a: Option<i64>,
    /// The place.
    #[diesel(select_expression = dossier::place_id.assume_not_null())]
    pub place_id: i64,
    /// The CPAM.
    #[diesel(select_expression = dossier::caisse_code)]
    pub caisse_code: String,
    /// The charter that ranks, the one in force on the day of the opening.
    pub charte_id: i64,
    /// Where it stands.
    #[diesel(select_expression = dossier::etat)]
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
    #[diesel(select_expression = dossier::version)]
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
    pub depart_id: i64,
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
    pub depart_id: i64,
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
            .inner_join(dossier::table)
            .inner_join(commune::table.on(commune::insee.eq(dossier::insee)))
            .inner_join(bassin::table.on(bassin::code.eq(dossier::bassin_code)))
            .inner_join(caisse::table.on(caisse::code.eq(dossier::caisse_code)))
            .select((
                <Appel as Selectable<Multi>>::construct_selection(),
                dossier::place_id.assume_not_null(),
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
    Ok(complets!()
        .filter(appel::id.eq(id))
        .filter(Visible(scope.clone()))
        .first(conn)?)
}

/// The calls after an identifier, whatever their state, with the territory of their CPAM.
pub fn apres(conn: &mut AnyConn, id: i64, lignes: i64) -> DbResult<Vec<(Appel, String)>> {
    Ok(appel::table
        .inner_join(dossier::table)
        .inner_join(caisse::table.on(caisse::code.eq(dossier::caisse_code)))
        .filter(appel::id.gt(id))
        .order(appel::id)
        .limit(lignes)
        .select((
            <Appel as Selectable<Multi>>::construct_selection(),
            caisse::territoire,
        ))
        .load(conn)?)
}

/// How many calls are stored: for the progress of a command, never for a page.
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
pub fn ouverts(
    conn: &mut AnyConn,
    jour: NaiveDate,
    apres: Option<(NaiveDate, i64)>,
    limite: i64,
) -> DbResult<Vec<AppelComplet>> {
    let mut requete = complets!()
        .filter(APPEL_OUVERT)
        .filter(dossier::echeance.ge(jour))
        .order((dossier::echeance, dossier::id))
        .limit(limite)
        .into_boxed();
    if let Some((cloture, id)) = apres {
        requete = requete.filter(
            dossier::echeance
                .gt(cloture)
                .or(dossier::echeance.eq(cloture).and(dossier::id.gt(id))),
        );
    }
    Ok(requete.load(conn)?)
}

/// The places of a CPAM that are to be attributed and have no call under way, oldest first.
pub fn a_ouvrir(conn: &mut AnyConn, caisse: &str) -> DbResult<Vec<PlaceAAttribuer>> {
    let depart = diesel::alias!(dossier as depart);
    let en_cours = dossier::table
        .filter(dossier::place_id.eq(place::id.nullable()))
        .filter(APPEL_OUVERT);
    Ok(place::table
        .inner_join(depart.on(depart.field(dossier::id).eq(place::id)))
        .inner_join(commune::table.on(commune::insee.eq(depart.field(dossier::insee))))
        .inner_join(bassin::table.on(bassin::code.eq(place::bassin_code)))
        .filter(place::caisse_code.eq(caisse))
        .filter(place::etat.eq(EtatPlace::AAttribuer))
        .filter(diesel::dsl::not(diesel::dsl::exists(en_cours)))
        .order(place::id)
        .limit(100)
        .select((
            place::id,
            place::id,
            bassin::nom,
            commune::nom,
            place::limite_designation,
        ))
        .load(conn)?)
}

/// The call under way on a place, if there is one.
pub fn en_cours(conn: &mut AnyConn, place_id: i64) -> DbResult<Option<i64>> {
    Ok(dossier::table
        .filter(dossier::place_id.eq(place_id))
        .filter(APPEL_OUVERT)
        .select(dossier::id)
        .first(conn)
        .optional()?)
}

/// A call to open.
pub struct NouvelAppel<'a> {
    /// Number given to people.
    pub numero: &'a str,
    /// The place.
    pub place_id: i64,
    /// The CPAM.
    pub caisse_code: &'a str,
    /// The charter.
    pub charte_id: i64,
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
    /// Now.
    pub le: NaiveDateTime,
}

#[derive(Insertable)]
#[diesel(table_name = appel)]
struct LigneAppel<'a> {
    id: i64,
    charte_id: i64,
    ouvert_le: NaiveDate,
    cloture: NaiveDate,
    explication: &'a str,
    delai: &'a str,
    ouvert_par: i64,
}

/// What a call is ranked by in the queue.
const ECHEANCE_CLOTURE: &str = "cloture_appel";

/// Opens a call where the place is, and returns its identifier.
///
/// # Errors
/// [`super::contrainte::Contrainte::AppelEnCours`] when the place has one already.
pub fn inserer(tx: &mut WriteTx<'_>, n: &NouvelAppel<'_>) -> DbResult<i64> {
    let (insee, bassin): (String, String) = dossier::table
        .find(n.place_id)
        .select((dossier::insee, dossier::bassin_code))
        .first(&mut **tx)?;
    let id = tronc::ouvrir(
        tx,
        &NouveauDossier {
            nature: NatureDossier::Appel,
            numero: n.numero,
            caisse_code: n.caisse_code,
            kine_id: None,
            insee: &insee,
            bassin_code: &bassin,
            place_id: Some(n.place_id),
            etat: EtatAppel::DEBUT.as_str(),
            ouvert: EtatAppel::DEBUT.en_cours(),
            arrivee: false,
            echeance: n.cloture,
            echeance_nature: ECHEANCE_CLOTURE,
            depose_le: n.le,
            cle_idempotence: None,
            version: 1,
        },
    )?;
    diesel::insert_into(appel::table)
        .values(LigneAppel {
            id,
            charte_id: n.charte_id,
            ouvert_le: n.ouvert_le,
            cloture: n.cloture,
            explication: n.explication,
            delai: n.delai,
            ouvert_par: n.ouvert_par,
        })
        .execute(&mut **tx)?;
    super::mots::indexer(tx, id)?;
    // From here on the call carries what has to be done for this place.
    tronc::attendre(tx, n.place_id, false)?;
    Ok(id)
}

/// What changes in a call; `None` leaves as it is.
#[derive(Default)]
pub struct ChangementAppel<'a> {
    /// Where it stands.
    pub etat: Option<Passage<EtatAppel>>,
    /// What the call itself says.
    pub propre: ChangementPropre<'a>,
}

/// The part of a change that the trunk does not hold.
#[derive(Default, AsChangeset)]
#[diesel(table_name = appel)]
pub struct ChangementPropre<'a> {
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
    let tronc = ChangementDossier {
        etat: changement.etat.map(|p| p.vers().as_str()),
        ouvert: changement.etat.map(|p| p.vers().en_cours()),
        ..ChangementDossier::default()
    };
    tronc::modifier(tx, lu.id, lu.version, &tronc)?;
    // A place that is to be attributed still waits for another call.
    if changement.etat.map(|p| p.vers()) == Some(EtatAppel::SansSuite)
        && super::place::par_id(tx, lu.place_id)?.etat == EtatPlace::AAttribuer
    {
        tronc::attendre(tx, lu.place_id, true)?;
    }
    sauf_vide(
        diesel::update(appel::table.find(lu.id))
            .set(&changement.propre)
            .execute(&mut **tx),
    )
}
