//! Several lists in one statement. Each is an ordinary query, kept in the file of its subject; the rows of all of them
//! come back together, each read by the types of its own query.
//!
//! The statement is a UNION ALL: a first column says which list a row is of. On PostgreSQL, where a column has one type, it is
//! as wide as its lists side by side, and the columns of the others are NULL. On SQLite, where a value has its own type, it is
//! as wide as the widest of them: each row costs what is copied of it, NULL or not.

use std::marker::PhantomData;

use diesel::connection::LoadConnection;
use diesel::deserialize::{self, FromSqlRow};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::query_dsl::methods::LoadQuery;
use diesel::result::Error;
use diesel::row::Row;
use diesel::sql_types::{BigInt, Bool, Date, Integer, Nullable, SqlType, Text, Timestamp, Untyped};

use super::dialect::Multi;
use super::{AnyConn, DbResult};

/// The columns of a query, by their types.
pub trait Colonnes {
    /// How many.
    const NOMBRE: usize;

    /// Writes a NULL of the type of each: PostgreSQL takes the types of a union from its first rows.
    fn nulles(sortie: &mut AstPass<'_, '_, Multi>);
}

macro_rules! colonne {
    ($($type_sql:ty => $nom:literal;)+) => {$(
        impl Colonnes for $type_sql {
            const NOMBRE: usize = 1;

            fn nulles(sortie: &mut AstPass<'_, '_, Multi>) {
                sortie.push_sql(concat!(", CAST(NULL AS ", $nom, ")"));
            }
        }
    )+};
}

colonne! {
    BigInt => "BIGINT";
    Bool => "BOOLEAN";
    Date => "DATE";
    Integer => "INTEGER";
    Text => "TEXT";
    Timestamp => "TIMESTAMP";
}

impl<T: Colonnes + SqlType> Colonnes for Nullable<T> {
    const NOMBRE: usize = T::NOMBRE;

    fn nulles(sortie: &mut AstPass<'_, '_, Multi>) {
        T::nulles(sortie);
    }
}

macro_rules! colonnes {
    () => {};
    ($t:ident $($reste:ident)*) => {
        impl<$t: Colonnes, $($reste: Colonnes),*> Colonnes for ($t, $($reste,)*) {
            const NOMBRE: usize = $t::NOMBRE $(+ $reste::NOMBRE)*;

            fn nulles(sortie: &mut AstPass<'_, '_, Multi>) {
                $t::nulles(sortie);
                $($reste::nulles(sortie);)*
            }
        }
        colonnes! { $($reste)* }
    };
}

colonnes! { A B C D E F G H I J K L M N O P Q R S T U V W X Y Z AA BB CC DD EE FF }

/// A list to read: alone, or with others in one statement.
pub trait Lecture: QueryFragment<Multi> + QueryId + Sized + 'static {
    /// What a row is read into.
    type Ligne: 'static;
    /// The columns of a row.
    type Colonnes: Colonnes;

    /// Reads a row whose first column is the one of this rank.
    ///
    /// # Errors
    /// A stored value that does not read.
    fn ligne<'a>(rangee: &impl Row<'a, Multi>, debut: usize) -> deserialize::Result<Self::Ligne>;

    /// Reads the list in a statement of its own, in its order.
    fn toutes(self, conn: &mut AnyConn) -> DbResult<Vec<Self::Ligne>>;
}

/// A query with what its rows are read into.
struct Requete<Q, T> {
    requete: Q,
    ligne: PhantomData<fn() -> T>,
}

/// The list that a query gives. It owns its values.
pub fn lecture<Q, T>(requete: Q) -> impl Lecture<Ligne = T>
where
    Q: Query + QueryFragment<Multi> + QueryId + LoadQuery<'static, AnyConn, T> + 'static,
    Q::SqlType: Colonnes,
    T: FromSqlRow<Q::SqlType, Multi> + 'static,
{
    Requete {
        requete,
        ligne: PhantomData,
    }
}

impl<Q: QueryId, T> QueryId for Requete<Q, T> {
    type QueryId = Q::QueryId;
    const HAS_STATIC_QUERY_ID: bool = Q::HAS_STATIC_QUERY_ID;
}

impl<Q: QueryFragment<Multi>, T> QueryFragment<Multi> for Requete<Q, T> {
    fn walk_ast<'b>(&'b self, sortie: AstPass<'_, 'b, Multi>) -> QueryResult<()> {
        self.requete.walk_ast(sortie)
    }
}

impl<Q, T> Lecture for Requete<Q, T>
where
    Q: Query + QueryFragment<Multi> + QueryId + LoadQuery<'static, AnyConn, T> + 'static,
    Q::SqlType: Colonnes,
    T: FromSqlRow<Q::SqlType, Multi> + 'static,
{
    type Ligne = T;
    type Colonnes = Q::SqlType;

    fn ligne<'a>(rangee: &impl Row<'a, Multi>, debut: usize) -> deserialize::Result<T> {
        T::build_from_row(&rangee.partial_row(debut..debut + Q::SqlType::NOMBRE))
    }

    fn toutes(self, conn: &mut AnyConn) -> DbResult<Vec<T>> {
        Ok(self.requete.load(conn)?)
    }
}

