//! What the consistency check asks of the database: each control is a query that names what is wrong.

mod controles;

pub use controles::CONTROLES;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use regles::echeance::NatureEcheance;

use super::schema::{
    attestation, brouillon_piece, caisse, decision, document_emis, dossier, message_piece, piece,
    signature,
};
use super::{AnyConn, DbResult};

/// A control: a query whose every row is an object that breaks a rule.
#[derive(Debug, Clone, Copy)]
pub struct Controle {
    /// The rule, or what is controlled, as `REG-14` or `courriel`.
    pub regle: &'static str,
    /// What is wrong with the object, in French.
    pub phrase: &'static str,
    /// Whether somebody has to act; otherwise it is only worth knowing.
    pub grave: bool,
    /// Selects `objet`, a text that names the object.
    sql: &'static str,
}

/// An object that breaks a rule.
#[derive(Debug, Clone, QueryableByName)]
struct Objet {
    #[diesel(sql_type = Text)]
    objet: String,
}

/// Objects named by one control, at most.
pub const LIMITE: usize = 1000;

impl Controle {
    /// The objects that break the rule, at most [`LIMITE`] and one more.
    pub fn objets(&self, conn: &mut AnyConn) -> DbResult<Vec<String>> {
        let sql = self.sql.replace("{appelee}", &appelee()).replace(
            "{file}",
            &liste(&NatureEcheance::parmi(|f| f.file.is_some())),
        );
        let sql = format!(
            "SELECT objet FROM ({sql}) AS controle ORDER BY objet LIMIT {}",
            LIMITE + 1
        );
        let lus: Vec<Objet> = diesel::sql_query(sql).load(conn)?;
        Ok(lus.into_iter().map(|o| o.objet).collect())
    }
}

/// Whether the state of a request calls for a deadline, as the register says.
fn appelee() -> String {
    let natures = NatureEcheance::parmi(|f| !f.pendant.is_empty());
    let conditions = natures.iter().map(|n| {
        let etats: Vec<String> = n
            .fiche()
            .pendant
            .iter()
            .map(|e| entre(e.as_str()))
            .collect();
        format!(
            "(e.nature = '{}' AND d.etat IN ({}))",
            n.as_str(),
            etats.join(", ")
        )
    });
    conditions.collect::<Vec<_>>().join(" OR ")
}

fn liste(natures: &[NatureEcheance]) -> String {
    let codes: Vec<String> = natures.iter().map(|n| entre(n.as_str())).collect();
    codes.join(", ")
}

fn entre(code: &str) -> String {
    format!("'{code}'")
}

#[derive(QueryableByName)]
struct LigneOrpheline {
    #[diesel(sql_type = Text, column_name = "table")]
    table: String,
    #[diesel(sql_type = Nullable<Text>)]
    parent: Option<String>,
}

#[derive(QueryableByName)]
struct Integrite {
    #[diesel(sql_type = Text)]
    integrity_check: String,
}

/// What the database file itself says of its own state; PostgreSQL answers for itself.
pub fn fichier(conn: &mut AnyConn) -> DbResult<Vec<String>> {
    if !conn.is_sqlite() {
        return Ok(Vec::new());
    }
    let integrite: Vec<Integrite> = diesel::sql_query("PRAGMA integrity_check(100)").load(conn)?;
    let mut defauts: Vec<String> = integrite
        .into_iter()
        .map(|i| i.integrity_check)
        .filter(|i| i != "ok")
        .collect();
    let orphelines: Vec<LigneOrpheline> =
        diesel::sql_query("SELECT \"table\", \"parent\" FROM pragma_foreign_key_check LIMIT 100")
            .load(conn)?;
    defauts.extend(orphelines.into_iter().map(|o| {
        format!(
            "une ligne de {} nomme une ligne absente de {}",
            o.table,
            o.parent.unwrap_or_default()
        )
    }));
    Ok(defauts)
}

/// The codes of the caisses, in order.
pub fn caisses(conn: &mut AnyConn) -> DbResult<Vec<String>> {
    Ok(caisse::table
        .select(caisse::code)
        .order(caisse::code)
        .load(conn)?)
}

/// A stored document to verify: identifier, key, SHA-256.
pub type PieceAVerifier = (i64, String, String);

/// Documents after the one given, in order.
pub fn pieces(conn: &mut AnyConn, apres: i64, limite: i64) -> DbResult<Vec<PieceAVerifier>> {
    Ok(piece::table
        .filter(piece::id.gt(apres))
        .order(piece::id)
        .limit(limite)
        .select((piece::id, piece::cle, piece::empreinte))
        .load(conn)?)
}

/// A document that was frozen, and its SHA-256 of that day.
#[derive(Debug, Clone, Queryable)]
pub struct DocumentFige {
    /// Identifier of the decision, or of the attestation.
    pub id: i64,
    /// Number of the file.
    pub numero: String,
    /// The text.
    pub document: String,
    /// SHA-256, in hexadecimal.
    pub empreinte: String,
}

