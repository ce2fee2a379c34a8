//! Decisions: proposed, sent back, taken; with the facts and the explanation they rest on (EXP-2).

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::decision::EtatDecision;
use regles::demande::{Fondement, Sens};
use regles::passage::Passage;
use regles::reserve::Reserve;
use regles::zonage::Categorie;

use super::condition::parmi;
use super::dialect::Multi;
use super::ensemble::{Lecture, lecture};
use super::schema::{compte, decision, dossier};
use super::{AnyConn, DbError, DbResult, WriteTx, une_ligne};

/// A decision as read.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = decision)]
pub struct Decision {
    /// Identifier.
    pub id: i64,
    /// The request.
    pub dossier_id: i64,
    /// Grant or refusal.
    pub sens: Sens,
    /// What it rests on.
    pub fondement: Fondement,
    /// Reasons in law and in fact.
    pub motifs: String,
    /// PRO-5: why it departs from the opinion of the commission.
    pub ecart_motive: Option<String>,
    /// REG-17: the condition of a grant, JSON of `regles::reserve::Reserve`.
    reserve: Option<String>,
    /// PRO-9: why the place is granted although an appeal runs on it.
    pub malgre_recours: Option<String>,
    /// ZON-10: category of the zone on the day of the decision.
    pub categorie: Categorie,
    /// The facts, JSON.
    pub faits: String,
    /// What the rules said.
    pub resultat: String,
    /// Why, JSON of the explanation.
    pub explication: String,
    /// Version of the parameters.
    pub parametres: String,
    /// Where it stands.
    pub etat: EtatDecision,
    /// Who proposed.
    pub proposee_par: i64,
    /// When (UTC).
    pub proposee_le: NaiveDateTime,
    /// Who decided.
    pub decidee_par: Option<i64>,
    /// When (UTC).
    pub decidee_le: Option<NaiveDateTime>,
    /// CRPA L212-1: first name and name of the signatory, as signed.
    pub signataire: Option<String>,
    /// Capacity, as signed.
    pub signataire_qualite: Option<String>,
    /// GEN-2: first day of effect of a grant.
    pub effet: Option<NaiveDate>,
    /// The document that notifies it, as it was frozen at the signature: JSON of `courriers::decision::Document`.
    pub document: Option<String>,
    /// SHA-256 of that text, in hexadecimal.
    pub empreinte: Option<String>,
}

impl Decision {
    /// REG-17: the condition of a grant.
    ///
    /// # Errors
    /// [`DbError::Incoherent`] when what is stored does not read.
    pub fn reserve(&self) -> DbResult<Option<Reserve>> {
        let lue = self.reserve.as_deref().map(serde_json::from_str);
        lue.transpose()
            .map_err(|e| DbError::Incoherent(format!("décision {} : {e}", self.id)))
    }
}

/// A decision to propose.
#[derive(Debug, Insertable)]
#[diesel(table_name = decision)]
pub struct NouvelleDecision<'a> {
    /// The request.
    pub dossier_id: i64,
    /// Grant or refusal.
    pub sens: Sens,
    /// What it rests on.
    pub fondement: Fondement,
    /// Reasons in law and in fact.
    pub motifs: &'a str,
    /// Why it departs from the opinion of the commission.
    pub ecart_motive: Option<&'a str>,
    /// REG-17: the condition of a grant, JSON.
    pub reserve: Option<&'a str>,
    /// PRO-9: why the place is granted although an appeal runs on it.
    pub malgre_recours: Option<&'a str>,
    /// Category of the zone that day.
    pub categorie: Categorie,
    /// The facts, JSON.
    pub faits: &'a str,
    /// What the rules said.
    pub resultat: &'a str,
    /// Why, JSON.
    pub explication: &'a str,
    /// Version of the parameters.
    pub parametres: &'a str,
    /// Always proposed at first.
    pub etat: EtatDecision,
    /// Who proposes.
    pub proposee_par: i64,
    /// Now.
    pub proposee_le: NaiveDateTime,
}

/// What the signature writes: who, when, in what capacity, and what the rules said that very day (ZON-10).
#[derive(Debug)]
pub struct Signature<'a> {
    /// The account.
    pub decidee_par: i64,
    /// Now.
    pub decidee_le: NaiveDateTime,
    /// First name and name.
    pub signataire: &'a str,
    /// Capacity.
    pub qualite: &'a str,
    /// First day of effect of a grant.
    pub effet: Option<NaiveDate>,
    /// Category of the zone that day.
    pub categorie: Categorie,
    /// The facts, JSON.
    pub faits: &'a str,
    /// What the rules said.
    pub resultat: &'a str,
    /// Why, JSON.
    pub explication: &'a str,
    /// Version of the parameters.
    pub parametres: &'a str,
    /// The document, JSON.
    pub document: &'a str,
    /// Its SHA-256.
    pub empreinte: &'a str,
}

