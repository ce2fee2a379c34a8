//! Properties that hold for any facts, not only those of the tables.

use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::sample::select;
use regles::calendrier::{Territoire, jour_chome, paques};
use regles::echeance::{self, Delai, Suspension};
use regles::evaluer::flux::evaluer_flux;
use regles::evaluer::{Reponse, evaluer};
use regles::reglement::Reglement;
use serde_json::{Map, Value, json};

use super::tables::ZonageDeTest;

fn jour() -> impl Strategy<Value = NaiveDate> {
    (0u64..40_000).prop_map(|n| NaiveDate::from_ymd_opt(2000, 1, 1).expect("date") + Days::new(n))
}

fn delai() -> impl Strategy<Value = Delai> {
    prop_oneof![
        (0u32..6).prop_map(Delai::Annees),
        (0u32..40).prop_map(Delai::Mois),
        (0u32..900).prop_map(Delai::Jours)
    ]
}

fn territoire() -> impl Strategy<Value = Territoire> {
    select(Territoire::TOUS)
}

fn suspensions() -> impl Strategy<Value = Vec<Suspension>> {
    let une = (jour(), 0u64..200).prop_map(|(du, n)| Suspension {
        du,
        au: du + Days::new(n),
        motif: None,
    });
    prop::collection::vec(une, 0..4)
}

proptest! {
    #[test]
    fn une_echeance_croit_avec_son_depart(a in jour(), ecart in 0u64..100, delai in delai(), t in territoire()) {
        let plus_tard = a + Days::new(ecart);
        let fin = |depart| echeance::calculer(depart, delai, t, &[]).expect("calcul").finale;
        prop_assert!(fin(a) <= fin(plus_tard));
    }

    #[test]
    fn aucune_echeance_ne_finit_un_jour_chome(a in jour(), delai in delai(), t in territoire(), s in suspensions()) {
        let e = echeance::calculer(a, delai, t, &s).expect("calcul");
        prop_assert_eq!(jour_chome(e.finale, t), None);
        prop_assert!(e.brute <= e.apres_suspensions && e.apres_suspensions <= e.finale);
        // Only non-working days are skipped.
        let sautes = e.apres_suspensions.iter_days().take_while(|d| *d < e.finale);
        prop_assert!(sautes.into_iter().all(|d| jour_chome(d, t).is_some()));
    }

    #[test]
    fn une_suspension_ne_depend_pas_de_l_ordre(a in jour(), s in suspensions()) {
        let fin = |s: &[Suspension]| echeance::calculer(a, Delai::Mois(2), Territoire::Metropole, s).expect("calcul").finale;
        let envers: Vec<Suspension> = s.iter().rev().cloned().collect();
        prop_assert_eq!(fin(&s), fin(&envers));
    }

    #[test]
    fn paques_est_un_dimanche_entre_le_22_mars_et_le_25_avril(annee in 1583i32..=9999) {
        let (mois, jour) = paques(annee);
        prop_assert!((3, 22) <= (mois, jour) && (mois, jour) <= (4, 25));
        let date = NaiveDate::from_ymd_opt(annee, mois, jour).expect("date");
        prop_assert_eq!(chrono::Datelike::weekday(&date), chrono::Weekday::Sun);
    }

    #[test]
    fn le_du_croit_avec_les_actes_sans_depasser_l_echeancier(
        contrat in select(vec!["caccmk", "caimk", "cammk"]), annee in 1u8..=5, actes in 0u32..4000, plus in 0u32..500,
        part in 0u8..=100, modulation in any::<bool>(),
    ) {
        let reglement = reglement();
        let montants = |actes: u32| {
            let r = repondre(reglement, "versement", None, &json!({
                "contrat": contrat, "signature": "2025-03-01", "annee": annee, "actes": actes,
                "part_zone_pct": part, "modulation": modulation,
            }));
            (r["valeurs"]["du"].as_i64().expect("du"), r["valeurs"]["theorique"].as_i64().expect("theorique"))
        };
        let ((du, theorique), (plus_du, _)) = (montants(actes), montants(actes + plus));
        prop_assert!(0 <= du && du <= plus_du && plus_du <= theorique);
    }

    #[test]
    fn des_octets_quelconques_recoivent_une_reponse(octets in prop::collection::vec(any::<u8>(), 0..300)) {
        let reglement = reglement();
        evaluer_flux(reglement, &ZonageDeTest, octets.as_slice(), std::io::sink()).expect("flux");
    }

    #[test]
    fn un_texte_qui_ressemble_recoit_une_reponse(
        morceaux in prop::collection::vec(select(MORCEAUX.to_vec()), 0..40),
    ) {
        let reglement = reglement();
        let texte: String = morceaux.concat();
        let r = serde_json::to_string(&evaluer(reglement, &texte, &ZonageDeTest)).expect("json");
        serde_json::from_str::<Value>(&r).expect("réponse JSON");
    }

    #[test]
    fn un_objet_mute_recoit_une_reponse(tirage in objets(), rang in 0usize..400, caractere in any::<char>()) {
        let reglement = reglement();
        let (evaluation, faits) = tirage;
        let texte = json!({"id": 1, "evaluation": evaluation, "date": "2026-01-10", "faits": faits}).to_string();
        let mute: String =
            texte.chars().enumerate().map(|(i, c)| if i == rang { caractere } else { c }).collect();
        evaluer(reglement, &mute, &ZonageDeTest);
    }

    #[test]
    fn deux_evaluations_des_memes_faits_sont_identiques((evaluation, faits) in objets()) {
        let (une, autre) = (reglement(), &*RELU);
        let date = Some("2026-03-01");
        prop_assert_eq!(repondre(une, evaluation, date, &faits), repondre(autre, evaluation, date, &faits));
    }

    /// An unknown fact that does not block gives the answer that every value of it would give: it is
    /// never more favourable than one of them. «À examiner» is the one answer that waits for a fact.
    #[test]
    fn un_fait_inconnu_n_est_jamais_plus_favorable((evaluation, faits) in objets(), rang in 0usize..20) {
        let reglement = reglement();
        let objet = faits.as_object().expect("objet");
        let cles: Vec<&String> = objet.keys().collect();
        let cle = cles[rang % cles.len()].clone();
        // These have a value of their own when absent: they are never unknown.
        const JAMAIS_INCONNUS: [&str; 10] = [
            "succession", "derogation", "charte", "modulation", "suspensions", "cedant_par_derogation",
            "categorie_a_la_cessation", "actes_zone_sous_dotee", "regime", "contrat_type_effet",
        ];
        prop_assume!(!JAMAIS_INCONNUS.contains(&cle.as_str()));
        let date = Some("2026-03-01");
        let mut sans: Map<String, Value> = objet.clone();
        sans.insert(cle.clone(), Value::Null);
        let inconnu = repondre(reglement, evaluation, date, &Value::Object(sans.clone()));
        prop_assert!(inconnu["resultat"].is_string(), "{}", inconnu);
        if inconnu["resultat"] == "incomplet" {
            prop_assert!(!inconnu["manquants"].as_array().expect("manquants").is_empty());
            return Ok(());
        }
        if inconnu["resultat"] == "a_examiner" {
            return Ok(());
        }
        for valeur in valeurs(evaluation, &cle) {
            sans.insert(cle.clone(), valeur.clone());
            let su = repondre(reglement, evaluation, date, &Value::Object(sans.clone()));
            prop_assert_eq!(&su["resultat"], &inconnu["resultat"], "{} = {} : {}", cle, valeur, Value::Object(sans));
            if evaluation == "versement" {
                let (mut su, mut inconnu) = (su["valeurs"].clone(), inconnu["valeurs"].clone());
                // The day to pay follows the signature, even where nothing is due whatever it is.
                if cle == "signature" {
                    su["payable_avant"] = Value::Null;
                    inconnu["payable_avant"] = Value::Null;
                }
                prop_assert_eq!(su, inconnu);
            }
        }
    }
}

