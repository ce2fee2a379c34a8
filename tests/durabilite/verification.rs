//! `releve check`: silent on a base that the acts made, loud on one that other hands changed.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use releve::actions::verification::{self, Anomalie, Bilan};
use releve::db::schema::piece;
use releve::db::tache::NatureTache;
use releve::db::{AnyConn, DbError};
use releve::demo;
use releve::taches;

use crate::util::TestApp;

/// The demonstration: files of every state, made by the same acts as real ones.
async fn demonstration() -> TestApp {
    let app = TestApp::start();
    let dossier = tempfile::tempdir().unwrap();
    demo::semer(&app.state, dossier.path()).await.unwrap();
    app.vider_courriels().await;
    imprimer(&app).await;
    app
}

/// The letters of the acts so far are printed.
async fn imprimer(app: &TestApp) {
    let bilan = taches::tournee(&app.state, NatureTache::Impression).await;
    assert_eq!(bilan.map(|b| b.echecs).ok(), Some(0));
}

async fn verifier(app: &TestApp) -> (Bilan, Bilan, Vec<Anomalie>) {
    let mut lues = Vec::new();
    let mut dire = |a: &Anomalie| lues.push(a.clone());
    let etat = &app.state;
    let base = verification::base(
        &etat.db,
        &etat.reglement(),
        etat.clock.now(),
        &etat.temoins(),
        &mut dire,
    )
    .unwrap();
    let pieces = verification::pieces(&etat.db, &etat.pieces, &mut dire)
        .await
        .unwrap();
    (base, pieces, lues)
}

fn executer(app: &TestApp, sql: &str) {
    app.state
        .db
        .write(|tx| tx.batch_execute(sql).map_err(DbError::from))
        .unwrap_or_else(|e| panic!("{sql}: {e}"));
}

#[actix_web::test]
async fn une_base_faite_par_les_actes_ne_montre_rien() {
    let app = demonstration().await;
    let (base, pieces, lues) = verifier(&app).await;
    assert_eq!(lues, []);
    assert!(
        base.controles > 35 && pieces.pieces > 0,
        "{base:?} {pieces:?}"
    );

    // The days pass: reminders, lapses and mails leave it consistent.
    for _ in 0..6 {
        app.state.clock.advance(chrono::TimeDelta::days(70));
        app.passer_la_journee().await;
        app.vider_courriels().await;
        imprimer(&app).await;
        let (_, _, lues) = verifier(&app).await;
        assert_eq!(lues, []);
    }
}

