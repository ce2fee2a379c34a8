//! Departures: the definitive cessations, as declared and as confirmed.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::cessation::EtatCessation;
use regles::zonage::Categorie;

use super::condition::parmi;
use super::dialect::Multi;
use super::schema::{bassin, cessation, commune, kine, organisme, utilisateur};
use super::{AnyConn, CpamScope, DbResult, WriteTx, une_ligne};

/// A departure.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = cessation)]
pub struct Cessation {
    /// Identifier.
    pub id: i64,
    /// Who leaves.
    pub kine_id: i64,
    /// The CPAM of the place of practice (PRO-1).
    pub organisme_code: String,
    /// The commune left.
    pub insee: String,
    /// Its bassin (ZON-2).
    pub bassin_code: String,
    /// Category of the zone on the day of the cessation, or of the declaration when it lies ahead.
    pub categorie: Categorie,
    /// Address left.
    pub adresse: String,
    /// Day of the definitive cessation.
    pub date_cessation: NaiveDate,
    /// Acts of the twelve months before; none when unknown.
    pub actes_12_mois: Option<i32>,
    /// Where it stands.
    pub etat: EtatCessation,
    /// Why it was rejected.
    pub motif: Option<String>,
    /// Grows with every change.
    pub version: i32,
    /// When it was declared (UTC).
    pub declaree_le: NaiveDateTime,
    /// When the CPAM answered (UTC).
    pub traitee_le: Option<NaiveDateTime>,
    /// Who answered.
    pub traitee_par: Option<i64>,
}

/// The practitioner behind a departure or a request.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = kine)]
pub struct Praticien {
    /// Identifier.
    pub id: i64,
    /// The account.
    pub utilisateur_id: i64,
    /// RPPS.
    pub rpps: String,
    /// First name.
    pub prenom: String,
    /// Name.
    pub nom: String,
    /// Telephone.
    pub telephone: Option<String>,
    /// Grows with every correction of who they are.
    pub version: i32,
}

impl Praticien {
    /// First name and name.
    pub fn nom_complet(&self) -> String {
        format!("{} {}", self.prenom, self.nom)
    }
}

/// The service to write to (PRO-2).
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = organisme)]
pub struct Service {
    /// Code of the CPAM.
    pub code: String,
    /// Its name.
    pub nom: String,
    /// Territory whose public holidays count (ECH-2), as stored.
    pub territoire: String,
    /// Postal address.
    pub adresse: Option<String>,
    /// E-mail address.
    pub courriel: Option<String>,
    /// Telephone.
    pub telephone: Option<String>,
}

impl Service {
    /// Name, address, e-mail and telephone, one line each; what is unknown is left out.
    pub fn lignes(&self) -> Vec<String> {
        [
            Some(&self.nom),
            self.adresse.as_ref(),
            self.courriel.as_ref(),
            self.telephone.as_ref(),
        ]
        .into_iter()
        .flatten()
        .cloned()
        .collect()
    }
}

/// A departure with the names that a screen shows.
#[derive(Debug, Clone, Queryable)]
pub struct CessationComplete {
    /// The departure.
    pub cessation: Cessation,
    /// Who leaves.
    pub kine: Praticien,
    /// E-mail address of the leaver.
    pub courriel: String,
    /// Name of the commune.
    pub commune: String,
    /// Name of the bassin.
    pub bassin: String,
    /// The CPAM.
    pub service: Service,
}

/// A departure to store.
#[derive(Insertable)]
#[diesel(table_name = cessation)]
pub struct NouvelleCessation<'a> {
    /// Who leaves.
    pub kine_id: i64,
    /// The CPAM.
    pub organisme_code: &'a str,
    /// The commune left.
    pub insee: &'a str,
    /// Its bassin.
    pub bassin_code: &'a str,
    /// Category of the zone.
    pub categorie: Categorie,
    /// Address left.
    pub adresse: &'a str,
    /// Day of the definitive cessation.
    pub date_cessation: NaiveDate,
    /// Acts of the twelve months before.
    pub actes_12_mois: Option<i32>,
    /// Where it stands.
    pub etat: EtatCessation,
    /// Key of the form: the same form sent twice declares once.
    pub cle_idempotence: Option<&'a str>,
    /// 1 at first.
    pub version: i32,
    /// Now.
    pub declaree_le: NaiveDateTime,
}

/// What changes in a departure; `None` leaves the column alone.
#[derive(Default, AsChangeset)]
#[diesel(table_name = cessation)]
pub struct ChangementCessation<'a> {
    /// Where it stands.
    pub etat: Option<EtatCessation>,
    /// Why it was rejected.
    pub motif: Option<&'a str>,
    /// Acts, once corrected by the CPAM.
    pub actes_12_mois: Option<Option<i32>>,
    /// Day of the cessation, once corrected by the CPAM.
    pub date_cessation: Option<NaiveDate>,
    /// Category of the zone at the day of the cessation.
    pub categorie: Option<Categorie>,
    /// Address left, once corrected.
    pub adresse: Option<&'a str>,
    /// When the CPAM answered.
    pub traitee_le: Option<NaiveDateTime>,
    /// Who answered.
    pub traitee_par: Option<i64>,
}

