//! `POST /demandes/{numero}/decision`: the applicant opens the document, which notifies it (PRO-8); what it says, as it was
//! frozen the day it was signed.

use actix_web::web::Path;
use courriers::decision::Document;
use regles::decision::ModeNotification;
use regles::demande::Sens;
use regles::{recours, texte};

use super::detail::Lu;
use crate::actions::decision::ouvrir_par_le_demandeur;
use crate::clock::jour_a_paris;
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
    pub(super) empreinte: String,
    /// What is known of its notification, label and value.
    pub(super) preuve: Vec<(&'static str, String)>,
    pub(super) pourquoi: PourquoiVue,
}

/// The document, once it is notified; nothing before.
///
/// # Errors
/// A stored document or explanation that does not read, or no parameter in force.
pub(super) fn decision_vue(visite: &Visite, lu: &Lu) -> Result<Option<DecisionVue>, WebError> {
    let (Some(decision), Some(le)) = (lu.decision.as_ref(), lu.d.demande.notifiee_le) else {
        return Ok(None);
    };
    let (Some(document), Some(empreinte)) = (&decision.document, &decision.empreinte) else {
        return Ok(None);
    };
    let dit = match decision.sens {
        Sens::Accord => "le conventionnement est accordé",
        Sens::Refus => "le conventionnement est refusé",
    };
    let mut preuve = preuve(lu);
    preuve.push(("Jour de notification", texte::date_longue(le)));
    if decision.sens == Sens::Refus {
        let territoire = lu.d.service.territoire()?;
        let terme =
            recours::terme(&visite.etat.reglement(), le, territoire).map_err(WebError::interne)?;
        preuve.push((
            "Dernier jour pour contester",
            format!("{} (inclus)", texte::date_longue(terme)),
        ));
    }
    Ok(Some(DecisionVue {
        document: serde_json::from_str(document).map_err(WebError::interne)?,
        empreinte: empreinte.clone(),
        preuve,
        pourquoi: pourquoi_de_la_demande(
            dit,
            decision.resultat.parse().map_err(WebError::interne)?,
            &serde_json::from_str(&decision.explication).map_err(WebError::interne)?,
        ),
    }))
}

/// How it was sent and received: facts only.
fn preuve(lu: &Lu) -> Vec<(&'static str, String)> {
    let mut lignes = Vec::new();
    for envoi in &lu.envois {
        match envoi.moyen {
            ModeNotification::Portail => {
                lignes.push(("Mis à disposition", texte::datetime_fr(envoi.envoye_le)))
            }
            autre => lignes.push((
                "Envoyé",
                format!(
                    "{}, {}",
                    texte::date_fr(jour_a_paris(envoi.envoye_le)),
                    autre.libelle()
                ),
            )),
        }
        if let Some(le) = envoi.ouverte_le {
            lignes.push(("Première ouverture", texte::datetime_fr(le)));
        }
        if let Some(le) = envoi.remise_le {
            lignes.push(("Remis", texte::date_fr(le)));
        }
    }
    lignes
}
