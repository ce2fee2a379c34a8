//! The home of a practitioner: one sentence, and a number of queries that does not grow.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::ExpressionMethods;
use diesel::QueryDsl;
use diesel::RunQueryDsl;
use diesel::connection::{Connection, InstrumentationEvent};
use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;
use regles::grand_livre::EtatPlace;
use releve::db::schema::{demande, dossier};
use releve::db::{Db, DbResult};

use super::praticien::*;
use crate::util::builders::{Decor, UneDemande, jour};

/// Counts the queries of every connection that reads: each is held while the next is taken.
fn compter(db: &Db, reste: u32, compteur: &Arc<AtomicUsize>) -> DbResult<()> {
    if reste == 0 {
        return Ok(());
    }
    db.read(|conn| {
        let compteur_d_ici = compteur.clone();
        conn.set_instrumentation(move |evenement: InstrumentationEvent<'_>| {
            if matches!(evenement, InstrumentationEvent::StartQuery { .. }) {
                compteur_d_ici.fetch_add(1, Ordering::Relaxed);
            }
        });
        compter(db, reste - 1, compteur)
    })
}

#[actix_web::test]
async fn l_accueil_lit_autant_de_fois_pour_une_demande_que_pour_trente() {
    let (app, compte, client) = application().await;
    let kine_id = compte.kine_id.expect("a practitioner");
    let decor = Decor::new(&app);
    let demande = |numero: &str| {
        decor.demande(&UneDemande {
            numero,
            kine_id,
            insee: "13001",
            bassin: "BV13001",
            categorie: "intermediaire",
            ..UneDemande::default()
        });
    };
    let successeur = app.compte(Role::Kine, None);
    let (depart, _) = depart(&app, &compte, EtatPlace::Ouverte);
    designer(
        &client,
        depart,
        successeur.rpps.as_deref().expect("a RPPS"),
        &successeur.courriel,
    )
    .await;
    demande("131-2026-900000");
    let compteur = Arc::new(AtomicUsize::new(0));
    compter(&app.state.db, app.state.config.pool, &compteur).expect("every connection is counted");
    let mesurer = async |chemin: &str| {
        let avant = compteur.load(Ordering::Relaxed);
        let page = client.get(chemin).await;
        assert_eq!(page.statut, 200, "{}", page.texte());
        compteur.load(Ordering::Relaxed) - avant
    };
    let une = mesurer("/espace").await;
    // Thirteen, and what begins and ends their snapshot.
    assert!((1..=15).contains(&une), "{une} queries");
    for rang in 1..30 {
        demande(&format!("131-2026-9000{rang:02}"));
    }
    for (insee, date) in [("83137", jour(2025, 11, 30)), ("04022", jour(2025, 10, 31))] {
        let id = decor.depart(kine_id, insee, date, Some(1500));
        decor.place(id, EtatPlace::Ouverte);
    }
    assert_eq!(mesurer("/espace").await, une);
    let detail = mesurer(&format!("/mes-departs/{depart}")).await;
    assert!(detail <= 12, "{detail} queries");
}

#[actix_web::test]
async fn ce_qui_manque_se_dit_avec_ou_l_envoyer_avant_que_la_caisse_le_demande() {
    let (app, compte, client) = application().await;
    let kine_id = compte.kine_id.expect("a practitioner");
    let page = deposer(&client, &[], &[("piece_diplome", "diplome.pdf", PDF)]).await;
    let numero = numero_de_demande(&page);
    let page = client.get("/espace").await;
    let texte = page.texte();
    let attendu = format!(
        "Il manque deux pièces à votre demande {numero} (attestation d’inscription à l’Ordre, justificatif du lieu d’exercice)"
    );
    assert!(texte.contains(&attendu), "{texte}");
    assert!(!texte.contains("Vous n’avez rien à faire"), "{texte}");
    let lien = format!("href=\"/demandes/{numero}#t-pieces\"");
    assert!(page.html.contains(&lien), "{}", page.html);
    let chemin = format!("/demandes/{numero}");
    let fichiers: &[(&str, &str, &[u8])] = &[
        ("piece_inscription_ordre", "ordre.pdf", PDF),
        ("piece_justificatif_local", "bail.png", PNG),
    ];
    client
        .post_fichiers(&chemin, &format!("{chemin}/pieces"), &[], fichiers)
        .await;
    let texte = client.get("/espace").await.texte();
    assert!(
        texte.contains("Vous n’avez rien à faire : la caisse étudie"),
        "{texte}"
    );
    // A departure declared without its document, as one filed by an agent or long ago.
    let decor = Decor::new(&app);
    let depart = decor.depart_sans_piece(kine_id, "13056", jour(2025, 12, 31), Some(2400));
    let page = client.get("/espace").await;
    assert!(
        page.texte().contains(
            "Il manque une pièce à votre départ de Martigues (justificatif de cessation définitive)"
        ) && page
            .html
            .contains(&format!("href=\"/mes-departs/{depart}#t-pieces\"")),
        "{}",
        page.texte()
    );
}

