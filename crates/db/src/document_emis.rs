//! Letters as documents: what was frozen, its digest, the code that verifies it, its print. Each shares the identifier of the
//! task that prints it, filed in the same transaction.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::decision::EtatDecision;
use regles::demande::EtatDemande;
use regles::dossier::NatureDossier;
use regles::ecrit::NatureEcrit;

use super::condition::Visible;
use super::dialect::Multi;
use super::ensemble::{Lecture, lecture};
use super::schema::{decision, demande, document_emis, dossier, silence};
use super::tache::{self, NatureTache};
use super::{AnyConn, CpamScope, DbError, DbResult, WriteTx, une_ligne};

/// A document to freeze.
#[derive(Debug)]
pub struct NouveauDocument<'a> {
    /// The case.
    pub dossier_id: i64,
    /// The decision that it notifies, if it is one.
    pub decision_id: Option<i64>,
    /// Its kind.
    pub nature: NatureEcrit,
    /// What makes it unique, as `decision:42`: it is never frozen twice.
    pub cle: &'a str,
    /// What it says: JSON of `courriers::decision::Document`.
    pub document: &'a str,
    /// SHA-256 of that text.
    pub empreinte: &'a str,
    /// What whoever holds it types.
    pub code: &'a str,
    /// Now.
    pub emis_le: NaiveDateTime,
}

/// A document as it was frozen.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = document_emis)]
pub struct DocumentEmis {
    /// Identifier.
    pub id: i64,
    /// The case.
    pub dossier_id: i64,
    /// The decision that it notifies, if it is one.
    pub decision_id: Option<i64>,
    /// Its kind.
    pub nature: NatureEcrit,
    /// What it says: JSON of `courriers::decision::Document`.
    pub document: String,
    /// SHA-256 of that text.
    pub empreinte: String,
    /// What whoever holds it types.
    pub code: String,
    /// When it was frozen (UTC).
    pub emis_le: NaiveDateTime,
    pdf_cle: Option<String>,
    pdf_empreinte: Option<String>,
}

impl DocumentEmis {
    /// Its print; none while it waits.
    pub fn pdf(&self) -> Option<Pdf> {
        let (cle, empreinte) = self.pdf_cle.clone().zip(self.pdf_empreinte.clone())?;
        Some(Pdf { cle, empreinte })
    }
}

/// The print of a document, in the store of documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// Its key in the store.
    pub cle: String,
    /// SHA-256, in hexadecimal.
    pub empreinte: String,
}

/// A document in a list: its identifier, its kind, when it was frozen and printed.
pub type EnListe = (i64, NatureEcrit, NaiveDateTime, Option<NaiveDateTime>);

/// What its code says of a document: nothing of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verifie {
    /// Its kind.
    pub nature: NatureEcrit,
    /// When it was frozen (UTC).
    pub emis_le: NaiveDateTime,
    /// Where the decision that it notifies stands now.
    pub decision: Option<EtatDecision>,
    /// Where its request stands now.
    pub demande: Option<EtatDemande>,
}

/// Freezes a document, and files the task that prints it.
///
/// # Errors
/// [`super::contrainte::Contrainte::TacheUneFois`] when it was frozen already.
pub fn emettre(tx: &mut WriteTx<'_>, nouveau: &NouveauDocument<'_>) -> DbResult<i64> {
    let cle = format!("impression:{}", nouveau.cle);
    let travail = (NatureTache::Impression, cle.as_str());
    let id = tache::deposer(tx, travail, nouveau.dossier_id, nouveau.emis_le)?;
    diesel::insert_into(document_emis::table)
        .values((
            document_emis::id.eq(id),
            document_emis::dossier_id.eq(nouveau.dossier_id),
            document_emis::decision_id.eq(nouveau.decision_id),
            document_emis::nature.eq(nouveau.nature),
            document_emis::document.eq(nouveau.document),
            document_emis::empreinte.eq(nouveau.empreinte),
            document_emis::code.eq(nouveau.code),
            document_emis::emis_le.eq(nouveau.emis_le),
        ))
        .execute(&mut **tx)?;
    Ok(id)
}

/// A document, by its identifier: for who prints it.
pub fn par_id(conn: &mut AnyConn, id: i64) -> DbResult<DocumentEmis> {
    Ok(document_emis::table
        .find(id)
        .select(<DocumentEmis as Selectable<Multi>>::construct_selection())
        .first(conn)?)
}

