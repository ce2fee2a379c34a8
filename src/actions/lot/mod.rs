//! Bulk acts: files are chosen and frozen, the act is confirmed, then done by batches, each in one transaction.

mod ligne;

use regles::lot::{
    ActeLot, DOSSIERS_MAX, EtatLigne, EtatLot, Evenement, EvenementLigne, transition,
    transition_ligne,
};
use regles::phrase::{self as regle, Emploi};
use regles::preference::Sujet;

use super::suivi::{agent, lettre_de_lot};
use super::{Acte, ActionError, ActionResult, message, nouveaute};
use crate::db::file_comptes;
use crate::db::lot::{self, Lance, Lot, NouveauLot};
use crate::db::{CpamScope, WriteTx, etiquette};

/// Files changed in one transaction: others who write wait no longer than that.
pub const PAQUET: i64 = 100;

fn caisse(scope: &CpamScope) -> ActionResult<&str> {
    match scope {
        CpamScope::Caisse(code) => Ok(code),
        _ => Err(ActionError::refus(
            "Les actions par lot portent sur les dossiers d’une seule caisse.",
        )),
    }
}

/// Chooses files: they are written down, so that what was seen is what is changed. Those out of scope are left out.
///
/// # Errors
/// A refusal when there is none, or more than [`DOSSIERS_MAX`]; the refusal of the database.
pub fn preparer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    acte_lot: ActeLot,
    dossiers: &[i64],
    selection: &str,
) -> ActionResult<i64> {
    let caisse = caisse(scope)?;
    let connues = crate::db::dossier::de_la_caisse(tx, caisse, dossiers)?;
    if connues.is_empty() {
        return Err(ActionError::refus(
            "Aucun dossier n’est choisi : élargissez les filtres, ou cochez des dossiers dans la file.",
        ));
    }
    if connues.len() > DOSSIERS_MAX {
        return Err(ActionError::refus(
            "Une action par lot porte sur 10 000 dossiers au plus : ajoutez un filtre.",
        ));
    }
    Ok(lot::creer(
        tx,
        &NouveauLot {
            caisse_code: caisse,
            auteur_id: acte
                .acteur
                .id
                .ok_or_else(|| ActionError::Regle("a lot without an author".to_owned()))?,
            acte: acte_lot,
            cible_nom: "",
            selection,
            total: i32::try_from(connues.len()).unwrap_or(i32::MAX),
            etat: EtatLot::DEBUT,
            cree_le: acte.le(),
        },
        &connues,
    )?)
}

/// What is to be done to the files of a lot, as the form says it.
#[derive(Debug, Clone)]
pub struct Choix {
    /// The act.
    pub acte: ActeLot,
    /// The agent, for an assignment.
    pub agent: Option<i64>,
    /// The words of the label.
    pub etiquette: String,
    /// The words of the message.
    pub message: String,
}

/// Confirms a lot: from here on it is done, by [`avancer`].
///
/// # Errors
/// A wrong field, a refusal when it was confirmed already, the refusal of the database.
pub fn lancer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    id: i64,
    choix: &Choix,
) -> ActionResult<()> {
    let caisse = caisse(scope)?.to_owned();
    lot::verrouiller(tx, id)?;
    let prepare = lot::lire(tx, &caisse, id)?;
    let passage = transition(choix.acte, prepare.etat, Evenement::Lancer)?;
    let (cible, nom) = match choix.acte {
        ActeLot::Liberer => (None, String::new()),
        ActeLot::Assigner => {
            let choisi = choix.agent.ok_or_else(|| {
                ActionError::champ("agent", "Choisissez la personne qui suivra ces dossiers.")
            })?;
            let (agent, _) = agent(tx, acte, &caisse, choisi)?;
            (Some(agent.id), agent.nom_complet())
        }
        ActeLot::Etiqueter => {
            let posee = super::suivi::nommee(tx, acte, &caisse, &choix.etiquette)?;
            (Some(posee.id), posee.nom)
        }
        ActeLot::Desetiqueter => {
            let pliee = regles::mots::fold(&choix.etiquette);
            let connue = etiquette::par_nom(tx, &caisse, &pliee)?.ok_or_else(|| {
                ActionError::champ("etiquette", "Votre caisse n’a pas d’étiquette de ce nom.")
            })?;
            (Some(connue.id), connue.nom)
        }
        ActeLot::Ecrire | ActeLot::Relancer => {
            message::verifier("message", &choix.message)?;
            regle::verifier(Emploi::Message, &choix.message)
                .map_err(|refus| ActionError::champ("message", refus.to_string()))?;
            (None, String::new())
        }
    };
    let message = choix.acte.ecrit().then(|| choix.message.trim());
    let lance = Lance {
        acte: choix.acte,
        cible_id: cible,
        cible_nom: &nom,
        message,
        etat: passage.vers(),
    };
    Ok(lot::lancer(tx, id, &lance)?)
}

