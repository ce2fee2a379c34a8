//! A practitioner registers, and confirms her address.

use chrono::TimeDelta;
use diesel::prelude::*;
use regles::droits::Role;
use releve::db::DbResult;
use releve::db::schema::kine;

use super::{comptes, details, lien, mails, traces};
use crate::util::client::Page;
use crate::util::compte::{MOT_DE_PASSE, rpps};
use crate::util::{Client, TestApp};

const ENVOYE: &str = "/courriel/envoye";

async fn inscrire(client: &Client, rpps: &str, courriel: &str) -> Page {
    envoyer(client, &[("rpps", rpps), ("courriel", courriel)]).await
}

/// Sends the form with these fields in place of the usual ones.
async fn envoyer(client: &Client, remplacent: &[(&str, &str)]) -> Page {
    let numero = rpps(900_000_001);
    let mut champs = vec![
        ("prenom", "Claire"),
        ("nom", "Martin-L’Huillier"),
        ("rpps", numero.as_str()),
        ("courriel", "claire.martin@example.fr"),
        ("mot_de_passe", MOT_DE_PASSE),
    ];
    champs.retain(|(nom, _)| !remplacent.iter().any(|(autre, _)| autre == nom));
    champs.extend_from_slice(remplacent);
    client.post("/inscription", "/inscription", &champs).await
}

/// Opens the link of the mail and presses its button.
async fn confirmer(client: &Client, lien: &str) -> Page {
    client.post(lien, "/courriel/verifier", &[]).await
}

#[actix_web::test]
async fn de_l_inscription_a_la_premiere_connexion() {
    let app = TestApp::start();
    let client = app.client();
    let page = envoyer(&client, &[]).await;
    assert_eq!(page.chemin, ENVOYE);
    assert!(page.texte().contains("Vérifiez votre boîte"));
    // Not before the address is confirmed, and only who knows the password learns why.
    let page = client
        .connexion("claire.martin@example.fr", MOT_DE_PASSE)
        .await;
    assert_eq!(page.statut, 422);
    assert!(
        page.texte().contains("n’est pas encore confirmée"),
        "{}",
        page.texte()
    );
    let page = client
        .connexion("claire.martin@example.fr", "autre chose")
        .await;
    assert!(!page.texte().contains("n’est pas encore confirmée"));
    // A mail scanner opens the link: that confirms nothing.
    let lien = lien(&app, "compte_verification");
    assert_eq!(client.get(&lien).await.statut, 200);
    let page = client
        .connexion("claire.martin@example.fr", MOT_DE_PASSE)
        .await;
    assert!(page.texte().contains("n’est pas encore confirmée"));
    let page = confirmer(&client, &lien).await;
    assert!(
        page.texte().contains("Votre adresse est confirmée"),
        "{}",
        page.texte()
    );
    let page = client
        .connexion("claire.martin@example.fr", MOT_DE_PASSE)
        .await;
    assert_eq!(page.chemin, "/espace");
    let page = client.get("/compte").await.texte();
    for attendu in [
        "Claire Martin-L’Huillier",
        "claire.martin@example.fr",
        &rpps(900_000_001),
    ] {
        assert!(page.contains(attendu), "{attendu}: {page}");
    }
    let natures = traces(&app);
    for nature in [
        "compte.cree",
        "connexion.refusee",
        "compte.verifie",
        "connexion.ouverte",
    ] {
        assert!(natures.iter().any(|n| n == nature), "{nature}: {natures:?}");
    }
    assert!(!details(&app).contains(MOT_DE_PASSE));
}

#[actix_web::test]
async fn le_lien_ne_sert_qu_une_fois_et_quarante_huit_heures() {
    let app = TestApp::start();
    let client = app.client();
    envoyer(&client, &[]).await;
    let premier = lien(&app, "compte_verification");
    confirmer(&client, &premier).await;
    let page = confirmer(&client, &premier).await;
    assert!(page.texte().contains("déjà confirmée"));
    inscrire(&client, &rpps(900_000_002), "autre@example.fr").await;
    let second = lien(&app, "compte_verification");
    app.state.clock.advance(TimeDelta::hours(48));
    let page = confirmer(&client, &second).await;
    assert!(page.texte().contains("Ce lien ne fonctionne plus"));
    // A fresh one comes on demand; never twice in two minutes; the old one stays dead.
    for _ in 0..2 {
        let page = client
            .post(
                "/connexion",
                "/courriel/renvoyer",
                &[("courriel", "autre@example.fr")],
            )
            .await;
        assert_eq!(page.chemin, ENVOYE);
    }
    assert_eq!(mails(&app, "compte_verification"), 3);
    let page = confirmer(&client, &lien(&app, "compte_verification")).await;
    assert_eq!(page.chemin, "/connexion");
    for inconnu in ["/courriel/verifier?jeton=abc", "/courriel/verifier"] {
        assert_eq!(confirmer(&client, inconnu).await.statut, 422);
    }
}

