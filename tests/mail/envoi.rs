//! The outbox against a real SMTP server: nothing lost, nothing sent twice.

use std::collections::HashSet;

use chrono::TimeDelta;
use diesel::prelude::*;
use releve::app::AppState;
use releve::db::DbError;
use releve::db::courriel::{self, CourrielStocke, NouveauCourriel};
use releve::db::schema;
use releve::db::tache::{self, EtatTache, Issue, NatureTache};
use releve::taches::{Bilan, tournee};

use crate::util::TestApp;
use crate::util::smtp::{Cut, SmtpServer};

pub fn app_reliee(smtp: &SmtpServer) -> TestApp {
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
                    cree_le: le,
                },
            )?;
            Ok::<_, DbError>(
                schema::tache::table
                    .filter(schema::tache::cle.eq(cle))
                    .select(schema::tache::id)
                    .first(&mut **tx)?,
            )
        })
        .unwrap()
}

pub fn lire(etat: &AppState, id: i64) -> CourrielStocke {
    etat.db.read(|conn| courriel::lire(conn, id)).unwrap()
}

pub async fn passer(app: &TestApp) -> Bilan {
    tournee(&app.state, NatureTache::Courriel).await.unwrap()
}

#[actix_web::test]
async fn un_courriel_part_une_fois_avec_des_en_tetes_justes() {
    let smtp = SmtpServer::start();
    let app = app_reliee(&smtp);
    let id = deposer(&app.state, "essai:1", "claire.martin@example.fr");
    assert_eq!(
        passer(&app).await,
        Bilan {
            faites: 1,
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
    assert_eq!(stocke.tache.etat, EtatTache::Faite);
    assert_eq!(stocke.tache.conclue_le, Some(app.state.clock.now()));
}

#[actix_web::test]
async fn un_refus_passager_est_retente_plus_tard_sous_le_meme_identifiant() {
    let smtp = SmtpServer::start();
    let app = app_reliee(&smtp);
    let id = deposer(&app.state, "essai:1", "attente@example.fr");
    smtp.refuse_temporarily("attente");
    assert_eq!(passer(&app).await.reportees, 1);
    let apres = lire(&app.state, id).tache;
    assert_eq!((apres.etat, apres.tentatives), (EtatTache::AFaire, 1));
    assert!(apres.derniere_erreur.is_some_and(|e| e.contains("451")));

    smtp.accept_everything();
    assert_eq!(passer(&app).await, Bilan::default(), "not before a minute");
    app.state.clock.advance(TimeDelta::minutes(1));
    assert_eq!(passer(&app).await.faites, 1);
    let recus = smtp.received();
    assert_eq!(recus.len(), 1);
    let attendu = format!("{id}.20260115100000000000@example.fr");
    assert_eq!(recus[0].message_id(), Some(attendu));
    assert!(
        recus[0].source.contains("Date: Thu, 15 Jan 2026 10:01:00"),
        "dated as it left: {}",
        recus[0].source
    );
}

#[actix_web::test]
async fn un_refus_passager_qui_dure_finit_en_echec() {
    let smtp = SmtpServer::start();
    let app = app_reliee(&smtp);
    let id = deposer(&app.state, "essai:1", "attente@example.fr");
    smtp.refuse_temporarily("attente");
    let mut essais = 0;
    while lire(&app.state, id).tache.etat == EtatTache::AFaire {
        essais += passer(&app).await.reportees;
        app.state.clock.advance(TimeDelta::hours(13));
        assert!(essais < 20, "it never ends");
    }
    let fin = lire(&app.state, id).tache;
    assert_eq!((fin.etat, fin.tentatives, essais), (EtatTache::Echec, 7, 6));
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
    assert_eq!((bilan.faites, bilan.echecs), (1, 2));
    assert_eq!(lire(&app.state, inconnu).tache.etat, EtatTache::Echec);
    assert_eq!(lire(&app.state, fausse).tache.etat, EtatTache::Echec);
    assert_eq!(lire(&app.state, bonne).tache.etat, EtatTache::Faite);
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
        assert_eq!(passer(&app).await.incertaines, 1, "{coupure:?}");
        assert_eq!(lire(&app.state, id).tache.etat, EtatTache::Incertaine);
        app.state.clock.advance(TimeDelta::days(3));
        assert_eq!(passer(&app).await, Bilan::default(), "{coupure:?}");
        assert_eq!(smtp.received().len(), recus, "{coupure:?}");

        // A person who knows that it did not arrive sends it again; nobody else does.
        let now = app.state.clock.now();
        app.state
            .db
            .write(|tx| tache::relancer(tx, id, now))
            .unwrap();
        assert_eq!(passer(&app).await.faites, 1);
        assert_eq!(smtp.received().len(), recus + 1);
    }
}

#[actix_web::test]
async fn un_empeche_puis_revenu_remet_tout_une_fois() {
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
    // Days without a relay: no try is used up, and the round stops at the first that gets no answer.
    for _ in 0..20 {
        let bilan = passer(&app).await;
        assert!(
            bilan.empeche && bilan.reportees >= 1 && bilan.echecs == 0,
            "{bilan:?}"
        );
        app.state.clock.advance(TimeDelta::hours(6));
    }

    let smtp = SmtpServer::start_on(port);
    app.state.clock.advance(TimeDelta::minutes(2));
    assert_eq!(passer(&app).await.faites, 3);
    assert_eq!(smtp.received().len(), 3);
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
    let (un, deux) = tokio::join!(
        tournee(&app.state, NatureTache::Courriel),
        tournee(&autre, NatureTache::Courriel)
    );
    assert_eq!(un.unwrap().faites + deux.unwrap().faites, 200);
    let recus: Vec<String> = smtp.received().into_iter().flat_map(|r| r.to).collect();
    assert_eq!(recus.len(), 200);
    assert_eq!(recus.iter().collect::<HashSet<_>>().len(), 200);
}

/// The process that carried a mail was too slow, not dead: a person had the mail sent again meanwhile, and another
/// process carries it. What the first one says counts no more.
#[actix_web::test]
async fn une_reclamation_perimee_ne_conclut_plus_rien() {
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
        etat.db
            .write(|tx| tache::engager(tx, (id, bail), now))
            .unwrap();
    };
    let conclure = |bail: i64, issue: &Issue| {
        let now = etat.clock.now();
        etat.db
            .write(|tx| tache::conclure(tx, (id, bail), issue, now))
    };
    let premiere = reclamer();
    engager(premiere.bail);
    etat.clock.advance(TimeDelta::minutes(11));
    assert_eq!(passer(&app).await.incertaines, 1);
    let now = etat.clock.now();
    etat.db.write(|tx| tache::relancer(tx, id, now)).unwrap();
    let seconde = reclamer();

    let refus = conclure(premiere.bail, &Issue::Echec("trop tard".to_owned()));
    assert!(matches!(refus, Err(DbError::Perime)), "{refus:?}");
    assert_eq!(lire(etat, id).tache.etat, EtatTache::EnCours);
    conclure(seconde.bail, &Issue::Faite).unwrap();
    assert_eq!(lire(etat, id).tache.etat, EtatTache::Faite);
}

