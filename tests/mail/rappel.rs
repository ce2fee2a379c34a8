//! ECH-5: each reminder once, to the right people, whatever happened to the process meanwhile.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use regles::calendrier::Territoire;
use regles::demande::EtatDemande;
use regles::droits::Role;
use regles::echeance::{Delai, NatureEcheance};
use regles::grand_livre::EtatPlace;
use releve::actions::echeance::{self, Ouverture};
use releve::actions::{Acte, Acteur};

use releve::taches::quotidien::Bilan;

use crate::util::TestApp;
use crate::util::builders::{Decor, UneDemande, jour};

const RPPS: &str = "10000000017";

fn acte(app: &TestApp) -> Acte {
    Acte {
        acteur: Acteur::releve(app.state.clock.now()),
        reglement: app.state.reglement(),
        url_publique: app.adresse.clone(),
    }
}

pub fn ouvrir(
    app: &TestApp,
    dossier_id: i64,
    nature: NatureEcheance,
    depart: NaiveDate,
    delai: Delai,
) {
    app.state
        .db
        .write(|tx| {
            echeance::ouvrir(
                tx,
                &acte(app),
                &Ouverture {
                    caisse_code: "131",
                    territoire: Territoire::Metropole,
                    dossier_id,
                    nature,
                    depart,
                    delai,
                    suspensions: &[],
                },
            )
        })
        .unwrap();
}

pub fn midi(jour: NaiveDate) -> NaiveDateTime {
    jour.and_hms_opt(11, 0, 0).unwrap()
}

/// A request handled by an agent, and the deadline of its implicit decision: 16 March 2026.
fn demande_suivie(app: &TestApp) -> i64 {
    let decor = Decor::new(app);
    decor.region_93();
    let agent = decor.compte(Role::Instructeur, Some("131"), "nadia.agent@example.fr");
    let kine = decor.kine("paul.durand@example.fr", RPPS);
    let demande = decor.demande(&UneDemande {
        kine_id: kine.id,
        etat: EtatDemande::Complete,
        assigne_a: Some(agent),
        ..UneDemande::default()
    });
    ouvrir(
        app,
        demande,
        NatureEcheance::DecisionImplicite,
        jour(2026, 1, 15),
        Delai::Mois(2),
    );
    demande
}

/// Ticks on each of these days, and returns the days on which something was sent, with the recipients.
async fn parcourir(
    app: &TestApp,
    jours: impl Iterator<Item = NaiveDate>,
) -> Vec<(NaiveDate, Vec<String>)> {
    let mut envois = Vec::new();
    for j in jours {
        app.state.clock.set(midi(j));
        app.passer_la_journee().await;
        let partis = app.vider_courriels().await;
        if !partis.is_empty() {
            envois.push((j, partis.into_iter().map(|c| c.destinataire).collect()));
        }
    }
    envois
}

#[actix_web::test]
async fn la_decision_implicite_est_rappelee_a_l_agent_30_15_7_et_2_jours_avant() {
    let app = TestApp::start();
    demande_suivie(&app);
    let envois = parcourir(&app, jour(2026, 1, 15).iter_days().take(90)).await;
    let jours: Vec<NaiveDate> = envois.iter().map(|(j, _)| *j).collect();
    // Two months from 15 January end on Sunday 15 March, hence Monday 16 March.
    assert_eq!(
        jours,
        [
            jour(2026, 2, 14),
            jour(2026, 3, 1),
            jour(2026, 3, 9),
            jour(2026, 3, 14),
            // What silence was worth is told the day after, to who asked.
            jour(2026, 3, 17)
        ]
    );
    let (silence, rappels) = envois.split_last().expect("mails");
    assert!(
        rappels
            .iter()
            .all(|(_, a)| a == &["nadia.agent@example.fr"])
    );
    assert_ne!(silence.1, ["nadia.agent@example.fr"]);
}

#[actix_web::test]
async fn apres_une_panne_seul_le_dernier_rappel_du_part_et_une_seule_fois() {
    let app = TestApp::start();
    demande_suivie(&app);
    // Out from 14 February to 10 March: 30, 15 and 7 days before are all due.
    app.state.clock.set(midi(jour(2026, 3, 10)));
    assert_eq!(
        app.passer_la_journee().await,
        Bilan {
            rappels: 1,
            ..Bilan::default()
        }
    );
    assert_eq!(app.passer_la_journee().await, Bilan::default());
    let partis = app.vider_courriels().await;
    assert_eq!(partis.len(), 1);
    assert!(partis[0].sujet.contains("131-2026-000001"));
    assert!(
        partis[0].texte.contains("lundi 16\u{a0}mars 2026"),
        "{}",
        partis[0].texte
    );
    assert!(
        partis[0].texte.contains("dans 6\u{a0}jours"),
        "{}",
        partis[0].texte
    );
}

