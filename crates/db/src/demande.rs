//! Requests for conventionnement.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::conventionnement::AvisCpd;
use regles::demande::{EtatDemande, NatureDemande};
use regles::dossier::NatureDossier;
use regles::silence::SilenceEchu;
use regles::zonage::Categorie;

use super::audition::AuditionStockee;
use super::condition::Visible;
pub use super::conditions::Conditions;
pub use super::demande_etat::{ChangementDemande, modifier};
use super::demande_suites::Appelle;
pub use super::demande_suites::{Renvoi, ReserveDite};
use super::depart::{Praticien, Service};
use super::dialect::Multi;
use super::dossier::{self as tronc, NouveauDossier};
use super::ensemble::{Lecture, lecture};
use super::mots::{self, Mots};
use super::representant::Representant;
use super::schema::{bassin, caisse, commune, compte, demande, dossier, kine};
use super::silence::SilenceStocke;
use super::{AnyConn, CpamScope, DbResult, WriteTx};

/// A request.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = demande)]
pub struct Demande {
    /// Identifier.
    pub id: i64,
    /// Number given to people, as `131-2026-000042`.
    #[diesel(select_expression = dossier::numero)]
    pub numero: String,
    /// The CPAM (PRO-1).
    #[diesel(select_expression = dossier::caisse_code)]
    pub caisse_code: String,
    /// The applicant.
    #[diesel(select_expression = dossier::kine_id.assume_not_null())]
    pub kine_id: i64,
    /// What it rests on.
    pub nature: NatureDemande,
    /// The place of a succession.
    #[diesel(select_expression = dossier::place_id)]
    pub place_id: Option<i64>,
    /// DER-1: family A, B or C.
    pub derogation_famille: Option<String>,
    /// DER-2: code of the ground.
    pub derogation_motif: Option<String>,
    /// The applicant's words.
    pub derogation_expose: Option<String>,
    /// DER-3: opinion of the CPD.
    pub derogation_avis_cpd: Option<AvisCpd>,
    /// Commune of practice.
    #[diesel(select_expression = dossier::insee)]
    pub insee: String,
    /// Its bassin (ZON-2).
    #[diesel(select_expression = dossier::bassin_code)]
    pub bassin_code: String,
    /// Category of the zone on the day of filing (ZON-10).
    pub categorie_depot: Categorie,
    /// Address of practice.
    pub adresse: String,
    /// What is said of the general conditions.
    #[diesel(embed)]
    pub conditions: Conditions,
    /// Where it stands.
    #[diesel(select_expression = dossier::etat)]
    pub etat: EtatDemande,
    /// The agent in charge.
    #[diesel(select_expression = dossier::assigne_a)]
    pub assigne_a: Option<i64>,
    /// When it was filed (UTC).
    #[diesel(select_expression = dossier::depose_le)]
    pub deposee_le: NaiveDateTime,
    /// Day on which the file was complete.
    pub complete_le: Option<NaiveDate>,
    /// Day of the notification (PRO-8).
    pub notifiee_le: Option<NaiveDate>,
    /// `recommande` or `portail`.
    pub notification_mode: Option<String>,
    /// Day of the installation (REG-9).
    pub installee_le: Option<NaiveDate>,
    /// REG-17: the condition of its grant.
    #[diesel(embed)]
    pub reserve: ReserveDite,
    /// What the grant still calls for.
    #[diesel(embed)]
    pub(super) appelle: Appelle,
    /// GEN-2: day of the first act billed, when it is known.
    pub premier_acte: Option<NaiveDate>,
    /// PRO-5: that the last proposal was sent back.
    #[diesel(embed)]
    pub renvoi: Renvoi,
    /// What is due first.
    #[diesel(select_expression = dossier::echeance)]
    pub prochaine_echeance: NaiveDate,
    /// Its nature, as in [`regles::echeance::NatureEcheance`].
    #[diesel(select_expression = dossier::echeance_nature)]
    pub echeance_nature: String,
    /// What was born of the caisse's silence (PRO-7).
    #[diesel(embed)]
    silence: Option<SilenceStocke>,
    /// PRO-13: the hearing that somebody wants.
    #[diesel(embed)]
    pub audition: Option<AuditionStockee>,
    /// PRO-13: the representative whose mandate counts.
    #[diesel(embed)]
    pub representant: Option<Representant>,
    /// Grows with every change.
    #[diesel(select_expression = dossier::version)]
    pub version: i32,
}

