//! Embedded files: an address that carries the hash, kept for ever; any other address is checked each time.

use std::io::Read;

use releve::web::assets;

use crate::util::TestApp;
use crate::util::client::sans_cookies;

#[actix_web::test]
async fn un_fichier_se_garde_sous_l_adresse_de_son_empreinte() {
    let app = TestApp::start();
    let client = app.client();
    for (nom, nature) in [
        ("releve.css", "text/css; charset=utf-8"),
        ("releve.js", "text/javascript; charset=utf-8"),
        ("icone.svg", "image/svg+xml"),
    ] {
        let adresse = assets::url(nom);
        let (_, empreinte) = adresse.split_once("?v=").unwrap();
        assert_eq!(empreinte.len(), 16);
        let page = client.get(&adresse).await;
        assert_eq!((page.statut, page.html.is_empty()), (200, false), "{nom}");
        assert_eq!(page.entetes["content-type"], nature);
        assert_eq!(
            page.entetes["cache-control"],
            "public, max-age=31536000, immutable"
        );
        assert_eq!(page.entetes["etag"], format!("\"{empreinte}\""));
        assert!(page.entetes.get("set-cookie").is_none());
        for autre in [
            format!("/static/{nom}"),
            format!("/static/{nom}?v=0000000000000000"),
        ] {
            assert_eq!(
                client.get(&autre).await.entetes["cache-control"],
                "no-cache",
                "{autre}"
            );
        }
    }
    assert_eq!(
        assets::noms().len(),
        3,
        "a new file needs its type checked here"
    );
}

#[actix_web::test]
async fn un_fichier_deja_connu_ne_repart_pas() {
    let app = TestApp::start();
    let adresse = assets::url("releve.css");
    let (_, empreinte) = adresse.split_once("?v=").unwrap();
    let http = sans_cookies();
    for (connu, statut) in [(empreinte, 304), ("autre", 200)] {
        let reponse = http
            .get(format!("{}{adresse}", app.adresse))
            .header("if-none-match", format!("\"{connu}\""))
            .send()
            .await
            .unwrap();
        assert_eq!(reponse.status().as_u16(), statut);
    }
}

#[actix_web::test]
async fn un_fichier_inconnu_repond_404() {
    let app = TestApp::start();
    for chemin in [
        "/static/absent.css",
        "/static/../Cargo.toml",
        "/static/%2e%2e/Cargo.toml",
        "/static/",
    ] {
        assert_eq!(app.client().get(chemin).await.statut, 404, "{chemin}");
    }
    assert_eq!(assets::url("absent.css"), "/static/absent.css");
}

#[actix_web::test]
async fn un_fichier_de_texte_part_compresse_a_qui_le_demande() {
    let app = TestApp::start();
    let http = sans_cookies();
    let adresse = format!("{}{}", app.adresse, assets::url("releve.css"));
    let demander = |encodage: &'static str| http.get(&adresse).header("accept-encoding", encodage);
    let clair = demander("identity").send().await.unwrap();
    assert!(clair.headers().get("content-encoding").is_none());
    let etiquette = clair.headers()["etag"].clone();
    let clair = clair.bytes().await.unwrap();
    for refus in ["gzip;q=0", "br"] {
        let reponse = demander(refus).send().await.unwrap();
        assert_eq!(reponse.bytes().await.unwrap(), clair, "{refus}");
    }
    let compresse = demander("gzip, deflate, br").send().await.unwrap();
    assert_eq!(compresse.headers()["content-encoding"], "gzip");
    assert_eq!(compresse.headers()["vary"], "accept-encoding");
    assert_ne!(compresse.headers()["etag"], etiquette);
    let connue = compresse.headers()["etag"].clone();
    let octets = compresse.bytes().await.unwrap();
    assert!(octets.len() * 2 < clair.len(), "{} bytes", octets.len());
    let mut relu = Vec::new();
    flate2::read::GzDecoder::new(&octets[..])
        .read_to_end(&mut relu)
        .unwrap();
    assert_eq!(relu, clair);
    let deja = demander("gzip").header("if-none-match", connue);
    assert_eq!(deja.send().await.unwrap().status(), 304);
}
