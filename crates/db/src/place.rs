//! The places that departures open (REG-2, REG-3).

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::grand_livre::EtatPlace;
use regles::passage::Passage;

use super::condition::{Visible, parmi};
use super::dialect::Multi;
use super::ensemble::{Lecture, lecture};
use super::schema::{dossier, place};
use super::{AnyConn, CpamScope, DbResult, WriteTx, une_ligne};

/// A place as read.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = place)]
pub struct Place {
    /// Identifier.
    pub id: i64,
    /// The departure that opened it.
    #[diesel(select_expression = place::id)]
    pub depart_id: i64,
    /// The CPAM.
    pub caisse_code: String,
    /// The zone.
    pub bassin_code: String,
    /// REG-5: last day to designate a successor.
    pub limite_designation: Option<NaiveDate>,
    /// REG-4: `favorable` or `defavorable`, below the floor of acts.
    pub avis_cpd: Option<String>,
    /// Where it stands.
    pub etat: EtatPlace,
    /// Why it was opened or not, JSON of the explanation (EXP-2).
    pub explication: String,
    /// Version of the parameters it was evaluated under.
    pub parametres: String,
    /// What it was evaluated from, JSON; none where an earlier version of the program did not keep it.
    pub faits: Option<String>,
    /// Version of the row.
    pub version: i32,
    /// When the departure was confirmed (UTC).
    pub cree_le: NaiveDateTime,
}

/// A place to open.
#[derive(Debug, Insertable)]
#[diesel(table_name = place)]
pub struct NouvellePlace<'a> {
    /// The departure that opens it, whose identifier it shares.
    pub id: i64,
    /// The CPAM.
    pub caisse_code: &'a str,
    /// The zone.
    pub bassin_code: &'a str,
    /// REG-5: last day to designate a successor.
    pub limite_designation: Option<NaiveDate>,
    /// Its first state.
    pub etat: EtatPlace,
    /// The explanation, JSON.
    pub explication: &'a str,
    /// What it was evaluated from, JSON (EXP-2).
    pub faits: &'a str,
    /// Version of the parameters.
    pub parametres: &'a str,
    /// Always 1 at first.
    pub version: i32,
    /// Now.
    pub cree_le: NaiveDateTime,
}

/// What the rules say of a place, evaluated again.
#[derive(Debug, AsChangeset)]
#[diesel(table_name = place, treat_none_as_null = true)]
pub struct PlaceDite<'a> {
    /// REG-5: last day to designate a successor.
    pub limite_designation: Option<NaiveDate>,
    /// Why, JSON of the explanation.
    pub explication: &'a str,
    /// What it was evaluated from, JSON (EXP-2).
    pub faits: &'a str,
    /// Version of the parameters.
    pub parametres: &'a str,
}

/// Opens the place of a departure; its case stays open while the place may still find its successor.
///
/// # Errors
/// [`super::contrainte::Contrainte::PlaceDeDepart`] when the departure already opened one (REG-2).
pub fn inserer(tx: &mut WriteTx<'_>, nouvelle: &NouvellePlace<'_>) -> DbResult<()> {
    diesel::insert_into(place::table)
        .values(nouvelle)
        .execute(&mut **tx)?;
    suivre(tx, nouvelle.id, nouvelle.etat)
}

/// Closes or opens the case of the departure with its place.
fn suivre(tx: &mut WriteTx<'_>, id: i64, etat: EtatPlace) -> DbResult<()> {
    super::dossier::attendre(tx, id, etat.attend())
}

/// A place of the scope; for a practitioner, one that her own departure opened.
///
/// # Errors
/// [`super::DbError::Introuvable`] when it does not exist or is out of scope.
pub fn lire(conn: &mut AnyConn, scope: &CpamScope, id: i64) -> DbResult<Place> {
    Ok(place::table
        .inner_join(dossier::table.on(dossier::id.eq(place::id)))
        .filter(place::id.eq(id))
        .filter(Visible(scope.clone()))
        .select(<Place as Selectable<Multi>>::construct_selection())
        .first(conn)?)
}

/// A place by its identifier, whoever asks: for what the software does by itself, and for a request that names it.
///
/// # Errors
/// [`super::DbError::Introuvable`].
pub fn par_id(conn: &mut AnyConn, id: i64) -> DbResult<Place> {
    Ok(place::table
        .find(id)
        .select(<Place as Selectable<Multi>>::construct_selection())
        .first(conn)?)
}

/// The place of a request that names one.
pub fn lecture_nommee(id: Option<i64>) -> impl Lecture<Ligne = Place> {
    lecture(
        place::table
            .filter(place::id.nullable().eq(id))
            .select(<Place as Selectable<Multi>>::construct_selection()),
    )
}

