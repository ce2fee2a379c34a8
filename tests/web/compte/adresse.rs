//! The address of an account is replaced; a lock is told; cookies refused are named; a login page left open leads on.

use regles::droits::Role;

use super::{lien, mails, traces};
use crate::util::TestApp;
use crate::util::compte::MOT_DE_PASSE;

const NOUVELLE: &str = "camille.nouvelle@example.fr";

#[actix_web::test]
async fn l_adresse_change_une_fois_la_nouvelle_confirmee_et_l_ancienne_est_prevenue() {
    let app = TestApp::start();
    let compte = app.compte(Role::Kine, None);
    let client = app.connecte(&compte).await;
    let demander = async |mot_de_passe: &str| {
        client
            .post(
                "/compte/adresse",
                "/compte/adresse",
                &[("courriel", NOUVELLE), ("actuel", mot_de_passe)],
            )
            .await
    };
    let page = demander("ce n’est pas le bon").await;
    assert_eq!(page.statut, 422);
    assert!(app.deposes().is_empty());
    let page = demander(MOT_DE_PASSE).await;
    assert_eq!(page.chemin, "/compte", "{}", page.texte());
    let envoyes: Vec<(String, String)> = app
        .deposes()
        .into_iter()
        .map(|m| (m.modele, m.destinataire))
        .collect();
    assert!(envoyes.contains(&("adresse_changee".to_owned(), compte.courriel.clone())));
    assert!(envoyes.contains(&("adresse_a_confirmer".to_owned(), NOUVELLE.to_owned())));
    // Nothing changes before the link is used.
    let visiteur = app.client();
    assert_eq!(visiteur.connexion(NOUVELLE, MOT_DE_PASSE).await.statut, 422);
    let lien = lien(&app, "adresse_a_confirmer");
    for _ in 0..2 {
        let page = visiteur.post(&lien, "/compte/adresse/confirmer", &[]).await;
        assert_eq!(page.statut, 200, "{}", page.texte());
    }
    assert_eq!(mails(&app, "adresse_changee"), 2);
    assert_eq!(
        visiteur
            .connexion(&compte.courriel, MOT_DE_PASSE)
            .await
            .statut,
        422
    );
    assert_eq!(
        visiteur.connexion(NOUVELLE, MOT_DE_PASSE).await.chemin,
        "/espace"
    );
    assert!(traces(&app).contains(&"compte.adresse_changee".to_owned()));
}

/// F17: anybody can shut an account by its address alone; its holder is told, once an hour at most, with what to do.
#[actix_web::test]
async fn le_titulaire_d_un_compte_ferme_par_des_echecs_est_prevenu() {
    let app = TestApp::start();
    let compte = app.compte(Role::Kine, None);
    for _ in 0..4 {
        app.tenter(&compte, false);
    }
    assert_eq!(mails(&app, "compte_verrouille"), 0);
    app.tenter(&compte, false);
    app.state.clock.advance(chrono::TimeDelta::minutes(2));
    app.tenter(&compte, false);
    assert_eq!(mails(&app, "compte_verrouille"), 1);
    let mail = app.deposes().pop().expect("a mail");
    assert_eq!(mail.destinataire, compte.courriel);
    assert!(mail.texte.contains("/mot-de-passe/oubli"), "{}", mail.texte);
}

#[actix_web::test]
async fn une_page_de_connexion_laissee_ouverte_mene_ou_elle_devait() {
    let app = TestApp::start();
    let compte = app.compte(Role::Kine, None);
    let client = app.client();
    // Two tabs of the login page; the first one logs in.
    let mut seconde = client.caches("/connexion?suite=%2Fprojet").await;
    client.connexion(&compte.courriel, MOT_DE_PASSE).await;
    for (nom, valeur) in [
        ("courriel", compte.courriel.as_str()),
        ("mot_de_passe", MOT_DE_PASSE),
    ] {
        seconde.push((nom.to_owned(), valeur.to_owned()));
    }
    let page = client.post_brut("/connexion", &seconde).await;
    assert_eq!((page.statut, page.chemin.as_str()), (200, "/projet"));
}

#[actix_web::test]
async fn des_cookies_refuses_sont_nommes() {
    let app = TestApp::start();
    for chemin in ["/connexion", "/inscription", "/mot-de-passe/oubli"] {
        let champs = vec![("courriel".to_owned(), "claire@example.fr".to_owned())];
        let page = app.client().post_brut(chemin, &champs).await;
        assert_eq!(page.statut, 403, "{chemin}");
        assert!(
            page.texte().contains("Autorisez les cookies"),
            "{chemin}: {}",
            page.texte()
        );
    }
}
