//! Requests for conventionnement.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};
use regles::demande::{EtatDemande, NatureDemande};
use regles::zonage::Categorie;

use super::cessation::{Praticien, Service};
use super::dialect::Multi;
use super::schema::{bassin, commune, demande, kine, organisme, utilisateur};
use super::{AnyConn, CpamScope, DbResult, WriteTx, une_ligne};

/// A request.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = demande)]
pub struct Demande {
    /// Identifier.
    pub id: i64,
    /// Number given to people, as `131-2026-000042`.
    pub numero: String,
    /// The CPAM (PRO-1).
    pub organisme_code: String,
    /// The applicant.
    pub kine_id: i64,
    /// What it rests on.
    pub nature: NatureDemande,
    /// The place of a succession.
    pub place_id: Option<i64>,
    /// DER-1: family A, B or C.
    pub derogation_famille: Option<String>,
    /// DER-2: code of the ground.
    pub derogation_motif: Option<String>,
    /// The applicant's words.
    pub derogation_expose: Option<String>,
    /// DER-3: opinion of the CPD.
    pub derogation_avis_cpd: Option<String>,
    /// Commune of practice.
    pub insee: String,
    /// Its bassin (ZON-2).
    pub bassin_code: String,
    /// Category of the zone on the day of filing (ZON-10).
    pub categorie_depot: Categorie,
    /// Address of practice.
    pub adresse: String,
    /// REG-10 (a): already conventioned in this zone; none when unknown.
    pub deja_conventionne_zone: Option<bool>,
    /// ALT-3: year of entry into training.
    pub entree_formation: Option<i32>,
    /// ALT-1 (a): hours in an establishment.
    pub heures_etablissement: Option<i32>,
    /// ALT-2: hours of clinicat.
    pub heures_clinicat: Option<i32>,
    /// ALT-1 (b): commitment in an under-served zone.
    pub engagement_zone: Option<bool>,
    /// Where it stands.
    pub etat: EtatDemande,
    /// The agent in charge.
    pub assigne_a: Option<i64>,
    /// When it was filed (UTC).
    pub deposee_le: NaiveDateTime,
    /// Day on which the file was complete.
    pub complete_le: Option<NaiveDate>,
    /// Day of the notification (PRO-8).
    pub notifiee_le: Option<NaiveDate>,
    /// `recommande` or `portail`.
    pub notification_mode: Option<String>,
    /// Day of the installation (REG-9).
    pub installee_le: Option<NaiveDate>,
    /// What is due first.
    pub prochaine_echeance: NaiveDate,
    /// Its nature, as in [`regles::echeance::NatureEcheance`].
    pub echeance_nature: String,
    /// Grows with every change.
    pub version: i32,
}

/// A request with the names that a screen shows.
#[derive(Debug, Clone, Queryable)]
pub struct DemandeComplete {
    /// The request.
    pub demande: Demande,
    /// The applicant.
    pub kine: Praticien,
    /// E-mail address of the applicant.
    pub courriel: String,
    /// Name of the commune.
    pub commune: String,
    /// Name of the bassin.
    pub bassin: String,
    /// The CPAM.
    pub service: Service,
    /// First name and name of the agent in charge.
    pub suivi_par: Option<(String, String)>,
}

/// A request to store.
#[derive(Insertable)]
#[diesel(table_name = demande)]
pub struct NouvelleDemande<'a> {
    /// Number given to people.
    pub numero: &'a str,
    /// The CPAM.
    pub organisme_code: &'a str,
    /// The applicant.
    pub kine_id: i64,
    /// What it rests on.
    pub nature: NatureDemande,
    /// The place of a succession.
    pub place_id: Option<i64>,
    /// Family of a derogation.
    pub derogation_famille: Option<&'a str>,
    /// Ground of a derogation.
    pub derogation_motif: Option<&'a str>,
    /// The applicant's words.
    pub derogation_expose: Option<&'a str>,
    /// Commune of practice.
    pub insee: &'a str,
    /// Its bassin.
    pub bassin_code: &'a str,
    /// Category of the zone on the day of filing.
    pub categorie_depot: Categorie,
    /// Address of practice.
    pub adresse: &'a str,
    /// Already conventioned in this zone.
    pub deja_conventionne_zone: Option<bool>,
    /// Year of entry into training.
    pub entree_formation: Option<i32>,
    /// Hours in an establishment.
    pub heures_etablissement: Option<i32>,
    /// Hours of clinicat.
    pub heures_clinicat: Option<i32>,
    /// Commitment in an under-served zone.
    pub engagement_zone: Option<bool>,
    /// Where it stands.
    pub etat: EtatDemande,
    /// Now.
    pub deposee_le: NaiveDateTime,
    /// What is due first.
    pub prochaine_echeance: NaiveDate,
    /// Its nature.
    pub echeance_nature: &'a str,
    /// Key of the form: the same form sent twice files once.
    pub cle_idempotence: Option<&'a str>,
    /// 1 at first.
    pub version: i32,
}

