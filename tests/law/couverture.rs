//! Every rule of the rulebook has a row that it lets through and a row that it stops, or a reason not to.

use std::collections::{BTreeMap, BTreeSet};

use super::tables::{self, Sens};

/// Every identifier of the rulebook.
const FAMILLES: [(&str, u32); 8] = [
    ("ZON", 10),
    ("REG", 14),
    ("DER", 4),
    ("ALT", 4),
    ("PRO", 11),
    ("ECH", 5),
    ("EXP", 3),
    ("CTR", 13),
];

/// Rules that no evaluation decides, reviewed one by one: where they are proven instead.
const HORS_TABLES: [(&str, &str); 30] = [
    (
        "ZON-3",
        "région d’attribution : à l’import du zonage et dans la base",
    ),
    ("ZON-7", "parts de population : à l’import du zonage"),
    ("ZON-8", "table publiée de PACA : sur les données importées"),
    ("ZON-9", "profession d’un arrêté : dans la base"),
    ("ZON-10", "changement de zonage : écrans d’instruction"),
    ("REG-7", "désignation par les ayants droit : procédure"),
    (
        "REG-9",
        "six mois pour s’installer : échéance d’une notification, procédure",
    ),
    (
        "REG-11",
        "exercice à domicile : aucune exception, donc aucun fait à examiner",
    ),
    (
        "REG-12",
        "charte : classement éprouvé dans charte, procédure",
    ),
    ("REG-13", "déménagement dans la zone : procédure"),
    ("REG-14", "grand livre : équilibre éprouvé par propriétés"),
    ("DER-2", "motifs : données de référence"),
    (
        "DER-3",
        "sans avis, la condition est inconnue, jamais fausse : la ligne est « incomplet »",
    ),
    ("DER-4", "suites d’une dérogation A/C-RED : procédure"),
    ("PRO-1", "caisse du lieu d’exercice : portée des comptes"),
    ("PRO-2", "accusé de réception : procédure"),
    ("PRO-3", "pièces manquantes : procédure"),
    ("PRO-4", "commission : procédure"),
    ("PRO-6", "voies de recours : courriers"),
    ("PRO-7", "décision implicite : procédure"),
    ("PRO-8", "notification : procédure"),
    ("PRO-9", "recours : procédure"),
    ("PRO-10", "mention du traitement : courriers"),
    ("PRO-11", "signature des contrats : procédure"),
    ("EXP-1", "vérifiée sur chaque ligne de chaque table"),
    ("EXP-2", "conservation et rejeu : base et propriétés"),
    (
        "EXP-3",
        "contradiction : erreur typée, aucune règle n’en produit",
    ),
    ("CTR-5", "signatures : procédure"),
    ("CTR-12", "relevé fiscal : document"),
    (
        "ZON-5",
        "valeur unique « maintenu » : la valeur contraire est éprouvée dans parametres_locaux",
    ),
];

#[test]
fn chaque_regle_a_une_ligne_qui_passe_et_une_qui_echoue() {
    let mut vues: BTreeMap<String, (bool, bool)> = BTreeMap::new();
    for ligne in tables::lignes() {
        for (regle, sens) in ligne.articles {
            let vue = vues.entry(regle).or_default();
            match sens {
                Sens::Tient => vue.0 = true,
                Sens::NeTientPas => vue.1 = true,
                Sens::Inconnu => {}
            }
        }
    }
    let recueil: BTreeSet<String> = FAMILLES
        .iter()
        .flat_map(|(famille, n)| (1..=*n).map(move |i| format!("{famille}-{i}")))
        .collect();
    let ailleurs: BTreeMap<&str, &str> = HORS_TABLES.into_iter().collect();

    let inconnues: Vec<&String> = vues.keys().filter(|r| !recueil.contains(*r)).collect();
    assert!(inconnues.is_empty(), "absentes du recueil : {inconnues:?}");
    let sans_ligne: Vec<&String> = recueil
        .iter()
        .filter(|r| !ailleurs.contains_key(r.as_str()) && vues.get(*r) != Some(&(true, true)))
        .collect();
    assert!(
        sans_ligne.is_empty(),
        "sans ligne qui passe et ligne qui échoue : {sans_ligne:?}"
    );
    let superflues: Vec<&&str> = ailleurs
        .keys()
        .filter(|r| !recueil.contains(**r) || vues.get(**r) == Some(&(true, true)))
        .collect();
    assert!(superflues.is_empty(), "raison superflue : {superflues:?}");
}
