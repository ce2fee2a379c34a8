//! The evaluations over HTTP, and their description checked against what they do.

use serde_json::{Value, json};

use crate::util::TestApp;
use crate::util::builders::Decor;
use crate::util::client::sans_cookies;

async fn appeler(app: &TestApp, corps: &Value) -> (u16, Value) {
    appeler_avec(&sans_cookies(), app, corps).await
}

async fn appeler_avec(client: &reqwest::Client, app: &TestApp, corps: &Value) -> (u16, Value) {
    let reponse = client
        .post(format!("{}/api/v1/evaluations", app.adresse))
        .header("sec-fetch-site", "cross-site")
        .json(corps)
        .send()
        .await
        .expect("an answer");
    (
        reponse.status().as_u16(),
        reponse.json().await.expect("JSON"),
    )
}

#[actix_web::test]
async fn un_tableau_recoit_une_reponse_par_objet_sans_compte() {
    let app = TestApp::start();
    Decor::new(&app).region_93();
    let (statut, reponses) = appeler(
        &app,
        &json!([
            {"id": "p", "evaluation": "place", "date": "2026-01-10", "faits": {
                "categorie": "non_prioritaire", "cessation": "2025-12-31", "actes_12_mois": 1200,
                "pourvue": false, "successeur_designe": false, "successeur_accepte": false}},
            {"id": "z", "evaluation": "zone", "date": "2026-01-10", "faits": {"commune": "13056"}},
            {"id": "x", "evaluation": "place", "date": "2026-01-10", "faits": {"couleur": "bleu"}},
        ]),
    )
    .await;
    assert_eq!(statut, 200, "{reponses}");
    assert_eq!(reponses[0]["resultat"], "ouverte");
    assert_eq!(reponses[1]["resultat"], "non_prioritaire");
    assert_eq!(reponses[1]["valeurs"]["bassin"], "BV13056");
    assert_eq!(reponses[2]["id"], "x");
    assert!(
        reponses[2]["erreur"]["message"]
            .as_str()
            .is_some_and(|m| m.contains("couleur")),
        "{reponses}"
    );
}

#[actix_web::test]
async fn ce_qui_n_est_pas_un_tableau_et_ce_qui_est_trop_long_sont_refuses() {
    let app = TestApp::start();
    assert_eq!(appeler(&app, &json!({"id": 1})).await.0, 400);
    let trop: Vec<Value> = (0..1_001).map(|i| json!({"id": i})).collect();
    assert_eq!(appeler(&app, &json!(trop)).await.0, 413);
}

/// Sixty thousand keys a call, four calls at once, kept the whole site silent for half a minute.
#[actix_web::test]
async fn des_objets_aux_cles_sans_nombre_sont_refuses_chacun_a_sa_place() {
    let app = TestApp::start();
    let membres: Vec<String> = (0..60_000).map(|n| format!("\"{n:06}\":0")).collect();
    let corps = format!("[{{{}}},{{\"id\":7}}]", membres.join(","));
    let client = sans_cookies();
    let appels = (0..4).map(|_| async {
        let envoi = client
            .post(format!("{}/api/v1/evaluations", app.adresse))
            .body(corps.clone());
        let reponse = envoi.send().await.expect("an answer");
        assert_eq!(reponse.status().as_u16(), 200);
        reponse.json::<Value>().await.expect("JSON")
    });
    for reponses in futures_util::future::join_all(appels).await {
        assert_eq!(
            reponses[0]["erreur"]["message"],
            "cet objet a trop de clés : 64 au plus"
        );
        assert_eq!(reponses[1]["id"], 7);
    }
}

