//! Whoever waits for a lock keeps nobody else waiting, and is told when the wait was too long.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use regles::demande::EtatDemande;
use regles::droits::Role;
use releve::db::dialect::{AnyConn, DatabaseUrl, Usage};
use releve::db::schema::caisse;
use releve::db::{DbError, DbResult, Patience};
use tokio::sync::watch;

use crate::util::base::administrer;
use crate::util::builders::UneDemande;
use crate::util::client::Page;
use crate::util::{Caisse, TestApp};

const NUMERO: &str = "131-2026-000007";

/// Long enough for a page, short enough for a test of the turn that does not come.
const PRESSEE: Patience = Patience {
    file: Duration::from_millis(1500),
    verrou: Duration::from_millis(400),
    ..Patience::VISITE
};

/// Longer than a test.
const PATIENTE: Patience = Patience {
    file: Duration::from_secs(120),
    verrou: Duration::from_secs(120),
    ..Patience::VISITE
};

fn caisse(patience: Patience) -> Caisse {
    let caisse = Caisse::start_on(TestApp::start_patient(patience));
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    caisse.decor.demande(&UneDemande {
        numero: NUMERO,
        kine_id: kine.id,
        etat: EtatDemande::Complete,
        ..UneDemande::default()
    });
    caisse
}

/// Somebody else's transaction: SQLite's only writer, or the row of the request on PostgreSQL.
fn verrouiller(caisse: &Caisse) -> AnyConn {
    let url = caisse.app.state.db.url();
    let mut conn =
        AnyConn::open(url, Usage::Ecriture, &Patience::TRAVAIL).expect("another connection");
    let ordre = if conn.is_sqlite() {
        "BEGIN IMMEDIATE".to_owned()
    } else {
        format!("BEGIN; SELECT id FROM dossier WHERE numero = '{NUMERO}' FOR UPDATE")
    };
    conn.batch_execute(&ordre).expect("the lock is taken");
    conn
}

fn lit_une_indisponibilite(page: &Page) {
    let texte = page.texte();
    assert_eq!(page.statut, 503, "{texte}");
    assert!(page.entetes.contains_key("retry-after"));
    assert!(texte.contains("Relève est très sollicité"), "{texte}");
}