/// A document, with what tells whether its addressee may read it.
#[derive(Debug, Clone)]
pub struct DuDossier {
    /// The document.
    pub emis: DocumentEmis,
    /// Number of its case.
    pub numero: String,
    /// Nature of its case.
    pub nature: NatureDossier,
    /// Whether what it decides was notified to its addressee.
    pub notifie: bool,
}

/// A document of a case that the caller may see.
///
/// # Errors
/// [`DbError::Introuvable`] out of scope.
pub fn visible(conn: &mut AnyConn, scope: &CpamScope, id: i64) -> DbResult<DuDossier> {
    type Ligne = (
        DocumentEmis,
        String,
        NatureDossier,
        Option<NaiveDate>,
        Option<NaiveDate>,
    );
    let (emis, numero, nature, decision, raisons): Ligne = document_emis::table
        .inner_join(dossier::table)
        .left_join(demande::table.on(demande::id.eq(document_emis::dossier_id)))
        .left_join(silence::table.on(silence::dossier_id.eq(document_emis::dossier_id)))
        .filter(document_emis::id.eq(id))
        .filter(Visible(scope.clone()))
        .select((
            <DocumentEmis as Selectable<Multi>>::construct_selection(),
            dossier::numero,
            dossier::nature,
            demande::notifiee_le.nullable(),
            silence::recue_le.nullable(),
        ))
        .first(conn)?;
    let notifie = match emis.decision_id {
        Some(_) => decision.is_some(),
        None => raisons.is_some() || !emis.nature.se_notifie(),
    };
    Ok(DuDossier {
        emis,
        numero,
        nature,
        notifie,
    })
}

/// The document that notifies a decision; none on those that were signed before documents were printed.
pub fn de_la_decision(conn: &mut AnyConn, decision_id: i64) -> DbResult<Option<EnListe>> {
    Ok(document_emis::table
        .filter(document_emis::decision_id.eq(decision_id))
        .order(document_emis::id.desc())
        .select((
            document_emis::id,
            document_emis::nature,
            document_emis::emis_le,
            document_emis::imprime_le,
        ))
        .first(conn)
        .optional()?)
}

/// The document that bears a code.
pub fn par_code(conn: &mut AnyConn, code: &str) -> DbResult<Option<DocumentEmis>> {
    Ok(document_emis::table
        .filter(document_emis::code.eq(code))
        .select(<DocumentEmis as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// The documents of a case, oldest first, to be read with what hangs on it.
pub fn lecture_de(dossier_id: i64) -> impl Lecture<Ligne = EnListe> {
    lecture(
        document_emis::table
            .filter(document_emis::dossier_id.eq(dossier_id))
            .order(document_emis::id)
            .select((
                document_emis::id,
                document_emis::nature,
                document_emis::emis_le,
                document_emis::imprime_le,
            )),
    )
}

/// Notes the print of a document.
///
/// # Errors
/// [`DbError::Perime`] when it was printed already: it is never printed again silently.
pub fn imprimer(tx: &mut WriteTx<'_>, id: i64, pdf: &Pdf, le: NaiveDateTime) -> DbResult<()> {
    une_ligne(
        diesel::update(document_emis::table.find(id))
            .filter(document_emis::imprime_le.is_null())
            .set((
                document_emis::pdf_cle.eq(&pdf.cle),
                document_emis::pdf_empreinte.eq(&pdf.empreinte),
                document_emis::imprime_le.eq(le),
            ))
            .execute(&mut **tx)?,
    )
}

/// What this code says; none when no document has it.
///
/// # Errors
/// [`DbError::Incoherent`] for a state that does not read.
pub fn verifier(conn: &mut AnyConn, code: &str) -> DbResult<Option<Verifie>> {
    type Ligne = (
        NatureEcrit,
        NaiveDateTime,
        Option<EtatDecision>,
        NatureDossier,
        String,
    );
    let ligne: Option<Ligne> = document_emis::table
        .inner_join(dossier::table)
        .left_join(decision::table)
        .filter(document_emis::code.eq(code))
        .select((
            document_emis::nature,
            document_emis::emis_le,
            decision::etat.nullable(),
            dossier::nature,
            dossier::etat,
        ))
        .first(conn)
        .optional()?;
    let Some((nature, emis_le, decision, dossier, etat)) = ligne else {
        return Ok(None);
    };
    let demande = match dossier {
        NatureDossier::Demande => Some(etat.parse().map_err(DbError::Incoherent)?),
        NatureDossier::Depart | NatureDossier::Appel | NatureDossier::Recours => None,
    };
    Ok(Some(Verifie {
        nature,
        emis_le,
        decision,
        demande,
    }))
}
