//! Who signs and what signs, the tray, and the letter that a hand signs, in Chromium (PRO-5).

use regles::demande::{EtatDemande, Sens};
use regles::droits::Role;
use releve::actions::decision::{Proposition, proposer};
use releve::db::CpamScope;

use super::deux::ouvrir;
use super::sans_script::prouver;
use super::silence::{devenir, regarder};
use crate::util::Caisse;
use crate::web::praticien::PDF;

/// Successions that are proposed for a grant.
fn proposees(caisse: &Caisse, combien: u32) -> Vec<String> {
    let acte = caisse.acte(&caisse.instructeur);
    let scope = CpamScope::Caisse("131".to_owned());
    let proposition = Proposition {
        sens: Sens::Accord,
        motifs: String::new(),
        ecart: String::new(),
        malgre_recours: String::new(),
        reserve: None,
    };
    (1..=combien)
        .map(|rang| {
            let s = caisse.succession(rang, EtatDemande::Complete);
            caisse
                .agir(|tx| proposer(tx, &acte, &scope, &s.numero, 1, &proposition))
                .expect("proposed");
            s.numero
        })
        .collect()
}

#[actix_web::test]
async fn qui_signe_et_ce_qui_signe() {
    parcourir(true).await;
}

#[actix_web::test]
async fn qui_signe_et_ce_qui_signe_sans_javascript() {
    parcourir(false).await;
}

async fn parcourir(javascript: bool) {
    let caisse = Caisse::start();
    let numeros = proposees(&caisse, 4);
    let chef = caisse.app.compte(Role::Responsable, Some("131"));
    let adjointe = caisse.app.compte(Role::Signataire, Some("131"));
    caisse.sans_titre(adjointe.id);
    let n = ouvrir(&caisse, &chef, javascript).await;
    n.goto(&format!("{}/caisses/131/signatures", caisse.app.adresse))
        .await;
    n.click("Changer ce qui signe").await;
    regarder(&n, javascript, "signature-moyen").await;
    n.choose_of("moyen", "main").await;
    n.click("Enregistrer ce choix").await;
    n.see("Le choix est enregistré").await;
    n.click("Enregistrer qui peut signer").await;
    regarder(&n, javascript, "signature-nouvelle").await;
    n.fill("Qui signe", &adjointe.nom).await;
    n.choose_of("titre", "delegation").await;
    n.fill("Qui donne la délégation", "Jeanne Durand").await;
    n.fill("Sa qualité", "la directrice").await;
    n.choose("Accord").await;
    n.fill("Date de l’acte", "05/01/2026").await;
    n.fill("Référence de l’acte", "DS 2026-01").await;
    n.fill("Premier jour", "06/01/2026").await;
    n.click("Enregistrer").await;
    n.see("C’est enregistré").await;
    regarder(&n, javascript, "signatures").await;

    devenir(&n, &caisse, &adjointe, "/parapheur").await;
    n.see("Par délégation de la directrice").await;
    regarder(&n, javascript, "parapheur").await;
    n.goto(&format!("{}/parapheur/{}", caisse.app.adresse, numeros[0]))
        .await;
    regarder(&n, javascript, "parapheur-dossier").await;
    n.click("Signer l’accord").await;
    n.see("Accord signé").await;
    n.click("Renvoyer…").await;
    n.fill("Ce qui est à revoir", "Relire l’adresse.").await;
    n.click("Renvoyer à l’instruction").await;
    n.see("renvoyée à l’instruction").await;
    for numero in &numeros[2..] {
        n.choose_of("dossier", numero).await;
    }
    n.click("Les signer ensemble…").await;
    n.see("Signer 2 décisions").await;
    regarder(&n, javascript, "parapheur-ensemble").await;
    n.fill("Votre mot de passe", crate::util::compte::MOT_DE_PASSE)
        .await;
    n.click("Signer 2 décisions").await;
    n.see("2 décisions signées").await;
    n.see("Rien n’attend votre signature").await;

    let fiche = format!("/dossiers/{}", numeros[0]);
    devenir(&n, &caisse, &caisse.instructeur, &fiche).await;
    n.see("à imprimer et à signer à la main").await;
    n.click("Lire et imprimer la lettre").await;
    n.see("Par délégation de la directrice").await;
    regarder(&n, javascript, "dossier-decision").await;
    n.click("Revenir au dossier").await;
    n.click("Déposer la lettre signée").await;
    regarder(&n, javascript, "dossier-lettre-signee").await;
    let dossier = tempfile::tempdir().expect("a folder");
    let lettre = dossier.path().join("lettre.pdf");
    std::fs::write(&lettre, PDF).expect("a document");
    n.fill("Lettre signée", &lettre.display().to_string()).await;
    n.click("Déposer la lettre signée").await;
    n.see("La lettre signée est au dossier").await;
    caisse.notifier(&numeros[0]);
    let corriger = format!("{fiche}/corriger-lettre");
    devenir(&n, &caisse, &caisse.signataire, &corriger).await;
    regarder(&n, javascript, "dossier-corriger-lettre").await;
    n.fill("Au lieu de", "J’accorde votre conventionnement")
        .await;
    n.fill("Lisez", "Nous accordons votre conventionnement")
        .await;
    n.click("Signer la correction").await;
    n.see("La correction est signée").await;

    devenir(&n, &caisse, &chef, "/caisses/131/signatures").await;
    n.click("Mettre fin").await;
    regarder(&n, javascript, "signature-finir").await;
    n.click("Mettre fin à cette habilitation").await;
    n.see("L’habilitation a pris fin").await;
    if !javascript {
        prouver(&n, "qui signe et ce qui signe").await;
    }
}
