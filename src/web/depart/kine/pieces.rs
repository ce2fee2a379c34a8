//! `POST /departs/{id}/pieces`: documents of a departure, sent or replaced.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use regles::texte;

use super::detail::montrer;
use crate::actions::depart::declaration as actes;
use crate::db::depart;
use crate::db::piece;

use crate::web::espace::pieces;
use crate::web::kit::erreurs::Erreurs;
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};

/// `POST /departs/{id}/pieces`
///
/// # Errors
/// The departure is not this person's; the database or the document store does not answer.
pub async fn envoyer(visite: Visite, id: Path<i64>, saisie: Saisie) -> Reponse {
    let id = id.into_inner();
    let scope = visite.qui()?.scope();
    let deja = visite
        .read(move |conn| {
            depart::lire(conn, &scope, id)?;
            piece::de(conn, &scope, id)
        })
        .await?;
    let mut erreurs = Erreurs::default();
    let envois = pieces::recevoir(&visite, &saisie, &deja, &[], &mut erreurs).await?;
    if erreurs.presentes() {
        let statut = StatusCode::UNPROCESSABLE_ENTITY;
        return montrer(&visite, id, &saisie, &erreurs, statut).await;
    }
    let (kine_id, acte) = (visite.kine_id()?, visite.acte()?);
    let resultat = visite
        .write(move |tx| actes::envoyer(tx, &acte, kine_id, id, &envois))
        .await;
    match resultat {
        Ok(nombre) => visite.rediriger_avec(
            &format!("/mes-departs/{id}"),
            &match i64::try_from(nombre).unwrap_or(i64::MAX) {
                0 => "Cette pièce était déjà jointe à votre départ.".to_owned(),
                1 => "Votre pièce est jointe à votre départ. La caisse l’examine.".to_owned(),
                n => format!(
                    "Vos {} sont jointes à votre départ. La caisse les examine.",
                    texte::pluriel(n, "pièce", "pièces")
                ),
            },
        ),
        Err(error) => {
            erreurs.prendre(error)?;
            montrer(&visite, id, &saisie, &erreurs, StatusCode::CONFLICT).await
        }
    }
}
