//! `POST /demandes/{numero}/decision`: the applicant opens the document, which notifies it (PRO-8); what it says, as it was
//! frozen the day it was signed.

use actix_web::web::Path;
use courriers::decision::Document;
use regles::demande::Sens;

use super::lu::Lu;
use crate::actions::decision::ouvrir_par_le_demandeur;
use crate::web::ecrits::EcritVue;
use crate::web::erreur::WebError;
use crate::web::saisie::Saisie;
use crate::web::ui::PourquoiVue;
use crate::web::visite::{Reponse, Visite};
use crate::web::vues::pourquoi_de_la_demande;

/// Opens the document; a second time shows it and changes nothing.
///
/// # Errors
/// The request is not this person's, or nothing waits.
pub async fn ouvrir(visite: Visite, numero: Path<String>, _saisie: Saisie) -> Reponse {
    let (acte, scope, n) = (visite.acte()?, visite.qui()?.scope(), numero.clone());
    visite
        .write(move |tx| ouvrir_par_le_demandeur(tx, &acte, &scope, &n))
        .await
        .map_err(WebError::from)?;
    visite.rediriger(&format!("/demandes/{numero}#decision"))
}

/// The document of the decision, for the applicant.
pub(super) struct DecisionVue {
    pub(super) document: Document,
    /// Its letter; none on what was signed before letters were printed.
    pub(super) ecrit: Option<EcritVue>,
    /// What was corrected of it since.
    pub(super) corrections: Vec<Document>,
    pub(super) pourquoi: PourquoiVue,
}

/// The document, once it is notified; nothing before.
///
/// # Errors
/// A stored document or explanation that does not read, or no parameter in force.
pub(super) fn decision_vue(lu: &Lu) -> Result<Option<DecisionVue>, WebError> {
    let (Some(decision), Some(_)) = (lu.decision.as_ref(), lu.d.demande.notifiee_le) else {
        return Ok(None);
    };
    let Some(document) = &decision.document else {
        return Ok(None);
    };
    let dit = match decision.sens {
        Sens::Accord => "le conventionnement est accordé",
        Sens::Refus => "le conventionnement est refusé",
    };
    Ok(Some(DecisionVue {
        document: serde_json::from_str(document).map_err(WebError::interne)?,
        ecrit: lu.ecrit.map(EcritVue::from),
        corrections: lu
            .corrections
            .iter()
            .map(|c| serde_json::from_str(&c.document).map_err(WebError::interne))
            .collect::<Result<_, _>>()?,
        pourquoi: pourquoi_de_la_demande(
            dit,
            decision.resultat.parse().map_err(WebError::interne)?,
            &serde_json::from_str(&decision.explication).map_err(WebError::interne)?,
        )?,
    }))
}
