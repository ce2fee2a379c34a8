//! What hangs on the rows of the queue, in one statement: documents asked for, labels, messages that nobody read.

use std::collections::HashMap;

use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, HasSqlType, Text};

use regles::mots::fold;

use super::condition::{NON_LU_PAR_LA_CAISSE, completer};
use super::{AnyConn, DbError, DbResult};

/// What hangs on a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Autour {
    /// Documents asked for.
    pub demandees: i64,
    /// Those of them that arrived.
    pub recues: i64,
    /// Labels, by name.
    pub etiquettes: Vec<String>,
    /// Messages that the CPAM has not read.
    pub non_lus: i64,
}

struct Requete(Vec<i64>);

impl QueryId for Requete {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Requete {
    // The request, what the row is, a text, two numbers.
    type SqlType = (BigInt, Text, Text, BigInt, BigInt);
}

impl RunQueryDsl<AnyConn> for Requete {}

impl<DB> QueryFragment<DB> for Requete
where
    DB: Backend + HasSqlType<BigInt>,
    i64: ToSql<BigInt, DB>,
{
    fn walk_ast<'b>(&'b self, mut sortie: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        sortie.push_sql(
            "SELECT dossier_id, 'piece', '', count(*), count(recue_le) FROM piece_demandee WHERE ",
        );
        self.parmi(&mut sortie)?;
        sortie.push_sql(
            " GROUP BY dossier_id UNION ALL SELECT dossier_id, 'etiquette', nom, 0, 0 FROM dossier_etiquette \
             INNER JOIN etiquette ON etiquette.id = etiquette_id WHERE ",
        );
        self.parmi(&mut sortie)?;
        sortie.push_sql(
            " UNION ALL SELECT dossier_id, 'message', '', count(*), 0 FROM message WHERE ",
        );
        sortie.push_sql(NON_LU_PAR_LA_CAISSE.0);
        sortie.push_sql(" AND ");
        self.parmi(&mut sortie)?;
        sortie.push_sql(" GROUP BY dossier_id");
        Ok(())
    }
}

impl Requete {
    fn parmi<'b, DB>(&'b self, sortie: &mut AstPass<'_, 'b, DB>) -> QueryResult<()>
    where
        DB: Backend + HasSqlType<BigInt>,
        i64: ToSql<BigInt, DB>,
    {
        for (rang, id) in self.0.iter().enumerate() {
            sortie.push_sql(if rang == 0 { "dossier_id IN (" } else { ", " });
            sortie.push_bind_param::<BigInt, _>(id)?;
        }
        sortie.push_sql(")");
        Ok(())
    }
}

/// What hangs on each of these requests; those on which nothing does are left out.
///
/// # Errors
/// The refusal of the database.
pub fn de(conn: &mut AnyConn, demandes: Vec<i64>) -> DbResult<HashMap<i64, Autour>> {
    let mut trouves: HashMap<i64, Autour> = HashMap::new();
    if demandes.is_empty() {
        return Ok(trouves);
    }
    let lignes: Vec<(i64, String, String, i64, i64)> = Requete(completer(demandes)).load(conn)?;
    for (id, sorte, nom, nombre, recues) in lignes {
        let autour = trouves.entry(id).or_default();
        match sorte.as_str() {
            "piece" => (autour.demandees, autour.recues) = (nombre, recues),
            "etiquette" => autour.etiquettes.push(nom),
            "message" => autour.non_lus = nombre,
            _ => return Err(DbError::Incoherent(sorte)),
        }
    }
    for autour in trouves.values_mut() {
        autour.etiquettes.sort_by_cached_key(|nom| fold(nom));
    }
    Ok(trouves)
}
