//! How many requests wait in the queue of a CPAM: bounded counts.

use chrono::NaiveDate;
use diesel::backend::Backend;
use diesel::query_builder::AstPass;
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Date, HasSqlType, Text};
use regles::demande::EtatDemande;

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

/// What the counts are made for.
pub(super) struct Seuils {
    pub caisse: String,
    pub moi: i64,
    pub aujourd_hui: NaiveDate,
}

/// Writes the counts of a CPAM's queue, as rows of [`super::cadre`]: each is a walk of an index that stops at
/// [`COMPTE_MAX`] + 1. What is closed grows for ever and waits for nobody: it is not counted.
pub(super) fn ecrire<'b, DB>(
    sortie: &mut AstPass<'_, 'b, DB>,
    seuils: &'b Seuils,
) -> QueryResult<()>
where
    DB: Backend + HasSqlType<Text> + HasSqlType<BigInt> + HasSqlType<Date>,
    String: ToSql<Text, DB>,
    i64: ToSql<BigInt, DB>,
    NaiveDate: ToSql<Date, DB>,
{
    // Written, not bound: see docs/decisions/0126-limite-ecrite.md.
    let limite = (COMPTE_MAX + 1).to_string();
    for compte in &COMPTES {
        sortie.push_sql("SELECT 'compte', '");
        sortie.push_sql(compte.cle);
        sortie.push_sql(
            "', '', '', count(*), 0 FROM (SELECT 1 FROM dossier WHERE nature = 'demande' AND ouvert \
             AND caisse_code = ",
        );
        sortie.push_bind_param::<Text, _>(&seuils.caisse)?;
        sortie.push_sql(" AND ");
        sortie.push_sql(compte.condition);
        match compte.seuil {
            Seuil::Aucun => {}
            Seuil::Moi => sortie.push_bind_param::<BigInt, _>(&seuils.moi)?,
            Seuil::Aujourdhui => sortie.push_bind_param::<Date, _>(&seuils.aujourd_hui)?,
        }
        sortie.push_sql(" LIMIT ");
        sortie.push_sql(&limite);
        sortie.push_sql(") AS borne_");
        sortie.push_sql(compte.cle);
        sortie.push_sql(" UNION ALL ");
    }
    Ok(())
}

/// The count of all that is open: the states share the open requests out, so that their sum exceeds the bound when one
/// of them does.
pub(super) fn ouverts(comptes: &[(String, i64)]) -> i64 {
    comptes
        .iter()
        .filter(|(cle, _)| cle.parse::<EtatDemande>().is_ok())
        .map(|(_, nombre)| nombre)
        .sum()
}