#[actix_web::test]
async fn une_evaluation_qui_tarde_trop_le_dit_dans_les_formes_du_contrat() {
    let app = TestApp::start_change(&[], |etat| {
        etat.delais.evaluation = std::time::Duration::from_millis(50);
    });
    // Others are evaluating, and do not end.
    let occupes = app
        .state
        .evaluations
        .acquire_many(2)
        .await
        .expect("permits");
    let (statut, refus) = appeler(&app, &json!([])).await;
    assert_eq!(statut, 503, "{refus}");
    assert_eq!(refus["erreur"]["champ"], "tableau");
    let message = refus["erreur"]["message"].as_str().expect("a sentence");
    assert!(message.contains("recommencez dans une minute"), "{message}");
    assert_eq!(app.client().get("/zones").await.statut, 200);
    drop(occupes);
}

#[actix_web::test]
async fn une_adresse_trop_pressee_attend() {
    let app = TestApp::start();
    let tableau = json!([]);
    // One client: to make two hundred takes longer than the server waits for a request on an open connection.
    let client = sans_cookies();
    let appels = (0..200).map(|_| appeler_avec(&client, &app, &tableau));
    let statuts: Vec<u16> = futures_util::future::join_all(appels)
        .await
        .into_iter()
        .map(|(s, _)| s)
        .collect();
    assert!(
        statuts.contains(&200) && statuts.contains(&429),
        "{statuts:?}"
    );
}

/// A value that the described type accepts.
fn exemple(schema: &Value) -> Value {
    if let Some(choix) = schema["enum"].as_array() {
        return choix[0].clone();
    }
    if let Some(variantes) = schema["anyOf"].as_array() {
        return exemple(&variantes[0]);
    }
    let nature = schema["type"]
        .as_str()
        .or_else(|| schema["type"][0].as_str())
        .unwrap_or("string");
    match nature {
        "boolean" => json!(true),
        "integer" | "number" => schema["minimum"].clone(),
        "array" => json!([]),
        "object" => objet(schema),
        _ if schema["format"] == "date" => json!("2026-01-10"),
        _ if schema["pattern"].is_string() => json!("13056"),
        _ => json!("texte"),
    }
}

fn objet(schema: &Value) -> Value {
    let proprietes = schema["properties"].as_object().expect("properties");
    Value::Object(
        proprietes
            .iter()
            .map(|(nom, s)| (nom.clone(), exemple(s)))
            .collect(),
    )
}

#[actix_web::test]
async fn la_description_dit_ce_que_l_application_fait() {
    let app = TestApp::start();
    Decor::new(&app).region_93();
    let texte = app.client().get("/api/v1/openapi.json").await;
    let description: Value = serde_json::from_str(&texte.html).expect("JSON");
    assert!(
        description["openapi"]
            .as_str()
            .is_some_and(|v| v.starts_with("3.1"))
    );
    let schemas = description["components"]["schemas"]
        .as_object()
        .expect("schemas");
    let noms: Vec<&str> = schemas
        .keys()
        .filter_map(|n| n.strip_prefix("faits_"))
        .collect();
    assert_eq!(noms.len(), 9, "{noms:?}");
    let resultats = schemas["reponse"]["properties"]["resultat"]["enum"]
        .as_array()
        .expect("results");
    for nom in noms {
        let faits = &schemas[&format!("faits_{nom}")];
        let demande = |faits: Value| json!([{"id": nom, "evaluation": nom, "date": "2026-01-10", "faits": faits}]);
        // Every described fact is known: none is refused as unknown. One delay at a time.
        let mut tous = objet(faits);
        if nom == "echeance" {
            tous["mois"] = Value::Null;
            tous["jours"] = Value::Null;
        }
        // A contract ends after it began.
        if nom == "restitution" {
            tous["fin"] = json!("2031-01-10");
        }
        let (_, reponse) = appeler(&app, &demande(tous.clone())).await;
        assert!(reponse[0]["erreur"].is_null(), "{nom}: {reponse}");
        let resultat = &reponse[0]["resultat"];
        assert!(resultats.contains(resultat), "{nom}: {resultat}");
        // Each step has exactly the described members.
        let etape = schemas["etape"]["properties"].as_object().expect("members");
        for lue in reponse[0]["explication"].as_array().expect("steps") {
            for membre in lue.as_object().expect("a step").keys() {
                assert!(etape.contains_key(membre), "{nom}: {membre}");
            }
            for exige in schemas["etape"]["required"].as_array().expect("required") {
                assert!(
                    lue.get(exige.as_str().expect("a name")).is_some(),
                    "{nom}: {exige}"
                );
            }
        }
        // Every described code is accepted, and one that is not described is refused.
        let (mut essais, mut envoi) = (Vec::new(), Vec::new());
        for (fait, schema) in faits["properties"].as_object().expect("facts") {
            for code in schema["enum"]
                .as_array()
                .into_iter()
                .flatten()
                .chain([&json!("hors-liste")])
            {
                if schema["enum"].is_array() {
                    let mut autre = tous.clone();
                    autre[fait] = code.clone();
                    essais.push((fait, code.clone()));
                    envoi.push(demande(autre)[0].clone());
                }
            }
        }
        let (_, reponses) = appeler(&app, &json!(envoi)).await;
        for ((fait, code), reponse) in essais.iter().zip(reponses.as_array().expect("answers")) {
            let refuse = reponse["erreur"]["champ"]
                .as_str()
                .is_some_and(|c| c.ends_with(fait.as_str()));
            assert_eq!(
                refuse,
                *code == "hors-liste",
                "{nom}.{fait} = {code}: {reponse}"
            );
        }
        // Nothing else is accepted.
        tous["inconnu_au_bataillon"] = json!(1);
        let (_, reponse) = appeler(&app, &demande(tous)).await;
        assert!(reponse[0]["erreur"].is_object(), "{nom}: {reponse}");
    }
}

