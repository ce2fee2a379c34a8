//! kill -9 in the middle of a stream of requests: what was acknowledged is there, nothing is half-written.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use diesel::prelude::*;
use regles::droits::Role;
use releve::db::DbResult;
use releve::db::courriel::NouveauCourriel;
use releve::db::schema::{courriel, dossier, echeance, evenement, numerotation, piece, tache};
use releve::db::tache::EtatTache;

use super::processus::{Processus, executer, port_libre};
use crate::util::TestApp;
use crate::util::builders::Decor;
use crate::util::client::Client;
use crate::util::compte::MOT_DE_PASSE;
use crate::web::praticien::{PDF, deposer, numero_de_demande};

const CLIENTS: usize = 4;

/// Files requests one after the other until the server is gone, and writes down those acknowledged.
async fn deposer_sans_fin(client: Arc<Client>, accuses: Arc<Mutex<Vec<String>>>) {
    loop {
        // A client of the tests panics when nobody answers: the task ends there.
        let page = deposer(&client, &[], &[("piece_diplome", "diplome.pdf", PDF)]).await;
        if page.statut == 200 {
            accuses.lock().unwrap().push(numero_de_demande(&page));
        }
    }
}

#[actix_web::test]
async fn un_kill_9_ne_perd_rien_de_ce_qui_a_ete_accuse() {
    let app = TestApp::start();
    Decor::new(&app).region_93();
    let dossier = tempfile::tempdir().unwrap();
    let port = port_libre();
    let accuses = Arc::new(Mutex::new(Vec::new()));
    let mut clients = Vec::new();
    let mut processus = Processus::demarrer(&app, dossier.path(), port).await;
    for _ in 0..CLIENTS {
        let compte = app.compte(Role::Kine, None);
        let client = Client::new(&processus.adresse);
        let page = client.connexion(&compte.courriel, MOT_DE_PASSE).await;
        assert!(!page.chemin.starts_with("/connexion"), "{}", page.texte());
        clients.push(Arc::new(client));
    }

    for tour in 1..=3 {
        let taches: Vec<_> = clients
            .iter()
            .map(|c| tokio::spawn(deposer_sans_fin(c.clone(), accuses.clone())))
            .collect();
        let attendus = tour * 15;
        for _ in 0..1200 {
            if accuses.lock().unwrap().len() >= attendus {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        processus.tuer();
        for tache in taches {
            assert!(tache.await.is_err(), "the server is gone");
        }
        processus = Processus::demarrer(&app, dossier.path(), port).await;
    }
    processus.tuer();

    let accuses = accuses.lock().unwrap().clone();
    assert!(
        accuses.len() >= 45,
        "only {} requests were filed",
        accuses.len()
    );
    let uniques: HashSet<&String> = accuses.iter().collect();
    assert_eq!(uniques.len(), accuses.len(), "one number, one request");
    let demandes: Vec<(i64, String)> = app
        .state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(dossier::table
                .filter(dossier::nature.eq("demande"))
                .order(dossier::id)
                .select((dossier::id, dossier::numero))
                .load(conn)?)
        })
        .unwrap();
    let numeros: HashSet<&String> = demandes.iter().map(|(_, n)| n).collect();
    let perdus: Vec<&&String> = uniques.iter().filter(|n| !numeros.contains(*n)).collect();
    assert!(perdus.is_empty(), "acknowledged and lost: {perdus:?}");
    // Beyond those, at most one request in flight per client and per kill.
    assert!(demandes.len() <= accuses.len() + 3 * CLIENTS);
    let dernier: i32 = app
        .state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(numerotation::table
                .filter(numerotation::nature.eq("demande"))
                .select(numerotation::dernier)
                .first(conn)?)
        })
        .unwrap();
    assert_eq!(
        usize::try_from(dernier).unwrap(),
        demandes.len(),
        "no number is missing"
    );

    for (id, numero) in &demandes {
        let (echeances, pieces, evenements, courriels): (i64, i64, i64, i64) = app
            .state
            .db
            .read(|conn| -> DbResult<_> {
                Ok((
                    echeance::table
                        .filter(echeance::dossier_id.eq(id))
                        .count()
                        .get_result(conn)?,
                    piece::table
                        .filter(piece::dossier_id.eq(id))
                        .count()
                        .get_result(conn)?,
                    evenement::table
                        .filter(evenement::dossier_id.eq(id))
                        .filter(evenement::code.eq("demande.deposee"))
                        .count()
                        .get_result(conn)?,
                    courriel::table
                        .filter(courriel::modele.eq("demande_deposee"))
                        .filter(courriel::sujet.like(format!("%{numero}%")))
                        .count()
                        .get_result(conn)?,
                ))
            })
            .unwrap();
        assert_eq!(
            (echeances, pieces, evenements, courriels),
            (1, 1, 1, 1),
            "request {numero} is half-written"
        );
    }
    envois_uniques(dossier.path());
    // The program itself finds nothing wrong, files and fingerprints included.
    let sortie = executer(&app, dossier.path(), &["check"]);
    let texte = String::from_utf8_lossy(&sortie.stdout);
    assert!(sortie.status.success(), "{texte}");
    assert!(texte.contains("0\u{a0}anomalie"), "{texte}");
}

