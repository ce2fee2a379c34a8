//! A mail that did not arrive is said on its file, with what to do; who is behind a RPPS is checked once.

use chrono::TimeDelta;
use diesel::prelude::*;
use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;
use releve::actions::verification::{self, Anomalie};
use releve::db::schema::{identite_verifiee, tache};
use releve::db::tache::{self as taches, EtatTache, NatureTache};
use releve::db::{DbError, DbResult};

use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};
use crate::util::compte::CompteTest;

pub const NUMERO: &str = "131-2026-000031";

/// A request of a practitioner whose identity nobody checked.
pub fn inconnue(caisse: &Caisse) -> CompteTest {
    let kine = caisse.app.compte(Role::Kine, None);
    caisse.decor.demande(&UneDemande {
        numero: NUMERO,
        kine_id: kine.kine_id.expect("a practitioner"),
        nature: NatureDemande::HorsRegulation,
        etat: EtatDemande::Deposee,
        assigne_a: Some(caisse.instructeur.id),
        ..UneDemande::default()
    });
    oublier(caisse);
    kine
}

/// Nobody's identity is checked any more.
pub fn oublier(caisse: &Caisse) {
    caisse
        .agir(|tx| {
            diesel::delete(identite_verifiee::table)
                .execute(&mut **tx)
                .map_err(DbError::from)?;
            Ok(())
        })
        .expect("forgotten");
}

/// The file is declared complete, which writes to the applicant; that mail fails. Its identifier.
pub async fn echouer(caisse: &Caisse, kine: &CompteTest) -> i64 {
    let agent = caisse.instructeur().await;
    let ecrire = format!("/dossiers/{NUMERO}/messages");
    let page = agent
        .post_fichiers(
            &ecrire,
            &ecrire,
            &[
                ("message", "Bonjour, une précision ?"),
                ("texte", "Bonjour, une précision ?"),
            ],
            &[],
        )
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert!(!caisse.courriels_de(&kine.courriel).is_empty());
    let now = caisse.app.state.clock.now();
    caisse
        .agir(|tx| {
            let reclamee = loop {
                let lue = taches::reclamer(tx, NatureTache::Courriel, now)?.expect("a mail");
                let liee: Option<i64> = tache::table
                    .find(lue.tache.id)
                    .select(tache::dossier_id)
                    .first(&mut **tx)
                    .map_err(DbError::from)?;
                let cle = (lue.tache.id, lue.tache.bail);
                if liee.is_some() {
                    let refus = taches::Issue::Echec("550 inconnu".to_owned());
                    taches::conclure(tx, cle, &refus, now)?;
                    break lue;
                }
                taches::conclure(tx, cle, &taches::Issue::Faite, now)?;
            };
            Ok(reclamee.tache.id)
        })
        .expect("it fails")
}

fn etat(caisse: &Caisse, id: i64) -> EtatTache {
    caisse
        .app
        .state
        .db
        .read(|conn| -> DbResult<_> { Ok(tache::table.find(id).select(tache::etat).first(conn)?) })
        .expect("a task")
}

fn graves(caisse: &Caisse) -> Vec<Anomalie> {
    let etat = &caisse.app.state;
    let mut lues = Vec::new();
    verification::base(
        &etat.db,
        &etat.reglement(),
        etat.clock.now(),
        &etat.temoins(),
        &mut |a| {
            lues.push(a.clone());
        },
    )
    .expect("verified");
    lues.retain(|a| a.grave && a.regle == "tache");
    lues
}

#[actix_web::test]
async fn un_courriel_non_remis_se_voit_au_dossier_et_s_y_regle() {
    let caisse = Caisse::start();
    let kine = inconnue(&caisse);
    let dossier = format!("/dossiers/{NUMERO}");
    let agent = caisse.instructeur().await;
    assert!(
        !agent
            .get(&dossier)
            .await
            .texte()
            .contains("n’a pas pu être remis")
    );
    let id = echouer(&caisse, &kine).await;
    let page = agent.get(&dossier).await.texte();
    assert!(page.contains("n’a pas pu être remis"), "{page}");
    assert!(page.contains(&kine.courriel) && page.contains("S’en occuper"));
    assert_eq!(graves(&caisse).len(), 1, "the exit code says it");
    // To another address, once.
    let suite = format!("{dossier}/courriels/{id}");
    let page = agent
        .post(
            &suite,
            &suite,
            &[("suite", "renvoyer"), ("courriel", "pas une adresse")],
        )
        .await;
    assert_eq!(page.statut, 422);
    let renvoi = [("suite", "renvoyer"), ("courriel", "bonne@example.fr")];
    let mut champs = agent.caches(&suite).await;
    champs.extend(renvoi.map(|(n, v)| (n.to_owned(), v.to_owned())));
    let page = agent.post_brut(&suite, &champs).await;
    assert!(
        page.texte().contains("Le courriel repart"),
        "{}",
        page.texte()
    );
    assert!(page.texte().contains("a renvoyé à bonne@example.fr"));
    assert_eq!(etat(&caisse, id), EtatTache::AFaire);
    assert_eq!(agent.post_brut(&suite, &champs).await.statut, 404);
    assert!(graves(&caisse).is_empty());
}