/// The documents of the decisions after an identifier.
pub fn documents(conn: &mut AnyConn, apres: i64, limite: i64) -> DbResult<Vec<DocumentFige>> {
    Ok(decision::table
        .inner_join(dossier::table)
        .filter(decision::id.gt(apres))
        .filter(decision::document.is_not_null())
        .filter(decision::empreinte.is_not_null())
        .order(decision::id)
        .limit(limite)
        .select((
            decision::id,
            dossier::numero,
            decision::document.assume_not_null(),
            decision::empreinte.assume_not_null(),
        ))
        .load(conn)?)
}

/// The attestations after an identifier.
pub fn attestations(conn: &mut AnyConn, apres: i64, limite: i64) -> DbResult<Vec<DocumentFige>> {
    Ok(attestation::table
        .inner_join(dossier::table)
        .filter(attestation::id.gt(apres))
        .order(attestation::id)
        .limit(limite)
        .select((
            attestation::id,
            dossier::numero,
            attestation::document,
            attestation::empreinte,
        ))
        .load(conn)?)
}

/// The letters frozen as documents after an identifier.
pub fn documents_emis(conn: &mut AnyConn, apres: i64, limite: i64) -> DbResult<Vec<DocumentFige>> {
    Ok(document_emis::table
        .inner_join(dossier::table)
        .filter(document_emis::id.gt(apres))
        .order(document_emis::id)
        .limit(limite)
        .select((
            document_emis::id,
            dossier::numero,
            document_emis::document,
            document_emis::empreinte,
        ))
        .load(conn)?)
}

/// The prints after the one given, in order.
pub fn imprimes(conn: &mut AnyConn, apres: i64, limite: i64) -> DbResult<Vec<PieceAVerifier>> {
    Ok(document_emis::table
        .filter(document_emis::id.gt(apres))
        .filter(document_emis::pdf_cle.is_not_null())
        .order(document_emis::id)
        .limit(limite)
        .select((
            document_emis::id,
            document_emis::pdf_cle.assume_not_null(),
            document_emis::pdf_empreinte.assume_not_null(),
        ))
        .load(conn)?)
}

/// Which of these keys no document names.
pub fn cles_inconnues(conn: &mut AnyConn, cles: Vec<String>) -> DbResult<Vec<String>> {
    let mut connues: std::collections::HashSet<String> = piece::table
        .filter(piece::cle.eq_any(&cles))
        .select(piece::cle)
        .load(conn)?
        .into_iter()
        .collect();
    let brouillons: Vec<String> = brouillon_piece::table
        .filter(brouillon_piece::cle.eq_any(&cles))
        .select(brouillon_piece::cle)
        .load(conn)?;
    connues.extend(brouillons);
    let joints: Vec<String> = message_piece::table
        .filter(message_piece::cle.eq_any(&cles))
        .select(message_piece::cle)
        .load(conn)?;
    connues.extend(joints);
    let logos: Vec<Option<String>> = caisse::table
        .filter(caisse::logo_cle.eq_any(&cles))
        .select(caisse::logo_cle)
        .load(conn)?;
    connues.extend(logos.into_iter().flatten());
    let imprimes: Vec<Option<String>> = document_emis::table
        .filter(document_emis::pdf_cle.eq_any(&cles))
        .select(document_emis::pdf_cle)
        .load(conn)?;
    connues.extend(imprimes.into_iter().flatten());
    let signees: Vec<Option<String>> = signature::table
        .filter(signature::cle.eq_any(&cles))
        .select(signature::cle)
        .load(conn)?;
    connues.extend(signees.into_iter().flatten());
    Ok(cles.into_iter().filter(|c| !connues.contains(c)).collect())
}

/// Tasks that should have been done, or whose carrier died: due before `dus_avant`, claimed before `reclames_avant`;
/// those of a nature that this program does not know too.
pub fn taches_en_retard(
    conn: &mut AnyConn,
    dus_avant: NaiveDateTime,
    reclames_avant: NaiveDateTime,
) -> DbResult<Vec<String>> {
    use super::schema::{courriel, tache};
    use super::tache::EtatTache;
    let lues: Vec<(i64, String, Option<String>)> = tache::table
        .left_join(courriel::table)
        .filter(
            tache::etat
                .eq(EtatTache::AFaire)
                .and(tache::prochain_essai.lt(dus_avant))
                .or(tache::etat
                    .eq(EtatTache::EnCours)
                    .and(tache::reclame_le.lt(reclames_avant))),
        )
        .order(tache::id)
        .limit(i64::try_from(LIMITE).unwrap_or(i64::MAX))
        .select((tache::id, tache::nature, courriel::modele.nullable()))
        .load(conn)?;
    Ok(lues
        .into_iter()
        .map(|(id, nature, modele)| {
            let detail = modele.map(|m| format!(", {m}")).unwrap_or_default();
            format!("tâche {id} ({nature}{detail})")
        })
        .collect())
}

/// Deadlines of installation that ended before `jour` and still run: the daily tick did not pass.
pub fn tic_en_retard(conn: &mut AnyConn, jour: NaiveDate) -> DbResult<Vec<String>> {
    let accords = super::rappel::accords_echus(conn, 0, jour, 100)?;
    Ok(accords
        .into_iter()
        .map(|id| format!("demande d’identifiant {id}"))
        .collect())
}
