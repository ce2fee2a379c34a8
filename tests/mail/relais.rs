//! What is the relay's fault, and what a crash leaves: nobody's mail is given up for it, and nothing is sent twice.

use chrono::TimeDelta;
use releve::db::DbError;
use releve::db::tache::{self, EtatTache, NatureTache};
use releve::taches::Bilan;

use super::envoi::{app_reliee, deposer, lire, passer};
use crate::util::TestApp;
use crate::util::smtp::SmtpServer;

/// What every mail would get is no fault of this one: no try is used up, the round stops, and all leave once the relay
/// takes us again.
#[actix_web::test]
async fn un_refus_de_l_expediteur_est_la_faute_du_relais() {
    let refus: [fn(&SmtpServer); 5] = [
        |s| s.refuse_senders(550, "5.7.1 sender not allowed"),
        |s| s.refuse_senders(530, "5.7.0 Must issue a STARTTLS command first"),
        |s| s.refuse_senders(451, "4.3.0 queue file write error"),
        |s| s.refuse_senders(421, "4.3.2 shutting down"),
        |s| s.refuse_by_policy("@", "5.7.1 Unable to relay"),
    ];
    for (rang, refuser) in refus.into_iter().enumerate() {
        let smtp = SmtpServer::start();
        let app = app_reliee(&smtp);
        let ids: Vec<i64> = (0..40)
            .map(|n| {
                deposer(
                    &app.state,
                    &format!("essai:{n}"),
                    &format!("a{n}@example.fr"),
                )
            })
            .collect();
        refuser(&smtp);
        for _ in 0..10 {
            let bilan = passer(&app).await;
            assert!(bilan.empeche, "{rang}: {bilan:?}");
            assert_eq!((bilan.echecs, bilan.faites, bilan.incertaines), (0, 0, 0));
            app.state.clock.advance(TimeDelta::hours(13));
        }
        smtp.accept_everything();
        for id in &ids {
            let tache = lire(&app.state, *id).tache;
            assert_eq!((tache.etat, tache.tentatives), (EtatTache::AFaire, 0));
        }
        assert_eq!(passer(&app).await.faites, 40, "{rang}");
        assert_eq!(smtp.received().len(), 40, "{rang}");
    }
}

/// The same words to one recipient, while others are accepted, are about that one.
#[actix_web::test]
async fn un_refus_de_principe_pour_un_seul_est_le_sien() {
    let smtp = SmtpServer::start();
    let app = app_reliee(&smtp);
    smtp.refuse_by_policy("ferme", "5.7.1 mailbox closed to outsiders");
    let ferme = deposer(&app.state, "essai:0", "ferme@example.fr");
    for n in 1..6 {
        deposer(
            &app.state,
            &format!("essai:{n}"),
            &format!("a{n}@example.fr"),
        );
    }
    let bilan = passer(&app).await;
    assert_eq!((bilan.faites, bilan.echecs, bilan.empeche), (5, 1, false));
    assert_eq!(lire(&app.state, ferme).tache.etat, EtatTache::Echec);
}

/// Alone in its round, it waits until another mail passes.
#[actix_web::test]
async fn un_refus_de_principe_seul_attend_qu_un_autre_passe() {
    let smtp = SmtpServer::start();
    let app = app_reliee(&smtp);
    smtp.refuse_by_policy("ferme", "5.7.1 mailbox closed to outsiders");
    let ferme = deposer(&app.state, "essai:0", "ferme@example.fr");
    assert_eq!(passer(&app).await.reportees, 1);
    app.state.clock.advance(TimeDelta::seconds(30));
    deposer(&app.state, "essai:1", "a@example.fr");
    assert_eq!(passer(&app).await.faites, 1);
    app.state.clock.advance(TimeDelta::minutes(2));
    assert_eq!(passer(&app).await.echecs, 1);
    assert_eq!(lire(&app.state, ferme).tache.etat, EtatTache::Echec);
}

