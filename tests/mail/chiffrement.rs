//! Mail over TLS: encrypted from the first byte or by STARTTLS, to a relay that proves who it is, or not at all.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use releve::db::tache::EtatTache;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::envoi::{deposer, lire, passer};
use crate::durabilite::processus::{commande, port_libre};
use crate::util::TestApp;
use crate::util::smtp::{Encryption, SmtpServer};

/// A certificate for `localhost` that vouches for itself, in `relais.pem`, and the settings of a server that shows it.
fn certificat(dossier: &Path) -> Arc<ServerConfig> {
    let (cle, pem) = (dossier.join("relais.key"), dossier.join("relais.pem"));
    let fini = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-nodes", "-days", "2"])
        .args(["-pkeyopt", "ec_paramgen_curve:prime256v1"])
        .args(["-subj", "/CN=localhost"])
        .args(["-addext", "subjectAltName=DNS:localhost"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .arg("-keyout")
        .arg(&cle)
        .arg("-out")
        .arg(&pem)
        .stderr(Stdio::null())
        .status()
        .expect("openssl runs");
    assert!(fini.success());
    let chaine = CertificateDer::pem_file_iter(&pem)
        .expect("a certificate")
        .collect::<Result<Vec<_>, _>>()
        .expect("a certificate");
    let cle = PrivateKeyDer::from_pem_file(&cle).expect("a key");
    let ring = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(ring)
        .with_safe_default_protocol_versions()
        .expect("TLS 1.2 and 1.3")
        .with_no_client_auth()
        .with_single_cert(chaine, cle)
        .expect("a key that fits");
    Arc::new(config)
}

/// The real program, on a machine that trusts the certificates of `relais.pem`, sends one mail to this relay.
async fn envoyer_par(encryption: Encryption, dossier: &Path, url: impl Fn(u16) -> String) {
    let smtp = SmtpServer::start_with(0, encryption);
    let app = TestApp::start();
    let id = deposer(&app.state, "essai:1", "claire.martin@example.fr");
    let mut programme = commande(&app, dossier, port_libre())
        .arg("serve")
        .env("RELEVE_COURRIEL", url(smtp.port()))
        .env("SSL_CERT_FILE", dossier.join("relais.pem"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let recus = smtp.wait_for(1).await;
    drop(programme.kill());
    drop(programme.wait());
    assert_eq!(recus[0].to, ["claire.martin@example.fr"]);
    assert_eq!(smtp.encrypted(), 1, "the mail came in clear");
    assert_eq!(
        lire(&app.state, id).destinataire,
        "claire.martin@example.fr"
    );
}

#[actix_web::test]
async fn un_courriel_part_chiffre_des_le_premier_octet() {
    let dossier = tempfile::tempdir().expect("a folder");
    let config = certificat(dossier.path());
    envoyer_par(Encryption::Implicit(config), dossier.path(), |port| {
        format!("smtps://localhost:{port}")
    })
    .await;
}

#[actix_web::test]
async fn un_courriel_part_chiffre_apres_starttls() {
    let dossier = tempfile::tempdir().expect("a folder");
    let config = certificat(dossier.path());
    envoyer_par(Encryption::StartTls(config), dossier.path(), |port| {
        format!("smtp://localhost:{port}?tls=required")
    })
    .await;
}

#[actix_web::test]
async fn un_relais_que_personne_ne_garantit_ne_recoit_rien() {
    let dossier = tempfile::tempdir().expect("a folder");
    let config = certificat(dossier.path());
    for (encryption, protocole, suffixe) in [
        (Encryption::Implicit(config.clone()), "smtps", ""),
        (Encryption::StartTls(config), "smtp", "?tls=required"),
        // STARTTLS is demanded: a relay that does not offer it is refused, not spoken to in clear.
        (Encryption::None, "smtp", "?tls=required"),
    ] {
        let smtp = SmtpServer::start_with(0, encryption);
        let url = format!("{protocole}://localhost:{}{suffixe}", smtp.port());
        let app = TestApp::start_with(&[("RELEVE_COURRIEL", &url)]);
        let id = deposer(&app.state, "essai:1", "claire.martin@example.fr");
        assert!(passer(&app).await.empeche, "{url}");
        assert_eq!(smtp.received().len(), 0, "{url}");
        let garde = lire(&app.state, id);
        assert_eq!(garde.tache.etat, EtatTache::AFaire, "{url}");
        assert!(garde.tache.derniere_erreur.is_some(), "{url}");
    }
}
