//! EXP-2: what was decided under the first edition of the rulebook replays as it was, under the parameters kept with it.
//!
//! `premiere_edition/` holds what the rules of before 26 November 2026 answered, and the parameters they read, as a
//! decision keeps them. Neither is ever written again.

use regles::evaluer::evaluer;
use regles::reglement::Reglement;
use regles::zonage::SansZonage;
use serde_json::{Value, json};

fn conserve() -> Reglement {
    serde_json::from_str(include_str!("premiere_edition/reglement.json")).expect("parameters")
}

fn repondre(reglement: &Reglement, objet: &Value) -> Value {
    serde_json::to_value(evaluer(reglement, &objet.to_string(), &SansZonage)).expect("json")
}

#[test]
fn ce_qui_fut_decide_se_rejoue_pas_a_pas() {
    let reglement = conserve();
    let mut rejouees = 0;
    for ligne in include_str!("premiere_edition/reponses.jsonl").lines() {
        let cas: Value = serde_json::from_str(ligne).expect("json");
        let reponse = repondre(&reglement, &cas["objet"]);
        assert_eq!(reponse, cas["reponse"], "{}", cas["objet"]["id"]);
        rejouees += 1;
    }
    assert_eq!(rejouees, 13);
}

/// The same facts, decided today: the tie, the order and the departures follow the second edition.
#[test]
fn les_memes_faits_suivent_aujourd_hui_la_seconde_edition() {
    let (avant, apres) = (conserve(), Reglement::embarque().expect("parameters"));
    assert!(avant.premiere_edition() && !apres.premiere_edition());
    let demande = |faits: Value| json!({"id": 1, "evaluation": "conventionnement", "date": "2026-01-10", "faits": faits});
    let cas = [
        (
            demande(
                json!({"categorie": "non_prioritaire", "deja_conventionne_zone": false, "entree_formation": 2015,
                "derogation": {"famille": "C", "avis_cpd": "partage"}}),
            ),
            "accordable_derogation",
            "incomplet",
        ),
        (
            demande(
                json!({"categorie": "non_prioritaire", "deja_conventionne_zone": true, "entree_formation": 2024,
                "heures_etablissement": 0, "heures_clinicat": 0, "engagement_zone": false}),
            ),
            "non_accordable",
            "hors_regulation",
        ),
        (
            demande(
                json!({"categorie": "non_prioritaire", "deja_conventionne_zone": false, "entree_formation": 2024,
                "heures_etablissement": 1120, "heures_clinicat": 0, "engagement_zone": false,
                "actes_zone_sous_dotee": 3000, "succession": {"place": "designee"}}),
            ),
            "non_accordable",
            "accordable_succession",
        ),
        (
            json!({"id": 2, "evaluation": "place", "date": "2026-01-10", "faits": {"categorie": "non_prioritaire",
                "cessation": "2024-06-28", "actes_12_mois": 1500, "pourvue": false, "successeur_designe": false,
                "cedant_par_derogation": true, "categorie_a_la_cessation": "intermediaire"}}),
            "ouverte",
            "non_transmissible",
        ),
    ];
    for (objet, premiere, seconde) in cas {
        assert_eq!(repondre(&avant, &objet)["resultat"], premiere, "{objet}");
        assert_eq!(repondre(&apres, &objet)["resultat"], seconde, "{objet}");
    }
}
