//! Documents: read by those who may see the file, handed back as what they are.

use diesel::prelude::*;
use regles::droits::Role;
use releve::db::DbResult;
use releve::db::schema::piece;

use super::praticien::*;
use crate::util::TestApp;

async fn un_document(app: &TestApp, client: &crate::util::Client, nom: &str) -> i64 {
    let page = client
        .post_fichiers(
            "/mes-departs/nouveau",
            "/mes-departs/nouveau",
            &declaration(&[]),
            &[("justificatif", nom, PDF)],
        )
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    app.state
        .db
        .read(|conn| -> DbResult<_> { Ok(piece::table.select(piece::id).first(conn)?) })
        .expect("a document")
}

#[actix_web::test]
async fn une_piece_se_telecharge_telle_quelle_et_sans_pouvoir_agir() {
    let (app, _, client) = application().await;
    let id = un_document(&app, &client, "../../relevé d'activité.exe").await;
    let page = client.get(&format!("/pieces/{id}")).await;
    assert_eq!(page.statut, 200);
    let entete = |nom: &str| page.entetes[nom].to_str().expect("text").to_owned();
    assert_eq!(entete("content-type"), "application/pdf");
    assert_eq!(
        entete("content-disposition"),
        "attachment; filename=\"relev_ d_activit_.exe.pdf\"; filename*=UTF-8''relev%C3%A9%20d%27activit%C3%A9.exe.pdf"
    );
    assert_eq!(entete("x-content-type-options"), "nosniff");
    assert!(entete("content-security-policy").contains("sandbox"));
    assert!(entete("cache-control").contains("no-store"));
    assert_eq!(page.html.as_bytes(), PDF);
    let page = client.get(&format!("/pieces/{id}?voir=1")).await;
    assert!(
        page.entetes["content-disposition"]
            .to_str()
            .expect("text")
            .starts_with("inline;")
    );
}

#[actix_web::test]
async fn une_piece_suit_la_portee_de_son_dossier() {
    let (app, _, client) = application().await;
    let id = un_document(&app, &client, "radiation.pdf").await;
    let chemin = format!("/pieces/{id}");
    for (role, caisse, attendu) in [
        (Role::Kine, None, 404),
        (Role::Instructeur, Some("131"), 200),
        (Role::Signataire, Some("131"), 200),
        (Role::Instructeur, Some("831"), 404),
        (Role::Auditeur, None, 200),
        (Role::MembreCpd, Some("131"), 403),
        (Role::Ars, None, 403),
    ] {
        let autre = app.connecte(&app.compte(role, caisse)).await;
        assert_eq!(
            autre.get(&chemin).await.statut,
            attendu,
            "{role:?} {caisse:?}"
        );
    }
    let inconnu = app.client().get(&chemin).await;
    assert!(
        inconnu.chemin.starts_with("/connexion?suite="),
        "{}",
        inconnu.chemin
    );
}

/// The folder of the documents takes nothing any more: it is said to come from us, and the words are kept.
#[actix_web::test]
async fn un_depot_qui_ne_prend_plus_rien_ne_perd_pas_ce_qui_est_ecrit() {
    let (app, _, client) = application().await;
    let releve::config::Depot::Dossier(dossier) = &app.state.config.pieces else {
        panic!("a folder");
    };
    // Its subfolders cannot be made: their names are taken by files.
    for rang in 0..=255_u8 {
        std::fs::write(dossier.join(format!("{rang:02x}")), b"").expect("a file");
    }
    let page = client
        .post_fichiers(
            "/mes-departs/nouveau",
            "/mes-departs/nouveau",
            &declaration(&[("adresse", "9 rue du Port")]),
            &[("justificatif", "radiation.pdf", PDF)],
        )
        .await;
    assert_eq!(page.statut, 422, "{}", page.texte());
    assert!(
        page.texte()
            .contains("ne peut pas garder de document en ce moment"),
        "{}",
        page.texte()
    );
    assert!(page.html.contains("9 rue du Port"), "{}", page.html);
    assert!(
        !page.texte().contains("Une erreur est survenue"),
        "{}",
        page.texte()
    );
}
