//! What every act on a request shares: reading it locked, refusing what is stale, writing to the applicant; and what
//! acts on a case of any nature do.

use courriers::demande::Dossier;
use regles::calendrier::Territoire;
use regles::demande::{EtatDemande, Evenement, transition};
use regles::passage::Passage;
use regles::refus::Refus;
use regles::saisie;

use super::{ActionError, ActionResult, Objet};
use crate::db::demande::DemandeComplete;
use crate::db::dossier as tronc;
use crate::db::{CpamScope, WriteTx, demande_etat};

/// Reads a request of the scope, locked, in the version that the agent saw.
///
/// # Errors
/// [`crate::db::DbError::Introuvable`] out of scope, [`ActionError::Perime`] when somebody changed it meanwhile.
pub(super) fn ouvrir(
    tx: &mut WriteTx<'_>,
    scope: &CpamScope,
    numero: &str,
    version: i32,
) -> ActionResult<DemandeComplete> {
    let dossier = demande_etat::charger(tx, scope, numero)?;
    if dossier.demande.version == version {
        Ok(dossier)
    } else {
        Err(ActionError::Perime)
    }
}

/// The state that follows, or why not.
///
/// # Errors
/// A refusal in words.
pub(super) fn suivant(
    dossier: &DemandeComplete,
    evenement: Evenement,
) -> Result<Passage<EtatDemande>, Refus> {
    transition(dossier.demande.etat, evenement)
}

/// What a line of its timeline is about.
pub(super) fn objet(dossier: &DemandeComplete) -> Objet<'_> {
    Objet {
        caisse_code: Some(&dossier.demande.caisse_code),
        dossier_id: Some(dossier.demande.id),
        lie_id: dossier.demande.place_id,
    }
}

/// What a line of the timeline of a case is about, whatever its nature.
pub(super) fn objet_du_tronc(dossier: &tronc::Dossier) -> Objet<'_> {
    Objet {
        caisse_code: Some(&dossier.caisse_code),
        dossier_id: Some(dossier.id),
        lie_id: dossier.place_id,
    }
}

/// What a letter to the applicant begins and ends with.
pub(super) fn entete(dossier: &DemandeComplete) -> Dossier {
    Dossier {
        kine: dossier.kine.nom_complet(),
        numero: dossier.demande.numero.clone(),
        contact: dossier.service.lignes(),
    }
}

/// The territory whose holidays count (ECH-2).
///
/// # Errors
/// A stored value that names none.
pub(super) fn territoire(dossier: &DemandeComplete) -> ActionResult<Territoire> {
    Ok(dossier.service.territoire()?)
}

/// A text that a person will read holds no code, no key, no private name (EXP-5).
///
/// # Errors
/// [`ActionError::Champ`] that names the word.
pub(super) fn lisible(champ: &'static str, texte: &str) -> ActionResult<()> {
    match regles::redaction::premier_illisible(texte) {
        None => Ok(()),
        Some(mot) => Err(ActionError::champ(
            champ,
            format!(
                "« {mot} » ne dit rien à la personne qui lira ce texte : écrivez à la place ce que dit la règle, et le texte qui la fonde."
            ),
        )),
    }
}

/// Reasons that have to be written, for a person to read, without the spaces around them.
///
/// # Errors
/// [`ActionError::Champ`] with `attendu` when they are empty, or a word that is no word for a person.
pub(super) fn motif<'a>(
    champ: &'static str,
    texte: &'a str,
    attendu: &str,
) -> ActionResult<&'a str> {
    let texte = obligatoire(champ, texte, attendu)?;
    lisible(champ, texte)?;
    Ok(texte)
}

/// Refuses a first name or a name that does not read as one.
///
/// # Errors
/// [`ActionError::Champ`], with what is expected.
pub(super) fn nom_lisible(champ: &'static str, texte: &str) -> ActionResult<()> {
    match saisie::est_un_nom(texte) {
        true => Ok(()),
        false => Err(ActionError::champ(champ, saisie::NOM_ATTENDU)),
    }
}

/// A text that has to be written, without the spaces around it.
///
/// # Errors
/// [`ActionError::Champ`] with `attendu` when it is empty.
pub(super) fn obligatoire<'a>(
    champ: &'static str,
    texte: &'a str,
    attendu: &str,
) -> ActionResult<&'a str> {
    match texte.trim() {
        "" => Err(ActionError::champ(champ, attendu)),
        texte => Ok(texte),
    }
}
