//! Logging in and out.

use chrono::TimeDelta;
use diesel::prelude::*;
use regles::droits::Role;
use releve::db::DbError;
use releve::db::schema::compte;

use super::{details, sans_jetons, sessions, traces};
use crate::util::compte::MOT_DE_PASSE;
use crate::util::{Client, TestApp};

const FAUX: &str = "ce n'est pas le bon";
const REFUS: &str = "La connexion n’a pas abouti";

#[actix_web::test]
async fn chacun_arrive_sur_sa_page() {
    let app = TestApp::start();
    for (role, caisse, attendue) in [
        (Role::Kine, None, "/espace"),
        (Role::Instructeur, Some("131"), "/dossiers"),
        (
            Role::Signataire,
            Some("131"),
            "/dossiers?nature=demande&etat=proposee",
        ),
        (
            Role::SecretaireCpd,
            Some("131"),
            "/dossiers?nature=derogation&etat=complete",
        ),
        (Role::Responsable, Some("131"), "/supervision"),
        (
            Role::AdministrateurNational,
            None,
            "/supervision?caisse=toutes",
        ),
        (Role::Auditeur, None, "/dossiers"),
        (Role::MembreCpd, Some("131"), "/zones"),
        (Role::Ars, None, "/zones"),
    ] {
        let compte = app.compte(role, caisse);
        let client = Client::sans_suivre(&app.adresse);
        let page = client.connexion(&compte.courriel, MOT_DE_PASSE).await;
        assert_eq!(page.statut, 303);
        assert_eq!(page.entetes["location"], attendue, "{role:?}");
    }
}

#[actix_web::test]
async fn l_adresse_se_tape_sans_egard_aux_majuscules() {
    let app = TestApp::start();
    let compte = app.compte(Role::Ars, None);
    let tapee = format!("  {} ", compte.courriel.to_uppercase());
    let page = app.client().connexion(&tapee, MOT_DE_PASSE).await;
    assert_eq!(page.chemin, "/zones");
}

#[actix_web::test]
async fn la_page_demandee_revient_apres_la_connexion_si_elle_est_chez_nous() {
    let app = TestApp::start();
    let compte = app.compte(Role::Ars, None);
    let demande = app.client().get("/compte?onglet=a&b=c").await;
    assert_eq!(
        demande.chemin,
        "/connexion?suite=%2Fcompte%3Fonglet%3Da%26b%3Dc"
    );
    for (suite, attendue) in [
        ("/compte?onglet=a&b=c", "/compte?onglet=a&b=c"),
        ("https://autre.example/", "/zones"),
        ("//autre.example/", "/zones"),
        ("/\\autre.example/", "/zones"),
        ("/.//autre.example/", "/zones"),
        ("javascript:alert(1)", "/zones"),
        ("/connexion?suite=/compte", "/zones"),
    ] {
        let client = Client::sans_suivre(&app.adresse);
        let mut champs = client.caches("/connexion").await;
        champs.retain(|(nom, _)| nom != "suite");
        champs.extend([
            ("suite".to_owned(), suite.to_owned()),
            ("courriel".to_owned(), compte.courriel.clone()),
            ("mot_de_passe".to_owned(), MOT_DE_PASSE.to_owned()),
        ]);
        let page = client.post_brut("/connexion", &champs).await;
        assert_eq!(page.entetes["location"], attendue, "{suite}");
        let deja = client
            .get(&format!(
                "/connexion?{}",
                url::form_urlencoded::Serializer::new(String::new())
                    .append_pair("suite", suite)
                    .finish()
            ))
            .await;
        assert_eq!(deja.entetes["location"], attendue, "logged in, {suite}");
    }
}

