//! The CPAM checks the values and sets applications aside; the ranking of the commission is recorded.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use courriers::Courrier;
use regles::appel::{EvenementCandidature, transition_candidature};
use regles::charte::Classement;
use regles::evenement::Fait;

use super::{Acte, ActionError, ActionResult, auteur, entete, examiner, objet, tracer};
use crate::actions::courriel;
use crate::actions::dossier;
use crate::db::appel::{self, ChangementAppel, ChangementPropre};
use crate::db::candidature;
use crate::db::{CpamScope, WriteTx};

/// Records the values that the CPAM retains for an application, in the order of the charter; none: unknown.
///
/// # Errors
/// The applications are not closed, a value is not one of its criterion, [`ActionError::Perime`].
pub fn retenir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    (appel_id, version): (i64, i32),
    candidature_id: i64,
    retenues: &[Option<i64>],
) -> ActionResult<()> {
    let lue = examiner(tx, acte, scope, appel_id, version)?;
    let etat = lue.candidature(candidature_id)?.candidature.etat;
    transition_candidature(etat, EvenementCandidature::Examiner)?;
    let par = auteur(acte)?;
    appel::modifier(tx, &lue.appel.appel, &ChangementAppel::default())?;
    for (rang, c) in lue.charte.criteres.iter().enumerate() {
        let retenue = retenues.get(rang).copied().flatten();
        if retenue.is_some_and(|v| !c.critere.accepte(v)) {
            return Err(ActionError::refus(format!(
                "La valeur retenue pour « {} » n’est pas possible.",
                c.critere.libelle
            )));
        }
        candidature::retenir(tx, candidature_id, c.id, retenue, par, acte.le())?;
    }
    tracer(
        tx,
        &acte.acteur,
        objet(&lue.appel),
        Fait::CandidatureVerifiee {
            appel: appel_id,
            candidature: candidature_id,
            retenues: retenues.to_vec(),
        },
    )?;
    Ok(())
}

/// Sets an application aside, with the reason that its author will read.
///
/// # Errors
/// No reason, the application is not in the running, [`ActionError::Perime`].
pub fn ecarter(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    (appel_id, version): (i64, i32),
    candidature_id: i64,
    motif: &str,
) -> ActionResult<()> {
    let motif = dossier::motif(
        "motif",
        motif,
        "Écrivez pourquoi la candidature est écartée : la personne le lira.",
    )?;
    let lue = examiner(tx, acte, scope, appel_id, version)?;
    let qui = lue.candidature(candidature_id)?;
    let passage = transition_candidature(qui.candidature.etat, EvenementCandidature::Ecarter)?;
    appel::modifier(tx, &lue.appel.appel, &ChangementAppel::default())?;
    candidature::clore(tx, candidature_id, passage, Some(motif), acte.le())?;
    tracer(
        tx,
        &acte.acteur,
        objet(&lue.appel),
        Fait::CandidatureEcartee {
            appel: appel_id,
            candidature: candidature_id,
            motif: Some(motif.to_owned()),
        },
    )?;
    let message = courriers::appel::CandidatureEcartee {
        appel: entete(&lue.appel, qui),
        motif,
    }
    .lettre();
    courriel::deposer(
        tx,
        acte,
        &format!("candidature_ecartee:{candidature_id}"),
        &qui.courriel,
        &message,
    )
}

/// Records the ranking of the commission, beside the computed one: a rank for each application in the running.
/// Where it departs from the computed ranking, the commission says why.
///
/// # Errors
/// A value is still unknown, the ranks do not rank, no reasons; [`ActionError::Perime`].
pub fn ranger(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    (appel_id, version): (i64, i32),
    le: NaiveDate,
    rangs: &[(i64, i32)],
    motif: &str,
) -> ActionResult<()> {
    let lue = examiner(tx, acte, scope, appel_id, version)?;
    if le > acte.jour() || le <= lue.appel.appel.cloture {
        return Err(ActionError::champ(
            "le",
            "La commission classe après la clôture des candidatures, et au plus tard aujourd’hui.",
        ));
    }
    let classement = lue.classement();
    if !classement.est_complet() {
        return Err(ActionError::refus(
            "Vérifiez d’abord toutes les valeurs : sans elles, le classement calculé n’est pas établi.",
        ));
    }
    let attendus: BTreeSet<i64> = lue.en_lice().map(|c| c.candidature.id).collect();
    let donnes: BTreeSet<i64> = rangs.iter().map(|(id, _)| *id).collect();
    let suite: BTreeSet<i32> = rangs.iter().map(|(_, rang)| *rang).collect();
    let complete = (1..).zip(&suite).all(|(attendu, rang)| attendu == *rang);
    if attendus.is_empty() || attendus != donnes || suite.len() != attendus.len() || !complete {
        return Err(ActionError::champ(
            "rangs",
            "Donnez à chaque candidature un rang différent, de 1 au nombre de candidatures.",
        ));
    }
    let motif = motif.trim();
    if motif.is_empty() && s_ecarte(&classement, rangs) {
        return Err(ActionError::champ(
            "motif",
            "Ce rang s’écarte du classement calculé : écrivez les motifs de la commission.",
        ));
    }
    appel::modifier(
        tx,
        &lue.appel.appel,
        &ChangementAppel {
            propre: ChangementPropre {
                cpd_le: Some(le),
                cpd_motif: Some((!motif.is_empty()).then_some(motif)),
                cpd_par: Some(auteur(acte)?),
                cpd_saisi_le: Some(acte.le()),
                ..ChangementPropre::default()
            },
            ..ChangementAppel::default()
        },
    )?;
    for (id, rang) in rangs {
        candidature::ranger(tx, *id, *rang)?;
    }
    tracer(
        tx,
        &acte.acteur,
        objet(&lue.appel),
        Fait::AppelClasse {
            appel: appel_id,
            le,
            rangs: rangs.to_vec(),
            motif: Some(motif.to_owned()),
        },
    )?;
    Ok(())
}

/// Whether the commission places somebody before another whom the computed ranking places strictly before.
fn s_ecarte(classement: &Classement, rangs: &[(i64, i32)]) -> bool {
    let calcule = |id: i64| classement.note(id).and_then(|n| n.rang);
    rangs.iter().any(|(a, rang_a)| {
        rangs
            .iter()
            .any(|(b, rang_b)| rang_a < rang_b && calcule(*a) > calcule(*b))
    })
}
