//! The table role × route: written out in a snapshot, then tried over HTTP, route by route.

use actix_web::middleware::from_fn;
use actix_web::test as http;
use actix_web::{App, HttpResponse, web};
use regles::droits::{Acces, Role};
use releve::app::AppState;
use releve::web::acces::controler;
use releve::web::routes::TABLE;

use crate::util::client::Page;
use crate::util::compte::MOT_DE_PASSE;
use crate::util::{Client, TestApp};

/// Nobody logged in, then every role.
fn visiteurs() -> Vec<Option<Role>> {
    std::iter::once(None)
        .chain(Role::TOUS.iter().copied().map(Some))
        .collect()
}

#[test]
fn chaque_route_figure_dans_le_tableau_role_par_route() {
    let mut tableau = String::new();
    for route in TABLE {
        let admis = match route.acces {
            Acces::Public => "tout le monde".to_owned(),
            Acces::Connecte => "tout compte".to_owned(),
            Acces::Roles(roles) => roles
                .iter()
                .map(|r| r.as_str())
                .collect::<Vec<_>>()
                .join(", "),
        };
        let documents = if route.documents { " ; documents" } else { "" };
        tableau.push_str(&format!(
            "{:<4} {:<48} {admis}{documents}\n",
            route.methode, route.chemin
        ));
    }
    insta::assert_snapshot!("role_par_route", tableau);
}

#[test]
fn aucune_route_n_est_inscrite_deux_fois() {
    let mut cles: Vec<_> = TABLE.iter().map(|r| (r.methode, r.chemin)).collect();
    cles.sort_unstable();
    let total = cles.len();
    cles.dedup();
    assert_eq!(cles.len(), total);
}

#[actix_web::test]
async fn une_route_hors_du_tableau_n_est_pas_servie() {
    let app = TestApp::start();
    let etat: AppState = app.state.clone();
    let service = http::init_service(
        App::new()
            .app_data(web::Data::new(etat))
            .wrap(from_fn(controler))
            .route(
                "/hors-tableau",
                web::get().to(|| async { HttpResponse::Ok().body("servie") }),
            ),
    )
    .await;
    let requete = http::TestRequest::get().uri("/hors-tableau").to_request();
    let reponse = http::call_service(&service, requete).await;
    assert_eq!(reponse.status().as_u16(), 404);
}

#[actix_web::test]
async fn la_porte_repond_a_chaque_role_comme_le_dit_le_tableau() {
    let app = TestApp::start();
    let mut ecarts = Vec::new();
    for role in visiteurs() {
        let client = Client::sans_suivre(&app.adresse);
        if let Some(role) = role {
            let caisse = role.de_caisse().then_some("131");
            let compte = app.compte(role, caisse);
            let page = client.connexion(&compte.courriel, MOT_DE_PASSE).await;
            assert_eq!(page.statut, 303, "login of {role:?}");
        }
        // A login without its token shows the login page again, as what asks for one does.
        let table = TABLE
            .iter()
            .filter(|r| (r.methode, r.chemin) != ("POST", "/connexion"));
        for route in table {
            let reponse = demander(&client, route.methode, route.chemin).await;
            let attendu = attendu(route.acces, role);
            let vu = observe(&reponse);
            if vu != attendu {
                ecarts.push(format!(
                    "{} {} as {role:?}: expected {attendu:?}, got {vu:?} ({})",
                    route.methode, route.chemin, reponse.statut
                ));
            }
        }
    }
    assert!(ecarts.is_empty(), "{}", ecarts.join("\n"));
}

#[actix_web::test]
async fn aucune_ecriture_ne_passe_sans_le_jeton_du_formulaire_ni_depuis_un_autre_site() {
    let app = TestApp::start();
    for role in visiteurs() {
        let client = Client::sans_suivre(&app.adresse);
        if let Some(role) = role {
            let compte = app.compte(role, role.de_caisse().then_some("131"));
            client.connexion(&compte.courriel, MOT_DE_PASSE).await;
        }
        // A browser that has been here: one that refuses our cookie is told so instead.
        client.get("/connexion").await;
        // The interface for programs is without cookie, hence without token.
        let ecritures = TABLE.iter().filter(|r| {
            r.methode == "POST" && r.acces.permet(role) && !r.chemin.starts_with("/api/")
        });
        for route in ecritures {
            let chemin = remplir(route.chemin);
            let sans = client.post_brut(&chemin, &[]).await;
            let faux = [("_csrf".to_owned(), "x".repeat(43))];
            let faux = client.post_brut(&chemin, &faux).await;
            let ailleurs = [("sec-fetch-site", "cross-site")];
            let ailleurs = client.post_entetes(&chemin, &[], &ailleurs).await;
            // A login page left open leads where it would have: nothing is written, and nobody is logged in.
            let mene = match route.chemin {
                "/connexion" => true,
                "/inscription" => role.is_some(),
                _ => false,
            };
            for (cas, reponse) in [("without", sans), ("wrong", faux), ("cross-site", ailleurs)] {
                if mene && cas != "cross-site" {
                    assert_eq!(reponse.statut, 303, "{cas} {chemin} as {role:?}");
                    continue;
                }
                assert_eq!(reponse.statut, 403, "{cas} {chemin} as {role:?}");
                assert!(
                    reponse.texte().contains("Formulaire à renvoyer"),
                    "{cas} {chemin} as {role:?}"
                );
            }
        }
    }
}

/// What the door does.
#[derive(Debug, PartialEq, Eq)]
enum Porte {
    Connexion,
    Interdit,
    Passe,
}

fn attendu(acces: Acces, role: Option<Role>) -> Porte {
    match (acces.permet(role), role) {
        (true, _) => Porte::Passe,
        (false, None) => Porte::Connexion,
        (false, Some(_)) => Porte::Interdit,
    }
}

fn observe(reponse: &Page) -> Porte {
    let vers = reponse
        .entetes
        .get("location")
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    if reponse.statut == 303 && vers.starts_with("/connexion?suite=") {
        Porte::Connexion
    } else if reponse.statut == 403 && reponse.texte().contains("Accès réservé") {
        Porte::Interdit
    } else {
        Porte::Passe
    }
}

/// Writes go without a form token: none of them does anything, whoever is let in.
async fn demander(client: &Client, methode: &str, chemin: &str) -> Page {
    let chemin = remplir(chemin);
    match methode {
        "GET" => client.get(&chemin).await,
        "POST" => client.post_brut(&chemin, &[]).await,
        "OPTIONS" => {
            client
                .demander(reqwest::Method::OPTIONS, &chemin, &[])
                .await
        }
        autre => panic!("{autre}: a method the table does not know"),
    }
}

/// Fills the holes of a pattern.
fn remplir(motif: &str) -> String {
    let mut chemin = String::new();
    for (rang, morceau) in motif.split(['{', '}']).enumerate() {
        chemin.push_str(if rang % 2 == 0 { morceau } else { "1" });
    }
    chemin
}
