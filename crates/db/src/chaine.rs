//! The chains of events: what a transaction noted is written at its end, in one insert, and the head of each chain is held
//! from there to the commit only, so that two acts of one caisse wait for each other no longer than that.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use regles::evenement::{Code, Empreinte, ORIGINE, Scellee, Suite};

use super::dialect::Base;
use super::schema::{chaine, evenement};
use super::{AnyConn, DbError, DbResult, nouveaute, une_ligne};
use crate::per_backend;

/// The chain of what concerns no caisse.
pub const NATION: &str = "nation";

/// Rows of one insert: SQLite takes 32 766 values.
pub(super) const LIGNES_PAR_ORDRE: usize = 1_000;

/// An event that waits for the end of its transaction.
pub(super) struct EnAttente {
    pub(super) caisse_code: Option<String>,
    pub(super) code: Code,
    pub(super) dossier_id: Option<i64>,
    pub(super) lie_id: Option<i64>,
    pub(super) acteur_id: Option<i64>,
    pub(super) sel: [u8; 16],
    pub(super) scellee: Scellee,
}

impl EnAttente {
    fn chaine(&self) -> &str {
        self.caisse_code.as_deref().unwrap_or(NATION)
    }
}

#[derive(Insertable)]
#[diesel(table_name = evenement, treat_none_as_default_value = false)]
struct Ligne<'a> {
    chaine: &'a str,
    seq: i64,
    code: Code,
    le: NaiveDateTime,
    dossier_id: Option<i64>,
    lie_id: Option<i64>,
    texte: &'a str,
    precedente: Vec<u8>,
    empreinte: Vec<u8>,
    acteur_id: Option<i64>,
    sel: &'a [u8],
    personnel: &'a str,
}

/// Writes what waits, in its order, at the end of its chains. Nothing else writes an event.
///
/// # Errors
/// [`DbError::Occupee`] when a head stays locked too long.
pub(super) fn ecrire(conn: &mut AnyConn, attente: &[EnAttente]) -> DbResult<()> {
    // Before the heads are held.
    nouveaute::signaler(conn, attente)?;
    // In the order of their codes: two acts that write to the same two chains never hold one each.
    let mut tetes: BTreeMap<&str, (Option<&str>, Suite)> = attente
        .iter()
        .map(|e| {
            let origine = (e.caisse_code.as_deref(), Suite::default());
            (e.chaine(), origine)
        })
        .collect();
    for (code, (caisse, suite)) in &mut tetes {
        *suite = tenir(conn, code, *caisse)?;
    }
    let mut lignes = Vec::with_capacity(attente.len());
    for e in attente {
        let Some((_, suite)) = tetes.get_mut(e.chaine()) else {
            continue;
        };
        let precedente = suite.empreinte;
        suite.ajouter(&e.scellee.texte);
        lignes.push(Ligne {
            chaine: e.chaine(),
            seq: suite.seq,
            code: e.code,
            le: e.scellee.le,
            dossier_id: e.dossier_id,
            lie_id: e.lie_id,
            texte: &e.scellee.texte,
            precedente: precedente.0.to_vec(),
            empreinte: suite.empreinte.0.to_vec(),
            acteur_id: e.acteur_id,
            sel: &e.sel,
            personnel: &e.scellee.personnel,
        });
    }
    for lot in lignes.chunks(LIGNES_PAR_ORDRE) {
        per_backend!(&mut *conn, c => diesel::insert_into(evenement::table).values(lot).execute(c)?);
    }
    for (code, (_, suite)) in &tetes {
        une_ligne(
            diesel::update(chaine::table.find(*code))
                .set((
                    chaine::seq.eq(suite.seq),
                    chaine::empreinte.eq(suite.empreinte.0.to_vec()),
                ))
                .execute(conn)?,
        )?;
    }
    Ok(())
}

/// The head of a chain, locked until the transaction ends; written first if this is the first event of the chain.
fn tenir(conn: &mut AnyConn, code: &str, caisse: Option<&str>) -> DbResult<Suite> {
    if let Some(tete) = verrouiller(conn, code)? {
        return Ok(tete);
    }
    // Two acts may begin one chain at the same instant: the second waits here, then reads what the first wrote.
    per_backend!(&mut *conn, c => diesel::insert_into(chaine::table)
        .values((
            chaine::code.eq(code),
            chaine::caisse_code.eq(caisse),
            chaine::seq.eq(0),
            chaine::empreinte.eq(ORIGINE.0.to_vec()),
        ))
        .on_conflict_do_nothing()
        .execute(c)?);
    verrouiller(conn, code)?.ok_or(DbError::Introuvable)
}

