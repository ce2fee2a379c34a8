//! What is taken back before anything rests on it: «complet», and one's own proposal; what was told is put right.

use regles::demande::EtatDemande;
use regles::droits::Role;
use regles::echeance::{EtatEcheance, NatureEcheance};

use crate::util::Caisse;
use crate::util::builders::UneDemande;
use crate::util::compte::CompteTest;

const DOSSIER: &str = "/dossiers/131-2026-000001";
const NUMERO: &str = "131-2026-000001";
const MOTIFS: &str = "La convention nationale réserve ce conventionnement à la personne que désigne qui cesse son activité. La place n’est pas désignée au nom du demandeur : la désignation vise un autre RPPS.";

fn une_demande(
    caisse: &Caisse,
    nature: regles::demande::NatureDemande,
    etat: EtatDemande,
) -> CompteTest {
    let compte = caisse.app.compte(Role::Kine, None);
    caisse.decor.demande(&UneDemande {
        kine_id: compte.kine_id.expect("a practitioner"),
        etat,
        nature,
        ..UneDemande::default()
    });
    compte
}

#[actix_web::test]
async fn complet_s_annule_et_la_personne_le_lit() {
    use regles::demande::NatureDemande::Derogation;
    let caisse = Caisse::start();
    let compte = une_demande(&caisse, Derogation, EtatDemande::Deposee);
    let agent = caisse.instructeur().await;
    agent
        .post(DOSSIER, &format!("{DOSSIER}/completer"), &[])
        .await;
    let d = caisse.demande(NUMERO);
    assert_eq!(d.etat, EtatDemande::Complete);
    let annuler = format!("{DOSSIER}/annuler-complet");
    assert!(agent.get(DOSSIER).await.html.contains(&annuler));
    let page = agent.agir(&annuler, &[("raison", "")]).await;
    assert_eq!(page.statut, 422, "the person reads why: {}", page.texte());
    let raison = "Le bail est au nom d’une autre personne.";
    let page = agent.agir(&annuler, &[("raison", raison)]).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let d = caisse.demande(NUMERO);
    assert_eq!((d.etat, d.complete_le), (EtatDemande::Deposee, None));
    // The commission is not awaited any more.
    let saisine = caisse
        .echeances(d.id)
        .into_iter()
        .find(|e| e.nature == NatureEcheance::SaisineCpd);
    assert!(saisine.is_none_or(|e| e.etat == EtatEcheance::Annulee));
    assert_eq!(
        caisse.courriels_de(&compte.courriel),
        ["demande_complete", "complet_annule"]
    );
    let mails = caisse.app.deposes();
    let mail = mails
        .iter()
        .find(|c| c.modele == "complet_annule")
        .expect("a mail");
    assert!(
        mail.texte.contains("erreur de notre part") && mail.texte.contains(raison),
        "{}",
        mail.texte
    );
    let kine = caisse.app.connecte(&compte).await;
    let page = kine.get(&format!("/demandes/{NUMERO}")).await;
    assert!(
        page.texte().contains("faite par erreur"),
        "{}",
        page.texte()
    );
    // It may be said again.
    agent
        .post(DOSSIER, &format!("{DOSSIER}/completer"), &[])
        .await;
    assert_eq!(caisse.demande(NUMERO).etat, EtatDemande::Complete);
}

#[actix_web::test]
async fn complet_ne_s_annule_plus_quand_la_commission_est_saisie() {
    use regles::demande::NatureDemande::Derogation;
    let caisse = Caisse::start();
    une_demande(&caisse, Derogation, EtatDemande::Deposee);
    let agent = caisse.instructeur().await;
    agent
        .post(DOSSIER, &format!("{DOSSIER}/completer"), &[])
        .await;
    let annuler = format!("{DOSSIER}/annuler-complet");
    let mut envoi = agent.caches(&annuler).await;
    envoi.push(("raison".to_owned(), "Erreur de dossier.".to_owned()));
    agent
        .agir(&format!("{DOSSIER}/saisir"), &[("le", "15/01/2026")])
        .await;
    assert!(!agent.get(DOSSIER).await.html.contains(&annuler));
    // The page shown before says what happened; shown again, it says why not.
    let page = agent.post_brut(&annuler, &envoi).await;
    assert_eq!(page.statut, 409, "{}", page.texte());
    let page = agent
        .agir(&annuler, &[("raison", "Erreur de dossier.")])
        .await;
    assert!(
        page.texte().contains("La commission est saisie"),
        "{}",
        page.texte()
    );
    assert_eq!(caisse.demande(NUMERO).etat, EtatDemande::Complete);
}

