//! REG-6, REG-9, PRO-3, PRO-7: what happens by itself the day after, and what never does.

use chrono::NaiveDate;
use diesel::prelude::*;
use regles::demande::{EtatDemande, NatureDemande};
use regles::echeance::{Delai, NatureEcheance};
use regles::grand_livre::EtatPlace;
use releve::db::DbError;
use releve::db::schema::{demande, designation, dossier, echeance, evenement, place};
use releve::taches::quotidien::Bilan;

use super::rappel::{midi, ouvrir};
use crate::util::TestApp;
use crate::util::builders::{Decor, UneDemande, jour};

/// A departure of 31 January 2024 with its open place and its delay: until 31 January 2026, a Saturday.
fn place_de_2024(app: &TestApp, decor: &Decor) -> i64 {
    decor.region_93();
    let cedante = decor.kine("claire.martin@example.fr", "10000000017");
    let depart = decor.depart(cedante.id, "13056", jour(2024, 1, 31), Some(1500));
    let place_id = decor.place(depart, EtatPlace::Ouverte);
    decor
        .db
        .write(|tx| {
            diesel::update(place::table.find(place_id))
                .set(place::limite_designation.eq(jour(2026, 2, 2)))
                .execute(&mut **tx)
                .map_err(DbError::from)
        })
        .unwrap();
    ouvrir(
        app,
        place_id,
        NatureEcheance::DesignationSuccesseur,
        jour(2024, 1, 31),
        Delai::Annees(2),
    );
    place_id
}

fn etat_place(app: &TestApp, id: i64) -> EtatPlace {
    app.state
        .db
        .read(|conn| {
            Ok::<_, DbError>(
                place::table
                    .find(id)
                    .select(place::etat)
                    .first::<EtatPlace>(conn)?,
            )
        })
        .unwrap()
}

fn etat_demande(app: &TestApp, id: i64) -> EtatDemande {
    app.state
        .db
        .read(|conn| {
            Ok::<_, DbError>(
                dossier::table
                    .find(id)
                    .select(dossier::etat)
                    .first::<EtatDemande>(conn)?,
            )
        })
        .unwrap()
}

async fn journee(app: &TestApp, jour: NaiveDate) -> (Bilan, Vec<(String, String)>) {
    app.state.clock.set(midi(jour));
    let bilan = app.passer_la_journee().await;
    let courriels = app.vider_courriels().await;
    let recus = courriels
        .into_iter()
        .map(|c| (c.destinataire, c.sujet.replace('\u{a0}', " ")))
        .collect();
    (bilan, recus)
}

#[actix_web::test]
async fn sans_successeur_la_place_devient_caduque_le_lendemain_une_seule_fois() {
    let app = TestApp::start();
    let decor = Decor::new(&app);
    let id = place_de_2024(&app, &decor);
    let (bilan, _) = journee(&app, jour(2026, 2, 2)).await;
    assert_eq!(
        (bilan.caducites, etat_place(&app, id)),
        (0, EtatPlace::Ouverte)
    );

    let (bilan, recus) = journee(&app, jour(2026, 2, 3)).await;
    assert_eq!((bilan.caducites, bilan.rappels, bilan.erreurs), (1, 0, 0));
    assert_eq!(etat_place(&app, id), EtatPlace::Caduque);
    let adresses: Vec<&str> = recus.iter().map(|(a, _)| a.as_str()).collect();
    assert_eq!(
        adresses,
        [
            "claire.martin@example.fr",
            "conventionnement@cpam.example.fr"
        ]
    );
    for j in [jour(2026, 2, 3), jour(2026, 2, 4), jour(2026, 8, 1)] {
        assert_eq!(journee(&app, j).await, (Bilan::default(), Vec::new()));
    }
    let traces: i64 = app
        .state
        .db
        .read(|conn| {
            Ok::<_, DbError>(
                evenement::table
                    .filter(evenement::code.eq("place.caduque"))
                    .count()
                    .get_result(conn)?,
            )
        })
        .unwrap();
    assert_eq!(traces, 1);
}

#[actix_web::test]
async fn un_successeur_accepte_ou_une_demande_en_cours_garde_la_place_ouverte() {
    for par_demande in [false, true] {
        let app = TestApp::start();
        let decor = Decor::new(&app);
        let id = place_de_2024(&app, &decor);
        let successeur = decor.kine("paul.durand@example.fr", "10000000025");
        if par_demande {
            decor.demande(&UneDemande {
                kine_id: successeur.id,
                nature: NatureDemande::Succession,
                place_id: Some(id),
                etat: EtatDemande::Complete,
                ..UneDemande::default()
            });
        } else {
            decor.designation(id, &successeur, "acceptee");
        }
        let (bilan, _) = journee(&app, jour(2026, 3, 2)).await;
        assert_eq!((bilan.caducites, bilan.erreurs), (0, 0));
        assert_eq!(etat_place(&app, id), EtatPlace::Ouverte);
    }
}

#[actix_web::test]
async fn une_designation_sans_reponse_n_empeche_pas_la_caducite() {
    let app = TestApp::start();
    let decor = Decor::new(&app);
    let id = place_de_2024(&app, &decor);
    let successeur = decor.kine("paul.durand@example.fr", "10000000025");
    decor.designation(id, &successeur, "en_attente");
    let (bilan, _) = journee(&app, jour(2026, 2, 3)).await;
    assert_eq!(bilan.caducites, 1);
    assert_eq!(etat_place(&app, id), EtatPlace::Caduque);
}

