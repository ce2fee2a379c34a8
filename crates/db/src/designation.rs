//! Designations of a successor (REG-5, REG-8): every one is kept.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::designation::EtatDesignation;
use regles::grand_livre::EtatPlace;
use regles::passage::Passage;

use super::condition::{DEMANDES, DESIGNATION_ACTIVE, DOSSIER_OUVERT, parmi};
use super::depart::{Depart, Praticien, Service};
use super::dialect::Multi;
use super::ensemble::{Lecture, lecture};
use super::schema::{
    ayant_droit, bassin, caisse, commune, compte, depart, designation, dossier, kine, place,
};
use super::{AnyConn, DbResult, WriteTx, une_ligne};

/// A designation.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = designation)]
pub struct Designation {
    /// Identifier.
    pub id: i64,
    /// The place.
    pub place_id: i64,
    /// RPPS of the successor.
    pub rpps: String,
    /// E-mail address of the successor.
    pub courriel: String,
    /// The successor, once known.
    pub kine_id: Option<i64>,
    /// What became of it.
    pub etat: EtatDesignation,
    /// Who designated; none when it was somebody entitled in the leaver's place (REG-7).
    pub auteur_id: Option<i64>,
    /// The application that was retained, when the CPAM attributed the place: nobody designated (REG-12).
    pub candidature_id: Option<i64>,
    /// When (UTC).
    pub cree_le: NaiveDateTime,
    /// When it was answered or replaced (UTC).
    pub close_le: Option<NaiveDateTime>,
}

/// A designation with its place, as its two sides see it.
#[derive(Debug, Clone, Queryable)]
pub struct DesignationComplete {
    /// The designation.
    pub designation: Designation,
    /// State of the place.
    pub place_etat: EtatPlace,
    /// Last day to designate (REG-5).
    pub place_limite: Option<NaiveDate>,
    /// The departure.
    pub depart: Depart,
    /// Who leaves.
    pub cedant: Praticien,
    /// Name of the commune left.
    pub commune: String,
    /// Name of the bassin.
    pub bassin: String,
    /// The CPAM.
    pub service: Service,
}

/// A designation to store.
#[derive(Insertable)]
#[diesel(table_name = designation)]
pub struct NouvelleDesignation<'a> {
    /// The place.
    pub place_id: i64,
    /// RPPS of the successor.
    pub rpps: &'a str,
    /// E-mail address of the successor, in lower case.
    pub courriel: &'a str,
    /// The successor, when an account with this RPPS exists.
    pub kine_id: Option<i64>,
    /// What becomes of it.
    pub etat: EtatDesignation,
    /// Fingerprint of the secret of the link.
    pub jeton_empreinte: &'a str,
    /// Who designates, with an account.
    pub auteur_id: Option<i64>,
    /// Who designates in the leaver's place (REG-7).
    pub ayant_droit_id: Option<i64>,
    /// The application that the CPAM retained (REG-12).
    pub candidature_id: Option<i64>,
    /// Now.
    pub cree_le: NaiveDateTime,
}

/// A designation as those who follow its place see it.
#[derive(Debug, Clone)]
pub struct DesignationSuivie {
    /// The designation.
    pub designation: Designation,
    /// Who designated.
    pub auteur: String,
    /// Who is designated, once they have answered.
    pub personne: Option<String>,
    /// The number of the request that they have under way on the place.
    pub demande: Option<String>,
}

impl DesignationSuivie {
    /// The same as the queue says it, while it counts.
    pub fn en_file(&self) -> Option<DesignationEnFile> {
        let d = &self.designation;
        d.etat.est_active().then(|| DesignationEnFile {
            etat: d.etat,
            personne: (self.personne.clone())
                .unwrap_or_else(|| format!("la personne au RPPS {}", d.rpps)),
            demande: self.demande.clone(),
        })
    }

    /// Who is designated: by their name and number, by the number alone as long as it is nobody's here.
    pub fn nom(&self) -> String {
        let rpps = &self.designation.rpps;
        match &self.personne {
            Some(nom) => format!("{nom} (RPPS {rpps})"),
            None => format!("RPPS {rpps}"),
        }
    }
}

