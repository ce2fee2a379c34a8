//! PRO-14: a document that touches health, from who sends it to who completes the file without reading it.

use regles::droits::Role;
use releve::db::{CpamScope, piece};

use super::deux::{connecter, ouvrir};
use super::harness::Browser;
use super::sans_script::prouver;
use crate::web::praticien::PDF;
use crate::web::sante_pieces::{NUMERO, sans_preuve};

const CONCLUSION: &str = "La situation entre dans le motif invoqué.";

#[actix_web::test]
async fn une_piece_de_sante_de_son_envoi_a_la_conclusion() {
    de_l_envoi_a_la_conclusion(true).await;
}

#[actix_web::test]
async fn une_piece_de_sante_va_jusqu_a_la_conclusion_sans_javascript() {
    let n = de_l_envoi_a_la_conclusion(false).await;
    prouver(&n, "une pièce de santé").await;
}

/// Pictures the page where scripts run, which the inspection needs.
async fn regarder(n: &Browser, javascript: bool, image: &str) {
    if javascript {
        n.inspect(image).await;
    }
}

async fn de_l_envoi_a_la_conclusion(javascript: bool) -> Browser {
    let (caisse, kine) = sans_preuve("A-CONJOINT");
    let conseil = caisse.app.compte(Role::PraticienConseil, Some("131"));
    let adresse = caisse.app.adresse.clone();
    let tmp = tempfile::tempdir().expect("a folder");
    let preuve = tmp.path().join("certificat-oncologie.pdf");
    std::fs::write(&preuve, PDF).expect("a document");

    let n = ouvrir(&caisse, &kine, javascript).await;
    n.goto(&format!("{adresse}/demandes/{NUMERO}")).await;
    n.click("Envoyer cette pièce : Justificatif du motif").await;
    n.fill(
        "Justificatif du motif de dérogation",
        &preuve.display().to_string(),
    )
    .await;
    n.choose("Justificatif du motif de dérogation ») touche à la santé")
        .await;
    n.click("Envoyer Justificatif du motif").await;
    n.see("Votre pièce est jointe au dossier").await;
    n.see("certificat-oncologie.pdf").await;

    let dossier = format!("{adresse}/dossiers/{NUMERO}");
    n.client.delete_all_cookies().await.expect("no session");
    connecter(&n, &caisse, &caisse.instructeur).await;
    n.goto(&dossier).await;
    n.see("Document de santé").await;
    n.see("La conclusion du praticien-conseil est attendue")
        .await;
    assert!(!n.text().await.contains("oncologie"));
    let id = caisse.demande(NUMERO).id;
    let pieces = caisse.lire(|conn| piece::de(conn, &CpamScope::Caisse("131".into()), id));
    let autre = pieces
        .iter()
        .find(|p| !p.sante)
        .expect("an open document")
        .id;
    n.goto(&format!("{adresse}/pieces/{autre}/sante")).await;
    n.see("Pourquoi cette pièce est mise à part").await;
    regarder(&n, javascript, "piece-mettre-a-part").await;

    n.client.delete_all_cookies().await.expect("no session");
    connecter(&n, &caisse, &conseil).await;
    n.goto(&format!("{adresse}/praticien-conseil")).await;
    n.see("Conclusion attendue").await;
    regarder(&n, javascript, "praticien-liste").await;
    n.click(NUMERO).await;
    n.see("Conclure sur les pièces de santé").await;
    regarder(&n, javascript, "praticien-dossier").await;
    n.fill("Votre conclusion", CONCLUSION).await;
    n.click("La pièce établit le motif").await;
    n.see("Votre conclusion est enregistrée").await;

    n.client.delete_all_cookies().await.expect("no session");
    connecter(&n, &caisse, &caisse.instructeur).await;
    n.goto(&dossier).await;
    n.see(CONCLUSION).await;
    n.goto(&format!("{dossier}/completer")).await;
    n.click("Déclarer le dossier complet").await;
    n.see("Le dossier est complet").await;
    // What was sent among the others, and should not have been.
    n.goto(&format!("{adresse}/pieces/{autre}/sante")).await;
    n.fill(
        "Pourquoi cette pièce est mise à part",
        "Elle parle de la santé d’un proche.",
    )
    .await;
    n.click("Mettre cette pièce à part").await;
    n.see("La pièce est mise à part").await;

    // Within a message, among its documents, and not ticked.
    n.client.delete_all_cookies().await.expect("no session");
    connecter(&n, &caisse, &kine).await;
    n.goto(&format!("{adresse}/demandes/{NUMERO}/messages"))
        .await;
    n.fill("Votre message", "Voici mon arrêt de travail.").await;
    n.fill("Documents", &preuve.display().to_string()).await;
    n.see("touche à la santé").await;
    n.click("Envoyer le message").await;
    n.see("Votre message est envoyé").await;
    n.client.delete_all_cookies().await.expect("no session");
    connecter(&n, &caisse, &caisse.instructeur).await;
    n.goto(&format!("{dossier}/messages")).await;
    n.click("Mettre à part").await;
    n.see("Pourquoi cette pièce est mise à part").await;
    regarder(&n, javascript, "message-mettre-a-part").await;
    n.fill(
        "Pourquoi cette pièce est mise à part",
        "Elle parle de la santé de la personne.",
    )
    .await;
    n.click("Mettre cette pièce à part").await;
    n.see("La pièce est mise à part").await;
    n.goto(&format!("{dossier}/messages")).await;
    n.see("1 document de santé, mis à part").await;
    assert!(!n.text().await.contains("oncologie"));
    n
}
