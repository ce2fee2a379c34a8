//! The migrations of both databases, embedded; same names on both sides.

use diesel::backend::Backend;
use diesel::migration::MigrationSource;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::dialect::{AnyConn, Base, DatabaseUrl, Usage};
use super::patience::Patience;
use super::{DbError, DbResult, codes};

const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");

/// Refuses a base to which migrations were applied that this program does not know.
fn connue<DB: Backend>(
    conn: &mut impl MigrationHarness<DB>,
    source: &EmbeddedMigrations,
) -> DbResult<()>
where
    EmbeddedMigrations: MigrationSource<DB>,
{
    let illisible = |e: Box<dyn std::error::Error + Send + Sync>| DbError::Migration(e.to_string());
    let connues: Vec<String> = MigrationSource::<DB>::migrations(source)
        .map_err(illisible)?
        .iter()
        .map(|m| m.name().version().to_string())
        .collect();
    let inconnues: Vec<String> = conn
        .applied_migrations()
        .map_err(illisible)?
        .iter()
        .map(ToString::to_string)
        .filter(|version| !connues.contains(version))
        .collect();
    if inconnues.is_empty() {
        Ok(())
    } else {
        Err(DbError::PlusRecente(inconnues))
    }
}

fn ouvrir(url: &DatabaseUrl) -> DbResult<AnyConn> {
    let mut conn = AnyConn::open(url, Usage::Ecriture, &Patience::TRAVAIL)?;
    match &mut conn.base {
        Base::Pg(pg) => connue(pg, &POSTGRES)?,
        Base::Sqlite(sqlite) => connue(sqlite, &SQLITE)?,
    }
    Ok(conn)
}

/// Applies what is missing, and writes the codes of this program. Returns the names of the migrations applied, in order.
///
/// # Errors
/// [`DbError::Connexion`], [`DbError::PlusRecente`] or [`DbError::Migration`].
pub fn migrate(url: &DatabaseUrl) -> DbResult<Vec<String>> {
    let mut conn = ouvrir(url)?;
    let noms: Vec<String> = match &mut conn.base {
        Base::Pg(pg) => pg
            .run_pending_migrations(POSTGRES)
            .map(|v| v.iter().map(ToString::to_string).collect()),
        Base::Sqlite(sqlite) => sqlite
            .run_pending_migrations(SQLITE)
            .map(|v| v.iter().map(ToString::to_string).collect()),
    }
    .map_err(|e| DbError::Migration(e.to_string()))?;
    codes::inscrire(&mut conn)?;
    Ok(noms)
}

/// Whether every migration known to this binary was applied, and its codes written.
///
/// # Errors
/// [`DbError::Connexion`], [`DbError::PlusRecente`] or [`DbError::Migration`].
pub fn is_up_to_date(url: &DatabaseUrl) -> DbResult<bool> {
    let mut conn = ouvrir(url)?;
    let en_attente = match &mut conn.base {
        Base::Pg(pg) => pg.has_pending_migration(POSTGRES),
        Base::Sqlite(sqlite) => sqlite.has_pending_migration(SQLITE),
    };
    if en_attente.map_err(|e| DbError::Migration(e.to_string()))? {
        return Ok(false);
    }
    Ok(codes::manquants(&mut conn)?.is_empty())
}
