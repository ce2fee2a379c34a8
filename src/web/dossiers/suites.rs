//! After the decision: its notification (PRO-8), the installation (REG-9).

use actix_web::web;
use chrono::NaiveDate;

use super::acte::{Formulaire, montrer, version};
use super::instruction::finir;
use crate::actions::decision::{self, Mode};
use crate::actions::{ActionError, ActionResult, installation};
use crate::domain::dates_fr;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix};
use crate::web::visite::{Reponse, Visite};

fn date(saisie: &Saisie) -> ActionResult<NaiveDate> {
    dates_fr::lire(saisie.texte("date")).map_err(|e| ActionError::champ("date", e.to_string()))
}

fn notification(saisie: &Saisie) -> Formulaire {
    let modes = vec![
        Choix::new(
            Mode::Recommande.as_str(),
            "Lettre recommandée avec avis de réception",
        )
        .aide("La date est celle de la première présentation."),
        Choix::new(Mode::Portail.as_str(), "Portail")
            .aide("La date est celle de la première ouverture."),
    ];
    Formulaire::new("Enregistrer la notification", "notifier", "Enregistrer la notification")
        .intro("Les six mois de l’installation et les délais de recours courent à compter de cette date (PRO-8).")
        .champ(Champ::radios("mode", "Comment la décision a été notifiée", modes).valeur(saisie.texte("mode")))
        .champ(Champ::date("date", "Date de notification").valeur(saisie.texte("date")))
}

/// `GET /dossiers/{numero}/notifier`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page_notifier(visite: Visite, numero: web::Path<String>) -> Reponse {
    montrer(&visite, &numero, notification(&Saisie::default()), None).await
}

/// `POST /dossiers/{numero}/notifier`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn notifier(visite: Visite, numero: web::Path<String>, saisie: Saisie) -> Reponse {
    let lue = saisie
        .texte("mode")
        .parse::<Mode>()
        .map_err(|_| ActionError::champ("mode", "Choisissez comment la décision a été notifiée."))
        .and_then(|mode| Ok((mode, date(&saisie)?)));
    let resultat = match lue {
        Ok((mode, le)) => {
            let (acte, scope, n) = (visite.acte()?, visite.qui()?.scope(), numero.clone());
            let v = version(&saisie);
            visite
                .write(move |tx| decision::notifier(tx, &acte, &scope, &n, v, mode, le))
                .await
        }
        Err(erreur) => Err(erreur),
    };
    finir(
        &visite,
        &numero,
        resultat,
        "La notification est enregistrée.",
        || notification(&saisie),
    )
    .await
}

fn formulaire_installation(saisie: &Saisie) -> Formulaire {
    Formulaire::new("Enregistrer l’installation", "installer", "Enregistrer l’installation")
        .intro("La place de la succession est alors pourvue, et ne peut plus servir à personne d’autre (REG-2).")
        .champ(Champ::date("date", "Début de l’installation").valeur(saisie.texte("date")))
}

/// `GET /dossiers/{numero}/installer`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page_installer(visite: Visite, numero: web::Path<String>) -> Reponse {
    montrer(
        &visite,
        &numero,
        formulaire_installation(&Saisie::default()),
        None,
    )
    .await
}

/// `POST /dossiers/{numero}/installer`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn installer(visite: Visite, numero: web::Path<String>, saisie: Saisie) -> Reponse {
    let resultat = match date(&saisie) {
        Ok(le) => {
            let (acte, scope, n) = (visite.acte()?, visite.qui()?.scope(), numero.clone());
            let v = version(&saisie);
            visite
                .write(move |tx| installation::installer(tx, &acte, &scope, &n, v, le))
                .await
        }
        Err(erreur) => Err(erreur),
    };
    finir(
        &visite,
        &numero,
        resultat,
        "L’installation est enregistrée.",
        || formulaire_installation(&saisie),
    )
    .await
}