/// The designations of a place with who made them and who they name, oldest first.
pub fn de_place(conn: &mut AnyConn, place_id: i64) -> DbResult<Vec<DesignationSuivie>> {
    type Nom = Option<(String, String)>;
    type Ligne = (Designation, Nom, Option<String>, Nom, Option<String>);
    let lignes: Vec<Ligne> = designation::table
        .left_join(compte::table)
        .left_join(ayant_droit::table)
        .left_join(kine::table.on(kine::id.nullable().eq(designation::kine_id)))
        .left_join(
            dossier::table.on(dossier::place_id
                .eq(designation::place_id.nullable())
                .and(dossier::kine_id.eq(designation::kine_id))
                .and(DEMANDES)
                .and(DOSSIER_OUVERT)),
        )
        .filter(designation::place_id.eq(place_id))
        .order(designation::id)
        .select((
            <Designation as Selectable<Multi>>::construct_selection(),
            (compte::prenom, compte::nom).nullable(),
            ayant_droit::nom.nullable(),
            (kine::prenom, kine::nom).nullable(),
            dossier::numero.nullable(),
        ))
        .load(conn)?;
    let complet = |nom: Nom| nom.map(|(prenom, nom)| format!("{prenom} {nom}"));
    Ok(lignes
        .into_iter()
        .map(
            |(designation, compte, ayant_droit, kine, demande)| DesignationSuivie {
                designation,
                auteur: complet(compte).or(ayant_droit).unwrap_or_default(),
                personne: complet(kine),
                demande,
            },
        )
        .collect())
}

