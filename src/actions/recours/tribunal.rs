//! PRO-9: what follows before the courts, and the abandon of an appeal.

use chrono::NaiveDate;
use regles::contestation::{self, EtatRecours, Evenement, Issue, transition};
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::texte;

use super::{charger, effet, objet, route};
use crate::actions::dossier::motif;
use crate::actions::{Acte, ActionError, ActionResult, echeance, tracer};
use crate::db::recours::{
    self as stockes, ChangementPropre, ChangementRecours, RecoursComplet, Tribunal,
};
use crate::db::{CpamScope, WriteTx};

/// What is due on an appeal before a court, in its column `echeance_nature`.
pub const JUGEMENT: &str = "jugement";

/// Records that the next court is seized.
///
/// # Errors
/// A wrong day, a refusal in words (too early, nothing left to contest, no step left), [`ActionError::Perime`].
pub fn saisir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    (le, au_greffe): (NaiveDate, Option<&str>),
) -> ActionResult<()> {
    let lu = charger(tx, scope, numero, version)?;
    let r = &lu.recours;
    let juges = stockes::tribunaux(tx, r.id)?;
    let issue = match juges.last() {
        Some(dernier) => dernier.issue,
        None => r.issue,
    };
    let (passage, degre) = contestation::saisir(route(r), r.etat, r.degre, issue)?;
    let depuis = juges.last().and_then(|t| t.juge_le).or(r.decide_le);
    entre(acte, &lu, "le", le, depuis.unwrap_or(r.recu_le))?;
    stockes::saisir(tx, r.id, degre, le, au_greffe)?;
    stockes::modifier(
        tx,
        r,
        &ChangementRecours {
            etat: Some(passage),
            echeance: Some((le, JUGEMENT)),
            propre: ChangementPropre {
                degre: Some(degre),
                ..ChangementPropre::default()
            },
        },
    )?;
    tracer(tx, &acte.acteur, objet(r), Fait::RecoursSaisi { degre, le })?;
    Ok(())
}

/// What a court says.
#[derive(Debug, Clone)]
pub struct Jugement {
    /// Day of the judgment.
    pub le: NaiveDate,
    /// Its sense.
    pub issue: Issue,
    /// In short, why.
    pub motifs: String,
}

/// Records the judgment of the court that was seized; the case is open again when it undoes the decision.
///
/// # Errors
/// A wrong field, a refusal in words, [`ActionError::Perime`], the refusal of the database.
pub fn juger(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    jugement: &Jugement,
) -> ActionResult<()> {
    let lu = charger(tx, scope, numero, version)?;
    let r = &lu.recours;
    let passage = transition(r.etat, Evenement::Juger)?;
    if !Issue::EXPRESSES.contains(&jugement.issue) {
        return Err(ActionError::champ(
            "issue",
            "Choisissez ce que le juge a décidé.",
        ));
    }
    let motifs = motif(
        "motifs",
        &jugement.motifs,
        "Résumez en quelques phrases ce que dit le jugement.",
    )?;
    let saisi = en_cours(tx, &lu)?;
    entre(acte, &lu, "le", jugement.le, saisi.saisi_le)?;
    stockes::juger(tx, (r.id, r.degre), jugement.le, jugement.issue, motifs)?;
    stockes::modifier(
        tx,
        r,
        &ChangementRecours {
            etat: Some(passage),
            ..ChangementRecours::default()
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet(r),
        Fait::RecoursJuge {
            degre: r.degre,
            issue: jugement.issue,
            le: jugement.le,
            texte: Some(motifs.to_owned()),
        },
    )?;
    if jugement.issue.annule() {
        effet::appliquer(tx, acte, &lu)?;
    }
    Ok(())
}

/// Records that the person gives the appeal up.
///
/// # Errors
/// A wrong day, a refusal in words, [`ActionError::Perime`], the refusal of the database.
pub fn abandonner(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    le: NaiveDate,
) -> ActionResult<()> {
    let lu = charger(tx, scope, numero, version)?;
    let r = &lu.recours;
    let passage = transition(r.etat, Evenement::Abandonner)?;
    entre(acte, &lu, "le", le, r.recu_le)?;
    let devant_le_juge = r.etat == EtatRecours::DevantLeJuge;
    if devant_le_juge {
        let dit = "Abandonné par la personne";
        stockes::juger(tx, (r.id, r.degre), le, Issue::Desistement, dit)?;
    }
    let propre = match devant_le_juge {
        true => ChangementPropre::default(),
        false => ChangementPropre {
            issue: Some(Some(Issue::Desistement)),
            decide_le: Some(le),
            ..ChangementPropre::default()
        },
    };
    stockes::modifier(
        tx,
        r,
        &ChangementRecours {
            etat: Some(passage),
            propre,
            ..ChangementRecours::default()
        },
    )?;
    echeance::annuler(
        tx,
        acte,
        r.id,
        NatureEcheance::ReponseCra,
        "Recours abandonné",
    )?;
    tracer(tx, &acte.acteur, objet(r), Fait::RecoursAbandonne { le })?;
    Ok(())
}

fn en_cours(tx: &mut WriteTx<'_>, lu: &RecoursComplet) -> ActionResult<Tribunal> {
    let juges = stockes::tribunaux(tx, lu.recours.id)?;
    let saisi = juges.into_iter().find(|t| t.degre == lu.recours.degre);
    saisi.ok_or(ActionError::Perime)
}

/// A day between another one and today.
fn entre(
    acte: &Acte,
    lu: &RecoursComplet,
    champ: &'static str,
    le: NaiveDate,
    depuis: NaiveDate,
) -> ActionResult<()> {
    let jour = acte.jour_a(lu.service.territoire()?);
    match depuis <= le && le <= jour {
        true => Ok(()),
        false => Err(ActionError::champ(
            champ,
            format!(
                "Indiquez un jour entre le {} et aujourd’hui.",
                texte::date_fr(depuis)
            ),
        )),
    }
}
