//! PRO-9: appeals: what is contested, before whom, and how each step ended.

mod effet;
mod lectures;
mod tribunal;

pub use effet::{annuler_la_decision, rouvrir_la_demande, rouvrir_le_depart};
pub use lectures::{
    Bref, contre, de_kine, documents_echus, envois, lecture_contre, silences_echus, sur_la_place,
};
pub use tribunal::{Tribunal, juger, saisir, tribunaux};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::contestation::{Contestee, Degre, EtatRecours, Issue};
use regles::dossier::NatureDossier;
use regles::passage::Passage;

use super::condition::Visible;
use super::depart::{Praticien, Service};
use super::dialect::Multi;
use super::dossier::{self as tronc, ChangementDossier, NouveauDossier, sauf_vide};
use super::schema::{bassin, caisse, commune, compte, dossier, kine, recours};
use super::{AnyConn, CpamScope, DbError, DbResult, WriteTx};

/// An appeal.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = recours)]
pub struct Recours {
    /// Identifier.
    pub id: i64,
    /// Number given to people, as `131-2026-R00042`.
    #[diesel(select_expression = dossier::numero)]
    pub numero: String,
    /// The CPAM.
    #[diesel(select_expression = dossier::caisse_code)]
    pub caisse_code: String,
    /// Who appeals.
    #[diesel(select_expression = dossier::kine_id.assume_not_null())]
    pub kine_id: i64,
    /// The place that what is contested is about.
    #[diesel(select_expression = dossier::place_id)]
    pub place_id: Option<i64>,
    /// The case contested.
    pub conteste_id: i64,
    /// The decision contested, when it is one.
    pub decision_id: Option<i64>,
    /// What is contested.
    pub contestee: Contestee,
    /// Day of what is contested, as the person knows it: its notification.
    pub contestee_le: Option<NaiveDate>,
    /// Last day to contest; none where no delay ran.
    pub terme: Option<NaiveDate>,
    /// Before whom it stands.
    pub degre: Degre,
    /// Day it was posted or filed.
    pub envoye_le: NaiveDate,
    /// Day the caisse received it.
    pub recu_le: NaiveDate,
    /// An agent entered it from a paper.
    pub papier: bool,
    /// Why, in the words of the person.
    pub moyens: String,
    /// Day its receipt was sent.
    pub accuse_le: Option<NaiveDate>,
    /// Last day of the commission to answer.
    pub repondre_avant: NaiveDate,
    /// How its last step ended.
    pub issue: Option<Issue>,
    /// Day the commission decided, or its silence was a rejection.
    pub decide_le: Option<NaiveDate>,
    /// Its reasons, in law and in fact.
    pub motifs: Option<String>,
    /// Its answer to each argument.
    pub reponses: Option<String>,
    /// The document that notifies the answer: JSON of `courriers::decision::Document`.
    pub document: Option<String>,
    /// SHA-256 of that text, in hexadecimal.
    pub empreinte: Option<String>,
    /// Day the answer was notified.
    pub notifiee_le: Option<NaiveDate>,
    /// Last day to go to the court.
    pub tribunal_avant: Option<NaiveDate>,
    /// Where it stands.
    #[diesel(select_expression = dossier::etat)]
    pub etat: EtatRecours,
    /// The agent in charge.
    #[diesel(select_expression = dossier::assigne_a)]
    pub assigne_a: Option<i64>,
    /// When it was opened (UTC).
    #[diesel(select_expression = dossier::depose_le)]
    pub depose_le: NaiveDateTime,
    /// Grows with every change.
    #[diesel(select_expression = dossier::version)]
    pub version: i32,
}

/// An appeal with the names that a screen shows.
#[derive(Debug, Clone)]
pub struct RecoursComplet {
    /// The appeal.
    pub recours: Recours,
    /// Number and nature of the case contested.
    pub conteste: (String, NatureDossier),
    /// Who appeals.
    pub kine: Praticien,
    /// E-mail address of the account; none for somebody known by a paper.
    pub courriel: Option<String>,
    /// Name of the commune.
    pub commune: String,
    /// Name of the bassin.
    pub bassin: String,
    /// The CPAM.
    pub service: Service,
    /// First name and name of the agent in charge.
    pub suivi_par: Option<(String, String)>,
}