#[actix_web::test]
async fn chaque_alteration_est_vue_sous_sa_regle() {
    let app = demonstration().await;
    // One hand at a time: each change is undone before the next.
    let cas: &[(&str, &str)] = &[
        (
            "dossier",
            "DELETE FROM demande WHERE id = (SELECT MAX(id) FROM dossier WHERE nature = 'demande' AND etat = 'deposee')",
        ),
        (
            "dossier",
            "UPDATE dossier SET ouvert = FALSE WHERE etat = 'deposee'",
        ),
        (
            "dossier",
            "UPDATE dossier SET ouvert = TRUE WHERE etat = 'refusee'",
        ),
        (
            "dossier",
            "UPDATE dossier SET ouvert = FALSE WHERE etat = 'declaree'",
        ),
        (
            "dossier",
            "UPDATE dossier SET ouvert = FALSE WHERE id IN (SELECT id FROM place WHERE etat = 'ouverte')",
        ),
        (
            "dossier",
            "UPDATE dossier SET ouvert = TRUE WHERE id IN (SELECT id FROM place WHERE etat = 'pourvue')",
        ),
        (
            "dossier",
            "UPDATE dossier SET ouvert = FALSE WHERE nature = 'appel' AND etat = 'ouvert'",
        ),
        (
            "dossier",
            "UPDATE dossier SET echeance = '2031-01-01' WHERE nature = 'depart'",
        ),
        (
            "REG-1",
            "DROP INDEX dossier_place_kine; INSERT INTO dossier (nature, numero, caisse_code, kine_id, insee, bassin_code, \
             place_id, etat, ouvert, echeance, echeance_nature, depose_le, version) \
             SELECT nature, numero || '-bis', caisse_code, kine_id, insee, bassin_code, place_id, etat, ouvert, \
             echeance, echeance_nature, depose_le, version FROM dossier \
             WHERE nature = 'demande' AND place_id IS NOT NULL AND etat IN ('deposee', 'incomplete', 'complete', 'proposee')",
        ),
        (
            "REG-16",
            "UPDATE place SET etat = 'sans_objet' WHERE etat = 'ouverte'",
        ),
        (
            "REG-1",
            "UPDATE dossier SET place_id = NULL WHERE nature = 'demande'",
        ),
        (
            "REG-1",
            "UPDATE dossier SET place_id = (SELECT MAX(id) FROM place WHERE etat = 'a_attribuer' OR etat = 'non_transmissible') \
             WHERE id = (SELECT MAX(id) FROM demande WHERE nature = 'hors_regulation')",
        ),
        (
            "REG-14",
            "UPDATE place SET etat = 'ouverte' WHERE etat = 'reservee'",
        ),
        (
            "REG-14",
            "UPDATE place SET etat = 'reservee' WHERE etat = 'pourvue'",
        ),
        ("REG-14", "UPDATE depart SET actes_12_mois = 1"),
        (
            "REG-2",
            "UPDATE dossier SET etat = 'declaree' WHERE nature = 'depart' AND etat = 'confirmee'",
        ),
        (
            "REG-1",
            "DROP INDEX dossier_place_kine; \
             UPDATE demande SET nature = 'succession', derogation_famille = NULL \
             WHERE id = (SELECT MIN(id) FROM dossier WHERE nature = 'demande' AND place_id IS NULL); \
             UPDATE dossier SET etat = 'complete', ouvert = (1 = 1), \
             place_id = (SELECT MAX(d.place_id) FROM dossier d WHERE d.etat = 'accordee'), \
             kine_id = (SELECT MAX(d.kine_id) FROM dossier d WHERE d.nature = 'demande' AND d.place_id = \
                 (SELECT MAX(d.place_id) FROM dossier d WHERE d.etat = 'accordee')) \
             WHERE id = (SELECT MIN(id) FROM dossier WHERE nature = 'demande' AND place_id IS NULL)",
        ),
        (
            "REG-8",
            "UPDATE designation SET etat = 'remplacee' WHERE etat = 'acceptee'",
        ),
        (
            "PRO-5",
            "UPDATE decision SET decidee_par = proposee_par WHERE etat = 'decidee'",
        ),
        (
            "PRO-5",
            "UPDATE decision SET signataire = NULL WHERE etat = 'decidee'",
        ),
        (
            "PRO-5",
            "UPDATE decision SET etat = 'renvoyee' WHERE etat IN ('proposee', 'decidee')",
        ),
        (
            "PRO-7",
            "UPDATE echeance SET etat = 'annulee' WHERE nature = 'decision_implicite'",
        ),
        (
            "PRO-3",
            "UPDATE echeance SET etat = 'annulee' WHERE nature = 'pieces'",
        ),
        (
            "REG-9",
            "UPDATE echeance SET etat = 'annulee' WHERE nature = 'installation'",
        ),
        (
            "REG-5",
            "UPDATE echeance SET etat = 'annulee' WHERE nature = 'designation_successeur'",
        ),
        (
            "REG-5",
            "UPDATE place SET limite_designation = '2031-01-01' WHERE etat = 'ouverte'",
        ),
        ("ECH-3", "UPDATE dossier SET echeance = '2031-01-01'"),
        (
            "ECH-3",
            "UPDATE dossier SET etat = 'retiree' WHERE nature = 'demande' AND etat IN ('deposee', 'complete')",
        ),
        (
            "historique",
            "UPDATE dossier SET etat = 'sans_suite' WHERE nature = 'demande' AND etat = 'deposee'",
        ),
        (
            "PRO-1",
            "UPDATE echeance SET caisse_code = (SELECT MAX(code) FROM caisse)",
        ),
        ("ZON-6", "DELETE FROM zonage_bassin"),
        (
            "tache",
            "UPDATE tache SET etat = 'incertaine', conclue_le = cree_le",
        ),
        (
            "tache",
            "UPDATE tache SET etat = 'a_faire', conclue_le = NULL, prochain_essai = '2020-01-01 00:00:00'",
        ),
        (
            "tache",
            "UPDATE tache SET etat = 'en_cours', conclue_le = NULL, reclame_le = '2020-01-01 00:00:00'",
        ),
    ];
    for (regle, sql) in cas {
        let mut lues = Vec::new();
        let etat = &app.state;
        let resultat = etat.db.write(|tx| {
            tx.batch_execute(sql).map_err(DbError::from)?;
            let conn: &mut AnyConn = tx;
            for c in releve::db::verification::CONTROLES {
                for objet in c.objets(conn)? {
                    lues.push((c.regle, objet));
                }
            }
            let avant = etat.clock.now();
            for objet in releve::db::verification::taches_en_retard(conn, avant, avant)? {
                lues.push(("tache", objet));
            }
            let seuils = releve::db::grand_livre::Seuils::constant(1200);
            for caisse in releve::db::verification::caisses(conn)? {
                for zone in releve::db::grand_livre::zones(conn, &caisse, &seuils)? {
                    if !zone.bilan.equilibre() {
                        lues.push(("REG-14", zone.code));
                    }
                }
            }
            Err::<(), _>(DbError::Introuvable)
        });
        assert!(
            matches!(resultat, Err(DbError::Introuvable)),
            "{sql}: {resultat:?}"
        );
        assert!(
            lues.iter()
                .any(|(r, objet)| r == regle && !objet.is_empty()),
            "{sql} is not seen under {regle}: {lues:?}"
        );
    }
    let (_, _, lues) = verifier(&app).await;
    assert_eq!(lues, [], "every change was undone");
}

