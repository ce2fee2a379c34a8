//! The document store: what bytes are, that they come back unchanged, in a folder and in an S3 bucket.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use actix_web::web::Bytes;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use lopdf::encryption::{EncryptionState, EncryptionVersion, Permissions};
use lopdf::{Document, Object, StringFormat};
use releve::config;
use releve::demo::pdf::fictif;
use releve::pieces::{Depot, PieceError, Refus, examiner};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";
const EXE: &[u8] = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00";

#[test]
fn le_type_se_lit_dans_les_octets() {
    assert_eq!(examiner(PDF), Ok("application/pdf"));
    assert_eq!(examiner(PNG), Ok("image/png"));
    assert_eq!(examiner(EXE), Err(Refus::Type));
    assert_eq!(examiner(b"<script>alert(1)</script>"), Err(Refus::Type));
    // A text that quotes a PDF is none.
    assert_eq!(
        examiner(b"print('hello')\n%PDF-1.4\n%%EOF"),
        Err(Refus::Type)
    );
    assert_eq!(examiner(b""), Err(Refus::Vide));
}

/// What a program writes before the first byte is no reason to refuse a document that every viewer opens.
#[test]
fn une_marque_au_debut_n_est_pas_une_raison() {
    for devant in [&b"\xef\xbb\xbf"[..], b"\r\n", b"\xef\xbb\xbf\n"] {
        let pdf = [devant, &fictif("Bail")].concat();
        assert_eq!(examiner(&pdf), Ok("application/pdf"), "{devant:?}");
    }
}

fn archive(noms: &[&str]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for nom in noms {
        archive
            .start_file(*nom, zip::write::SimpleFileOptions::default())
            .expect("an entry");
    }
    archive.finish().expect("an archive").into_inner()
}

#[test]
fn un_format_refuse_dit_comment_faire() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    assert_eq!(examiner(heic), Err(Refus::Heic));
    assert!(Refus::Heic.to_string().contains("iPhone"));
    let doc = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".repeat(200);
    for document in [doc, archive(&["[Content_Types].xml", "word/document.xml"])] {
        assert_eq!(examiner(&document), Err(Refus::Bureautique));
    }
    assert_eq!(
        examiner(&archive(&["bail.pdf", "diplome.pdf"])),
        Err(Refus::Archive)
    );
    assert!(Refus::Bureautique.to_string().contains("PDF"));
}

fn protege(mot_de_passe: &str) -> Vec<u8> {
    let mut document = Document::load_mem(&fictif("Bail")).expect("a PDF");
    let id = Object::String(b"0123456789abcdef".to_vec(), StringFormat::Literal);
    document
        .trailer
        .set("ID", Object::Array(vec![id.clone(), id]));
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "la clé du cabinet",
        user_password: mot_de_passe,
        key_length: 128,
        permissions: Permissions::PRINTABLE,
    };
    let etat = EncryptionState::try_from(version).expect("a key");
    document.encrypt(&etat).expect("encrypted");
    let mut octets = Vec::new();
    document.save_to(&mut octets).expect("written");
    octets
}

#[test]
fn un_pdf_qui_demande_un_mot_de_passe_est_refuse_un_pdf_protege_contre_les_changements_non() {
    let ferme = protege("sésame");
    assert_eq!(examiner(&ferme), Err(Refus::Protege));
    assert!(Refus::Protege.to_string().contains("Imprimer"));
    assert_eq!(examiner(&protege("")), Ok("application/pdf"));
}

#[test]
fn un_document_coupe_ou_demesure_est_refuse() {
    let entier = fictif("Bail");
    assert_eq!(examiner(&entier[..entier.len() / 2]), Err(Refus::Abime));
    assert_eq!(examiner(b"\xff\xd8\xff\xe0\0\x10JFIF\0"), Err(Refus::Abime));
    assert_eq!(examiner(&PNG[..12]), Err(Refus::Abime));
    let mut geant = PNG.to_vec();
    geant[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    assert!(matches!(
        examiner(&geant),
        Err(Refus::Demesuree {
            largeur: 60_000,
            hauteur: 60_000,
            ..
        })
    ));
}

/// What nests without end, in an object or in the trailer that a protected document makes us read, keeps no thread.
#[test]
fn un_pdf_hostile_est_lu_sans_dommage() {
    for motif in ["[", "<</Encrypt", "("] {
        let mut pdf = b"%PDF-1.4\n1 0 obj\n".to_vec();
        pdf.extend(motif.repeat(3_000_000 / motif.len()).bytes());
        let fin = pdf.len();
        pdf.extend(
            format!(
                "\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Size 2/Root 1 0 R\
                 /Encrypt 1 0 R>>\nstartxref\n{}\n%%EOF\n",
                fin + 8
            )
            .bytes(),
        );
        assert!(examiner(&pdf).is_ok(), "{motif}");
    }
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
