//! The text of a statement, written once. Through its enumeration of two databases, Diesel writes the text of each statement
//! anew some three times at each use, even of one that stays prepared: on the large statements of a page, that cost as much as
//! the reading. Here it is written once at most, and kept when the type of the statement says its text.

use std::any::TypeId;
use std::collections::HashMap;
use std::sync::Arc;

use diesel::internal::derives::multiconnection::AstPassHelper;
use diesel::query_builder::{AstPass, Query, QueryBuilder, QueryFragment, QueryId};
use diesel::result::QueryResult;

use super::dialect::{Multi, Redacteur};

/// What a statement says, without its values.
#[derive(Debug)]
struct Texte {
    sql: String,
    /// Whether Diesel may keep it prepared.
    conservable: bool,
}

impl Texte {
    fn de(
        source: &impl QueryFragment<Multi>,
        base: &Multi,
        mut redacteur: Redacteur,
    ) -> QueryResult<Texte> {
        source.to_sql(&mut redacteur, base)?;
        Ok(Texte {
            sql: redacteur.finish(),
            conservable: source.is_safe_to_cache_prepared(base)?,
        })
    }
}

/// The texts that a connection wrote.
#[derive(Debug, Default)]
pub(super) struct Textes(HashMap<TypeId, Arc<Texte>>);

impl Textes {
    /// The same statement, with its text.
    pub(super) fn ecrire<T>(
        &mut self,
        source: T,
        base: &Multi,
        redacteur: Redacteur,
    ) -> QueryResult<Enonce<T>>
    where
        T: QueryFragment<Multi> + QueryId,
    {
        let connu = T::query_id().and_then(|id| self.0.get(&id));
        let texte = match connu {
            Some(texte) => texte.clone(),
            None => {
                let texte = Arc::new(Texte::de(&source, base, redacteur)?);
                // What Diesel does not keep prepared may differ from one use to the next.
                if let Some(id) = T::query_id().filter(|_| texte.conservable) {
                    self.0.insert(id, texte.clone());
                }
                texte
            }
        };
        Ok(Enonce { texte, source })
    }
}

/// A statement with its text.
pub(super) struct Enonce<T> {
    texte: Arc<Texte>,
    source: T,
}

impl<T: Query> Query for Enonce<T> {
    type SqlType = T::SqlType;
}

impl<T: QueryId> QueryId for Enonce<T> {
    type QueryId = T::QueryId;
    const HAS_STATIC_QUERY_ID: bool = T::HAS_STATIC_QUERY_ID;
}

impl<T: QueryFragment<Multi>> QueryFragment<Multi> for Enonce<T> {
    fn walk_ast<'b>(&'b self, mut sortie: AstPass<'_, 'b, Multi>) -> QueryResult<()> {
        if !self.texte.conservable {
            sortie.unsafe_to_cache_prepared();
        }
        // Only those who want the values go through the statement itself.
        if sortie.bind_collector().is_some() || sortie.debug_binds().is_some() {
            return self.source.walk_ast(sortie);
        }
        sortie.push_sql(&self.texte.sql);
        Ok(())
    }
}
