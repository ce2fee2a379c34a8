//! A practitioner applies to a call, or withdraws.

use courriers::Courrier;
use regles::appel::{
    EtatCandidature, Evenement, EvenementCandidature, transition, transition_candidature,
};
use regles::evenement::Fait;
use regles::texte;

use super::{Acte, ActionError, ActionResult, entete, objet, tracer};
use crate::actions::courriel;
use crate::actions::piece::{self, PieceRecue, Rattachement};
use crate::db::appel::{self, AppelComplet, ChangementAppel};
use crate::db::brouillon;
use crate::db::candidature;
use crate::db::contrainte::Contrainte;
use crate::db::{CpamScope, DbError, WriteTx, charte, depart};

/// An application to make.
#[derive(Debug, Clone)]
pub struct Depot<'a> {
    /// Who applies.
    pub kine_id: i64,
    /// The call.
    pub appel_id: i64,
    /// What is declared, by code of criterion; none when the candidate does not say.
    pub valeurs: &'a [(String, Option<i64>)],
    /// The documents.
    pub pieces: &'a [PieceRecue],
    /// Key of the form, whose draft goes.
    pub cle: &'a str,
}

/// What came of an application that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recue {
    /// It is new.
    Deposee,
    /// The one that was there says now what was sent.
    Corrigee,
}

/// Applies to a call, or corrects the application that is in the running there. What says nothing new changes nothing:
/// applying twice applies once.
///
/// # Errors
/// The call is closed, the candidate is the one who left, a value is not one of its criterion.
pub fn deposer(tx: &mut WriteTx<'_>, acte: &Acte, d: &Depot<'_>) -> ActionResult<Recue> {
    let lu = appel::public(tx, d.appel_id)?;
    let deja = candidature::de_kine(tx, d.appel_id, d.kine_id)?
        .filter(|c| c.candidature.etat != EtatCandidature::Retiree);
    if let Some(compte) = acte.acteur.id {
        brouillon::supprimer_cle(tx, compte, d.cle)?;
    }
    if let Some(deja) = &deja
        && deja.candidature.etat != EtatCandidature::Deposee
    {
        return Err(ActionError::refus(
            "Votre candidature a déjà sa réponse : elle ne change plus.",
        ));
    }
    if !lu.appel.recoit(acte.jour()) {
        return Err(ActionError::refus(format!(
            "Les candidatures à cette place étaient reçues au plus tard le {} (inclus).",
            texte::date_longue(lu.appel.cloture)
        )));
    }
    let depart = depart::complete(tx, &CpamScope::National, lu.depart_id)?;
    if depart.depart.kine_id == d.kine_id {
        return Err(ActionError::refus(
            "Cette place vient de votre propre départ : vous ne pouvez pas y candidater.",
        ));
    }
    let criteres = charte::par_id(tx, lu.appel.charte_id)?.criteres;
    let mut declarees = Vec::with_capacity(criteres.len());
    for c in &criteres {
        let dite = d.valeurs.iter().find(|(code, _)| *code == c.critere.code);
        let valeur = dite.and_then(|(_, v)| *v);
        if valeur.is_some_and(|v| !c.critere.accepte(v)) {
            return Err(ActionError::refus(format!(
                "La valeur donnée pour « {} » n’est pas possible.",
                c.critere.libelle
            )));
        }
        declarees.push((c.id, valeur));
    }
    if let Some(deja) = &deja {
        corriger(tx, acte, d, (&lu, deja.candidature.id), &declarees)?;
        return Ok(Recue::Corrigee);
    }
    let id = candidature::inserer(tx, d.appel_id, d.kine_id, &declarees, acte.le()).map_err(
        |e| match e {
            DbError::Contrainte(Contrainte::CandidatureUnique) => ActionError::Perime,
            autre => autre.into(),
        },
    )?;
    let a = Rattachement {
        dossier_id: d.appel_id,
        candidature_id: Some(id),
    };
    piece::attacher(tx, acte, a, d.pieces)?;
    tracer(
        tx,
        &acte.acteur.en_secret("Un candidat"),
        objet(&lu),
        Fait::CandidatureDeposee {
            appel: d.appel_id,
            candidature: id,
            valeurs: d.valeurs.to_vec(),
            pieces: piece::deposees(d.pieces),
            noms: piece::noms(d.pieces),
        },
    )?;
    let qui = candidature::lire(tx, d.appel_id, id)?;
    let message = courriers::appel::CandidatureDeposee {
        appel: entete(&lu, &qui),
        cloture: lu.appel.cloture,
    }
    .lettre();
    courriel::deposer(
        tx,
        acte,
        &format!("candidature_deposee:{id}"),
        &qui.courriel,
        &message,
    )?;
    Ok(Recue::Deposee)
}

/// The application says now what was sent; documents are added to those that it has.
fn corriger(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    d: &Depot<'_>,
    (lu, id): (&AppelComplet, i64),
    declarees: &[(i64, Option<i64>)],
) -> ActionResult<()> {
    let change = candidature::corriger(tx, id, declarees)?;
    if !change && d.pieces.is_empty() {
        return Ok(());
    }
    transition(lu.appel.etat, Evenement::Examiner)?;
    // Whoever examines or attributes at the same instant has read another version of the call.
    appel::modifier(tx, &lu.appel, &ChangementAppel::default())?;
    let a = Rattachement {
        dossier_id: d.appel_id,
        candidature_id: Some(id),
    };
    piece::attacher(tx, acte, a, d.pieces)?;
    tracer(
        tx,
        &acte.acteur.en_secret("Un candidat"),
        objet(lu),
        Fait::CandidatureCorrigee {
            appel: d.appel_id,
            candidature: id,
            valeurs: d.valeurs.to_vec(),
            pieces: piece::deposees(d.pieces),
            noms: piece::noms(d.pieces),
        },
    )?;
    Ok(())
}

/// Withdraws an application. Withdrawing twice withdraws once.
///
/// # Errors
/// There is none, or the call was already attributed.
pub fn retirer(tx: &mut WriteTx<'_>, acte: &Acte, kine_id: i64, appel_id: i64) -> ActionResult<()> {
    let lu = appel::public(tx, appel_id)?;
    let mienne = candidature::de_kine(tx, appel_id, kine_id)?.ok_or(DbError::Introuvable)?;
    // The same form sent twice.
    if mienne.candidature.etat == EtatCandidature::Retiree {
        return Ok(());
    }
    let passage = transition_candidature(mienne.candidature.etat, EvenementCandidature::Retirer)?;
    transition(lu.appel.etat, Evenement::Examiner)?;
    // Whoever attributes at the same instant has read another version of the call.
    appel::modifier(tx, &lu.appel, &ChangementAppel::default())?;
    let id = mienne.candidature.id;
    candidature::clore(tx, id, passage, None, acte.le())?;
    tracer(
        tx,
        &acte.acteur.en_secret("Un candidat"),
        objet(&lu),
        Fait::CandidatureRetiree {
            appel: appel_id,
            candidature: id,
        },
    )?;
    let message = courriers::appel::CandidatureRetiree {
        appel: entete(&lu, &mienne),
    }
    .lettre();
    courriel::deposer(
        tx,
        acte,
        &format!("candidature_retiree:{id}"),
        &mienne.courriel,
        &message,
    )
}
