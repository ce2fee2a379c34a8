//! After the decision: notifying (PRO-8), installing (REG-9), replaying the evaluation (EXP-2).

use regles::conventionnement;
use regles::decision::EtatDecision;
use regles::demande::EtatDemande;
use regles::echeance::{EtatEcheance, NatureEcheance};
use regles::grand_livre::EtatPlace;
use releve::actions::evaluation::FaitsEvaluation;
use releve::db::decision;

use crate::util::builders::jour;
use crate::util::{Caisse, remise};

#[actix_web::test]
async fn une_succession_va_du_dossier_complet_a_l_installation() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let chemin = format!("/dossiers/{}", s.numero);
    let agent = caisse.instructeur().await;
    let vu = agent.get(&chemin).await.texte();
    assert!(vu.contains("Accordable par succession"), "{vu}");
    agent
        .agir(&format!("{chemin}/proposer"), &[("sens", "accord")])
        .await;
    assert_eq!(caisse.demande(&s.numero).etat, EtatDemande::Proposee);

    let signataire = caisse.signataire().await;
    let avant = signataire.get(&format!("{chemin}/decider")).await.texte();
    assert!(avant.contains("Directrice"), "{avant}");
    let page = signataire.agir(&format!("{chemin}/decider"), &[]).await;
    assert!(
        page.texte().contains("Le conventionnement est accordé"),
        "{}",
        page.texte()
    );
    assert_eq!(caisse.demande(&s.numero).etat, EtatDemande::Accordee);
    assert_eq!(caisse.place(s.place_id).etat, EtatPlace::Reservee);
    let prise = caisse
        .lire(|conn| decision::active(conn, s.demande_id))
        .expect("a decision");
    assert_eq!(prise.etat, EtatDecision::Decidee);
    assert_eq!(
        prise.signataire.as_deref(),
        Some(caisse.signataire.nom.as_str())
    );
    assert_eq!(prise.signataire_qualite.as_deref(), Some("Directrice"));

    // EXP-2: the same facts under the same parameters give the same result.
    let faits: FaitsEvaluation = serde_json::from_str(&prise.faits).expect("facts");
    let rejouee = conventionnement::evaluer(
        &caisse.app.state.reglement(),
        Some(faits.date),
        &faits.conventionnement,
    )
    .expect("an answer");
    assert_eq!(rejouee.resultat.as_str(), prise.resultat);
    assert_eq!(prise.parametres, caisse.app.state.reglement().version());

    caisse.signer_la_lettre(&s.numero);
    // PRO-8: not before the decision, not in the future.
    let notifier = format!("{chemin}/notifier");
    for (date, phrase) in [
        ("14/01/2026", "ne peut pas précéder le 15 janvier 2026"),
        ("16/01/2026", "dans le futur"),
        ("31/02/2026", "31/02/2026"),
    ] {
        let page = agent.agir(&notifier, &remise(date)).await;
        assert_eq!(page.statut, 422, "{date}");
        assert!(
            page.texte().contains(phrase) || page.html.contains(date),
            "{}",
            page.texte()
        );
    }
    agent.agir(&notifier, &remise("15/01/2026")).await;
    let demande = caisse.demande(&s.numero);
    assert_eq!(demande.notifiee_le, Some(jour(2026, 1, 15)));
    // REG-9: six months from 15 January 2026.
    assert_eq!(
        (demande.prochaine_echeance, demande.echeance_nature.as_str()),
        (jour(2026, 7, 15), "installation")
    );
    let encore = agent.agir(&notifier, &remise("15/01/2026")).await;
    assert_eq!(encore.statut, 409);
    assert!(encore.texte().contains("déjà notifiée"));

    caisse.au(jour(2026, 5, 4));
    let agent = caisse.instructeur().await;
    let installer = format!("{chemin}/installer");
    for date in ["14/01/2026", "05/05/2026"] {
        assert_eq!(
            agent.agir(&installer, &[("date", date)]).await.statut,
            422,
            "{date}"
        );
    }
    let page = agent.agir(&installer, &[("date", "4 mai 2026")]).await;
    assert!(
        page.texte().contains("a commencé le 4 mai 2026"),
        "{}",
        page.texte()
    );
    assert_eq!(caisse.place(s.place_id).etat, EtatPlace::Pourvue);
    assert!(
        caisse
            .echeances(s.demande_id)
            .iter()
            .all(|e| e.etat != EtatEcheance::EnCours)
    );
    assert_eq!(
        caisse.courriels_de("karim.benali1@example.fr"),
        ["avis_depot", "decision_notifiee", "installation"]
    );
    assert_eq!(
        caisse.courriels_de("helene.martin1@example.fr"),
        ["depart_confirmee", "place_reservee", "place_pourvue"]
    );
    let texte = agent.get(&chemin).await.texte();
    for acte in [
        "a proposé un accord",
        "a accordé le conventionnement",
        "a enregistré l’installation",
    ] {
        assert!(texte.contains(acte), "{acte} missing from the timeline");
    }
}

#[actix_web::test]
async fn reg_9_hors_delai_l_installation_est_refusee_et_la_place_se_rouvre() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let chemin = format!("/dossiers/{}", s.numero);
    let agent = caisse.accorder(&chemin).await;
    let sans_notification = agent
        .agir(&format!("{chemin}/installer"), &[("date", "15/01/2026")])
        .await;
    assert_eq!(sans_notification.statut, 409);
    caisse.signer_la_lettre(&s.numero);
    agent
        .agir(&format!("{chemin}/notifier"), &remise("15/01/2026"))
        .await;
    caisse.au(jour(2026, 7, 20));
    let agent = caisse.instructeur().await;
    let installer = format!("{chemin}/installer");
    let tard = agent.agir(&installer, &[("date", "16/07/2026")]).await;
    assert_eq!(tard.statut, 422);
    assert!(
        tard.texte().contains("l’accord est sans effet (caduc)"),
        "{}",
        tard.texte()
    );

    let acte = caisse.acte(&caisse.instructeur);
    let lapse = caisse
        .agir(|tx| releve::actions::installation::constater_caducite(tx, &acte, s.demande_id))
        .expect("the lapse is recorded");
    assert!(lapse);
    assert_eq!(caisse.demande(&s.numero).etat, EtatDemande::Caduque);
    assert_eq!(caisse.place(s.place_id).etat, EtatPlace::Ouverte);
    let designation: Vec<_> = caisse
        .echeances(s.place_id)
        .into_iter()
        .filter(|e| {
            e.nature == NatureEcheance::DesignationSuccesseur && e.etat == EtatEcheance::EnCours
        })
        .map(|e| e.finale)
        .collect();
    assert_eq!(designation, [jour(2027, 12, 31)]);
}

#[actix_web::test]
async fn reg_9_une_installation_a_temps_s_enregistre_apres_le_terme() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let chemin = format!("/dossiers/{}", s.numero);
    let agent = caisse.accorder(&chemin).await;
    caisse.signer_la_lettre(&s.numero);
    agent
        .agir(&format!("{chemin}/notifier"), &remise("15/01/2026"))
        .await;
    caisse.au(jour(2026, 7, 20));
    let agent = caisse.instructeur().await;
    let page = agent
        .agir(&format!("{chemin}/installer"), &[("date", "15/07/2026")])
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert_eq!(caisse.place(s.place_id).etat, EtatPlace::Pourvue);
}
