//! The documents of a request on both sides: what is called for and why, where each stands, one in the place of another.

use diesel::prelude::*;
use releve::db::DbResult;
use releve::db::schema::piece;
use releve::domain::droits::Role;

use crate::util::TestApp;
use crate::web::praticien::*;

/// A second PDF.
const AUTRE: &[u8] = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<</Size 2>>\n%%EOF\n";

/// The documents, oldest first: name, state, the one that took its place.
fn stockees(app: &TestApp) -> Vec<(i64, String, String, Option<i64>)> {
    app.state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(piece::table
                .order(piece::id)
                .select((piece::id, piece::nom, piece::etat, piece::remplacee_par))
                .load(conn)?)
        })
        .expect("documents")
}

#[actix_web::test]
async fn la_liste_dit_ce_qu_il_faut_et_pourquoi_des_deux_cotes() {
    let (app, _, client) = application().await;
    let numero = numero_de_demande(
        &deposer(
            &client,
            &[
                ("entree_formation", "2024"),
                ("heures_etablissement", "100"),
                ("engagement_zone", "oui"),
            ],
            &[("piece_diplome", "diplome.pdf", PDF)],
        )
        .await,
    );
    let agent = app
        .connecte(&app.compte(Role::Instructeur, Some("131")))
        .await;
    for page in [
        client.get(&format!("/demandes/{numero}")).await,
        agent.get(&format!("/dossiers/{numero}")).await,
    ] {
        let texte = page.texte();
        for attendu in [
            "Diplôme ou autorisation d’exercice Reçue",
            "Justificatif du lieu d’exercice À fournir",
            "Engagement signé d’exercice en zone sous-dotée À fournir",
            "n’a pas 2 240 heures",
            "ALT-1",
            "diplome.pdf",
        ] {
            assert!(texte.contains(attendu), "«{attendu}» is not in {texte}");
        }
        assert!(!texte.contains("Un départ n’ouvre la place"), "{texte}");
    }
    let texte = client.get(&format!("/demandes/{numero}")).await.texte();
    assert!(texte.contains("Il y manque trois pièces"), "{texte}");
}

#[actix_web::test]
async fn une_piece_de_la_liste_s_envoie_puis_se_remplace_sans_rien_perdre() {
    let (app, _, client) = application().await;
    let numero = numero_de_demande(&deposer(&client, &[], &[]).await);
    let (page, envoi) = (
        format!("/demandes/{numero}"),
        format!("/demandes/{numero}/pieces"),
    );
    let envoyer = async |champ: &str, nom: &str, octets: &[u8]| {
        client
            .post_fichiers(&page, &envoi, &[("envoi", champ)], &[(champ, nom, octets)])
            .await
    };
    let recue = envoyer("piece_diplome", "diplome.pdf", PDF).await;
    assert_eq!(recue.statut, 200, "{}", recue.texte());
    let id = stockees(&app)[0].0;
    let remplace = format!("remplace_{id}");
    assert!(
        recue.html.contains(&format!("name=\"{remplace}\"")),
        "{}",
        recue.html
    );
    // Nothing chosen: said beside the field of the line.
    let vide = client
        .post_fichiers(&page, &envoi, &[("envoi", remplace.as_str())], &[])
        .await;
    assert_eq!(vide.statut, 422);
    assert!(
        vide.html.contains(&format!("href=\"#champ-{remplace}\"")),
        "{}",
        vide.html
    );
    let recue = envoyer(&remplace, "diplome-bis.pdf", AUTRE).await;
    let texte = recue.texte();
    assert!(
        texte.contains("diplome-bis.pdf") && texte.contains("1 document remplacé"),
        "{texte}"
    );
    let etat = stockees(&app);
    assert_eq!(etat[0].3, Some(etat[1].0));
    assert_eq!(etat[1].3, None);
    // Sent twice: nothing more.
    let encore = envoyer(&remplace, "diplome-bis.pdf", AUTRE).await;
    assert_eq!(
        (encore.statut, stockees(&app).len()),
        (200, 2),
        "{}",
        encore.texte()
    );
    // What was accepted is not replaced any more.
    app.state
        .db
        .write(|tx| -> DbResult<()> {
            diesel::update(piece::table.find(etat[1].0))
                .set(piece::etat.eq("acceptee"))
                .execute(&mut **tx)?;
            Ok(())
        })
        .expect("accepted");
    let refus = envoyer(&format!("remplace_{}", etat[1].0), "x.png", PNG).await;
    assert_eq!(
        (refus.statut, stockees(&app).len()),
        (409, 2),
        "{}",
        refus.texte()
    );
}
