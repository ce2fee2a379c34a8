//! The search box of communes, on the national list.

use diesel::prelude::*;
use diesel::sql_types::Text;
use releve::db::dialect::DatabaseUrl;
use releve::db::{AnyConn, DbError, commune};

use super::appui::Atelier;

fn noms(atelier: &Atelier, texte: &str, limite: i64) -> Vec<String> {
    let trouvees = atelier
        .db
        .read(|conn| commune::chercher(conn, texte, limite));
    trouvees
        .expect("searched")
        .into_iter()
        .map(|c| c.nom)
        .collect()
}

#[test]
fn a_commune_is_found_as_people_type_it() {
    let Some(atelier) = Atelier::national() else {
        return;
    };
    let premier = |texte| {
        noms(&atelier, texte, 10)
            .into_iter()
            .next()
            .unwrap_or_default()
    };
    assert_eq!(premier("st etienne"), "Saint-Étienne");
    assert_eq!(premier("SAINT-ÉTIENNE"), "Saint-Étienne");
    assert_eq!(premier("l hay"), "L'Haÿ-les-Roses");
    assert_eq!(premier("L’Haÿ"), "L'Haÿ-les-Roses");
    assert_eq!(premier("digne"), "Digne-les-Bains");
    assert_eq!(premier("04070"), "Digne-les-Bains");
    assert_eq!(premier("2a004"), "Ajaccio");
    assert_eq!(premier("13201"), "Marseille 1er Arrondissement");
    // The name in full before longer names of larger towns.
    assert_eq!(premier("Saint-Denis"), "Saint-Denis");
    assert_eq!(premier("aix"), "Aix");
    // By the beginning of a word, and by a postal code that is not the first of its commune.
    assert!(noms(&atelier, "provence", 10).contains(&"Aix-en-Provence".to_owned()));
    assert!(noms(&atelier, "13100", 10).contains(&"Aix-en-Provence".to_owned()));
    assert!(noms(&atelier, "75116", 10).contains(&"Paris 16e Arrondissement".to_owned()));
    assert_eq!(noms(&atelier, "saint", 7).len(), 7);
    let doubles = noms(&atelier, "ste colombe", 50);
    assert!(
        doubles.len() >= 12 && doubles[0] == "Sainte-Colombe",
        "{doubles:?}"
    );
    for rien in ["", "  ", "'", "%", "_", "xyzxyz", "99999"] {
        assert!(noms(&atelier, rien, 10).is_empty(), "{rien}");
    }
    prefixes_use_an_index(&atelier);
}

/// On SQLite the plan is stable enough to be asserted; PostgreSQL chooses by its statistics.
fn prefixes_use_an_index(atelier: &Atelier) {
    if matches!(atelier.db.url(), DatabaseUrl::Postgres(_)) {
        return;
    }
    #[derive(QueryableByName)]
    struct Etape {
        #[diesel(sql_type = Text)]
        detail: String,
    }
    let plan = |conn: &mut AnyConn, filtre: &str| {
        let sql = format!("EXPLAIN QUERY PLAN SELECT nom FROM commune WHERE {filtre}");
        let etapes: Vec<Etape> = diesel::sql_query(sql).load(conn)?;
        Ok::<_, DbError>(etapes.into_iter().map(|e| e.detail).collect::<String>())
    };
    for (filtre, index) in [
        (
            "nom_recherche >= 'dig' AND nom_recherche < 'dig~'",
            "SEARCH commune USING INDEX commune_nom_recherche",
        ),
        (
            "codes_postaux >= '131' AND codes_postaux < '131~'",
            "SEARCH commune USING INDEX commune_codes_postaux",
        ),
        (
            "codes_postaux LIKE '% %' AND codes_postaux LIKE '% 131%'",
            "SCAN commune USING INDEX commune_codes_multiples",
        ),
    ] {
        let lu = atelier.db.read(|conn| plan(conn, filtre)).expect("a plan");
        assert!(lu.contains(index), "{filtre}: {lu}");
    }
}