#[actix_web::test]
async fn un_refus_ne_dit_pas_si_le_compte_existe() {
    let app = TestApp::start();
    let compte = app.compte(Role::Instructeur, Some("131"));
    let ferme = app.compte(Role::Instructeur, Some("131"));
    for _ in 0..6 {
        app.client().connexion(&ferme.courriel, FAUX).await;
    }
    let inactif = app.compte(Role::Instructeur, Some("131"));
    desactiver(&app, inactif.id);
    let client = app.client();
    let mut corps = Vec::new();
    for (courriel, mot_de_passe) in [
        ("personne@example.fr", FAUX),
        (compte.courriel.as_str(), FAUX),
        (ferme.courriel.as_str(), FAUX),
        (ferme.courriel.as_str(), MOT_DE_PASSE),
        (inactif.courriel.as_str(), MOT_DE_PASSE),
    ] {
        let page = client.connexion(courriel, mot_de_passe).await;
        assert_eq!(page.statut, 422);
        assert!(page.texte().contains(REFUS));
        assert!(page.html.contains(courriel), "the address stays typed");
        assert!(!page.html.contains(mot_de_passe), "the password does not");
        corps.push(sans_jetons(&page).replace(courriel, "COURRIEL"));
    }
    for autre in &corps[1..] {
        assert_eq!(autre, &corps[0]);
    }
}

#[actix_web::test]
async fn des_champs_vides_sont_dits_a_cote_d_eux() {
    let app = TestApp::start();
    let page = app.client().connexion("", "").await;
    assert_eq!(page.statut, 422);
    assert!(page.html.contains("href=\"#champ-courriel\""));
    assert!(page.html.contains("id=\"champ-mot_de_passe-erreur\""));
    assert!(page.html.contains("autocomplete=\"current-password\""));
}

#[actix_web::test]
async fn le_compte_se_ferme_de_plus_en_plus_longtemps() {
    let app = TestApp::start();
    let compte = app.compte(Role::Ars, None);
    let client = app.client();
    let passe = async |mot_de_passe: &str| {
        client
            .connexion(&compte.courriel, mot_de_passe)
            .await
            .statut
            != 422
    };
    for _ in 0..5 {
        assert!(!passe(FAUX).await);
    }
    assert!(!passe(MOT_DE_PASSE).await, "shut for a minute");
    app.state.clock.advance(TimeDelta::seconds(59));
    assert!(
        !passe(MOT_DE_PASSE).await,
        "tries while shut change nothing"
    );
    app.state.clock.advance(TimeDelta::seconds(1));
    assert!(!passe(FAUX).await);
    app.state.clock.advance(TimeDelta::seconds(119));
    assert!(!passe(MOT_DE_PASSE).await, "shut for two minutes");
    app.state.clock.advance(TimeDelta::seconds(1));
    assert!(passe(MOT_DE_PASSE).await);
    let natures = traces(&app);
    assert_eq!(
        natures.iter().filter(|n| *n == "compte.verrouille").count(),
        2
    );
    assert_eq!(
        natures.last().map(String::as_str),
        Some("connexion.ouverte")
    );
    // A success forgets the failures.
    let autre = app.client();
    assert_eq!(autre.connexion(&compte.courriel, FAUX).await.statut, 422);
    let page = autre.connexion(&compte.courriel, MOT_DE_PASSE).await;
    assert_eq!(page.chemin, "/zones");
    assert!(!details(&app).contains(MOT_DE_PASSE) && !details(&app).contains(FAUX));
}

#[test]
fn la_fermeture_double_puis_plafonne_a_une_heure() {
    use releve::actions::compte::connexion::verrou;
    let minutes = |echecs| verrou(echecs).map(|d| d.num_minutes());
    assert_eq!(minutes(4), None);
    assert_eq!(
        [5, 6, 7, 10, 11, 12, 1_000_000, i32::MAX].map(minutes),
        [1, 2, 4, 32, 60, 60, 60, 60].map(Some)
    );
}

#[actix_web::test]
async fn des_essais_simultanes_ne_passent_pas_sous_le_verrou() {
    let app = TestApp::start();
    let compte = app.compte(Role::Ars, None);
    let client = app.client();
    // One visitor: the page that answers each try is shown to the cookie that sent it.
    client.get("/connexion").await;
    let essais = (0..12).map(|_| client.connexion(&compte.courriel, FAUX));
    for page in futures_util::future::join_all(essais).await {
        assert_eq!(page.statut, 422);
    }
    let verrous = traces(&app)
        .iter()
        .filter(|n| *n == "compte.verrouille")
        .count();
    assert_eq!(
        verrous, 1,
        "five failures counted, the others came too late"
    );
}

