//! PRO-13 in Chromium: a request on paper is entered by an agent, its receipt printed and posted, a document that arrives by
//! post joined, its file linked to the account that its author has created since.

use super::deux::ouvrir;
use super::harness::Browser;
use super::sans_script::prouver;
use super::silence::{devenir, regarder};
use crate::util::Caisse;
use crate::util::builders::jour;
use crate::web::papier::{sur_papier, titulaire};
use crate::web::praticien::PDF;

#[actix_web::test]
async fn une_demande_sur_papier_se_saisit_et_se_rattache() {
    une_demande_sur_papier(true).await;
}

#[actix_web::test]
async fn une_demande_sur_papier_se_saisit_et_se_rattache_sans_javascript() {
    let n = une_demande_sur_papier(false).await;
    prouver(&n, "une demande sur papier").await;
}

async fn une_demande_sur_papier(javascript: bool) -> Browser {
    let caisse = Caisse::start();
    caisse.au(jour(2026, 3, 12));
    let n = ouvrir(&caisse, &caisse.instructeur, javascript).await;
    n.goto(&format!("{}/dossiers", caisse.app.adresse)).await;
    n.click("Saisir une demande reçue sur papier").await;
    n.see("Que demande la personne").await;
    regarder(&n, javascript, "papier-nature").await;
    n.choose("Mon projet n’est pas soumis à la régulation")
        .await;
    n.fill("Numéro RPPS", crate::web::papier::RPPS).await;
    n.click("Continuer").await;
    n.see("La personne qui demande").await;
    n.fill("Demande reçue à la caisse le", "02/03/2026").await;
    n.choose("Je confirme ce numéro, c’est bien celui du courrier")
        .await;
    n.fill("Prénom", "Nadia").await;
    n.fill("Nom d’exercice", "Berger").await;
    n.fill("Numéro et rue de son domicile", "4 rue des Lilas")
        .await;
    n.fill("Commune de son domicile", "Martigues").await;
    n.fill("Commune où vous voulez exercer", "Aix-en-Provence")
        .await;
    n.fill("Adresse du lieu d’exercice", "3 cours Mirabeau")
        .await;
    n.choose("Non").await;
    n.fill("Année d’entrée en formation", "2015").await;
    n.click("Vérifier la saisie").await;
    n.see("Vérifiez et enregistrez la demande").await;
    n.click("Enregistrer la demande").await;
    n.see("Lettres à imprimer").await;
    let fiche = n.path().await;

    n.click("Accusé de réception de votre demande").await;
    n.see("Cette page s’imprime").await;
    regarder(&n, javascript, "papier-lettre").await;
    n.click("Revenir au dossier").await;
    n.click("Noter l’envoi").await;
    regarder(&n, javascript, "papier-poster").await;
    n.fill("Postée le", "12/03/2026").await;
    n.click("Noter l’envoi").await;
    n.see("postée le 12 mars 2026").await;

    n.click("Ajouter des pièces reçues sur papier").await;
    regarder(&n, javascript, "papier-recevoir").await;
    let dossier = tempfile::tempdir().expect("a folder");
    let bail = dossier.path().join("bail.pdf");
    std::fs::write(&bail, PDF).expect("a document");
    n.fill("Fichier", &bail.display().to_string()).await;
    n.click("Ajouter ces pièces").await;
    n.see("bail.pdf").await;

    n.click("Corriger l’adresse du domicile").await;
    regarder(&n, javascript, "papier-domicile").await;
    n.fill("Numéro et rue de son domicile", "5 rue des Lilas")
        .await;
    n.fill("Motif de la correction", "Adresse mal recopiée")
        .await;
    n.click("Corriger cette adresse").await;
    n.see("L’adresse est corrigée").await;

    let elle = titulaire(&caisse);
    n.goto(&format!("{}{fiche}", caisse.app.adresse)).await;
    n.click("Rattacher le dossier à ce compte").await;
    regarder(&n, javascript, "papier-rattacher").await;
    n.choose("Rencontre à la caisse").await;
    n.click("Rattacher le dossier").await;
    n.see("a rattaché le dossier au compte").await;
    let demande = fiche.replace("/dossiers/", "/demandes/");
    devenir(&n, &caisse, &elle, &demande).await;
    n.see("Reçue sur papier le").await;
    n
}

#[actix_web::test]
async fn un_retrait_sur_papier() {
    retrait(true).await;
}

#[actix_web::test]
async fn un_retrait_sur_papier_sans_javascript() {
    let n = retrait(false).await;
    prouver(&n, "un retrait sur papier").await;
}

async fn retrait(javascript: bool) -> Browser {
    let caisse = Caisse::start();
    let (_, numero) = sur_papier(&caisse).await;
    let n = ouvrir(&caisse, &caisse.instructeur, javascript).await;
    n.goto(&format!("{}/dossiers/{numero}", caisse.app.adresse))
        .await;
    n.click("Enregistrer le retrait de la demande").await;
    regarder(&n, javascript, "papier-retirer").await;
    n.fill("Lettre de retrait reçue à la caisse le", "10/03/2026")
        .await;
    n.click("Enregistrer le retrait").await;
    n.see("Le retrait est enregistré").await;
    n
}