/// A page of another site asks first, sends its array, and reads whatever comes back.
#[actix_web::test]
async fn une_page_d_un_autre_site_appelle_l_api_et_lit_aussi_les_refus() {
    let app = TestApp::start();
    let client = app.client();
    let entetes = [
        ("origin", "https://calculs.example.fr"),
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "content-type"),
    ];
    let preambule = client
        .demander(reqwest::Method::OPTIONS, "/api/v1/evaluations", &entetes)
        .await;
    assert_eq!(preambule.statut, 204);
    assert_eq!(preambule.entetes["access-control-allow-methods"], "POST");
    assert_eq!(
        preambule.entetes["access-control-allow-headers"],
        "content-type"
    );
    let ailleurs = [("origin", "https://calculs.example.fr")];
    for (methode, chemin, statut) in [
        (reqwest::Method::GET, "/api/v1/openapi.json", 200),
        (reqwest::Method::POST, "/api/v1/evaluations", 400),
        (reqwest::Method::GET, "/api/v1/evaluations", 404),
        (reqwest::Method::PUT, "/api/v1/evaluations", 404),
        (reqwest::Method::OPTIONS, "/api/v1/openapi.json", 404),
        (reqwest::Method::POST, "/api/v2/evaluations", 404),
        (reqwest::Method::GET, "/api/", 404),
        (reqwest::Method::GET, "/api/v1/%00", 400),
    ] {
        let reponse = client.demander(methode.clone(), chemin, &ailleurs).await;
        let cas = format!("{methode} {chemin}: {}", reponse.html);
        assert_eq!(reponse.statut, statut, "{cas}");
        assert_eq!(reponse.entetes["access-control-allow-origin"], "*", "{cas}");
        let json: Value = serde_json::from_str(&reponse.html).expect(&cas);
        if statut != 200 {
            let message = json["erreur"]["message"].as_str().unwrap_or_default();
            assert!(
                message.ends_with('.') || message.contains("colonne"),
                "{cas}"
            );
        }
    }
    // No other page answers another site.
    let page = client
        .demander(reqwest::Method::GET, "/zones", &ailleurs)
        .await;
    assert!(!page.entetes.contains_key("access-control-allow-origin"));
    assert_eq!(
        client
            .demander(reqwest::Method::OPTIONS, "/zones", &ailleurs)
            .await
            .statut,
        404
    );
}
