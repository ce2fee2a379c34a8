//! What is new for whom: counted in the header of every page, read by case, mailed as each chooses.

use regles::demande::EtatDemande;
use regles::droits::Role;

use crate::util::builders::{UneDemande, jour};
use crate::util::client::Client;
use crate::util::compte::CompteTest;
use crate::util::{Caisse, TestApp};

const DOSSIER: &str = "/dossiers/131-2026-000001";
const DEMANDE: &str = "/demandes/131-2026-000001";

/// A request that the instructor follows; its author.
async fn une_demande(caisse: &Caisse, etat: EtatDemande) -> (CompteTest, Client) {
    let compte = caisse.app.compte(Role::Kine, None);
    caisse.decor.demande(&UneDemande {
        kine_id: compte.kine_id.expect("a practitioner"),
        etat,
        assigne_a: Some(caisse.instructeur.id),
        ..UneDemande::default()
    });
    let client = caisse.app.connecte(&compte).await;
    (compte, client)
}

/// How many cases are announced as new, from the header of a page.
async fn a_lire(client: &Client) -> Option<u32> {
    let page = client.get("/compte").await;
    let (_, reste) = page.html.split_once("class=\"entete__nouveautes\"")?;
    let lien = reste.split_once("</a>")?.0;
    match lien.split_once("class=\"compte\">") {
        None => Some(0),
        Some((_, compte)) => compte.split('<').next()?.trim().parse().ok(),
    }
}

#[actix_web::test]
async fn ce_que_l_autre_fait_est_nouveau_jusqu_a_ce_qu_on_ouvre_le_dossier() {
    let caisse = Caisse::start();
    let (_, kine) = une_demande(&caisse, EtatDemande::Deposee).await;
    let agent = caisse.instructeur().await;
    assert_eq!(
        (a_lire(&agent).await, a_lire(&kine).await),
        (Some(0), Some(0))
    );
    let fil = format!("{DEMANDE}/messages");
    kine.post(&fil, &fil, &[("texte", "Où en est ma demande ?")])
        .await;
    // Who writes is told nothing; who follows is; nobody else.
    assert_eq!(
        (a_lire(&agent).await, a_lire(&kine).await),
        (Some(1), Some(0))
    );
    assert_eq!(a_lire(&caisse.signataire().await).await, Some(0));
    let page = agent.get("/nouveautes").await;
    assert!(
        page.html.contains(&format!("href=\"{DOSSIER}/messages\""))
            && page.html.contains("Nouveau"),
        "{}",
        page.texte()
    );
    // Reading the list marks nothing, nor does a program that looks ahead, or asks for the head alone.
    let avance = [("sec-purpose", "prefetch")];
    agent.demander(reqwest::Method::GET, DOSSIER, &avance).await;
    agent.demander(reqwest::Method::HEAD, DOSSIER, &[]).await;
    assert_eq!(a_lire(&agent).await, Some(1));
    agent.get(DOSSIER).await;
    assert_eq!(a_lire(&agent).await, Some(0));
    let page = agent.get("/nouveautes").await;
    assert!(page.texte().contains("Demande 131-2026-000001"));
    assert!(!page.html.contains("Tout marquer comme lu"), "all is read");
    // The answer is news to her, and leads to her own page.
    let fil = format!("{DOSSIER}/messages");
    agent
        .post(&fil, &fil, &[("texte", "Elle est à l’étude.")])
        .await;
    assert_eq!(a_lire(&kine).await, Some(1));
    let page = kine.get("/nouveautes").await;
    assert!(
        page.html.contains(&format!("href=\"{DEMANDE}/messages\"")),
        "{}",
        page.texte()
    );
    kine.get(DEMANDE).await;
    assert_eq!(a_lire(&kine).await, Some(0));
}

#[actix_web::test]
async fn tout_se_marque_comme_lu_jusqu_a_ce_que_la_page_connaissait() {
    let caisse = Caisse::start();
    let (_, kine) = une_demande(&caisse, EtatDemande::Deposee).await;
    let agent = caisse.instructeur().await;
    let fil = format!("{DEMANDE}/messages");
    kine.post(&fil, &fil, &[("texte", "Un")]).await;
    let ancienne = agent.caches("/nouveautes").await;
    let clock = &caisse.app.state.clock;
    clock.set(clock.now() + chrono::TimeDelta::minutes(1));
    kine.post(&fil, &fil, &[("texte", "Deux")]).await;
    // What came since the page was shown stays new.
    agent.post_brut("/nouveautes", &ancienne).await;
    assert_eq!(a_lire(&agent).await, Some(1));
    let page = agent.post("/nouveautes", "/nouveautes", &[]).await;
    assert!(page.texte().contains("marqué comme lu"), "{}", page.texte());
    assert_eq!(a_lire(&agent).await, Some(0));
}