/// Stores a proposal and returns its identifier.
///
/// # Errors
/// [`super::contrainte::Contrainte::DecisionActive`] when one is under way or taken.
pub fn proposer(tx: &mut WriteTx<'_>, nouvelle: &NouvelleDecision<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(decision::table)
        .values(nouvelle)
        .returning(decision::id)
        .get_result(&mut **tx)?)
}

/// Closes a proposal as sent back.
///
/// # Errors
/// [`super::DbError::Perime`] when it is no longer in the state that was read.
pub fn renvoyer(tx: &mut WriteTx<'_>, id: i64, passage: Passage<EtatDecision>) -> DbResult<()> {
    une_ligne(
        diesel::update(decision::table.find(id))
            .filter(decision::etat.eq(passage.de()))
            .set(decision::etat.eq(passage.vers()))
            .execute(&mut **tx)?,
    )
}

/// Signs a proposal: from then on the row never changes.
///
/// # Errors
/// [`super::DbError::Perime`] when it is no longer in the state that was read.
pub fn signer(
    tx: &mut WriteTx<'_>,
    id: i64,
    passage: Passage<EtatDecision>,
    signature: &Signature<'_>,
) -> DbResult<()> {
    une_ligne(
        diesel::update(decision::table.find(id))
            .filter(decision::etat.eq(passage.de()))
            .set((
                decision::etat.eq(passage.vers()),
                decision::decidee_par.eq(signature.decidee_par),
                decision::decidee_le.eq(signature.decidee_le),
                decision::signataire.eq(signature.signataire),
                decision::signataire_qualite.eq(signature.qualite),
                decision::effet.eq(signature.effet),
                decision::categorie.eq(signature.categorie),
                decision::faits.eq(signature.faits),
                decision::resultat.eq(signature.resultat),
                decision::explication.eq(signature.explication),
                decision::parametres.eq(signature.parametres),
                decision::document.eq(signature.document),
                decision::empreinte.eq(signature.empreinte),
            ))
            .execute(&mut **tx)?,
    )
}

/// When the decision of a case was taken; none while it is not.
pub fn prise_le(conn: &mut AnyConn, dossier_id: i64) -> DbResult<Option<NaiveDateTime>> {
    Ok(active(conn, dossier_id)?
        .filter(|d| d.etat == EtatDecision::Decidee)
        .and_then(|d| d.decidee_le))
}

/// The proposal under way or the decision taken, if there is one.
pub fn active(conn: &mut AnyConn, dossier_id: i64) -> DbResult<Option<Decision>> {
    Ok(decision::table
        .filter(decision::dossier_id.eq(dossier_id))
        .filter(parmi(
            decision::etat,
            [EtatDecision::Proposee, EtatDecision::Decidee],
        ))
        .select(<Decision as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// The proposal under way or the decision taken (there is one at most), with the name of its proposer.
pub fn lecture_active(dossier_id: i64) -> impl Lecture<Ligne = (Decision, String, String)> {
    lecture(
        decision::table
            .inner_join(compte::table.on(compte::id.eq(decision::proposee_par)))
            .filter(decision::dossier_id.eq(dossier_id))
            .filter(parmi(
                decision::etat,
                [EtatDecision::Proposee, EtatDecision::Decidee],
            ))
            .select((
                <Decision as Selectable<Multi>>::construct_selection(),
                compte::prenom,
                compte::nom,
            )),
    )
}

/// The same, alone.
pub fn active_avec_auteur(
    conn: &mut AnyConn,
    dossier_id: i64,
) -> DbResult<Option<(Decision, String, String)>> {
    Ok(lecture_active(dossier_id).toutes(conn)?.pop())
}

/// The last proposal that was sent back.
pub fn renvoyee(conn: &mut AnyConn, dossier_id: i64) -> DbResult<Option<Decision>> {
    Ok(decision::table
        .filter(decision::dossier_id.eq(dossier_id))
        .filter(decision::etat.eq(EtatDecision::Renvoyee))
        .order(decision::id.desc())
        .select(<Decision as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// Every decision of a request, oldest first.
pub fn de(conn: &mut AnyConn, dossier_id: i64) -> DbResult<Vec<Decision>> {
    Ok(decision::table
        .filter(decision::dossier_id.eq(dossier_id))
        .order(decision::id)
        .select(<Decision as Selectable<Multi>>::construct_selection())
        .load(conn)?)
}

/// The decisions after an identifier, whatever their state, with the number of their request.
pub fn apres(conn: &mut AnyConn, id: i64, lignes: i64) -> DbResult<Vec<(Decision, String)>> {
    Ok(decision::table
        .inner_join(dossier::table)
        .filter(decision::id.gt(id))
        .order(decision::id)
        .limit(lignes)
        .select((
            <Decision as Selectable<Multi>>::construct_selection(),
            dossier::numero,
        ))
        .load(conn)?)
}

/// How many decisions are stored: for the progress of a command, never for a page.
pub fn nombre(conn: &mut AnyConn) -> DbResult<i64> {
    Ok(decision::table.count().get_result(conn)?)
}
