//! REG-2: sixty-four decisions at once on one place; exactly one succeeds, the others are told why. Before them, one
//! request of one person on one place, whatever she sends at once.

use std::sync::{Arc, Barrier};

use diesel::{RunQueryDsl, sql_query};
use futures_util::future::join_all;
use regles::demande::{EtatDemande, Evenement, NatureDemande, Sens, transition};
use regles::droits::Role;
use regles::grand_livre::EtatPlace;
use releve::actions::ActionError;
use releve::actions::decision::{Proposition, decider, proposer};
use releve::actions::demande::{Conditions, Fondement, Projet, deposer};
use releve::actions::papier::Demandeur;
use releve::db::demande::{ChangementDemande, de_place, modifier};
use releve::db::{CpamScope, DbError};

use crate::util::Caisse;
use crate::util::builders::{UnKine, UneDemande};
use crate::util::compte::CompteTest;

const COMBIEN: u32 = 64;
const PHRASE: &str = "un départ n’ouvre qu’une arrivée";

fn en_lice(caisse: &Caisse) -> (i64, Vec<String>) {
    caisse
        .agir(|tx| {
            sql_query("DROP INDEX dossier_place_kine")
                .execute(&mut **tx)
                .map_err(DbError::from)?;
            Ok(())
        })
        .expect("the index is dropped");
    let (_, place) = caisse.depart_confirme(1);
    let successeur = caisse.successeur(1);
    caisse.decor.designation(place.id, &successeur, "acceptee");
    let acte = caisse.acte(&caisse.instructeur);
    let scope = CpamScope::Caisse("131".into());
    let numeros: Vec<String> = (1..=COMBIEN).map(|n| format!("131-2026-{n:06}")).collect();
    for numero in &numeros {
        caisse.decor.demande(&UneDemande {
            numero,
            kine_id: successeur.id,
            nature: NatureDemande::Succession,
            place_id: Some(place.id),
            etat: EtatDemande::Complete,
            ..UneDemande::default()
        });
        let accord = Proposition {
            reserve: None,
            sens: Sens::Accord,
            motifs: String::new(),
            ecart: String::new(),
            malgre_recours: String::new(),
        };
        caisse
            .agir(|tx| proposer(tx, &acte, &scope, numero, 1, &accord))
            .expect("the grant is proposed");
    }
    (place.id, numeros)
}

fn une_seule(caisse: &Caisse, place_id: i64, numeros: &[String]) {
    let accordees = numeros
        .iter()
        .filter(|n| caisse.demande(n).etat == EtatDemande::Accordee)
        .count();
    assert_eq!(accordees, 1);
    let proposees = numeros
        .iter()
        .filter(|n| caisse.demande(n).etat == EtatDemande::Proposee)
        .count();
    assert_eq!(proposees, numeros.len() - 1, "the others are untouched");
    assert_eq!(caisse.place(place_id).etat, EtatPlace::Reservee);
    assert_eq!(
        caisse.courriels_de("karim.benali1@example.fr"),
        ["avis_depot"]
    );
}

#[test]
fn reg_2_soixante_quatre_decisions_simultanees_une_seule_passe() {
    let caisse = Caisse::start();
    let (place_id, numeros) = en_lice(&caisse);
    let acte = caisse.acte(&caisse.signataire);
    let depart = Arc::new(Barrier::new(numeros.len()));
    let fils: Vec<_> = numeros
        .iter()
        .map(|numero| {
            let (db, acte, numero, depart) = (
                caisse.app.state.db.clone(),
                acte.clone(),
                numero.clone(),
                depart.clone(),
            );
            std::thread::spawn(move || {
                let scope = CpamScope::Caisse("131".into());
                depart.wait();
                db.write(|tx| decider(tx, &acte, &scope, &numero, 2, "Directrice"))
            })
        })
        .collect();
    let mut accords = 0;
    for fil in fils {
        match fil.join().expect("no panic") {
            Ok(sens) => {
                assert_eq!(sens, Sens::Accord);
                accords += 1;
            }
            Err(ActionError::Refus(phrase)) => assert!(phrase.contains(PHRASE), "{phrase}"),
            Err(autre) => panic!("neither a grant nor a refusal in words: {autre:?}"),
        }
    }
    assert_eq!(accords, 1);
    une_seule(&caisse, place_id, &numeros);
}

