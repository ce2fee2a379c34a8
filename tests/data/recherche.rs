//! The search box of communes, on the national list.

use diesel::prelude::*;
use diesel::sql_types::Text;
use releve::db::dialect::DatabaseUrl;
use releve::db::{AnyConn, DbError, commune};
use releve::web::ui::CommuneVue;

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

/// 357 communes of 34 922 could not be proposed by typing their whole name, behind more inhabited ones.
#[test]
fn each_commune_is_proposed_by_its_whole_name_and_by_its_postcode() {
    let Some(atelier) = Atelier::national() else {
        return;
    };
    let mut communes = atelier.db.read(commune::toutes).expect("the communes");
    communes.sort_by(|a, b| a.nom_recherche.cmp(&b.nom_recherche));
    let trouve = |texte: &str| {
        let trouvees = atelier.db.read(|conn| commune::chercher(conn, texte, 12));
        trouvees.expect("searched")
    };
    // A name that no other one begins with, nor shares, is alone anyway: one in twenty of these is asked.
    let mut perdues = Vec::new();
    for (rang, paire) in communes.windows(2).enumerate() {
        let [c, suivante] = paire else { continue };
        if !suivante.nom_recherche.starts_with(&c.nom_recherche) && rang % 20 != 0 {
            continue;
        }
        if !trouve(&c.nom).iter().any(|t| t.insee == c.insee) {
            perdues.push(format!("{} {}", c.insee, c.nom));
        }
    }
    assert!(
        perdues.is_empty(),
        "{} communes: {perdues:?}",
        perdues.len()
    );
    for code in ["51300", "51800", "70000", "13500", "20167"] {
        let mut attendues: Vec<&str> = communes
            .iter()
            .filter(|c| c.codes_postaux.split(' ').any(|cp| cp == code))
            .map(|c| c.insee.as_str())
            .collect();
        attendues.sort_unstable();
        let mut lues: Vec<String> = trouve(code).into_iter().map(|c| c.insee).collect();
        lues.sort_unstable();
        assert_eq!(lues, attendues, "{code}");
    }
    assert!(trouve("51300").len() == 46);
    // A postcode is not read as an INSEE code: 13001 is Aix-en-Provence, and the postcode of Marseille.
    let noms = |texte| trouve(texte).into_iter().map(|c| c.nom).collect::<Vec<_>>();
    assert_eq!(noms("13001"), ["Marseille 1er Arrondissement", "Marseille"]);
    for (tape, premier) in [
        ("LYON 03", "Lyon 3e Arrondissement"),
        ("Paris 8eme", "Paris 8e Arrondissement"),
        ("Marseille 13e", "Marseille 13e Arrondissement"),
        ("69003 Lyon", "Lyon 3e Arrondissement"),
        ("13637 ARLES CEDEX", "Arles"),
        ("y", "Y"),
        ("Oô", "Oô"),
        ("Saint-Denis (974)", "Saint-Denis"),
        ("Chalon s/ Saône", "Chalon-sur-Saône"),
        ("Fontaine-lez-Dijon", "Fontaine-lès-Dijon"),
    ] {
        assert_eq!(
            noms(tape).first().map(String::as_str),
            Some(premier),
            "{tape}"
        );
    }
    // Marseille, then its arrondissements, all of them.
    let marseille = noms("marseille");
    assert_eq!(marseille.len(), 17, "{marseille:?}");
    // What is proposed is read back: by its label, a commune is the only one named, or among its own names.
    for c in communes.iter().step_by(97) {
        let libelle = CommuneVue::pour(c.clone(), &c.codes_postaux).libelle();
        assert!(
            trouve(&libelle).iter().any(|t| t.insee == c.insee),
            "{libelle}"
        );
    }
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