/// Reads an appeal that the caller may see, by its number.
///
/// # Errors
/// [`DbError::Introuvable`] when it does not exist or is out of scope.
pub fn complet(conn: &mut AnyConn, scope: &CpamScope, numero: &str) -> DbResult<RecoursComplet> {
    let suivi = diesel::alias!(compte as suivi);
    let conteste = diesel::alias!(dossier as conteste);
    type Lu = (
        Recours,
        String,
        NatureDossier,
        Praticien,
        Option<String>,
        String,
        String,
        Service,
        Option<(String, String)>,
    );
    let (recours, numero, nature, kine, courriel, commune, bassin, service, suivi_par): Lu =
        recours::table
            .inner_join(dossier::table.on(dossier::id.eq(recours::id)))
            .inner_join(conteste.on(conteste.field(dossier::id).eq(recours::conteste_id)))
            .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
            .left_join(compte::table.on(compte::id.nullable().eq(kine::compte_id)))
            .inner_join(commune::table.on(commune::insee.eq(dossier::insee)))
            .inner_join(bassin::table.on(bassin::code.eq(dossier::bassin_code)))
            .inner_join(caisse::table.on(caisse::code.eq(dossier::caisse_code)))
            .left_join(suivi.on(suivi.field(compte::id).nullable().eq(dossier::assigne_a)))
            .filter(dossier::numero.eq(numero.to_owned()))
            .filter(Visible(scope.clone()))
            .select((
                <Recours as Selectable<Multi>>::construct_selection(),
                conteste.field(dossier::numero),
                conteste.field(dossier::nature),
                <Praticien as Selectable<Multi>>::construct_selection(),
                compte::courriel.nullable(),
                commune::nom,
                bassin::nom,
                <Service as Selectable<Multi>>::construct_selection(),
                suivi.fields((compte::prenom, compte::nom)).nullable(),
            ))
            .first(conn)?;
    Ok(RecoursComplet {
        recours,
        conteste: (numero, nature),
        kine,
        courriel,
        commune,
        bassin,
        service,
        suivi_par,
    })
}

/// Locks an appeal as [`super::dossier::verrouiller`] does, then reads it.
///
/// # Errors
/// [`DbError::Introuvable`] when it does not exist or is out of scope.
pub fn charger(tx: &mut WriteTx<'_>, scope: &CpamScope, numero: &str) -> DbResult<RecoursComplet> {
    let lu = complet(tx, scope, numero)?;
    if tx.is_sqlite() {
        return Ok(lu);
    }
    tronc::verrouiller(tx, lu.recours.id)?;
    complet(tx, scope, numero)
}

/// The number of the appeal that this form filed already.
pub fn par_cle(conn: &mut AnyConn, kine_id: i64, cle: &str) -> DbResult<Option<String>> {
    Ok(dossier::table
        .filter(dossier::cle_idempotence.eq(cle))
        .filter(dossier::kine_id.eq(kine_id))
        .filter(dossier::nature.eq(NatureDossier::Recours))
        .select(dossier::numero)
        .first(conn)
        .optional()?)
}

/// An appeal to store.
pub struct NouveauRecours<'a> {
    /// Number given to people.
    pub numero: &'a str,
    /// The CPAM.
    pub caisse_code: &'a str,
    /// Who appeals.
    pub kine_id: i64,
    /// The case contested: the appeal is where it is.
    pub conteste_id: i64,
    /// Its place, if it is about one.
    pub place_id: Option<i64>,
    /// The decision contested, when it is one.
    pub decision_id: Option<i64>,
    /// What is contested.
    pub contestee: Contestee,
    /// Its day.
    pub contestee_le: Option<NaiveDate>,
    /// Last day to contest.
    pub terme: Option<NaiveDate>,
    /// Before whom.
    pub degre: Degre,
    /// Day it was posted or filed.
    pub envoye_le: NaiveDate,
    /// Day the caisse received it.
    pub recu_le: NaiveDate,
    /// An agent enters it from a paper.
    pub papier: bool,
    /// Why.
    pub moyens: &'a str,
    /// Day of the receipt.
    pub accuse_le: NaiveDate,
    /// Last day of the commission to answer.
    pub repondre_avant: NaiveDate,
    /// What that is in the queue.
    pub echeance_nature: &'a str,
    /// Now.
    pub le: NaiveDateTime,
    /// Key of the form.
    pub cle_idempotence: Option<&'a str>,
}

#[derive(Insertable)]
#[diesel(table_name = recours)]
struct Ligne<'a> {
    id: i64,
    conteste_id: i64,
    decision_id: Option<i64>,
    contestee: Contestee,
    contestee_le: Option<NaiveDate>,
    terme: Option<NaiveDate>,
    degre: Degre,
    envoye_le: NaiveDate,
    recu_le: NaiveDate,
    papier: bool,
    moyens: &'a str,
    accuse_le: NaiveDate,
    repondre_avant: NaiveDate,
}

