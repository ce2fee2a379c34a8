//! A hearing from both sides in Chromium: asked for, its day set, the opinion that says that it took place.

use super::deux::{connecter, ouvrir};
use super::harness::Browser;
use super::sans_script::prouver;
use crate::util::Caisse;
use crate::util::builders::jour;
use crate::web::audition::{NUMERO, derogation};

#[actix_web::test]
async fn une_audition_se_demande_se_fixe_et_se_dit() {
    une_audition(true).await;
}

#[actix_web::test]
async fn une_audition_se_demande_et_se_fixe_sans_javascript() {
    let n = une_audition(false).await;
    prouver(&n, "une audition").await;
}

async fn une_audition(javascript: bool) -> Browser {
    let caisse = Caisse::start();
    caisse.au(jour(2026, 3, 12));
    let compte = derogation(&caisse);
    let n = ouvrir(&caisse, &compte, javascript).await;
    n.goto(&format!("{}/demandes/{NUMERO}", caisse.app.adresse))
        .await;
    n.click("Demander une audition").await;
    n.see("La personne qui vous assistera").await;
    if javascript {
        n.inspect("audition-demander").await;
    }
    n.fill("La personne qui vous assistera", "Me Roux").await;
    n.click("Demander une audition").await;
    n.see("Vous avez demandé une audition le 12 mars 2026")
        .await;

    n.client.delete_all_cookies().await.expect("no session");
    connecter(&n, &caisse, &caisse.instructeur).await;
    n.goto(&format!("{}/dossiers/{NUMERO}", caisse.app.adresse))
        .await;
    n.see("La personne demande à être entendue par la commission")
        .await;
    n.click("Fixer une audition").await;
    n.fill("Jour de l’audition", "27/03/2026").await;
    n.fill("Heure", "14 h 30").await;
    n.fill("Lieu, ou lien de la réunion", "56 chemin Joseph-Aiguier")
        .await;
    if javascript {
        n.inspect("audition-fixer").await;
    }
    n.click("Fixer ce rendez-vous").await;
    n.see("Le rendez-vous est fixé").await;
    n.click("Enregistrer l’avis de la commission").await;
    n.choose("Favorable").await;
    n.choose("Oui").await;
    n.click("Enregistrer l’avis").await;
    n.see("elle a été entendue").await;
    n
}