#[actix_web::test]
async fn une_personne_prevenue_autrement_n_est_plus_signalee() {
    let caisse = Caisse::start();
    let kine = inconnue(&caisse);
    let id = echouer(&caisse, &kine).await;
    let agent = caisse.instructeur().await;
    let suite = format!("/dossiers/{NUMERO}/courriels/{id}");
    let page = agent.post(&suite, &suite, &[("suite", "autrement")]).await;
    assert!(
        page.texte().contains("a réglé autrement"),
        "{}",
        page.texte()
    );
    assert_eq!(etat(&caisse, id), EtatTache::Classee);
    assert!(graves(&caisse).is_empty());
    caisse.app.state.clock.advance(TimeDelta::days(3));
    assert!(graves(&caisse).is_empty());
}

/// A RPPS is a public number: who is behind it is checked once, said on the file, and asked for before a place.
#[actix_web::test]
async fn l_identite_se_verifie_avant_une_place() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    oublier(&caisse);
    let agent = caisse.instructeur().await;
    let dossier = format!("/dossiers/{}", s.numero);
    let page = agent.get(&dossier).await.texte();
    assert!(page.contains("Non vérifiée"), "{page}");
    let proposer = format!("{dossier}/proposer");
    let page = agent
        .post(&proposer, &proposer, &[("sens", "accord")])
        .await;
    assert_eq!(page.statut, 409, "{}", page.texte());
    assert!(page.texte().contains("Vérifier l’identité"));
    let identite = format!("{dossier}/identite");
    let page = agent
        .post(
            &identite,
            &identite,
            &[("moyen", "ordre"), ("observation", "Conseil départemental")],
        )
        .await;
    let page = page.texte();
    assert!(page.contains("Vérifiée le"), "{page}");
    assert!(page.contains("a vérifié l’identité"), "{page}");
    let page = agent
        .post(&identite, &identite, &[("moyen", "guichet")])
        .await;
    assert!(page.texte().contains("déjà vérifiée"), "{}", page.texte());
    let page = agent
        .post(&proposer, &proposer, &[("sens", "accord")])
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
}

/// The practitioner reads it too, in her words; an agent who corrects it does not need her to.
#[actix_web::test]
async fn une_personne_lit_que_ce_qui_lui_est_ecrit_ne_lui_parvient_pas() {
    let caisse = Caisse::start();
    let kine = inconnue(&caisse);
    let client = caisse.app.connecte(&kine).await;
    let demande = format!("/demandes/{NUMERO}");
    assert!(
        !client
            .get(&demande)
            .await
            .texte()
            .contains("n’est pas arrivé")
    );
    echouer(&caisse, &kine).await;
    let page = client.get(&demande).await;
    let texte = page.texte();
    assert!(
        texte.contains("n’est pas arrivé à") && texte.contains(&kine.courriel),
        "{texte}"
    );
    assert!(page.html.contains("href=\"/compte/adresse\""), "{texte}");
}

/// A designation that did not arrive: who sent it reads it, with what to do.
#[actix_web::test]
async fn qui_designe_lit_que_son_courriel_n_est_pas_arrive() {
    let caisse = Caisse::start();
    let compte = caisse.app.compte(Role::Kine, None);
    let kine_id = compte.kine_id.expect("a practitioner");
    let depart = caisse
        .decor
        .depart(kine_id, "13056", jour(2025, 12, 31), Some(1430));
    let agent = caisse.instructeur().await;
    let chemin = format!("/departs/{depart}");
    let page = agent
        .post(&chemin, &format!("{chemin}/confirmer"), &[])
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let client = caisse.app.connecte(&compte).await;
    let mien = format!("/mes-departs/{depart}");
    let designer = format!("{mien}/designations");
    let rpps = crate::util::compte::rpps(777);
    let envoyer = async |courriel: &str| {
        let page = client
            .post(
                &mien,
                &designer,
                &[
                    ("rpps", &rpps),
                    ("courriel", courriel),
                    ("confirmer", "oui"),
                ],
            )
            .await;
        assert_eq!(page.statut, 200, "{}", page.texte());
    };
    envoyer("fausse@example.fr").await;
    let now = caisse.app.state.clock.now();
    caisse
        .agir(|tx| {
            while let Some(lue) = taches::reclamer(tx, NatureTache::Courriel, now)? {
                let refus = taches::Issue::Echec("550 inconnu".to_owned());
                taches::conclure(tx, (lue.tache.id, lue.tache.bail), &refus, now)?;
            }
            Ok(())
        })
        .expect("they fail");
    let texte = client.get(&mien).await.texte().replace('\u{a0}', " ");
    assert!(
        texte.contains("n’est pas arrivé à fausse@example.fr")
            && texte.contains("reprenez son numéro RPPS"),
        "{texte}"
    );
}
