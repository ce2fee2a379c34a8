//! An appeal in Chromium: a refusal is contested by its author, the commission upholds it, the request is open again; then one
//! that the silence of the commission rejects, entered from a paper, which goes to the court. With and without JavaScript.

use super::deux::ouvrir;
use super::harness::Browser;
use super::sans_script::prouver;
use super::silence::{devenir, regarder};
use crate::util::Caisse;
use crate::util::builders::jour;
use crate::web::contestation::{NUMERO, RECOURS, refusee};

#[actix_web::test]
async fn un_refus_se_conteste_et_la_commission_l_annule() {
    un_recours(true).await;
}

#[actix_web::test]
async fn un_refus_se_conteste_sans_javascript() {
    let n = un_recours(false).await;
    prouver(&n, "un recours").await;
}

async fn un_recours(javascript: bool) -> Browser {
    let caisse = Caisse::start();
    let compte = refusee(&caisse).await;
    let demande = format!("/demandes/{NUMERO}");
    let n = ouvrir(&caisse, &compte, javascript).await;
    n.goto(&format!("{}{demande}", caisse.app.adresse)).await;
    n.click("Ouvrir le document").await;
    n.see("Vous n’êtes pas d’accord").await;
    n.click("Contester cette décision").await;
    regarder(&n, javascript, "contester").await;
    n.fill(
        "Pourquoi vous contestez",
        "La place de Martigues était libre.",
    )
    .await;
    n.click("Vérifier mon recours").await;
    n.see("Ce que vous contestez").await;
    n.click("Envoyer mon recours").await;
    n.see("Votre recours est enregistré").await;
    n.see("Accusé de réception").await;
    n.see("Ne le saisissez pas plus tôt").await;
    regarder(&n, javascript, "mon-recours").await;
    n.goto(&format!(
        "{}/mes-recours/{RECOURS}/messages",
        caisse.app.adresse
    ))
    .await;
    regarder(&n, javascript, "mon-recours-messages").await;
    n.fill("Votre message", "Je joindrai le bail.").await;
    n.click("Envoyer le message").await;
    n.see("Je joindrai le bail.").await;

    let agent = &caisse.instructeur;
    if javascript {
        // A message on the request itself, that is an appeal in truth.
        let kine = caisse.app.connecte(&compte).await;
        let fil = format!("{demande}/messages");
        kine.post(&fil, &fil, &[("texte", "Je conteste ce refus.")])
            .await;
        devenir(&n, &caisse, agent, &format!("/dossiers/{NUMERO}/messages")).await;
        n.click("Transmettre à la commission").await;
        regarder(&n, javascript, "recours-message").await;
    }
    devenir(&n, &caisse, agent, "/dossiers?nature=recours").await;
    n.see("Recours à instruire, réponse de la commission attendue")
        .await;
    n.click(RECOURS).await;
    n.see("La place de Martigues était libre.").await;
    regarder(&n, javascript, "recours").await;
    n.click("Enregistrer l’abandon").await;
    n.see("Un recours abandonné ne reprend pas").await;
    regarder(&n, javascript, "recours-abandonner").await;
    n.click("Revenir au recours sans rien changer").await;
    n.click("Enregistrer la réponse de la commission").await;
    regarder(&n, javascript, "recours-repondre").await;
    n.choose("Décision annulée").await;
    n.fill("Jour de sa réunion", "01/12/2026").await;
    n.fill(
        "Motifs en droit et en fait",
        "La place était libre, selon le relevé de la zone.",
    )
    .await;
    n.fill("Réponse à chaque argument", "L’argument est exact.")
        .await;
    n.fill("Qui signe pour la commission", "Anne Roche").await;
    n.fill("Sa qualité", "Présidente de la commission").await;
    n.click("Enregistrer cette réponse").await;
    n.see("La décision contestée est annulée").await;
    n.click("Suivre la notification").await;
    regarder(&n, javascript, "recours-notifier").await;

    devenir(&n, &caisse, &compte, &format!("/mes-recours/{RECOURS}")).await;
    n.click("Ouvrir le document").await;
    n.see("fait droit à votre recours").await;
    devenir(&n, &caisse, agent, &format!("/dossiers/{NUMERO}")).await;
    n.see("Proposer une décision").await;
    n
}

#[actix_web::test]
async fn le_silence_de_la_commission_rejette_puis_le_tribunal_est_saisi() {
    un_silence(true).await;
}

#[actix_web::test]
async fn un_recours_sur_papier_va_au_tribunal_sans_javascript() {
    let n = un_silence(false).await;
    prouver(&n, "un recours sur papier").await;
}

async fn un_silence(javascript: bool) -> Browser {
    let caisse = Caisse::start();
    let compte = refusee(&caisse).await;
    let demande = format!("/demandes/{NUMERO}");
    let n = ouvrir(&caisse, &compte, javascript).await;
    n.goto(&format!("{}{demande}", caisse.app.adresse)).await;
    n.click("Ouvrir le document").await;
    let agent = &caisse.instructeur;
    let papier = format!("/dossiers/{NUMERO}/recours");
    devenir(&n, &caisse, agent, &papier).await;
    regarder(&n, javascript, "recours-papier").await;
    n.fill("Envoyé le", "01/12/2026").await;
    n.fill("Reçu à la caisse le", "01/12/2026").await;
    n.fill("Ce que dit la personne", "La place était libre.")
        .await;
    n.click("Enregistrer ce recours").await;
    n.see("Le recours est enregistré").await;

    // The clock is moved below the browser: the last day is over.
    caisse.au(jour(2027, 2, 2));
    caisse.app.passer_la_journee().await;
    devenir(&n, &caisse, agent, &format!("/recours/{RECOURS}")).await;
    n.see("Le silence de la commission vaut rejet").await;
    n.click("Enregistrer la saisine d’un tribunal").await;
    regarder(&n, javascript, "recours-saisir").await;
    n.fill("Tribunal saisi le", "02/02/2027").await;
    n.click("Enregistrer la saisine").await;
    n.see("Un tribunal est saisi").await;
    n.click("Enregistrer un jugement").await;
    regarder(&n, javascript, "recours-juger").await;
    n.choose("Recours rejeté").await;
    n.fill("Jour du jugement", "02/02/2027").await;
    n.fill(
        "Ce qu’il dit, en quelques phrases",
        "Le tribunal confirme le refus.",
    )
    .await;
    n.click("Enregistrer le jugement").await;
    n.see("Le jugement est rendu").await;
    devenir(&n, &caisse, &compte, &format!("/mes-recours/{RECOURS}")).await;
    n.see("Le tribunal confirme le refus").await;
    n
}