/// A grant notified on 31 August 2025 (REG-9: until 2 March 2026) on a place whose delay ends in `fin`.
fn accord(app: &TestApp, decor: &Decor, depart_le: NaiveDate, limite: NaiveDate) -> (i64, i64) {
    decor.region_93();
    let cedante = decor.kine("claire.martin@example.fr", "10000000017");
    let successeur = decor.kine("paul.durand@example.fr", "10000000025");
    let depart = decor.depart(cedante.id, "13056", depart_le, Some(1500));
    let place_id = decor.place(depart, EtatPlace::Reservee);
    decor.designation(place_id, &successeur, "acceptee");
    let demande_id = decor.demande(&UneDemande {
        kine_id: successeur.id,
        nature: NatureDemande::Succession,
        place_id: Some(place_id),
        etat: EtatDemande::Accordee,
        ..UneDemande::default()
    });
    decor
        .db
        .write(|tx| {
            diesel::update(place::table.find(place_id))
                .set(place::limite_designation.eq(limite))
                .execute(&mut **tx)?;
            diesel::update(demande::table.find(demande_id))
                .set(demande::notifiee_le.eq(jour(2025, 8, 31)))
                .execute(&mut **tx)
                .map_err(DbError::from)
        })
        .unwrap();
    ouvrir(
        app,
        demande_id,
        NatureEcheance::Installation,
        jour(2025, 8, 31),
        Delai::Mois(6),
    );
    (place_id, demande_id)
}

#[actix_web::test]
async fn sans_installation_l_accord_est_caduc_et_la_place_se_rouvre_si_ses_deux_ans_courent() {
    let app = TestApp::start();
    let decor = Decor::new(&app);
    let (place_id, demande_id) = accord(&app, &decor, jour(2025, 6, 30), jour(2027, 6, 30));
    let (bilan, _) = journee(&app, jour(2026, 3, 2)).await;
    assert_eq!(
        (bilan.caducites, etat_demande(&app, demande_id)),
        (0, EtatDemande::Accordee)
    );

    let (bilan, recus) = journee(&app, jour(2026, 3, 3)).await;
    assert_eq!((bilan.caducites, bilan.erreurs), (1, 0), "{recus:?}");
    assert_eq!(etat_demande(&app, demande_id), EtatDemande::Caduque);
    assert_eq!(etat_place(&app, place_id), EtatPlace::Ouverte);
    let (actives, delais): (i64, i64) = app
        .state
        .db
        .read(|conn| {
            Ok::<_, DbError>((
                designation::table
                    .filter(designation::etat.eq_any(["en_attente", "acceptee"]))
                    .count()
                    .get_result(conn)?,
                echeance::table
                    .filter(echeance::dossier_id.eq(place_id))
                    .filter(echeance::etat.eq("en_cours"))
                    .filter(echeance::finale.eq(jour(2027, 6, 30)))
                    .count()
                    .get_result(conn)?,
            ))
        })
        .unwrap();
    assert_eq!(
        (actives, delais),
        (0, 1),
        "designable again, under the same delay"
    );
    let adresses: Vec<&str> = recus.iter().map(|(a, _)| a.as_str()).collect();
    assert_eq!(
        adresses,
        [
            "paul.durand@example.fr",
            "claire.martin@example.fr",
            "conventionnement@cpam.example.fr"
        ]
    );
    let (suite, _) = journee(&app, jour(2026, 3, 4)).await;
    assert_eq!(suite, Bilan::default());
}

#[actix_web::test]
async fn sans_installation_et_les_deux_ans_passes_la_place_est_caduque_aussi() {
    let app = TestApp::start();
    let decor = Decor::new(&app);
    let (place_id, demande_id) = accord(&app, &decor, jour(2024, 1, 31), jour(2026, 2, 2));
    let (bilan, _) = journee(&app, jour(2026, 3, 13)).await;
    assert_eq!((bilan.caducites, bilan.erreurs), (1, 0));
    assert_eq!(etat_demande(&app, demande_id), EtatDemande::Caduque);
    assert_eq!(etat_place(&app, place_id), EtatPlace::Caduque);
}

#[actix_web::test]
async fn ni_le_silence_ni_les_pieces_manquantes_ne_decident_par_eux_memes() {
    let app = TestApp::start();
    let decor = Decor::new(&app);
    decor.region_93();
    let kine = decor.kine("paul.durand@example.fr", "10000000025");
    let muette = decor.demande(&UneDemande {
        kine_id: kine.id,
        etat: EtatDemande::Complete,
        ..UneDemande::default()
    });
    let incomplete = decor.demande(&UneDemande {
        numero: "131-2026-000002",
        kine_id: kine.id,
        etat: EtatDemande::Incomplete,
        ..UneDemande::default()
    });
    for (id, nature, delai) in [
        (muette, NatureEcheance::DecisionImplicite, Delai::Mois(2)),
        (incomplete, NatureEcheance::Pieces, Delai::Mois(1)),
    ] {
        ouvrir(&app, id, nature, jour(2026, 1, 15), delai);
    }
    for j in jour(2026, 1, 15).iter_days().step_by(5).take(40) {
        let (bilan, _) = journee(&app, j).await;
        assert_eq!((bilan.caducites, bilan.erreurs), (0, 0));
    }
    assert_eq!(etat_demande(&app, muette), EtatDemande::Complete);
    assert_eq!(etat_demande(&app, incomplete), EtatDemande::Incomplete);
}
