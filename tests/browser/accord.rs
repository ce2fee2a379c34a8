//! From both sides in Chromium: the general conditions recorded, the attestation of a grant and of a place had by who it is
//! about and verified by whoever receives it; then a derogation and a departure put to the commission.

use regles::droits::Role;

use super::deux::{connecter, ouvrir};
use super::harness::Browser;
use super::sans_script::prouver;
use crate::util::Caisse;
use crate::util::builders::jour;
use crate::util::compte::CompteTest;
use crate::web::accord::{NUMERO, complete};
use crate::web::commission::{NUMERO as DEROGATION, derogation};

async fn devenir(n: &Browser, caisse: &Caisse, qui: &CompteTest, chemin: &str) {
    n.client.delete_all_cookies().await.expect("no session");
    connecter(n, caisse, qui).await;
    n.goto(&format!("{}{chemin}", caisse.app.adresse)).await;
}

/// Pictures the page where scripts run, which the inspection needs.
async fn regarder(n: &Browser, javascript: bool, image: &str) {
    if javascript {
        n.inspect(image).await;
    }
}

#[actix_web::test]
async fn un_accord_s_atteste_et_se_verifie() {
    un_accord(true).await;
}

#[actix_web::test]
async fn un_accord_s_atteste_sans_javascript() {
    let n = un_accord(false).await;
    prouver(&n, "un accord et son attestation").await;
}

async fn un_accord(javascript: bool) -> Browser {
    let caisse = Caisse::start();
    let (compte, _) = complete(&caisse);
    let (demande, dossier) = (format!("/demandes/{NUMERO}"), format!("/dossiers/{NUMERO}"));
    let n = ouvrir(&caisse, &caisse.instructeur, javascript).await;
    n.goto(&format!("{}{dossier}", caisse.app.adresse)).await;
    n.see("Conditions générales").await;
    n.click("Noter les conditions générales").await;
    regarder(&n, javascript, "dossier-conditions").await;
    n.fill(
        "Ce que vous avez vu",
        "Attestation d’assurance vue au guichet.",
    )
    .await;
    n.click("Noter cet état").await;
    n.see("L’état des conditions générales est noté").await;
    caisse.accorder(&dossier).await;

    devenir(&n, &caisse, &compte, &demande).await;
    n.click("Ouvrir le document").await;
    n.see("J’accorde votre conventionnement").await;
    n.click("Obtenir mon attestation").await;
    n.see("exerce sous convention").await;
    regarder(&n, javascript, "attestation").await;
    n.click("Vérifier ce document").await;
    n.see("vaut aujourd’hui").await;
    regarder(&n, javascript, "verifier").await;

    let cedant = caisse.app.compte(Role::Kine, None);
    let id = caisse.decor.depart(
        cedant.kine_id.expect("a practitioner"),
        "13056",
        jour(2025, 12, 31),
        Some(1430),
    );
    let depart = format!("/departs/{id}");
    let agent = caisse.instructeur().await;
    agent
        .post(&depart, &format!("{depart}/confirmer"), &[])
        .await;
    devenir(&n, &caisse, &cedant, &format!("/mes-departs/{id}")).await;
    n.click("Obtenir une attestation de place").await;
    n.see("une place est ouverte à ce jour").await;
    regarder(&n, javascript, "attestation-place").await;
    n
}

#[actix_web::test]
async fn la_commission_se_saisit_et_le_dit() {
    la_commission(true).await;
}

#[actix_web::test]
async fn la_commission_se_saisit_sans_javascript() {
    let n = la_commission(false).await;
    prouver(&n, "la commission saisie").await;
}

async fn la_commission(javascript: bool) -> Browser {
    let caisse = Caisse::start();
    let (compte, _) = derogation(&caisse);
    let dossier = format!("/dossiers/{DEROGATION}");
    let agent = caisse.instructeur().await;
    agent
        .post(&dossier, &format!("{dossier}/completer"), &[])
        .await;
    let n = ouvrir(&caisse, &caisse.instructeur, javascript).await;
    n.goto(&format!("{}{dossier}", caisse.app.adresse)).await;
    n.see("la commission est à saisir").await;
    n.click("Saisir la commission").await;
    n.see("Le délai de l’avis court à partir de ce jour").await;
    regarder(&n, javascript, "dossier-saisir").await;
    n.click("Saisir la commission").await;
    n.see("La commission est saisie : son avis est attendu")
        .await;

    let cedant = caisse.decor.kine("helene.martin@example.fr", "10000000001");
    let id = caisse
        .decor
        .depart(cedant.id, "13056", jour(2025, 12, 31), Some(800));
    let depart = format!("/departs/{id}");
    agent
        .post(&depart, &format!("{depart}/confirmer"), &[])
        .await;
    n.goto(&format!("{}{depart}", caisse.app.adresse)).await;
    n.see("La commission n’est pas encore saisie").await;
    n.click("Saisir la commission").await;
    n.see("La commission dira si la place peut être transmise")
        .await;
    regarder(&n, javascript, "depart-saisir").await;
    n.click("Saisir la commission").await;
    n.see("La commission est saisie : son avis est attendu")
        .await;

    devenir(&n, &caisse, &compte, &format!("/demandes/{DEROGATION}")).await;
    n.see("La commission paritaire donne son avis").await;
    n
}