static REGLEMENT: LazyLock<Reglement> = LazyLock::new(|| Reglement::embarque().expect("reglement"));

/// The parameters, as stored with a decision and read again.
static RELU: LazyLock<Reglement> = LazyLock::new(|| {
    let stocke = serde_json::to_string(&*REGLEMENT).expect("json");
    serde_json::from_str(&stocke).expect("relu")
});

fn reglement() -> &'static Reglement {
    &REGLEMENT
}

fn repondre(reglement: &Reglement, evaluation: &str, date: Option<&str>, faits: &Value) -> Value {
    let objet =
        json!({"id": 1, "evaluation": evaluation, "date": date, "faits": faits}).to_string();
    let reponse: Reponse = evaluer(reglement, &objet, &ZonageDeTest);
    serde_json::to_value(reponse).expect("json")
}

const MORCEAUX: [&str; 30] = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"id\"",
    "\"evaluation\"",
    "\"faits\"",
    "\"date\"",
    "\"place\"",
    "\"zone\"",
    "\"commune\"",
    "\"13055\"",
    "\"echeance\"",
    "\"depart\"",
    "\"9999-12-31\"",
    "\"2026-02-30\"",
    "\"jours\"",
    "\"mois\"",
    "1",
    "-0",
    "1e999",
    "18446744073709551616",
    "0.1",
    "null",
    "true",
    "\"\\ud800\"",
    "\"suspensions\"",
    " ",
];

