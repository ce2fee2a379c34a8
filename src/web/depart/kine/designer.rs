//! `POST /departs/{id}/designations`: the leaver designates a successor (REG-8).

use actix_web::http::StatusCode;
use actix_web::web::Path;
use regles::identifiants::Rpps;

use super::detail::montrer;
use super::remplacement;
use crate::actions::ActionError;
use crate::actions::designation::{self, ADesigner};
use crate::db::DbError;
use crate::db::contrainte::Contrainte;
use crate::web::erreur::WebError;
use crate::web::kit::erreurs::{Erreurs, obligatoire};
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};

const CHANGEE: &str = "La désignation a changé depuis que vous avez ouvert cette page. Rien n’a été enregistré ; ce que vous \
    avez saisi est conservé ci-dessous. Relisez, puis envoyez de nouveau si c’est toujours nécessaire.";

/// `POST /departs/{id}/designations`
///
/// # Errors
/// The departure is not this person's, or the database does not answer.
pub async fn designer(visite: Visite, id: Path<i64>, saisie: Saisie) -> Reponse {
    let id = id.into_inner();
    let mut erreurs = Erreurs::default();
    let courriel = obligatoire(
        &saisie,
        "courriel",
        "Indiquez l’adresse électronique du successeur.",
        &mut erreurs,
    );
    let rpps: Option<Rpps> = match saisie.option("rpps").map(str::parse) {
        None => {
            erreurs.noter("rpps", "Indiquez le numéro RPPS du successeur.");
            None
        }
        Some(Ok(rpps)) => Some(rpps),
        Some(Err(e)) => {
            let e: regles::identifiants::IdentifiantError = e;
            erreurs.noter("rpps", e.to_string());
            None
        }
    };
    let (Some(rpps), false) = (rpps, erreurs.presentes()) else {
        return montrer(
            &visite,
            id,
            &saisie,
            &erreurs,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    };
    let vue = match saisie.option("active") {
        None => None,
        Some(id) => Some(id.parse::<i64>().map_err(|_| WebError::Perime)?),
    };
    let a_designer = ADesigner {
        kine_id: visite.kine_id()?,
        depart_id: id,
        vue,
        rpps,
        cle_confirmee: saisie.coche("confirmer_rpps"),
        courriel,
        ayant_droit: None,
    };
    let acte = visite.acte()?;
    if !saisie.coche("confirmer_remplacement")
        && let Some(page) =
            remplacement::demander(&visite, &acte, &a_designer, format!("/cessations/{id}")).await?
    {
        return Ok(page);
    }
    match visite
        .write(move |tx| designation::designer(tx, &acte, &a_designer))
        .await
    {
        Ok(_) => visite.rediriger_avec(
            &format!("/cessations/{id}"),
            "Votre désignation est enregistrée. Nous avons écrit à la personne désignée.",
        ),
        Err(ActionError::Perime)
        | Err(ActionError::Db(DbError::Contrainte(Contrainte::DesignationActive))) => {
            erreurs.noter("", CHANGEE);
            montrer(&visite, id, &saisie, &erreurs, StatusCode::CONFLICT).await
        }
        Err(error) => {
            erreurs.prendre(error)?;
            montrer(
                &visite,
                id,
                &saisie,
                &erreurs,
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await
        }
    }
}
