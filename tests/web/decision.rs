//! REG-1, REG-2, REG-9, PRO-5 to PRO-8, EXP-2: proposing, deciding, notifying, installing.

use releve::actions::evaluation::FaitsEvaluation;
use releve::db::decision::{self, EtatDecision};
use releve::db::echeance::{EtatEcheance, NatureEcheance, Porteur};
use releve::domain::conventionnement;
use releve::domain::demande::{EtatDemande, NatureDemande};
use releve::domain::droits::Role;
use releve::domain::grand_livre::EtatPlace;

use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};

const MOTIFS: &str =
    "La place n’est pas désignée au nom du demandeur (REG-1) : la désignation vise un autre RPPS.";

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

    // PRO-8: not before the decision, not in the future.
    let notifier = format!("{chemin}/notifier");
    for (date, phrase) in [
        ("14/01/2026", "ne peut pas précéder la décision"),
        ("16/01/2026", "dans le futur"),
        ("31/02/2026", "31/02/2026"),
    ] {
        let page = agent.agir(&notifier, &[("date", date)]).await;
        assert_eq!(page.statut, 422, "{date}");
        assert!(
            page.texte().contains(phrase) || page.html.contains(date),
            "{}",
            page.texte()
        );
    }
    agent.agir(&notifier, &[("date", "15/01/2026")]).await;
    let demande = caisse.demande(&s.numero);
    assert_eq!(demande.notifiee_le, Some(jour(2026, 1, 15)));
    // REG-9: six months from 15 January 2026.
    assert_eq!(
        (demande.prochaine_echeance, demande.echeance_nature.as_str()),
        (jour(2026, 7, 15), "installation")
    );
    let encore = agent.agir(&notifier, &[("date", "15/01/2026")]).await;
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
        page.texte().contains("est installé depuis le 4 mai 2026"),
        "{}",
        page.texte()
    );
    assert_eq!(caisse.place(s.place_id).etat, EtatPlace::Pourvue);
    assert!(
        caisse
            .echeances(Porteur::Demande(s.demande_id))
            .iter()
            .all(|e| e.etat != EtatEcheance::EnCours)
    );
    assert_eq!(
        caisse.courriels_de("karim.benali1@example.fr"),
        ["demande_accordee", "decision_notifiee", "installation"]
    );
    assert_eq!(
        caisse.courriels_de("helene.martin1@example.fr"),
        ["cessation_confirmee", "place_reservee", "place_pourvue"]
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
async fn pro_5_qui_instruit_ne_signe_pas() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let chemin = format!("/dossiers/{}", s.numero);
    // The route refuses an instructor; the act refuses a signatory who instructed.
    let agent = caisse.instructeur().await;
    agent
        .agir(&format!("{chemin}/proposer"), &[("sens", "accord")])
        .await;
    let page = agent.post(&chemin, &format!("{chemin}/decider"), &[]).await;
    assert_eq!(page.statut, 403);
    let acte = caisse.acte(&caisse.instructeur);
    let version = caisse.demande(&s.numero).version;
    let scope = releve::db::CpamScope::Organisme("131".into());
    let refus = caisse
        .agir(|tx| {
            releve::actions::decision::decider(tx, &acte, &scope, &s.numero, version, "Directeur")
        })
        .unwrap_err();
    assert!(refus.to_string().contains("PRO-5"), "{refus}");
    let acte = caisse.acte(&caisse.signataire);
    let sans_qualite = caisse
        .agir(|tx| releve::actions::decision::decider(tx, &acte, &scope, &s.numero, version, ""))
        .unwrap_err();
    assert!(
        sans_qualite.to_string().contains("qualité"),
        "{sans_qualite}"
    );
    assert_eq!(caisse.place(s.place_id).etat, EtatPlace::Ouverte);
}

#[actix_web::test]
async fn un_accord_que_les_regles_refusent_ne_se_propose_pas() {
    let caisse = Caisse::start();
    let (_, place) = caisse.depart_confirme(1);
    let autre = caisse.successeur(2);
    caisse.decor.demande(&UneDemande {
        kine_id: autre.id,
        nature: NatureDemande::Succession,
        place_id: Some(place.id),
        etat: EtatDemande::Complete,
        ..UneDemande::default()
    });
    let agent = caisse.instructeur().await;
    let proposer = "/dossiers/131-2026-000001/proposer";
    let page = agent
        .agir(
            proposer,
            &[("sens", "accord"), ("motifs", "À accorder malgré tout")],
        )
        .await;
    assert_eq!(page.statut, 422);
    assert!(
        page.texte().contains("les conditions ne sont pas remplies")
            && page.texte().contains("REG-1"),
        "{}",
        page.texte()
    );
    assert!(
        page.html.contains("À accorder malgré tout"),
        "what was typed is kept"
    );
    assert_eq!(agent.agir(proposer, &[]).await.statut, 422);
}