/// No mail left twice, whatever the kills interrupted.
fn envois_uniques(dossier: &std::path::Path) {
    let mut vus = HashSet::new();
    for fichier in std::fs::read_dir(dossier.join("courriels")).unwrap() {
        let source = std::fs::read_to_string(fichier.unwrap().path()).unwrap();
        if let Some(id) = source
            .lines()
            .find_map(|l| l.strip_prefix("Message-ID: ").map(str::to_owned))
        {
            assert!(vus.insert(id.clone()), "{id} left twice");
        }
    }
    assert!(!vus.is_empty(), "mails leave meanwhile");
}

#[actix_web::test]
async fn check_sort_en_erreur_et_nomme_ce_qui_ne_va_pas() {
    let app = TestApp::start();
    let decor = Decor::new(&app);
    decor.region_93();
    let dossier = tempfile::tempdir().unwrap();
    let sortie = executer(&app, dossier.path(), &["check"]);
    assert!(sortie.status.success(), "{sortie:?}");

    let kine = decor.kine("claire.martin@example.fr", "10000000017");
    let depart = decor.depart(
        kine.id,
        "13056",
        crate::util::builders::jour(2026, 1, 31),
        Some(1500),
    );
    decor.place(depart, regles::grand_livre::EtatPlace::Reservee);
    let sortie = executer(&app, dossier.path(), &["check"]);
    assert_eq!(sortie.status.code(), Some(1));
    let texte = String::from_utf8_lossy(&sortie.stdout);
    assert!(
        texte.contains("anomalie [REG-14] place 1 : la place est réservée sans demande accordée"),
        "{texte}"
    );
}

#[actix_web::test]
async fn un_arret_ordinaire_ne_laisse_aucun_courriel_en_route() {
    let app = TestApp::start();
    let dossier = tempfile::tempdir().unwrap();
    let le = app.state.clock.now();
    for n in 0..300 {
        app.state
            .db
            .write(|tx| {
                releve::db::courriel::deposer(
                    tx,
                    &NouveauCourriel {
                        cle: &format!("essai:{n}"),
                        modele: "essai",
                        destinataire: "a@example.fr",
                        sujet: "Essai",
                        texte: "Bonjour",
                        html: "<p>Bonjour</p>",
                        cree_le: le,
                    },
                )
            })
            .unwrap();
    }
    let mut processus = Processus::demarrer(&app, dossier.path(), port_libre()).await;
    // It is stopped while mails leave: not before the first one, however slow the machine.
    let partis = dossier.path().join("courriels");
    for _ in 0..3_000 {
        if std::fs::read_dir(&partis).is_ok_and(|mut fichiers| fichiers.next().is_some()) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert!(processus.arreter(), "it ends with code 0");
    let etats: Vec<EtatTache> = app
        .state
        .db
        .read(|conn| -> DbResult<_> { Ok(tache::table.select(tache::etat).load(conn)?) })
        .unwrap();
    let envoyes = etats.iter().filter(|e| **e == EtatTache::Faite).count();
    let attente = etats.iter().filter(|e| **e == EtatTache::AFaire).count();
    assert_eq!(envoyes + attente, 300, "{etats:?}");
    envois_uniques(dossier.path());
}