/// The values a fact may take, by evaluation.
fn univers(evaluation: &str) -> Vec<(&'static str, Vec<Value>)> {
    let categories = || {
        [
            "tres_sous_dotee",
            "sous_dotee",
            "intermediaire",
            "non_prioritaire",
            "tres_dotee_av5",
            "sur_dotee_av5",
        ]
        .map(Value::from)
        .to_vec()
    };
    let oui_non = || vec![json!(true), json!(false)];
    match evaluation {
        "place" => vec![
            ("categorie", categories()),
            (
                "cessation",
                vec![
                    json!("2023-08-15"),
                    json!("2024-02-29"),
                    json!("2024-03-01"),
                    json!("2025-06-30"),
                ],
            ),
            (
                "actes_12_mois",
                vec![json!(0), json!(1199), json!(1200), json!(5000)],
            ),
            (
                "avis_cpd_sous_seuil",
                vec![json!("favorable"), json!("defavorable")],
            ),
            ("successeur_designe", oui_non()),
            ("successeur_accepte", oui_non()),
            ("pourvue", oui_non()),
            ("charte", oui_non()),
            ("cedant_par_derogation", oui_non()),
            ("categorie_a_la_cessation", categories()),
        ],
        "conventionnement" => vec![
            ("categorie", categories()),
            ("deja_conventionne_zone", oui_non()),
            (
                "succession",
                vec![
                    Value::Null,
                    json!({"place": "designee"}),
                    json!({"place": "ouverte"}),
                ],
            ),
            (
                "derogation",
                vec![
                    Value::Null,
                    json!({"famille": "A"}),
                    json!({"famille": "B", "avis_cpd": "defavorable"}),
                ],
            ),
            (
                "entree_formation",
                vec![json!(2022), json!(2023), json!(2024)],
            ),
            (
                "heures_etablissement",
                vec![json!(0), json!(1240), json!(2240)],
            ),
            ("heures_clinicat", vec![json!(0), json!(1000), json!(2240)]),
            ("engagement_zone", oui_non()),
            (
                "actes_zone_sous_dotee",
                vec![json!(0), json!(2999), json!(3000), json!(6000)],
            ),
        ],
        "versement" => vec![
            (
                "contrat",
                vec![json!("caccmk"), json!("caimk"), json!("cammk")],
            ),
            (
                "signature",
                vec![
                    json!("2023-08-25"),
                    json!("2023-08-26"),
                    json!("2025-03-01"),
                ],
            ),
            (
                "annee",
                vec![json!(1), json!(2), json!(3), json!(4), json!(5)],
            ),
            (
                "actes",
                vec![json!(0), json!(999), json!(1500), json!(2000), json!(3000)],
            ),
            (
                "part_zone_pct",
                vec![json!(0), json!(49.99), json!(50), json!(100)],
            ),
            ("modulation", oui_non()),
            ("regime", vec![json!("avenant7"), json!("avenant5")]),
        ],
        _ => vec![
            (
                "contrat",
                vec![
                    json!("caccmk"),
                    json!("caimk"),
                    json!("cammk"),
                    json!("cimk"),
                ],
            ),
            ("categorie", categories()),
            ("signature", vec![json!("2026-03-01"), json!("2024-01-01")]),
            (
                "mode",
                vec![
                    json!("creation"),
                    json!("reprise"),
                    json!("installation"),
                    json!("maintien"),
                ],
            ),
            ("cessation_totale_titulaire", oui_non()),
            (
                "contrats",
                vec![
                    json!([]),
                    json!([{"contrat": "caimk", "debut": "2020-01-01", "fin": "2025-01-01"}]),
                ],
            ),
            (
                "installation_le",
                vec![
                    json!("2020-01-01"),
                    json!("2025-06-01"),
                    json!("2023-06-01"),
                ],
            ),
            (
                "collaborateur_depuis",
                vec![json!("2020-01-01"), json!("2025-06-01")],
            ),
            (
                "zonage_effet",
                vec![json!("2024-01-01"), json!("2026-01-01")],
            ),
            (
                "contrat_type_effet",
                vec![json!("2024-06-01"), json!("2025-12-01")],
            ),
            (
                "exercice",
                vec![
                    json!("seul"),
                    json!("groupe"),
                    json!("pluriprofessionnel"),
                    json!("domicile"),
                ],
            ),
            ("remplacant_regulier", oui_non()),
            ("logiciel_dmp", oui_non()),
            ("sesam_vitale", oui_non()),
            ("scor", oui_non()),
            ("teletransmission_pct", vec![json!(69.99), json!(70)]),
            ("messagerie_securisee", oui_non()),
        ],
    }
}

fn valeurs(evaluation: &str, cle: &str) -> Vec<Value> {
    univers(evaluation)
        .into_iter()
        .find(|(nom, _)| *nom == cle)
        .map(|(_, valeurs)| valeurs)
        .expect("fait")
}

/// An evaluation and its facts, each known or not; favourable values are more frequent so that long
/// conjunctions are reached.
fn objets() -> impl Strategy<Value = (&'static str, Value)> {
    select(vec![
        "place",
        "conventionnement",
        "versement",
        "eligibilite_contrat",
    ])
    .prop_flat_map(|evaluation| {
        let faits: Vec<_> = univers(evaluation)
            .into_iter()
            .map(|(cle, valeurs)| {
                let premiere = valeurs[0].clone();
                let valeur =
                    prop_oneof![6 => select(valeurs), 3 => Just(premiere), 1 => Just(Value::Null)];
                valeur.prop_map(move |v| (cle.to_owned(), v))
            })
            .collect();
        faits.prop_map(move |f| (evaluation, Value::Object(f.into_iter().collect())))
    })
}