#[actix_web::test]
async fn la_page_a_suivre_survit_a_l_inscription() {
    let app = TestApp::start();
    let client = app.client();
    let suite = "/compte?x=1";
    let page = client.get("/connexion?suite=%2Fcompte%3Fx%3D1").await;
    assert!(page.html.contains("/inscription?suite=%2Fcompte%3Fx%3D1"));
    let mut champs = client.caches("/inscription?suite=%2Fcompte%3Fx%3D1").await;
    assert!(champs.contains(&("suite".to_owned(), suite.to_owned())));
    for (nom, valeur) in [
        ("prenom", "Claire"),
        ("nom", "Martin"),
        ("rpps", &rpps(900_000_007)),
        ("courriel", "suite@example.fr"),
        ("mot_de_passe", MOT_DE_PASSE),
    ] {
        champs.push((nom.to_owned(), valeur.to_owned()));
    }
    client.post_brut("/inscription", &champs).await;
    let page = confirmer(&client, &lien(&app, "compte_verification")).await;
    assert_eq!(page.chemin, "/connexion?suite=%2Fcompte%3Fx%3D1");
}

#[actix_web::test]
async fn chaque_champ_fautif_est_nomme_et_rien_n_est_perdu() {
    let app = TestApp::start();
    let client = app.client();
    for (champ, valeur, phrase) in [
        ("prenom", "", "Indiquez votre prénom"),
        ("nom", "http://piege.example", "avec des lettres"),
        ("nom", "Martin 2000", "avec des lettres"),
        ("rpps", "1234567890", "11 chiffres"),
        ("rpps", "1000345678X", "11 chiffres"),
        ("courriel", "claire.martin", "adresse électronique"),
        ("courriel", "claire@local", "adresse électronique"),
        (
            "courriel",
            "a@example.fr\r\nBcc: b@example.fr",
            "adresse électronique",
        ),
        ("mot_de_passe", "court", "12 à 128 caractères"),
        ("mot_de_passe", "motdepasse1234", "essaient en premier"),
        ("mot_de_passe", "azertyuiop123", "essaient en premier"),
        ("mot_de_passe", "123456789012", "essaient en premier"),
        ("mot_de_passe", "passwordpassword", "essaient en premier"),
        ("mot_de_passe", "Claire-Martin-1985", "essaient en premier"),
    ] {
        let page = envoyer(&client, &[(champ, valeur)]).await;
        assert_eq!(page.statut, 422, "{champ}={valeur}");
        assert!(
            page.texte().contains(phrase),
            "{champ}={valeur}: {}",
            page.texte()
        );
        assert!(
            page.html.contains(&format!("href=\"#champ-{champ}\"")),
            "summary of {champ}"
        );
        assert!(
            page.html.contains(&format!("id=\"champ-{champ}-erreur\"")),
            "beside {champ}"
        );
        assert!(
            !page.html.contains(MOT_DE_PASSE),
            "the password is not written back"
        );
        assert!(
            champ == "mot_de_passe" || page.texte().contains("Tapez de nouveau votre mot de passe"),
            "and it is said: {}",
            page.texte()
        );
        for autre in ["Claire", "claire.martin@example.fr"] {
            let remplace = champ == "prenom" && autre == "Claire" || champ == "courriel";
            assert!(
                remplace || page.html.contains(&format!("value=\"{autre}\"")),
                "{autre} is kept"
            );
        }
    }
    assert_eq!((comptes(&app), app.deposes().len()), (0, 0));
}

#[actix_web::test]
async fn le_formulaire_aide_le_clavier_et_le_gestionnaire_de_mots_de_passe() {
    let app = TestApp::start();
    let html = app.client().get("/inscription").await.html;
    for attribut in [
        "inputmode=\"numeric\"",
        "autocomplete=\"email\"",
        "autocomplete=\"new-password\"",
        "autocomplete=\"given-name\"",
        "autocomplete=\"family-name\"",
    ] {
        assert!(html.contains(attribut), "{attribut}");
    }
}

