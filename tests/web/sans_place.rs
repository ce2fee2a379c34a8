//! REG-15, REG-16, REG-19: the departures that open no place, and those that are none or are cancelled.

use diesel::prelude::*;
use regles::demande::{EtatDemande, NatureDemande};
use regles::depart::EtatDepart;
use regles::designation::EtatDesignation;
use regles::droits::Role;
use regles::grand_livre::EtatPlace;
use releve::actions::depart::{Corrections, confirmer, retirer};
use releve::actions::grand_livre::seuils;
use releve::actions::{ActionError, ActionResult};
use releve::db::schema::{depart as t_depart, designation as t_designation};
use releve::db::verification::CONTROLES;
use releve::db::{CpamScope, DbResult, depart, grand_livre, place};

use super::praticien::*;
use crate::util::builders::{UneDemande, jour};
use crate::util::{Caisse, TestApp};

fn par_derogation(app: &TestApp, id: i64) -> Option<bool> {
    app.state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(t_depart::table
                .find(id)
                .select(t_depart::par_derogation)
                .first(conn)?)
        })
        .expect("a departure")
}

fn etat_du_depart(caisse: &Caisse, id: i64) -> EtatDepart {
    caisse
        .lire(|conn| depart::lire(conn, &CpamScope::National, id))
        .etat
}

/// The ledger of Martigues balances, with so many eligible departures; every check of the database holds.
fn juste(caisse: &Caisse, eligibles: i64) {
    let jour = caisse.app.state.clock.now().date();
    let seuils = seuils(&caisse.app.state.reglement(), jour).expect("floors");
    let zones = caisse.lire(|conn| grand_livre::zones(conn, "131", &seuils));
    let zone = zones.iter().find(|z| z.code == "BV13056");
    let bilan = zone.map(|z| z.bilan).unwrap_or_default();
    assert!(bilan.equilibre(), "{bilan:?}");
    assert_eq!(bilan.departs_eligibles, eligibles, "{bilan:?}");
    let lus = caisse.lire(|conn| grand_livre::departs(conn, "131", "BV13056"));
    let comptes = lus.iter().filter(|d| seuils.eligible(d)).count();
    assert_eq!(i64::try_from(comptes).expect("few"), eligibles);
    for controle in CONTROLES
        .iter()
        .filter(|c| ["REG-2", "REG-14", "REG-19"].contains(&c.regle))
    {
        let objets = caisse.lire(|conn| controle.objets(conn));
        assert!(objets.is_empty(), "{}: {objets:?}", controle.phrase);
    }
}

#[actix_web::test]
async fn reg_15_le_depart_d_un_derogataire_n_ouvre_pas_de_place_et_le_dit_des_deux_cotes() {
    let caisse = Caisse::start();
    let compte = caisse.app.compte(Role::Kine, None);
    let client = caisse.app.connecte(&compte).await;
    let avant = declarer(&client, &[("par_derogation", "oui"), ("_etape", "")]).await;
    let phrase =
        "Ce départ n’ouvre pas de place : il met fin à un exercice conventionné par dérogation";
    assert_eq!(avant.statut, 200, "{}", avant.texte());
    assert!(avant.texte().contains(phrase), "{}", avant.texte());
    assert!(
        avant
            .texte()
            .contains("Vous pouvez envoyer votre déclaration"),
        "{}",
        avant.texte()
    );
    let id = numero(&declarer(&client, &[("par_derogation", "oui")]).await);
    let mien = client.get(&format!("/mes-departs/{id}")).await.texte();
    assert!(mien.contains(phrase), "{mien}");
    let agent = caisse.instructeur().await;
    let chemin = format!("/departs/{id}");
    assert!(agent.get(&chemin).await.texte().contains(phrase));
    let page = agent
        .post(
            &chemin,
            &format!("{chemin}/confirmer"),
            &[
                ("par_derogation", "oui"),
                ("sans", "Les actes remboursés suffisent."),
            ],
        )
        .await;
    assert!(
        page.texte().contains("la place ne peut pas être transmise"),
        "{}",
        page.texte()
    );
    assert_eq!(caisse.place(id).etat, EtatPlace::NonTransmissible);
    for (qui, adresse) in [(&agent, chemin), (&client, format!("/mes-departs/{id}"))] {
        let texte = qui.get(&adresse).await.texte();
        assert!(texte.contains(phrase), "{texte}");
        assert!(
            !texte.contains("La commission paritaire a estimé"),
            "{texte}"
        );
    }
    juste(&caisse, 0);
}