/// What changes in a request; `None` leaves the column alone.
#[derive(Default, AsChangeset)]
#[diesel(table_name = demande)]
pub struct ChangementDemande<'a> {
    /// Where it stands.
    pub etat: Option<EtatDemande>,
    /// The agent in charge.
    pub assigne_a: Option<Option<i64>>,
    /// Day on which the file was complete.
    pub complete_le: Option<Option<NaiveDate>>,
    /// Opinion of the CPD.
    pub derogation_avis_cpd: Option<&'a str>,
    /// Already conventioned in this zone.
    pub deja_conventionne_zone: Option<Option<bool>>,
    /// Day of the notification.
    pub notifiee_le: Option<NaiveDate>,
    /// How it was notified.
    pub notification_mode: Option<&'a str>,
    /// Day of the installation.
    pub installee_le: Option<NaiveDate>,
    /// What is due first.
    pub prochaine_echeance: Option<NaiveDate>,
    /// Its nature.
    pub echeance_nature: Option<&'a str>,
}

/// Reads a request that the caller may see, by its number.
///
/// # Errors
/// [`super::DbError::Introuvable`] when it does not exist or is out of scope.
pub fn lire(conn: &mut AnyConn, scope: &CpamScope, numero: &str) -> DbResult<Demande> {
    let requete = demande::table
        .filter(demande::numero.eq(numero))
        .select(<Demande as Selectable<Multi>>::construct_selection())
        .into_boxed();
    Ok(match scope {
        CpamScope::National => requete.first(conn)?,
        CpamScope::Organisme(code) => requete
            .filter(demande::organisme_code.eq(code))
            .first(conn)?,
        CpamScope::Kine(kine_id) => requete.filter(demande::kine_id.eq(kine_id)).first(conn)?,
    })
}

/// Reads a request that the caller may see, with the names that a screen shows.
///
/// # Errors
/// [`super::DbError::Introuvable`] when it does not exist or is out of scope.
pub fn complete(conn: &mut AnyConn, scope: &CpamScope, numero: &str) -> DbResult<DemandeComplete> {
    let suivi = diesel::alias!(utilisateur as suivi);
    let requete = demande::table
        .inner_join(kine::table.inner_join(utilisateur::table))
        .inner_join(commune::table)
        .inner_join(bassin::table.on(bassin::code.eq(demande::bassin_code)))
        .inner_join(organisme::table.on(organisme::code.eq(demande::organisme_code)))
        .left_join(
            suivi.on(suivi
                .field(utilisateur::id)
                .nullable()
                .eq(demande::assigne_a)),
        )
        .filter(demande::numero.eq(numero))
        .select((
            <Demande as Selectable<Multi>>::construct_selection(),
            <Praticien as Selectable<Multi>>::construct_selection(),
            utilisateur::courriel,
            commune::nom,
            bassin::nom,
            <Service as Selectable<Multi>>::construct_selection(),
            suivi
                .fields((utilisateur::prenom, utilisateur::nom))
                .nullable(),
        ))
        .into_boxed();
    Ok(match scope {
        CpamScope::National => requete.first(conn)?,
        CpamScope::Organisme(code) => requete
            .filter(demande::organisme_code.eq(code))
            .first(conn)?,
        CpamScope::Kine(kine_id) => requete.filter(demande::kine_id.eq(kine_id)).first(conn)?,
    })
}

/// The requests of a practitioner with the name of the commune, newest first.
///
/// # Errors
/// The refusal of the database.
pub fn de_kine(conn: &mut AnyConn, kine_id: i64) -> DbResult<Vec<(Demande, String)>> {
    Ok(demande::table
        .inner_join(commune::table)
        .filter(demande::kine_id.eq(kine_id))
        .order(demande::id.desc())
        .select((
            <Demande as Selectable<Multi>>::construct_selection(),
            commune::nom,
        ))
        .load(conn)?)
}

