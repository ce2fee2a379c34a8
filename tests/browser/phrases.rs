//! The sentences of a caisse in Chromium: written, changed, taken, taken away.

use regles::demande::EtatDemande;
use regles::droits::Role;

use super::deux::ouvrir;
use super::sans_script::prouver;
use super::silence::{devenir, regarder};
use crate::util::Caisse;

#[actix_web::test]
async fn les_phrases_d_une_caisse() {
    parcourir(true).await;
}

#[actix_web::test]
async fn les_phrases_d_une_caisse_sans_javascript() {
    parcourir(false).await;
}

async fn parcourir(javascript: bool) {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let chef = caisse.app.compte(Role::Responsable, Some("131"));
    let n = ouvrir(&caisse, &chef, javascript).await;
    n.goto(&format!("{}/phrases", caisse.app.adresse)).await;
    n.see("Aucune phrase pour le moment").await;
    n.click("Écrire une phrase").await;
    regarder(&n, javascript, "phrase-nouvelle").await;
    n.choose("Message").await;
    n.fill("Nom", "Bonne réception").await;
    n.fill("Texte", "Votre dossier {numero} nous est parvenu.")
        .await;
    n.click("Enregistrer la phrase").await;
    n.see("La phrase est enregistrée").await;
    regarder(&n, javascript, "phrases").await;
    n.click("Changer").await;
    regarder(&n, javascript, "phrase-changer").await;
    n.fill("Texte", "Nous avons reçu votre dossier {numero}.")
        .await;
    n.click("Enregistrer ces changements").await;
    n.see("La phrase est changée").await;

    devenir(
        &n,
        &caisse,
        &caisse.instructeur,
        &format!("/dossiers/{}/messages", s.numero),
    )
    .await;
    n.click("Phrases de la caisse").await;
    n.click("Bonne réception").await;
    let dit = format!("Nous avons reçu votre dossier {}.", s.numero);
    assert_eq!(n.value("Votre message").await, dit);
    n.click("Envoyer le message").await;
    n.see(&dit).await;

    devenir(&n, &caisse, &chef, "/phrases").await;
    n.click("Supprimer").await;
    regarder(&n, javascript, "phrase-supprimer").await;
    n.click("Supprimer la phrase").await;
    n.see("La phrase est supprimée").await;
    if !javascript {
        prouver(&n, "les phrases d’une caisse").await;
    }
}
