//! One file of a lot: done, or put back.

use regles::dossier::NatureDossier;
use regles::evenement::Fait;
use regles::lot::{ActeLot, EvenementLigne};
use regles::phrase::{Marque, demande, remplir};

use super::super::dossier::objet_du_tronc;
use super::super::message::{self, Ecrit};
use super::super::phrase;
use super::super::suivi::confier;
use super::super::{Acte, ActionError, ActionResult, tracer};
use crate::db::conversation::Vise;
use crate::db::dossier::{self, Dossier};
use crate::db::file_comptes::Agent;
use crate::db::lot::Lot;
use crate::db::message::Cote;
use crate::db::{CpamScope, WriteTx, etiquette};

type Resultat = ActionResult<(EvenementLigne, Option<i64>)>;

fn parmi(agents: &[Agent], id: i64) -> ActionResult<&Agent> {
    agents.iter().find(|a| a.id == id).ok_or_else(|| {
        ActionError::refus("La personne choisie ne travaille plus sur les dossiers de la caisse.")
    })
}

/// Does the act of the lot to one file.
pub(super) fn faire(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    lot: &Lot,
    agents: &[Agent],
    numero: &str,
) -> Resultat {
    let lu = dossier::charger(tx, scope, numero)?;
    let avant = lu.assigne_a;
    if lot.acte.ecrit() {
        return ecrire(tx, acte, scope, lot, &lu);
    }
    let change = match (lot.acte, lot.cible_id) {
        (ActeLot::Assigner, Some(cible)) => confier(tx, acte, &lu, Some(parmi(agents, cible)?))?,
        (ActeLot::Etiqueter, Some(cible)) => poser(tx, acte, &lu, lot, cible, true)?,
        (ActeLot::Desetiqueter, Some(cible)) => poser(tx, acte, &lu, lot, cible, false)?,
        _ => confier(tx, acte, &lu, None)?,
    };
    Ok(if change {
        (EvenementLigne::Faire, avant)
    } else {
        (EvenementLigne::Laisser, None)
    })
}

/// Puts one file back as it was, unless somebody changed it since.
pub(super) fn defaire(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    lot: &Lot,
    agents: &[Agent],
    numero: &str,
    avant: Option<i64>,
) -> Resultat {
    let lu = dossier::charger(tx, scope, numero)?;
    let change = match (lot.acte, lot.cible_id) {
        (ActeLot::Etiqueter, Some(cible)) => poser(tx, acte, &lu, lot, cible, false)?,
        (ActeLot::Desetiqueter, Some(cible)) => poser(tx, acte, &lu, lot, cible, true)?,
        (_, cible) => {
            if lu.assigne_a != cible {
                return Err(ActionError::refus(
                    "Le dossier a été confié à quelqu’un d’autre depuis : il est laissé tel quel.",
                ));
            }
            let ancien = avant.map(|id| parmi(agents, id)).transpose()?;
            confier(tx, acte, &lu, ancien)?
        }
    };
    if !change {
        return Err(ActionError::refus(
            "Le dossier a changé depuis : il est laissé tel quel.",
        ));
    }
    Ok((EvenementLigne::Defaire, avant))
}

/// Writes the message of the lot on one file, filled by it, once however often the lot is taken up again.
fn ecrire(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    lot: &Lot,
    lu: &Dossier,
) -> Resultat {
    if lu.nature == NatureDossier::Appel {
        return Err(ActionError::refus(
            "Un appel à candidatures n’appartient à personne : il n’y a personne à qui écrire.",
        ));
    }
    if lot.acte == ActeLot::Relancer && lu.nature != NatureDossier::Demande {
        return Err(ActionError::refus(
            "Un rappel par lot porte sur des demandes : depuis la page de ce départ, écrivez un message.",
        ));
    }
    let texte = lot
        .message
        .clone()
        .ok_or_else(|| ActionError::Regle("a lot that writes nothing".to_owned()))?;
    let faits = phrase::faits(tx, &acte.reglement, scope, &lu.numero)?;
    let rien_ne_manque = !faits.iter().any(|(marque, _)| *marque == Marque::Manque);
    if rien_ne_manque && lot.acte == ActeLot::Relancer {
        return Ok((EvenementLigne::Laisser, None));
    }
    if rien_ne_manque && demande(&texte, Marque::Manque) {
        return Err(ActionError::refus(
            "Rien ne manque à ce dossier : ce message, qui parle de ce qui manque, n’est pas parti.",
        ));
    }
    let ecrit = Ecrit {
        texte: remplir(&texte, &faits),
        pieces: Vec::new(),
        cle: format!("lot:{}:{}", lot.id, lu.id),
    };
    let vise = Vise::Dossier(lu.numero.clone());
    match message::envoyer(tx, acte, scope, &vise, Cote::Caisse, &ecrit) {
        Ok(()) => Ok((EvenementLigne::Faire, None)),
        // Its words, once filled, may be too many for this file alone.
        Err(ActionError::Champ { message, .. }) => Err(ActionError::Refus(message)),
        Err(autre) => Err(autre),
    }
}

fn poser(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    lu: &Dossier,
    lot: &Lot,
    etiquette_id: i64,
    mettre: bool,
) -> ActionResult<bool> {
    let id = lu.id;
    let change = if mettre {
        etiquette::poser(tx, etiquette_id, id)?
    } else {
        etiquette::retirer(tx, etiquette_id, id)?
    };
    if change {
        let etiquette = lot.cible_nom.clone();
        let fait = if mettre {
            Fait::EtiquettePosee {
                etiquette,
                lot: Some(lot.id),
            }
        } else {
            Fait::EtiquetteRetiree {
                etiquette,
                lot: Some(lot.id),
            }
        };
        tracer(tx, &acte.acteur, objet_du_tronc(lu), fait)?;
    }
    Ok(change)
}
