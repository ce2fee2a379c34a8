//! PRO-1 from both caisses in Chromium: a request is forwarded, the former caisse keeps its number, the right one has it.

use regles::demande::EtatDemande;
use regles::droits::Role;

use super::deux::ouvrir;
use super::harness::Browser;
use super::sans_script::prouver;
use super::silence::{devenir, regarder};
use crate::util::Caisse;
use crate::web::transmission::{NUMERO, egaree};

#[actix_web::test]
async fn une_demande_se_transmet_a_la_caisse_competente() {
    transmettre(true).await;
}

#[actix_web::test]
async fn une_demande_se_transmet_sans_javascript() {
    let n = transmettre(false).await;
    prouver(&n, "une demande transmise").await;
}

async fn transmettre(javascript: bool) -> Browser {
    let caisse = Caisse::start();
    let (kine, _) = egaree(&caisse, EtatDemande::Deposee).await;
    let n = ouvrir(&caisse, &caisse.instructeur, javascript).await;
    n.goto(&format!("{}/dossiers/{NUMERO}", caisse.app.adresse))
        .await;
    n.click("Autres actes").await;
    n.click("Transmettre à une autre caisse").await;
    n.see("Elle quitte votre file").await;
    regarder(&n, javascript, "dossier-transmettre").await;
    n.fill("Pourquoi", "Le cabinet est à Toulon, dans le Var.")
        .await;
    n.click("Transmettre la demande").await;
    n.see("est transmise à la caisse compétente (CPAM du Var)")
        .await;
    n.see(NUMERO).await;
    regarder(&n, javascript, "transmissions").await;

    let var = caisse.app.compte(Role::Instructeur, Some("831"));
    devenir(&n, &caisse, &var, "/dossiers").await;
    n.see(NUMERO).await;
    devenir(&n, &caisse, &kine, &format!("/demandes/{NUMERO}")).await;
    n.see("CPAM du Var").await;
    n
}