#[actix_web::test]
async fn la_phrase_dit_ce_qui_est_attendu_et_de_qui() {
    let (app, compte, client) = application().await;
    let kine_id = compte.kine_id.expect("a practitioner");
    let page = client.get("/espace").await;
    assert!(
        page.texte().contains("Aucune démarche n’est en cours"),
        "{}",
        page.texte()
    );
    let (depart_id, place) = depart(&app, &compte, EtatPlace::Ouverte);
    let phrase = async || client.get("/espace").await.texte();
    assert!(
        phrase()
            .await
            .contains("Votre départ de Martigues ouvre une place : désignez votre successeur")
    );
    mettre_place(&app, place, EtatPlace::Reservee);
    assert!(
        phrase()
            .await
            .contains("Vous n’avez rien à faire : votre succession à Martigues suit son cours")
    );
    // PRO-8: who leaves reads nothing of the grant before whoever it is for.
    let page = client.get(&format!("/mes-departs/{depart_id}")).await;
    for texte in [phrase().await, page.texte()] {
        assert!(!texte.contains("réservée"), "{texte}");
        assert!(!texte.contains("est accordée"), "{texte}");
    }
    let decor = Decor::new(&app);
    decor.demande(&UneDemande {
        numero: "131-2026-000009",
        kine_id,
        nature: NatureDemande::HorsRegulation,
        etat: EtatDemande::Incomplete,
        ..UneDemande::default()
    });
    assert!(
        phrase()
            .await
            .contains("Des pièces manquent à votre demande 131-2026-000009")
    );
}

/// What the home once denied, or hid: each thing under way is said, and what ended says so.
#[actix_web::test]
async fn tout_ce_qui_est_en_cours_est_sur_l_accueil_et_ce_qui_finit_le_dit() {
    let (app, compte, client) = application().await;
    let kine_id = compte.kine_id.expect("a practitioner");
    let (_, place) = depart(&app, &compte, EtatPlace::AExaminer);
    let texte = async || client.get("/espace").await.texte();
    for (etat, phrase) in [
        (
            EtatPlace::AExaminer,
            "la commission paritaire doit dire si la place peut être transmise",
        ),
        (
            EtatPlace::AAttribuer,
            "la caisse attribue la place de Martigues selon sa charte",
        ),
        (EtatPlace::Pourvue, "votre départ de Martigues est terminé"),
        (EtatPlace::Caduque, "est sans effet (caduque)"),
        (
            EtatPlace::NonTransmissible,
            "ne peut pas être transmise à un successeur",
        ),
    ] {
        mettre_place(&app, place, etat);
        let lu = texte().await;
        assert!(lu.contains(phrase), "{etat:?}: {lu}");
        assert!(!lu.contains("Rien en cours"), "{etat:?}: {lu}");
        // What is hers comes first; what she will hardly need now is a link at the end.
        assert!(
            !lu.contains("Vous n’avez pas déposé de demande"),
            "{etat:?}: {lu}"
        );
        assert!(
            lu.contains("Autres démarches Déposer une demande"),
            "{etat:?}: {lu}"
        );
    }
    // One sentence hides no other: documents to send, and the place to transmit.
    mettre_place(&app, place, EtatPlace::Ouverte);
    Decor::new(&app).demande(&UneDemande {
        numero: "131-2026-000009",
        kine_id,
        nature: NatureDemande::HorsRegulation,
        etat: EtatDemande::Incomplete,
        ..UneDemande::default()
    });
    let page = client.get("/espace").await;
    let lu = page.texte();
    for phrase in [
        "Des pièces manquent à votre demande 131-2026-000009",
        "désignez votre successeur",
        "Ne commencez pas votre activité conventionnée plus tôt que la date d’effet d’un accord",
        "Vérification des pièces , en cours",
        "Installation , à venir",
    ] {
        assert!(lu.contains(phrase), "{phrase}: {lu}");
    }
    assert_eq!(
        page.html.matches("aria-current=\"step\"").count(),
        2,
        "{}",
        page.html
    );
}