/// The designation that counts for a place, if there is one.
pub fn active(conn: &mut AnyConn, place_id: i64) -> DbResult<Option<Designation>> {
    Ok(designation::table
        .filter(designation::place_id.eq(place_id))
        .filter(parmi(designation::etat, EtatDesignation::ACTIVES))
        .select(<Designation as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// The designations that count for these places; one at most for each.
pub fn lecture_actives(places: Vec<i64>) -> impl Lecture<Ligne = Designation> {
    lecture(
        designation::table
            .filter(parmi(designation::place_id, places))
            .filter(parmi(designation::etat, EtatDesignation::ACTIVES))
            .select(<Designation as Selectable<Multi>>::construct_selection()),
    )
}

/// The designation that counts for a place, as the queue says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesignationEnFile {
    /// What became of it.
    pub etat: EtatDesignation,
    /// Who is designated: by their name, by their number as long as it is nobody's here.
    pub personne: String,
    /// The number of the request that they have under way on the place.
    pub demande: Option<String>,
}

/// A row of [`lecture_en_file`]: the place, the state, the number of the profession, the name, the request.
pub(super) type EnFile = (
    i64,
    EtatDesignation,
    String,
    Option<(String, String)>,
    Option<String>,
);

/// The designations that count for these places, with the request that followed each; one at most for each place.
pub(super) fn lecture_en_file(places: Vec<i64>) -> impl Lecture<Ligne = EnFile> {
    lecture(
        designation::table
            .left_join(kine::table.on(kine::id.nullable().eq(designation::kine_id)))
            .left_join(
                dossier::table.on(dossier::place_id
                    .eq(designation::place_id.nullable())
                    .and(dossier::kine_id.eq(designation::kine_id))
                    .and(DEMANDES)
                    .and(DOSSIER_OUVERT)),
            )
            .filter(parmi(designation::place_id, places))
            .filter(DESIGNATION_ACTIVE)
            .select((
                designation::place_id,
                designation::etat,
                designation::rpps,
                (kine::prenom, kine::nom).nullable(),
                dossier::numero.nullable(),
            )),
    )
}

/// What a row says.
pub(super) fn en_file((_, etat, rpps, nom, demande): EnFile) -> DesignationEnFile {
    DesignationEnFile {
        etat,
        personne: match nom {
            Some((prenom, nom)) => format!("{prenom} {nom}"),
            None => format!("la personne au RPPS {rpps}"),
        },
        demande,
    }
}

/// The base of every reading with names.
macro_rules! completes {
    () => {
        designation::table
            .inner_join(place::table)
            .inner_join(depart::table.on(depart::id.eq(place::id)))
            .inner_join(dossier::table.on(dossier::id.eq(place::id)))
            .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
            .inner_join(commune::table.on(commune::insee.eq(dossier::insee)))
            .inner_join(bassin::table.on(bassin::code.eq(dossier::bassin_code)))
            .inner_join(caisse::table.on(caisse::code.eq(dossier::caisse_code)))
            .select((
                <Designation as Selectable<Multi>>::construct_selection(),
                place::etat,
                place::limite_designation,
                <Depart as Selectable<Multi>>::construct_selection(),
                <Praticien as Selectable<Multi>>::construct_selection(),
                commune::nom,
                bassin::nom,
                <Service as Selectable<Multi>>::construct_selection(),
            ))
    };
}

/// The designation behind a secret link.
///
/// # Errors
/// [`super::DbError::Introuvable`] when no designation has this fingerprint.
pub fn par_jeton(conn: &mut AnyConn, empreinte: &str) -> DbResult<DesignationComplete> {
    Ok(completes!()
        .filter(designation::jeton_empreinte.eq(empreinte))
        .first(conn)?)
}

/// The designations that name a professional, newest first.
pub fn lecture_pour_rpps(rpps: String) -> impl Lecture<Ligne = DesignationComplete> {
    lecture(
        completes!()
            .filter(designation::rpps.eq(rpps))
            .order(designation::id.desc()),
    )
}

/// The same, alone.
pub fn pour_rpps(conn: &mut AnyConn, rpps: &str) -> DbResult<Vec<DesignationComplete>> {
    lecture_pour_rpps(rpps.to_owned()).toutes(conn)
}

/// A designation, for the account whose confirmed address it was sent to.
///
/// # Errors
/// [`super::DbError::Introuvable`] when there is none for this address.
pub fn par_adresse(conn: &mut AnyConn, id: i64, courriel: &str) -> DbResult<DesignationComplete> {
    Ok(completes!()
        .filter(designation::id.eq(id))
        .filter(designation::courriel.eq(courriel))
        .first(conn)?)
}

/// Makes the others who decide on the place of a designation wait until the end of the transaction, as
/// [`place::verrouiller`](super::place::verrouiller); nothing happens for an unknown designation.
pub fn verrouiller_place(tx: &mut WriteTx<'_>, id: i64) -> DbResult<()> {
    if !tx.is_sqlite() {
        let place_id = designation::table
            .filter(designation::id.eq(id))
            .select(designation::place_id)
            .single_value();
        diesel::update(place::table)
            .filter(place::id.nullable().eq(place_id))
            .set(place::version.eq(place::version))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// How many designations were sent since an instant, for this place or to this address.
pub fn envoyees_depuis(
    conn: &mut AnyConn,
    place_id: i64,
    courriel: &str,
    depuis: NaiveDateTime,
) -> DbResult<i64> {
    Ok(designation::table
        .filter(designation::cree_le.gt(depuis))
        .filter(
            designation::place_id
                .eq(place_id)
                .or(designation::courriel.eq(courriel)),
        )
        .count()
        .get_result(conn)?)
}

/// Stores a designation and returns its identifier.
///
/// # Errors
/// [`super::contrainte::Contrainte::DesignationActive`] when another one counts (REG-8).
pub fn inserer(tx: &mut WriteTx<'_>, nouvelle: &NouvelleDesignation<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(designation::table)
        .values(nouvelle)
        .returning(designation::id)
        .get_result(&mut **tx)?)
}

/// Moves a designation from one state to another, with who it names.
///
/// # Errors
/// [`super::DbError::Perime`] when it is no longer in the state that was read.
pub fn passer(
    tx: &mut WriteTx<'_>,
    id: i64,
    passage: Passage<EtatDesignation>,
    kine_id: Option<i64>,
    now: NaiveDateTime,
) -> DbResult<()> {
    une_ligne(
        diesel::update(designation::table)
            .filter(
                designation::id
                    .eq(id)
                    .and(designation::etat.eq(passage.de())),
            )
            .set((
                designation::etat.eq(passage.vers()),
                designation::kine_id.eq(kine_id),
                designation::close_le.eq(now),
            ))
            .execute(&mut **tx)?,
    )
}