#[actix_web::test]
async fn qui_propose_reprend_sa_proposition_telle_qu_elle_etait() {
    use regles::demande::NatureDemande::HorsRegulation;
    let caisse = Caisse::start();
    une_demande(&caisse, HorsRegulation, EtatDemande::Complete);
    let agent = caisse.instructeur().await;
    let proposer = format!("{DOSSIER}/proposer");
    agent
        .agir(&proposer, &[("sens", "refus"), ("motifs", MOTIFS)])
        .await;
    let reprendre = format!("{DOSSIER}/reprendre");
    let autre = caisse.app.compte(Role::Responsable, Some("131"));
    let autre = caisse.app.connecte(&autre).await;
    assert!(!autre.get(DOSSIER).await.html.contains(&reprendre));
    let page = autre.post(DOSSIER, &reprendre, &[]).await;
    assert!(
        page.texte().contains("d’une autre personne"),
        "{}",
        page.texte()
    );
    assert_eq!(caisse.demande(NUMERO).etat, EtatDemande::Proposee);
    let page = agent.post(DOSSIER, &reprendre, &[]).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert_eq!(caisse.demande(NUMERO).etat, EtatDemande::Complete);
    let page = agent.get(&proposer).await;
    assert!(
        page.html.contains("vise un autre RPPS"),
        "what was written is kept"
    );
    let signataire = caisse.signataire().await;
    assert!(!signataire.get(DOSSIER).await.html.contains("/decider"));
    // Proposed again, it is signed as any other.
    agent
        .agir(&proposer, &[("sens", "refus"), ("motifs", MOTIFS)])
        .await;
    signataire.agir(&format!("{DOSSIER}/decider"), &[]).await;
    assert_eq!(caisse.demande(NUMERO).etat, EtatDemande::Refusee);
}

/// A signature and a taking back at the same instant: one wins, the other is told, and the file has one end.
#[actix_web::test]
async fn une_signature_et_une_reprise_au_meme_instant_une_seule_gagne() {
    use regles::demande::NatureDemande::HorsRegulation;
    let caisse = Caisse::start();
    une_demande(&caisse, HorsRegulation, EtatDemande::Complete);
    let (agent, signataire) = (caisse.instructeur().await, caisse.signataire().await);
    agent
        .agir(
            &format!("{DOSSIER}/proposer"),
            &[("sens", "refus"), ("motifs", MOTIFS)],
        )
        .await;
    let (decider, reprendre) = (format!("{DOSSIER}/decider"), format!("{DOSSIER}/reprendre"));
    let (signe, repris) = (
        signataire.caches(&decider).await,
        agent.caches(&reprendre).await,
    );
    let (signature, reprise) = futures_util::future::join(
        signataire.post_brut(&decider, &signe),
        agent.post_brut(&reprendre, &repris),
    )
    .await;
    let etat = caisse.demande(NUMERO).etat;
    let gagnants = match etat {
        EtatDemande::Refusee => (200, 409),
        EtatDemande::Complete => (409, 200),
        autre => panic!("{autre}"),
    };
    assert_eq!((signature.statut, reprise.statut), gagnants, "{etat}");
}

