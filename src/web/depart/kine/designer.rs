//! `POST /mes-departs/{id}/designations`: the leaver designates a successor (REG-8).

use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::detail::montrer;
use super::resume;
use super::successeur::Successeur;
use crate::actions::ActionError;
use crate::actions::designation;
use crate::db::DbError;
use crate::db::contrainte::Contrainte;
use crate::web::kit::erreurs::Erreurs;
use crate::web::kit::formulaire::Formulaire;
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};

/// `POST /mes-departs/{id}/designations`
///
/// # Errors
/// The departure is not this person's, or the database does not answer.
pub async fn designer(visite: Visite, id: Path<i64>, saisie: Saisie) -> Reponse {
    let id = id.into_inner();
    let a_corriger = StatusCode::UNPROCESSABLE_ENTITY;
    let lu = match Successeur::lire(&saisie) {
        Ok(lu) => lu,
        Err(erreurs) => return montrer(&visite, id, &saisie, &erreurs, a_corriger).await,
    };
    if saisie.coche("_corriger") {
        return montrer(&visite, id, &saisie, &Erreurs::default(), StatusCode::OK).await;
    }
    let a_designer = lu.designer(visite.kine_id()?, id, None);
    let (acte, retour) = (visite.acte()?, format!("/mes-departs/{id}"));
    if !saisie.coche("confirmer")
        && let Some(page) = resume::demander(&visite, &acte, &a_designer, retour.clone()).await?
    {
        return Ok(page);
    }
    let refus = match visite
        .write(move |tx| designation::designer(tx, &acte, &a_designer))
        .await
    {
        Ok(_) => {
            return visite.rediriger_avec(
                &retour,
                "Votre désignation est enregistrée. Nous avons écrit à la personne désignée.",
            );
        }
        Err(refus) => refus,
    };
    let mut erreurs = Erreurs::default();
    let statut = match refus {
        ActionError::Perime
        | ActionError::Db(DbError::Contrainte(Contrainte::DesignationActive)) => {
            erreurs.noter("", Successeur::CHANGEE);
            StatusCode::CONFLICT
        }
        autre => {
            erreurs.prendre(autre)?;
            a_corriger
        }
    };
    montrer(&visite, id, &saisie, &erreurs, statut).await
}
