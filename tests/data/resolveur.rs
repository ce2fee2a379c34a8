//! The evaluation contract over the stored zonage.

use regles::evaluer::evaluer;
use regles::reglement::Reglement;
use releve::db::resolveur::ZonageEnBase;
use serde_json::{Value, json};

use super::appui::{Atelier, LIGNES, ZONAGE, description};

fn reponse(atelier: &Atelier, commune: &str, date: &str) -> Value {
    let reglement = Reglement::embarque().expect("the rules load");
    let zones = ZonageEnBase {
        db: &atelier.db,
        reglement: &reglement,
    };
    let objet =
        json!({"id": "z", "evaluation": "zone", "date": date, "faits": {"commune": commune}});
    serde_json::to_value(evaluer(&reglement, &objet.to_string(), &zones)).expect("json")
}

#[test]
fn a_zone_is_evaluated_from_the_stored_arrete() {
    let atelier = Atelier::fictif();
    atelier
        .zonage("2026-03-01", "A-1", LIGNES)
        .expect("imported");
    let lue = reponse(&atelier, "91101", "2026-04-01");
    assert_eq!(lue["resultat"], "non_prioritaire");
    assert_eq!(
        lue["valeurs"],
        json!({"bassin": "AM91101", "arrete": "A-1", "date_effet": "2026-03-01", "regulee": true})
    );
    assert_eq!(
        reponse(&atelier, "90003", "2026-04-01")["resultat"],
        "intermediaire"
    );
}

#[test]
fn what_is_missing_is_an_error_never_a_category() {
    let atelier = Atelier::fictif();
    atelier
        .zonage("2026-03-01", "A-1", LIGNES)
        .expect("imported");
    for (commune, date) in [
        ("13055", "2026-04-01"),
        ("91001", "2026-04-01"),
        ("90001", "2026-02-28"),
    ] {
        let lue = reponse(&atelier, commune, date);
        assert_eq!(lue["erreur"]["champ"], "commune", "{lue}");
        assert!(lue.get("resultat").is_none_or(Value::is_null), "{lue}");
    }
}

#[test]
fn an_unknown_number_stays_unknown() {
    let atelier = Atelier::fictif();
    let fichier = atelier.fichier("z.csv", format!("{ZONAGE}{LIGNES}"));
    atelier
        .arrete(&[fichier], &description("99", "2026-03-01", None), false)
        .expect("imported");
    let lue = reponse(&atelier, "90001", "2026-04-01");
    assert_eq!(lue["resultat"], "intermediaire");
    assert!(lue["valeurs"]["arrete"].is_null(), "{lue}");
}
