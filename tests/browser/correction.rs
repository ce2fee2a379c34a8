//! An agent corrects what a practitioner declared, with the script: the commune is searched as in every form.

use fantoccini::key::Key;
use regles::demande::EtatDemande;
use serde_json::json;

use super::deux::ouvrir;
use crate::util::Caisse;
use crate::util::builders::UneDemande;

const NUMERO: &str = "131-2026-000001";
const CHOISIE: &str = "return document.querySelector('input[name=commune]').value";
const PROPOSEES: &str =
    "return [...document.querySelectorAll('[role=option]')].map((o) => o.firstChild.textContent)";

#[actix_web::test]
async fn une_commune_se_corrige_au_clavier() {
    let caisse = Caisse::start();
    let kine = caisse
        .decor
        .kine("elodie.lefevre@example.fr", "10000000001");
    caisse.decor.demande(&UneDemande {
        kine_id: kine.id,
        etat: EtatDemande::Deposee,
        ..UneDemande::default()
    });
    let n = ouvrir(&caisse, &caisse.instructeur, true).await;
    n.goto(&format!(
        "{}/dossiers/{NUMERO}/corriger",
        caisse.app.adresse
    ))
    .await;
    // What the file says is there, as a commune that was chosen.
    n.until(CHOISIE, json!("13056")).await;
    n.fill("Motif de la correction", "Relevé sur le bail").await;
    n.fill("Commune", "port").await;
    n.until(PROPOSEES, json!(["Port-de-Bouc"])).await;
    // Typed over, nothing is chosen yet: what is not shown is not sent.
    n.until(CHOISIE, json!("")).await;
    n.axe().await;
    n.press(Key::Down).await;
    n.press(Key::Enter).await;
    n.until(CHOISIE, json!("13077")).await;
    n.click("Corriger ces données").await;
    n.see("C’est corrigé").await;
    assert_eq!(caisse.demande(NUMERO).insee, "13077");
    n.see("Port-de-Bouc").await;
}
