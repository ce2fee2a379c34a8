//! Departures without JavaScript.

use regles::droits::Role;
use regles::grand_livre::EtatPlace;

use super::super::deux::ouvrir;
use super::prouver;
use crate::util::Caisse;
use crate::util::builders::jour;
use crate::util::compte::rpps;
use crate::web::charte::PDF;

#[actix_web::test]
async fn une_designation_retiree() {
    let caisse = Caisse::start();
    let cedante = caisse.app.compte(Role::Kine, None);
    let kine = cedante.kine_id.expect("a practitioner");
    let depart = caisse
        .decor
        .depart(kine, "13056", jour(2025, 12, 31), Some(2400));
    caisse.decor.place(depart, EtatPlace::Ouverte);
    let n = ouvrir(&caisse, &cedante, false).await;
    let aller = async |chemin: &str| n.goto(&format!("{}{chemin}", caisse.app.adresse)).await;
    aller(&format!("/mes-departs/{depart}")).await;
    n.fill("Numéro RPPS du successeur", &rpps(777)).await;
    n.fill("Adresse électronique du successeur", "karim@example.fr")
        .await;
    n.click("Désigner ce successeur").await;
    n.click("Corriger").await;
    n.click("Désigner ce successeur").await;
    n.click("Envoyer la désignation").await;
    n.see("Votre désignation est enregistrée").await;
    n.click("Retirer la désignation, sans désigner quelqu’un d’autre")
        .await;
    n.click("Retirer la désignation").await;
    n.see("La désignation est retirée").await;
    prouver(&n, "une désignation retirée").await;
}

#[actix_web::test]
async fn un_depart_apres_un_deces() {
    let caisse = Caisse::start();
    let n = ouvrir(&caisse, &caisse.instructeur, false).await;
    n.goto(&format!("{}/departs/nouveau", caisse.app.adresse))
        .await;
    n.fill("Commune du lieu d’exercice", "Martigues").await;
    n.click("Chercher").await;
    n.choose("Martigues (").await;
    n.fill("Numéro RPPS du professionnel", &rpps(778)).await;
    n.fill("Son prénom", "Jeanne").await;
    n.fill("Son nom d’exercice", "Roux").await;
    n.fill("Date du décès", "10/01/2026").await;
    n.fill("Adresse du lieu d’exercice", "3 rue du Port").await;
    n.fill("Actes des douze mois précédant le décès", "2400")
        .await;
    n.fill("Date du relevé d’actes", "11/01/2026").await;
    n.fill("Prénom et nom de l’ayant droit", "Paul Roux").await;
    n.fill("Son adresse électronique", "paul.roux@example.fr")
        .await;
    let dossier = tempfile::tempdir().expect("a folder");
    let preuve = dossier.path().join("acte.pdf");
    std::fs::write(&preuve, PDF).expect("a document");
    n.fill("Preuve", &preuve.display().to_string()).await;
    n.click("Ouvrir ce départ").await;
    n.see("Le départ est ouvert, et sa place aussi").await;
    prouver(&n, "un départ après un décès").await;
}