#[actix_web::test]
async fn pro_5_pro_6_un_refus_porte_ses_motifs_et_les_voies_de_recours() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let chemin = format!("/dossiers/{}", s.numero);
    let agent = caisse.instructeur().await;
    let proposer = format!("{chemin}/proposer");
    for motifs in ["", "Sans objet"] {
        let page = agent
            .agir(&proposer, &[("sens", "refus"), ("motifs", motifs)])
            .await;
        assert_eq!(page.statut, 422, "{motifs}");
        assert!(page.texte().contains("L211-5"));
    }
    agent
        .agir(&proposer, &[("sens", "refus"), ("motifs", MOTIFS)])
        .await;
    let signataire = caisse.signataire().await;
    let page = signataire.agir(&format!("{chemin}/decider"), &[]).await;
    assert!(page.texte().contains("refusé"), "{}", page.texte());
    assert_eq!(
        caisse.place(s.place_id).etat,
        EtatPlace::Ouverte,
        "a refusal takes no place"
    );
    agent
        .agir(&format!("{chemin}/notifier"), &[("date", "15/01/2026")])
        .await;
    let demande = caisse.demande(&s.numero);
    // Two months from 15 January 2026: Sunday 15 March, so Monday 16.
    assert_eq!(
        (demande.prochaine_echeance, demande.echeance_nature.as_str()),
        (jour(2026, 3, 16), "recours")
    );
    let courriels: Vec<_> = caisse
        .app
        .deposes()
        .into_iter()
        .filter(|c| c.destinataire == "karim.benali1@example.fr")
        .collect();
    assert_eq!(courriels.len(), 2);
    for courriel in courriels {
        let texte = courriel
            .texte
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(texte.contains("autre RPPS"), "the reasons: {texte}");
        assert!(
            texte.contains("R421-1") && texte.contains("recours gracieux"),
            "the appeal routes: {texte}"
        );
    }
}

#[actix_web::test]
async fn der_3_une_derogation_attend_l_avis_et_s_en_ecarter_se_motive() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    caisse.decor.demande(&UneDemande {
        kine_id: kine.id,
        nature: NatureDemande::Derogation,
        etat: EtatDemande::Complete,
        ..UneDemande::default()
    });
    let agent = caisse.instructeur().await;
    let chemin = "/dossiers/131-2026-000001";
    let proposer = format!("{chemin}/proposer");
    let sans_avis = agent.agir(&proposer, &[("sens", "accord")]).await;
    assert_eq!(sans_avis.statut, 422);
    assert!(
        sans_avis.texte().contains("il manque"),
        "{}",
        sans_avis.texte()
    );
    assert_eq!(agent.agir(&format!("{chemin}/avis"), &[]).await.statut, 422);
    agent
        .agir(&format!("{chemin}/avis"), &[("avis", "defavorable")])
        .await;
    let sans_ecart = agent.agir(&proposer, &[("sens", "accord")]).await;
    assert_eq!(sans_ecart.statut, 422);
    assert!(
        sans_ecart.texte().contains("s’écarte de l’avis"),
        "{}",
        sans_ecart.texte()
    );
    agent
        .agir(
            &proposer,
            &[
                ("sens", "accord"),
                (
                    "ecart",
                    "L’état de santé du conjoint impose ce rapprochement.",
                ),
            ],
        )
        .await;
    assert_eq!(
        caisse.demande("131-2026-000001").etat,
        EtatDemande::Proposee
    );
    caisse
        .signataire()
        .await
        .agir(&format!("{chemin}/decider"), &[])
        .await;
    assert_eq!(
        caisse.demande("131-2026-000001").etat,
        EtatDemande::Accordee
    );
    let livre = agent.get("/grand-livre/BV13056").await.texte();
    assert!(
        livre.contains("1 arrivée par dérogation, hors du compte des places"),
        "{livre}"
    );
}

#[actix_web::test]
async fn le_signataire_renvoie_avec_un_motif() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let chemin = format!("/dossiers/{}", s.numero);
    let agent = caisse.instructeur().await;
    agent
        .agir(&format!("{chemin}/proposer"), &[("sens", "accord")])
        .await;
    let signataire = caisse.signataire().await;
    assert_eq!(
        signataire
            .agir(&format!("{chemin}/renvoyer"), &[])
            .await
            .statut,
        422
    );
    signataire
        .agir(
            &format!("{chemin}/renvoyer"),
            &[("motif", "Le bail n’est pas joint.")],
        )
        .await;
    assert_eq!(caisse.demande(&s.numero).etat, EtatDemande::Complete);
    assert!(
        agent
            .get(&chemin)
            .await
            .texte()
            .contains("Le bail n’est pas joint.")
    );
    // The file may be proposed again: the former proposal is kept beside.
    agent
        .agir(&format!("{chemin}/proposer"), &[("sens", "accord")])
        .await;
    let toutes = caisse.lire(|conn| decision::de_demande(conn, s.demande_id));
    assert_eq!(
        toutes.iter().map(|d| d.etat).collect::<Vec<_>>(),
        [EtatDecision::Renvoyee, EtatDecision::Proposee]
    );
}

