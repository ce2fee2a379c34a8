//! The evaluation contract itself: shape of the answers, malformed input, streaming.

use regles::evaluer::flux::{Bilan, LIGNE_MAX, evaluer_flux};
use regles::evaluer::{CLES_MAX, ELEMENTS_MAX};
use regles::evaluer::{TableauError, evaluer, evaluer_tableau};
use regles::reglement::Reglement;
use regles::zonage::SansZonage;
use serde_json::{Value, json};

/// The answer to one line, as JSON.
pub fn reponse(ligne: &str) -> Value {
    let reglement = Reglement::embarque().expect("reglement");
    serde_json::to_value(evaluer(&reglement, ligne, &SansZonage)).expect("json")
}

#[test]
fn forme_de_la_reponse() {
    let r = reponse(
        r#"{"id":"c1","evaluation":"place","date":"2026-01-10","faits":{"categorie":"non_prioritaire","cessation":"2025-06-30","actes_12_mois":1200,"pourvue":false,"successeur_designe":false}}"#,
    );
    assert_eq!(r["id"], "c1");
    assert_eq!(r["resultat"], "ouverte");
    assert_eq!(r["valeurs"], json!({"limite_designation": "2027-06-30"}));
    assert_eq!(r["manquants"], json!([]));
    let etapes = r["explication"].as_array().expect("explication");
    let reg_3 = etapes
        .iter()
        .find(|e| e["regle"] == "REG-3")
        .expect("REG-3");
    assert_eq!(reg_3["constat"], "rempli");
    assert_eq!(reg_3["fait"], "actes_12_mois");
    assert_eq!(reg_3["valeur"], 1200);
    assert_eq!(reg_3["attendu"], ">= 1200");
    assert_eq!(reg_3["en_vigueur_depuis"], "2023-08-26");
    assert_eq!(reg_3["statut"], "S");
    assert_eq!(reg_3.as_object().map(|o| o.len()), Some(9));
}

