//! PRO-8: the applicant opens the decision in the portal, and the delays run from that day.

use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;
use regles::echeance::{EtatEcheance, NatureEcheance};
use releve::actions::{Acte, Acteur};
use releve::db::DbError;

use crate::util::builders::{UneDemande, jour};
use crate::util::compte::CompteTest;
use crate::util::{Caisse, remise};

const MOTIFS: &str = "La convention nationale réserve ce conventionnement à la personne que désigne qui cesse son activité. Le lieu d’exercice demandé est déjà celui d’un autre conventionnement.";

/// A request of a practitioner who can log in, decided by the CPAM.
async fn decidee(caisse: &Caisse, sens: &str) -> (CompteTest, i64, String) {
    let compte = caisse.app.compte(Role::Kine, None);
    decidee_de(caisse, compte, sens).await
}

/// The same, of this person.
async fn decidee_de(caisse: &Caisse, compte: CompteTest, sens: &str) -> (CompteTest, i64, String) {
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

/// The same for somebody who is not notified in the portal.
async fn decidee_par_lettre(caisse: &Caisse) -> (CompteTest, i64, String) {
    use diesel::prelude::*;
    use releve::db::schema::consentement;
    let compte = caisse.app.compte(Role::Kine, None);
    caisse
        .app
        .state
        .db
        .write(|tx| {
            let kine = compte.kine_id.expect("a practitioner");
            let siens = consentement::table.filter(consentement::kine_id.eq(kine));
            diesel::delete(siens).execute(&mut **tx)?;
            Ok::<_, DbError>(())
        })
        .expect("no consent");
    decidee_de(caisse, compte, "accord").await
}

#[actix_web::test]
async fn pro_8_ouvrir_la_decision_la_notifie_une_fois() {
    let caisse = Caisse::start();
    let (compte, id, numero) = decidee(&caisse, "accord").await;
    let kine = caisse.app.connecte(&compte).await;
    let chemin = format!("/demandes/{numero}");
    let avant = kine.get(&chemin).await.texte();
    assert!(avant.contains("Un document vous attend"), "{avant}");
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
        apres.contains("décision notifiée le 20 janvier 2026 dans l’espace personnel"),
        "{apres}"
    );
    assert!(apres.contains("Déclarer votre installation"), "{apres}");
    // The CPAM has nothing left to record.
    let agent = caisse.instructeur().await;
    let page = agent
        .agir(
            &format!("/dossiers/{numero}/notifier"),
            &remise("27/01/2026"),
        )
        .await;
    assert!(
        page.texte().contains("déjà notifiée, le 20 janvier 2026"),
        "{}",
        page.texte()
    );
}

#[actix_web::test]
async fn pro_8_un_refus_signe_reste_dans_la_file_jusqu_a_sa_notification() {
    let caisse = Caisse::start();
    let (_, _, numero) = decidee(&caisse, "refus").await;
    caisse.au(jour(2026, 1, 18));
    let agent = caisse.instructeur().await;
    for liste in ["/dossiers", "/dossiers?nature=demande&etat=refusee"] {
        let file = agent.get(liste).await.texte();
        assert!(file.contains(&numero), "{liste}: {file}");
        assert!(
            file.contains("Refus déposé dans l’espace, ouverture attendue"),
            "{liste}: {file}"
        );
    }
    let page = agent.get(&format!("/dossiers/{numero}")).await.texte();
    assert!(
        page.contains("Refus décidé le 15 janvier 2026, déposé dans l’espace"),
        "{page}"
    );
    caisse.signer_la_lettre(&numero);
    agent
        .agir(
            &format!("/dossiers/{numero}/notifier"),
            &remise("16/01/2026"),
        )
        .await;
    let file = agent.get("/dossiers").await.texte();
    assert!(!file.contains(&numero), "{file}");
}

