//! REG-3 from both sides in Chromium: the count of acts is read, contested with a document, answered.

use super::deux::ouvrir;
use super::harness::Browser;
use super::sans_script::prouver;
use super::silence::{devenir, regarder};
use crate::util::Caisse;
use crate::web::decompte::{PDF, sous_le_seuil};

#[actix_web::test]
async fn un_nombre_d_actes_se_conteste_et_recoit_sa_reponse() {
    contester(true).await;
}

#[actix_web::test]
async fn un_nombre_d_actes_se_conteste_sans_javascript() {
    let n = contester(false).await;
    prouver(&n, "un nombre d’actes contesté").await;
}

async fn contester(javascript: bool) -> Browser {
    let caisse = Caisse::start();
    let (cedant, id) = sous_le_seuil(&caisse).await;
    let n = ouvrir(&caisse, &cedant, javascript).await;
    n.goto(&format!("{}/mes-departs/{id}", caisse.app.adresse))
        .await;
    n.see("Le nombre de vos actes").await;
    n.click("Contester ce nombre").await;
    n.see("Il en faut").await;
    regarder(&n, javascript, "depart-contester").await;
    n.fill("Votre nombre d’actes", "1 250").await;
    n.fill("Vos raisons", "Les actes de décembre manquent.")
        .await;
    let dossier = tempfile::tempdir().expect("a folder");
    let releve = dossier.path().join("releve.pdf");
    std::fs::write(&releve, PDF).expect("a document");
    n.fill("Documents qui le montrent", &releve.display().to_string())
        .await;
    n.click("Contester ce nombre").await;
    n.see("Votre contestation est envoyée").await;

    devenir(&n, &caisse, &caisse.instructeur, &format!("/departs/{id}")).await;
    n.see("Les actes de décembre manquent.").await;
    n.click("Répondre à la contestation").await;
    regarder(&n, javascript, "depart-contestation").await;
    n.choose("Le nombre est corrigé").await;
    n.fill("Nombre d’actes corrigé", "1 250").await;
    n.fill("Date du relevé", "14/01/2026").await;
    n.fill("Vos raisons", "Les actes de décembre sont arrivés.")
        .await;
    n.click("Envoyer la réponse").await;
    n.see("La réponse est envoyée : la place est ouverte").await;

    devenir(&n, &caisse, &cedant, &format!("/mes-departs/{id}")).await;
    n.see("Les actes de décembre sont arrivés.").await;
    n
}