#[test]
fn lignes_defectueuses() {
    let cas = [
        // ligne, identifiant rendu, champ en cause
        ("", Value::Null, "ligne"),
        ("{", Value::Null, "ligne"),
        ("[1]", Value::Null, "ligne"),
        ("12", Value::Null, "ligne"),
        (r#"{"id":"a"} {"id":"b"}"#, Value::Null, "ligne"),
        (r#"{"id":"a"}"#, json!("a"), "evaluation"),
        (
            r#"{"id":"a","evaluation":"place","couleur":1,"faits":{}}"#,
            json!("a"),
            "couleur",
        ),
        (
            r#"{"id":"a","evaluation":"divination","faits":{}}"#,
            json!("a"),
            "evaluation",
        ),
        (
            r#"{"id":"a","evaluation":12,"faits":{}}"#,
            json!("a"),
            "evaluation",
        ),
        (
            r#"{"id":"a","evaluation":"place","faits":[]}"#,
            json!("a"),
            "faits",
        ),
        (
            r#"{"id":"a","evaluation":"place","evaluation":"zone","faits":{}}"#,
            json!("a"),
            "evaluation",
        ),
        (
            r#"{"id":true,"evaluation":"place","faits":{}}"#,
            Value::Null,
            "id",
        ),
        (
            r#"{"id":7,"evaluation":"place","date":"2026-02-30","faits":{}}"#,
            json!(7),
            "date",
        ),
        (
            r#"{"id":7,"evaluation":"place","date":"26-02-03","faits":{}}"#,
            json!(7),
            "date",
        ),
        (
            r#"{"id":7,"evaluation":"place","date":"0001-02-03","faits":{}}"#,
            json!(7),
            "date",
        ),
        (
            r#"{"id":7,"evaluation":"place","date":20260203,"faits":{}}"#,
            json!(7),
            "date",
        ),
        (
            r#"{"id":7,"evaluation":"place","faits":{"actes":1200}}"#,
            json!(7),
            "actes",
        ),
        (
            r#"{"id":7,"evaluation":"place","faits":{"pourvue":false,"pourvue":true}}"#,
            json!(7),
            "pourvue",
        ),
        (
            r#"{"id":7,"evaluation":"place","faits":{"pourvue":"non"}}"#,
            json!(7),
            "pourvue",
        ),
        (
            r#"{"id":7,"evaluation":"place","faits":{"pourvue":0}}"#,
            json!(7),
            "pourvue",
        ),
        (
            r#"{"id":7,"evaluation":"place","faits":{"categorie":"Non prioritaire"}}"#,
            json!(7),
            "categorie",
        ),
        (
            r#"{"id":7,"evaluation":"place","faits":{"categorie":4}}"#,
            json!(7),
            "categorie",
        ),
        (
            r#"{"id":7,"evaluation":"place","faits":{"actes_12_mois":-1}}"#,
            json!(7),
            "actes_12_mois",
        ),
        (
            r#"{"id":7,"evaluation":"place","faits":{"actes_12_mois":1200.5}}"#,
            json!(7),
            "actes_12_mois",
        ),
        (
            r#"{"id":7,"evaluation":"place","faits":{"actes_12_mois":1.2e3}}"#,
            json!(7),
            "actes_12_mois",
        ),
        (
            r#"{"id":7,"evaluation":"place","faits":{"actes_12_mois":"1200"}}"#,
            json!(7),
            "actes_12_mois",
        ),
        (
            r#"{"id":7,"evaluation":"place","faits":{"actes_12_mois":99999999999999999999999}}"#,
            json!(7),
            "actes_12_mois",
        ),
        (
            r#"{"id":7,"evaluation":"place","faits":{"territoire":"lune"}}"#,
            json!(7),
            "territoire",
        ),
        (
            r#"{"id":7,"evaluation":"conventionnement","faits":{"derogation":{"avis_cpd":"bof"}}}"#,
            json!(7),
            "derogation.avis_cpd",
        ),
        (
            r#"{"id":7,"evaluation":"conventionnement","faits":{"derogation":{"avis":"favorable"}}}"#,
            json!(7),
            "derogation.avis",
        ),
        (
            r#"{"id":7,"evaluation":"conventionnement","faits":{"succession":"oui"}}"#,
            json!(7),
            "succession",
        ),
        (
            r#"{"id":7,"evaluation":"conventionnement","faits":{"succession":{"place":"libre"}}}"#,
            json!(7),
            "succession.place",
        ),
        (
            r#"{"id":7,"evaluation":"conventionnement","faits":{"entree_formation":23}}"#,
            json!(7),
            "entree_formation",
        ),
        (
            r#"{"id":7,"evaluation":"echeance","faits":{"depart":"2026-01-01","mois":1,"jours":3}}"#,
            json!(7),
            "jours",
        ),
        (
            r#"{"id":7,"evaluation":"echeance","faits":{"depart":"2026-01-01","mois":-1}}"#,
            json!(7),
            "mois",
        ),
        (
            r#"{"id":7,"evaluation":"echeance","faits":{"depart":"2026-01-01","annees":4000000}}"#,
            json!(7),
            "depart",
        ),
        (
            r#"{"id":7,"evaluation":"echeance","faits":{"depart":"9999-12-31","jours":1}}"#,
            json!(7),
            "depart",
        ),
        (
            r#"{"id":7,"evaluation":"echeance","faits":{"depart":"2026-01-01","mois":1,"suspensions":[{"du":"2026-01-05","au":"2026-01-04"}]}}"#,
            json!(7),
            "suspensions.0.au",
        ),
        (
            r#"{"id":7,"evaluation":"echeance","faits":{"suspensions":{}}}"#,
            json!(7),
            "suspensions",
        ),
        (
            r#"{"id":7,"evaluation":"echeance","faits":{"suspensions":[3]}}"#,
            json!(7),
            "suspensions.0",
        ),
        (
            r#"{"id":7,"evaluation":"versement","faits":{"annee":6}}"#,
            json!(7),
            "annee",
        ),
        (
            r#"{"id":7,"evaluation":"versement","faits":{"annee":0}}"#,
            json!(7),
            "annee",
        ),
        (
            r#"{"id":7,"evaluation":"versement","faits":{"contrat":"cimk"}}"#,
            json!(7),
            "contrat",
        ),
        (
            r#"{"id":7,"evaluation":"versement","faits":{"contrat":"caim"}}"#,
            json!(7),
            "contrat",
        ),
        (
            r#"{"id":7,"evaluation":"versement","faits":{"part_zone_pct":100.01}}"#,
            json!(7),
            "part_zone_pct",
        ),
        (
            r#"{"id":7,"evaluation":"versement","faits":{"part_zone_pct":5e1}}"#,
            json!(7),
            "part_zone_pct",
        ),
        (
            r#"{"id":7,"evaluation":"versement","faits":{"contrat":"caccmk","signature":"1990-01-01","annee":1}}"#,
            json!(7),
            "signature",
        ),
        (
            r#"{"id":7,"evaluation":"stage","faits":{"mois":-1}}"#,
            json!(7),
            "mois",
        ),
        (
            r#"{"id":7,"evaluation":"restitution","faits":{"debut":"2026-01-01","fin":"2026-01-01"}}"#,
            json!(7),
            "fin",
        ),
        (
            r#"{"id":7,"evaluation":"restitution","faits":{"percu":-1}}"#,
            json!(7),
            "percu",
        ),
        (
            r#"{"id":7,"evaluation":"rappels","faits":{"envoyes":["9m"]}}"#,
            json!(7),
            "envoyes.0",
        ),
        (
            r#"{"id":7,"evaluation":"zone","date":"2026-01-01","faits":{"commune":"1305"}}"#,
            json!(7),
            "commune",
        ),
        (
            r#"{"id":7,"evaluation":"zone","date":"2026-01-01","faits":{"commune":"13055"}}"#,
            json!(7),
            "commune",
        ),
    ];
    for (ligne, id, champ) in cas {
        let r = reponse(ligne);
        assert_eq!(r["id"], id, "{ligne}");
        assert_eq!(r["erreur"]["champ"], champ, "{ligne} → {r}");
        assert!(
            r["erreur"]["message"].as_str().is_some_and(|m| m.len() > 5),
            "{ligne}"
        );
        assert_eq!(r.as_object().map(|o| o.len()), Some(2), "{ligne}");
    }
}

/// `{"000000":0,"000001":0…}`, then `fin` before the brace.
fn objet_de(cles: usize, fin: &str) -> String {
    let membres: Vec<String> = (0..cles).map(|n| format!("\"{n:06}\":0")).collect();
    format!("{{{}{fin}}}", membres.join(","))
}

#[test]
fn un_objet_aux_cles_sans_nombre_est_refuse_sans_etre_compare_a_lui_meme() {
    let enorme = objet_de(200_000, "");
    let phrase = format!("cet objet a trop de clés : {CLES_MAX} au plus");
    for (ligne, champ) in [
        (enorme.clone(), "ligne"),
        (
            format!(r#"{{"evaluation":"place","faits":{enorme}}}"#),
            "faits",
        ),
        (
            format!(r#"{{"evaluation":"conventionnement","faits":{{"derogation":{enorme}}}}}"#),
            "derogation",
        ),
        (
            format!(r#"{{"evaluation":"eligibilite_contrat","faits":{{"contrats":[{enorme}]}}}}"#),
            "contrats.0",
        ),
        // The key that is written twice may be the last.
        (objet_de(CLES_MAX, ",\"000001\":0"), "ligne"),
    ] {
        let r = reponse(&ligne);
        assert_eq!(r["erreur"]["champ"], champ);
        assert_eq!(r["erreur"]["message"], phrase);
    }
    let reglement = Reglement::embarque().expect("reglement");
    // As many as a line may hold: longer, it would be refused before it is read.
    let (mut sortie, ligne) = (Vec::new(), objet_de(90_000, ""));
    evaluer_flux(&reglement, &SansZonage, ligne.as_bytes(), &mut sortie).expect("flux");
    assert!(String::from_utf8_lossy(&sortie).contains(&phrase));
    let juste = reponse(&objet_de(CLES_MAX, ""));
    assert_eq!(juste["erreur"]["champ"], "evaluation", "{juste}");
    let double = reponse(&objet_de(CLES_MAX - 1, ",\"000001\":0"));
    assert_eq!(
        double["erreur"]["message"],
        "la clé « 000001 » est écrite deux fois"
    );
}

#[test]
fn une_liste_sans_fin_est_refusee() {
    for (evaluation, fait, element) in [
        ("eligibilite_contrat", "contrats", "{}"),
        ("echeance", "suspensions", "{}"),
        ("rappels", "envoyes", "\"3m\""),
    ] {
        let ligne = |combien| {
            let liste = vec![element; combien].join(",");
            format!(r#"{{"evaluation":"{evaluation}","faits":{{"{fait}":[{liste}]}}}}"#)
        };
        let r = reponse(&ligne(ELEMENTS_MAX));
        assert!(r["erreur"].is_null(), "{evaluation}: {r}");
        let r = reponse(&ligne(ELEMENTS_MAX + 1));
        assert_eq!(r["erreur"]["champ"], fait, "{evaluation}");
        assert_eq!(
            r["erreur"]["message"],
            format!("cette liste est trop longue : {ELEMENTS_MAX} éléments au plus")
        );
    }
}

#[test]
fn flux_ligne_a_ligne() {
    let reglement = Reglement::embarque().expect("reglement");
    let bonne = r#"{"id":1,"evaluation":"stage","faits":{"mois":3,"quotite_pct":60}}"#;
    let mut entree = format!("\u{feff}{bonne}\r\n\n{{\n{bonne}\n").into_bytes();
    entree.extend(b"\"\xff\"\n");
    entree.extend(std::iter::repeat_n(b'[', LIGNE_MAX + 10));
    entree.extend(format!("\n{bonne}").into_bytes());
    let mut sortie = Vec::new();
    let bilan =
        evaluer_flux(&reglement, &SansZonage, entree.as_slice(), &mut sortie).expect("flux");
    assert_eq!(
        bilan,
        Bilan {
            lignes: 6,
            erreurs: 3
        }
    );
    let lignes: Vec<Value> = String::from_utf8(sortie)
        .expect("utf8")
        .lines()
        .map(|l| serde_json::from_str(l).expect("json"))
        .collect();
    assert_eq!(lignes.len(), 6);
    for (rang, juste) in [true, false, true, false, false, true]
        .into_iter()
        .enumerate()
    {
        assert_eq!(
            lignes[rang]["valeurs"]["du"] == 54_000,
            juste,
            "ligne {rang} : {}",
            lignes[rang]
        );
    }
}

#[test]
fn tableau_de_l_api() {
    let reglement = Reglement::embarque().expect("reglement");
    let deux = r#"[{"id":1,"evaluation":"stage","faits":{"mois":1,"quotite_pct":100}},3]"#;
    let reponses = evaluer_tableau(&reglement, deux, &SansZonage, 2, &|| true).expect("tableau");
    assert_eq!(
        reponses.iter().map(|r| r.est_erreur()).collect::<Vec<_>>(),
        [false, true]
    );
    let marque = format!("\u{feff}{deux}");
    let marquees =
        evaluer_tableau(&reglement, &marque, &SansZonage, 2, &|| true).expect("une marque d’ordre");
    assert_eq!(
        serde_json::to_value(&marquees).expect("json"),
        serde_json::to_value(&reponses).expect("json")
    );
    let trop = evaluer_tableau(&reglement, deux, &SansZonage, 1, &|| true);
    assert_eq!(trop.err(), Some(TableauError::TropLong { recu: 2, max: 1 }));
    assert!(matches!(
        evaluer_tableau(&reglement, "{}", &SansZonage, 9, &|| true),
        Err(TableauError::Illisible(_))
    ));
    // Nobody waits any more: the second object is not evaluated.
    let demandes = std::cell::Cell::new(0);
    let interrompu = evaluer_tableau(&reglement, deux, &SansZonage, 2, &|| {
        demandes.set(demandes.get() + 1);
        demandes.get() < 2
    });
    assert_eq!(interrompu.err(), Some(TableauError::Interrompu));
    assert_eq!(demandes.get(), 2);
}

/// REG-11: practising at patients' homes alone is no exception to REG-1, and no fact can claim one.
#[test]
fn reg_11_l_exercice_a_domicile_n_excepte_de_rien() {
    let demande = |evaluation: &str, faits: Value| {
        let date = "2026-01-10";
        reponse(
            &json!({"id": "d", "evaluation": evaluation, "date": date, "faits": faits}).to_string(),
        )
    };
    let faits = |categorie: &str| json!({"categorie": categorie, "deja_conventionne_zone": false, "entree_formation": 2015});
    // What holds for a cabinet holds for whoever has none: free outside the regulated zones, a departure inside.
    assert_eq!(
        demande("conventionnement", faits("intermediaire"))["resultat"],
        "hors_regulation"
    );
    assert_eq!(
        demande("conventionnement", faits("non_prioritaire"))["resultat"],
        "non_accordable"
    );
    // The way of practising is a fact of the incentive contracts, and of nothing else.
    for evaluation in ["conventionnement", "place"] {
        let refus = demande(evaluation, json!({"exercice": "domicile"}));
        assert_eq!(refus["erreur"]["champ"], "exercice", "{refus}");
    }
    let contrat = demande("eligibilite_contrat", json!({"exercice": "domicile"}));
    assert_eq!(contrat["resultat"], "incomplet", "{contrat}");
}
