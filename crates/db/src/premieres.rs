//! The first rows of a list, their number written out. Diesel binds it: PostgreSQL then plans for a tenth of the
//! table, finds that plan dear, and plans anew at each execution, which costs four times the reading.

use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;

use super::AnyConn;

/// A query cut after its first rows: a few numbers of rows, so a few statements to keep.
#[derive(Debug, Clone)]
pub struct Premieres<Q> {
    requete: Q,
    lignes: i64,
}

/// The first `lignes` rows of `requete`, which has an order and no limit of its own.
pub fn premieres<Q>(requete: Q, lignes: i64) -> Premieres<Q> {
    Premieres { requete, lignes }
}

impl<Q: Query> Query for Premieres<Q> {
    type SqlType = Q::SqlType;
}

impl<Q> RunQueryDsl<AnyConn> for Premieres<Q> {}

impl<Q> QueryId for Premieres<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for Premieres<Q> {
    fn walk_ast<'b>(&'b self, mut sortie: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.requete.walk_ast(sortie.reborrow())?;
        sortie.push_sql(" LIMIT ");
        sortie.push_sql(&self.lignes.to_string());
        Ok(())
    }
}
