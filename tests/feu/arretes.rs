//! The queries about arrêtés reach every table by an index, on either database: they are read as they are written.

use regles::arrete::Genre;
use releve::db::{arrete_effet, arrete_synthese};

use super::requetes::{expliquer, peupler};
use crate::util::Caisse;

/// The query with its values in place of its parameters.
fn remplie(sql: &str, valeurs: &[&str]) -> String {
    let mut sql = sql.to_owned();
    for (rang, valeur) in valeurs.iter().enumerate().rev() {
        sql = sql.replace(&format!("${}", rang + 1), valeur);
    }
    assert!(!sql.contains('$'), "{sql}");
    sql
}

/// No table is read from end to end: SQLite says SCAN for it (a scan of a subquery or of an index is not one),
/// PostgreSQL «Seq Scan».
fn par_index(caisse: &Caisse, sql: &str) {
    let plan = expliquer(&caisse.app.state.db, sql);
    for ligne in plan.lines() {
        let entiere = ligne.starts_with("SCAN ")
            && !ligne.contains("USING")
            && !ligne.starts_with("SCAN ouvert");
        assert!(!entiere && !ligne.contains("Seq Scan"), "{sql}\n{plan}");
    }
}

#[test]
fn les_effets_d_un_arrete_suivent_leurs_index() {
    let caisse = Caisse::start();
    peupler(&caisse, 300);
    for genre in Genre::TOUS {
        let region = "'93'";
        par_index(
            &caisse,
            &remplie(
                &arrete_effet::sql_compter(*genre, false),
                &["2", "1", region],
            ),
        );
        par_index(
            &caisse,
            &remplie(
                &arrete_effet::sql_compter(*genre, true),
                &["2", "1", region, "'131'"],
            ),
        );
        par_index(
            &caisse,
            &remplie(
                &arrete_effet::sql_lister(*genre, false),
                &["2", "1", region, "12", "500"],
            ),
        );
        par_index(
            &caisse,
            &remplie(
                &arrete_effet::sql_lister(*genre, true),
                &["2", "1", region, "12", "'131'", "51"],
            ),
        );
        par_index(
            &caisse,
            &remplie(&arrete_effet::sql_ouverts(*genre), &[region]),
        );
    }
}

#[test]
fn la_synthese_d_un_arrete_suit_ses_index() {
    let caisse = Caisse::start();
    par_index(&caisse, &remplie(arrete_synthese::SQL_BASSINS, &["1"]));
    par_index(
        &caisse,
        &remplie(arrete_synthese::SQL_RATTACHEES, &["1", "'93'"]),
    );
    par_index(&caisse, &remplie(arrete_synthese::SQL_AILLEURS, &["'93'"]));
}
