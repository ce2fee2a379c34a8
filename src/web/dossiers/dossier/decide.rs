//! The block of the decision on a file: who proposed and signed it, under what, and what became of its letter.

use regles::decision::EtatDecision;
use regles::demande::Sens;
use regles::droits::{Role, SIGNATURE};
use regles::signature::MoyenSignature;
use regles::texte;

use super::super::objet::adresse;
use super::Lecture;
use crate::clock::jour_a_paris;
use crate::db::decision::Decision;
use crate::db::demande::Demande;
use crate::db::signature::Signature;
use crate::web::erreur::WebError;
use crate::web::ui::{Etat, Pastille};

/// A decision, proposed or taken.
pub struct DecisionVue {
    /// Where it stands.
    pub pastille: Pastille,
    /// Its title.
    pub titre: &'static str,
    /// Who, when.
    pub phrase: String,
    /// Reasons.
    pub motifs: String,
    /// Why it departs from the opinion of the commission.
    pub ecart: Option<String>,
    /// REG-17: its condition, by which day, and what proves it; whether it is met.
    pub reserve: Option<String>,
    /// Under what it was signed, with what, and where its letter stands.
    pub signature: Option<String>,
    /// Where the letter that a hand signed is read.
    pub lettre: Option<String>,
    /// Where its document is printed.
    pub imprimer: Option<String>,
    /// Where an error of its letter is mended, by who signs.
    pub rectifier: Option<String>,
    /// Where the proof of its notification is, once it is signed.
    pub preuve: Option<String>,
}

/// REG-17: the condition of a grant, in a sentence.
fn reserve(decision: &Decision, demande: &Demande) -> Result<Option<String>, WebError> {
    let Some(reserve) = decision.reserve().map_err(WebError::interne)? else {
        return Ok(None);
    };
    let suite = match demande.reserve.levee_le {
        Some(le) => format!("Condition remplie le {}.", texte::date_fr(le)),
        None => format!(
            "Preuve attendue : {}.",
            texte::minuscule_initiale(&reserve.preuve)
        ),
    };
    Ok(Some(format!(
        "{}. {suite}",
        texte::majuscule_initiale(&reserve.phrase())
    )))
}

/// The decision under way or taken.
///
/// # Errors
/// A stored condition that does not read.
pub fn decision(lecture: &Lecture, role: Role) -> Result<Option<DecisionVue>, WebError> {
    let Some((decision, prenom, nom)) = lecture.decision.as_ref() else {
        return Ok(None);
    };
    let proposee = format!(
        "{} proposé par {prenom} {nom} le {}",
        decision.sens.libelle(),
        texte::date_fr(jour_a_paris(decision.proposee_le))
    );
    let (titre, phrase) = match (decision.etat, &decision.signataire, decision.decidee_le) {
        (EtatDecision::Decidee, Some(signataire), Some(le)) => {
            let qualite = decision.signataire_qualite.as_deref().unwrap_or_default();
            let le = texte::date_fr(jour_a_paris(le));
            (
                "Décision",
                format!(
                    "{proposee}, signé par {signataire}, {qualite}, le {le}. Fondement : {}.",
                    decision.fondement
                ),
            )
        }
        _ => (
            "Décision proposée",
            format!("{proposee}. Fondement : {}.", decision.fondement),
        ),
    };
    let (etat, mot) = match (decision.etat, decision.sens) {
        (EtatDecision::Decidee, Sens::Accord) => (Etat::Fait, "Accordé"),
        (EtatDecision::Decidee, Sens::Refus) => (Etat::Neutre, "Refusé"),
        (_, Sens::Accord) => (Etat::EnCours, "Accord proposé"),
        (_, Sens::Refus) => (Etat::EnCours, "Refus proposé"),
    };
    Ok(Some(DecisionVue {
        pastille: Pastille::new(etat, mot),
        titre,
        phrase,
        motifs: decision.motifs.clone(),
        ecart: decision.ecart_motive.clone(),
        reserve: reserve(decision, &lecture.dossier.demande)?,
        signature: lecture.signature.as_ref().map(signature_dite),
        lettre: lecture
            .signature
            .as_ref()
            .filter(|s| s.empreinte.is_some())
            .map(|_| adresse(&lecture.dossier.demande.numero, "lettre-signee/lire")),
        imprimer: decision
            .empreinte
            .as_ref()
            .map(|_| adresse(&lecture.dossier.demande.numero, "decision")),
        rectifier: (SIGNATURE.permet(Some(role))
            && decision.empreinte.is_some()
            && lecture.dossier.demande.notifiee_le.is_some())
        .then(|| adresse(&lecture.dossier.demande.numero, "corriger-lettre")),
        preuve: decision
            .empreinte
            .as_ref()
            .map(|_| adresse(&lecture.dossier.demande.numero, "preuve")),
    }))
}

/// Under what it was signed, with what, and where its letter stands.
fn signature_dite(s: &Signature) -> String {
    let titre = match &s.delegant_qualite {
        Some(qualite) => courriers::decision::Delegation {
            de: qualite,
            acte_du: s.acte_du,
        }
        .phrase(),
        None => "Signé en son nom propre.".to_owned(),
    };
    let suite = match (s.moyen, s.deposee_le) {
        (_, Some(le)) => format!(
            "Lettre signée à la main, déposée le {}.",
            texte::date_fr(jour_a_paris(le))
        ),
        (MoyenSignature::Main, None) => "Lettre à imprimer et à signer à la main.".to_owned(),
        (moyen, None) => format!("{}.", moyen.libelle()),
    };
    format!("{titre} {suite}")
}