impl Demande {
    /// PRO-7: what was born of the caisse's silence.
    pub fn silence(&self) -> Option<SilenceEchu> {
        self.silence.map(SilenceEchu::from)
    }
}

/// A request with the names that a screen shows.
#[derive(Debug, Clone, Queryable)]
pub struct DemandeComplete {
    /// The request.
    pub demande: Demande,
    /// The applicant.
    pub kine: Praticien,
    /// E-mail address of the applicant; none for somebody known by a paper, to whom one writes by post (PRO-13).
    pub courriel: Option<String>,
    /// PRO-13: it came on paper, and an agent entered it.
    pub sur_papier: bool,
    /// The e-mail address that a paper gave, and that nobody confirmed.
    pub courriel_papier: Option<String>,
    /// Who holds an account with the RPPS of the applicant.
    pub titulaire: Option<i64>,
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
pub struct NouvelleDemande<'a> {
    /// Number given to people.
    pub numero: &'a str,
    /// The CPAM.
    pub caisse_code: &'a str,
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
    /// What is said of the general conditions.
    pub conditions: &'a Conditions,
    /// Now.
    pub deposee_le: NaiveDateTime,
    /// What is due first.
    pub prochaine_echeance: NaiveDate,
    /// Its nature.
    pub echeance_nature: &'a str,
    /// Key of the form: the same form sent twice files once.
    pub cle_idempotence: Option<&'a str>,
    /// PRO-13: it came on paper.
    pub sur_papier: bool,
    /// The words by which it is searched.
    pub mots: &'a Mots,
}

/// Every request with its case: what the trunk holds of it.
macro_rules! demandes {
    () => {
        demande::table
            .inner_join(dossier::table)
            .left_join(
                $crate::schema::silence::table
                    .on($crate::schema::silence::dossier_id.eq(demande::id)),
            )
            .left_join(
                $crate::schema::audition::table
                    .on($crate::schema::audition::dossier_id.eq(demande::id)),
            )
            .left_join(
                $crate::schema::representant::table.on($crate::schema::representant::dossier_id
                    .eq(demande::id)
                    .and($crate::condition::MANDAT_ACTIF)),
            )
    };
}
pub(super) use demandes;

/// Reads a request that the caller may see, by its number.
///
/// # Errors
/// [`super::DbError::Introuvable`] when it does not exist or is out of scope.
pub fn lire(conn: &mut AnyConn, scope: &CpamScope, numero: &str) -> DbResult<Demande> {
    Ok(demandes!()
        .filter(dossier::numero.eq(numero))
        .filter(Visible(scope.clone()))
        .select(<Demande as Selectable<Multi>>::construct_selection())
        .first(conn)?)
}

/// Reads a request that the caller may see, with the names that a screen shows.
///
/// # Errors
/// [`super::DbError::Introuvable`] when it does not exist or is out of scope.
pub fn complete(conn: &mut AnyConn, scope: &CpamScope, numero: &str) -> DbResult<DemandeComplete> {
    let suivi = diesel::alias!(compte as suivi);
    let titulaire = diesel::alias!(kine as titulaire);
    Ok(demandes!()
        .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .left_join(compte::table.on(compte::id.nullable().eq(kine::compte_id)))
        .left_join(
            titulaire.on(titulaire
                .field(kine::rpps)
                .eq(kine::rpps)
                .and(titulaire.field(kine::compte_id).is_not_null())),
        )
        .inner_join(commune::table.on(commune::insee.eq(dossier::insee)))
        .inner_join(bassin::table.on(bassin::code.eq(dossier::bassin_code)))
        .inner_join(caisse::table.on(caisse::code.eq(dossier::caisse_code)))
        .left_join(suivi.on(suivi.field(compte::id).nullable().eq(dossier::assigne_a)))
        .filter(dossier::numero.eq(numero))
        .filter(Visible(scope.clone()))
        .select((
            <Demande as Selectable<Multi>>::construct_selection(),
            <Praticien as Selectable<Multi>>::construct_selection(),
            compte::courriel.nullable(),
            demande::sur_papier,
            kine::courriel,
            titulaire.field(kine::id).nullable(),
            commune::nom,
            bassin::nom,
            <Service as Selectable<Multi>>::construct_selection(),
            suivi.fields((compte::prenom, compte::nom)).nullable(),
        ))
        .first(conn)?)
}