#[actix_web::test]
async fn une_piece_absente_alteree_ou_inconnue_est_vue() {
    let app = demonstration().await;
    // Several rows may name one file: each is altered through a file of its own.
    let pieces: Vec<(i64, String)> = app
        .state
        .db
        .read(|conn| {
            Ok::<_, DbError>(
                piece::table
                    .order(piece::id)
                    .select((piece::id, piece::cle))
                    .load(conn)?,
            )
        })
        .unwrap();
    let releve::config::Depot::Dossier(depot) = &app.state.config.pieces else {
        panic!("a folder");
    };
    let (absente, alteree) = (pieces[0].0, pieces[1].0);
    std::fs::create_dir_all(depot.join("zz")).unwrap();
    std::fs::write(depot.join("zz/alteree"), b"%PDF-1.4 autre chose").unwrap();
    executer(
        &app,
        &format!(
            "UPDATE piece SET cle = 'zz/absente' WHERE id = {absente}; UPDATE piece SET cle = 'zz/alteree' WHERE id = {alteree}"
        ),
    );
    std::fs::write(depot.join("zz/inconnu"), b"x").unwrap();
    let (_, bilan, lues) = verifier(&app).await;
    assert_eq!((bilan.anomalies, bilan.remarques), (2, 1), "{lues:?}");
    let vue = |objet: String, mot: &str| {
        assert!(
            lues.iter()
                .any(|a| a.objet == objet && a.phrase.contains(mot)),
            "{objet}: {lues:?}"
        );
    };
    vue(format!("pièce {absente}"), "ne se lit pas");
    vue(format!("pièce {alteree}"), "empreinte");
    vue("fichier zz/inconnu".to_owned(), "aucune pièce");
}

#[actix_web::test]
async fn une_ligne_orpheline_est_vue_sur_sqlite() {
    if crate::util::base::postgres() {
        return; // PostgreSQL lets nobody turn a foreign key off.
    }
    let app = demonstration().await;
    let releve::db::dialect::DatabaseUrl::Sqlite(chemin) = app.state.db.url() else {
        panic!("SQLite");
    };
    let mut autre = diesel::SqliteConnection::establish(chemin).unwrap();
    autre
        .batch_execute("PRAGMA foreign_keys = OFF; UPDATE place SET bassin_code = 'BV99999';")
        .unwrap();
    let (base, _, lues) = verifier(&app).await;
    assert!(base.anomalies > 0);
    assert!(
        lues.iter()
            .any(|a| a.regle == "base" && a.objet.contains("bassin")),
        "{lues:?}"
    );
}

#[test]
fn le_jeu_de_donnees_genere_ne_montre_rien() {
    let app = TestApp::start();
    let taille = releve::dev::Taille {
        caisses: 3,
        demandes: 400,
        graine: 7,
    };
    releve::dev::generer(&app.state.db, taille, app.state.clock.now()).unwrap();
    let mut lues = Vec::new();
    let mut dire = |a: &Anomalie| lues.push(a.clone());
    let etat = &app.state;
    verification::base(
        &etat.db,
        &etat.reglement(),
        etat.clock.now(),
        &etat.temoins(),
        &mut dire,
    )
    .unwrap();
    assert_eq!(lues, []);
}
