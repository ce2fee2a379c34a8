//! The ground every page stands on.

use regles::evenement::{Fait, LignesImportees};
use releve::db::evenement::{self, NouvelEvenement};

use crate::util::TestApp;
use crate::util::caisse::Caisse;

#[actix_web::test]
async fn la_page_d_accueil_repond_avec_les_en_tetes_de_securite() {
    let app = TestApp::start();
    let page = app.client().get("/").await;
    assert_eq!(page.statut, 200, "{}", page.html);
    assert!(page.texte().contains("Un départ, une arrivée"));
    let csp = page.entetes["content-security-policy"]
        .to_str()
        .expect("text");
    assert!(
        csp.contains("default-src 'none'") && !csp.contains("unsafe"),
        "{csp}"
    );
    assert_eq!(page.entetes["x-content-type-options"], "nosniff");
}

#[actix_web::test]
async fn une_adresse_inconnue_repond_404_dans_la_mise_en_page() {
    let app = TestApp::start();
    let page = app.client().get("/nulle-part").await;
    assert_eq!(page.statut, 404);
    assert!(page.texte().contains("Page introuvable"));
}

#[actix_web::test]
async fn la_sonde_interroge_la_base() {
    let app = TestApp::start();
    let page = app.client().get("/sante").await;
    assert_eq!((page.statut, page.html.as_str()), (200, "ok"));
}

#[actix_web::test]
async fn la_sonde_dit_qu_il_n_y_a_plus_de_place() {
    let app = TestApp::start_change(&[], |etat| etat.disque.minimum = u64::MAX);
    let page = app.client().get("/sante").await;
    assert_eq!(page.statut, 503);
    assert_eq!(page.html, "disque plein");
    assert!(page.entetes.contains_key("retry-after"));
}

#[actix_web::test]
async fn l_adresse_du_visiteur_ne_se_falsifie_pas() {
    use actix_web::FromRequest;
    use releve::web::acces::Ancre;
    use releve::web::visite::Visite;

    let app = TestApp::start_with(&[("RELEVE_MANDATAIRES", "10.0.0.1")]);
    let lire = async |voisin: &str, relais: &str| {
        let requete = actix_web::test::TestRequest::default()
            .app_data(actix_web::web::Data::new(app.state.clone()))
            .peer_addr(format!("{voisin}:4000").parse().expect("an address"))
            .insert_header(("x-forwarded-for", relais))
            .to_http_request();
        actix_web::HttpMessage::extensions_mut(&requete).insert(Ancre("essai".to_owned()));
        Visite::extract(&requete).await.expect("a visit").adresse_ip
    };
    assert_eq!(
        lire("10.0.0.1", "6.6.6.6, 192.0.2.7").await,
        "192.0.2.7",
        "what our proxy saw"
    );
    assert_eq!(
        lire("198.51.100.2", "192.0.2.7").await,
        "198.51.100.2",
        "not a proxy of ours"
    );
    assert_eq!(lire("10.0.0.1", "n’importe quoi").await, "10.0.0.1");
}

#[actix_web::test]
async fn le_pied_de_page_dit_de_quand_sont_les_donnees() {
    let app = TestApp::start();
    let avant = app.client().get("/").await;
    assert!(!avant.texte().contains("Données de référence du"));
    let importe = NouvelEvenement {
        le: app.state.clock.now(),
        acteur_id: None,
        acteur: "ligne de commande",
        caisse_code: None,
        dossier_id: None,
        lie_id: None,
        fait: &Fait::ImportCommunes {
            communes: 2,
            bassins: 1,
            lignes: LignesImportees {
                ajoutes: 2,
                modifies: 0,
                inchanges: 0,
            },
            empreinte: "0".repeat(64),
        },
    };
    app.state
        .db
        .write(|tx| evenement::inscrire(tx, &importe))
        .expect("written");
    app.state.recharger_donnees().expect("read");
    let apres = app.client().get("/").await;
    assert!(
        apres
            .texte()
            .contains("Données de référence du 15 janvier 2026"),
        "{}",
        apres.texte()
    );
}

/// Where a number is awaited, anything else is a page that does not exist, said in our words.
#[actix_web::test]
async fn un_numero_illisible_est_une_page_introuvable() {
    let caisse = Caisse::start();
    let agent = caisse.instructeur().await;
    for chemin in [
        "/lots/1e3%3Cb%3Ex",
        "/pieces/9223372036854775808",
        "/departs/99999999999999999999",
        "/attributions/1_",
    ] {
        let page = agent.get(chemin).await;
        assert_eq!(page.statut, 404, "{chemin}: {}", page.html);
        assert!(
            page.texte().contains("Page introuvable"),
            "{chemin}: {}",
            page.html
        );
    }
    let page = agent
        .get("/dossiers/131-2026-000001?historique=1&historique=2")
        .await;
    assert!(
        page.entetes["content-type"]
            .as_bytes()
            .starts_with(b"text/html"),
        "{}",
        page.html
    );
}
