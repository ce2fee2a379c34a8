//! The answer of a second person to a proposed value, and its withdrawal.

use chrono::NaiveDate;
use regles::evenement::Fait;
use regles::parametre::{EtatValeur, Evenement, Unite, ValeurParametre, transition};
use regles::passage::Passage;
use regles::texte;

use super::proposition::auteur;
use super::{frais, lire};
use crate::actions::dossier::obligatoire;
use crate::actions::{Acte, ActionError, ActionResult, Objet, tracer};
use crate::db::WriteTx;
use crate::db::parametre::{self, ChangementValeur, ValeurStockee};

/// Approves a proposed value: it applies from its date. Approving twice in a row approves once.
///
/// # Errors
/// A refusal in words: one's own proposal, a date of effect already there; [`ActionError::Perime`].
pub fn approuver(tx: &mut WriteTx<'_>, acte: &Acte, id: i64, version: i32) -> ActionResult<()> {
    let Some((lue, qui, passage)) = a_examiner(tx, acte, id, version, Evenement::Approuver)? else {
        return Ok(());
    };
    if lue.du <= acte.jour() {
        return Err(ActionError::refus(format!(
            "La date d’effet proposée, le {}, n’est plus à venir : rien n’est rétroactif. Rejetez cette proposition ou retirez-la, \
             puis proposez une autre date.",
            texte::date_fr(lue.du)
        )));
    }
    let reglement = frais(tx)?;
    reglement.avec(lire(&reglement, &lue)?).map_err(|_| {
        ActionError::refus(
            "Depuis la proposition, une autre valeur de ce paramètre a été fixée à cette date ou plus tard. Rejetez celle-ci.",
        )
    })?;
    parametre::modifier(
        tx,
        &lue,
        passage,
        &ChangementValeur {
            examinee_par: Some(qui),
            examinee_le: Some(acte.le()),
            examinee_jour: Some(acte.jour()),
            ..ChangementValeur::default()
        },
    )?;
    noter(tx, acte, &lue, |v| Fait::ParametreApprouve {
        proposition: v.proposition,
        cle: v.cle,
        valeur: v.valeur,
        unite: v.unite,
        du: v.du,
    })
}

/// Rejects a proposed value, with a reason.
///
/// # Errors
/// No reason, one's own proposal (it is withdrawn instead), [`ActionError::Perime`].
pub fn rejeter(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    id: i64,
    version: i32,
    motif: &str,
) -> ActionResult<()> {
    let motif = obligatoire(
        "motif_rejet",
        motif,
        "Écrivez pourquoi la proposition est rejetée : la personne qui l’a faite le lira.",
    )?;
    let Some((lue, qui, passage)) = a_examiner(tx, acte, id, version, Evenement::Rejeter)? else {
        return Ok(());
    };
    parametre::modifier(
        tx,
        &lue,
        passage,
        &ChangementValeur {
            examinee_par: Some(qui),
            examinee_le: Some(acte.le()),
            examinee_jour: Some(acte.jour()),
            examen_motif: Some(motif),
            ..ChangementValeur::default()
        },
    )?;
    noter(tx, acte, &lue, |v| Fait::ParametreRejete {
        proposition: v.proposition,
        cle: v.cle,
        valeur: v.valeur,
        unite: v.unite,
        du: v.du,
        motif: Some(motif.to_owned()),
    })
}

/// Withdraws a value that is proposed, or approved and not yet in force, with a reason.
///
/// # Errors
/// No reason, a value already in force, [`ActionError::Perime`].
pub fn retirer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    id: i64,
    version: i32,
    motif: &str,
) -> ActionResult<()> {
    let motif = obligatoire(
        "motif_retrait",
        motif,
        "Écrivez pourquoi cette valeur est retirée.",
    )?;
    let qui = auteur(acte)?;
    let lue = parametre::lire(tx, id)?;
    if lue.etat == EtatValeur::Retiree && lue.retiree_par == Some(qui) && lue.version == version + 1
    {
        return Ok(());
    }
    if lue.version != version {
        return Err(ActionError::Perime);
    }
    let passage = transition(lue.etat, lue.du <= acte.jour(), Evenement::Retirer)?;
    parametre::modifier(
        tx,
        &lue,
        passage,
        &ChangementValeur {
            retiree_par: Some(qui),
            retiree_le: Some(acte.le()),
            retrait_motif: Some(motif),
            ..ChangementValeur::default()
        },
    )?;
    noter(tx, acte, &lue, |v| Fait::ParametreRetire {
        proposition: v.proposition,
        cle: v.cle,
        valeur: v.valeur,
        unite: v.unite,
        du: v.du,
        motif: Some(motif.to_owned()),
    })
}

/// The proposal that this person may answer; none when the same person just gave this very answer.
fn a_examiner(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    id: i64,
    version: i32,
    evenement: Evenement,
) -> ActionResult<Option<(ValeurStockee, i64, Passage<EtatValeur>)>> {
    let qui = auteur(acte)?;
    parametre::verrouiller(tx, id)?;
    let lue = parametre::lire(tx, id)?;
    // The day of effect is looked at by who approves: a value to examine is not in force, whatever its date.
    let passage = transition(EtatValeur::DEBUT, false, evenement)?;
    if lue.etat == passage.vers() && lue.examinee_par == Some(qui) && lue.version == version + 1 {
        return Ok(None);
    }
    if lue.version != version || lue.etat != passage.de() {
        return Err(ActionError::Perime);
    }
    if lue.proposee_par == qui {
        return Err(ActionError::refus(
            "Vous avez proposé cette valeur : une autre personne doit l’examiner. Vous pouvez la retirer.",
        ));
    }
    Ok(Some((lue, qui, passage)))
}

/// A proposed value, as its events say it.
struct Dite {
    proposition: i64,
    cle: String,
    valeur: ValeurParametre,
    unite: Unite,
    du: NaiveDate,
}

fn noter(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    lue: &ValeurStockee,
    fait: impl FnOnce(Dite) -> Fait,
) -> ActionResult<()> {
    let reglement = frais(tx)?;
    let valeur = lire(&reglement, lue)?;
    let fait = fait(Dite {
        proposition: lue.id,
        cle: lue.cle.clone(),
        valeur: valeur.valeur,
        unite: valeur.unite,
        du: lue.du,
    });
    tracer(tx, &acte.acteur, Objet::default(), fait)?;
    Ok(())
}
