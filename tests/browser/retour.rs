//! Back, forward and reload around a form: the browser never asks to send again, and shows what was typed.

use diesel::prelude::*;
use fantoccini::key::Key;
use regles::droits::Role;
use regles::piece::NaturePiece;
use releve::db::DbResult;
use releve::db::schema::depart;

use super::deux::ouvrir;
use super::document::pdf;
use super::harness::Browser;
use crate::util::Caisse;

#[actix_web::test]
async fn reculer_et_recharger_ne_renvoient_rien() {
    parcours(true).await;
}

#[actix_web::test]
async fn reculer_et_recharger_ne_renvoient_rien_sans_javascript() {
    parcours(false).await;
}

async fn reculer(n: &Browser) {
    n.client.back().await.expect("the page before");
}

async fn recharger(n: &Browser) {
    n.client.refresh().await.expect("the page again");
}

async fn parcours(javascript: bool) {
    let caisse = Caisse::start();
    let kine = caisse.app.compte(Role::Kine, None);
    let n = ouvrir(&caisse, &kine, javascript).await;
    let dossier = tempfile::tempdir().expect("a folder");
    let justificatif = dossier.path().join("radiation.pdf");
    std::fs::write(&justificatif, pdf("Radiation")).expect("a document");
    n.goto(&format!("{}/mes-departs/nouveau", caisse.app.adresse))
        .await;
    n.fill("Adresse du lieu d’exercice", "12 quai des Anglais")
        .await;
    n.fill("Date de cessation", "le jour de Noël").await;
    let chemin = justificatif.display().to_string();
    n.fill(NaturePiece::JustificatifCessation.libelle(), &chemin)
        .await;
    n.click("Vérifier ma déclaration").await;
    n.see("points sont à corriger").await;

    // An error: reloaded, left, found again with what was typed.
    recharger(&n).await;
    n.see("points sont à corriger").await;
    assert_eq!(n.value("Date de cessation").await, "le jour de Noël");
    n.goto(&format!("{}/espace", caisse.app.adresse)).await;
    reculer(&n).await;
    n.see("points sont à corriger").await;
    assert_eq!(n.value("Adresse du lieu").await, "12 quai des Anglais");
    n.fill("Commune du lieu d’exercice", "Martigues").await;
    if javascript {
        n.see("Une commune proposée").await;
        n.press(Key::Enter).await;
    }
    n.fill("Date de cessation", "31/12/2025").await;
    n.click("Vérifier ma déclaration").await;
    n.see("Vérifiez et envoyez votre déclaration").await;

    // The summary: reloaded, then back to the form and forward.
    recharger(&n).await;
    n.see("Vérifiez et envoyez votre déclaration").await;
    reculer(&n).await;
    assert_eq!(n.value("Adresse du lieu").await, "12 quai des Anglais");
    n.client.forward().await.expect("the next page");
    n.see("Vérifiez et envoyez votre déclaration").await;
    n.click("Envoyer ma déclaration").await;
    n.see("Votre cessation est déclarée").await;

    // Sent: the summary is read again, and nothing leaves twice.
    recharger(&n).await;
    reculer(&n).await;
    n.see("Vérifiez et envoyez votre déclaration").await;
    recharger(&n).await;
    n.see("12 quai des Anglais").await;
    let departs: i64 =
        caisse.lire(|conn| -> DbResult<_> { Ok(depart::table.count().get_result(conn)?) });
    assert_eq!(departs, 1);
}
