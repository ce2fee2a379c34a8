//! A mandate from both sides in Chromium: given with its document, verified, an act recorded, taken back.

use super::deux::{connecter, ouvrir};
use super::harness::Browser;
use super::sans_script::prouver;
use crate::util::Caisse;
use crate::util::builders::jour;
use crate::web::mandat::{NUMERO, confiee};

#[actix_web::test]
async fn un_mandat_se_donne_se_verifie_et_se_retire() {
    un_mandat(true).await;
}

#[actix_web::test]
async fn un_mandat_se_donne_se_verifie_et_se_retire_sans_javascript() {
    let n = un_mandat(false).await;
    prouver(&n, "un mandat").await;
}

/// Pictures the page where scripts run, which the inspection needs.
async fn regarder(n: &Browser, javascript: bool, image: &str) {
    if javascript {
        n.inspect(image).await;
    }
}

async fn un_mandat(javascript: bool) -> Browser {
    let caisse = Caisse::start();
    caisse.au(jour(2026, 3, 12));
    let compte = confiee(&caisse);
    let demande = format!("{}/demandes/{NUMERO}", caisse.app.adresse);
    let n = ouvrir(&caisse, &compte, javascript).await;
    n.goto(&demande).await;
    n.click("Donner mandat à une personne").await;
    n.see("Signé par vous").await;
    regarder(&n, javascript, "mandat-donner").await;
    n.fill("Prénom et nom de la personne", "Paul Roux").await;
    n.fill("Son adresse électronique", "paul.roux@avocats.example.fr")
        .await;
    n.fill("Premier jour du mandat", "12/03/2026").await;
    n.fill("Dernier jour du mandat", "30/04/2026").await;
    let dossier = tempfile::tempdir().expect("a folder");
    let mandat = dossier.path().join("mandat.pdf");
    std::fs::write(&mandat, b"%PDF-1.4\n%%EOF\n").expect("a document");
    n.fill("Mandat écrit", &mandat.display().to_string()).await;
    n.click("Donner mandat").await;
    n.see("Vous avez donné mandat à Paul Roux").await;

    n.client.delete_all_cookies().await.expect("no session");
    connecter(&n, &caisse, &caisse.instructeur).await;
    n.goto(&format!("{}/dossiers/{NUMERO}", caisse.app.adresse))
        .await;
    n.see("La personne a donné mandat à Paul Roux").await;
    n.click("Vérifier le mandat").await;
    n.see("mandat.pdf").await;
    regarder(&n, javascript, "mandat-verifier").await;
    n.choose("Le mandat est régulier").await;
    n.click("Enregistrer").await;
    n.see("Le mandat est vérifié").await;
    n.click("Autres actes").await;
    n.click("Enregistrer un acte du représentant").await;
    n.fill("Reçu le", "12/03/2026").await;
    n.fill(
        "Ce que la personne a demandé ou envoyé",
        "Demande un rendez-vous.",
    )
    .await;
    regarder(&n, javascript, "mandat-acte").await;
    n.click("Enregistrer cet acte").await;
    n.see("Demande un rendez-vous").await;

    n.client.delete_all_cookies().await.expect("no session");
    connecter(&n, &caisse, &compte).await;
    n.goto(&demande).await;
    n.see("Paul Roux peut agir pour vous").await;
    n.click("Retirer le mandat").await;
    n.see("ne reçoit plus de copies").await;
    regarder(&n, javascript, "mandat-retirer").await;
    n.click("Retirer le mandat").await;
    n.see("Le mandat est retiré").await;
    n
}
