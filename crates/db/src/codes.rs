//! Codes that the program declares and the database holds: the rows of `code_*` tables that no migration writes, so that
//! a new kind needs none. Those of a newer program stay.

use diesel::prelude::*;
use regles::echeance::NatureEcheance;

use super::schema::{code_nature_echeance, code_nature_tache};
use super::tache::NatureTache;
use super::{AnyConn, DbResult};

/// Writes the codes that are missing. Two processes may do it at once.
pub fn inscrire(conn: &mut AnyConn) -> DbResult<()> {
    for (table, code) in manquants(conn)? {
        diesel::sql_query(format!(
            "INSERT INTO {table} (code) VALUES ('{code}') ON CONFLICT DO NOTHING"
        ))
        .execute(conn)?;
    }
    Ok(())
}

/// The codes that the database lacks, with their table.
pub fn manquants(conn: &mut AnyConn) -> DbResult<Vec<(&'static str, &'static str)>> {
    let echeances: Vec<String> = code_nature_echeance::table
        .select(code_nature_echeance::code)
        .load(conn)?;
    let taches: Vec<String> = code_nature_tache::table
        .select(code_nature_tache::code)
        .load(conn)?;
    let mut manquants = Vec::new();
    for code in NatureEcheance::TOUS.iter().map(|n| n.as_str()) {
        if !echeances.iter().any(|c| c == code) {
            manquants.push(("code_nature_echeance", code));
        }
    }
    for code in NatureTache::TOUS.iter().map(|n| n.as_str()) {
        if !taches.iter().any(|c| c == code) {
            manquants.push(("code_nature_tache", code));
        }
    }
    Ok(manquants)
}
