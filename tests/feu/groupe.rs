//! Writes that wait together are committed together, each for itself.

use std::sync::mpsc;

use regles::dossier::NatureDossier;
use releve::db::dossier::numero_suivant;
use releve::db::{DbError, DbResult};

use super::compteur;
use crate::util::Caisse;

#[derive(Clone, Copy)]
enum Sort {
    Faite,
    Refusee,
    Panique,
}

#[actix_web::test]
async fn celles_qui_attendent_ensemble_partagent_un_commit() {
    compteur::installer();
    let caisse = Caisse::start();
    let app = &caisse.app;
    let db = &app.state.db;
    let sqlite = caisse.lire(|conn| Ok(conn.is_sqlite()));
    if !sqlite {
        // PostgreSQL shares the wait by itself.
        return;
    }
    // Somebody writes meanwhile.
    let (commence, attendre) = mpsc::channel();
    let (finir, fin) = mpsc::channel::<()>();
    let occupant = std::thread::spawn({
        let db = db.clone();
        move || {
            db.write(|_| {
                commence.send(()).expect("heard");
                fin.recv().expect("told");
                Ok::<_, DbError>(())
            })
        }
    });
    attendre.recv().expect("it has begun");
    let sorts = [
        Sort::Faite,
        Sort::Refusee,
        Sort::Faite,
        Sort::Faite,
        // Last: what a panic prints may take as long as a transaction takes others in.
        Sort::Panique,
    ];
    let ecritures: Vec<_> = sorts
        .into_iter()
        .map(|sort| {
            let db = db.clone();
            actix_web::rt::spawn(async move {
                db.spawn_write(move |tx| -> DbResult<String> {
                    let numero = numero_suivant(tx, "131", NatureDossier::Demande, 2031)?;
                    match sort {
                        Sort::Faite => Ok(numero),
                        Sort::Refusee => Err(DbError::Perime),
                        Sort::Panique => panic!("said by the test"),
                    }
                })
                .await
            })
        })
        .collect();
    for _ in 0..sorts.len() {
        actix_web::rt::task::yield_now().await;
    }
    let avant = compteur::recues(app);
    finir.send(()).expect("heard");
    occupant.join().expect("it ended").expect("it wrote");
    let mut dites = Vec::new();
    for ecriture in ecritures {
        dites.push(match ecriture.await.expect("an answer") {
            Ok(numero) => numero,
            Err(DbError::Perime) => "changed".to_owned(),
            Err(DbError::Interrompu(_)) => "stopped".to_owned(),
            Err(autre) => panic!("{autre}"),
        });
    }
    // What was undone gave its number back.
    assert_eq!(
        dites,
        [
            "131-2031-000001",
            "changed",
            "131-2031-000002",
            "131-2031-000003",
            "stopped"
        ]
    );
    // The commit of who was there; then one BEGIN, one COMMIT, and two for the savepoint of each.
    let demandees = compteur::recues(app) - avant;
    assert_eq!(demandees.transactions, 1 + 2 + 2 * sorts.len());
    let suivant = db
        .write(|tx| numero_suivant(tx, "131", NatureDossier::Demande, 2031))
        .expect("a number");
    assert_eq!(suivant, "131-2031-000004");
}