fn verrouiller(conn: &mut AnyConn, code: &str) -> DbResult<Option<Suite>> {
    let tete = chaine::table
        .find(code)
        .select((chaine::seq, chaine::empreinte));
    let lue: Option<(i64, Vec<u8>)> = match &mut conn.base {
        Base::Pg(conn) => tete.for_update().first(conn).optional()?,
        Base::Sqlite(conn) => tete.first(conn).optional()?,
    };
    lue.map(suite).transpose()
}

fn suite((seq, empreinte): (i64, Vec<u8>)) -> DbResult<Suite> {
    Ok(Suite {
        seq,
        empreinte: lire(&empreinte)?,
    })
}

fn lire(octets: &[u8]) -> DbResult<Empreinte> {
    Empreinte::try_from(octets).map_err(DbError::Incoherent)
}

/// A stored row, with what its text should say again.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = evenement)]
pub struct LigneDeChaine {
    /// Rank.
    pub seq: i64,
    /// Kind, as the column says it.
    pub code: String,
    /// When (UTC).
    pub le: NaiveDateTime,
    /// The case.
    pub dossier_id: Option<i64>,
    /// The second case.
    pub lie_id: Option<i64>,
    /// What is hashed.
    pub texte: String,
    precedente: Vec<u8>,
    empreinte: Vec<u8>,
    /// The account that acted.
    pub acteur_id: Option<i64>,
    /// The salt of the commitment; none once erased.
    pub sel: Option<Vec<u8>>,
    /// The personal part; none once erased.
    pub personnel: Option<String>,
}

impl LigneDeChaine {
    /// The digest of the row before, as this one says it.
    ///
    /// # Errors
    /// [`DbError::Incoherent`]: not 32 bytes.
    pub fn precedente(&self) -> DbResult<Empreinte> {
        lire(&self.precedente)
    }

    /// Its own digest, as it is stored.
    ///
    /// # Errors
    /// [`DbError::Incoherent`]: not 32 bytes.
    pub fn empreinte(&self) -> DbResult<Empreinte> {
        lire(&self.empreinte)
    }
}

/// The codes of the chains, in order.
pub fn toutes(conn: &mut AnyConn) -> DbResult<Vec<String>> {
    Ok(chaine::table
        .select(chaine::code)
        .order(chaine::code)
        .load(conn)?)
}

/// The head of a chain, as it is stored.
///
/// # Errors
/// [`DbError::Incoherent`]: its digest does not read.
pub fn tete(conn: &mut AnyConn, code: &str) -> DbResult<Suite> {
    suite(
        chaine::table
            .find(code)
            .select((chaine::seq, chaine::empreinte))
            .first(conn)?,
    )
}

/// The rows of a chain after a rank, in order, at most `limite`.
pub fn lignes(
    conn: &mut AnyConn,
    code: &str,
    apres: i64,
    limite: i64,
) -> DbResult<Vec<LigneDeChaine>> {
    Ok(evenement::table
        .filter(evenement::chaine.eq(code).and(evenement::seq.gt(apres)))
        .order(evenement::seq)
        .limit(limite)
        .select(<LigneDeChaine as Selectable<super::dialect::Multi>>::construct_selection())
        .load(conn)?)
}

/// The digests of a chain after a rank, in order, at most `limite`.
///
/// # Errors
/// [`DbError::Incoherent`]: one that does not read.
pub fn empreintes(
    conn: &mut AnyConn,
    code: &str,
    apres: i64,
    limite: i64,
) -> DbResult<Vec<Empreinte>> {
    let lues: Vec<Vec<u8>> = evenement::table
        .filter(evenement::chaine.eq(code).and(evenement::seq.gt(apres)))
        .order(evenement::seq)
        .limit(limite)
        .select(evenement::empreinte)
        .load(conn)?;
    lues.iter().map(|octets| lire(octets)).collect()
}

/// The rows of a case, in the order of their writing, each with its chain.
pub fn du_dossier(conn: &mut AnyConn, dossier_id: i64) -> DbResult<Vec<(String, LigneDeChaine)>> {
    Ok(evenement::table
        .filter(evenement::dossier_id.eq(dossier_id))
        .order(evenement::id)
        .select((
            evenement::chaine,
            <LigneDeChaine as Selectable<super::dialect::Multi>>::construct_selection(),
        ))
        .load(conn)?)
}
