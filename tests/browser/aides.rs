//! The aids in Chromium: simulated from the first page, shared by a link, printed; an aid added and another corrected by two
//! persons.

use regles::droits::Role;

use super::deux::ouvrir;
use super::harness::Browser;
use super::inspection::View;
use super::sans_script::prouver;
use super::silence::{devenir, regarder};
use crate::util::Caisse;

#[actix_web::test]
async fn mes_aides_se_calculent_se_partagent_et_s_impriment() {
    let caisse = Caisse::start();
    let n = Browser::start().await;
    n.goto(&caisse.app.adresse).await;
    n.click("Calculer mes aides").await;
    n.fill("Commune où vous exercerez", "Barrême").await;
    n.fill("Mon projet", "Je crée un cabinet").await;
    n.fill("Début dans ce cabinet, passé ou prévu", "1er mars 2027")
        .await;
    n.click("Mon activité prévue").await;
    n.fill("Actes la première année", "2 400").await;
    n.fill("Actes la deuxième année", "2 400").await;
    n.fill("Actes chaque année ensuite", "3 000").await;
    n.fill("Part de votre activité dans la zone", "80").await;
    n.click("Calculer mes aides").await;
    n.see("47 200,00 €").await;
    n.see("600 actes de plus la deuxième année").await;
    n.click("Le calcul : Deuxième année").await;
    n.see("9 000,00 € × 2 400 / 3 000 = 7 200,00 €").await;
    n.inspect("aides-simulateur").await;
    n.look_as(View::Print).await;
    n.screenshot("aides-imprimees").await;

    // Somebody else opens the link.
    let lien = n
        .client
        .execute(
            "return [...document.querySelectorAll('a')].find(a => a.textContent === 'Lien de cette simulation').href",
            vec![],
        )
        .await
        .expect("a link");
    let autre = Browser::without_javascript().await;
    autre.goto(lien.as_str().expect("an address")).await;
    autre.see("47 200,00 €").await;
    autre.click("Toutes les aides").await;
    autre.see("Anciennes valeurs").await;
}

#[actix_web::test]
async fn les_aides_se_tiennent_a_deux() {
    tenir(true).await;
}

#[actix_web::test]
async fn les_aides_se_tiennent_a_deux_sans_javascript() {
    tenir(false).await;
}

async fn tenir(javascript: bool) {
    let caisse = Caisse::start();
    let un = caisse.app.compte(Role::AdministrateurNational, None);
    let deux = caisse.app.compte(Role::AdministrateurNational, None);
    let n = ouvrir(&caisse, &un, javascript).await;
    n.goto(&format!("{}/aides", caisse.app.adresse)).await;
    regarder(&n, javascript, "aides-catalogue").await;
    n.click("Proposer une aide locale").await;
    regarder(&n, javascript, "aides-proposer").await;
    n.fill("Nom de l’aide", "Bourse du Verdon").await;
    remplir(&n).await;
    n.click("Proposer cette aide").await;
    n.see("une autre personne l’approuve").await;
    n.goto(&format!("{}/aides/ptmg/corriger", caisse.app.adresse))
        .await;
    regarder(&n, javascript, "aides-corriger").await;
    remplir(&n).await;
    n.click("Proposer cette correction").await;
    n.see("une autre personne l’approuve").await;

    devenir(&n, &caisse, &deux, "/aides").await;
    n.click("Bourse du Verdon, à partir du").await;
    regarder(&n, javascript, "aides-proposition").await;
    n.click("Approuver cette proposition").await;
    n.see("est approuvée").await;
    n.click("Praticien territorial de médecine générale, à partir du")
        .await;
    n.fill("Pourquoi la rejeter", "Le texte n’est pas paru")
        .await;
    n.click("Rejeter cette proposition").await;
    n.see("est rejetée").await;
    if !javascript {
        prouver(&n, "les aides tenues à deux").await;
    }
}

async fn remplir(n: &Browser) {
    for (libelle, valeur) in [
        ("Combien elle donne", "Jusqu’à 8 000,00 €"),
        ("Où elle est donnée", "Communes du Verdon"),
        ("Texte qui la fonde", "Délibération du 12 décembre 2025"),
        (
            "Où ces informations ont été lues",
            "Site de la communauté de communes",
        ),
        ("Premier jour", "01/02/2027"),
        ("Pourquoi", "Votée en décembre"),
    ] {
        n.fill(libelle, valeur).await;
    }
}
