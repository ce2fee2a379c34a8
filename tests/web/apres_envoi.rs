//! The page that answers a form comes after a redirection: Back and reload never send again, nothing typed is lost, and
//! nobody else sees it.

use diesel::prelude::*;
use regles::droits::Role;
use releve::db::DbResult;
use releve::db::schema::reponse_gardee;

use super::praticien::{JUSTIFICATIF, application, declaration};
use crate::util::TestApp;
use crate::util::builders::UneDemande;
use crate::util::caisse::Caisse;
use crate::util::client::Client;
use crate::util::compte::MOT_DE_PASSE;

/// The pages that are kept, as they are stored.
fn gardees(app: &TestApp) -> Vec<Vec<u8>> {
    app.state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(reponse_gardee::table
                .select(reponse_gardee::contenu)
                .load(conn)?)
        })
        .expect("the pages")
}

/// Sends a form of this page, and returns where its answer is.
async fn envoyer(client: &Client, page: &str, action: &str, champs: &[(&str, &str)]) -> String {
    let mut tous = client.caches(page).await;
    tous.retain(|(nom, _)| !champs.iter().any(|(n, _)| n == nom));
    tous.extend(
        champs
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned())),
    );
    let (statut, vers) = client.post_seul(action, &tous).await;
    assert_eq!(statut, 303, "{action}");
    vers
}

/// A browser that follows nothing by itself.
async fn navigateur(app: &TestApp, role: Role) -> Client {
    let compte = app.compte(role, role.de_caisse().then_some("131"));
    let client = Client::sans_suivre(&app.adresse);
    let page = client.connexion(&compte.courriel, MOT_DE_PASSE).await;
    assert_eq!(page.statut, 303);
    client
}

#[actix_web::test]
async fn une_reponse_garde_son_statut_et_se_relit_autant_qu_on_veut() {
    let caisse = Caisse::start();
    let kine = caisse.app.compte(Role::Kine, None);
    caisse.decor.demande(&UneDemande {
        kine_id: kine.kine_id.expect("a practitioner"),
        ..UneDemande::default()
    });
    let agent = navigateur(&caisse.app, Role::Instructeur).await;
    let dossier = "/dossiers/131-2026-000001";
    let corriger = format!("{dossier}/corriger");
    for (action, champs, statut, phrase) in [
        // What is wrong, with what was typed.
        (
            corriger.as_str(),
            [("adresse", "3 rue de la République"), ("motif", "")],
            422,
            "3 rue de la République",
        ),
        // What this role may not do.
        (
            "/charte/fin",
            [("a", "b"), ("c", "d")],
            403,
            "Accès réservé",
        ),
        // What does not exist.
        (
            "/lots/9999/lancer",
            [("a", "b"), ("c", "d")],
            404,
            "Page introuvable",
        ),
    ] {
        let vers = envoyer(&agent, &corriger, action, &champs).await;
        assert!(vers.starts_with(&format!("{action}?reponse=")), "{vers}");
        for _ in 0..2 {
            let page = agent.get(&vers).await;
            assert_eq!(page.statut, statut, "{action}");
            assert!(page.html.contains(phrase), "{action}: {}", page.texte());
            assert_eq!(page.entetes["cache-control"], "no-store");
        }
    }
    // A refusal in a sentence.
    let elle = navigateur(&caisse.app, Role::Kine).await;
    let vers = envoyer(&elle, "/compte", "/designations/abc", &[]).await;
    let page = elle.get(&vers).await;
    assert_eq!(page.statut, 409);
    assert!(page.texte().contains("Choisissez d’accepter"));
}

#[actix_web::test]
async fn un_recapitulatif_vient_apres_une_redirection_et_mene_a_l_envoi() {
    let (app, compte, _) = application().await;
    let client = Client::sans_suivre(&app.adresse);
    client.connexion(&compte.courriel, MOT_DE_PASSE).await;
    let page = "/mes-departs/nouveau";
    let garde = client
        .post_fichiers(page, page, &[("_brouillon", "oui")], JUSTIFICATIF)
        .await;
    let brouillon = garde.entetes["location"].to_str().expect("an address");
    let champs = declaration(&[("_etape", "verifier")]);
    let vers = envoyer(&client, brouillon, page, &champs).await;
    let recapitulatif = client.get(&vers).await;
    assert_eq!(recapitulatif.statut, 200);
    assert!(
        recapitulatif.html.contains("12 quai des Anglais"),
        "{}",
        recapitulatif.texte()
    );
    // The form of the page that was kept is sent as any other: its token holds.
    let mut champs = recapitulatif.caches();
    champs.push(("_etape".to_owned(), "modifier".to_owned()));
    let (statut, vers) = client.post_seul(page, &champs).await;
    assert_eq!(statut, 303);
    let modifie = client.get(&vers).await;
    assert!(modifie.html.contains("12 quai des Anglais"));
}

