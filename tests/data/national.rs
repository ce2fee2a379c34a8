//! The zonage of the 18 regions, from the real files.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use regles::reglement::Reglement;
use regles::zonage::Categorie;
use releve::actions::import::{Bilan, Issue};
use releve::db::commune;
use releve::db::zonage::{self, ZoneError};
use releve::import::rapport::Nature;

use super::appui::{Atelier, description, jour, simple};
use crate::util::donnees::nationales;

/// Where regions.csv knows no date of effect, the one this test gives: an arrêté has one.
const EFFET: &str = "2025-01-01";

fn lire(fichier: &Path) -> Vec<HashMap<String, String>> {
    let mut reader = csv::Reader::from_path(fichier).expect("a file");
    reader
        .deserialize()
        .map(|ligne| ligne.expect("a line"))
        .collect()
}

/// Imports every region; Bretagne first, since its bassin of Sacey is told otherwise by Normandie.
fn importer(atelier: &Atelier, dossier: &Path) -> BTreeMap<String, Bilan> {
    let mut regions = lire(&dossier.join("regions.csv"));
    regions.sort_by_key(|region| region["reg"] != "53");
    let mut bilans = BTreeMap::new();
    for region in regions {
        let known = &region["date_effet"];
        let effet = if known.is_empty() { EFFET } else { known };
        let reference = Some(region["arrete"].as_str()).filter(|text| !text.is_empty());
        let acte = description(&region["reg"], effet, reference);
        let fichier = dossier.join(&region["fichier"]);
        let autres = lire(&fichier)
            .iter()
            .filter(|ligne| ligne["reg_arrete"] != region["reg"])
            .count();
        let bilan = atelier
            .arrete(&[fichier], &acte, false)
            .expect(&region["region"]);
        assert_eq!(bilan.issue, Issue::Enregistre);
        assert_eq!(
            bilan.rapport.lues.to_string(),
            region["nb_communes"],
            "{}",
            region["reg"]
        );
        // Lines of another region's arrêté: all of them, and no other, are set aside.
        assert_eq!(bilan.rapport.ecartees, autres, "{}", region["reg"]);
        let all = bilan.rapport.ecartees + bilan.compte.ajoutes;
        assert_eq!(all, bilan.rapport.lues, "{}", region["reg"]);
        bilans.insert(region["reg"].clone(), bilan);
    }
    bilans
}

#[test]
fn the_18_regions_are_imported_and_every_commune_answers() {
    let Some(atelier) = Atelier::national() else {
        return;
    };
    let Some(donnees) = nationales() else { return };
    let bilans = importer(&atelier, &donnees.join("zonage"));
    assert_eq!(bilans.len(), 18);
    oddities(&bilans);
    paca(&bilans["93"]);
    answers(&atelier, &lire(&donnees.join("communes.csv")));
}

fn oddities(bilans: &BTreeMap<String, Bilan>) {
    let total = |nature| -> usize { bilans.values().map(|b| b.rapport.signales(nature)).sum() };
    let dits = |region: &str, nature| -> Vec<String> {
        let remarques = bilans[region].rapport.signalements.get(&nature);
        remarques
            .into_iter()
            .flatten()
            .map(|r| simple(&r.message))
            .collect()
    };
    assert_eq!(total(Nature::BassinMixte), 2);
    assert_eq!(
        dits("52", Nature::BassinMixte),
        ["BV85084 Essarts-en-Bocage : sous-dotée (4), intermédiaire (2)"]
    );
    assert_eq!(dits("32", Nature::BassinMixte).len(), 1);
    // Sacey is in Normandie, its bassin in the arrêté of Bretagne.
    let sacey = dits("28", Nature::CategorieContredite);
    assert_eq!(sacey.len(), 1, "{sacey:?}");
    assert!(
        sacey[0].starts_with("50443 (BV35257) : sous-dotée ici, très sous-dotée dans"),
        "{sacey:?}"
    );
    assert_eq!(
        dits("04", Nature::ClassesAvenant5),
        [
            "très dotée (avenant 5) : 4 communes",
            "sur-dotée (avenant 5) : 10 communes"
        ]
    );
    assert_eq!(total(Nature::ClassesAvenant5), 2);
    assert_eq!(total(Nature::CommuneFusionnee), 14);
    assert_eq!(total(Nature::BassinDifferent), 0);
    assert_eq!(total(Nature::BassinAbsent), 0);
    assert_eq!(total(Nature::AttributionDifferente), 0);
    assert_eq!(total(Nature::DateDifferente), 0);
    assert_eq!(
        dits("93", Nature::AutreRegion),
        ["région 76 : 1 commune", "région 84 : 2 communes"]
    );
}

/// ZON-8: the published table counts 10, 0, 83 and 74 bassins; the population is of another year.
fn paca(bilan: &Bilan) {
    let repartition = &bilan.apercu.as_ref().expect("a preview").repartition;
    let bassins = |categorie| repartition.get(&categorie).map_or(0, |part| part.bassins);
    assert_eq!(bassins(Categorie::TresSousDotee), 10);
    assert_eq!(bassins(Categorie::SousDotee), 0);
    assert_eq!(bassins(Categorie::Intermediaire), 83);
    assert_eq!(bassins(Categorie::NonPrioritaire), 74);
}

/// The category of each commune is the one of the national list, whatever region's file its
/// bassin came from. One in twelve is asked, and every one that is odd.
fn answers(atelier: &Atelier, communes: &[HashMap<String, String>]) {
    let reglement = Reglement::embarque().expect("the rules load");
    let date = jour("2025-09-12");
    let mut asked = 0;
    atelier
        .db
        .read(|conn| {
            for (rang, attendue) in communes.iter().enumerate() {
                let code = &attendue["insee"];
                let odd = attendue["zone_mk"].is_empty()
                    || !attendue["note"].is_empty()
                    || code == "50443";
                if rang % 12 != 0 && !odd {
                    continue;
                }
                asked += 1;
                let insee = code.parse().expect("a code");
                let trouvee = zonage::categorie(conn, &reglement, &insee, date);
                match trouvee {
                    Err(ZoneError::SansBassin { .. }) => {
                        assert_eq!(attendue["zone_mk"], "", "{code}")
                    }
                    Err(autre) => panic!("{code}: {autre}"),
                    // ZON-3: the bassin is classified whole by Bretagne, whatever Normandie's file says.
                    Ok(zone) if code == "50443" => {
                        assert_eq!(zone.categorie, Categorie::TresSousDotee)
                    }
                    Ok(zone) => {
                        assert_eq!(zone.categorie.as_str(), attendue["zone_mk"], "{code}");
                        assert_eq!(zone.bassin, attendue["bvcv_code"], "{code}");
                    }
                }
            }
            Ok::<_, ZoneError>(())
        })
        .expect("read");
    assert!(asked > 2_900, "{asked}");
    let saint_denis: Vec<_> = atelier
        .db
        .read(|conn| commune::chercher(conn, "Les Avirons", 1))
        .expect("searched");
    let insee = saint_denis[0].insee.parse().expect("a code");
    let zone = atelier
        .db
        .read(|conn| zonage::categorie(conn, &reglement, &insee, date))
        .expect("La Réunion");
    assert_eq!(zone.arrete.regime, "avenant5");
    assert!(
        !zone.avertissements.is_empty(),
        "past its two years since 28 May 2021"
    );
}
