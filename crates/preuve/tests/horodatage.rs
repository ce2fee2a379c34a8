//! A time stamp of a real authority: that of OpenSSL, with a certificate of its own under an authority of the test.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at the first surprise"
)]

use std::path::Path;
use std::process::Command;

use preuve::{Horodatage, HorodatageError, demande};
use regles::evenement::Empreinte;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

const CONF: &str = "
[tsa]
default_tsa = ici
[ici]
serial = serie
crypto_device = builtin
signer_cert = tsa.pem
certs = ca.pem
signer_key = tsa.cle
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = no
[ca]
basicConstraints = critical,CA:TRUE
[horodate]
extendedKeyUsage = critical,timeStamping
[autre]
extendedKeyUsage = critical,serverAuth
[req]
distinguished_name = nom
prompt = no
[nom]
CN = Essai
";

fn openssl(ici: &Path, mots: &str) {
    let sortie = Command::new("openssl")
        .args(mots.split(' '))
        .current_dir(ici)
        .output()
        .expect("openssl runs");
    assert!(
        sortie.status.success(),
        "{mots}: {}",
        String::from_utf8_lossy(&sortie.stderr)
    );
}

/// An authority, and a certificate under it for this kind of key.
fn autorite(cle: &str) -> TempDir {
    let ici = tempfile::tempdir().expect("a folder");
    std::fs::write(ici.path().join("conf"), CONF).expect("written");
    std::fs::write(ici.path().join("serie"), "01").expect("written");
    for mots in [
        format!("genpkey {cle} -out ca.cle"),
        format!("genpkey {cle} -out tsa.cle"),
        "req -x509 -config conf -extensions ca -key ca.cle -subj /CN=Autorite -days 30 -out ca.pem".to_owned(),
        "req -new -config conf -key tsa.cle -subj /CN=Horodatage -out tsa.csr".to_owned(),
        "x509 -req -in tsa.csr -CA ca.pem -CAkey ca.cle -CAcreateserial -days 30 -extfile conf -extensions horodate -out tsa.pem".to_owned(),
        "x509 -in ca.pem -outform DER -out ca.der".to_owned(),
    ] {
        openssl(ici.path(), &mots);
    }
    ici
}

fn repondre(ici: &TempDir, question: &[u8]) -> Vec<u8> {
    std::fs::write(ici.path().join("q"), question).expect("written");
    openssl(
        ici.path(),
        "ts -reply -config conf -section ici -queryfile q -out r",
    );
    std::fs::read(ici.path().join("r")).expect("an answer")
}

fn ca(ici: &TempDir) -> Vec<Vec<u8>> {
    vec![std::fs::read(ici.path().join("ca.der")).expect("a certificate")]
}

fn empreinte(octets: &[u8]) -> Empreinte {
    Empreinte(Sha256::digest(octets).into())
}

#[test]
fn un_horodatage_tient_sous_son_autorite_et_sous_nulle_autre() {
    for cle in [
        "-algorithm RSA -pkeyopt rsa_keygen_bits:2048",
        "-algorithm EC -pkeyopt ec_paramgen_curve:P-256",
    ] {
        let ici = autorite(cle);
        let (elle, autre) = (empreinte(b"a jalon"), empreinte(b"another"));
        let reponse = repondre(&ici, &demande(&elle, 7));
        let lu = Horodatage::repondu(&reponse, &elle, 7).expect("granted");
        lu.verifier(&elle, &ca(&ici))
            .unwrap_or_else(|e| panic!("{cle}: {e}"));
        assert_eq!(Horodatage::lire(&lu.jeton).expect("read again"), lu);
        assert_eq!(
            Horodatage::repondu(&reponse, &autre, 7),
            Err(HorodatageError::Autre)
        );
        assert_eq!(
            Horodatage::repondu(&reponse, &elle, 8),
            Err(HorodatageError::Autre)
        );
        assert_eq!(lu.verifier(&autre, &ca(&ici)), Err(HorodatageError::Autre));
        let etranger = autorite(cle);
        assert_eq!(
            lu.verifier(&elle, &ca(&etranger)),
            Err(HorodatageError::Certificat)
        );
        assert_eq!(lu.verifier(&elle, &[]), Err(HorodatageError::Certificat));
        // OpenSSL reads the token that is kept.
        std::fs::write(ici.path().join("jeton"), &lu.jeton).expect("written");
        let hexa = elle.to_string();
        openssl(
            ici.path(),
            &format!("ts -verify -digest {hexa} -in jeton -token_in -CAfile ca.pem"),
        );
    }
}

#[test]
fn un_jeton_change_ou_d_un_certificat_qui_n_horodate_pas_est_refuse() {
    let ici = autorite("-algorithm EC -pkeyopt ec_paramgen_curve:P-256");
    let elle = empreinte(b"a jalon");
    let lu = Horodatage::repondu(&repondre(&ici, &demande(&elle, 7)), &elle, 7).expect("granted");
    // One bit anywhere: never believed as it was.
    for rang in 0..lu.jeton.len() {
        let mut change = lu.jeton.clone();
        change[rang] ^= 1;
        if let Ok(faux) = Horodatage::lire(&change)
            && faux.verifier(&elle, &ca(&ici)).is_ok()
        {
            assert_eq!(faux.le, lu.le, "byte {rang}");
            assert_eq!(faux.empreinte(), lu.empreinte(), "byte {rang}");
        }
    }
    for court in 0..lu.jeton.len() {
        assert!(Horodatage::lire(&lu.jeton[..court]).is_err());
    }
    assert_eq!(
        Horodatage::repondu(&[0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02], &elle, 7),
        Err(HorodatageError::Refuse)
    );
    assert_eq!(
        Horodatage::repondu(b"<html>", &elle, 7),
        Err(HorodatageError::Illisible)
    );
}