#[actix_web::test]
async fn ceux_qui_attendent_un_verrou_ne_font_attendre_ni_les_pages_ni_la_sonde() {
    let caisse = caisse(PATIENTE);
    let app = &caisse.app;
    let agent = Arc::new(caisse.instructeur().await);
    let ailleurs = app
        .connecte(&app.compte(Role::Instructeur, Some("831")))
        .await;
    let chemin = format!("/dossiers/{NUMERO}");
    let caches = agent.caches(&chemin).await;
    // The queue would note that the session was seen.
    app.state.clock.advance(chrono::TimeDelta::minutes(6));
    let mut verrou = verrouiller(&caisse);
    // More than there are connections.
    let ecritures: Vec<_> = (0..6)
        .map(|n| {
            let (agent, mut envoi) = (agent.clone(), caches.clone());
            envoi.retain(|(nom, _)| nom != "cle");
            envoi.push(("cle".into(), format!("{n:043}")));
            envoi.push(("note".into(), format!("Note {n}")));
            let chemin = format!("{chemin}/notes");
            actix_web::rt::spawn(async move { agent.post_brut(&chemin, &envoi).await })
        })
        .collect();
    // Several times: the writers arrive meanwhile.
    for _ in 0..5 {
        for (qui, page) in [
            (&app.client(), "/zones/13056"),
            (&ailleurs, "/dossiers"),
            (&app.client(), "/sante"),
        ] {
            let lue = qui.get(page).await;
            assert_eq!(lue.statut, 200, "{page}: {}", lue.texte());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(
        ecritures.iter().all(|e| !e.is_finished()),
        "the pages were read after the lock was let go"
    );
    verrou.batch_execute("COMMIT").expect("the lock is let go");
    for ecriture in ecritures {
        let page = ecriture.await.expect("an answer");
        assert_eq!(page.statut, 200, "{}", page.texte());
    }
    let lue = agent.get(&chemin).await.texte();
    for n in 0..6 {
        assert!(lue.contains(&format!("Note {n}")), "{lue}");
    }
}

#[actix_web::test]
async fn qui_attend_trop_longtemps_l_apprend_et_ne_perd_pas_ce_qu_il_a_ecrit() {
    let caisse = caisse(PRESSEE);
    let agent = Arc::new(caisse.instructeur().await);
    let chemin = format!("/dossiers/{NUMERO}/messages");
    let caches = agent.caches(&chemin).await;
    let envoyer = |n: usize| {
        let (agent, chemin, mut envoi) = (agent.clone(), chemin.clone(), caches.clone());
        envoi.retain(|(nom, _)| nom != "cle");
        envoi.push(("cle".into(), format!("{n:043}")));
        envoi.push((
            "texte".into(),
            format!("Il manque le diplôme, message {n}."),
        ));
        actix_web::rt::spawn(async move { agent.post_brut(&chemin, &envoi).await })
    };
    let mut verrou = verrouiller(&caisse);
    // The first waits for the lock; on SQLite the others wait in line.
    let ecritures: Vec<_> = (0..6).map(envoyer).collect();
    for (n, ecriture) in ecritures.into_iter().enumerate() {
        let page = ecriture.await.expect("an answer");
        lit_une_indisponibilite(&page);
        let garde = format!("Il manque le diplôme, message {n}.");
        assert!(page.html.contains(&garde), "{}", page.texte());
    }
    // An act without anything typed: the page that says it.
    let prendre = agent
        .post_brut(&format!("/dossiers/{NUMERO}/prendre"), &caches)
        .await;
    lit_une_indisponibilite(&prendre);
    verrou.batch_execute("COMMIT").expect("the lock is let go");
    let page = envoyer(9).await.expect("an answer");
    assert_eq!(page.statut, 200);
    let texte = page.texte();
    assert!(texte.contains("message 9."), "{texte}");
    assert!(!texte.contains("message 0."), "{texte}");
}

#[actix_web::test]
async fn la_sonde_et_les_pages_repondent_quand_toutes_les_lectures_sont_prises() {
    let caisse = caisse(PRESSEE);
    let app = &caisse.app;
    let (ouvrir, ferme) = watch::channel(false);
    let prises = Arc::new(AtomicUsize::new(0));
    let nombre = app.state.config.pool as usize;
    let lectures: Vec<_> = (0..nombre)
        .map(|_| {
            let (db, prises, ferme) = (app.state.db.clone(), prises.clone(), ferme.clone());
            actix_web::rt::spawn(async move {
                // A busy machine may open a connection later than this base is patient.
                loop {
                    let (prises, mut ferme) = (prises.clone(), ferme.clone());
                    let lue = db
                        .spawn_read(move |_| -> DbResult<()> {
                            prises.fetch_add(1, Ordering::SeqCst);
                            while !*ferme.borrow_and_update() {
                                std::thread::sleep(Duration::from_millis(5));
                            }
                            Ok(())
                        })
                        .await;
                    if !matches!(lue, Err(DbError::Occupee)) {
                        break lue;
                    }
                }
            })
        })
        .collect();
    while prises.load(Ordering::SeqCst) < nombre {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    lit_une_indisponibilite(&app.client().get("/zones/13056").await);
    lit_une_indisponibilite(&app.client().get("/sante").await);
    ouvrir.send_replace(true);
    for lecture in lectures {
        lecture.await.expect("a thread").expect("a read");
    }
    assert_eq!(app.client().get("/sante").await.statut, 200);
    assert_eq!(app.client().get("/zones/13056").await.statut, 200);
}

#[actix_web::test]
async fn des_connexions_mortes_ne_se_voient_ni_en_lisant_ni_en_ecrivant() {
    let caisse = caisse(Patience::VISITE);
    if caisse.lire(|conn| Ok(conn.is_sqlite())) {
        // A file does not restart.
        return;
    }
    let agent = caisse.instructeur().await;
    let chemin = format!("/dossiers/{NUMERO}/messages");
    let mut envoi = agent.caches(&chemin).await;
    envoi.push(("texte".into(), "Il manque le diplôme.".into()));
    // Every connection that the pools may open is open.
    let pool = caisse.app.state.config.pool;
    let rendez_vous = Arc::new(std::sync::Barrier::new(2 * pool as usize));
    std::thread::scope(|fils| {
        for _ in 0..pool {
            let (db, rendez_vous) = (&caisse.app.state.db, &rendez_vous);
            fils.spawn(move || db.read(|_| -> DbResult<_> { Ok(rendez_vous.wait().is_leader()) }));
            fils.spawn(move || db.write(|_| -> DbResult<_> { Ok(rendez_vous.wait().is_leader()) }));
        }
    });
    let url = caisse.app.state.db.url();
    let mut tueur = AnyConn::open(url, Usage::Ecriture, &Patience::VISITE).expect("a connection");
    tueur
        .batch_execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .expect("they die");
    let page = agent.post_brut(&chemin, &envoi).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert!(page.texte().contains("Il manque le diplôme."));
    for _ in 0..10 {
        assert_eq!(agent.get("/dossiers").await.statut, 200);
    }
}

/// The base refuses every connection: whoever asks is told, long before the patience of a queue is over; then it is back.
#[actix_web::test]
async fn une_base_arretee_se_dit_aussitot_et_revient() {
    let caisse = caisse(PATIENTE);
    if caisse.lire(|conn| Ok(conn.is_sqlite())) {
        return;
    }
    let agent = caisse.instructeur().await;
    let DatabaseUrl::Postgres(url) = caisse.app.state.db.url() else {
        panic!("PostgreSQL");
    };
    let url = url::Url::parse(url).expect("an address");
    let base = url.path().trim_start_matches('/');
    let ouvrir = |oui: bool| {
        administrer(&format!(
            "ALTER DATABASE \"{base}\" ALLOW_CONNECTIONS {oui}"
        ));
        administrer(&format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{base}'"
        ));
    };
    ouvrir(false);
    for chemin in ["/dossiers", "/sante", "/zones/13056"] {
        let page = tokio::time::timeout(PATIENTE.file / 2, agent.get(chemin))
            .await
            .expect(chemin);
        assert_eq!(page.statut, 503, "{chemin}: {}", page.texte());
        assert!(page.entetes.contains_key("retry-after"), "{chemin}");
    }
    ouvrir(true);
    for _ in 0..100 {
        if agent.get("/dossiers").await.statut == 200 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("the base is back, and nobody sees it");
}

#[test]
fn une_lecture_ne_voit_qu_un_instant() {
    let caisse = Caisse::start();
    let db = &caisse.app.state.db;
    let compter =
        |conn: &mut AnyConn| -> DbResult<i64> { Ok(caisse::table.count().get_result(conn)?) };
    let (avant, pendant) = db
        .read(|conn| -> DbResult<_> {
            let avant = compter(conn)?;
            caisse.app.caisse("999");
            Ok((avant, compter(conn)?))
        })
        .expect("read");
    assert_eq!(avant, pendant, "one page, two instants");
    assert_eq!(db.read(compter).expect("read"), avant + 1);
}

#[test]
fn une_instruction_trop_longue_est_arretee() {
    let caisse = caisse(Patience {
        requete: Some(Duration::from_millis(300)),
        ..Patience::VISITE
    });
    let db = &caisse.app.state.db;
    if caisse.lire(|conn| Ok(conn.is_sqlite())) {
        // SQLite has no such limit.
        return;
    }
    let dormir =
        |conn: &mut AnyConn| -> DbResult<()> { Ok(conn.batch_execute("SELECT pg_sleep(30)")?) };
    assert!(matches!(db.read(dormir), Err(DbError::Occupee)));
    assert!(matches!(db.lookup(dormir), Err(DbError::Occupee)));
    // What Relève does by itself takes the time it needs.
    let lente =
        |conn: &mut AnyConn| -> DbResult<()> { Ok(conn.batch_execute("SELECT pg_sleep(0.6)")?) };
    let fond = db.de_fond().expect("other connections");
    fond.read(lente).expect("it is let finish");
    fond.write(|tx| -> DbResult<()> { lente(tx) })
        .expect("it is let finish");
}
