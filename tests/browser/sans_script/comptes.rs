//! Accounts, who is behind one, and a mail that did not arrive: the forms without JavaScript, then their pages looked at.

use chrono::TimeDelta;
use regles::droits::Role;

use super::super::deux::ouvrir;
use super::super::harness::Browser;
use super::prouver;
use crate::util::Caisse;
use crate::util::compte::MOT_DE_PASSE;
use crate::web::courriels::{NUMERO, echouer, inconnue};

/// The mandate of somebody that the list shows.
async fn mandat(caisse: &Caisse, courriel: &str) -> i64 {
    let national = caisse.app.compte(Role::AdministrateurNational, None);
    let html = caisse
        .app
        .connecte(&national)
        .await
        .get("/agents?caisse=131")
        .await
        .html;
    let apres = &html[html.find(courriel).expect("listed")..];
    let debut = apres.find("/agents/").expect("its acts") + "/agents/".len();
    let id: String = apres[debut..]
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    id.parse().expect("a mandate")
}

async fn aller(n: &Browser, caisse: &Caisse, chemin: &str) {
    n.goto(&format!("{}{chemin}", caisse.app.adresse)).await;
}

#[actix_web::test]
async fn les_comptes_et_ce_qui_n_est_pas_parvenu() {
    let caisse = Caisse::start();
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let agent = caisse.app.compte(Role::Instructeur, Some("131"));
    let courriel = echouer(&caisse, &inconnue(&caisse)).await;
    let n = ouvrir(&caisse, &responsable, false).await;
    aller(&n, &caisse, "/agents/inviter").await;
    n.fill("Prénom", "Nadia").await;
    n.fill("Nom", "Benali").await;
    n.fill("Adresse électronique", "nadia.benali@example.fr")
        .await;
    n.choose(Role::Instructeur.libelle()).await;
    n.click("Envoyer l’invitation").await;
    n.see("L’invitation est partie").await;
    let id = mandat(&caisse, &agent.courriel).await;
    aller(&n, &caisse, &format!("/agents/{id}/changer")).await;
    n.choose(Role::Signataire.libelle()).await;
    n.click("Changer le rôle").await;
    n.see("Le rôle est changé").await;
    caisse.app.state.clock.advance(TimeDelta::minutes(1));
    let id = mandat(&caisse, &agent.courriel).await;
    aller(&n, &caisse, &format!("/agents/{id}/fermer")).await;
    n.choose("Personne").await;
    n.click("Fermer le compte").await;
    n.see("Le compte est fermé").await;
    aller(&n, &caisse, &format!("/dossiers/{NUMERO}/identite")).await;
    n.choose("Rencontre à la caisse").await;
    n.click("Identité vérifiée").await;
    n.see("L’identité est vérifiée").await;
    aller(
        &n,
        &caisse,
        &format!("/dossiers/{NUMERO}/courriels/{courriel}"),
    )
    .await;
    n.choose("Le renvoyer à cette adresse").await;
    n.click("Enregistrer").await;
    n.see("Le courriel repart").await;
    aller(&n, &caisse, "/compte/adresse").await;
    n.fill("Nouvelle adresse électronique", "nouvelle@example.fr")
        .await;
    n.fill("Mot de passe actuel", MOT_DE_PASSE).await;
    n.click("Envoyer le lien").await;
    n.see("Ouvrez le lien envoyé").await;
    prouver(&n, "les comptes et ce qui n’est pas parvenu").await;
}
