//! `POST /demandes/{numero}/installation`: the applicant announces the installation (REG-9).

use actix_web::http::StatusCode;
use actix_web::web::Path;
use chrono::NaiveDate;
use regles::piece::NaturePiece;

use super::detail::montrer;
use crate::actions::ActionError;
use crate::actions::demande::installation;

use crate::web::espace::fichiers;
use crate::web::kit::erreurs::{Erreurs, version};
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::saisie::Saisie;
use crate::web::ui::Champ;
use crate::web::visite::{Reponse, Visite};

/// What the applicant says of it.
#[derive(Formulaire)]
pub(super) struct Installation {
    #[champ(
        libelle = "Date de votre installation",
        manque = "Indiquez la date de votre installation."
    )]
    date_installation: NaiveDate,
}

/// Its fields, with the proof; `version`: that of the request.
pub(super) fn champs(visite: &Visite, version: i32, saisie: &Saisie, erreurs: &Erreurs) -> Champs {
    let preuve = fichiers::champ(
        visite,
        "preuve",
        "Preuve de l’installation",
        "Bail, première facturation, attestation.",
        fichiers::presents(saisie, &["preuve"]),
        erreurs,
    );
    Installation::champs(saisie, erreurs)
        .avec(preuve)
        .avec(Champ::cache("version", version.to_string()))
}

const CHANGEE: &str = "La demande a changé depuis que vous avez ouvert cette page. Rien n’a été enregistré ; ce que vous avez \
    saisi est conservé ci-dessous. Relisez, puis envoyez de nouveau si c’est toujours nécessaire.";

/// `POST /demandes/{numero}/installation`
///
/// # Errors
/// The request is not this person's; the database or the document store does not answer.
pub async fn declarer(visite: Visite, numero: Path<String>, saisie: Saisie) -> Reponse {
    let mut erreurs = Erreurs::default();
    let version = version(&saisie)?;
    let lue = erreurs.prendre_de(Installation::lire(&saisie));
    fichiers::verifier(&visite, &saisie, "preuve", &mut erreurs);
    let a_corriger = StatusCode::UNPROCESSABLE_ENTITY;
    let (Some(lue), false) = (lue, erreurs.presentes()) else {
        return montrer(&visite, &numero, &saisie, &erreurs, a_corriger).await;
    };
    let preuves =
        fichiers::garder(&visite, &saisie, "preuve", NaturePiece::PreuveInstallation).await?;
    let (kine_id, acte, a_declarer) = (visite.kine_id()?, visite.acte()?, numero.clone());
    let resultat = visite
        .write(move |tx| {
            let date = lue.date_installation;
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
