//! The reference set of the demonstration: real communes, zones for illustration.

use std::collections::HashMap;
use std::path::Path;

use crate::util::donnees::nationales;

fn lire(fichier: &Path) -> Vec<HashMap<String, String>> {
    let mut reader = csv::Reader::from_path(fichier).expect("a file");
    reader
        .deserialize()
        .map(|ligne| ligne.expect("a line"))
        .collect()
}

#[test]
fn its_communes_bear_their_own_code_and_postal_codes() {
    let Some(donnees) = nationales() else { return };
    let reelles: HashMap<String, HashMap<String, String>> = lire(&donnees.join("communes.csv"))
        .into_iter()
        .map(|ligne| (ligne["insee"].clone(), ligne))
        .collect();
    let dossier = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/demo/donnees");
    let demo = lire(&dossier.join("communes.csv"));
    assert!(demo.len() >= 24, "a few dozen communes");
    for commune in &demo {
        let reelle = &reelles[&commune["insee"]];
        for colonne in ["nom", "cp", "dep", "reg", "type", "commune_parente", "cpam"] {
            assert_eq!(
                commune[colonne], reelle[colonne],
                "{colonne} of {}",
                commune["insee"]
            );
        }
    }
}