#[actix_web::test]
async fn reg_15_ce_que_la_caisse_a_accorde_se_sait_et_l_agent_peut_repondre() {
    let caisse = Caisse::start();
    let compte = caisse.app.compte(Role::Kine, None);
    let client = caisse.app.connecte(&compte).await;
    let kine_id = compte.kine_id.expect("a practitioner");
    caisse.decor.demande(&UneDemande {
        kine_id,
        nature: NatureDemande::Derogation,
        etat: EtatDemande::Installee,
        ..UneDemande::default()
    });
    let id = numero(&declarer(&client, &[]).await);
    assert_eq!(par_derogation(&caisse.app, id), Some(true));
    // Somebody else, about whom nobody knows: the agent says no, and the place opens.
    let autre = caisse.decor.kine("helene.martin@example.fr", "10000000001");
    let inconnu = caisse
        .decor
        .depart(autre.id, "13056", jour(2025, 12, 31), Some(1430));
    assert_eq!(par_derogation(&caisse.app, inconnu), None);
    let agent = caisse.instructeur().await;
    let chemin = format!("/departs/{inconnu}");
    agent
        .post(
            &chemin,
            &format!("{chemin}/confirmer"),
            &[("par_derogation", "non")],
        )
        .await;
    assert_eq!(par_derogation(&caisse.app, inconnu), Some(false));
    assert_eq!(caisse.place(inconnu).etat, EtatPlace::Ouverte);
    // Corrected afterwards: the place is said again.
    let page = agent
        .post(
            &format!("{chemin}/corriger"),
            &format!("{chemin}/corriger"),
            &[
                ("prenom", "Helene"),
                ("nom", "Martin"),
                ("adresse", "12 quai des Anglais"),
                ("date_cessation", "31/12/2025"),
                ("actes_12_mois", "1430"),
                ("par_derogation", "oui"),
                (
                    "motif_correction",
                    "Conventionnement par dérogation retrouvé.",
                ),
            ],
        )
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert_eq!(caisse.place(inconnu).etat, EtatPlace::NonTransmissible);
    juste(&caisse, 0);
}

#[actix_web::test]
async fn reg_16_une_cessation_anterieure_au_zonage_n_ouvre_pas_de_place() {
    let caisse = Caisse::start();
    caisse.decor.arrete(
        jour(2023, 9, 1),
        Some(jour(2025, 6, 5)),
        &[("BV13056", "intermediaire")],
    );
    let compte = caisse.app.compte(Role::Kine, None);
    let client = caisse.app.connecte(&compte).await;
    let changes = [("date_cessation", "31/03/2025"), ("_etape", "")];
    let avant = declarer(&client, &changes).await.texte();
    let phrase = "l’activité a cessé avant que la zone ne soit régulée";
    assert!(avant.contains(phrase), "{avant}");
    let id = numero(&declarer(&client, &[("date_cessation", "31/03/2025")]).await);
    let acte = caisse.acte(&caisse.instructeur);
    let scope = CpamScope::Caisse("131".into());
    let corrections = Corrections {
        sans: "Les actes remboursés suffisent.".to_owned(),
        ..Corrections::default()
    };
    let etat = caisse
        .agir(|tx| confirmer(tx, &acte, &scope, id, 1, &corrections))
        .expect("confirmed");
    assert_eq!(etat, Some(EtatPlace::NonTransmissible));
    assert!(
        client
            .get(&format!("/mes-departs/{id}"))
            .await
            .texte()
            .contains(phrase)
    );
    juste(&caisse, 0);
    // The day after the zone became regulated, the place opens.
    let autre = caisse.decor.kine("helene.martin@example.fr", "10000000001");
    let ensuite = caisse
        .decor
        .depart(autre.id, "13056", jour(2025, 6, 6), Some(1430));
    let etat = caisse
        .agir(|tx| confirmer(tx, &acte, &scope, ensuite, 1, &corrections))
        .expect("confirmed");
    assert_eq!(etat, Some(EtatPlace::Ouverte));
    juste(&caisse, 1);
}

#[actix_web::test]
async fn reg_19_un_arret_temporaire_n_est_pas_un_depart_et_on_dit_que_faire() {
    let (app, _, client) = application().await;
    let cas = [
        (
            "arret_temporaire",
            "Un arrêt temporaire n’est pas une cessation",
        ),
        (
            "dans_la_zone",
            "Un déménagement dans la zone n’est pas un départ",
        ),
        ("activite_secondaire", "se déclare à l’Ordre"),
    ];
    for (mouvement, attendu) in cas {
        let page = declarer(&client, &[("mouvement", mouvement)]).await;
        assert_eq!(page.statut, 422, "{mouvement}");
        assert!(page.texte().contains(attendu), "{}", page.texte());
    }
    let departs: i64 = app
        .state
        .db
        .read(|conn| -> DbResult<_> { Ok(t_depart::table.count().get_result(conn)?) })
        .expect("a count");
    assert_eq!(departs, 0);
    let page = declarer(&client, &[("mouvement", "sortie_de_zone")]).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
}