#[actix_web::test]
async fn une_echeance_satisfaite_n_est_plus_rappelee_et_une_echeance_deplacee_l_est_a_sa_nouvelle_date()
 {
    let app = TestApp::start();
    let demande = demande_suivie(&app);
    app.state.clock.set(midi(jour(2026, 2, 1)));
    // Documents are asked for on 1 February, until 2 March; they come on 11 February: ten days more.
    app.state
        .db
        .write(|tx| echeance::suspendre(tx, &acte(&app), demande, jour(2026, 3, 2)))
        .unwrap();
    app.state.clock.set(midi(jour(2026, 2, 11)));
    let nouvelle = app
        .state
        .db
        .write(|tx| echeance::reprendre(tx, &acte(&app), demande))
        .unwrap()
        .unwrap();
    assert_eq!(nouvelle.finale, jour(2026, 3, 25));
    let envois = parcourir(&app, jour(2026, 2, 11).iter_days().take(28)).await;
    let jours: Vec<NaiveDate> = envois.iter().map(|(j, _)| *j).collect();
    assert_eq!(jours, [jour(2026, 2, 23), jour(2026, 3, 10)]);

    app.state
        .db
        .write(|tx| {
            echeance::satisfaire(
                tx,
                &acte(&app),
                demande,
                NatureEcheance::DecisionImplicite,
                "Décidée",
            )
        })
        .unwrap();
    assert!(
        parcourir(&app, jour(2026, 3, 11).iter_days().take(30))
            .await
            .is_empty()
    );
}

#[actix_web::test]
async fn sans_agent_la_caisse_est_prevenue_et_le_lendemain_des_pieces_tout_le_monde() {
    let app = TestApp::start();
    let decor = Decor::new(&app);
    decor.region_93();
    let kine = decor.kine("paul.durand@example.fr", RPPS);
    let demande = decor.demande(&UneDemande {
        kine_id: kine.id,
        etat: EtatDemande::Incomplete,
        ..UneDemande::default()
    });
    ouvrir(
        &app,
        demande,
        NatureEcheance::Pieces,
        jour(2026, 1, 15),
        Delai::Mois(1),
    );
    // 15 February is a Sunday: the last day is Monday 16.
    let envois = parcourir(&app, jour(2026, 1, 16).iter_days().take(60)).await;
    let jours: Vec<NaiveDate> = envois.iter().map(|(j, _)| *j).collect();
    assert_eq!(
        jours,
        [jour(2026, 2, 6), jour(2026, 2, 13), jour(2026, 2, 17)]
    );
    for (_, destinataires) in envois {
        assert_eq!(
            destinataires,
            ["paul.durand@example.fr", "conventionnement@cpam.example.fr"]
        );
    }
}

#[actix_web::test]
async fn le_cedant_est_rappele_12_6_3_1_mois_et_7_jours_avant() {
    let app = TestApp::start();
    let decor = Decor::new(&app);
    decor.region_93();
    let kine = decor.kine("claire.martin@example.fr", RPPS);
    let depart = decor.depart(kine.id, "13056", jour(2026, 1, 31), Some(1500));
    let place = decor.place(depart, EtatPlace::Ouverte);
    ouvrir(
        &app,
        place,
        NatureEcheance::DesignationSuccesseur,
        jour(2026, 1, 31),
        Delai::Annees(2),
    );
    // 31 January 2028 is a Monday.
    let envois = parcourir(&app, jour(2026, 12, 1).iter_days().take(426)).await;
    let jours: Vec<NaiveDate> = envois.iter().map(|(j, _)| *j).collect();
    assert_eq!(
        jours,
        [
            jour(2027, 1, 31),
            jour(2027, 7, 31),
            jour(2027, 10, 31),
            jour(2027, 12, 31),
            jour(2028, 1, 24),
        ]
    );
    assert!(
        envois
            .iter()
            .all(|(_, a)| a == &["claire.martin@example.fr"])
    );
}

#[test]
fn dans_n_importe_quel_ordre_chaque_rappel_part_au_plus_une_fois() {
    let systeme = actix_web::rt::System::new();
    let app = TestApp::start();
    let decor = Decor::new(&app);
    decor.region_93();
    let kine = decor.kine("paul.durand@example.fr", RPPS);
    let mut runner = TestRunner::new(Config {
        cases: 24,
        ..Config::default()
    });
    let numero = std::cell::Cell::new(0);
    runner
        .run(&prop::collection::vec(-5_i64..75, 1..25), |decalages| {
            numero.set(numero.get() + 1);
            let demande = decor.demande(&UneDemande {
                numero: &format!("131-2026-{:06}", numero.get()),
                kine_id: kine.id,
                etat: EtatDemande::Complete,
                ..UneDemande::default()
            });
            ouvrir(
                &app,
                demande,
                NatureEcheance::DecisionImplicite,
                jour(2026, 1, 15),
                Delai::Mois(2),
            );
            let mut total = 0;
            for decalage in &decalages {
                let le = midi(jour(2026, 1, 15)) + TimeDelta::days(*decalage);
                app.state.clock.set(le);
                total += systeme.block_on(app.passer_la_journee()).rappels;
            }
            // Four codes exist; of those, only the ones whose day has come on one of the ticks.
            prop_assert!(total <= 4);
            let encore = decalages.iter().any(|d| (30..=60).contains(d));
            prop_assert_eq!(total > 0, encore, "{:?}", decalages);
            app.state
                .db
                .write(|tx| {
                    echeance::satisfaire(
                        tx,
                        &acte(&app),
                        demande,
                        NatureEcheance::DecisionImplicite,
                        "Fin du cas",
                    )
                })
                .unwrap();
            Ok(())
        })
        .unwrap();
    let cles: Vec<String> = {
        use diesel::prelude::*;
        use releve::db::schema::tache;
        app.state
            .db
            .read(|conn| Ok::<_, releve::db::DbError>(tache::table.select(tache::cle).load(conn)?))
            .unwrap()
    };
    let uniques: std::collections::HashSet<&String> = cles.iter().collect();
    assert_eq!(uniques.len(), cles.len());
}