#[actix_web::test]
async fn des_echecs_au_meme_instant_sont_tous_comptes() {
    let app = TestApp::start();
    for rang in 0..8 {
        let compte = app.compte(Role::Ars, None);
        std::thread::scope(|fils| {
            for _ in 0..4 {
                fils.spawn(|| app.tenter(&compte, false));
            }
        });
        let comptes: i32 = app
            .state
            .db
            .read(|conn| -> Result<i32, DbError> {
                Ok(compte::table
                    .find(compte.id)
                    .select(compte::echecs)
                    .first(conn)?)
            })
            .expect("the account reads");
        assert_eq!(comptes, 4, "account {rang}");
    }
}

#[actix_web::test]
async fn une_adresse_ip_qui_insiste_est_arretee() {
    let app = TestApp::start();
    let client = app.client();
    let champs = client.caches("/connexion").await;
    let mut refusee = None;
    for essai in 0..300 {
        let page = client.post_brut("/connexion", &champs).await;
        if page.statut == 429 {
            assert!(page.texte().contains("Trop de tentatives"));
            refusee = Some(essai);
            break;
        }
        assert_eq!(page.statut, 422);
    }
    assert!(refusee.is_some_and(|essai| essai >= 60), "{refusee:?}");
}

/// A proxy that writes the port of its visitor: what the visitor wrote before it chose the address counted.
#[actix_web::test]
async fn derriere_un_mandataire_qui_ecrit_un_port_l_adresse_ne_se_choisit_pas() {
    let app = TestApp::start_with(&[("RELEVE_MANDATAIRES", "127.0.0.1")]);
    let compte = app.compte(Role::Ars, None);
    let client = app.client();
    let mut champs = client.caches("/connexion").await;
    champs.extend([
        ("courriel".to_owned(), compte.courriel.clone()),
        ("mot_de_passe".to_owned(), MOT_DE_PASSE.to_owned()),
    ]);
    let relais = ("x-forwarded-for", "9.9.9.9, 203.0.113.7:51234");
    client.post_entetes("/connexion", &champs, &[relais]).await;
    let page = client.get("/compte").await;
    assert!(page.texte().contains("203.0.113.7"), "{}", page.texte());
    assert!(!page.texte().contains("9.9.9.9"), "{}", page.texte());

    let autre = app.client();
    let champs = autre.caches("/connexion").await;
    for essai in 0..300 {
        let relais = format!("192.0.2.{}, [2001:db8::7]:443", essai % 250);
        let entetes = [("x-forwarded-for", relais.as_str())];
        let page = autre.post_entetes("/connexion", &champs, &entetes).await;
        if page.statut == 429 {
            return;
        }
    }
    panic!("a new first entry at each try was a new visitor");
}

#[actix_web::test]
async fn le_jeton_de_session_change_a_chaque_connexion() {
    let app = TestApp::start();
    let compte = app.compte(Role::Ars, None);
    let client = Client::sans_suivre(&app.adresse);
    let cookie = |page: &crate::util::client::Page| {
        page.entetes
            .get_all("set-cookie")
            .iter()
            .filter_map(|v| v.to_str().ok())
            .find(|v| v.starts_with("releve="))
            .expect("a session cookie")
            .to_owned()
    };
    // Sent from a page loaded before the first login: its token is the anonymous one.
    let champs = [
        ("courriel".to_owned(), compte.courriel.clone()),
        ("mot_de_passe".to_owned(), MOT_DE_PASSE.to_owned()),
    ];
    let mut premier = client.caches("/connexion").await;
    premier.extend(champs.clone());
    let un = cookie(&client.post_brut("/connexion", &premier).await);
    let avant = sessions(&app);
    let mut second = client.caches("/compte").await;
    second.retain(|(nom, _)| nom == "_csrf");
    second.extend(champs);
    let deux = cookie(&client.post_brut("/connexion", &second).await);
    let apres = sessions(&app);
    assert_ne!(un, deux);
    assert_eq!(
        (avant.len(), apres.len()),
        (1, 1),
        "the first session is closed"
    );
    assert_ne!(avant, apres);
    for attribut in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(un.contains(attribut), "{un}");
    }
    // The table holds a fingerprint, never the token.
    assert!(!un.contains(&avant[0]));
}

