//! How many cases wait in the queue of a CPAM: bounded counts.

use chrono::NaiveDate;
use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Date, HasSqlType, Text};
use regles::contestation::EtatRecours;
use regles::demande::EtatDemande;
use regles::depart::EtatDepart;
use regles::dossier::NatureDossier;

use super::AnyConn;
use super::ensemble::{Lecture, lecture};

/// Counting stops here: beyond, the page says «plus de 500».
pub const COMPTE_MAX: i64 = 500;

/// What a condition ends with.
#[derive(Clone, Copy)]
enum Seuil {
    Aucun,
    Moi,
    Aujourdhui,
}

/// The counts of a CPAM's queue in one statement: each is a walk of an index that stops at [`COMPTE_MAX`] + 1. What is
/// closed grows for ever: of the requests, which are many, it is not counted.
struct Comptes {
    caisse: String,
    moi: i64,
    aujourd_hui: NaiveDate,
    /// What each counts, the condition beside the CPAM's, and what it ends with.
    comptes: Vec<(&'static str, String, Seuil)>,
}

/// What is late: the caisse's, as in [`super::condition::ECHEANCE_DE_LA_CAISSE`].
const EN_RETARD: &str = "echeance_nature <> 'contestation_decompte' AND echeance < ";

/// What is counted around the queue of this nature, or of all.
fn comptes(nature: Option<NatureDossier>) -> Vec<(&'static str, String, Seuil)> {
    let de = |nature: NatureDossier| format!("nature = '{}'", nature.as_str());
    let mut comptes: Vec<_> = NatureDossier::TOUS
        .iter()
        .map(|n| (n.as_str(), format!("{} AND ouvert", de(*n)), Seuil::Aucun))
        .collect();
    let ouverts = match nature {
        Some(nature) => format!("{} AND ouvert", de(nature)),
        None => "ouvert".to_owned(),
    };
    for (cle, condition, seuil) in [
        ("moi", "assigne_a = ", Seuil::Moi),
        ("personne", "assigne_a IS NULL", Seuil::Aucun),
        ("retard", EN_RETARD, Seuil::Aujourdhui),
    ] {
        comptes.push((cle, format!("{ouverts} AND {condition}"), seuil));
    }
    let Some(nature) = nature else { return comptes };
    // Only the states whose every case is open: a count of the others would be of something else than the list that it leads
    // to, or than the number of open cases beside it.
    let etats: Vec<&'static str> = match nature {
        NatureDossier::Demande => {
            let ouverts = EtatDemande::TOUS.iter().filter(|e| e.en_cours());
            ouverts.map(|e| e.as_str()).collect()
        }
        NatureDossier::Depart => vec![EtatDepart::Declaree.as_str()],
        // A call that is open is one that waits: said already.
        NatureDossier::Appel => Vec::new(),
        NatureDossier::Recours => {
            let ouverts = EtatRecours::TOUS.iter().filter(|e| e.en_cours());
            ouverts.map(|e| e.as_str()).collect()
        }
    };
    for etat in etats {
        let condition = format!("{} AND ouvert AND etat = '{etat}'", de(nature));
        comptes.push((etat, condition, Seuil::Aucun));
    }
    comptes
}

impl Query for Comptes {
    type SqlType = (Text, BigInt);
}

impl RunQueryDsl<AnyConn> for Comptes {}

/// One text for each nature: the text tells them apart.
impl QueryId for Comptes {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

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
        for (rang, (cle, condition, seuil)) in self.comptes.iter().enumerate() {
            sortie.push_sql(if rang == 0 { "" } else { " UNION ALL " });
            sortie.push_sql("SELECT '");
            sortie.push_sql(cle);
            sortie.push_sql(
                "' AS cle, count(*) AS nombre FROM (SELECT 1 FROM dossier WHERE caisse_code = ",
            );
            sortie.push_bind_param::<Text, _>(&self.caisse)?;
            sortie.push_sql(" AND ");
            sortie.push_sql(condition);
            match seuil {
                Seuil::Aucun => {}
                Seuil::Moi => sortie.push_bind_param::<BigInt, _>(&self.moi)?,
                Seuil::Aujourdhui => sortie.push_bind_param::<Date, _>(&self.aujourd_hui)?,
            }
            sortie.push_sql(" LIMIT ");
            sortie.push_sql(&limite);
            sortie.push_sql(") AS borne_");
            sortie.push_sql(cle);
        }
        Ok(())
    }
}

/// How many cases of a CPAM are open by nature (`demande`…); and of this nature, or of all: mine (`moi`), nobody's
/// (`personne`), late (`retard`), and, of one nature, in each state that only open cases have (`deposee`…). What exceeds [`COMPTE_MAX`] only
/// says so.
pub fn lecture_comptes(
    caisse: String,
    moi: i64,
    aujourd_hui: NaiveDate,
    nature: Option<NatureDossier>,
) -> impl Lecture<Ligne = (String, i64)> {
    lecture(Comptes {
        caisse,
        moi,
        aujourd_hui,
        comptes: comptes(nature),
    })
}

/// The same with all that is open, of every nature (`toutes`): the sum exceeds the bound when one of them does.
pub fn avec_toutes(mut comptes: Vec<(String, i64)>) -> Vec<(String, i64)> {
    let toutes = comptes
        .iter()
        .filter(|(cle, _)| cle.parse::<NatureDossier>().is_ok())
        .map(|(_, nombre)| nombre)
        .sum();
    comptes.push(("toutes".to_owned(), toutes));
    comptes
}
