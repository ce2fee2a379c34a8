//! What hangs on a grant, on the page of who asked: the general conditions, the date of effect, the attestation (GEN-1, GEN-2).
//! `POST /demandes/{numero}/attestation` has it made, `GET` shows it as it was frozen.

use actix_web::web::Path;
use regles::generales::attendre_les_pieces;
use regles::generales::{ATTENDRE_L_EFFET, ne_pas_commencer};
use regles::geste::attester;
use regles::liste_pieces::Ligne;

use super::lu::Lu;
use crate::actions::attestation;
use crate::db::{attestation as stockees, demande};
use crate::web::attestation::montrer;
use crate::web::dossiers::generales::{ConditionVue, Lecteur, liste};
use crate::web::erreur::WebError;
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};

/// What the page shows beside the decision.
pub(super) struct GeneralesVue {
    pub(super) conditions: Vec<ConditionVue>,
    /// Not to begin before the date of effect; none once it is there.
    pub(super) attendre: Option<String>,
    /// Whether the attestation may be had today.
    pub(super) attestable: bool,
}

/// Nothing of the decision before it is notified.
///
/// # Errors
/// No parameter in force, or what was recorded does not read.
pub(super) fn generales_vue(
    visite: &Visite,
    lu: &Lu,
    lignes: &[Ligne],
) -> Result<GeneralesVue, WebError> {
    let d = &lu.d.demande;
    let jour = visite.aujourd_hui();
    let notifiee = d.notifiee_le.is_some();
    let attendues = d.pieces_attendues()?;
    let effet = d.effet(lu.decision.as_ref().and_then(|p| p.effet));
    let effet = effet.filter(|_| notifiee && d.etat.consomme());
    Ok(GeneralesVue {
        conditions: liste(
            &visite.etat.reglement(),
            d,
            lignes,
            jour,
            Lecteur::Demandeur,
        )?,
        attendre: match effet {
            _ if notifiee && !attendues.is_empty() => Some(attendre_les_pieces(&attendues)),
            Some(effet) => (jour < effet).then(|| ne_pas_commencer(effet)),
            None => (d.etat.en_cours() || d.sous_reserve()).then(|| ATTENDRE_L_EFFET.to_owned()),
        },
        attestable: attester(d.etat, notifiee, effet, jour).is_ok(),
    })
}

/// `POST /demandes/{numero}/attestation`
///
/// # Errors
/// The request is not this person's, or nothing is granted, notified and in effect.
pub async fn obtenir(visite: Visite, numero: Path<String>, _saisie: Saisie) -> Reponse {
    let (kine_id, acte, n) = (visite.kine_id()?, visite.acte()?, numero.clone());
    visite
        .write(move |tx| attestation::de_conventionnement(tx, &acte, kine_id, &n))
        .await?;
    visite.rediriger(&format!("/demandes/{numero}/attestation"))
}

/// `GET /demandes/{numero}/attestation`
///
/// # Errors
/// The request is not this person's, or no attestation was asked for.
pub async fn lire(visite: Visite, numero: Path<String>) -> Reponse {
    let (scope, n) = (visite.qui()?.scope(), numero.clone());
    let lue = visite
        .read(move |conn| {
            let d = demande::lire(conn, &scope, &n)?;
            stockees::derniere(conn, d.id)
        })
        .await?;
    montrer(
        &visite,
        lue,
        (&format!("Demande {numero}"), &format!("/demandes/{numero}")),
    )
    .await
}
