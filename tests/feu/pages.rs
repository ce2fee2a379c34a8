//! A page makes as many queries for a full file as for an empty one, and not many.

use diesel::prelude::*;
use regles::demande::EtatDemande;
use regles::droits::Role;
use releve::db::DbError;

use super::compteur;
use super::requetes::peupler;
use crate::util::Caisse;
use crate::util::client::Client;

/// The pages of an agent, and the most queries each may make.
fn pages(numero: &str, cessation: i64) -> Vec<(String, usize)> {
    vec![
        ("/dossiers".to_owned(), 12),
        (format!("/dossiers/{numero}"), 45),
        // Two more: the file before and the one after it in the list.
        (
            format!("/dossiers/{numero}?liste=etat%3Dcomplete&rang=2026-03-16"),
            47,
        ),
        ("/departs".to_owned(), 8),
        (
            "/departs?etat=toutes&q=13500&commune=Martigues".to_owned(),
            10,
        ),
        (format!("/departs/{cessation}"), 20),
        ("/grand-livre".to_owned(), 8),
        ("/grand-livre/BV13056".to_owned(), 12),
        ("/recherche?q=benali".to_owned(), 10),
        ("/recherche?q=13500".to_owned(), 14),
        ("/zones/13056".to_owned(), 10),
    ]
}

async fn compter(caisse: &Caisse, client: &Client, chemin: &str) -> usize {
    // Once for what is prepared at the first use.
    client.get(chemin).await;
    let avant = compteur::recues(caisse);
    let page = client.get(chemin).await;
    assert_eq!(page.statut, 200, "{chemin}: {}", page.texte());
    compteur::recues(caisse) - avant
}

/// Thirty lines more in the timeline of a request.
fn histoire(caisse: &Caisse, demande_id: i64) {
    use releve::db::schema::evenement;
    caisse
        .app
        .state
        .db
        .write(|tx| {
            for n in 0..30 {
                diesel::insert_into(evenement::table)
                    .values((
                        evenement::le.eq(crate::util::app::debut()),
                        evenement::acteur.eq("Sophie Arnaud"),
                        evenement::organisme_code.eq("131"),
                        evenement::demande_id.eq(demande_id),
                        evenement::nature.eq("essai"),
                        evenement::resume.eq(format!("a lu la pièce {n}")),
                        evenement::details.eq("{}"),
                    ))
                    .execute(&mut **tx)?;
            }
            Ok::<_, DbError>(())
        })
        .expect("written");
}

#[actix_web::test]
async fn une_page_fait_autant_de_requetes_pour_beaucoup_que_pour_peu() {
    compteur::installer();
    let caisse = Caisse::start();
    let s = caisse.succession(900, EtatDemande::Complete);
    peupler(&caisse, 2);
    let agent = caisse.instructeur().await;
    let pages = pages(&s.numero, s.cessation_id);
    let mut avant = Vec::new();
    for (chemin, borne) in &pages {
        let nombre = compter(&caisse, &agent, chemin).await;
        assert!(nombre > 0, "{chemin}: nothing is counted");
        assert!(nombre <= *borne, "{chemin}: {nombre} queries");
        avant.push(nombre);
    }
    for rang in 901..920 {
        caisse.depart_confirme(rang);
    }
    for rang in 1000..1040 {
        caisse.succession(rang, EtatDemande::Complete);
    }
    histoire(&caisse, s.demande_id);
    for ((chemin, _), avant) in pages.iter().zip(avant) {
        let nombre = compter(&caisse, &agent, chemin).await;
        assert!(
            nombre <= avant + 2,
            "{chemin}: {avant} queries when there was little, {nombre} now"
        );
    }
}

#[actix_web::test]
async fn l_espace_d_un_kine_aussi() {
    compteur::installer();
    let caisse = Caisse::start();
    let compte = caisse.app.compte(Role::Kine, None);
    let client = caisse.app.connecte(&compte).await;
    let nombre = compter(&caisse, &client, "/espace").await;
    assert!((1..=20).contains(&nombre), "{nombre} queries");
}
