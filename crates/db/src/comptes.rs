//! How many requests wait in the queue of a CPAM: bounded counts.

use chrono::NaiveDate;
use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Date, HasSqlType, Text};
use regles::demande::EtatDemande;

use super::AnyConn;
use super::ensemble::{Lecture, lecture};

/// Counting stops here: beyond, the page says «plus de 500».
pub const COMPTE_MAX: i64 = 500;

/// One count: what it counts, and the condition beside the CPAM's.
struct Compte {
    cle: &'static str,
    condition: &'static str,
    seuil: Seuil,
}

/// What the condition ends with.
#[derive(Clone, Copy)]
enum Seuil {
    Aucun,
    Moi,
    Aujourdhui,
}

/// The counts of a CPAM's queue in one statement, planned once: each is a walk of an index that stops at
/// [`COMPTE_MAX`] + 1. What is closed grows for ever and waits for nobody: it is not counted.
#[derive(QueryId)]
struct Comptes {
    caisse: String,
    moi: i64,
    aujourd_hui: NaiveDate,
}

const fn compte(cle: &'static str, condition: &'static str, seuil: Seuil) -> Compte {
    Compte {
        cle,
        condition,
        seuil,
    }
}

const COMPTES: [Compte; 8] = [
    compte("deposee", "etat = 'deposee'", Seuil::Aucun),
    compte("incomplete", "etat = 'incomplete'", Seuil::Aucun),
    compte("complete", "etat = 'complete'", Seuil::Aucun),
    compte("proposee", "etat = 'proposee'", Seuil::Aucun),
    compte("accordee", "etat = 'accordee'", Seuil::Aucun),
    compte("moi", "assigne_a = ", Seuil::Moi),
    compte("personne", "assigne_a IS NULL", Seuil::Aucun),
    compte("retard", "echeance < ", Seuil::Aujourdhui),
];

impl Query for Comptes {
    type SqlType = (Text, BigInt);
}

impl RunQueryDsl<AnyConn> for Comptes {}

impl<DB> QueryFragment<DB> for Comptes
where
    DB: Backend + HasSqlType<Text> + HasSqlType<BigInt> + HasSqlType<Date>,
    String: ToSql<Text, DB>,
    i64: ToSql<BigInt, DB>,
    NaiveDate: ToSql<Date, DB>,
{
    fn walk_ast<'b>(&'b self, mut sortie: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        // Written, not bound: see docs/decisions/0126-limite-ecrite.md.
        let limite = (COMPTE_MAX + 1).to_string();
        for (rang, compte) in COMPTES.iter().enumerate() {
            sortie.push_sql(if rang == 0 { "" } else { " UNION ALL " });
            sortie.push_sql("SELECT '");
            sortie.push_sql(compte.cle);
            sortie.push_sql(
                "' AS cle, count(*) AS nombre FROM (SELECT 1 FROM dossier WHERE nature = 'demande' AND ouvert \
                 AND caisse_code = ",
            );
            sortie.push_bind_param::<Text, _>(&self.caisse)?;
            sortie.push_sql(" AND ");
            sortie.push_sql(compte.condition);
            match compte.seuil {
                Seuil::Aucun => {}
                Seuil::Moi => sortie.push_bind_param::<BigInt, _>(&self.moi)?,
                Seuil::Aujourdhui => sortie.push_bind_param::<Date, _>(&self.aujourd_hui)?,
            }
            sortie.push_sql(" LIMIT ");
            sortie.push_sql(&limite);
            sortie.push_sql(") AS borne_");
            sortie.push_sql(compte.cle);
        }
        Ok(())
    }
}

/// How many requests of a CPAM are open by state (`deposee`…), mine (`moi`), nobody's (`personne`), late (`retard`);
/// what exceeds [`COMPTE_MAX`] only says so.
pub fn lecture_comptes(
    caisse: String,
    moi: i64,
    aujourd_hui: NaiveDate,
) -> impl Lecture<Ligne = (String, i64)> {
    lecture(Comptes {
        caisse,
        moi,
        aujourd_hui,
    })
}

/// The same with all that is open (`ouverts`): the states share the open requests out, so that their sum exceeds the
/// bound when one of them does.
pub fn avec_ouverts(mut comptes: Vec<(String, i64)>) -> Vec<(String, i64)> {
    let ouverts = comptes
        .iter()
        .filter(|(cle, _)| cle.parse::<EtatDemande>().is_ok())
        .map(|(_, nombre)| nombre)
        .sum();
    comptes.push(("ouverts".to_owned(), ouverts));
    comptes
}
