//! Opens, moves and closes deadlines: computed by the rules, stored with how (ECH-3).

use chrono::NaiveDate;
use regles::calendrier::Territoire;
use regles::demande::EtatDemande;
use regles::echeance::{Delai, Echeance, EtatEcheance, NatureEcheance, Suspension};
use regles::evenement::{EtatDelai, Fait};
use regles::silence::{EffetSilence, effet_du_silence};

use super::{Acte, ActionError, ActionResult, Objet, tracer};
use crate::db::echeance::{self, EcheanceStockee, NouvelleEcheance};
use crate::db::{DbError, WriteTx};

/// A deadline to open.
pub struct Ouverture<'a> {
    /// The CPAM, and the territory whose holidays count (ECH-2).
    pub caisse_code: &'a str,
    /// The territory of the CPAM.
    pub territoire: Territoire,
    /// The case it hangs on; a place's hangs on the departure that opened it.
    pub dossier_id: i64,
    /// What it is about.
    pub nature: NatureEcheance,
    /// What starts it.
    pub depart: NaiveDate,
    /// Its length.
    pub delai: Delai,
    /// Periods during which it does not run.
    pub suspensions: &'a [Suspension],
}

/// Computes a deadline and stores it. One that runs already for this case and kind is replaced and kept.
/// The case it hangs on is put in its place in the queue.
///
/// # Errors
/// The dates leave the calendar, or the database refuses.
pub fn ouvrir(tx: &mut WriteTx<'_>, acte: &Acte, o: &Ouverture<'_>) -> ActionResult<Echeance> {
    let calculee = o.nature.calculer(
        &acte.reglement,
        o.depart,
        o.delai,
        o.territoire,
        o.suspensions,
    )?;
    echeance::clore(
        tx,
        o.dossier_id,
        o.nature,
        EtatEcheance::Remplacee,
        "Recalculée",
        acte.le(),
    )?;
    inscrire(tx, acte, o, &calculee)?;
    echeance::reporter(tx, o.dossier_id)?;
    Ok(calculee)
}

/// Stores the first deadline of a case that was just opened, in its place in the queue already.
pub(super) fn inscrire(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    o: &Ouverture<'_>,
    calculee: &Echeance,
) -> ActionResult<()> {
    let json =
        |valeur: serde_json::Result<String>| valeur.map_err(|e| ActionError::Regle(e.to_string()));
    echeance::inserer(
        tx,
        &NouvelleEcheance {
            caisse_code: o.caisse_code,
            nature: o.nature,
            dossier_id: o.dossier_id,
            regle: o.nature.fiche().regle,
            depart: o.depart,
            delai: &o.delai.to_string(),
            brute: calculee.brute,
            suspensions: &json(serde_json::to_string(&calculee.suspensions))?,
            apres_suspensions: calculee.apres_suspensions,
            finale: calculee.finale,
            explication: &json(serde_json::to_string(&calculee.explication))?,
            etat: EtatEcheance::EnCours,
            cree_le: acte.le(),
            cree_par: acte.acteur.id,
        },
    )?;
    Ok(())
}

/// Closes the running deadline of a kind as met. Nothing happens when there is none.
pub fn satisfaire(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier_id: i64,
    nature: NatureEcheance,
    motif: &str,
) -> ActionResult<()> {
    echeance::clore(
        tx,
        dossier_id,
        nature,
        EtatEcheance::Satisfaite,
        motif,
        acte.le(),
    )?;
    Ok(echeance::reporter(tx, dossier_id)?)
}

/// Closes the running deadline of a kind as no longer of use. Nothing happens when there is none.
pub fn annuler(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier_id: i64,
    nature: NatureEcheance,
    motif: &str,
) -> ActionResult<()> {
    echeance::clore(
        tx,
        dossier_id,
        nature,
        EtatEcheance::Annulee,
        motif,
        acte.le(),
    )?;
    Ok(echeance::reporter(tx, dossier_id)?)
}

/// Closes as no longer of use the running deadlines of a request that its new state does not call for.
pub fn annuler_sans_objet(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    demande_id: i64,
    etat: EtatDemande,
    motif: &str,
) -> ActionResult<()> {
    let sans_objet = NatureEcheance::parmi(|f| !f.pendant.contains(&etat));
    echeance::annuler(tx, demande_id, &sans_objet, motif, acte.le())?;
    Ok(echeance::reporter(tx, demande_id)?)
}