/// Asks for a lot to be undone, by [`avancer`]: files that somebody changed since are left as they are.
///
/// # Errors
/// A refusal when it is not over, the refusal of the database.
pub fn annuler(tx: &mut WriteTx<'_>, scope: &CpamScope, id: i64) -> ActionResult<()> {
    lot::verrouiller(tx, id)?;
    let fini = lot::lire(tx, caisse(scope)?, id)?;
    let passage = transition(fini.acte, fini.etat, Evenement::Annuler)?;
    Ok(lot::passer(tx, id, passage, fini.fini_le)?)
}

/// Works on the next files of a lot; whether some remain. Each file has its result, whatever happens to the others.
pub fn avancer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    id: i64,
) -> ActionResult<bool> {
    let caisse = caisse(scope)?.to_owned();
    lot::verrouiller(tx, id)?;
    let lot = lot::lire(tx, &caisse, id)?;
    let attendu = match lot.etat {
        EtatLot::EnCours => EtatLigne::AFaire,
        EtatLot::Annulation => EtatLigne::Fait,
        _ => return Ok(false),
    };
    let agents = file_comptes::agents(tx, &caisse, acte.jour())?;
    let lignes = lot::prochains(tx, id, attendu, PAQUET)?;
    for (dossier_id, numero, avant) in &lignes {
        let resultat = if lot.etat == EtatLot::EnCours {
            ligne::faire(tx, acte, scope, &lot, &agents, numero)
        } else {
            ligne::defaire(tx, acte, scope, &lot, &agents, numero, *avant)
        };
        let (evenement, avant, message) = match resultat {
            Ok((evenement, avant)) => (evenement, avant, None),
            Err(ActionError::Refus(phrase)) if lot.etat == EtatLot::EnCours => {
                (EvenementLigne::Refuser, None, Some(phrase))
            }
            Err(ActionError::Refus(phrase)) => (EvenementLigne::Garder, *avant, Some(phrase)),
            Err(autre) => return Err(autre),
        };
        let passage = transition_ligne(attendu, evenement)?;
        lot::noter(tx, id, *dossier_id, passage, avant, message.as_deref())?;
    }
    if i64::try_from(lignes.len()).is_ok_and(|n| n == PAQUET) {
        return Ok(true);
    }
    conclure(tx, acte, &lot)?;
    Ok(false)
}

fn conclure(tx: &mut WriteTx<'_>, acte: &Acte, lot: &Lot) -> ActionResult<()> {
    if lot.etat == EtatLot::Annulation {
        let passage = transition(lot.acte, lot.etat, Evenement::FinirAnnulation)?;
        return Ok(lot::passer(tx, lot.id, passage, Some(acte.le()))?);
    }
    let passage = transition(lot.acte, lot.etat, Evenement::Terminer)?;
    lot::passer(tx, lot.id, passage, Some(acte.le()))?;
    let faits = lot::bilan(tx, lot.id)?
        .into_iter()
        .find(|(etat, _)| *etat == EtatLigne::Fait)
        .map_or(0, |(_, n)| n);
    let prevenu = match (lot.acte, lot.cible_id) {
        (ActeLot::Assigner, Some(agent)) if faits > 0 && acte.acteur.id != Some(agent) => agent,
        _ => return Ok(()),
    };
    let agents = file_comptes::agents(tx, &lot.caisse_code, acte.jour())?;
    if let Some(agent) = agents.iter().find(|a| a.id == prevenu) {
        let lettre = lettre_de_lot(acte, agent, faits);
        let cle = format!("lot:{}", lot.id);
        nouveaute::prevenir(
            tx,
            acte,
            (&lot.caisse_code, agent.id, Sujet::Confies),
            &cle,
            &lettre,
        )?;
    }
    Ok(())
}