/// Lists to read together.
pub trait Lectures {
    /// The rows of each.
    type Lues;

    /// Reads them in one statement. The rows of a list come in any order: whoever shows them sorts them.
    fn ensemble(self, conn: &mut AnyConn) -> DbResult<Self::Lues>;
}

struct Ensemble<T> {
    listes: T,
    /// Whether the lists share their columns.
    etroit: bool,
}

impl<T> Query for Ensemble<T> {
    type SqlType = Untyped;
}

/// Writes so many columns of another list.
fn vides(sortie: &mut AstPass<'_, '_, Multi>, nombre: usize) {
    for _ in 0..nombre {
        sortie.push_sql(", NULL");
    }
}

/// Writes the rows of one list: how they begin, then its columns among those of the others.
fn bras<'b, L: Lecture>(
    sortie: &mut AstPass<'_, 'b, Multi>,
    lecture: &'b L,
    (debut, avant, apres): (&str, usize, usize),
) -> QueryResult<()> {
    sortie.push_sql(debut);
    vides(sortie, avant);
    sortie.push_sql(", liste.*");
    vides(sortie, apres);
    sortie.push_sql(" FROM (");
    lecture.walk_ast(sortie.reborrow())?;
    sortie.push_sql(") AS liste");
    Ok(())
}

macro_rules! ensembles {
    ($($rang:tt $L:ident),+) => {
        impl<$($L: Lecture),+> Ensemble<($($L,)+)> {
            /// The columns of the lists side by side.
            const LARGE: usize = 0 $(+ $L::Colonnes::NOMBRE)+;
            /// Those of the widest list.
            const ETROIT: usize = {
                let mut etroit = 0;
                $(if $L::Colonnes::NOMBRE > etroit {
                    etroit = $L::Colonnes::NOMBRE;
                })+
                etroit
            };
        }

        impl<$($L: Lecture),+> QueryId for Ensemble<($($L,)+)> {
            type QueryId = Ensemble<($($L::QueryId,)+)>;
            const HAS_STATIC_QUERY_ID: bool = true $(&& $L::HAS_STATIC_QUERY_ID)+;
        }

        impl<$($L: Lecture),+> QueryFragment<Multi> for Ensemble<($($L,)+)> {
            fn walk_ast<'b>(&'b self, mut sortie: AstPass<'_, 'b, Multi>) -> QueryResult<()> {
                let large = Self::LARGE;
                // No row: only how many columns, and their types.
                sortie.push_sql("SELECT -1");
                if self.etroit {
                    vides(&mut sortie, Self::ETROIT);
                } else {
                    $($L::Colonnes::nulles(&mut sortie);)+
                }
                sortie.push_sql(" WHERE 1 = 0");
                let mut avant = 0;
                $(
                    let largeur = $L::Colonnes::NOMBRE;
                    let place = match self.etroit {
                        true => (0, Self::ETROIT - largeur),
                        false => (avant, large - avant - largeur),
                    };
                    let debut = concat!(" UNION ALL SELECT ", $rang);
                    bras(&mut sortie, &self.listes.$rang, (debut, place.0, place.1))?;
                    avant += largeur;
                )+
                debug_assert_eq!(avant, large);
                Ok(())
            }
        }

        impl<$($L: Lecture),+> Lectures for ($($L,)+) {
            type Lues = ($(Vec<$L::Ligne>,)+);

            fn ensemble(self, conn: &mut AnyConn) -> DbResult<Self::Lues> {
                let mut lues: Self::Lues = ($(Vec::<$L::Ligne>::new(),)+);
                let etroit = conn.is_sqlite();
                let ensemble = Ensemble {
                    listes: self,
                    etroit,
                };
                for rangee in LoadConnection::load(conn, ensemble)? {
                    let rangee = rangee?;
                    let rang: i32 = Row::get_value::<Integer, i32, usize>(&rangee, 0)
                        .map_err(Error::DeserializationError)?;
                    let mut debut = 1;
                    $(
                        if rang == $rang {
                            let ligne = $L::ligne(&rangee, debut);
                            lues.$rang.push(ligne.map_err(Error::DeserializationError)?);
                            continue;
                        }
                        if !etroit {
                            debut += $L::Colonnes::NOMBRE;
                        }
                    )+
                    let _ = debut;
                }
                Ok(lues)
            }
        }
    };
}

ensembles! { 0 A, 1 B }
ensembles! { 0 A, 1 B, 2 C }
ensembles! { 0 A, 1 B, 2 C, 3 D }
ensembles! { 0 A, 1 B, 2 C, 3 D, 4 E }
ensembles! { 0 A, 1 B, 2 C, 3 D, 4 E, 5 F }
ensembles! { 0 A, 1 B, 2 C, 3 D, 4 E, 5 F, 6 G }
ensembles! { 0 A, 1 B, 2 C, 3 D, 4 E, 5 F, 6 G, 7 H, 8 I, 9 J, 10 K, 11 L, 12 M, 13 N }
