//! The outbox against a real SMTP server: nothing lost, nothing sent twice.

use std::collections::HashSet;

use chrono::TimeDelta;
use diesel::prelude::*;
use releve::app::AppState;
use releve::db::DbError;
use releve::db::courriel::{self, CourrielStocke, EtatCourriel, NouveauCourriel};
use releve::db::schema;
use releve::worker::courrier::{Bilan, tournee};

use crate::util::TestApp;
use crate::util::smtp::{Cut, SmtpServer};

fn app_reliee(smtp: &SmtpServer) -> TestApp {
    TestApp::start_with(&[("RELEVE_COURRIEL", &smtp.url())])
}

pub fn deposer(etat: &AppState, cle: &str, destinataire: &str) -> i64 {
    let le = etat.clock.now();
    etat.db
        .write(|tx| {
            courriel::deposer(
                tx,
                &NouveauCourriel {
                    cle,
                    modele: "essai",
                    destinataire,
                    sujet: "Votre demande est arrivée : décision à l’été",
                    texte: "Bonjour,\n\nÀ bientôt.\n",
                    html: "<p>Bonjour,</p><p>À bientôt.</p>",
                    etat: EtatCourriel::AEnvoyer,
                    tentatives: 0,
                    prochain_essai: le,
                    cree_le: le,
                },
            )?;
            Ok::<_, DbError>(
                schema::courriel::table
                    .filter(schema::courriel::cle.eq(cle))
                    .select(schema::courriel::id)
                    .first(&mut **tx)?,
            )
        })
        .unwrap()
}

pub fn lire(etat: &AppState, id: i64) -> CourrielStocke {
    etat.db.read(|conn| courriel::lire(conn, id)).unwrap()
}

pub async fn passer(app: &TestApp) -> Bilan {
    tournee(&app.state).await.unwrap()
}

#[actix_web::test]
async fn un_courriel_part_une_fois_avec_des_en_tetes_justes() {
    let smtp = SmtpServer::start();
    let app = app_reliee(&smtp);
    let id = deposer(&app.state, "essai:1", "claire.martin@example.fr");
    assert_eq!(
        passer(&app).await,
        Bilan {
            envoyes: 1,
            ..Bilan::default()
        }
    );
    assert_eq!(passer(&app).await, Bilan::default());

    let recus = smtp.received();
    assert_eq!(recus.len(), 1);
    let recu = &recus[0];
    assert_eq!(recu.from, "ne-pas-repondre@example.fr");
    assert_eq!(recu.to, ["claire.martin@example.fr"]);
    assert_eq!(
        recu.subject(),
        "Votre demande est arrivée : décision à l’été"
    );
    assert!(recu.text().contains("À bientôt."));
    assert!(recu.html().contains("<p>À bientôt.</p>"));
    let (entetes, _) = recu.source.split_once("\r\n\r\n").unwrap();
    assert!(
        entetes.is_ascii(),
        "headers travel through any relay: {entetes}"
    );
    assert!(
        entetes.contains("multipart/alternative")
            && entetes.contains("Auto-Submitted: auto-generated")
    );
    assert!(
        entetes.contains("Date: Thu, 15 Jan 2026 10:00:00"),
        "{entetes}"
    );
    assert!(!entetes.to_lowercase().contains("bcc"));
    let texte = recu.source.find("text/plain").unwrap();
    assert!(texte < recu.source.find("text/html").unwrap());

    let stocke = lire(&app.state, id);
    assert_eq!(stocke.etat, EtatCourriel::Envoye);
    assert_eq!(stocke.envoye_le, Some(app.state.clock.now()));
}

#[actix_web::test]
async fn un_refus_passager_est_retente_plus_tard_sous_le_meme_identifiant() {
    let smtp = SmtpServer::start();
    let app = app_reliee(&smtp);
    let id = deposer(&app.state, "essai:1", "attente@example.fr");
    smtp.refuse_temporarily("attente");
    assert_eq!(passer(&app).await.reportes, 1);
    let apres = lire(&app.state, id);
    assert_eq!((apres.etat, apres.tentatives), (EtatCourriel::AEnvoyer, 1));
    assert!(apres.derniere_erreur.is_some_and(|e| e.contains("451")));

    smtp.accept_everything();
    assert_eq!(passer(&app).await, Bilan::default(), "not before a minute");
    app.state.clock.advance(TimeDelta::minutes(1));
    assert_eq!(passer(&app).await.envoyes, 1);
    let recus = smtp.received();
    assert_eq!(recus.len(), 1);
    let attendu = format!("{id}.20260115100000000000@example.fr");
    assert_eq!(recus[0].message_id(), Some(attendu));
}

