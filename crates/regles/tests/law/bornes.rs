//! Values that the tables do not show: what mutation testing found unwatched, by subject.

use chrono::NaiveDate;
use regles::calendrier::{Territoire, paques};
use regles::evaluer::evaluer;
use regles::reglement::Reglement;
use serde_json::{Value, json};

use super::tables::ZonageDeTest;

/// The step of an answer that uses a fact.
fn etape(evaluation: &str, date: &str, faits: &Value, fait: &str) -> Value {
    let objet = json!({"evaluation": evaluation, "date": date, "faits": faits});
    let reglement = Reglement::embarque().expect("reglement");
    let reponse =
        serde_json::to_value(evaluer(&reglement, &objet.to_string(), &ZonageDeTest)).expect("json");
    reponse["explication"]
        .as_array()
        .and_then(|etapes| etapes.iter().find(|e| e["fait"] == fait))
        .cloned()
        .unwrap_or_else(|| panic!("aucune étape sur {fait} : {reponse}"))
}

#[test]
fn chaque_departement_a_ses_jours_feries() {
    let outre_mer = [
        ("971", Territoire::Guadeloupe),
        ("972", Territoire::Martinique),
        ("973", Territoire::Guyane),
        ("974", Territoire::LaReunion),
        ("975", Territoire::SaintPierreEtMiquelon),
        ("976", Territoire::Mayotte),
        ("977", Territoire::SaintBarthelemy),
        ("978", Territoire::SaintMartin),
        ("986", Territoire::WallisEtFutuna),
        ("987", Territoire::PolynesieFrancaise),
        ("988", Territoire::NouvelleCaledonie),
        ("57", Territoire::AlsaceMoselle),
        ("67", Territoire::AlsaceMoselle),
        ("68", Territoire::AlsaceMoselle),
        ("2A", Territoire::Metropole),
        ("88", Territoire::Metropole),
    ];
    for (departement, territoire) in outre_mer {
        assert_eq!(
            Territoire::du_departement(departement),
            territoire,
            "{departement}"
        );
    }
}

/// The same Sunday by another method (Oudin, 1940).
fn paques_selon_oudin(annee: i32) -> (u32, u32) {
    let g = annee % 19;
    let c = annee / 100;
    let h = (c - c / 4 - (8 * c + 13) / 25 + 19 * g + 15) % 30;
    let i = h - (h / 28) * (1 - (h / 28) * (29 / (h + 1)) * ((21 - g) / 11));
    let j = (annee + annee / 4 + i + 2 - c + c / 4) % 7;
    let l = i - j;
    let mois = 3 + (l + 40) / 44;
    let jour = l + 28 - 31 * (mois / 4);
    (mois.unsigned_abs(), jour.unsigned_abs())
}

#[test]
fn paques_tombe_le_meme_jour_par_deux_methodes() {
    for annee in 1583..=4099 {
        assert_eq!(paques(annee), paques_selon_oudin(annee), "{annee}");
    }
    // Outside the dates of the convention, the rule only has to answer a day that exists.
    for annee in -400..1583 {
        let (mois, jour) = paques(annee);
        let date = NaiveDate::from_ymd_opt(annee, mois, jour);
        assert!(date.is_some(), "{annee} : {mois}-{jour}");
    }
}

#[test]
fn les_heures_ne_sont_dites_que_si_elles_suffisent_ou_sont_toutes_connues() {
    let heures = |etablissement: Value, clinicat: Value| {
        let faits = json!({"categorie": "non_prioritaire", "entree_formation": 2024,
            "heures_etablissement": etablissement, "heures_clinicat": clinicat});
        etape(
            "conventionnement",
            "2026-06-29",
            &faits,
            "heures_etablissement + heures_clinicat",
        )["valeur"]
            .clone()
    };
    assert_eq!(heures(json!(3000), json!(null)), json!(3000));
    assert_eq!(heures(json!(100), json!(null)), json!(null));
    assert_eq!(heures(json!(100), json!(200)), json!(300));
}

/// The findings of the steps of a payment whose label begins so, in order.
fn constats(actes: Value, part: Value) -> Vec<(String, String)> {
    let reglement = Reglement::embarque().expect("reglement");
    let objet = json!({"evaluation": "versement", "faits": {"contrat": "caccmk", "signature": "2025-03-01",
        "annee": 2, "actes": actes, "part_zone_pct": part}});
    let reponse =
        serde_json::to_value(evaluer(&reglement, &objet.to_string(), &ZonageDeTest)).expect("json");
    let texte = |e: &Value, cle: &str| e[cle].as_str().unwrap_or_default().to_owned();
    reponse["explication"]
        .as_array()
        .expect("explication")
        .iter()
        .filter(|e| ["actes", "part_zone_pct"].contains(&e["fait"].as_str().unwrap_or_default()))
        .map(|e| (texte(e, "attendu"), texte(e, "constat")))
        .collect()
}

#[test]
fn un_versement_dit_le_seuil_atteint_et_le_plancher() {
    let etapes =
        |actes: i64, part: i64| -> Vec<(String, String)> { constats(json!(actes), json!(part)) };
    let lus = |attendus: &[(&str, &str)]| -> Vec<(String, String)> {
        attendus
            .iter()
            .map(|(a, c)| ((*a).to_owned(), (*c).to_owned()))
            .collect()
    };
    let entier = lus(&[(">= 3000", "rempli"), (">= 50", "rempli")]);
    assert_eq!(etapes(3000, 50), entier);
    let prorata = lus(&[
        (">= 3000", "non_rempli"),
        (">= 1500", "rempli"),
        (">= 50", "rempli"),
    ]);
    assert_eq!(etapes(1500, 80), prorata);
    let rien = lus(&[
        (">= 3000", "non_rempli"),
        (">= 1500", "non_rempli"),
        (">= 50", "non_rempli"),
        ("maintenu", "non_rempli"),
    ]);
    assert_eq!(etapes(1499, 49), rien);
}

#[test]
fn une_periode_de_statistiques_commence_un_premier_du_mois() {
    use regles::statistique::debut;
    let jour = |texte: &str| -> chrono::NaiveDate { texte.parse().expect("date") };
    for (mois, attendu) in [(0, "2026-03-01"), (1, "2026-03-01"), (12, "2025-04-01")] {
        assert_eq!(debut(jour("2026-03-31"), mois), jour(attendu), "{mois}");
    }
}
