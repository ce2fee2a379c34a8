//! Random tokens, their fingerprints, and signatures.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Characters of a token.
pub const LONGUEUR_JETON: usize = 43;

/// A fresh token of 32 random bytes, fit for a link or a cookie.
pub fn jeton() -> String {
    let octets: [u8; 32] = rand::random();
    URL_SAFE_NO_PAD.encode(octets)
}

/// A fresh code that somebody reads from a paper and types: sixteen digits, by fours.
pub fn code_a_taper() -> String {
    let nombre = rand::random::<u64>() % 10_000_000_000_000_000;
    ranger_code(&format!("{nombre:016}"))
}

/// The code as it is kept, whatever was typed between its digits.
pub fn ranger_code(tape: &str) -> String {
    let chiffres: Vec<char> = tape.chars().filter(char::is_ascii_digit).collect();
    let quatre: Vec<String> = chiffres.chunks(4).map(|c| c.iter().collect()).collect();
    quatre.join("-")
}

/// The fingerprint kept in place of a token: who reads the database cannot use it.
pub fn empreinte(jeton: &str) -> String {
    hex(&Sha256::digest(jeton.as_bytes()))
}

/// The SHA-256 of a document, in hexadecimal.
pub fn sha256(octets: &[u8]) -> String {
    hex(&Sha256::digest(octets))
}

fn hex(octets: &[u8]) -> String {
    use std::fmt::Write;
    octets.iter().fold(
        String::with_capacity(octets.len() * 2),
        |mut texte, octet| {
            // Writing to a String cannot fail.
            let _ = write!(texte, "{octet:02x}");
            texte
        },
    )
}

/// Signs `message` with `secret`; `usage` keeps one signature from serving for another purpose.
pub fn signer(secret: &str, usage: &str, message: &str) -> String {
    let mut mac = match Hmac::<Sha256>::new_from_slice(secret.as_bytes()) {
        Ok(mac) => mac,
        Err(_) => unreachable!("HMAC takes a key of any length"),
    };
    mac.update(usage.as_bytes());
    mac.update(&[0]);
    mac.update(message.as_bytes());
    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

/// Seals one text under a token that is kept nowhere: who holds the text alone reads nothing of it.
pub struct Cachet {
    nom: String,
    cle: [u8; 32],
}

impl Cachet {
    /// The seal of a token, which is used once, and of what must be known besides.
    pub fn new(jeton: &str, contexte: &str) -> Cachet {
        let cle = Sha256::digest(format!("contenu {jeton} {contexte}").as_bytes());
        Cachet {
            nom: empreinte(&format!("nom {jeton} {contexte}")),
            cle: cle.into(),
        }
    }

    /// The name under which the text is kept: it says nothing of the key.
    pub fn nom(&self) -> String {
        self.nom.clone()
    }

    /// The text, sealed; none for one that is too long for the cipher.
    pub fn sceller(&self, texte: &[u8]) -> Option<Vec<u8>> {
        let mut scelle = texte.to_vec();
        self.chiffre()?
            .seal_in_place_append_tag(unique(), Aad::empty(), &mut scelle)
            .ok()?;
        Some(scelle)
    }

    /// The text that was sealed; none when it is not the one that this seal closed.
    pub fn ouvrir(&self, mut scelle: Vec<u8>) -> Option<Vec<u8>> {
        let longueur = self
            .chiffre()?
            .open_in_place(unique(), Aad::empty(), &mut scelle)
            .ok()?
            .len();
        scelle.truncate(longueur);
        Some(scelle)
    }

    fn chiffre(&self) -> Option<LessSafeKey> {
        let cle = UnboundKey::new(&CHACHA20_POLY1305, &self.cle).ok()?;
        Some(LessSafeKey::new(cle))
    }
}

/// A key seals one text: its nonce has no other to differ from.
fn unique() -> Nonce {
    Nonce::assume_unique_for_key([0; 12])
}

/// Compares two secrets in a time that says nothing of where they differ.
pub fn egaux(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_cachet_ne_s_ouvre_qu_avec_son_jeton_et_son_contexte() {
        let jeton = jeton();
        assert_eq!(jeton.len(), LONGUEUR_JETON);
        let cachet = Cachet::new(&jeton, "session /demandes");
        let scelle = cachet.sceller(b"Le texte").unwrap();
        assert!(!scelle.windows(5).any(|mots| mots == b"texte"));
        assert_eq!(cachet.ouvrir(scelle.clone()).unwrap(), b"Le texte");
        for autre in [
            Cachet::new(&super::jeton(), "session /demandes"),
            Cachet::new(&jeton, "autre /demandes"),
        ] {
            assert_ne!(autre.nom(), cachet.nom());
            assert_eq!(autre.ouvrir(scelle.clone()), None);
        }
        let mut change = scelle;
        change[0] ^= 1;
        assert_eq!(cachet.ouvrir(change), None);
    }
}
