//! Random tokens, their fingerprints, and signatures.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

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

/// Compares two secrets in a time that says nothing of where they differ.
pub fn egaux(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}