#[actix_web::test]
async fn nul_autre_ne_la_voit_et_ce_qui_est_garde_ne_dit_rien() {
    let (app, compte, _) = application().await;
    let elle = Client::sans_suivre(&app.adresse);
    elle.connexion(&compte.courriel, MOT_DE_PASSE).await;
    let page = "/mes-departs/nouveau";
    let champs = declaration(&[("actes", "deux mille"), ("_etape", "verifier")]);
    let vers = envoyer(&elle, page, page, &champs).await;
    assert_eq!(elle.get(&vers).await.statut, 422);
    for contenu in gardees(&app) {
        let clair = String::from_utf8_lossy(&contenu);
        assert!(
            !clair.contains("deux mille") && !clair.contains("html"),
            "readable"
        );
    }
    // The address alone: in another session, of the same person too, without one, at another address.
    let autre = navigateur(&app, Role::Kine).await;
    let meme = Client::sans_suivre(&app.adresse);
    meme.connexion(&compte.courriel, MOT_DE_PASSE).await;
    let personne = Client::sans_suivre(&app.adresse);
    for client in [&autre, &meme, &personne] {
        let refusee = client.get(&vers).await;
        assert_eq!((refusee.statut, refusee.html.as_str()), (303, ""));
        assert_eq!(refusee.entetes["location"], page);
    }
    let ailleurs = vers.replace(page, "/espace");
    assert_eq!(elle.get(&ailleurs).await.entetes["location"], "/espace");
    // The sentence is said once, where the form is.
    let suivie = app.connecte(&compte).await.get(&vers).await;
    // Where the form is, which takes up its draft.
    assert_eq!(suivie.statut, 200);
    assert!(suivie.chemin.starts_with(page), "{}", suivie.chemin);
    assert!(
        suivie.texte().contains("n’est plus conservée"),
        "{}",
        suivie.texte()
    );
}

#[actix_web::test]
async fn elle_expire_elle_est_bornee_et_se_deconnecter_l_efface() {
    let (app, compte, _) = application().await;
    let client = Client::sans_suivre(&app.adresse);
    client.connexion(&compte.courriel, MOT_DE_PASSE).await;
    let page = "/mes-departs/nouveau";
    let champs = declaration(&[("actes", "deux mille"), ("_etape", "verifier")]);
    let mut premieres = Vec::new();
    for _ in 0..22 {
        premieres.push(envoyer(&client, "/compte", page, &champs).await);
    }
    assert_eq!(gardees(&app).len(), 20, "the last twenty");
    assert_eq!(client.get(&premieres[1]).await.statut, 303);
    assert_eq!(client.get(&premieres[2]).await.statut, 422);
    for _ in 0..2 {
        app.state.clock.advance(chrono::TimeDelta::minutes(61));
        client.get("/espace").await;
    }
    assert_eq!(client.get(&premieres[21]).await.statut, 303, "too late");
    let derniere = envoyer(&client, "/compte", page, &champs).await;
    assert_eq!(gardees(&app).len(), 1, "what is too old is swept");
    let sortie = envoyer(&client, "/compte", "/deconnexion", &[]).await;
    assert_eq!(sortie, "/connexion");
    assert!(gardees(&app).is_empty());
    assert_eq!(client.get(&derniere).await.statut, 303);
}

#[actix_web::test]
async fn sans_compte_elle_tient_au_cookie_et_un_mot_de_passe_n_y_est_pas() {
    let app = TestApp::start();
    let client = Client::sans_suivre(&app.adresse);
    let champs = [
        ("courriel", "claire.martin@example.fr"),
        ("mot_de_passe", "girafe rouge"),
    ];
    let vers = envoyer(&client, "/connexion", "/connexion", &champs).await;
    let page = client.get(&vers).await;
    assert_eq!(page.statut, 422);
    assert!(page.html.contains("claire.martin@example.fr"));
    assert!(!page.html.contains("girafe rouge"));
    let autre = Client::sans_suivre(&app.adresse);
    autre.get("/connexion").await;
    assert_eq!(autre.get(&vers).await.entetes["location"], "/connexion");
    // Who refuses our cookie is answered at once: nothing could be found again.
    let sans = Client::sans_suivre(&app.adresse);
    let champs = [("courriel".to_owned(), "a@example.fr".to_owned())];
    assert_eq!(sans.post_seul("/connexion", &champs).await.0, 403);
}

#[actix_web::test]
async fn ce_qui_se_renvoie_plus_tard_et_ce_que_lit_un_script_viennent_directement() {
    let app = TestApp::start_with(&[("RELEVE_ENVOIS", "1")]);
    crate::util::builders::Decor::new(&app).region_93();
    let client = navigateur(&app, Role::Kine).await;
    let page = "/mes-departs/nouveau";
    let champs = client.caches(page).await;
    let (statut, _) = client.post_seul(page, &champs).await;
    assert_eq!(statut, 303, "a form to correct");
    assert_eq!(client.post_seul(page, &champs).await.0, 429);
    let avant = gardees(&app).len();
    let accept = [("accept", "application/json")];
    let page = client.post_entetes("/brouillons", &[], &accept).await;
    assert_eq!(page.statut, 403, "no token");
    assert_eq!(gardees(&app).len(), avant);
}