#[actix_web::test]
async fn une_designation_remplacee_le_dit_et_n_empeche_pas_de_lire_un_recours() {
    let (app, compte, client) = application().await;
    let (id, _) = depart(&app, &compte, EtatPlace::Ouverte);
    let (premier, second) = (app.compte(Role::Kine, None), app.compte(Role::Kine, None));
    for successeur in [&premier, &second] {
        let rpps = successeur.rpps.as_deref().expect("a RPPS");
        designer(&client, id, rpps, &successeur.courriel).await;
    }
    let lu = app.connecte(&premier).await.get("/espace").await.texte();
    assert!(lu.contains("une autre personne est désignée"), "{lu}");
    assert!(!lu.contains("Rien en cours"), "{lu}");
    // The second is designated, and may also contest a refusal: she reads both.
    let demande_id = Decor::new(&app).demande(&UneDemande {
        numero: "131-2026-000009",
        kine_id: second.kine_id.expect("a practitioner"),
        nature: NatureDemande::HorsRegulation,
        etat: EtatDemande::Refusee,
        ..UneDemande::default()
    });
    app.state
        .db
        .write(move |tx| {
            diesel::update(demande::table.filter(demande::id.eq(demande_id)))
                .set(demande::notifiee_le.eq(jour(2026, 1, 14)))
                .execute(&mut **tx)?;
            diesel::update(dossier::table.find(demande_id))
                .set(dossier::echeance.eq(jour(2026, 3, 16)))
                .execute(&mut **tx)?;
            Ok::<_, releve::db::DbError>(())
        })
        .expect("notified");
    let lu = app.connecte(&second).await.get("/espace").await.texte();
    assert!(lu.contains("acceptez ou déclinez"), "{lu}");
    assert!(
        lu.contains("vous pouvez contester cette décision au plus tard le lundi 16 mars 2026"),
        "{lu}"
    );
}

#[actix_web::test]
async fn une_decision_se_dit_des_qu_elle_est_prise_puis_jusqu_a_la_fin_du_recours() {
    let (app, compte, client) = application().await;
    let decor = Decor::new(&app);
    let id = decor.demande(&UneDemande {
        numero: "131-2026-000009",
        kine_id: compte.kine_id.expect("a practitioner"),
        nature: NatureDemande::HorsRegulation,
        etat: EtatDemande::Refusee,
        ..UneDemande::default()
    });
    let phrase = async || client.get("/espace").await.texte();
    let texte = phrase().await;
    assert!(
        texte.contains("La caisse a une réponse à votre demande 131-2026-000009")
            && !texte.contains("Aucune démarche n’est en cours"),
        "{texte}"
    );
    let passer = |notifiee: chrono::NaiveDate, limite: chrono::NaiveDate| {
        app.state
            .db
            .write(move |tx| {
                diesel::update(demande::table.filter(demande::id.eq(id)))
                    .set(demande::notifiee_le.eq(notifiee))
                    .execute(&mut **tx)?;
                diesel::update(dossier::table.find(id))
                    .set(dossier::echeance.eq(limite))
                    .execute(&mut **tx)?;
                Ok::<_, releve::db::DbError>(())
            })
            .expect("notified");
    };
    passer(jour(2026, 1, 14), jour(2026, 3, 16));
    let texte = phrase().await;
    assert!(
        texte.contains(
            "Votre demande 131-2026-000009 est refusée : vous pouvez contester cette décision au plus tard le lundi 16 mars 2026 (inclus), dans 60 jours"
        ),
        "{texte}"
    );
    passer(jour(2025, 11, 3), jour(2026, 1, 5));
    let texte = phrase().await;
    assert!(
        !texte.contains("contester") && texte.contains("Aucune démarche n’est en cours"),
        "{texte}"
    );
}

