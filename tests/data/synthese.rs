//! ZON-8: the published table of Provence-Alpes-Côte d’Azur, found again in the real data.

use regles::synthese::{Synthese, departement, publiee};
use regles::zonage::Categorie;
use releve::db::{arrete_liste, arrete_synthese};

use super::appui::{Atelier, description, jour};
use crate::util::donnees::nationales;

#[test]
fn zon_8_les_chiffres_publies_s_additionnent() {
    let p = publiee("93", jour("2025-06-06"))
        .expect("the figures read")
        .expect("PACA 2025");
    let table = p.table();
    for (categorie, total) in p.totaux() {
        assert_eq!(table.categorie(categorie), total, "{categorie}");
    }
    assert_eq!(
        (table.total().population, table.total().bassins),
        (5_118_636, 167)
    );
    assert!(publiee("93", jour("2025-06-07")).expect("read").is_none());
    assert!(publiee("84", jour("2025-06-06")).expect("read").is_none());
}

#[test]
fn le_departement_d_un_bassin_est_celui_de_son_pole() {
    for (code, attendu) in [
        ("BV04070", "04"),
        ("CV8325", "83"),
        ("AM13201", "13"),
        ("BV97101", "971"),
        ("CV2A01", "2A"),
    ] {
        assert_eq!(departement(code), attendu, "{code}");
    }
}

/// Every cell has the published number of BVCV; the populations are those of another year, a few per cent away.
#[test]
fn zon_8_la_table_de_paca_se_retrouve_dans_les_donnees_importees() {
    let Some(atelier) = Atelier::national() else {
        return;
    };
    let Some(donnees) = nationales() else { return };
    let fichier = donnees.join("zonage/zonage_93_provence-alpes-cote-d-azur.csv");
    let bilan = atelier
        .arrete(&[fichier], &description("93", "2025-06-06", None), false)
        .expect("imported");
    // Nobody has a file yet: nothing open changes.
    assert_eq!(bilan.apercu.expect("a preview").effets, []);
    let (arrete, bassins, rattachees, ailleurs) = atelier
        .db
        .read(|conn| {
            let arrete = arrete_liste::lister(conn, Some(&["93".to_owned()]))?.remove(0);
            let bassins = arrete_synthese::bassins(conn, arrete.id)?;
            let rattachees = arrete_synthese::rattachees(conn, &arrete)?;
            let ailleurs = arrete_synthese::ailleurs(conn, &arrete.region)?;
            Ok::<_, releve::db::DbError>((arrete, bassins, rattachees, ailleurs))
        })
        .expect("read");
    let calcule = Synthese::de(&bassins);
    let publie = publiee(&arrete.region, arrete.date_effet)
        .expect("read")
        .expect("PACA 2025")
        .table();
    assert_eq!(calcule.departements(), ["04", "05", "06", "13", "83", "84"]);
    for d in calcule.departements() {
        for c in [
            Categorie::TresSousDotee,
            Categorie::SousDotee,
            Categorie::Intermediaire,
            Categorie::NonPrioritaire,
        ] {
            let (ici, la) = (calcule.case(&d, c), publie.case(&d, c));
            assert_eq!(ici.bassins, la.bassins, "{d} {c}");
            let ecart = (ici.population - la.population).abs();
            assert!(
                ecart * 100 <= la.population * 6,
                "{d} {c}: {} against {}",
                ici.population,
                la.population
            );
        }
    }
    let (ici, la) = (calcule.total(), publie.total());
    assert_eq!((ici.bassins, la.bassins), (167, 167));
    let ecart = ici.population - la.population;
    assert!(ecart > 0 && ecart * 1_000 < la.population * 25, "{ecart}");
    // ZON-3: the Drôme and the Isère on one side, Lamotte-du-Rhône, La Grave and Villar-d’Arêne on the other.
    let departements: Vec<&str> = rattachees.iter().map(|f| f.ou.as_str()).collect();
    assert_eq!(departements, ["26", "38"]);
    assert_eq!(ailleurs.iter().map(|f| f.communes).sum::<i64>(), 3);
    assert_eq!(ailleurs.len(), 2);
}