/// Reads a departure that the caller may see.
///
/// # Errors
/// [`super::DbError::Introuvable`] when it does not exist or is out of scope.
pub fn lire(conn: &mut AnyConn, scope: &CpamScope, id: i64) -> DbResult<Cessation> {
    let requete = cessation::table
        .filter(cessation::id.eq(id))
        .select(<Cessation as Selectable<Multi>>::construct_selection())
        .into_boxed();
    Ok(match scope {
        CpamScope::National => requete.first(conn)?,
        CpamScope::Organisme(code) => requete
            .filter(cessation::organisme_code.eq(code))
            .first(conn)?,
        CpamScope::Kine(kine_id) => requete.filter(cessation::kine_id.eq(kine_id)).first(conn)?,
    })
}

/// Reads a departure that the caller may see, with the names that a screen shows.
///
/// # Errors
/// [`super::DbError::Introuvable`] when it does not exist or is out of scope.
pub fn complete(conn: &mut AnyConn, scope: &CpamScope, id: i64) -> DbResult<CessationComplete> {
    let requete = cessation::table
        .inner_join(kine::table.inner_join(utilisateur::table))
        .inner_join(commune::table)
        .inner_join(bassin::table)
        .inner_join(organisme::table)
        .filter(cessation::id.eq(id))
        .select((
            <Cessation as Selectable<Multi>>::construct_selection(),
            <Praticien as Selectable<Multi>>::construct_selection(),
            utilisateur::courriel,
            commune::nom,
            bassin::nom,
            <Service as Selectable<Multi>>::construct_selection(),
        ))
        .into_boxed();
    Ok(match scope {
        CpamScope::National => requete.first(conn)?,
        CpamScope::Organisme(code) => requete
            .filter(cessation::organisme_code.eq(code))
            .first(conn)?,
        CpamScope::Kine(kine_id) => requete.filter(cessation::kine_id.eq(kine_id)).first(conn)?,
    })
}

/// The departures of a practitioner with the name of the commune, newest first.
///
/// # Errors
/// The refusal of the database.
pub fn de_kine(conn: &mut AnyConn, kine_id: i64) -> DbResult<Vec<(Cessation, String)>> {
    Ok(cessation::table
        .inner_join(commune::table)
        .filter(cessation::kine_id.eq(kine_id))
        .order(cessation::id.desc())
        .select((
            <Cessation as Selectable<Multi>>::construct_selection(),
            commune::nom,
        ))
        .load(conn)?)
}

/// The departure that this form already declared, if it was sent before.
///
/// # Errors
/// The refusal of the database.
pub fn par_cle(conn: &mut AnyConn, kine_id: i64, cle: &str) -> DbResult<Option<i64>> {
    Ok(cessation::table
        .filter(cessation::kine_id.eq(kine_id))
        .filter(cessation::cle_idempotence.eq(cle))
        .select(cessation::id)
        .first(conn)
        .optional()?)
}

/// The departure of a practitioner that still counts in a bassin, if there is one.
///
/// # Errors
/// The refusal of the database.
pub fn en_cours(conn: &mut AnyConn, kine_id: i64, bassin: &str) -> DbResult<Option<i64>> {
    Ok(cessation::table
        .filter(cessation::kine_id.eq(kine_id))
        .filter(cessation::bassin_code.eq(bassin))
        .filter(parmi(
            cessation::etat,
            [EtatCessation::Declaree, EtatCessation::Confirmee],
        ))
        .select(cessation::id)
        .first(conn)
        .optional()?)
}

/// Stores a departure and returns its identifier.
///
/// # Errors
/// [`super::contrainte::Contrainte::CessationUnique`] when one already counts in this zone.
pub fn inserer(tx: &mut WriteTx<'_>, nouvelle: &NouvelleCessation<'_>) -> DbResult<i64> {
    let id = diesel::insert_into(cessation::table)
        .values(nouvelle)
        .returning(cessation::id)
        .get_result(&mut **tx)?;
    super::mots::indexer_depart(tx, id)?;
    Ok(id)
}

/// Changes a departure that has not changed since it was read.
///
/// # Errors
/// [`super::DbError::Perime`] when its version is no longer `version`.
pub fn modifier(
    tx: &mut WriteTx<'_>,
    id: i64,
    version: i32,
    changement: &ChangementCessation<'_>,
) -> DbResult<()> {
    une_ligne(
        diesel::update(cessation::table)
            .filter(cessation::id.eq(id).and(cessation::version.eq(version)))
            .set((changement, cessation::version.eq(version + 1)))
            .execute(&mut **tx)?,
    )
}
