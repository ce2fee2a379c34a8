//! `POST /demandes/{numero}/installation`: the applicant announces the installation (REG-9).

use actix_web::http::StatusCode;
use actix_web::web::Path;
use regles::dates_fr;
use regles::piece::NaturePiece;

use super::detail::montrer;
use crate::actions::ActionError;
use crate::actions::demande::installation;

use crate::web::espace::fichiers;
use crate::web::kit::erreurs::{Erreurs, version};
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};

const CHANGEE: &str = "La demande a changé depuis que vous avez ouvert cette page. Rien n’a été enregistré ; ce que vous avez \
    saisi est conservé ci-dessous. Relisez, puis envoyez de nouveau si c’est toujours nécessaire.";

/// `POST /demandes/{numero}/installation`
///
/// # Errors
/// The request is not this person's; the database or the document store does not answer.
pub async fn declarer(visite: Visite, numero: Path<String>, saisie: Saisie) -> Reponse {
    let mut erreurs = Erreurs::default();
    let version = version(&saisie)?;
    let date = match saisie.option("date_installation").map(dates_fr::lire) {
        None => {
            erreurs.noter(
                "date_installation",
                "Indiquez la date de votre installation.",
            );
            None
        }
        Some(Ok(date)) => Some(date),
        Some(Err(e)) => {
            erreurs.noter("date_installation", e.to_string());
            None
        }
    };
    fichiers::verifier(&visite, &saisie, "preuve", &mut erreurs);
    let a_corriger = StatusCode::UNPROCESSABLE_ENTITY;
    let (Some(date), false) = (date, erreurs.presentes()) else {
        return montrer(&visite, &numero, &saisie, &erreurs, a_corriger).await;
    };
    let preuves =
        fichiers::garder(&visite, &saisie, "preuve", NaturePiece::PreuveInstallation).await?;
    let (kine_id, acte, a_declarer) = (visite.kine_id()?, visite.acte()?, numero.clone());
    let resultat = visite
        .write(move |tx| {
            installation::declarer(tx, &acte, kine_id, &a_declarer, version, date, &preuves)
        })
        .await;
    match resultat {
        Ok(()) => visite.rediriger_avec(
            &format!("/demandes/{numero}"),
            "Votre installation est déclarée. La caisse vérifie votre preuve.",
        ),
        Err(ActionError::Perime) => {
            erreurs.noter("", CHANGEE);
            montrer(&visite, &numero, &saisie, &erreurs, StatusCode::CONFLICT).await
        }
        Err(error) => {
            erreurs.prendre(error)?;
            montrer(&visite, &numero, &saisie, &erreurs, a_corriger).await
        }
    }
}