#[actix_web::test]
async fn un_dossier_qu_on_vient_de_prendre_se_rend_et_rien_ne_part() {
    use regles::demande::NatureDemande::HorsRegulation;
    let caisse = Caisse::start();
    let compte = une_demande(&caisse, HorsRegulation, EtatDemande::Deposee);
    let agent = caisse.instructeur().await;
    let rendre = format!("{DOSSIER}/rendre");
    assert!(!agent.get(DOSSIER).await.html.contains(&rendre));
    let page = agent.post("/dossiers", "/dossiers/prochain", &[]).await;
    assert_eq!(page.chemin, DOSSIER);
    assert!(page.html.contains(&rendre), "{}", page.texte());
    let collegue = caisse.app.compte(Role::Instructeur, Some("131"));
    let autre = caisse.app.connecte(&collegue).await;
    assert!(!autre.get(DOSSIER).await.html.contains(&rendre));
    let page = agent.post(DOSSIER, &rendre, &[]).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert_eq!(caisse.demande(NUMERO).assigne_a, None);
    assert!(!page.html.contains(&rendre), "once");
    // Taken over from a colleague, it goes back to her.
    autre
        .post(DOSSIER, &format!("{DOSSIER}/prendre"), &[])
        .await;
    agent
        .post(DOSSIER, &format!("{DOSSIER}/prendre"), &[])
        .await;
    agent.post(DOSSIER, &rendre, &[]).await;
    assert_eq!(caisse.demande(NUMERO).assigne_a, Some(collegue.id));
    // Once something was done, it is given to somebody, not given back.
    agent
        .post(DOSSIER, &format!("{DOSSIER}/prendre"), &[])
        .await;
    let notes = format!("{DOSSIER}/notes");
    agent.post(DOSSIER, &notes, &[("note", "vu")]).await;
    assert!(!agent.get(DOSSIER).await.html.contains(&rendre));
    let page = agent.post(DOSSIER, &rendre, &[]).await;
    assert!(
        page.texte().contains("Autre chose s’est passé"),
        "{}",
        page.texte()
    );
    assert!(caisse.courriels_de(&compte.courriel).is_empty());
}

/// Who signs looks at the documents as who examines them does, and answers nothing.
#[actix_web::test]
async fn qui_signe_lit_les_pieces_sans_pouvoir_les_accepter() {
    use regles::demande::NatureDemande::HorsRegulation;
    let caisse = Caisse::start();
    une_demande(&caisse, HorsRegulation, EtatDemande::Proposee);
    let signataire = caisse.signataire().await;
    let pieces = format!("{DOSSIER}/pieces");
    let page = signataire.get(DOSSIER).await;
    assert!(
        page.html.contains(&pieces) && page.texte().contains("Lire les pièces"),
        "{}",
        page.texte()
    );
    let page = signataire.get(&pieces).await;
    assert_eq!(page.statut, 200);
    assert!(
        page.texte()
            .contains("qui instruit ce dossier l’accepte ou la refuse")
            && !page.html.contains("value=\"accepter\""),
        "{}",
        page.texte()
    );
    let mut envoi = signataire.caches("/compte").await;
    envoi.push(("action".to_owned(), "accepter".to_owned()));
    assert_eq!(
        signataire
            .post_brut(&format!("{pieces}/1"), &envoi)
            .await
            .statut,
        403
    );
    // Who instructs still may.
    assert!(
        caisse
            .instructeur()
            .await
            .get(&pieces)
            .await
            .html
            .contains("value=\"accepter\"")
    );
}

#[actix_web::test]
async fn l_administration_commence_par_ce_qui_attend_la_nation() {
    let caisse = Caisse::start();
    let compte = caisse.app.compte(Role::AdministrateurNational, None);
    let national = caisse.app.connecte(&compte).await;
    let page = national.get("/supervision?caisse=toutes").await;
    // The caisse of the test has agents and no postal address.
    assert!(
        page.texte().contains("Alertes nationales"),
        "{}",
        page.texte()
    );
    assert!(page.html.contains("href=\"/agents\""));
    let agent = caisse.instructeur().await;
    assert!(
        !agent
            .get("/dossiers")
            .await
            .html
            .contains("href=\"/agents\"")
    );
}
