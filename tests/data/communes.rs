//! The communes and the bassins they make up.

use std::collections::HashMap;

use releve::actions::import::Issue;
use releve::db::commune;
use releve::import::rapport::Nature;

use super::appui::{Atelier, CAISSES, COMMUNES, erreurs, refuse};
use crate::util::donnees::nationales;

#[test]
fn the_34_922_communes_are_imported_with_what_is_odd() {
    let Some(donnees) = nationales() else { return };
    let atelier = Atelier::new();
    atelier
        .importer_caisses(&donnees.join("cpam.csv"))
        .expect("caisses");
    let fichier = donnees.join("communes.csv");

    let bilan = atelier.importer_communes(&fichier).expect("imported");
    assert_eq!(
        (bilan.compte.ajoutes, bilan.issue),
        (34_922, Issue::Enregistre)
    );
    let dits = |nature| bilan.rapport.signales(nature);
    // Paris, Lyon, Marseille as a whole, Saint-Barthélemy and Saint-Martin.
    assert_eq!(dits(Nature::SansBassin), 5);
    // Départements 59, 62, 64 and 76, the Lille arrondissement among them.
    assert_eq!(dits(Nature::CaisseApprochee), 34_922 - 32_136);
    assert_eq!(dits(Nature::CommuneFusionnee), 14);
    assert_eq!(dits(Nature::NomPartage), 294);
    assert_eq!(dits(Nature::CaisseSansCommune), 1);
    assert_eq!(dits(Nature::NomDifferent), 0);

    let encore = atelier.importer_communes(&fichier).expect("read again");
    assert_eq!(
        (encore.compte.inchanges, encore.issue),
        (34_922, Issue::Inchange)
    );
    assert_eq!(encore.transactions, 0);
    bassins_as_published(&atelier, &donnees.join("bvcv.csv"));
}

/// ZON-3: the région d'attribution computed from the communes is the published one.
fn bassins_as_published(atelier: &Atelier, fichier: &std::path::Path) {
    let bassins = atelier.db.read(commune::bassins).expect("read");
    let mut lignes = 0;
    let mut reader = csv::Reader::from_path(fichier).expect("bvcv.csv");
    for ligne in reader.deserialize::<HashMap<String, String>>() {
        let ligne = ligne.expect("a line");
        let code = &ligne["bvcv_code"];
        let bassin = bassins
            .get(code)
            .unwrap_or_else(|| panic!("{code} missing"));
        assert_eq!(bassin.nom, ligne["bvcv_nom"], "{code}");
        assert_eq!(bassin.nature, ligne["bvcv_type"], "{code}");
        assert_eq!(bassin.region_attribution, ligne["reg_principale"], "{code}");
        assert_eq!(bassin.population.to_string(), ligne["population"], "{code}");
        assert_eq!(
            bassin.interregional,
            ligne["interregional"] == "oui",
            "{code}"
        );
        lignes += 1;
    }
    assert_eq!((lignes, bassins.len()), (2_952, 2_952));
}

#[test]
fn only_what_changed_is_written() {
    let atelier = Atelier::fictif();
    let modifie = COMMUNES.replace("Petit-Val,COM,,90100 90110", "Petit-Val,COM,,90111");
    let bilan = atelier.communes(&modifie).expect("imported");
    assert_eq!((bilan.compte.modifies, bilan.compte.inchanges), (1, 5));
    let connues = atelier.db.read(commune::toutes).expect("read");
    let petit_val = connues.iter().find(|c| c.insee == "90002").expect("kept");
    assert_eq!(petit_val.codes_postaux, "90111");
}

#[test]
fn a_bassin_follows_the_region_of_most_of_its_people() {
    let atelier = Atelier::fictif();
    let avant = atelier
        .db
        .read(|c| commune::bassin(c, "BV90001"))
        .expect("read")
        .expect("known");
    assert_eq!(
        (avant.region_attribution.as_str(), avant.interregional),
        ("99", true)
    );
    let peuplee = COMMUNES.replace("bassin de vie,200,", "bassin de vie,90000,");
    atelier.communes(&peuplee).expect("imported");
    let apres = atelier
        .db
        .read(|c| commune::bassin(c, "BV90001"))
        .expect("read")
        .expect("known");
    assert_eq!(
        (apres.region_attribution.as_str(), apres.population),
        ("98", 95_300)
    );
}

#[test]
fn a_tie_between_regions_is_said() {
    let atelier = Atelier::new();
    atelier.caisses(CAISSES).expect("caisses");
    let egalite = COMMUNES.replace("bassin de vie,200,", "bassin de vie,5300,");
    let bilan = atelier.communes(&egalite).expect("imported");
    assert_eq!(bilan.rapport.signales(Nature::EgaliteRegions), 1);
}

#[test]
fn wrong_lines_are_all_named_and_nothing_is_written() {
    let atelier = Atelier::new();
    atelier.caisses(CAISSES).expect("caisses");
    let csv = COMMUNES
        .replace("90002,Petit-Val", "9002,Petit-Val")
        .replace("90003,Lointain-sur-Val,COM", "90001,Lointain-sur-Val,COM")
        .replace("ARM,91001,91101", "ARM,91009,91101")
        .replace("5000,902,departement,\n", "cinq mille,903,departement,\n");
    let rapport = refuse(atelier.communes(&csv));
    assert_eq!(
        erreurs(&rapport),
        [
            "ligne 3 : code INSEE « 9002 » : 5 caractères attendus (zéro initial perdu par le tableur ? mettez la colonne au format Texte)",
            "ligne 4 : commune 90001 déjà donnée à la ligne 2",
            "ligne 7 : caisse 903 inconnue (importez d’abord les organismes)",
            "ligne 7 : population « cinq mille » : nombre entier attendu",
            "ligne 6 : commune parente 91009 absente du fichier",
        ]
    );
    assert!(atelier.db.read(commune::toutes).expect("read").is_empty());
}