/// A crash leaves in doubt only what had reached the relay: a claim that was not engaged leaves by itself.
#[actix_web::test]
async fn ce_qu_un_processus_mort_n_avait_pas_remis_repart_seul() {
    let smtp = SmtpServer::start();
    let app = app_reliee(&smtp);
    let id = deposer(&app.state, "essai:1", "a@example.fr");
    let now = app.state.clock.now();
    app.state
        .db
        .write(|tx| tache::reclamer(tx, NatureTache::Courriel, now))
        .unwrap();
    assert_eq!(
        passer(&app).await,
        Bilan::default(),
        "somebody may carry it"
    );
    app.state.clock.advance(TimeDelta::minutes(11));
    assert_eq!(passer(&app).await.faites, 1);
    assert_eq!(lire(&app.state, id).tache.etat, EtatTache::Faite);
    assert_eq!(smtp.received().len(), 1);
}

#[actix_web::test]
async fn ce_qu_un_processus_mort_a_peut_etre_remis_est_incertain() {
    let smtp = SmtpServer::start();
    let app = app_reliee(&smtp);
    let id = deposer(&app.state, "essai:1", "a@example.fr");
    let now = app.state.clock.now();
    app.state
        .db
        .write(|tx| {
            let tache = tache::reclamer(tx, NatureTache::Courriel, now)?
                .expect("a mail is due")
                .tache;
            tache::engager(tx, (tache.id, tache.bail), now)
        })
        .unwrap();
    app.state.clock.advance(TimeDelta::minutes(11));
    assert_eq!(passer(&app).await.incertaines, 1);
    assert_eq!(lire(&app.state, id).tache.etat, EtatTache::Incertaine);
    assert!(smtp.received().is_empty());
}

/// Who was too slow, and whose mail another took, no longer sends it.
#[actix_web::test]
async fn une_reclamation_perdue_n_envoie_plus() {
    let app = TestApp::start();
    let id = deposer(&app.state, "essai:1", "a@example.fr");
    let etat = &app.state;
    let reclamer = || {
        let now = etat.clock.now();
        etat.db
            .write(|tx| tache::reclamer(tx, NatureTache::Courriel, now))
            .unwrap()
            .expect("a mail is due")
            .tache
    };
    let engager = |bail: i64| {
        let now = etat.clock.now();
        etat.db.write(|tx| tache::engager(tx, (id, bail), now))
    };
    let lente = reclamer();
    etat.clock.advance(TimeDelta::minutes(11));
    assert_eq!(passer(&app).await.faites, 1, "taken again, and sent");
    let refus = engager(lente.bail);
    assert!(matches!(refus, Err(DbError::Perime)), "{refus:?}");
}

/// All that failed or is uncertain in a period leaves again by one order; ordered twice, it leaves once.
#[actix_web::test]
async fn toute_une_periode_se_renvoie_d_un_coup() {
    let smtp = SmtpServer::start();
    let app = app_reliee(&smtp);
    smtp.refuse_permanently("perdu");
    let debut = app.state.clock.now();
    let avant = deposer(&app.state, "essai:0", "perdu0@example.fr");
    app.state.clock.advance(TimeDelta::days(1));
    let depuis = app.state.clock.now();
    let perdus: Vec<i64> = (1..4)
        .map(|n| {
            deposer(
                &app.state,
                &format!("essai:{n}"),
                &format!("perdu{n}@example.fr"),
            )
        })
        .collect();
    deposer(&app.state, "essai:9", "bonne@example.fr");
    assert_eq!(passer(&app).await.echecs, 4);
    app.state.clock.advance(TimeDelta::days(1));
    smtp.accept_everything();
    let now = app.state.clock.now();
    let remettre = || {
        app.state
            .db
            .write(|tx| tache::relancer_periode(tx, NatureTache::Courriel, (depuis, now), now))
    };
    assert_eq!(remettre().unwrap(), 3);
    assert_eq!(remettre().unwrap(), 0);
    assert_eq!(passer(&app).await.faites, 3);
    assert_eq!(remettre().unwrap(), 0);
    assert_eq!(smtp.received().len(), 4);
    assert_eq!(lire(&app.state, avant).tache.etat, EtatTache::Echec);
    assert!(debut < depuis && perdus.len() == 3);
}