#[actix_web::test]
async fn un_double_clic_decide_une_fois() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let chemin = format!("/dossiers/{}", s.numero);
    caisse
        .instructeur()
        .await
        .agir(&format!("{chemin}/proposer"), &[("sens", "accord")])
        .await;
    let signataire = caisse.signataire().await;
    let decider = format!("{chemin}/decider");
    let formulaire = signataire.caches(&decider).await;
    let (un, deux) = futures_util::future::join(
        signataire.post_brut(&decider, &formulaire),
        signataire.post_brut(&decider, &formulaire),
    )
    .await;
    assert_eq!((un.statut, deux.statut), (200, 200));
    let accords = caisse
        .app
        .deposes()
        .iter()
        .filter(|c| c.modele == "demande_accordee")
        .count();
    assert_eq!(accords, 1);
    // Another signatory with the same stale form is told.
    let autre = caisse.app.compte(Role::Signataire, Some("131"));
    let autre = caisse.app.connecte(&autre).await;
    let mut perime = autre.caches(&chemin).await;
    perime.retain(|(n, _)| n != "version");
    perime.push(("version".into(), "2".into()));
    assert_eq!(autre.post_brut(&decider, &perime).await.statut, 409);
}

#[actix_web::test]
async fn zon_10_une_zone_qui_change_apres_la_proposition_arrete_la_signature() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    caisse.decor.demande(&UneDemande {
        kine_id: kine.id,
        insee: "13001",
        bassin: "BV13001",
        categorie: "intermediaire",
        etat: EtatDemande::Complete,
        ..UneDemande::default()
    });
    let chemin = "/dossiers/131-2026-000001";
    let agent = caisse.instructeur().await;
    agent
        .agir(&format!("{chemin}/proposer"), &[("sens", "accord")])
        .await;
    caisse.decor.clore_arretes(jour(2026, 2, 1));
    caisse
        .decor
        .arrete(jour(2026, 2, 1), None, &[("BV13001", "non_prioritaire")]);
    caisse.au(jour(2026, 2, 2));
    let signataire = caisse.signataire().await;
    let page = signataire.agir(&format!("{chemin}/decider"), &[]).await;
    assert_eq!(page.statut, 409);
    assert!(
        page.texte().contains("les faits ou les règles ont changé"),
        "{}",
        page.texte()
    );
    assert_eq!(
        caisse.demande("131-2026-000001").etat,
        EtatDemande::Proposee
    );
}

#[actix_web::test]
async fn reg_9_hors_delai_l_installation_est_refusee_et_la_place_se_rouvre() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let chemin = format!("/dossiers/{}", s.numero);
    let agent = caisse.instructeur().await;
    agent
        .agir(&format!("{chemin}/proposer"), &[("sens", "accord")])
        .await;
    caisse
        .signataire()
        .await
        .agir(&format!("{chemin}/decider"), &[])
        .await;
    let sans_notification = agent
        .agir(&format!("{chemin}/installer"), &[("date", "15/01/2026")])
        .await;
    assert_eq!(sans_notification.statut, 409);
    agent
        .agir(&format!("{chemin}/notifier"), &[("date", "15/01/2026")])
        .await;
    caisse.au(jour(2026, 7, 20));
    let agent = caisse.instructeur().await;
    let installer = format!("{chemin}/installer");
    let tard = agent.agir(&installer, &[("date", "16/07/2026")]).await;
    assert_eq!(tard.statut, 422);
    assert!(
        tard.texte().contains("l’accord est caduc (REG-9)"),
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
        .echeances(Porteur::Place(s.place_id))
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
    let agent = caisse.instructeur().await;
    agent
        .agir(&format!("{chemin}/proposer"), &[("sens", "accord")])
        .await;
    caisse
        .signataire()
        .await
        .agir(&format!("{chemin}/decider"), &[])
        .await;
    agent
        .agir(&format!("{chemin}/notifier"), &[("date", "15/01/2026")])
        .await;
    caisse.au(jour(2026, 7, 20));
    let agent = caisse.instructeur().await;
    let page = agent
        .agir(&format!("{chemin}/installer"), &[("date", "15/07/2026")])
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert_eq!(caisse.place(s.place_id).etat, EtatPlace::Pourvue);
}