#[actix_web::test]
async fn reg_19_un_depart_confirme_s_annule_avec_ce_qui_en_dependait() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let chemin = format!("/dossiers/{}", s.numero);
    let agent = caisse.instructeur().await;
    agent
        .agir(&format!("{chemin}/proposer"), &[("sens", "accord")])
        .await;
    juste(&caisse, 1);
    let cedant = caisse.lire(|conn| depart::complete(conn, &CpamScope::National, s.depart_id));
    let acte = caisse.acte(&caisse.app.compte(Role::Kine, None));
    let annuler = |version| -> ActionResult<()> {
        caisse.agir(|tx| retirer(tx, &acte, cedant.kine.id, s.depart_id, version))
    };
    assert!(matches!(
        annuler(cedant.depart.version - 1),
        Err(ActionError::Perime)
    ));
    annuler(cedant.depart.version).expect("cancelled");
    // The same form sent twice.
    annuler(cedant.depart.version).expect("cancelled already");
    assert_eq!(etat_du_depart(&caisse, s.depart_id), EtatDepart::Retiree);
    assert_eq!(caisse.place(s.place_id).etat, EtatPlace::Annulee);
    let etats: Vec<EtatDesignation> = caisse.lire(|conn| {
        Ok(t_designation::table
            .select(t_designation::etat)
            .load(conn)?)
    });
    assert_eq!(etats, [EtatDesignation::Annulee]);
    assert!(
        caisse
            .echeances(s.place_id)
            .iter()
            .all(|e| e.etat != regles::echeance::EtatEcheance::EnCours)
    );
    let modeles: Vec<String> = caisse.app.deposes().into_iter().map(|c| c.modele).collect();
    for attendu in [
        "designation_annulee",
        "depart_annule",
        "depart_annule_equipe",
    ] {
        let nombre = modeles.iter().filter(|m| *m == attendu).count();
        assert!(nombre >= 1, "{attendu}: {modeles:?}");
    }
    juste(&caisse, 0);
    // What was proposed on it can no longer be signed.
    let signataire = caisse.signataire().await;
    let page = signataire.agir(&format!("{chemin}/decider"), &[]).await;
    assert_eq!(page.statut, 409, "{}", page.texte());
    assert!(page.texte().contains("Annulée"), "{}", page.texte());
    let livre = caisse
        .instructeur()
        .await
        .get("/grand-livre/BV13056")
        .await
        .texte();
    assert!(livre.contains("Départ annulé"), "{livre}");
    let place = caisse.lire(|conn| place::par_id(conn, s.place_id));
    assert!(!place.etat.attend());
}

#[actix_web::test]
async fn reg_19_un_depart_sur_lequel_repose_une_decision_ne_s_annule_plus() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    caisse.accorder(&format!("/dossiers/{}", s.numero)).await;
    let cedant = caisse.lire(|conn| depart::complete(conn, &CpamScope::National, s.depart_id));
    let acte = caisse.acte(&caisse.app.compte(Role::Kine, None));
    let refus = caisse
        .agir(|tx| {
            retirer(
                tx,
                &acte,
                cedant.kine.id,
                s.depart_id,
                cedant.depart.version,
            )
        })
        .expect_err("a decision rests on it");
    assert!(refus.to_string().contains("Une décision repose"), "{refus}");
    assert_eq!(etat_du_depart(&caisse, s.depart_id), EtatDepart::Confirmee);
    assert_eq!(caisse.place(s.place_id).etat, EtatPlace::Reservee);
}

#[actix_web::test]
async fn reg_19_la_page_du_depart_propose_l_annulation_puis_dit_qu_elle_est_faite() {
    let (app, compte, client) = application().await;
    let (id, _) = depart(&app, &compte, EtatPlace::Ouverte);
    let chemin = format!("/mes-departs/{id}");
    assert!(
        client
            .get(&chemin)
            .await
            .texte()
            .contains("Annuler ce départ")
    );
    let url = format!("{chemin}/retirer");
    let question = client.get(&url).await.texte();
    assert!(
        question.contains("Vous gardez votre conventionnement"),
        "{question}"
    );
    let page = client.post(&url, &url, &[]).await;
    assert!(
        page.texte().contains("vous gardez votre conventionnement"),
        "{}",
        page.texte()
    );
    assert!(
        !page.texte().contains("Annuler ce départ"),
        "{}",
        page.texte()
    );
    // The zone is free again: the departure may be declared once more.
    let page = declarer(&client, &[]).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
}