/// Late, but nobody took the mail meanwhile: what the claim says is the truth.
#[actix_web::test]
async fn une_reclamation_tardive_conclut_ce_qui_etait_incertain() {
    let app = TestApp::start();
    let id = deposer(&app.state, "essai:1", "a@example.fr");
    let etat = &app.state;
    let now = etat.clock.now();
    let lente = etat
        .db
        .write(|tx| {
            let tache = tache::reclamer(tx, NatureTache::Courriel, now)?
                .expect("a mail is due")
                .tache;
            tache::engager(tx, (tache.id, tache.bail), now)?;
            Ok::<_, DbError>(tache)
        })
        .unwrap();
    etat.clock.advance(TimeDelta::minutes(11));
    assert_eq!(passer(&app).await.incertaines, 1);
    let now = etat.clock.now();
    etat.db
        .write(|tx| tache::conclure(tx, (id, lente.bail), &Issue::Faite, now))
        .unwrap();
    let fin = lire(etat, id).tache;
    assert_eq!((fin.etat, fin.conclue_le), (EtatTache::Faite, Some(now)));
}

/// A task and its mail are one act: a key taken leaves neither behind, and the natures of the two lists are the same.
#[actix_web::test]
async fn une_cle_deja_prise_ne_laisse_ni_courriel_ni_tache() {
    use releve::db::contrainte::Contrainte;
    let app = TestApp::start();
    deposer(&app.state, "essai:1", "a@example.fr");
    let le = app.state.clock.now();
    let refus = app.state.db.write(|tx| {
        courriel::deposer(
            tx,
            &NouveauCourriel {
                cle: "essai:1",
                modele: "essai",
                destinataire: "b@example.fr",
                sujet: "Essai",
                texte: "Bonjour",
                html: "<p>Bonjour</p>",
                cree_le: le,
            },
        )
    });
    assert!(
        matches!(refus, Err(DbError::Contrainte(Contrainte::TacheUneFois))),
        "{refus:?}"
    );
    let (taches, courriels, natures): (i64, i64, Vec<String>) = app
        .state
        .db
        .read(|conn| {
            Ok::<_, DbError>((
                schema::tache::table.count().get_result(conn)?,
                schema::courriel::table.count().get_result(conn)?,
                schema::code_nature_tache::table
                    .select(schema::code_nature_tache::code)
                    .order(schema::code_nature_tache::code)
                    .load(conn)?,
            ))
        })
        .unwrap();
    assert_eq!((taches, courriels), (1, 1));
    let connues: Vec<&str> = NatureTache::TOUS.iter().map(|n| n.as_str()).collect();
    assert_eq!(natures, connues);
}