#[actix_web::test]
async fn une_cle_fausse_avertit_puis_se_confirme() {
    let app = TestApp::start();
    let client = app.client();
    let juste = rpps(900_000_003);
    let cle = juste.as_bytes()[10] - b'0';
    let faux = format!("{}{}", &juste[..10], (cle + 1) % 10);
    assert!(
        !client
            .get("/inscription")
            .await
            .html
            .contains("cle_confirmee")
    );
    let page = envoyer(&client, &[("rpps", &faux)]).await;
    assert_eq!(page.statut, 422);
    assert!(page.texte().contains("erreur de frappe"));
    assert!(
        page.html.contains("name=\"cle_confirmee\""),
        "the box appears"
    );
    let page = envoyer(&client, &[("rpps", &faux), ("cle_confirmee", "oui")]).await;
    assert_eq!(page.chemin, ENVOYE);
    let stocke: (String, bool) = app
        .state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(kine::table
                .select((kine::rpps, kine::cle_confirmee))
                .first(conn)?)
        })
        .expect("the practitioner");
    assert_eq!(stocke, (faux, true));
    // Ticking the box for a number whose key holds confirms nothing; spaces are read.
    let espaces = format!("{} {} {}", &juste[..3], &juste[3..6], &juste[6..]);
    let page = envoyer(
        &client,
        &[
            ("rpps", &espaces),
            ("courriel", "b@example.fr"),
            ("cle_confirmee", "oui"),
        ],
    )
    .await;
    assert_eq!(page.chemin, ENVOYE);
    assert_eq!(comptes(&app), 2);
}

#[actix_web::test]
async fn le_meme_formulaire_envoye_deux_fois_inscrit_une_fois() {
    let app = TestApp::start();
    let client = app.client();
    let mut champs = client.caches("/inscription").await;
    for (nom, valeur) in [
        ("prenom", "Claire"),
        ("nom", "Martin"),
        ("rpps", &rpps(900_000_004)),
        ("courriel", "claire@example.fr"),
        ("mot_de_passe", MOT_DE_PASSE),
    ] {
        champs.push((nom.to_owned(), valeur.to_owned()));
    }
    let envois = (0..4).map(|_| client.post_brut("/inscription", &champs));
    for page in futures_util::future::join_all(envois).await {
        assert_eq!(
            (page.statut, page.chemin.as_str()),
            (200, ENVOYE),
            "{}",
            page.texte()
        );
    }
    assert_eq!((comptes(&app), app.deposes().len()), (1, 1));
    // And again later, once the address is confirmed.
    confirmer(&client, &lien(&app, "compte_verification")).await;
    let page = client.post_brut("/inscription", &champs).await;
    assert_eq!((page.chemin.as_str(), app.deposes().len()), (ENVOYE, 1));
}

#[actix_web::test]
async fn une_adresse_connue_recoit_la_meme_reponse_et_son_titulaire_un_message() {
    let app = TestApp::start();
    let kine = app.compte(Role::Kine, None);
    let agent = app.compte(Role::Instructeur, Some("131"));
    let client = app.client();
    let inconnue = inscrire(&client, &rpps(900_000_005), "nouvelle@example.fr").await;
    for connu in [&kine, &agent] {
        let numero = rpps(900_000_006);
        let page = inscrire(&client, &numero, &connu.courriel.to_uppercase()).await;
        assert_eq!((page.statut, page.chemin.as_str()), (200, ENVOYE));
        assert_eq!(super::sans_jetons(&page), super::sans_jetons(&inconnue));
        let mail = app.deposes().pop().expect("a mail");
        assert_eq!(mail.modele, "compte_existant");
        assert_eq!(mail.destinataire, connu.courriel);
        assert!(
            !mail.texte.contains("Claire"),
            "what a stranger typed is not in it"
        );
        // Insisting does not flood the mailbox.
        inscrire(&client, &numero, &connu.courriel).await;
    }
    assert_eq!(mails(&app, "compte_existant"), 2);
    assert_eq!(comptes(&app), 3);
}

