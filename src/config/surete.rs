//! What a setting may not be where people's files are: refused at start, with what to write instead.

use std::collections::BTreeSet;

use super::{Config, ConfigError, MailTransport, Mode, SECRET_PAR_DEFAUT};
use crate::db::chiffrement::hote_local;

/// Different bytes in a secret, at least: one drawn at random, written in hexadecimal, has more than these.
const OCTETS_DIFFERENTS: usize = 10;

/// # Errors
/// [`ConfigError`]: the first setting that is not safe.
pub(super) fn verifier(config: &Config) -> Result<(), ConfigError> {
    let refus = |phrase: &str| Err(ConfigError(phrase.to_owned()));
    if config.mode != Mode::Production {
        // The mode was forgotten: the secret that everybody knows would sign the forms of a public site.
        if config.https() && config.secret == SECRET_PAR_DEFAUT {
            return refus(
                "RELEVE_URL_PUBLIQUE est une adresse https:// et RELEVE_SECRET celui de tout le monde : réglez \
                 RELEVE_MODE=production, ou donnez un RELEVE_SECRET tiré au hasard (openssl rand -hex 32).",
            );
        }
        return Ok(());
    }
    if !config.https() {
        return refus("En production, RELEVE_URL_PUBLIQUE doit commencer par https://.");
    }
    let octets: BTreeSet<u8> = config.secret.bytes().collect();
    if config.secret == SECRET_PAR_DEFAUT || octets.len() < OCTETS_DIFFERENTS {
        return refus(
            "En production, RELEVE_SECRET doit être remplacé par un secret tiré au hasard (openssl rand -hex 32).",
        );
    }
    if config.mandataires.is_empty() {
        return refus(
            "En production, RELEVE_MANDATAIRES doit donner l’adresse du serveur HTTPS placé devant Relève : sans elle, tous \
             les visiteurs auraient la même adresse, et le premier qui se trompe de mot de passe les arrêterait tous.",
        );
    }
    let MailTransport::Smtp(relais) = &config.courriel else {
        return refus("En production, RELEVE_COURRIEL doit être un relais smtp:// ou smtps://.");
    };
    if en_clair(relais) {
        return refus(
            "En production, RELEVE_COURRIEL désigne un relais distant sans chiffrement : écrivez smtps://… ou \
             smtp://…?tls=required. Ces courriels portent des liens de connexion.",
        );
    }
    Ok(())
}

/// Whether mails would cross a network in clear. What does not read is said where the relay is opened.
fn en_clair(relais: &str) -> bool {
    let Ok(url) = url::Url::parse(relais) else {
        return false;
    };
    let tls = url
        .query_pairs()
        .any(|(cle, valeur)| cle == "tls" && valeur == "required");
    url.scheme() == "smtp" && !tls && !url.host_str().is_some_and(hote_local)
}