/// The requests of a practitioner with the name of the commune, newest first.
pub fn lecture_de_kine(kine_id: i64) -> impl Lecture<Ligne = (Demande, String)> {
    lecture(
        demandes!()
            .inner_join(commune::table.on(commune::insee.eq(dossier::insee)))
            .filter(dossier::kine_id.eq(kine_id))
            .filter(dossier::nature.eq(NatureDossier::Demande))
            .order(dossier::id.desc())
            .select((
                <Demande as Selectable<Multi>>::construct_selection(),
                commune::nom,
            )),
    )
}

/// The same, alone.
pub fn de_kine(conn: &mut AnyConn, kine_id: i64) -> DbResult<Vec<(Demande, String)>> {
    lecture_de_kine(kine_id).toutes(conn)
}

/// The requests of a practitioner of one kind in one zone that are not concluded: number and instant, newest first.
pub fn semblables(
    conn: &mut AnyConn,
    kine_id: i64,
    nature: NatureDemande,
    bassin: &str,
) -> DbResult<Vec<(String, NaiveDateTime)>> {
    let en_cours = EtatDemande::TOUS.iter().filter(|e| e.en_cours());
    let en_cours: Vec<&str> = en_cours.map(|e| e.as_str()).collect();
    Ok(demande::table
        .inner_join(dossier::table)
        .filter(dossier::kine_id.eq(kine_id))
        .filter(dossier::nature.eq(NatureDossier::Demande))
        .filter(dossier::etat.eq_any(en_cours))
        .filter(dossier::bassin_code.eq(bassin))
        .filter(demande::nature.eq(nature))
        .order(dossier::id.desc())
        .select((dossier::numero, dossier::depose_le))
        .load(conn)?)
}

/// The requests made on a place, oldest first.
pub fn de_place(conn: &mut AnyConn, place_id: i64) -> DbResult<Vec<Demande>> {
    Ok(demandes!()
        .filter(dossier::place_id.eq(place_id))
        .order(dossier::id)
        .select(<Demande as Selectable<Multi>>::construct_selection())
        .load(conn)?)
}

/// The number of the request that this form already filed, if it was sent before.
pub fn par_cle(conn: &mut AnyConn, scope: &CpamScope, cle: &str) -> DbResult<Option<String>> {
    Ok(dossier::table
        .filter(Visible(scope.clone()))
        .filter(dossier::cle_idempotence.eq(cle))
        .select(dossier::numero)
        .first(conn)
        .optional()?)
}

#[derive(Insertable)]
#[diesel(table_name = demande)]
struct LigneDemande<'a> {
    id: i64,
    nature: NatureDemande,
    derogation_famille: Option<&'a str>,
    derogation_motif: Option<&'a str>,
    derogation_expose: Option<&'a str>,
    categorie_depot: Categorie,
    adresse: &'a str,
    #[diesel(embed)]
    conditions: Conditions,
    sur_papier: bool,
}

/// Opens a request, puts its words in the search index, and returns its identifier.
///
/// # Errors
/// The refusals of [`dossier::ouvrir`](tronc::ouvrir).
pub fn inserer(tx: &mut WriteTx<'_>, n: &NouvelleDemande<'_>) -> DbResult<i64> {
    let etat = EtatDemande::DEBUT;
    let id = tronc::ouvrir(
        tx,
        &NouveauDossier {
            nature: NatureDossier::Demande,
            numero: n.numero,
            caisse_code: n.caisse_code,
            kine_id: Some(n.kine_id),
            insee: n.insee,
            bassin_code: n.bassin_code,
            place_id: n.place_id,
            etat: etat.as_str(),
            ouvert: etat.en_cours(),
            arrivee: n.nature != NatureDemande::HorsRegulation,
            echeance: n.prochaine_echeance,
            echeance_nature: n.echeance_nature,
            depose_le: n.deposee_le,
            cle_idempotence: n.cle_idempotence,
            version: 1,
        },
    )?;
    diesel::insert_into(demande::table)
        .values(LigneDemande {
            id,
            nature: n.nature,
            derogation_famille: n.derogation_famille,
            derogation_motif: n.derogation_motif,
            derogation_expose: n.derogation_expose,
            categorie_depot: n.categorie_depot,
            adresse: n.adresse,
            conditions: n.conditions.clone(),
            sur_papier: n.sur_papier,
        })
        .execute(&mut **tx)?;
    mots::inscrire(
        tx,
        (id, n.numero),
        n.caisse_code,
        NatureDossier::Demande,
        n.mots,
    )?;
    Ok(id)
}