#[actix_web::test]
async fn une_session_finit_apres_deux_heures_sans_activite() {
    let app = TestApp::start();
    let compte = app.compte(Role::Ars, None);
    let client = app.connecte(&compte).await;
    for _ in 0..3 {
        app.state.clock.advance(TimeDelta::minutes(119));
        assert_eq!(client.get("/compte").await.chemin, "/compte");
    }
    app.state.clock.advance(TimeDelta::minutes(121));
    let page = client.get("/compte").await;
    assert_eq!(page.chemin, "/connexion?suite=%2Fcompte");
}

#[actix_web::test]
async fn une_session_finit_au_bout_de_douze_heures_meme_active() {
    let app = TestApp::start();
    let compte = app.compte(Role::Ars, None);
    let client = app.connecte(&compte).await;
    for heure in 1..12 {
        app.state.clock.advance(TimeDelta::hours(1));
        assert_eq!(client.get("/compte").await.chemin, "/compte", "{heure} h");
    }
    app.state.clock.advance(TimeDelta::hours(1));
    assert!(client.get("/compte").await.chemin.starts_with("/connexion"));
}

#[actix_web::test]
async fn un_compte_desactive_perd_sa_session() {
    let app = TestApp::start();
    let compte = app.compte(Role::Ars, None);
    let client = app.connecte(&compte).await;
    desactiver(&app, compte.id);
    assert!(client.get("/compte").await.chemin.starts_with("/connexion"));
}

#[actix_web::test]
async fn se_deconnecter_ferme_la_session_et_demande_le_jeton() {
    let app = TestApp::start();
    let compte = app.compte(Role::Ars, None);
    let client = app.connecte(&compte).await;
    let sans = client.post_brut("/deconnexion", &[]).await;
    assert_eq!((sans.statut, sessions(&app).len()), (403, 1));
    let page = client.post("/compte", "/deconnexion", &[]).await;
    assert_eq!(page.chemin, "/connexion");
    assert!(page.texte().contains("Votre connexion est fermée"));
    assert!(sessions(&app).is_empty());
    assert!(client.get("/compte").await.chemin.starts_with("/connexion"));
    assert_eq!(traces(&app), ["connexion.ouverte", "connexion.fermee"]);
}

#[actix_web::test]
async fn une_connexion_demandee_par_un_autre_site_est_refusee() {
    let app = TestApp::start();
    let compte = app.compte(Role::Ars, None);
    let client = app.client();
    let mut champs = client.caches("/connexion").await;
    champs.extend([
        ("courriel".to_owned(), compte.courriel.clone()),
        ("mot_de_passe".to_owned(), MOT_DE_PASSE.to_owned()),
    ]);
    for entete in [
        ("origin", "https://autre.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let page = client.post_entetes("/connexion", &champs, &[entete]).await;
        assert_eq!(page.statut, 403, "{entete:?}");
    }
    let mut faux = champs.clone();
    faux[0].1 = "A".repeat(43);
    // A token that does not hold: the page again, where it led.
    let page = client.post_brut("/connexion", &faux).await;
    assert_eq!(
        (page.statut, page.chemin.as_str()),
        (200, "/connexion?suite=%2F")
    );
    assert!(
        sessions(&app).is_empty() && traces(&app).is_empty(),
        "nothing was written"
    );
    let origine = ("origin", app.adresse.as_str());
    let page = client.post_entetes("/connexion", &champs, &[origine]).await;
    assert_eq!(page.chemin, "/zones");
}

fn desactiver(app: &TestApp, id: i64) {
    app.state
        .db
        .write(|tx| {
            diesel::update(compte::table.find(id))
                .set(compte::actif.eq(false))
                .execute(&mut **tx)?;
            Ok::<_, DbError>(())
        })
        .expect("the account is shut");
}
