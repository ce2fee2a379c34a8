//! `POST /demandes/{numero}/decision`: the applicant opens the decision, which notifies it (PRO-8).

use actix_web::web::Path;
use chrono::NaiveDate;
use regles::accuse::voies_de_recours;
use regles::demande::Sens;
use regles::echeance::calculer;
use regles::texte;

use super::detail::Lu;
use crate::actions::decision::ouvrir_par_le_demandeur;
use crate::db::demande::DemandeComplete;
use crate::web::erreur::WebError;
use crate::web::saisie::Saisie;
use crate::web::ui::PourquoiVue;
use crate::web::visite::{Reponse, Visite};
use crate::web::vues::pourquoi_stocke;

/// Opens the decision; a second time shows it and changes nothing.
///
/// # Errors
/// The request is not this person's, or nothing is decided.
pub async fn ouvrir(visite: Visite, numero: Path<String>, _saisie: Saisie) -> Reponse {
    let (acte, scope, n) = (visite.acte()?, visite.qui()?.scope(), numero.clone());
    visite
        .write(move |tx| ouvrir_par_le_demandeur(tx, &acte, &scope, &n))
        .await
        .map_err(WebError::from)?;
    visite.rediriger(&format!("/demandes/{numero}#decision"))
}

/// The decision, for the applicant.
pub(super) struct DecisionVue {
    pub(super) phrase: String,
    pub(super) motifs: String,
    pub(super) signature: String,
    pub(super) notification: Option<String>,
    pub(super) pourquoi: PourquoiVue,
    pub(super) recours: Vec<String>,
    /// Last day to appeal, once notified.
    pub(super) recours_limite: Option<String>,
}

/// The decision, once it is notified; nothing before.
///
/// # Errors
/// A stored explanation that does not read, or no parameter in force.
pub(super) fn decision_vue(visite: &Visite, lu: &Lu) -> Result<Option<DecisionVue>, WebError> {
    let Some(decision) = lu.decision.as_ref().filter(|_| !lu.decision_a_ouvrir()) else {
        return Ok(None);
    };
    let jour = decision
        .decidee_le
        .map_or_else(|| visite.aujourd_hui(), crate::clock::jour_a_paris);
    let (phrase, resultat, recours) = match decision.sens {
        Sens::Accord => (
            "Votre conventionnement est accordé.",
            "le conventionnement est accordé",
            Vec::new(),
        ),
        Sens::Refus => (
            "Votre conventionnement est refusé.",
            "le conventionnement est refusé",
            voies_de_recours(&visite.etat.reglement(), jour).map_err(WebError::interne)?,
        ),
    };
    Ok(Some(DecisionVue {
        phrase: phrase.to_owned(),
        motifs: decision.motifs.clone(),
        signature: format!(
            "Décision du {}, signée par {}, {}",
            texte::date_fr(jour),
            decision.signataire.as_deref().unwrap_or_default(),
            decision.signataire_qualite.as_deref().unwrap_or_default()
        ),
        notification: lu
            .d
            .demande
            .notifiee_le
            .map(|le| format!("Notifiée le {}.", texte::date_fr(le))),
        pourquoi: pourquoi_stocke(resultat, &decision.explication)?,
        recours_limite: match (decision.sens, lu.d.demande.notifiee_le) {
            (Sens::Refus, Some(le)) => Some(limite_recours(visite, &lu.d, le)?),
            _ => None,
        },
        recours,
    }))
}

/// PRO-6: the last day of the two months that run from the notification.
fn limite_recours(visite: &Visite, d: &DemandeComplete, le: NaiveDate) -> Result<String, WebError> {
    let delai = visite
        .etat
        .reglement()
        .delai("recours.delai", le)
        .map_err(WebError::interne)?;
    let territoire = d.service.territoire.parse().map_err(WebError::interne)?;
    let echeance = calculer(le, delai, territoire, &[]).map_err(WebError::interne)?;
    Ok(texte::date_fr(echeance.finale))
}
