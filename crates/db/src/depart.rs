//! Departures: the definitive cessations, as declared and as confirmed.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::depart::EtatDepart;
use regles::dossier::NatureDossier;
use regles::passage::Passage;
use regles::zonage::Categorie;

use super::condition::{Visible, parmi};
use super::decompte::DecompteStocke;
use super::dialect::Multi;
use super::dossier::{self as tronc, ChangementDossier, NouveauDossier, sauf_vide};
use super::ensemble::{Lecture, lecture};
use super::mots::{self, Mots};
use super::schema::{bassin, caisse, commune, compte, depart, dossier, kine};
pub use super::service::Service;
use super::{AnyConn, CpamScope, DbResult, WriteTx};

/// A departure.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = depart)]
pub struct Depart {
    /// Identifier.
    pub id: i64,
    /// Number given to people.
    #[diesel(select_expression = dossier::numero)]
    pub numero: String,
    /// Whether somebody still has to act.
    #[diesel(select_expression = dossier::ouvert)]
    pub ouvert: bool,
    /// The agent in charge.
    #[diesel(select_expression = dossier::assigne_a)]
    pub assigne_a: Option<i64>,
    /// Who leaves.
    #[diesel(select_expression = dossier::kine_id.assume_not_null())]
    pub kine_id: i64,
    /// The CPAM of the place of practice (PRO-1).
    #[diesel(select_expression = dossier::caisse_code)]
    pub caisse_code: String,
    /// The commune left.
    #[diesel(select_expression = dossier::insee)]
    pub insee: String,
    /// Its bassin (ZON-2).
    #[diesel(select_expression = dossier::bassin_code)]
    pub bassin_code: String,
    /// Category of the zone on the day of the declaration.
    pub categorie: Categorie,
    /// Address left.
    pub adresse: String,
    /// Day of the definitive cessation.
    pub date_cessation: NaiveDate,
    /// Acts of the twelve months before; none when unknown.
    pub actes_12_mois: Option<i32>,
    /// REG-15: whether who leaves practised there by derogation; none when unknown.
    pub par_derogation: Option<bool>,
    /// REG-7: whether the caisse opened it after a death, whose day is that of the departure.
    pub deces: bool,
    /// REG-16: category of the zone on the day of the cessation; none where no arrêté says it.
    pub categorie_cessation: Option<Categorie>,
    /// Where it stands.
    #[diesel(select_expression = dossier::etat)]
    pub etat: EtatDepart,
    /// Why it was rejected.
    pub motif: Option<String>,
    /// Grows with every change.
    #[diesel(select_expression = dossier::version)]
    pub version: i32,
    /// When it was declared (UTC).
    #[diesel(select_expression = dossier::depose_le)]
    pub declaree_le: NaiveDateTime,
    /// When the CPAM answered (UTC).
    pub traitee_le: Option<NaiveDateTime>,
    /// Who answered.
    pub traitee_par: Option<i64>,
    /// How the acts were counted, and what became of the count.
    #[diesel(embed)]
    pub decompte: DecompteStocke,
}

/// The practitioner behind a departure or a request.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = kine)]
pub struct Praticien {
    /// Identifier.
    pub id: i64,
    /// The account; none for somebody known by a paper.
    pub compte_id: Option<i64>,
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

/// A departure with the names that a screen shows.
#[derive(Debug, Clone, Queryable)]
pub struct DepartComplet {
    /// The departure.
    pub depart: Depart,
    /// Who leaves.
    pub kine: Praticien,
    /// E-mail address of the leaver's account; none without one.
    pub courriel: Option<String>,
    /// Name of the commune.
    pub commune: String,
    /// Name of the bassin.
    pub bassin: String,
    /// The CPAM.
    pub service: Service,
}

/// A departure to store.
pub struct NouveauDepart<'a> {
    /// Number given to people.
    pub numero: &'a str,
    /// Who leaves.
    pub kine_id: i64,
    /// The CPAM.
    pub caisse_code: &'a str,
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
    /// REG-15: whether who leaves practised there by derogation.
    pub par_derogation: Option<bool>,
    /// REG-7: opened by the caisse after a death.
    pub deces: bool,
    /// REG-16: category of the zone on the day of the cessation.
    pub categorie_cessation: Option<Categorie>,
    /// Key of the form: the same form sent twice declares once.
    pub cle_idempotence: Option<&'a str>,
    /// Now.
    pub declaree_le: NaiveDateTime,
    /// The words by which it is searched.
    pub mots: &'a Mots,
}

