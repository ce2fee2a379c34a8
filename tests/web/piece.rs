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