/// PRO-5: several people sign the same proposal at the same second: one does, the others are told.
#[test]
fn pro_5_des_signataires_a_la_meme_seconde_n_en_font_qu_un() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let scope = CpamScope::Caisse("131".into());
    let accord = Proposition {
        reserve: None,
        sens: Sens::Accord,
        motifs: String::new(),
        ecart: String::new(),
        malgre_recours: String::new(),
    };
    let propose = caisse.acte(&caisse.instructeur);
    caisse
        .agir(|tx| proposer(tx, &propose, &scope, &s.numero, 1, &accord))
        .expect("the grant is proposed");
    let qui: Vec<CompteTest> = (0..8)
        .map(|_| caisse.app.compte(Role::Signataire, Some("131")))
        .collect();
    let depart = Arc::new(Barrier::new(qui.len()));
    let fils: Vec<_> = qui
        .iter()
        .map(|compte| {
            let (db, acte) = (caisse.app.state.db.clone(), caisse.acte(compte));
            let (numero, scope, depart) = (s.numero.clone(), scope.clone(), depart.clone());
            std::thread::spawn(move || {
                depart.wait();
                db.write(|tx| decider(tx, &acte, &scope, &numero, 2, "Directrice"))
            })
        })
        .collect();
    let resultats: Vec<_> = fils
        .into_iter()
        .map(|fil| fil.join().expect("no panic"))
        .collect();
    let signees = resultats.iter().filter(|r| r.is_ok()).count();
    assert_eq!(signees, 1, "{resultats:?}");
    for refus in resultats.iter().filter_map(|r| r.as_ref().err()) {
        assert!(
            matches!(refus, ActionError::Perime | ActionError::Refus(_)),
            "{refus:?}"
        );
    }
    let prise = caisse
        .lire(|conn| releve::db::decision::active(conn, s.demande_id))
        .expect("a decision");
    let sous = caisse
        .lire(|conn| releve::db::signature::de(conn, prise.id))
        .expect("signed under something");
    assert_eq!(sous.delegant_qualite, None);
    assert!(qui.iter().any(|c| Some(c.id) == prise.decidee_par));
}

#[actix_web::test]
async fn reg_2_par_le_web_une_reussite_et_soixante_trois_explications() {
    let caisse = Caisse::start();
    let (place_id, numeros) = en_lice(&caisse);
    let signataire = caisse.signataire().await;
    let mut formulaires = Vec::new();
    for numero in &numeros {
        let page = format!("/dossiers/{numero}/decider");
        formulaires.push(signataire.caches(&page).await);
    }
    let envois = numeros
        .iter()
        .zip(&formulaires)
        .map(|(numero, formulaire)| {
            let signataire = &signataire;
            async move {
                // Read as it is answered: a session keeps twenty pages, and sixty-four come at once.
                signataire
                    .post_entetes(
                        &format!("/dossiers/{numero}/decider"),
                        formulaire,
                        &[("accept", "application/json, text/html")],
                    )
                    .await
            }
        });
    let pages = join_all(envois).await;
    let reussies = pages.iter().filter(|p| p.statut == 200).count();
    assert_eq!(reussies, 1);
    for page in pages.iter().filter(|p| p.statut != 200) {
        assert_eq!(page.statut, 409, "{}", page.texte());
        assert!(page.texte().contains(PHRASE), "{}", page.texte());
    }
    une_seule(&caisse, place_id, &numeros);
}

/// Whatever the code above it does, the database itself refuses a second arrival.
#[test]
fn reg_2_la_base_elle_meme_refuse_une_seconde_arrivee() {
    let caisse = Caisse::start();
    let (_, numeros) = en_lice(&caisse);
    let accorder = |numero: &str| {
        let lue = caisse.demande(numero);
        caisse.agir(|tx| {
            let changement = ChangementDemande {
                etat: Some(
                    transition(EtatDemande::Proposee, Evenement::Accorder).expect("a passage"),
                ),
                ..ChangementDemande::default()
            };
            modifier(tx, lue.id, lue.version, &changement)?;
            Ok(())
        })
    };
    accorder(&numeros[0]).expect("the first arrival");
    match accorder(&numeros[1]) {
        Err(ActionError::Refus(phrase)) => assert!(phrase.contains(PHRASE), "{phrase}"),
        autre => panic!("{autre:?}"),
    }
}