/// What changes in a departure; `None` leaves the column alone.
#[derive(Default)]
pub struct ChangementDepart<'a> {
    /// Where it stands.
    pub etat: Option<Passage<EtatDepart>>,
    /// Why it was rejected.
    pub motif: Option<&'a str>,
    /// Acts, once corrected by the CPAM.
    pub actes_12_mois: Option<Option<i32>>,
    /// Day of the cessation, once corrected by the CPAM.
    pub date_cessation: Option<NaiveDate>,
    /// REG-15: by derogation or not, once the CPAM says it.
    pub par_derogation: Option<Option<bool>>,
    /// REG-16: category of the zone on the day of the cessation, once that day is corrected.
    pub categorie_cessation: Option<Option<Categorie>>,
    /// Category of the zone at the day of the cessation.
    pub categorie: Option<Categorie>,
    /// Address left, once corrected.
    pub adresse: Option<&'a str>,
    /// When the CPAM answered.
    pub traitee_le: Option<NaiveDateTime>,
    /// Who answered.
    pub traitee_par: Option<i64>,
}

/// Every departure with the names that a screen shows.
macro_rules! completes {
    () => {
        depart::table
            .inner_join(dossier::table)
            .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
            .left_join(compte::table.on(compte::id.nullable().eq(kine::compte_id)))
            .inner_join(commune::table.on(commune::insee.eq(dossier::insee)))
            .inner_join(bassin::table.on(bassin::code.eq(dossier::bassin_code)))
            .inner_join(caisse::table.on(caisse::code.eq(dossier::caisse_code)))
            .select((
                <Depart as Selectable<Multi>>::construct_selection(),
                <Praticien as Selectable<Multi>>::construct_selection(),
                compte::courriel.nullable(),
                commune::nom,
                bassin::nom,
                <Service as Selectable<Multi>>::construct_selection(),
            ))
    };
}

/// Reads a departure that the caller may see.
///
/// # Errors
/// [`super::DbError::Introuvable`] when it does not exist or is out of scope.
pub fn lire(conn: &mut AnyConn, scope: &CpamScope, id: i64) -> DbResult<Depart> {
    Ok(depart::table
        .inner_join(dossier::table)
        .filter(depart::id.eq(id))
        .filter(Visible(scope.clone()))
        .select(<Depart as Selectable<Multi>>::construct_selection())
        .first(conn)?)
}

/// Reads a departure that the caller may see, with the names that a screen shows.
///
/// # Errors
/// [`super::DbError::Introuvable`] when it does not exist or is out of scope.
pub fn complete(conn: &mut AnyConn, scope: &CpamScope, id: i64) -> DbResult<DepartComplet> {
    Ok(completes!()
        .filter(depart::id.eq(id))
        .filter(Visible(scope.clone()))
        .first(conn)?)
}

/// The departure behind the place of a request, whoever asks.
pub fn lecture_de_place(place_id: Option<i64>) -> impl Lecture<Ligne = DepartComplet> {
    lecture(completes!().filter(depart::id.nullable().eq(place_id)))
}

/// The departures of a practitioner with the name of the commune, newest first.
pub fn lecture_de_kine(kine_id: i64) -> impl Lecture<Ligne = (Depart, String)> {
    lecture(
        depart::table
            .inner_join(dossier::table)
            .inner_join(commune::table.on(commune::insee.eq(dossier::insee)))
            .filter(dossier::kine_id.eq(kine_id))
            .filter(dossier::nature.eq(NatureDossier::Depart))
            .order(dossier::id.desc())
            .select((
                <Depart as Selectable<Multi>>::construct_selection(),
                commune::nom,
            )),
    )
}

/// The same, alone.
pub fn de_kine(conn: &mut AnyConn, kine_id: i64) -> DbResult<Vec<(Depart, String)>> {
    lecture_de_kine(kine_id).toutes(conn)
}

/// The departure that this form already declared, if it was sent before.
pub fn par_cle(conn: &mut AnyConn, kine_id: i64, cle: &str) -> DbResult<Option<i64>> {
    Ok(dossier::table
        .filter(dossier::kine_id.eq(kine_id))
        .filter(dossier::cle_idempotence.eq(cle))
        .select(dossier::id)
        .first(conn)
        .optional()?)
}

