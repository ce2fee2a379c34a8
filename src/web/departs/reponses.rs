//! The three answers to a declared departure: confirm, reject, record the commission's opinion.

use actix_web::web;
use regles::dates_fr;
use regles::grand_livre::EtatPlace;
use regles::place::AvisSousSeuil;

use super::depart::montrer;
use crate::actions::depart::{self, Corrections};
use crate::actions::{ActionError, ActionResult};
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};

fn version(saisie: &Saisie) -> i32 {
    crate::web::dossiers::acte::version(saisie)
}

fn corrections(saisie: &Saisie) -> ActionResult<Corrections> {
    let actes: String = saisie
        .texte("actes_12_mois")
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let actes_12_mois = match actes.as_str() {
        "" => None,
        chiffres => Some(chiffres.parse::<u16>().map(i32::from).map_err(|_| {
            ActionError::champ(
                "actes_12_mois",
                "Écrivez un nombre d’actes en chiffres, par exemple 1 430.",
            )
        })?),
    };
    let date_cessation = match saisie.option("date_cessation") {
        None => None,
        Some(texte) => Some(
            dates_fr::lire(texte)
                .map_err(|e| ActionError::champ("date_cessation", e.to_string()))?,
        ),
    };
    Ok(Corrections {
        actes_12_mois,
        date_cessation,
    })
}

/// `POST /departs/{id}/confirmer`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn confirmer(visite: Visite, id: web::Path<i64>, saisie: Saisie) -> Reponse {
    let id = id.into_inner();
    let resultat = match corrections(&saisie) {
        Ok(corrections) => {
            let (acte, scope) = (visite.acte()?, visite.qui()?.scope());
            let v = version(&saisie);
            visite
                .write(move |tx| depart::confirmer(tx, &acte, &scope, id, v, &corrections))
                .await
        }
        Err(erreur) => Err(erreur),
    };
    let message = |etat: &Option<EtatPlace>| match etat {
        Some(EtatPlace::Ouverte) => "Le départ est confirmé : une place est ouverte.",
        Some(EtatPlace::AAttribuer) => {
            "Le départ est confirmé : le délai de désignation est passé, la place est à attribuer selon votre charte."
        }
        Some(EtatPlace::AExaminer) => {
            "Le départ est confirmé : la place est à examiner par la commission."
        }
        Some(_) => "Le départ est confirmé : la place ne peut pas être transmise.",
        None => "Le départ est confirmé : il n’ouvre pas de place.",
    };
    finir(&visite, id, &saisie, resultat, message).await
}

/// `POST /departs/{id}/rejeter`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn rejeter(visite: Visite, id: web::Path<i64>, saisie: Saisie) -> Reponse {
    let id = id.into_inner();
    let (acte, scope) = (visite.acte()?, visite.qui()?.scope());
    let v = version(&saisie);
    let motif = saisie.texte("motif").to_owned();
    let resultat = visite
        .write(move |tx| depart::rejeter(tx, &acte, &scope, id, v, &motif))
        .await;
    finir(
        &visite,
        id,
        &saisie,
        resultat,
        |()| "La déclaration est rejetée. La personne en est prévenue.",
    )
    .await
}

/// `POST /departs/{id}/avis`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn noter_avis(visite: Visite, id: web::Path<i64>, saisie: Saisie) -> Reponse {
    let id = id.into_inner();
    let resultat = match saisie.texte("avis").parse::<AvisSousSeuil>() {
        Ok(avis) => {
            let (acte, scope) = (visite.acte()?, visite.qui()?.scope());
            visite
                .write(move |tx| depart::noter_avis(tx, &acte, &scope, id, avis))
                .await
        }
        Err(_) => Err(ActionError::champ("avis", "Choisissez l’avis rendu.")),
    };
    finir(
        &visite,
        id,
        &saisie,
        resultat,
        |_| "L’avis de la commission est enregistré.",
    )
    .await
}

async fn finir<T>(
    visite: &Visite,
    id: i64,
    saisie: &Saisie,
    resultat: ActionResult<T>,
    message: impl FnOnce(&T) -> &'static str,
) -> Reponse {
    match resultat {
        Ok(valeur) => visite.rediriger_avec(&format!("/departs/{id}"), message(&valeur)),
        Err(erreur) => montrer(visite, id, saisie, Some(erreur)).await,
    }
}