/// The places after an identifier, whatever their state.
pub fn apres(conn: &mut AnyConn, id: i64, lignes: i64) -> DbResult<Vec<Place>> {
    Ok(place::table
        .filter(place::id.gt(id))
        .order(place::id)
        .limit(lignes)
        .select(<Place as Selectable<Multi>>::construct_selection())
        .load(conn)?)
}

/// How many places are stored: for the progress of a command, never for a page.
pub fn nombre(conn: &mut AnyConn) -> DbResult<i64> {
    Ok(place::table.count().get_result(conn)?)
}

/// Makes the others who decide on this place wait until the end of the transaction: the place that is read
/// next is the one that every later question of this transaction sees. On SQLite the write transaction does.
pub fn verrouiller(tx: &mut WriteTx<'_>, id: i64) -> DbResult<()> {
    if !tx.is_sqlite() {
        diesel::update(place::table.find(id))
            .set(place::version.eq(place::version))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// The place that a departure opened, if it was confirmed.
pub fn de_depart(conn: &mut AnyConn, depart_id: i64) -> DbResult<Option<Place>> {
    Ok(place::table
        .filter(place::id.eq(depart_id))
        .select(<Place as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// The places that departures opened.
pub fn lecture_de_departs(departs: Vec<i64>) -> impl Lecture<Ligne = Place> {
    lecture(
        place::table
            .filter(parmi(place::id, departs))
            .order(place::id)
            .select(<Place as Selectable<Multi>>::construct_selection()),
    )
}

/// Moves a place that has not changed since it was read; a passage that stays where it is only makes the others who read
/// it start again.
///
/// # Errors
/// [`super::DbError::Perime`] when it is no longer in the state or the version that was read.
pub fn passer(tx: &mut WriteTx<'_>, lue: &Place, passage: Passage<EtatPlace>) -> DbResult<()> {
    une_ligne(
        diesel::update(place::table.find(lue.id))
            .filter(
                place::etat
                    .eq(passage.de())
                    .and(place::version.eq(lue.version)),
            )
            .set((
                place::etat.eq(passage.vers()),
                place::version.eq(place::version + 1),
            ))
            .execute(&mut **tx)?,
    )?;
    suivre(tx, lue.id, passage.vers())
}

/// Writes the opinion of the commission, and what it makes of the place (REG-4).
///
/// # Errors
/// [`super::DbError::Perime`] when the place changed since it was read.
pub fn noter_avis(
    tx: &mut WriteTx<'_>,
    lue: &Place,
    avis: &str,
    passage: Passage<EtatPlace>,
    dite: &PlaceDite<'_>,
) -> DbResult<()> {
    une_ligne(
        diesel::update(place::table.find(lue.id))
            .filter(
                place::etat
                    .eq(passage.de())
                    .and(place::version.eq(lue.version)),
            )
            .set((
                place::avis_cpd.eq(avis),
                place::etat.eq(passage.vers()),
                dite,
                place::version.eq(place::version + 1),
            ))
            .execute(&mut **tx)?,
    )?;
    suivre(tx, lue.id, passage.vers())
}

/// Writes what the rules say of a place once a fact of its departure was corrected (REG-3, REG-5).
///
/// # Errors
/// [`super::DbError::Perime`] when the place changed since it was read.
pub fn reevaluer(
    tx: &mut WriteTx<'_>,
    lue: &Place,
    passage: Passage<EtatPlace>,
    dite: &PlaceDite<'_>,
) -> DbResult<()> {
    une_ligne(
        diesel::update(place::table.find(lue.id))
            .filter(
                place::etat
                    .eq(passage.de())
                    .and(place::version.eq(lue.version)),
            )
            .set((
                place::etat.eq(passage.vers()),
                dite,
                place::version.eq(place::version + 1),
            ))
            .execute(&mut **tx)?,
    )?;
    suivre(tx, lue.id, passage.vers())
}

/// How many places of a bassin wait for a successor: open, and without a designation that was accepted.
pub fn ouvertes(conn: &mut AnyConn, bassin_code: &str) -> DbResult<i64> {
    use super::schema::designation;
    let acceptee = designation::table
        .filter(designation::place_id.eq(place::id))
        .filter(designation::etat.eq("acceptee"));
    Ok(place::table
        .filter(
            place::bassin_code
                .eq(bassin_code)
                .and(place::etat.eq(EtatPlace::Ouverte)),
        )
        .filter(diesel::dsl::not(diesel::dsl::exists(acceptee)))
        .count()
        .get_result(conn)?)
}