#[actix_web::test]
async fn une_installation_declaree_se_verifie_puis_est_enregistree_et_n_attend_plus_rien() {
    let (app, compte, client) = application().await;
    let kine_id = compte.kine_id.expect("a practitioner");
    let decor = Decor::new(&app);
    // Granted, and no delay runs: the installation is declared, its proof is with the CPAM.
    let id = decor.demande(&UneDemande {
        numero: "131-2026-000009",
        kine_id,
        nature: NatureDemande::HorsRegulation,
        etat: EtatDemande::Accordee,
        ..UneDemande::default()
    });
    app.state
        .db
        .write(move |tx| {
            diesel::update(demande::table.filter(demande::id.eq(id)))
                .set(demande::notifiee_le.eq(jour(2026, 1, 5)))
                .execute(&mut **tx)?;
            Ok::<_, releve::db::DbError>(())
        })
        .expect("notified");
    let texte = client.get("/espace").await.texte();
    assert!(
        texte.contains("la caisse vérifie la preuve de votre installation à Martigues")
            && !texte.contains("étudie votre demande"),
        "{texte}"
    );
    app.state
        .db
        .write(move |tx| {
            diesel::update(demande::table.filter(demande::id.eq(id)))
                .set(demande::installee_le.eq(jour(2026, 1, 12)))
                .execute(&mut **tx)?;
            diesel::update(dossier::table.find(id))
                .set((
                    dossier::etat.eq(EtatDemande::Installee),
                    dossier::ouvert.eq(false),
                ))
                .execute(&mut **tx)?;
            Ok::<_, releve::db::DbError>(())
        })
        .expect("installed");
    let texte = client.get("/espace").await.texte();
    assert!(
        texte.contains(
            "Votre installation à Martigues est enregistrée depuis le 12 janvier 2026 : rien n’est attendu de vous."
        ) && !texte.contains("Aucune démarche n’est en cours"),
        "{texte}"
    );
    // Whoever left since has nothing under way, and may start something.
    let depart = decor.depart(kine_id, "13056", jour(2026, 1, 14), Some(2400));
    app.state
        .db
        .write(move |tx| {
            diesel::update(dossier::table.find(depart))
                .set(dossier::etat.eq(regles::depart::EtatDepart::Confirmee))
                .execute(&mut **tx)?;
            Ok::<_, releve::db::DbError>(())
        })
        .expect("confirmed");
    assert!(
        client
            .get("/espace")
            .await
            .texte()
            .contains("Aucune démarche n’est en cours")
    );
}

#[test]
fn les_depots_simultanes_se_numerotent_sans_trou() {
    let app = crate::util::TestApp::start();
    Decor::new(&app).region_93();
    let comptes: Vec<_> = (0..12).map(|_| app.compte(Role::Kine, None)).collect();
    let taches: Vec<_> = comptes
        .into_iter()
        .map(|compte| {
            let (db, reglement) = (app.state.db.clone(), app.state.reglement());
            let le = app.state.clock.now();
            std::thread::spawn(move || {
                use releve::actions::demande::{Conditions, Fondement, Projet, deposer};
                use releve::actions::papier::Demandeur;
                use releve::actions::{Acte, Acteur, ActionError};
                let acte = Acte {
                    acteur: Acteur {
                        id: Some(compte.id),
                        nom: compte.nom.clone(),
                        le,
                    },
                    reglement,
                    url_publique: "https://releve.example.fr".to_owned(),
                };
                let projet = Projet {
                    demandeur: Demandeur::Compte(compte.kine_id.expect("a practitioner")),
                    fondement: Fondement::HorsRegulation,
                    insee: "13001".parse().expect("a code"),
                    adresse: "3 cours Mirabeau".to_owned(),
                    conditions: Conditions {
                        entree_formation: Some(2015),
                        deja_conventionne_zone: Some(false),
                        ..Conditions::default()
                    },
                    sante: Vec::new(),
                };
                // One filing in three is undone after it took its number: the number goes back.
                let annule = compte.id % 3 == 0;
                let cle = releve::secret::jeton();
                db.write(|tx| {
                    let numero = deposer(tx, &acte, &projet, &[], &cle)?;
                    if annule {
                        return Err(ActionError::refus("undone"));
                    }
                    Ok(numero)
                })
                .map_err(|e| e.to_string())
            })
        })
        .collect();
    let mut numeros: Vec<String> = taches
        .into_iter()
        .filter_map(|t| match t.join().expect("no panic") {
            Ok(numero) => Some(numero),
            Err(e) => {
                assert_eq!(e, "undone");
                None
            }
        })
        .collect();
    numeros.sort();
    let attendus: Vec<String> = (1..=numeros.len())
        .map(|n| format!("131-2026-{n:06}"))
        .collect();
    assert!(numeros.len() >= 6, "{numeros:?}");
    assert_eq!(numeros, attendus);
}
