//! PRO-8: the applicant opens the decision in the portal, and the delays run from that day.

use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;
use regles::echeance::{EtatEcheance, NatureEcheance};

use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};
use crate::util::compte::CompteTest;

const MOTIFS: &str =
    "Le lieu d’exercice demandé est déjà celui d’un autre conventionnement (REG-10).";

/// A request of a practitioner who can log in, decided by the CPAM.
async fn decidee(caisse: &Caisse, sens: &str) -> (CompteTest, i64, String) {
    let compte = caisse.app.compte(Role::Kine, None);
    let numero = "131-2026-000007".to_owned();
    let id = caisse.decor.demande(&UneDemande {
        numero: &numero,
        kine_id: compte.kine_id.expect("a practitioner"),
        nature: NatureDemande::HorsRegulation,
        // Not a regulated zone: a grant rests on REG-10.
        insee: "13001",
        bassin: "BV13001",
        categorie: "intermediaire",
        etat: EtatDemande::Complete,
        ..UneDemande::default()
    });
    let chemin = format!("/dossiers/{numero}");
    let motifs = [("sens", sens), ("motifs", MOTIFS)];
    let agent = caisse.instructeur().await;
    agent.agir(&format!("{chemin}/proposer"), &motifs).await;
    let signataire = caisse.signataire().await;
    signataire.agir(&format!("{chemin}/decider"), &[]).await;
    (compte, id, numero)
}

#[actix_web::test]
async fn pro_8_ouvrir_la_decision_la_notifie_une_fois() {
    let caisse = Caisse::start();
    let (compte, id, numero) = decidee(&caisse, "accord").await;
    let kine = caisse.app.connecte(&compte).await;
    let chemin = format!("/demandes/{numero}");
    let avant = kine.get(&chemin).await.texte();
    assert!(avant.contains("Une décision a été prise"), "{avant}");
    assert!(
        !avant.contains("Déclarer votre installation"),
        "nothing runs before the notification: {avant}"
    );
    assert_eq!(caisse.demande(&numero).notifiee_le, None);

    caisse.au(jour(2026, 1, 20));
    let kine = caisse.app.connecte(&compte).await;
    kine.post(&chemin, &format!("{chemin}/decision"), &[]).await;
    caisse.au(jour(2026, 1, 27));
    let kine = caisse.app.connecte(&compte).await;
    let encore = kine.post(&chemin, &format!("{chemin}/decision"), &[]).await;
    assert_eq!(encore.statut, 200, "{}", encore.texte());
    let demande = caisse.demande(&numero);
    assert_eq!(demande.notifiee_le, Some(jour(2026, 1, 20)));
    assert_eq!(demande.notification_mode.as_deref(), Some("portail"));
    // REG-9: six months from the first opening, a Monday.
    let echeances = caisse.echeances(id);
    let installation: Vec<_> = echeances
        .iter()
        .filter(|e| e.nature == NatureEcheance::Installation && e.etat == EtatEcheance::EnCours)
        .map(|e| e.finale)
        .collect();
    assert_eq!(installation, [jour(2026, 7, 20)]);
    let apres = kine.get(&chemin).await.texte();
    assert!(
        apres.contains("a ouvert la décision, notifiée le 20 janvier 2026"),
        "{apres}"
    );
    assert!(apres.contains("Déclarer votre installation"), "{apres}");
    // The CPAM has nothing left to record.
    let agent = caisse.instructeur().await;
    let page = agent
        .agir(
            &format!("/dossiers/{numero}/notifier"),
            &[("date", "27/01/2026")],
        )
        .await;
    assert!(
        page.texte().contains("déjà notifiée, le 20 janvier 2026"),
        "{}",
        page.texte()
    );
}

#[actix_web::test]
async fn pro_6_les_motifs_et_les_recours_se_lisent_en_ouvrant_un_refus() {
    let caisse = Caisse::start();
    let (compte, _, numero) = decidee(&caisse, "refus").await;
    let kine = caisse.app.connecte(&compte).await;
    let chemin = format!("/demandes/{numero}");
    let avant = kine.get(&chemin).await.texte();
    assert!(!avant.contains("Comment contester ce refus"), "{avant}");
    let page = kine.post(&chemin, &format!("{chemin}/decision"), &[]).await;
    let texte = page.texte();
    for attendu in [MOTIFS, "Comment contester ce refus", "16 mars 2026"] {
        assert!(texte.contains(attendu), "«{attendu}» is not in {texte}");
    }
}

#[actix_web::test]
async fn personne_n_ouvre_la_decision_d_un_autre_ni_avant_qu_elle_soit_prise() {
    let caisse = Caisse::start();
    let (_, _, numero) = decidee(&caisse, "accord").await;
    let autre = caisse.app.compte(Role::Kine, None);
    let autre = caisse.app.connecte(&autre).await;
    let page = autre
        .post("/espace", &format!("/demandes/{numero}/decision"), &[])
        .await;
    assert_eq!(page.statut, 404);
    assert_eq!(caisse.demande(&numero).notifiee_le, None);
    let compte = caisse.app.compte(Role::Kine, None);
    caisse.decor.demande(&UneDemande {
        numero: "131-2026-000008",
        kine_id: compte.kine_id.expect("a practitioner"),
        etat: EtatDemande::Complete,
        ..UneDemande::default()
    });
    let client = caisse.app.connecte(&compte).await;
    let page = client
        .post("/espace", "/demandes/131-2026-000008/decision", &[])
        .await;
    assert_eq!(page.statut, 409, "{}", page.texte());
}