/// PRO-3: stops the delay of implicit decision of a request while documents are awaited.
///
/// Call it when documents are asked for, with the last day given to send them, after opening the
/// deadline of kind `pieces`: the suspension ends by itself the day after, or sooner by [`reprendre`].
/// The former value is kept as `remplacee`, and the timeline gets both. Returns the new value;
/// none when no such delay runs.
///
/// # Errors
/// A stored value that does not read, dates outside the calendar, the refusal of the database.
pub fn suspendre(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    demande_id: i64,
    dernier_jour: NaiveDate,
) -> ActionResult<Option<Echeance>> {
    let fin = dernier_jour
        .succ_opt()
        .ok_or_else(|| ActionError::Regle("date hors du calendrier".to_owned()))?;
    recalculer(
        tx,
        acte,
        demande_id,
        |nature, avant, apres| Fait::EcheanceSuspendue {
            nature,
            avant,
            apres,
        },
        |jour, _, suspensions| {
            suspensions.push(Suspension {
                du: jour,
                au: fin.max(jour),
                motif: Some("Pièces demandées".to_owned()),
            });
        },
    )
}

/// PRO-3: lets the delay of implicit decision run again, from today, because the documents arrived.
///
/// Call it when the last document asked for is received, or when the agent finds the file complete.
/// Nothing changes when no suspension is under way. Returns the new value, if it changed.
///
/// # Errors
/// As [`suspendre`].
pub fn reprendre(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    demande_id: i64,
) -> ActionResult<Option<Echeance>> {
    recalculer(tx, acte, demande_id, reprise, |jour, _, suspensions| {
        for s in suspensions.iter_mut().filter(|s| s.au > jour) {
            s.au = jour.max(s.du);
        }
    })
}

/// PRO-3, PRO-7: the file is complete. Where silence rejects, its delay runs again if it was suspended; where it accepts,
/// the delay of a file that was not complete starts today. Returns the new value, if it changed.
///
/// # Errors
/// As [`suspendre`], and no parameter in force on the day the request was received.
pub fn completer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    demande_id: i64,
    recue: NaiveDate,
) -> ActionResult<Option<Echeance>> {
    if effet_du_silence(&acte.reglement, recue)? == EffetSilence::Rejet {
        return reprendre(tx, acte, demande_id);
    }
    recalculer(
        tx,
        acte,
        demande_id,
        reprise,
        |jour, depart, suspensions| {
            if !suspensions.is_empty() {
                *depart = jour;
                suspensions.clear();
            }
        },
    )
}

fn reprise(nature: NatureEcheance, avant: EtatDelai, apres: EtatDelai) -> Fait {
    Fait::EcheanceReprise {
        nature,
        avant,
        apres,
    }
}

/// Computes the implicit decision again under other suspensions (ECH-3); `changer` gets the day it is where the caisse is.
fn recalculer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    demande_id: i64,
    fait: fn(NatureEcheance, EtatDelai, EtatDelai) -> Fait,
    changer: impl FnOnce(NaiveDate, &mut NaiveDate, &mut Vec<Suspension>),
) -> ActionResult<Option<Echeance>> {
    let Some(avant) = echeance::en_cours(tx, demande_id, NatureEcheance::DecisionImplicite)? else {
        return Ok(None);
    };
    let anciennes = suspensions(&avant)?;
    let (mut depart, mut nouvelles) = (avant.depart, anciennes.clone());
    let territoire = echeance::territoire(tx, &avant.caisse_code)?;
    changer(acte.jour_a(territoire), &mut depart, &mut nouvelles);
    if nouvelles == anciennes {
        return Ok(None);
    }
    let delai = avant
        .delai
        .parse()
        .map_err(|e| incoherente(&avant, &format!("{e}")))?;
    let apres = ouvrir(
        tx,
        acte,
        &Ouverture {
            caisse_code: &avant.caisse_code,
            territoire,
            dossier_id: demande_id,
            nature: avant.nature,
            depart,
            delai,
            suspensions: &nouvelles,
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        Objet::dossier(&avant.caisse_code, demande_id),
        fait(
            avant.nature,
            EtatDelai {
                finale: avant.finale,
                suspensions: anciennes,
            },
            EtatDelai {
                finale: apres.finale,
                suspensions: nouvelles,
            },
        ),
    )?;
    Ok(Some(apres))
}

/// The suspensions of a stored deadline.
///
/// # Errors
/// [`DbError::Incoherent`] when they do not read.
pub fn suspensions(stockee: &EcheanceStockee) -> ActionResult<Vec<Suspension>> {
    serde_json::from_str(&stockee.suspensions).map_err(|e| incoherente(stockee, &e.to_string()))
}

fn incoherente(stockee: &EcheanceStockee, cause: &str) -> ActionError {
    DbError::Incoherent(format!("echeance {} : {cause}", stockee.id)).into()
}