/// The departure of a practitioner that still counts in a bassin, if there is one.
pub fn en_cours(conn: &mut AnyConn, kine_id: i64, bassin: &str) -> DbResult<Option<i64>> {
    Ok(dossier::table
        .filter(dossier::kine_id.eq(kine_id))
        .filter(dossier::bassin_code.eq(bassin))
        .filter(dossier::nature.eq(NatureDossier::Depart))
        .filter(parmi(
            dossier::etat,
            [EtatDepart::Declaree, EtatDepart::Confirmee],
        ))
        .select(dossier::id)
        .first(conn)
        .optional()?)
}

#[derive(Insertable)]
#[diesel(table_name = depart)]
struct LigneDepart<'a> {
    id: i64,
    categorie: Categorie,
    adresse: &'a str,
    date_cessation: NaiveDate,
    actes_12_mois: Option<i32>,
    par_derogation: Option<bool>,
    deces: bool,
    categorie_cessation: Option<Categorie>,
}

/// What a departure is ranked by in the queue.
pub const ECHEANCE_CESSATION: &str = "cessation";

/// Opens a departure and returns its identifier.
///
/// # Errors
/// [`super::contrainte::Contrainte::DepartUnique`] when one already counts in this zone.
pub fn inserer(tx: &mut WriteTx<'_>, n: &NouveauDepart<'_>) -> DbResult<i64> {
    let id = tronc::ouvrir(
        tx,
        &NouveauDossier {
            nature: NatureDossier::Depart,
            numero: n.numero,
            caisse_code: n.caisse_code,
            kine_id: Some(n.kine_id),
            insee: n.insee,
            bassin_code: n.bassin_code,
            place_id: None,
            etat: EtatDepart::DEBUT.as_str(),
            ouvert: EtatDepart::DEBUT.en_cours(),
            arrivee: false,
            echeance: n.date_cessation,
            echeance_nature: ECHEANCE_CESSATION,
            depose_le: n.declaree_le,
            cle_idempotence: n.cle_idempotence,
            version: 1,
        },
    )?;
    diesel::insert_into(depart::table)
        .values(LigneDepart {
            id,
            categorie: n.categorie,
            adresse: n.adresse,
            date_cessation: n.date_cessation,
            actes_12_mois: n.actes_12_mois,
            par_derogation: n.par_derogation,
            deces: n.deces,
            categorie_cessation: n.categorie_cessation,
        })
        .execute(&mut **tx)?;
    mots::inscrire(
        tx,
        (id, n.numero),
        n.caisse_code,
        NatureDossier::Depart,
        n.mots,
    )?;
    Ok(id)
}

#[derive(AsChangeset)]
#[diesel(table_name = depart)]
struct ChangementPropre<'a> {
    motif: Option<&'a str>,
    actes_12_mois: Option<Option<i32>>,
    date_cessation: Option<NaiveDate>,
    par_derogation: Option<Option<bool>>,
    categorie_cessation: Option<Option<Categorie>>,
    categorie: Option<Categorie>,
    adresse: Option<&'a str>,
    traitee_le: Option<NaiveDateTime>,
    traitee_par: Option<i64>,
}

/// Changes a departure that has not changed since it was read; confirmed, it is open only with its place.
///
/// # Errors
/// [`super::DbError::Perime`] when its version is no longer `version`.
pub fn modifier(
    tx: &mut WriteTx<'_>,
    id: i64,
    version: i32,
    c: &ChangementDepart<'_>,
) -> DbResult<()> {
    let tronc = ChangementDossier {
        etat: c.etat.map(|p| p.vers().as_str()),
        ouvert: c.etat.map(|p| p.vers() == EtatDepart::Declaree),
        echeance: c.date_cessation,
        ..ChangementDossier::default()
    };
    tronc::modifier(tx, id, version, &tronc)?;
    let propre = ChangementPropre {
        motif: c.motif,
        actes_12_mois: c.actes_12_mois,
        date_cessation: c.date_cessation,
        par_derogation: c.par_derogation,
        categorie_cessation: c.categorie_cessation,
        categorie: c.categorie,
        adresse: c.adresse,
        traitee_le: c.traitee_le,
        traitee_par: c.traitee_par,
    };
    sauf_vide(
        diesel::update(depart::table.find(id))
            .set(propre)
            .execute(&mut **tx),
    )
}
