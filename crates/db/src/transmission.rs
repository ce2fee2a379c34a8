//! PRO-1: requests that changed caisse. What hangs on one moves with it; what the former caisse had put on it goes.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::dossier::{self as tronc, ChangementDossier};
use super::schema::{caisse, dossier, dossier_etiquette, echeance, message, transmission};
use super::{AnyConn, DbResult, WriteTx};

/// A case to hand over.
#[derive(Debug, Insertable)]
#[diesel(table_name = transmission)]
pub struct NouvelleTransmission<'a> {
    /// The case.
    pub dossier_id: i64,
    /// The caisse that forwards it.
    pub de: &'a str,
    /// The caisse in charge.
    pub vers: &'a str,
    /// Now.
    pub transmise_le: NaiveDateTime,
    /// Who forwards it.
    pub par: i64,
    /// Why.
    pub raison: &'a str,
}

/// What the former caisse still sees of a case.
#[derive(Debug, Clone, Queryable)]
pub struct Transmise {
    /// Its number.
    pub numero: String,
    /// Name of the caisse in charge.
    pub vers: String,
    /// When it was forwarded (UTC).
    pub transmise_le: NaiveDateTime,
}

/// Hands a case over, in the version that was read: nobody follows it any more, it has no label, and its messages and
/// deadlines are those of the caisse in charge.
///
/// # Errors
/// [`super::DbError::Perime`] when it changed meanwhile.
pub fn transmettre(
    tx: &mut WriteTx<'_>,
    version: i32,
    nouvelle: &NouvelleTransmission<'_>,
) -> DbResult<()> {
    let (id, vers) = (nouvelle.dossier_id, nouvelle.vers);
    let change = ChangementDossier {
        assigne_a: Some(None),
        ..ChangementDossier::default()
    };
    tronc::modifier(tx, id, version, &change)?;
    diesel::update(dossier::table.find(id))
        .set(dossier::caisse_code.eq(vers))
        .execute(&mut **tx)?;
    diesel::update(message::table.filter(message::dossier_id.eq(id)))
        .set(message::caisse_code.eq(vers))
        .execute(&mut **tx)?;
    diesel::update(echeance::table.filter(echeance::dossier_id.eq(id)))
        .set(echeance::caisse_code.eq(vers))
        .execute(&mut **tx)?;
    diesel::delete(dossier_etiquette::table.filter(dossier_etiquette::dossier_id.eq(id)))
        .execute(&mut **tx)?;
    super::mots::indexer(tx, id)?;
    diesel::insert_into(transmission::table)
        .values(nouvelle)
        .execute(&mut **tx)?;
    Ok(())
}

/// What a caisse forwarded (none: every caisse), the latest first, at most `lignes`.
pub fn transmises(conn: &mut AnyConn, de: Option<&str>, lignes: i64) -> DbResult<Vec<Transmise>> {
    let mut requete = transmission::table
        .inner_join(dossier::table)
        .inner_join(caisse::table.on(caisse::code.eq(transmission::vers)))
        .order(transmission::id.desc())
        .limit(lignes)
        .select((dossier::numero, caisse::nom, transmission::transmise_le))
        .into_boxed();
    if let Some(de) = de {
        requete = requete.filter(transmission::de.eq(de.to_owned()));
    }
    Ok(requete.load(conn)?)
}
