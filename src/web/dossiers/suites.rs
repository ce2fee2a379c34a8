//! After the decision: its notification (PRO-8), the installation (REG-9).

use actix_web::web;
use chrono::NaiveDate;
use regles::dates_fr;

use super::acte::{Formulaire, montrer, version};
use super::instruction::finir;
use crate::actions::decision;
use crate::actions::{ActionError, ActionResult, installation};
use crate::web::saisie::Saisie;
use crate::web::ui::Champ;
use crate::web::visite::{Reponse, Visite};

fn date(saisie: &Saisie) -> ActionResult<NaiveDate> {
    dates_fr::lire(saisie.texte("date")).map_err(|e| ActionError::champ("date", e.to_string()))
}

fn notification(saisie: &Saisie) -> Formulaire {
    Formulaire::new("Enregistrer la notification", "notifier", "Enregistrer la notification")
        .saisi(saisie)
        .intro("Le délai d’installation et les délais de recours courent à compter de cette date (PRO-8). Si le demandeur ouvre la décision dans son espace, la notification s’enregistre d’elle-même, ce jour-là.")
        .champ(
            Champ::date("date", "Date de première présentation de la lettre recommandée")
                .valeur(saisie.texte("date")),
        )
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
    let resultat = match date(&saisie) {
        Ok(le) => {
            let (acte, scope, n) = (visite.acte()?, visite.qui()?.scope(), numero.clone());
            let v = version(&saisie);
            visite
                .write(move |tx| decision::notifier(tx, &acte, &scope, &n, v, le))
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
        .saisi(saisie)
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