/// A designated successor, and her request on the place, to be filed.
fn a_deposer(caisse: &Caisse) -> (i64, CompteTest, Projet) {
    let (_, place) = caisse.depart_confirme(1);
    let moi = caisse.app.compte(Role::Kine, None);
    let kine_id = moi.kine_id.expect("a practitioner");
    let successeur = UnKine {
        id: kine_id,
        compte_id: moi.id,
        rpps: moi.rpps.clone().expect("a RPPS"),
        courriel: moi.courriel.clone(),
    };
    let designation_id = caisse.decor.designation(place.id, &successeur, "acceptee");
    let projet = Projet {
        demandeur: Demandeur::Compte(kine_id),
        fondement: Fondement::Succession { designation_id },
        insee: "13056".parse().expect("a commune"),
        adresse: "12 quai des Anglais".to_owned(),
        conditions: Conditions::default(),
        sante: Vec::new(),
    };
    (place.id, moi, projet)
}

#[test]
fn seize_depots_simultanes_de_la_meme_personne_sur_une_place_en_font_un() {
    let caisse = Caisse::start();
    let (place_id, moi, projet) = a_deposer(&caisse);
    let acte = caisse.acte(&moi);
    let depart = Arc::new(Barrier::new(16));
    let fils: Vec<_> = (0..16)
        .map(|n| {
            let (db, acte, projet, depart) = (
                caisse.app.state.db.clone(),
                acte.clone(),
                projet.clone(),
                depart.clone(),
            );
            // Each tab has a form of its own.
            let cle = format!("{n:043}");
            std::thread::spawn(move || {
                depart.wait();
                db.write(|tx| deposer(tx, &acte, &projet, &[], &cle))
            })
        })
        .collect();
    let mut depots = Vec::new();
    for fil in fils {
        match fil.join().expect("no panic") {
            Ok(numero) => depots.push(numero),
            Err(ActionError::Champ { champ, message }) => {
                assert_eq!(champ, "designation");
                assert!(
                    message.contains("Vous avez déjà déposé la demande"),
                    "{message}"
                );
            }
            Err(autre) => panic!("neither a request nor a sentence: {autre:?}"),
        }
    }
    assert_eq!(depots.len(), 1, "{depots:?}");
    let demandes = caisse.lire(|conn| de_place(conn, place_id));
    assert_eq!(demandes.len(), 1, "{demandes:?}");
}

/// Whatever the code above it does, the database itself refuses the second request of one person on one place.
#[test]
fn la_base_elle_meme_refuse_une_seconde_demande_de_la_meme_personne() {
    let caisse = Caisse::start();
    let (place_id, moi, _) = a_deposer(&caisse);
    for (numero, etat) in [
        ("131-2026-000001", EtatDemande::Deposee),
        ("131-2026-000002", EtatDemande::Retiree),
    ] {
        caisse.decor.demande(&UneDemande {
            numero,
            kine_id: moi.kine_id.expect("a practitioner"),
            nature: NatureDemande::Succession,
            place_id: Some(place_id),
            etat,
            ..UneDemande::default()
        });
    }
    let lue = caisse.demande("131-2026-000002");
    let refus = caisse.agir(|tx| {
        let reprise = ChangementDemande {
            etat: Some(
                transition(EtatDemande::DEBUT, Evenement::DemanderPieces).expect("a passage"),
            ),
            ..ChangementDemande::default()
        };
        modifier(tx, lue.id, lue.version, &reprise)?;
        Ok(())
    });
    match refus {
        Err(ActionError::Refus(phrase)) => {
            assert!(phrase.contains("déjà une demande en cours"), "{phrase}");
        }
        autre => panic!("{autre:?}"),
    }
}
