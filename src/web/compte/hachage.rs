//! Password hashes, off the async threads, few at a time: each takes tens of milliseconds and 19 MiB.

use actix_web::web;

use crate::mot_de_passe::{self, MotDePasseError};
use crate::web::erreur::WebError;
use crate::web::visite::Visite;

/// Runs a password hash off the async threads, few at a time.
async fn hachage<T: Send + 'static>(
    visite: &Visite,
    f: impl FnOnce() -> Result<T, MotDePasseError> + Send + 'static,
) -> Result<T, WebError> {
    let permis = visite
        .etat
        .hachages
        .clone()
        .acquire_owned()
        .await
        .map_err(WebError::interne)?;
    web::block(move || {
        let resultat = f();
        drop(permis);
        resultat
    })
    .await?
    .map_err(WebError::interne)
}

/// Whether a typed password is the one behind a PHC string; takes as long without one.
pub(in crate::web) async fn comparer(
    visite: &Visite,
    saisi: &str,
    hache: Option<String>,
) -> Result<bool, WebError> {
    let saisi = saisi.to_owned();
    hachage(visite, move || {
        mot_de_passe::verifier(&saisi, hache.as_deref())
    })
    .await
}

/// Checks the strength of a new password, then hashes it. `Err` inside: the sentence to show beside the field.
pub(super) async fn nouveau(
    visite: &Visite,
    saisi: &str,
    proches: Vec<String>,
) -> Result<Result<String, String>, WebError> {
    let saisi = saisi.to_owned();
    hachage(visite, move || {
        let proches: Vec<&str> = proches.iter().map(String::as_str).collect();
        match mot_de_passe::verifier_force(&saisi, &proches) {
            Ok(()) => mot_de_passe::hacher(&saisi).map(Ok),
            Err(MotDePasseError::Faible(phrase)) => Ok(Err(phrase)),
            Err(autre) => Err(autre),
        }
    })
    .await
}
