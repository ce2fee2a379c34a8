//! Proposing a dated value: validated like the files, never retroactive.

use chrono::NaiveDate;
use regles::evenement::Fait;
use regles::parametre::{EtatValeur, Parametre, ValeurParametre};
use regles::regle::Statut;
use regles::reglement::{Reglement, ReglementError};
use regles::texte;

use super::frais;
use crate::actions::depart::en_json;
use crate::actions::dossier::obligatoire;
use crate::actions::{Acte, ActionError, ActionResult, Objet, tracer};
use crate::db::WriteTx;
use crate::db::parametre::{self, NouvelleValeur};

/// A value that a national administrator proposes.
#[derive(Debug, Clone)]
pub struct Proposition {
    /// Key, as in the catalogue.
    pub cle: String,
    /// The value.
    pub valeur: ValeurParametre,
    /// First day in force.
    pub du: NaiveDate,
    /// Where it comes from.
    pub source: String,
    /// Status in the rulebook.
    pub statut: Statut,
    /// Why.
    pub motif: String,
}

/// Shortest reason and source accepted, in characters: «ok» tells nobody anything.
const TEXTE_MIN: usize = 10;

/// The proposed value as a parameter, if it may be added to these ones by a decision taken on `jour`.
///
/// # Errors
/// A wrong field, with what is expected; an unknown key.
pub fn candidate(
    reglement: &Reglement,
    proposition: &Proposition,
    jour: NaiveDate,
) -> ActionResult<Parametre> {
    let derniere = reglement.derniere(&proposition.cle)?;
    let source = phrase(
        "source",
        &proposition.source,
        "Écrivez d’où vient cette valeur : le texte, son article, sa date.",
    )?;
    phrase(
        "motif",
        &proposition.motif,
        "Écrivez pourquoi cette valeur est proposée : la personne qui l’examine le lira.",
    )?;
    if proposition.du <= jour {
        return Err(ActionError::champ(
            "du",
            "Rien n’est rétroactif : choisissez une date d’effet postérieure à aujourd’hui.",
        ));
    }
    if proposition.du <= derniere.du {
        return Err(ActionError::champ(
            "du",
            format!(
                "Une valeur est déjà fixée à compter du {} : choisissez une date postérieure, ou retirez d’abord cette valeur.",
                texte::date_fr(derniere.du)
            ),
        ));
    }
    let memes_citations = derniere.source == source && derniere.statut == proposition.statut;
    if derniere.valeur == proposition.valeur && memes_citations {
        return Err(ActionError::champ(
            "valeur",
            "C’est déjà la valeur fixée, avec la même source : rien ne changerait.",
        ));
    }
    let nouveau = Parametre {
        valeur: proposition.valeur.clone(),
        du: proposition.du,
        au: None,
        source: source.to_owned(),
        statut: proposition.statut,
        verifie_le: jour,
        ..derniere.clone()
    };
    reglement.avec(nouveau.clone()).map_err(|e| match e {
        ReglementError::Invalide { raison, .. } => ActionError::champ(
            "valeur",
            format!("Cette valeur n’est pas admise : {raison}."),
        ),
        autre => autre.into(),
    })?;
    Ok(nouveau)
}

fn phrase<'a>(champ: &'static str, texte: &'a str, attendu: &str) -> ActionResult<&'a str> {
    let texte = obligatoire(champ, texte, attendu)?;
    if texte.chars().count() < TEXTE_MIN {
        return Err(ActionError::champ(champ, attendu));
    }
    Ok(texte)
}

/// Proposes a dated value; it changes nothing until another person approves it. `cle_idempotence`: of the form,
/// so that sending it twice proposes once. Returns the identifier of the proposal.
///
/// # Errors
/// A wrong field, another proposal under way for this key, the refusal of the database.
pub fn proposer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    proposition: &Proposition,
    cle_idempotence: &str,
) -> ActionResult<i64> {
    let auteur = auteur(acte)?;
    if let Some(id) = parametre::par_idempotence(tx, auteur, cle_idempotence)? {
        return Ok(id);
    }
    let reglement = frais(tx)?;
    let nouveau = candidate(&reglement, proposition, acte.jour())?;
    let valeur = en_json(&nouveau.valeur)?;
    let id = parametre::proposer(
        tx,
        &NouvelleValeur {
            cle: &nouveau.cle,
            valeur: &valeur,
            du: nouveau.du,
            source: &nouveau.source,
            statut: nouveau.statut.as_str(),
            motif: proposition.motif.trim(),
            etat: EtatValeur::DEBUT,
            proposee_par: auteur,
            proposee_le: acte.le(),
            proposee_jour: acte.jour(),
            cle_idempotence,
            version: 1,
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        Objet::default(),
        Fait::ParametrePropose {
            proposition: id,
            cle: nouveau.cle.clone(),
            unite: nouveau.unite,
            du: nouveau.du,
            source: nouveau.source.clone(),
            statut: nouveau.statut,
            avant: reglement.derniere(&nouveau.cle)?.valeur.clone(),
            valeur: nouveau.valeur,
            motif: Some(proposition.motif.trim().to_owned()),
        },
    )?;
    Ok(id)
}

/// Who acts: never the software.
pub(super) fn auteur(acte: &Acte) -> ActionResult<i64> {
    acte.acteur
        .id
        .ok_or_else(|| ActionError::refus("Le logiciel ne change pas de paramètre par lui-même."))
}
