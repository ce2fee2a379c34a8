//! Drafts left alone: their author is told, then they go, with their documents; one that is taken up stays.

use diesel::prelude::*;
use futures_util::StreamExt;
use releve::db::schema::{brouillon, evenement};
use releve::db::{DbError, DbResult};

use super::praticien::*;
use crate::util::TestApp;
use crate::util::builders::jour;
use crate::util::client::Client;

async fn ecrire(client: &Client, adresse: &str) {
    let page = client
        .post_fichiers(
            "/mes-departs/nouveau",
            "/mes-departs/nouveau",
            &[("adresse", adresse), ("_brouillon", "oui")],
            JUSTIFICATIF,
        )
        .await;
    assert!(
        page.texte().contains("Brouillon enregistré"),
        "{}",
        page.texte()
    );
}

fn brouillons(app: &TestApp) -> i64 {
    app.state
        .db
        .read(|conn| -> DbResult<_> { Ok(brouillon::table.count().get_result(conn)?) })
        .expect("drafts")
}

/// The morning's work of that day; how many authors were told so far.
async fn matin(app: &TestApp, annee: i32, mois: u32, le: u32) -> (i64, usize) {
    let instant = jour(annee, mois, le).and_hms_opt(7, 0, 0).expect("a time");
    app.state.clock.set(instant);
    app.passer_la_journee().await;
    let prevenus = app
        .deposes()
        .iter()
        .filter(|c| c.modele == "brouillon_delaisse")
        .count();
    (brouillons(app), prevenus)
}

/// How many things the journal says happened.
fn evenements(app: &TestApp) -> i64 {
    app.state
        .db
        .read(|conn| -> DbResult<_> { Ok(evenement::table.count().get_result(conn)?) })
        .expect("events")
}

#[actix_web::test]
async fn un_brouillon_delaisse_s_annonce_une_fois_puis_s_efface_avec_ses_documents() {
    let (app, compte, client) = application().await;
    let avant = evenements(&app);
    ecrire(&client, "12 quai des Anglais").await;
    // Written on 15 January: six months less fifteen days.
    assert_eq!(matin(&app, 2026, 6, 30).await, (1, 0));
    assert_eq!(matin(&app, 2026, 7, 1).await, (1, 1));
    assert_eq!(matin(&app, 2026, 7, 2).await, (1, 1), "told once");
    let deposes = app.deposes();
    let lettre = deposes
        .iter()
        .find(|c| c.modele == "brouillon_delaisse")
        .expect("told");
    assert_eq!(lettre.destinataire, compte.courriel);
    let texte = lettre.texte.replace('\u{a0}', " ");
    assert!(
        texte.contains("au plus tard le jeudi 16 juillet 2026 (inclus)"),
        "{texte}"
    );
    assert_eq!(matin(&app, 2026, 7, 15).await, (1, 1));
    assert_eq!(matin(&app, 2026, 7, 16).await, (0, 1));
    assert_eq!(
        app.state.pieces.cles().count().await,
        0,
        "its documents leave the store"
    );
    assert_eq!(evenements(&app), avant, "a draft is nobody's act");
}

#[actix_web::test]
async fn apres_une_panne_le_brouillon_attend_que_son_auteur_soit_prevenu() {
    let (app, _, client) = application().await;
    ecrire(&client, "12 quai des Anglais").await;
    // Nothing ran for two years: fifteen days are still given.
    assert_eq!(matin(&app, 2028, 1, 15).await, (1, 1));
    assert_eq!(matin(&app, 2028, 1, 29).await, (1, 1));
    assert_eq!(matin(&app, 2028, 1, 30).await, (0, 1));
}

#[actix_web::test]
async fn un_brouillon_repris_reste_et_un_envoi_interrompu_part_plus_tot() {
    let (app, compte, client) = application().await;
    ecrire(&client, "12 quai des Anglais").await;
    assert_eq!(matin(&app, 2026, 7, 1).await, (1, 1));
    // Taken up on 10 July: six months begin again.
    app.state
        .db
        .write(|tx| -> Result<(), DbError> {
            let le = jour(2026, 7, 10).and_hms_opt(9, 0, 0).expect("a time");
            diesel::update(brouillon::table)
                .set(brouillon::modifie_le.eq(le))
                .execute(&mut **tx)?;
            diesel::insert_into(brouillon::table)
                .values((
                    brouillon::compte_id.eq(compte.id),
                    brouillon::formulaire.eq("envoi"),
                    brouillon::chemin.eq("/demandes/131-2026-000001/messages"),
                    brouillon::cle.eq("envoi"),
                    brouillon::champs.eq("[]"),
                    brouillon::cree_le.eq(le),
                    brouillon::modifie_le.eq(le),
                ))
                .execute(&mut **tx)?;
            Ok(())
        })
        .expect("taken up");
    assert_eq!(matin(&app, 2026, 7, 20).await, (2, 1));
    // Thirty days, and nobody is told of what she did not ask to be kept.
    assert_eq!(matin(&app, 2026, 8, 9).await, (2, 1));
    assert_eq!(matin(&app, 2026, 8, 10).await, (1, 1));
    assert_eq!(
        matin(&app, 2026, 12, 26).await,
        (1, 2),
        "told again, for what was written since"
    );
    assert_eq!(matin(&app, 2027, 1, 11).await, (0, 2));
}
