//! A silence from both sides in Chromium: stated the day after, its reasons asked for, given and read; then a refusal, its
//! document opened, the proof of its notification; and the record of the caisse that all of them quote.

use regles::droits::Role;

use super::deux::{connecter, ouvrir};
use super::harness::Browser;
use super::sans_script::prouver;
use crate::util::Caisse;
use crate::util::builders::jour;
use crate::util::compte::CompteTest;
use crate::web::logo::PNG;
use crate::web::silence::{NUMERO, muette};

pub async fn devenir(n: &Browser, caisse: &Caisse, qui: &CompteTest, chemin: &str) {
    n.client.delete_all_cookies().await.expect("no session");
    connecter(n, caisse, qui).await;
    n.goto(&format!("{}{chemin}", caisse.app.adresse)).await;
}

#[actix_web::test]
async fn un_silence_se_dit_s_interroge_et_se_motive_puis_une_decision_le_remplace() {
    un_silence(true).await;
}

#[actix_web::test]
async fn un_silence_se_dit_et_se_motive_sans_javascript() {
    let n = un_silence(false).await;
    prouver(&n, "un silence").await;
}

/// Pictures the page where scripts run, which the inspection needs.
pub async fn regarder(n: &Browser, javascript: bool, image: &str) {
    if javascript {
        n.inspect(image).await;
    }
}

async fn un_silence(javascript: bool) -> Browser {
    let caisse = Caisse::start();
    let (compte, _) = muette(&caisse);
    let demande = format!("/demandes/{NUMERO}");
    let dossier = format!("/dossiers/{NUMERO}");
    caisse.au(jour(2026, 3, 17));
    caisse.app.passer_la_journee().await;
    let n = ouvrir(&caisse, &compte, javascript).await;
    n.goto(&format!("{}{demande}", caisse.app.adresse)).await;
    n.see("Le silence de la caisse vaut refus").await;
    regarder(&n, javascript, "silence-demande").await;
    n.click("Demander les raisons").await;
    n.see("Demander les raisons de ce refus").await;
    regarder(&n, javascript, "silence-interroger").await;
    n.click("Demander les raisons").await;
    n.see("C’est demandé").await;

    devenir(&n, &caisse, &caisse.instructeur, &dossier).await;
    n.see("Les raisons de ce refus ont été demandées").await;
    n.click("Donner les raisons du refus").await;
    regarder(&n, javascript, "silence-repondre").await;
    n.fill(
        "Les raisons du refus",
        "Aucune place n’est ouverte dans cette zone.",
    )
    .await;
    n.click("Donner ces raisons").await;
    n.see("Les raisons sont données").await;

    devenir(&n, &caisse, &compte, &demande).await;
    n.see("Un document vous attend").await;
    regarder(&n, javascript, "silence-a-ouvrir").await;
    n.click("Ouvrir le document").await;
    n.see("Aucune place n’est ouverte dans cette zone.").await;
    regarder(&n, javascript, "silence-raisons").await;

    devenir(&n, &caisse, &caisse.instructeur, &dossier).await;
    n.click("Proposer une décision").await;
    n.choose("Refus").await;
    n.fill(
        "Motifs en droit et en fait",
        "La convention nationale suppose une place. Aucune place n’est ouverte dans cette zone.",
    )
    .await;
    n.click("Proposer cette décision").await;
    n.see("proposée").await;

    devenir(
        &n,
        &caisse,
        &caisse.signataire,
        &format!("{dossier}/decider"),
    )
    .await;
    n.click("Signer le refus").await;
    n.see("Il reste à notifier la décision").await;

    devenir(&n, &caisse, &compte, &demande).await;
    n.see("Un document vous attend").await;
    n.click("Ouvrir le document").await;
    n.see("Si vous contestez cette décision").await;
    n.click("Preuve de notification").await;
    n.see("Empreinte du document").await;
    regarder(&n, javascript, "preuve").await;

    devenir(
        &n,
        &caisse,
        &caisse.instructeur,
        &format!("{dossier}/preuve"),
    )
    .await;
    n.see("Jour de notification").await;
    regarder(&n, javascript, "preuve-agent").await;
    n
}

#[actix_web::test]
async fn la_fiche_d_une_caisse_se_complete_jusqu_a_ce_qu_elle_soit_prete() {
    la_fiche(true).await;
}

#[actix_web::test]
async fn la_fiche_d_une_caisse_se_complete_sans_javascript() {
    let n = la_fiche(false).await;
    prouver(&n, "la fiche d’une caisse").await;
}

async fn la_fiche(javascript: bool) -> Browser {
    let caisse = Caisse::start();
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let n = ouvrir(&caisse, &responsable, javascript).await;
    n.goto(&format!("{}/caisses", caisse.app.adresse)).await;
    n.see("Ce qui manque").await;
    n.click("Ajouter un logo").await;
    regarder(&n, javascript, "caisse-logo").await;
    let images = tempfile::tempdir().expect("a folder");
    let image = images.path().join("logo.png");
    std::fs::write(&image, PNG).expect("an image");
    n.fill("Image", &image.display().to_string()).await;
    n.click("Enregistrer le logo").await;
    n.see("Le logo est enregistré").await;
    regarder(&n, javascript, "caisse-fiche").await;
    n.click("Modifier la fiche").await;
    regarder(&n, javascript, "caisse-modifier").await;
    n.fill(
        "Service qui suit les dossiers",
        "Relations avec les professionnels",
    )
    .await;
    n.fill("Prénom et nom de la direction", "Anne Castellan")
        .await;
    n.fill("Qualité de la direction", "directrice").await;
    n.fill(
        "Adresse du délégué à la protection des données",
        "dpo@cpam.example.fr",
    )
    .await;
    n.click("Enregistrer la fiche").await;
    n.see("Fiche complète").await;

    let administrateur = caisse.app.compte(Role::AdministrateurNational, None);
    devenir(&n, &caisse, &administrateur, "/caisses").await;
    n.see("Ouverte").await;
    regarder(&n, javascript, "caisses").await;
    n
}
