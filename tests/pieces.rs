//! The document store: what bytes are, that they come back unchanged, in a folder and in an S3 bucket.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use actix_web::web::Bytes;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use releve::config;
use releve::pieces::{Depot, PieceError, flairer};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF";
const PNG: &[u8] = &[0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13];
const EXE: &[u8] = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00";

#[test]
fn le_type_se_lit_dans_les_octets() {
    assert_eq!(flairer(PDF).expect("a PDF"), "application/pdf");
    assert_eq!(flairer(PNG).expect("a PNG"), "image/png");
    assert!(matches!(flairer(EXE), Err(PieceError::Type)));
    assert!(matches!(
        flairer(b"<script>alert(1)</script>"),
        Err(PieceError::Type)
    ));
    // A text that quotes a PDF is none.
    assert!(matches!(
        flairer(b"print('hello')\n%PDF-1.4\n"),
        Err(PieceError::Type)
    ));
    assert!(matches!(flairer(b""), Err(PieceError::Vide)));
}

#[actix_web::test]
async fn un_dossier_local_rend_ce_qui_lui_est_confie_et_dit_ce_qui_a_change() {
    let dossier = tempfile::tempdir().expect("a folder");
    let depot = Depot::open(&config::Depot::Dossier(dossier.path().to_owned())).expect("opens");
    let piece = depot.garder(Bytes::from_static(PDF)).await.expect("kept");
    assert_eq!(
        (piece.media, piece.taille),
        ("application/pdf", PDF.len() as i64)
    );
    assert_eq!(
        depot
            .lire(&piece.cle, &piece.empreinte)
            .await
            .expect("read"),
        PDF
    );

    std::fs::write(dossier.path().join(&piece.cle), b"%PDF-1.7 autre").expect("tampered");
    assert!(matches!(
        depot.lire(&piece.cle, &piece.empreinte).await,
        Err(PieceError::Alteree)
    ));
    std::fs::remove_file(dossier.path().join(&piece.cle)).expect("lost");
    assert!(matches!(
        depot.lire(&piece.cle, &piece.empreinte).await,
        Err(PieceError::Depot(_))
    ));
}

type Objets = Arc<Mutex<HashMap<String, Bytes>>>;

/// The part of S3 that a store of documents needs: signed PUT and GET of an object.
async fn s3(objets: web::Data<Objets>, requete: HttpRequest, corps: Bytes) -> HttpResponse {
    let signature = requete
        .headers()
        .get("authorization")
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    if !signature.starts_with("AWS4-HMAC-SHA256 Credential=cle-de-test/") {
        return HttpResponse::Forbidden().finish();
    }
    let mut objets = objets.lock().expect("the bucket");
    let chemin = requete.path().to_owned();
    if requete.method() == "PUT" {
        objets.insert(chemin, corps);
        return HttpResponse::Ok().insert_header(("etag", "\"1\"")).finish();
    }
    match objets.get(&chemin) {
        Some(octets) => HttpResponse::Ok()
            .insert_header(("etag", "\"1\""))
            .insert_header(("last-modified", "Thu, 15 Jan 2026 10:00:00 GMT"))
            .body(octets.clone()),
        None => HttpResponse::NotFound().finish(),
    }
}

#[actix_web::test]
async fn un_seau_s3_rend_ce_qui_lui_est_confie() {
    let objets: Objets = Arc::default();
    let partages = objets.clone();
    let serveur = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(partages.clone()))
            .default_service(web::to(s3))
    })
    .workers(1)
    .bind("127.0.0.1:0")
    .expect("a port");
    let adresse = format!("http://{}", serveur.addrs()[0]);
    let serveur = serveur.run();
    let arret = serveur.handle();
    actix_web::rt::spawn(serveur);

    let acces = [
        ("aws_access_key_id", "cle-de-test"),
        ("aws_secret_access_key", "secret-de-test"),
        ("aws_region", "eu-west-3"),
        ("aws_endpoint", &adresse),
        ("aws_allow_http", "true"),
    ];
    let depot = Depot::open_s3("s3://seau/pieces", acces).expect("opens");
    let piece = depot.garder(Bytes::from_static(PDF)).await.expect("kept");
    assert_eq!(
        depot
            .lire(&piece.cle, &piece.empreinte)
            .await
            .expect("read"),
        PDF
    );
    let cles: Vec<String> = objets.lock().expect("the bucket").keys().cloned().collect();
    assert_eq!(cles, [format!("/seau/pieces/{}", piece.cle)]);
    arret.stop(false).await;
}

#[test]
fn une_adresse_sans_seau_est_refusee() {
    let sans = Depot::open_s3("s3:///pieces", std::iter::empty::<(&str, &str)>());
    assert!(matches!(sans, Err(PieceError::Adresse(_))));
}
