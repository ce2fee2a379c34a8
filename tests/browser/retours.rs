//! What is new, and what is taken back, in a browser: with JavaScript to look at the pages, without it to send the forms.

use regles::demande::EtatDemande;
use regles::droits::Role;

use super::deux::ouvrir;
use super::sans_script::prouver;
use crate::util::Caisse;
use crate::util::builders::UneDemande;

const DOSSIER: &str = "/dossiers/131-2026-000001";
const MOTIFS: &str = "La convention nationale réserve ce conventionnement à la personne que désigne qui cesse son activité. La place n’est pas désignée au nom du demandeur : la désignation vise un autre RPPS.";

/// A request that nobody follows, on which its author writes.
async fn ecrire(caisse: &Caisse) {
    let kine = caisse.app.compte(Role::Kine, None);
    caisse.decor.demande(&UneDemande {
        kine_id: kine.kine_id.expect("a practitioner"),
        etat: EtatDemande::Deposee,
        assigne_a: Some(caisse.instructeur.id),
        ..UneDemande::default()
    });
    let client = caisse.app.connecte(&kine).await;
    let fil = "/demandes/131-2026-000001/messages";
    client
        .post(fil, fil, &[("texte", "Où en est ma demande ?")])
        .await;
}

#[actix_web::test]
async fn les_pages_de_ce_qui_est_nouveau_et_de_ce_qui_se_reprend() {
    let caisse = Caisse::start();
    ecrire(&caisse).await;
    let n = ouvrir(&caisse, &caisse.instructeur, true).await;
    let pages = [
        ("nouveautes", "/nouveautes".to_owned()),
        ("nouveautes-courriels", "/nouveautes/courriels".to_owned()),
        (
            "dossier-annuler-complet",
            format!("{DOSSIER}/annuler-complet"),
        ),
        ("dossier-reprendre", format!("{DOSSIER}/reprendre")),
        ("dossier-rendre", format!("{DOSSIER}/rendre")),
    ];
    for (nom, chemin) in &pages {
        n.goto(&format!("{}{chemin}", caisse.app.adresse)).await;
        n.inspect(nom).await;
    }
}

#[actix_web::test]
async fn ce_qui_est_nouveau_et_ce_qui_se_reprend() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    caisse.decor.demande(&UneDemande {
        numero: "131-2026-000002",
        kine_id: kine.id,
        etat: EtatDemande::Deposee,
        ..UneDemande::default()
    });
    ecrire(&caisse).await;
    let n = ouvrir(&caisse, &caisse.instructeur, false).await;
    let aller = async |chemin: &str| n.goto(&format!("{}{chemin}", caisse.app.adresse)).await;

    aller("/nouveautes").await;
    n.see("Demande 131-2026-000001").await;
    n.click("Tout marquer comme lu").await;
    n.see("Tout est marqué comme lu").await;
    n.click("Choisir mes courriels").await;
    n.choose("Jamais").await;
    n.click("Enregistrer mes choix").await;
    n.see("Vos choix sont enregistrés").await;

    aller("/dossiers/131-2026-000002").await;
    n.click("Prendre en charge").await;
    n.see("Vous venez de prendre ce dossier").await;
    n.click("Rendre ce dossier").await;
    n.see("Vous ne suivez plus ce dossier").await;

    aller(DOSSIER).await;
    n.click("Déclarer le dossier complet").await;
    n.see("Le dossier est complet").await;
    aller(&format!("{DOSSIER}/annuler-complet")).await;
    n.fill(
        "Pourquoi le dossier n’est pas complet",
        "Le bail est illisible.",
    )
    .await;
    n.click("Annuler la déclaration de dossier complet").await;
    n.see("n’est plus déclaré complet").await;
    n.click("Déclarer le dossier complet").await;
    n.see("Le dossier est complet").await;

    aller(&format!("{DOSSIER}/proposer")).await;
    n.choose("Refus").await;
    n.fill("Motifs", MOTIFS).await;
    n.click("Proposer cette décision").await;
    n.see("La décision est proposée").await;
    n.click("Reprendre ma proposition").await;
    n.see("Votre proposition est reprise").await;
    aller(&format!("{DOSSIER}/proposer")).await;
    let source = n.client.source().await.expect("the page");
    assert!(
        source.contains("la désignation vise un autre RPPS"),
        "what was written is kept"
    );
    prouver(&n, "ce qui est nouveau et ce qui se reprend").await;
}