#[actix_web::test]
async fn qui_signe_apprend_qu_une_decision_attend_et_qui_propose_qu_elle_revient() {
    let caisse = Caisse::start();
    let (compte, kine) = une_demande(&caisse, EtatDemande::Complete).await;
    let (agent, signataire) = (caisse.instructeur().await, caisse.signataire().await);
    let motifs = "La convention nationale réserve ce conventionnement à la personne que désigne qui cesse son activité. La place n’est pas désignée au nom du demandeur : elle vise un autre RPPS.";
    agent
        .agir(
            &format!("{DOSSIER}/proposer"),
            &[("sens", "refus"), ("motifs", motifs)],
        )
        .await;
    assert_eq!(a_lire(&signataire).await, Some(1));
    assert_eq!(
        caisse.courriels_de(&caisse.signataire.courriel),
        ["decision_a_signer"]
    );
    signataire
        .agir(
            &format!("{DOSSIER}/renvoyer"),
            &[("motif", "revoir la zone")],
        )
        .await;
    assert_eq!(a_lire(&agent).await, Some(1));
    let page = agent.get("/nouveautes").await;
    assert!(page.texte().contains("revoir la zone"), "{}", page.texte());
    // She learns nothing of a proposal, nor of its way back.
    assert_eq!(a_lire(&kine).await, Some(0));
    assert!(caisse.courriels_de(&compte.courriel).is_empty());
}

#[actix_web::test]
async fn chacun_choisit_ses_courriels() {
    let caisse = Caisse::start();
    let (_, kine) = une_demande(&caisse, EtatDemande::Deposee).await;
    let agent = caisse.instructeur().await;
    let reglages = "/nouveautes/courriels";
    let fil = format!("{DEMANDE}/messages");
    let mails = || caisse.courriels_de(&caisse.instructeur.courriel);
    kine.post(&fil, &fil, &[("texte", "Un")]).await;
    assert_eq!(mails(), ["message_recu_agent"]);
    let page = agent
        .post(reglages, reglages, &[("messages", "jamais")])
        .await;
    assert!(
        page.texte().contains("Vos choix sont enregistrés"),
        "{}",
        page.texte()
    );
    kine.post(&fil, &fil, &[("texte", "Deux")]).await;
    caisse.app.passer_la_journee().await;
    assert_eq!(mails().len(), 1);
    agent
        .post(reglages, reglages, &[("messages", "une_fois_par_jour")])
        .await;
    for _ in 0..2 {
        caisse.app.passer_la_journee().await;
    }
    assert_eq!(mails(), ["message_recu_agent", "nouveautes_du_jour"]);
    let resume = caisse
        .app
        .deposes()
        .into_iter()
        .find(|c| c.modele == "nouveautes_du_jour");
    let texte = resume.expect("a summary").texte;
    assert!(
        texte.contains("131-2026-000001") && texte.contains("2\u{a0}nouveautés"),
        "{texte}"
    );
    assert!(
        !texte.contains("Deux"),
        "a mail says that a message waits, not what it says: {texte}"
    );
    // Read, it is not said again.
    agent.get(DOSSIER).await;
    caisse.au(jour(2026, 1, 16));
    let agent = caisse.instructeur().await;
    caisse.app.passer_la_journee().await;
    assert_eq!(mails().len(), 2);
    // A subject of somebody else's role is no choice of hers.
    let page = agent
        .post(reglages, reglages, &[("messages", "essentiel")])
        .await;
    assert_eq!(page.statut, 409, "{}", page.texte());
}

#[actix_web::test]
async fn qui_remplace_apprend_ce_qui_arrive_a_la_personne_remplacee() {
    let caisse = Caisse::start();
    let (_, kine) = une_demande(&caisse, EtatDemande::Deposee).await;
    let remplacante = caisse.app.compte(Role::Instructeur, Some("131"));
    let agent = caisse.instructeur().await;
    agent
        .post(
            "/absences",
            "/absences",
            &[
                ("du", "10/01/2026"),
                ("au", "20/01/2026"),
                ("remplacant", &remplacante.id.to_string()),
            ],
        )
        .await;
    let fil = format!("{DEMANDE}/messages");
    kine.post(&fil, &fil, &[("texte", "Un")]).await;
    let elle = caisse.app.connecte(&remplacante).await;
    assert_eq!(
        (a_lire(&agent).await, a_lire(&elle).await),
        (Some(1), Some(1))
    );
    for compte in [&caisse.instructeur, &remplacante] {
        assert_eq!(
            caisse.courriels_de(&compte.courriel),
            ["message_recu_agent"]
        );
    }
}

#[actix_web::test]
async fn qui_n_est_informe_de_rien_n_a_pas_la_page() {
    let app = TestApp::start();
    let auditeur = app.connecte(&app.compte(Role::Auditeur, None)).await;
    assert_eq!(a_lire(&auditeur).await, None);
    assert_eq!(auditeur.get("/nouveautes").await.statut, 403);
}