/// Stores an appeal where what it contests is, and returns its identifier.
///
/// # Errors
/// [`super::contrainte::Contrainte::Idempotence`] when this form filed one already.
pub fn inserer(tx: &mut WriteTx<'_>, n: &NouveauRecours<'_>) -> DbResult<i64> {
    let (insee, bassin): (String, String) = dossier::table
        .find(n.conteste_id)
        .select((dossier::insee, dossier::bassin_code))
        .first(&mut **tx)?;
    let id = tronc::ouvrir(
        tx,
        &NouveauDossier {
            nature: NatureDossier::Recours,
            numero: n.numero,
            caisse_code: n.caisse_code,
            kine_id: Some(n.kine_id),
            insee: &insee,
            bassin_code: &bassin,
            place_id: n.place_id,
            etat: EtatRecours::DEBUT.as_str(),
            ouvert: EtatRecours::DEBUT.en_cours(),
            arrivee: false,
            echeance: n.repondre_avant,
            echeance_nature: n.echeance_nature,
            depose_le: n.le,
            cle_idempotence: n.cle_idempotence,
            version: 1,
        },
    )?;
    diesel::insert_into(recours::table)
        .values(Ligne {
            id,
            conteste_id: n.conteste_id,
            decision_id: n.decision_id,
            contestee: n.contestee,
            contestee_le: n.contestee_le,
            terme: n.terme,
            degre: n.degre,
            envoye_le: n.envoye_le,
            recu_le: n.recu_le,
            papier: n.papier,
            moyens: n.moyens,
            accuse_le: n.accuse_le,
            repondre_avant: n.repondre_avant,
        })
        .execute(&mut **tx)?;
    super::mots::indexer(tx, id)?;
    Ok(id)
}

/// What changes in an appeal; `None` leaves as it is.
#[derive(Default)]
pub struct ChangementRecours<'a> {
    /// Where it stands.
    pub etat: Option<Passage<EtatRecours>>,
    /// What is due first, and what that is.
    pub echeance: Option<(NaiveDate, &'a str)>,
    /// What the appeal itself says.
    pub propre: ChangementPropre<'a>,
}

/// The part of a change that the trunk does not hold.
#[derive(Default, AsChangeset)]
#[diesel(table_name = recours)]
pub struct ChangementPropre<'a> {
    /// Before whom it stands.
    pub degre: Option<Degre>,
    /// How its last step ended; nothing while a court is seized.
    pub issue: Option<Option<Issue>>,
    /// Day of the answer.
    pub decide_le: Option<NaiveDate>,
    /// Reasons.
    pub motifs: Option<&'a str>,
    /// Answer to each argument.
    pub reponses: Option<&'a str>,
    /// The document that notifies it, JSON.
    pub document: Option<&'a str>,
    /// Its SHA-256.
    pub empreinte: Option<&'a str>,
    /// Day it was notified.
    pub notifiee_le: Option<NaiveDate>,
    /// Last day to go to the court.
    pub tribunal_avant: Option<Option<NaiveDate>>,
}

/// Changes an appeal read in this version; with nothing to change, only makes the others who read it start again.
///
/// # Errors
/// [`DbError::Perime`] when it changed since.
pub fn modifier(tx: &mut WriteTx<'_>, lu: &Recours, c: &ChangementRecours<'_>) -> DbResult<()> {
    let tronc = ChangementDossier {
        etat: c.etat.map(|p| p.vers().as_str()),
        ouvert: c.etat.map(|p| p.vers().a_la_file(notifiee(lu, c))),
        echeance: c.echeance.map(|(le, _)| le),
        echeance_nature: c.echeance.map(|(_, nature)| nature),
        ..ChangementDossier::default()
    };
    tronc::modifier(tx, lu.id, lu.version, &tronc)?;
    sauf_vide(
        diesel::update(recours::table.find(lu.id))
            .set(&c.propre)
            .execute(&mut **tx),
    )
}

fn notifiee(lu: &Recours, c: &ChangementRecours<'_>) -> bool {
    lu.notifiee_le.is_some() || c.propre.notifiee_le.is_some()
}

/// Says that an answer was notified: nobody has to act on it any more.
///
/// # Errors
/// [`DbError::Perime`] when it changed since.
pub fn notifier(
    tx: &mut WriteTx<'_>,
    lu: &Recours,
    le: NaiveDate,
    tribunal_avant: Option<NaiveDate>,
) -> DbResult<()> {
    let tronc = ChangementDossier {
        ouvert: Some(lu.etat.a_la_file(true)),
        ..ChangementDossier::default()
    };
    tronc::modifier(tx, lu.id, lu.version, &tronc)?;
    let touchees = diesel::update(recours::table.find(lu.id))
        .filter(recours::notifiee_le.is_null())
        .set((
            recours::notifiee_le.eq(le),
            recours::tribunal_avant.eq(tribunal_avant),
        ))
        .execute(&mut **tx)?;
    match touchees {
        1 => Ok(()),
        _ => Err(DbError::Perime),
    }
}