#[actix_web::test]
async fn pro_8_une_lettre_a_envoyer_puis_envoyee_se_dit_partout() {
    let caisse = Caisse::start();
    let (compte, _, numero) = decidee_par_lettre(&caisse).await;
    let agent = caisse.instructeur().await;
    let kine = caisse.app.connecte(&compte).await;
    let dossier = format!("/dossiers/{numero}");
    let lues = async |a_la_caisse: [&'static str; 2], a_la_personne: &'static str| {
        let (file, fiche) = (agent.get("/dossiers").await, agent.get(&dossier).await);
        for (page, attendu) in [(file, a_la_caisse[0]), (fiche, a_la_caisse[1])] {
            assert!(
                page.texte().contains(attendu),
                "{attendu}: {}",
                page.texte()
            );
        }
        for chemin in ["/espace", &format!("/demandes/{numero}")] {
            let page = kine.get(chemin).await.texte();
            assert!(page.contains(a_la_personne), "{chemin}: {page}");
        }
    };
    lues(
        ["Accord à notifier", "il reste à le notifier"],
        "elle vous l’enverra par lettre recommandée",
    )
    .await;
    // What is to be sent is work: the next file is this one.
    let prochain = agent.post("/dossiers", "/dossiers/prochain", &[]).await;
    assert_eq!(prochain.chemin, dossier);
    caisse.au(jour(2026, 1, 20));
    let agent = caisse.instructeur().await;
    caisse.signer_la_lettre(&numero);
    let suivi = [("moyen", "recommande"), ("envoyee", "19/01/2026")];
    let page = agent.agir(&format!("{dossier}/notifier"), &suivi).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let kine = caisse.app.connecte(&compte).await;
    let file = agent.get("/dossiers").await.texte();
    assert!(
        file.contains("Accord envoyé le 19 janvier 2026, remise à enregistrer"),
        "{file}"
    );
    let fiche = agent.get(&dossier).await.texte();
    assert!(fiche.contains("envoyé le 19 janvier 2026 : il reste à enregistrer la remise"));
    for chemin in ["/espace", &format!("/demandes/{numero}")] {
        let page = kine.get(chemin).await.texte();
        assert!(
            page.contains("elle vous l’a envoyée le 19 janvier 2026, par lettre recommandée"),
            "{chemin}: {page}"
        );
    }
    let prochain = agent.post("/dossiers", "/dossiers/prochain", &[]).await;
    assert_eq!(prochain.chemin, "/dossiers", "it waits for the post");
    // Come back from an unknown address: it is to be sent again.
    let retour = [
        ("moyen", "recommande"),
        ("envoyee", "19/01/2026"),
        ("retour", "inconnue"),
    ];
    agent.agir(&format!("{dossier}/notifier"), &retour).await;
    let file = agent.get("/dossiers").await.texte();
    assert!(file.contains("Accord à notifier"), "{file}");
    let prochain = agent.post("/dossiers", "/dossiers/prochain", &[]).await;
    assert_eq!(prochain.chemin, dossier);
}

#[actix_web::test]
async fn pro_6_les_motifs_et_les_recours_se_lisent_en_ouvrant_un_refus() {
    let caisse = Caisse::start();
    let (compte, _, numero) = decidee(&caisse, "refus").await;
    let kine = caisse.app.connecte(&compte).await;
    let chemin = format!("/demandes/{numero}");
    let avant = kine.get(&chemin).await.texte();
    for tu in ["Si vous contestez", "refus", "Refus"] {
        assert!(
            !avant.contains(tu),
            "«{tu}» is said before the document: {avant}"
        );
    }
    let page = kine.post(&chemin, &format!("{chemin}/decision"), &[]).await;
    let texte = page.texte();
    for attendu in [MOTIFS, "Si vous contestez cette décision", "16 mars 2026"] {
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

#[actix_web::test]
async fn pro_8_un_document_que_personne_n_ouvre_est_notifie_le_jour_de_son_depot() {
    let caisse = Caisse::start();
    let (_, id, numero) = decidee(&caisse, "accord").await;
    // Fifteen days from 15 January, the starting day not counted.
    for (le, attendu) in [
        (jour(2026, 1, 30), None),
        (jour(2026, 1, 31), Some(jour(2026, 1, 15))),
    ] {
        caisse.au(le);
        let acte = Acte {
            acteur: Acteur::releve(caisse.app.state.clock.now()),
            ..caisse.acte(&caisse.instructeur)
        };
        let ouverte = caisse.demande(&numero).id;
        caisse
            .agir(|tx| {
                let echus = releve::db::envoi::echus(tx, 0, le, 10)?;
                assert_eq!(echus.contains(&ouverte), attendu.is_some(), "{le}");
                for id in echus {
                    releve::actions::decision::constater(tx, &acte, id)?;
                }
                Ok(())
            })
            .expect("the daily look");
        assert_eq!(caisse.demande(&numero).notifiee_le, attendu, "{le}");
    }
    let installation = caisse
        .echeances(id)
        .into_iter()
        .find(|e| e.nature == NatureEcheance::Installation)
        .expect("the delay to install");
    assert_eq!(installation.finale, jour(2026, 7, 15));
}

#[actix_web::test]
async fn pro_8_sans_accord_rien_n_attend_dans_l_espace_et_la_lettre_est_suivie() {
    let caisse = Caisse::start();
    let compte = caisse.app.compte(Role::Kine, None);
    let kine = caisse.app.connecte(&compte).await;
    kine.agir("/espace/renoncer", &[]).await;
    // The notice is over.
    caisse.au(jour(2026, 3, 2));
    let numero = "131-2026-000009";
    caisse.decor.demande(&UneDemande {
        numero,
        kine_id: compte.kine_id.expect("a practitioner"),
        nature: NatureDemande::HorsRegulation,
        insee: "13001",
        bassin: "BV13001",
        categorie: "intermediaire",
        etat: EtatDemande::Complete,
        ..UneDemande::default()
    });
    let chemin = format!("/dossiers/{numero}");
    let agent = caisse.instructeur().await;
    agent
        .agir(
            &format!("{chemin}/proposer"),
            &[("sens", "refus"), ("motifs", MOTIFS)],
        )
        .await;
    caisse
        .signataire()
        .await
        .agir(&format!("{chemin}/decider"), &[])
        .await;
    assert_eq!(
        caisse
            .courriels_de(&compte.courriel)
            .iter()
            .filter(|m| *m == "avis_depot")
            .count(),
        0
    );
    let kine = caisse.app.connecte(&compte).await;
    let page = kine.get(&format!("/demandes/{numero}")).await.texte();
    assert!(page.contains("lettre recommandée"), "{page}");
    assert!(!page.contains("Ouvrir le document"), "{page}");
    let refus = kine
        .post("/espace", &format!("/demandes/{numero}/decision"), &[])
        .await;
    assert_eq!(refus.statut, 409, "{}", refus.texte());

    // Unknown at the address: nothing is notified. Sent again and not fetched: the day of the notice counts.
    caisse.signer_la_lettre(numero);
    let suivre = format!("{chemin}/notifier");
    let agent = caisse.instructeur().await;
    agent
        .agir(
            &suivre,
            &[
                ("moyen", "recommande"),
                ("envoyee", "02/03/2026"),
                ("retour", "inconnue"),
            ],
        )
        .await;
    assert_eq!(caisse.demande(numero).notifiee_le, None);
    caisse.au(jour(2026, 3, 25));
    let agent = caisse.instructeur().await;
    agent
        .agir(
            &suivre,
            &[
                ("moyen", "recommande"),
                ("numero", "1A 234"),
                ("envoyee", "05/03/2026"),
                ("avisee", "06/03/2026"),
                ("retour", "non_reclamee"),
            ],
        )
        .await;
    assert_eq!(caisse.demande(numero).notifiee_le, Some(jour(2026, 3, 6)));
}

#[actix_web::test]
async fn pro_6_un_refus_sans_adresse_de_recours_ne_se_signe_pas() {
    let caisse = Caisse::start();
    // From that day on, the commission and the court of the home.
    caisse.au(jour(2026, 12, 1));
    for (tables, manque) in [
        (
            "UPDATE caisse SET cra_adresse = NULL",
            "commission de recours amiable",
        ),
        ("DELETE FROM tribunal", "tribunal judiciaire du domicile"),
    ] {
        caisse
            .app
            .state
            .db
            .write(|tx| {
                use diesel::RunQueryDsl;
                diesel::sql_query(tables)
                    .execute(&mut **tx)
                    .map_err(DbError::from)
            })
            .expect("the datum is gone");
        let compte = caisse.app.compte(Role::Kine, None);
        let numero = format!("131-2026-{:06}", compte.id);
        caisse.decor.demande(&UneDemande {
            numero: &numero,
            kine_id: compte.kine_id.expect("a practitioner"),
            etat: EtatDemande::Complete,
            ..UneDemande::default()
        });
        let chemin = format!("/dossiers/{numero}");
        let agent = caisse.instructeur().await;
        agent
            .agir(
                &format!("{chemin}/proposer"),
                &[("sens", "refus"), ("motifs", MOTIFS)],
            )
            .await;
        let page = caisse
            .signataire()
            .await
            .agir(&format!("{chemin}/decider"), &[])
            .await;
        assert_eq!(page.statut, 409, "{}", page.texte());
        assert!(page.texte().contains(manque), "{}", page.texte());
        assert!(caisse.courriels_de(&compte.courriel).is_empty());
    }
}

/// PRO-8: a letter sent beside the document that waits in the portal takes nothing from it.
async fn deposee_et_envoyee(caisse: &Caisse) -> (CompteTest, String) {
    let (compte, _, numero) = decidee(caisse, "accord").await;
    caisse.au(jour(2026, 1, 19));
    caisse.signer_la_lettre(&numero);
    let agent = caisse.instructeur().await;
    let page = agent
        .agir(
            &format!("/dossiers/{numero}/notifier"),
            &[("moyen", "recommande"), ("envoyee", "16/01/2026")],
        )
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert_eq!(caisse.demande(&numero).notifiee_le, None);
    (compte, numero)
}

#[actix_web::test]
async fn pro_8_une_lettre_envoyee_apres_le_depot_n_empeche_pas_d_ouvrir_le_document() {
    let caisse = Caisse::start();
    let (compte, numero) = deposee_et_envoyee(&caisse).await;
    let kine = caisse.app.connecte(&compte).await;
    let chemin = format!("/demandes/{numero}");
    let page = kine.post(&chemin, &format!("{chemin}/decision"), &[]).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let demande = caisse.demande(&numero);
    assert_eq!(demande.notifiee_le, Some(jour(2026, 1, 19)));
    assert_eq!(demande.notification_mode.as_deref(), Some("portail"));
}

#[actix_web::test]
async fn pro_8_un_depot_que_la_lettre_a_devance_n_est_plus_constate() {
    let caisse = Caisse::start();
    let (_, numero) = deposee_et_envoyee(&caisse).await;
    let agent = caisse.instructeur().await;
    let remise = [
        ("moyen", "recommande"),
        ("envoyee", "16/01/2026"),
        ("remise", "19/01/2026"),
    ];
    agent
        .agir(&format!("/dossiers/{numero}/notifier"), &remise)
        .await;
    assert_eq!(caisse.demande(&numero).notifiee_le, Some(jour(2026, 1, 19)));
    let echus = caisse
        .agir(|tx| Ok(releve::db::envoi::echus(tx, 0, jour(2026, 2, 15), 10)?))
        .expect("the daily look");
    assert!(echus.is_empty(), "{echus:?}");
}
