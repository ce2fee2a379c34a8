//! What an e-mail address is, for everything that asks for one.

/// Characters at most in an address (RFC 5321).
const LONGUEUR: usize = 254;

/// Reads an address as it is stored: without spaces around, in lower case; none when it is not one, or when its domain
/// has no dot, so that no relay would carry it.
pub fn lire(saisie: &str) -> Option<String> {
    let adresse = ranger(saisie);
    let (_, domaine) = adresse.split_once('@')?;
    let lisible = adresse.len() <= LONGUEUR
        && domaine.contains('.')
        && adresse.parse::<lettre::Address>().is_ok();
    lisible.then_some(adresse)
}

/// An address as it is stored, whether it is one or not: what somebody types to log in is compared so.
pub fn ranger(saisie: &str) -> String {
    saisie.trim().to_lowercase()
}