/// The requests made on a place, oldest first.
///
/// # Errors
/// The refusal of the database.
pub fn de_place(conn: &mut AnyConn, place_id: i64) -> DbResult<Vec<Demande>> {
    Ok(demande::table
        .filter(demande::place_id.eq(place_id))
        .order(demande::id)
        .select(<Demande as Selectable<Multi>>::construct_selection())
        .load(conn)?)
}

/// The number of the request that this form already filed, if it was sent before.
///
/// # Errors
/// The refusal of the database.
pub fn par_cle(conn: &mut AnyConn, kine_id: i64, cle: &str) -> DbResult<Option<String>> {
    Ok(demande::table
        .filter(demande::kine_id.eq(kine_id))
        .filter(demande::cle_idempotence.eq(cle))
        .select(demande::numero)
        .first(conn)
        .optional()?)
}

#[derive(QueryableByName)]
struct Rang {
    #[diesel(sql_type = Integer)]
    dernier: i32,
}

/// The next number of a CPAM and year. The row stays locked until the end of the transaction:
/// numbers follow each other without a gap, and an undone filing gives its number back.
///
/// # Errors
/// The refusal of the database.
pub fn numero_suivant(tx: &mut WriteTx<'_>, organisme: &str, annee: i32) -> DbResult<String> {
    let rang: Rang = diesel::sql_query(
        "INSERT INTO numerotation (organisme_code, annee, dernier) VALUES ($1, $2, 1) \
         ON CONFLICT (organisme_code, annee) DO UPDATE SET dernier = numerotation.dernier + 1 \
         RETURNING dernier",
    )
    .bind::<Text, _>(organisme)
    .bind::<Integer, _>(annee)
    .get_result(&mut **tx)?;
    Ok(format!("{organisme}-{annee}-{:06}", rang.dernier))
}

/// Stores a request, puts its words in the search index, and returns its identifier.
///
/// # Errors
/// The refusal of the database.
pub fn inserer(tx: &mut WriteTx<'_>, nouvelle: &NouvelleDemande<'_>) -> DbResult<i64> {
    let id = diesel::insert_into(demande::table)
        .values(nouvelle)
        .returning(demande::id)
        .get_result(&mut **tx)?;
    super::mots::indexer(tx, id)?;
    Ok(id)
}

/// What a CPAM corrects in a request; `None` leaves the column alone.
#[derive(Debug, Default, AsChangeset)]
#[diesel(table_name = demande)]
pub struct CorrectionDemande<'a> {
    /// Commune of practice.
    pub insee: Option<&'a str>,
    /// Its bassin.
    pub bassin_code: Option<&'a str>,
    /// Category of the zone on the day of filing.
    pub categorie_depot: Option<Categorie>,
    /// Address of practice.
    pub adresse: Option<&'a str>,
    /// Already conventioned in this zone.
    pub deja_conventionne_zone: Option<Option<bool>>,
    /// Year of entry into training.
    pub entree_formation: Option<Option<i32>>,
    /// Hours in an establishment.
    pub heures_etablissement: Option<Option<i32>>,
    /// Hours of clinicat.
    pub heures_clinicat: Option<Option<i32>>,
    /// Commitment in an under-served zone.
    pub engagement_zone: Option<Option<bool>>,
}

/// Corrects a request that has not changed since it was read; its search words are written again.
///
/// # Errors
/// [`super::DbError::Perime`] when its version is no longer `version`.
pub fn corriger(
    tx: &mut WriteTx<'_>,
    id: i64,
    version: i32,
    correction: &CorrectionDemande<'_>,
) -> DbResult<()> {
    une_ligne(
        diesel::update(demande::table)
            .filter(demande::id.eq(id).and(demande::version.eq(version)))
            .set((correction, demande::version.eq(version + 1)))
            .execute(&mut **tx)?,
    )?;
    super::mots::indexer(tx, id)
}

/// Changes a request that has not changed since it was read.
///
/// # Errors
/// [`super::DbError::Perime`] when its version is no longer `version`;
/// [`super::contrainte::Contrainte::PlaceConsommee`] when its place has its arrival (REG-2).
pub fn modifier(
    tx: &mut WriteTx<'_>,
    id: i64,
    version: i32,
    changement: &ChangementDemande<'_>,
) -> DbResult<()> {
    une_ligne(
        diesel::update(demande::table)
            .filter(demande::id.eq(id).and(demande::version.eq(version)))
            .set((changement, demande::version.eq(version + 1)))
            .execute(&mut **tx)?,
    )
}