/// F12: a RPPS is public: whether it has an account is told to its holder, never to who types it.
#[actix_web::test]
async fn un_rpps_deja_pris_recoit_la_meme_reponse_et_son_titulaire_un_message() {
    let app = TestApp::start();
    let titulaire = app.compte(Role::Kine, None);
    let autre = app.compte(Role::Kine, None);
    let pris = titulaire.rpps.clone().expect("a number");
    let client = app.client();
    let libre = inscrire(&client, &rpps(900_000_007), "libre@example.fr").await;
    let avant = comptes(&app);
    for (courriel, modele) in [
        ("inconnue@example.fr", "rpps_existant"),
        (&autre.courriel, "rpps_existant"),
        (&titulaire.courriel, "compte_existant"),
    ] {
        app.state.clock.advance(TimeDelta::hours(1));
        let page = inscrire(&client, &pris, courriel).await;
        assert_eq!((page.statut, page.chemin.as_str()), (200, ENVOYE));
        assert_eq!(super::sans_jetons(&page), super::sans_jetons(&libre));
        let mail = app.deposes().pop().expect("a mail");
        assert_eq!(
            (mail.modele.as_str(), mail.destinataire.as_str()),
            (modele, titulaire.courriel.as_str())
        );
    }
    assert_eq!(comptes(&app), avant, "nobody else has it");
}

#[actix_web::test]
async fn un_compte_jamais_confirme_ne_bloque_ni_l_adresse_ni_le_numero() {
    let app = TestApp::start();
    let (client, numero) = (app.client(), rpps(900_000_008));
    // Somebody else squats the number: it is kept as long as the link may be opened.
    inscrire(&client, &numero, "squat@example.fr").await;
    let page = inscrire(&client, &numero, "vraie@example.fr").await;
    assert_eq!((page.chemin.as_str(), comptes(&app)), (ENVOYE, 1));
    app.state.clock.advance(TimeDelta::hours(48));
    assert_eq!(
        inscrire(&client, &numero, "vraie@example.fr").await.chemin,
        ENVOYE
    );
    // Registering again with the same address corrects the first try: its link is dead, the second works.
    let premier = lien(&app, "compte_verification");
    let page = inscrire(&client, &rpps(900_000_009), "vraie@example.fr").await;
    assert_eq!(page.chemin, ENVOYE);
    assert_eq!(confirmer(&client, &premier).await.statut, 422);
    let page = confirmer(&client, &lien(&app, "compte_verification")).await;
    assert_eq!(page.chemin, "/connexion");
    assert_eq!(comptes(&app), 1);
}

#[actix_web::test]
async fn sans_jeton_ou_d_un_autre_site_rien_n_est_ecrit() {
    let app = TestApp::start();
    let client = app.client();
    let champs: Vec<(String, String)> = [
        ("prenom", "Claire"),
        ("nom", "Martin"),
        ("rpps", &rpps(900_000_010)),
        ("courriel", "claire@example.fr"),
        ("mot_de_passe", MOT_DE_PASSE),
    ]
    .map(|(n, v)| (n.to_owned(), v.to_owned()))
    .into();
    assert_eq!(client.post_brut("/inscription", &champs).await.statut, 403);
    let mut avec = client.caches("/inscription").await;
    avec.extend(champs.clone());
    let page = client
        .post_entetes(
            "/inscription",
            &avec,
            &[("origin", "https://autre.example")],
        )
        .await;
    assert_eq!(page.statut, 403);
    // The token of another visitor.
    let mut volee = app.client().caches("/inscription").await;
    volee.extend(champs);
    assert_eq!(client.post_brut("/inscription", &volee).await.statut, 403);
    assert_eq!((comptes(&app), traces(&app).len()), (0, 0));
    assert_eq!(client.post_brut("/inscription", &avec).await.chemin, ENVOYE);
}

/// Opened twice, the link says that it is done; an older link says that a newer one was sent.
#[actix_web::test]
async fn un_lien_ouvert_deux_fois_ou_remplace_dit_ce_qu_il_en_est() {
    let app = TestApp::start();
    let client = app.client();
    envoyer(&client, &[]).await;
    let premier = lien(&app, "compte_verification");
    app.state.clock.advance(TimeDelta::minutes(5));
    let mut champs = client.caches("/inscription").await;
    champs.push(("courriel".to_owned(), "claire.martin@example.fr".to_owned()));
    client.post_brut("/courriel/renvoyer", &champs).await;
    assert_eq!(mails(&app, "compte_verification"), 2);
    let refuse = confirmer(&client, &premier).await;
    assert_eq!(refuse.statut, 422);
    assert!(refuse.texte().contains("plus récent"), "{}", refuse.texte());
    let dernier = lien(&app, "compte_verification");
    let page = confirmer(&client, &dernier).await;
    assert!(page.texte().contains("Votre adresse est confirmée"));
    for ancien in [&dernier, &premier] {
        let page = confirmer(&client, ancien).await;
        assert_eq!(page.chemin, "/connexion");
        assert!(page.texte().contains("déjà confirmée"), "{}", page.texte());
    }
}