#[actix_web::test]
async fn un_refus_passager_qui_dure_finit_en_echec() {
    let smtp = SmtpServer::start();
    let app = app_reliee(&smtp);
    let id = deposer(&app.state, "essai:1", "attente@example.fr");
    smtp.refuse_temporarily("attente");
    let mut essais = 0;
    while lire(&app.state, id).etat == EtatCourriel::AEnvoyer {
        essais += passer(&app).await.reportes;
        app.state.clock.advance(TimeDelta::hours(13));
        assert!(essais < 20, "it never ends");
    }
    let fin = lire(&app.state, id);
    assert_eq!(
        (fin.etat, fin.tentatives, essais),
        (EtatCourriel::Echec, 7, 6)
    );
    assert!(smtp.received().is_empty());
}

#[actix_web::test]
async fn un_refus_definitif_ou_une_adresse_fausse_est_un_echec_et_n_arrete_pas_les_autres() {
    let smtp = SmtpServer::start();
    let app = app_reliee(&smtp);
    smtp.refuse_permanently("inconnu");
    let inconnu = deposer(&app.state, "essai:1", "inconnu@example.fr");
    let fausse = deposer(&app.state, "essai:2", "pas une adresse");
    let bonne = deposer(&app.state, "essai:3", "bonne@example.fr");
    let bilan = passer(&app).await;
    assert_eq!((bilan.envoyes, bilan.echecs), (1, 2));
    assert_eq!(lire(&app.state, inconnu).etat, EtatCourriel::Echec);
    assert_eq!(lire(&app.state, fausse).etat, EtatCourriel::Echec);
    assert_eq!(lire(&app.state, bonne).etat, EtatCourriel::Envoye);
    app.state.clock.advance(TimeDelta::days(30));
    assert_eq!(passer(&app).await, Bilan::default());
}

#[actix_web::test]
async fn une_coupure_ne_fait_jamais_partir_un_courriel_deux_fois() {
    for (coupure, recus) in [(Cut::MidMessage, 0), (Cut::BeforeReply, 1)] {
        let smtp = SmtpServer::start();
        let app = app_reliee(&smtp);
        let id = deposer(&app.state, "essai:1", "a@example.fr");
        smtp.cut_next(coupure);
        assert_eq!(passer(&app).await.incertains, 1, "{coupure:?}");
        assert_eq!(lire(&app.state, id).etat, EtatCourriel::Incertain);
        app.state.clock.advance(TimeDelta::days(3));
        assert_eq!(passer(&app).await, Bilan::default(), "{coupure:?}");
        assert_eq!(smtp.received().len(), recus, "{coupure:?}");

        // A person who knows that it did not arrive sends it again; nobody else does.
        let now = app.state.clock.now();
        app.state
            .db
            .write(|tx| courriel::relancer(tx, id, now))
            .unwrap();
        assert_eq!(passer(&app).await.envoyes, 1);
        assert_eq!(smtp.received().len(), recus + 1);
    }
}

#[actix_web::test]
async fn un_relais_absent_puis_revenu_remet_tout_une_fois() {
    // A port that was free a moment ago: nobody listens.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let app = TestApp::start_with(&[("RELEVE_COURRIEL", &format!("smtp://127.0.0.1:{port}"))]);
    for n in 0..3 {
        deposer(
            &app.state,
            &format!("essai:{n}"),
            &format!("a{n}@example.fr"),
        );
    }
    let bilan = passer(&app).await;
    assert!(bilan.relais_absent && bilan.reportes == 3, "{bilan:?}");

    let smtp = SmtpServer::start_on(port);
    app.state.clock.advance(TimeDelta::minutes(2));
    assert_eq!(passer(&app).await.envoyes, 3);
    assert_eq!(smtp.received().len(), 3);
}

#[actix_web::test]
async fn ce_qu_un_processus_mort_a_laisse_en_route_est_incertain() {
    let smtp = SmtpServer::start();
    let app = app_reliee(&smtp);
    let id = deposer(&app.state, "essai:1", "a@example.fr");
    let now = app.state.clock.now();
    app.state
        .db
        .write(|tx| courriel::reclamer(tx, now))
        .unwrap();
    assert_eq!(
        passer(&app).await,
        Bilan::default(),
        "somebody may carry it"
    );
    app.state.clock.advance(TimeDelta::minutes(11));
    assert_eq!(passer(&app).await.incertains, 1);
    assert_eq!(lire(&app.state, id).etat, EtatCourriel::Incertain);
    assert!(smtp.received().is_empty());
}

#[actix_web::test]
async fn deux_processus_a_la_fois_n_envoient_rien_deux_fois() {
    let smtp = SmtpServer::start();
    let app = app_reliee(&smtp);
    let config = releve::config::Config::clone(&app.state.config);
    let autre = AppState::open(config, app.state.clock.clone()).unwrap();
    for n in 0..200 {
        deposer(
            &app.state,
            &format!("essai:{n}"),
            &format!("a{n}@example.fr"),
        );
    }
    let (un, deux) = tokio::join!(tournee(&app.state), tournee(&autre));
    assert_eq!(un.unwrap().envoyes + deux.unwrap().envoyes, 200);
    let recus: Vec<String> = smtp.received().into_iter().flat_map(|r| r.to).collect();
    assert_eq!(recus.len(), 200);
    assert_eq!(recus.iter().collect::<HashSet<_>>().len(), 200);
}
