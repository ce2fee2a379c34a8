//! The status that a step shows is the one the rulebook gives its rule; the source of a [D] is its key.

use std::collections::BTreeSet;

use regles::reglement::Reglement;
use serde_json::Value;

use super::tables;

/// What the rulebook writes beside each rule that an evaluation cites: every mark of its paragraph.
const RULEBOOK: [(&str, &str); 38] = [
    ("ZON-4", "S"),
    ("ZON-5", "D"),
    ("ZON-6", "P"),
    ("REG-1", "S"),
    ("REG-2", "S"),
    ("REG-3", "SD"),
    ("REG-4", "E"),
    ("REG-5", "SD"),
    ("REG-6", "D"),
    ("REG-8", "D"),
    ("REG-10", "S"),
    ("REG-15", "E"),
    ("REG-16", "D"),
    ("ALT-5", "ED"),
    ("DER-1", "S"),
    ("DER-3", "D"),
    ("ALT-1", "S"),
    ("ALT-2", "S"),
    ("ALT-3", "S"),
    ("PRO-5", "LD"),
    ("ECH-1", "L"),
    ("ECH-2", "L"),
    ("ECH-3", "P"),
    ("ECH-5", "D"),
    ("CTR-1", "SED"),
    ("CTR-2", "S"),
    ("CTR-3", "SD"),
    ("CTR-4", "SD"),
    ("CTR-5", "SED"),
    ("CTR-6", "S"),
    ("CTR-7", "SD"),
    ("CTR-8", "SD"),
    ("CTR-9", "S"),
    ("CTR-10", "SD"),
    ("CTR-11", "SD"),
    ("CTR-12", "SD"),
    ("CTR-13", "P"),
    ("REG-9", "SD"),
];

#[test]
fn chaque_etape_porte_le_statut_du_recueil() {
    let reglement = Reglement::embarque().expect("reglement");
    let mut ecarts = BTreeSet::new();
    for ligne in tables::lignes() {
        let reponse = ligne.reponse(&reglement);
        for etape in reponse["explication"].as_array().into_iter().flatten() {
            ecarts.extend(ecart(&reglement, etape));
        }
    }
    assert!(ecarts.is_empty(), "{ecarts:#?}");
}

fn ecart(reglement: &Reglement, etape: &Value) -> Option<String> {
    let lu = |cle: &str| etape[cle].as_str().expect("a text").to_owned();
    let (regle, statut, source) = (lu("regle"), lu("statut"), lu("source"));
    let admis = RULEBOOK.iter().find(|(id, _)| *id == regle);
    if !admis.is_some_and(|(_, statuts)| statuts.contains(statut.as_str())) {
        return Some(format!("{regle} : {statut} ({source})"));
    }
    let cle = source == "rappels.*" || !reglement.historique(&source).is_empty();
    (statut == "D" && !cle).then(|| format!("{regle} : {source} n’est pas une clé"))
}

/// What applied before avenant 7 carries the status of its rule, and says that it is to be confirmed.
#[test]
fn les_valeurs_anterieures_a_l_avenant_7() {
    let reglement = Reglement::embarque().expect("reglement");
    let veille = "2023-08-25".parse().expect("date");
    for cle in ["place.seuil_actes", "place.delai_designation", "alt.heures"] {
        let ancienne = reglement.parametre(cle, veille).expect(cle);
        assert_eq!(ancienne.statut.as_str(), "S", "{cle}");
        assert!(ancienne.citation().source.contains("à confirmer"), "{cle}");
    }
}
