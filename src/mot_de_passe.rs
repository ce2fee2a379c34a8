//! Passwords: argon2id at OWASP's parameters, strength by zxcvbn, and the common ones refused by name.
//!
//! A hash takes tens of milliseconds and 19 MiB: call these off the async threads.

mod courants;

use std::sync::LazyLock;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};

/// Why a password is refused, or could not be handled.
#[derive(Debug, thiserror::Error)]
pub enum MotDePasseError {
    /// Too easy to guess; the sentence says what would help.
    #[error("{0}")]
    Faible(String),
    /// The hash could not be computed or read.
    #[error("empreinte du mot de passe : {0}")]
    Hachage(String),
}

/// Shortest and longest accepted, in characters. The upper bound keeps a hash from being an attack.
const LONGUEUR: std::ops::RangeInclusive<usize> = 12..=128;

fn argon2() -> Result<Argon2<'static>, MotDePasseError> {
    // OWASP Password Storage Cheat Sheet: m = 19 MiB, t = 2, p = 1.
    let params =
        Params::new(19 * 1024, 2, 1, None).map_err(|e| MotDePasseError::Hachage(e.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Refuses a password too short, too long, or too easy to guess. `proches`: words an attacker would try first.
///
/// # Errors
/// [`MotDePasseError::Faible`].
pub fn verifier_force(mot_de_passe: &str, proches: &[&str]) -> Result<(), MotDePasseError> {
    let longueur = mot_de_passe.chars().count();
    if !LONGUEUR.contains(&longueur) {
        return Err(MotDePasseError::Faible(
            "Choisissez un mot de passe de 12 à 128 caractères.".to_owned(),
        ));
    }
    if courants::est_courant(mot_de_passe, proches) {
        return Err(MotDePasseError::Faible(
            "Ce mot de passe fait partie de ceux que les pirates essaient en premier\u{a0}: choisissez par exemple quatre mots sans rapport entre eux.".to_owned(),
        ));
    }
    if zxcvbn::zxcvbn(mot_de_passe, proches).score() < zxcvbn::Score::Three {
        return Err(MotDePasseError::Faible(
            "Ce mot de passe se devine trop facilement\u{a0}: choisissez par exemple quatre mots sans rapport entre eux.".to_owned(),
        ));
    }
    Ok(())
}

/// Computes the PHC string of a password, with a fresh salt.
///
/// # Errors
/// [`MotDePasseError::Hachage`].
pub fn hacher(mot_de_passe: &str) -> Result<String, MotDePasseError> {
    let hache = argon2()?
        .hash_password(mot_de_passe.as_bytes())
        .map_err(|e| MotDePasseError::Hachage(e.to_string()))?;
    Ok(hache.to_string())
}

/// Whether a password is the one behind the PHC string. Without an account (`None`) the same time is spent,
/// so that the answer does not reveal whether the account exists.
///
/// # Errors
/// [`MotDePasseError::Hachage`] when the stored string does not read.
pub fn verifier(mot_de_passe: &str, hache: Option<&str>) -> Result<bool, MotDePasseError> {
    static LEURRE: LazyLock<Option<String>> = LazyLock::new(|| hacher("leurre-sans-compte").ok());
    let connu = hache.is_some();
    let Some(hache) = hache.or(LEURRE.as_deref()) else {
        return Ok(false);
    };
    let hache = PasswordHash::new(hache).map_err(|e| MotDePasseError::Hachage(e.to_string()))?;
    Ok(argon2()?
        .verify_password(mot_de_passe.as_bytes(), &hache)
        .is_ok()
        && connu)
}
