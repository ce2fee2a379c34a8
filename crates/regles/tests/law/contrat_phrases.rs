//! The sentences of the evaluation contract that hold for every case: what absent means, unknown keys, sources.

use std::collections::BTreeMap;

use regles::catalogue;
use regles::reglement::Reglement;
use serde_json::{Value, json};

use super::contrat_evaluation::reponse;
use super::tables;

const EVALUATIONS: [&str; 9] = [
    "zone",
    "echeance",
    "place",
    "conventionnement",
    "versement",
    "stage",
    "restitution",
    "eligibilite_contrat",
    "rappels",
];

#[test]
fn nul_et_absent_se_valent() {
    let reglement = Reglement::embarque().expect("parameters");
    for ligne in tables::lignes() {
        let connus: BTreeMap<String, String> = ligne
            .faits
            .iter()
            .filter(|(_, valeur)| *valeur != "null")
            .map(|(cle, valeur)| (cle.clone(), valeur.clone()))
            .collect();
        assert_eq!(
            ligne.reponse_a(&reglement, &connus),
            ligne.reponse(&reglement),
            "{}",
            ligne.titre
        );
    }
}

/// What a fact means when it is not said: a value, or that of another fact.
enum Defaut {
    Vaut(&'static str),
    CeluiDe(&'static str),
}

#[test]
fn ce_qui_n_est_pas_dit_a_la_valeur_que_le_contrat_lui_donne() {
    use Defaut::{CeluiDe, Vaut};
    let defauts = [
        ("place", "charte", Vaut("false")),
        ("place", "cedant_par_derogation", Vaut("false")),
        ("place", "categorie_a_la_cessation", CeluiDe("categorie")),
        ("place", "territoire", Vaut("\"metropole\"")),
        ("conventionnement", "actes_zone_sous_dotee", Vaut("0")),
        ("echeance", "suspensions", Vaut("[]")),
        ("echeance", "territoire", Vaut("\"metropole\"")),
        ("versement", "modulation", Vaut("false")),
        ("stage", "regime", Vaut("\"avenant7\"")),
        (
            "eligibilite_contrat",
            "contrat_type_effet",
            CeluiDe("zonage_effet"),
        ),
        ("rappels", "envoyes", Vaut("[]")),
        ("rappels", "etat", Vaut("\"en_cours\"")),
    ];
    let reglement = Reglement::embarque().expect("parameters");
    let lignes = tables::lignes();
    for (evaluation, cle, defaut) in defauts {
        let mut essayees = 0;
        for ligne in lignes.iter().filter(|l| l.evaluation == evaluation) {
            if ligne.faits.get(cle).is_some_and(|valeur| valeur != "null") {
                continue;
            }
            let valeur = match defaut {
                Vaut(valeur) => Some(valeur.to_owned()),
                CeluiDe(autre) => ligne.faits.get(autre).cloned(),
            };
            let mut faits = ligne.faits.clone();
            faits.insert(cle.to_owned(), valeur.unwrap_or_else(|| "null".to_owned()));
            let (tue, dite) = (
                ligne.reponse(&reglement),
                ligne.reponse_a(&reglement, &faits),
            );
            for part in ["resultat", "valeurs", "manquants", "erreur"] {
                assert_eq!(tue[part], dite[part], "{} : {cle}, {part}", ligne.titre);
            }
            essayees += 1;
        }
        assert!(essayees > 3, "{evaluation}.{cle} : {essayees}");
    }
}

/// An answer where nothing is known: the first step that blocks, an object of values, a reason with its source.
#[test]
fn sans_aucun_fait_chaque_evaluation_dit_ce_qui_la_bloque_d_abord() {
    let attendus: [(&str, &[&str]); 9] = [
        ("zone", &["commune", "date"]),
        ("echeance", &["depart", "annees", "mois", "jours"]),
        ("place", &["categorie"]),
        (
            "conventionnement",
            &["deja_conventionne_zone", "entree_formation"],
        ),
        ("versement", &["contrat", "signature", "annee"]),
        ("stage", &["mois", "quotite_pct"]),
        ("restitution", &["debut", "fin", "resiliation", "percu"]),
        ("eligibilite_contrat", &["contrat"]),
        ("rappels", &["type", "finale", "date"]),
    ];
    assert_eq!(attendus.map(|(e, _)| e), EVALUATIONS);
    for (evaluation, manquants) in attendus {
        for faits in [json!({}), Value::Null] {
            let r = reponse(&json!({"evaluation": evaluation, "faits": faits}).to_string());
            assert_eq!(r["resultat"], "incomplet", "{r}");
            assert_eq!(r["manquants"], json!(manquants), "{evaluation}");
            assert!(r["valeurs"].is_object(), "{r}");
            let etapes = r["explication"].as_array().expect("steps");
            assert!(!etapes.is_empty(), "{evaluation}");
            for etape in etapes {
                assert_ne!(etape["source"], "", "{evaluation}");
            }
        }
    }
}

#[test]
fn une_cle_inconnue_est_nommee_ou_qu_elle_soit() {
    for evaluation in EVALUATIONS {
        let r = reponse(
            &json!({"id": "u", "evaluation": evaluation, "date": "2026-01-10", "faits": {"couleur": null}})
                .to_string(),
        );
        assert_eq!(r["erreur"]["champ"], "couleur", "{evaluation} : {r}");
        let message = r["erreur"]["message"].as_str().expect("a sentence");
        assert!(message.contains("couleur"), "{message}");
        let r = reponse(
            &json!({"id": "u", "evaluation": evaluation, "faits": {}, "couleur": 1}).to_string(),
        );
        assert_eq!(r["erreur"]["champ"], "couleur", "{evaluation} : {r}");
        assert_eq!(r["id"], "u");
    }
    for (evaluation, faits, champ) in [
        (
            "conventionnement",
            json!({"succession": {"couleur": 1}}),
            "succession.couleur",
        ),
        (
            "conventionnement",
            json!({"derogation": {"couleur": 1}}),
            "derogation.couleur",
        ),
        (
            "echeance",
            json!({"suspensions": [{"du": "2026-01-01", "au": "2026-01-02"}, {"couleur": 1}]}),
            "suspensions.1.couleur",
        ),
        (
            "eligibilite_contrat",
            json!({"contrats": [{"couleur": 1}]}),
            "contrats.0.couleur",
        ),
    ] {
        let r = reponse(&json!({"evaluation": evaluation, "faits": faits}).to_string());
        assert_eq!(r["erreur"]["champ"], champ, "{r}");
    }
}

/// For a choice of ours the source is the key of its parameter; each step has its nine members.
#[test]
fn la_source_d_un_choix_est_la_cle_de_son_parametre() {
    let reglement = Reglement::embarque().expect("parameters");
    let mut choix = 0;
    for ligne in tables::lignes() {
        let r = ligne.reponse(&reglement);
        for etape in r["explication"].as_array().into_iter().flatten() {
            assert_eq!(etape.as_object().map(|o| o.len()), Some(9), "{etape}");
            if etape["statut"] == "D" {
                let source = etape["source"].as_str().expect("a source");
                // The reminders of a kind that is not known: one key for each.
                assert!(
                    catalogue::cle(source).is_some() || source == "rappels.*",
                    "{} : {etape}",
                    ligne.titre
                );
                choix += 1;
            }
        }
    }
    assert!(choix > 100, "{choix}");
}
