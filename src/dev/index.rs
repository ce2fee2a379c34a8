//! The indexes of the tables that a data set fills: taken away before, built again after.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::db::{AnyConn, DbResult, WriteTx};

/// The tables, as a list of SQL.
const TABLES: &str =
    "'compte', 'kine', 'dossier', 'demande', 'dossier_mot', 'echeance', 'decision', 'evenement'";

#[derive(QueryableByName)]
pub(super) struct Index {
    #[diesel(sql_type = Text)]
    nom: String,
    #[diesel(sql_type = Text)]
    texte: String,
}

/// Takes the indexes away, those of keys and promises made with their table excepted.
pub(super) fn retirer(tx: &mut WriteTx<'_>) -> DbResult<Vec<Index>> {
    let index = lire(tx)?;
    for i in &index {
        tx.batch_execute(&format!("DROP INDEX {}", i.nom))?;
    }
    Ok(index)
}

impl Index {
    /// Builds it again.
    pub(super) fn remettre(&self, tx: &mut WriteTx<'_>) -> DbResult<()> {
        Ok(tx.batch_execute(&self.texte)?)
    }
}

fn lire(conn: &mut AnyConn) -> DbResult<Vec<Index>> {
    let requete = if conn.is_sqlite() {
        format!(
            "SELECT name AS nom, sql AS texte FROM sqlite_master \
             WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({TABLES}) ORDER BY name"
        )
    } else {
        format!(
            "SELECT CAST(indexname AS text) AS nom, indexdef AS texte FROM pg_indexes WHERE tablename IN ({TABLES}) \
             AND schemaname = current_schema() AND indexname NOT IN (SELECT conname FROM pg_constraint) ORDER BY indexname"
        )
    };
    Ok(diesel::sql_query(requete).load(conn)?)
}
