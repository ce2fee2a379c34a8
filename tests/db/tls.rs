//! PostgreSQL over TLS: the server proves who it is, or nothing is sent.

use diesel::prelude::*;
use diesel::sql_types::Bool;
use releve::db::chiffrement::TLS;
use releve::db::dialect::{AnyConn, DatabaseUrl, Usage};
use releve::db::{DbError, DbResult, Patience};
use url::Url;

use crate::util::base::postgres;

#[derive(QueryableByName)]
struct Encryption {
    #[diesel(sql_type = Bool)]
    ssl: bool,
}

/// The address of the test server, asking for TLS with a certificate that this file vouches for.
fn address(host: &str, root: &str) -> DatabaseUrl {
    let server =
        std::env::var("RELEVE_TEST_POSTGRES").expect("RELEVE_TEST_POSTGRES (scripts/test sets it)");
    let mut url = Url::parse(&server).expect("an address");
    url.set_host(Some(host)).expect("a host");
    url.set_query(Some(&format!(
        "hostaddr=127.0.0.1&sslmode=verify-full&sslrootcert={root}"
    )));
    DatabaseUrl::Postgres(url.to_string())
}

fn encrypted(url: &DatabaseUrl) -> DbResult<bool> {
    let mut conn = AnyConn::open(url, Usage::Lecture, &Patience::VISITE)?;
    let query = diesel::sql_query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
    let rows: Vec<Encryption> = query.load(&mut conn).map_err(DbError::from)?;
    Ok(rows.iter().any(|row| row.ssl))
}

fn authority() -> String {
    std::env::var("RELEVE_TEST_POSTGRES_CA")
        .expect("RELEVE_TEST_POSTGRES_CA (scripts/with-postgres sets it)")
}

#[test]
fn the_connection_is_encrypted_and_the_server_verified() {
    if !postgres() {
        return; // Nothing to encrypt on SQLite.
    }
    let verified = encrypted(&address("localhost", &authority()));
    if !TLS {
        let refusal = verified.unwrap_err().to_string();
        assert!(
            refusal.contains("sslmode"),
            "a build without TLS must say so: {refusal}"
        );
        return;
    }
    assert!(verified.unwrap(), "the connection is in clear");
    let other_name = encrypted(&address("base.example.fr", &authority()))
        .unwrap_err()
        .to_string();
    assert!(other_name.contains("certificate"), "{other_name}");
    let stranger = tempfile::NamedTempFile::new().unwrap();
    let unknown = encrypted(&address(
        "localhost",
        &stranger.path().display().to_string(),
    ));
    assert!(
        unknown.is_err(),
        "a certificate that nobody vouches for was accepted"
    );
}
