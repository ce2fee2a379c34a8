//! What the applicant does once the request is filed: add documents, withdraw, announce the installation.

use regles::decision::EtatDecision;
use regles::demande::{EtatDemande, Evenement, transition};
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::texte;

use super::super::piece::{self, Envoi, PieceRecue};
use super::super::{Acte, ActionError, ActionResult, Objet, courriel, echeance, tracer};
use crate::db::decision;
use crate::db::demande::{self, ChangementDemande, Demande};

use crate::db::piece::PieceDemandee;
use crate::db::{CpamScope, WriteTx, compte};
use crate::mail::lettre::Lettre;

pub(super) fn objet(d: &Demande) -> Objet<'_> {
    Objet::dossier(&d.caisse_code, d.id)
}

/// What adding documents changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Completude {
    /// How many documents asked for are still missing.
    pub restantes: usize,
    /// PRO-3: whether the last one just arrived.
    pub reprise: bool,
}

/// Adds documents to a request. When everything that was asked for has arrived, the delay of implicit
/// decision runs again and the file goes back to the agent (PRO-3).
///
/// # Errors
/// The request is closed, no document was sent, or a document answers nothing that was asked.
pub fn completer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    kine_id: i64,
    numero: &str,
    envois: &[Envoi],
) -> ActionResult<Completude> {
    let d = demande::lire(tx, &CpamScope::Kine(kine_id), numero)?;
    if !d.etat.en_cours() {
        return Err(ActionError::refus(format!(
            "La demande {numero} est close : elle ne reçoit plus de pièces. Rien n’a été enregistré."
        )));
    }
    if envois.is_empty() {
        return Err(ActionError::champ(
            "pieces",
            "Choisissez au moins un fichier à envoyer.",
        ));
    }
    let attendues: Vec<PieceDemandee> = crate::db::piece::demandees(tx, d.id)?
        .into_iter()
        .filter(|p| p.recue_le.is_none())
        .collect();
    let deja = crate::db::piece::de(tx, d.id)?;
    let (recues, remplacees) = piece::recevoir(tx, acte, d.id, envois, &attendues, &deja)?;
    let mut satisfaites: Vec<i64> = envois.iter().filter_map(|e| e.repond_a).collect();
    // What was asked for in the place of a document that has just given way is there too.
    satisfaites.extend(
        attendues
            .iter()
            .filter(|a| a.piece_id.is_some_and(|p| remplacees.contains(&p)))
            .map(|a| a.id),
    );
    satisfaites.sort_unstable();
    satisfaites.dedup();
    // One already received (the form was sent twice) is an additional document, nothing more.
    satisfaites.retain(|id| attendues.iter().any(|a| a.id == *id));
    for id in &satisfaites {
        crate::db::piece::recevoir(tx, *id, acte.le())?;
    }
    let restantes = attendues.len() - satisfaites.len();
    if recues.is_empty() && satisfaites.is_empty() {
        return Ok(Completude {
            restantes,
            reprise: false,
        });
    }
    let reprise = d.etat == EtatDemande::Incomplete && !attendues.is_empty() && restantes == 0;
    let etat = if reprise {
        Some(transition(d.etat, Evenement::RecevoirPieces).map_err(refus)?)
    } else {
        None
    };
    demande::modifier(
        tx,
        d.id,
        d.version,
        &ChangementDemande {
            etat,
            // A column must change for the version to grow; this one does not.
            assigne_a: Some(d.assigne_a),
            ..ChangementDemande::default()
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet(&d),
        Fait::PieceRecue {
            pieces: piece::deposees(&recues),
            repond_a: satisfaites,
            restantes,
            remplacees: remplacees.clone(),
            noms: piece::noms(&recues),
        },
    )?;
    if reprise {
        echeance::satisfaire(
            tx,
            acte,
            d.id,
            NatureEcheance::Pieces,
            "Toutes les pièces demandées sont reçues",
        )?;
        echeance::reprendre(tx, acte, d.id)?;
    }
    confirmer(tx, acte, kine_id, &d, &recues, restantes)?;
    if reprise {
        prevenir_agent(
            tx,
            acte,
            &d,
            "pieces_recues_agent",
            &format!("Demande {numero} : les pièces demandées sont arrivées"),
            "Toutes les pièces demandées sont arrivées. Le délai de décision implicite court de nouveau.",
        )?;
    } else if !remplacees.is_empty() {
        prevenir_agent(
            tx,
            acte,
            &d,
            "piece_remplacee_agent",
            &format!("Demande {numero} : une pièce est remplacée"),
            "Le demandeur a envoyé une pièce à la place d’une autre : la nouvelle est à examiner, la première reste au dossier.",
        )?;
    }
    Ok(Completude { restantes, reprise })
}

fn refus(refus: regles::demande::Refus) -> ActionError {
    ActionError::Refus(refus.to_string())
}

fn confirmer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    kine_id: i64,
    d: &Demande,
    recues: &[PieceRecue],
    restantes: usize,
) -> ActionResult<()> {
    let c = demande::complete(tx, &CpamScope::Kine(kine_id), &d.numero)?;
    let mut lettre = Lettre::new(
        "pieces_recues",
        format!("Vos pièces pour la demande {} sont reçues", d.numero),
    )
    .a(c.kine.nom_complet())
    .paragraphe(format!(
        "Nous avons reçu {} pour votre demande {}.",
        texte::pluriel(recues.len() as i64, "pièce", "pièces"),
        d.numero
    ))
    .paragraphe(match (d.etat, restantes) {
        (EtatDemande::Incomplete, 0) => "Toutes les pièces demandées sont arrivées : vous n’avez plus rien à faire. L’étude de votre demande reprend.".to_owned(),
        (EtatDemande::Incomplete, n) => format!(
            "Il manque encore {}.",
            texte::pluriel(n as i64, "pièce demandée", "pièces demandées")
        ),
        _ => "Elles sont jointes à votre dossier.".to_owned(),
    });
    for recue in recues {
        lettre = lettre.point(recue.nature.libelle(), recue.nom.clone());
    }
    let lettre = lettre
        .action("Voir ma demande", format!("/demandes/{}", d.numero))
        .contact(c.service.lignes());
    courriel::deposer(
        tx,
        acte,
        &format!("pieces_recues:{}:{}", d.id, d.version),
        &c.courriel,
        &lettre,
    )
}

/// Writes to the agent in charge, if there is one: once per version of the request.
pub(super) fn prevenir_agent(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    d: &Demande,
    modele: &'static str,
    sujet: &str,
    phrase: &str,
) -> ActionResult<()> {
    let Some(agent) = d.assigne_a else {
        return Ok(());
    };
    let Some(agent) = compte::par_id(tx, agent)? else {
        return Ok(());
    };
    let lettre = Lettre::new(modele, sujet)
        .paragraphe(phrase)
        .action("Ouvrir le dossier", format!("/dossiers/{}", d.numero));
    courriel::deposer(
        tx,
        acte,
        &format!("{modele}:{}:{}", d.id, d.version),
        &agent.courriel,
        &lettre,
    )
}

/// The applicant withdraws the request: every delay ends, the place goes back to whom it may concern.
///
/// # Errors
/// The request is decided or closed, or changed since it was shown.
pub fn retirer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    kine_id: i64,
    numero: &str,
    version: i32,
) -> ActionResult<()> {
    let d = demande::lire(tx, &CpamScope::Kine(kine_id), numero)?;
    if d.etat == EtatDemande::Retiree {
        return Ok(());
    }
    let etat = transition(d.etat, Evenement::Retirer).map_err(refus)?;
    demande::modifier(
        tx,
        d.id,
        version,
        &ChangementDemande {
            etat: Some(etat),
            ..ChangementDemande::default()
        },
    )?;
    // A proposal awaiting a signature has no object any more: its row is closed, and kept.
    if let Some(proposee) = decision::active(tx, d.id)?.filter(|p| p.etat == EtatDecision::Proposee)
    {
        decision::renvoyer(tx, proposee.id)?;
    }
    for nature in [NatureEcheance::Pieces, NatureEcheance::DecisionImplicite] {
        echeance::annuler(tx, acte, d.id, nature, "Demande retirée")?;
    }
    tracer(
        tx,
        &acte.acteur,
        objet(&d),
        Fait::DemandeRetiree { etat_avant: d.etat },
    )?;
    let c = demande::complete(tx, &CpamScope::Kine(kine_id), numero)?;
    let lettre = Lettre::new("demande_retiree", format!("Votre demande {numero} est retirée"))
        .a(c.kine.nom_complet())
        .paragraphe(format!(
            "Vous avez retiré votre demande {numero}. Elle ne sera pas étudiée et aucune décision ne sera prise."
        ))
        .paragraphe("Vous pouvez déposer une nouvelle demande à tout moment.")
        .action("Voir mon espace", "/espace")
        .contact(c.service.lignes());
    courriel::deposer(
        tx,
        acte,
        &format!("demande_retiree:{}", d.id),
        &c.courriel,
        &lettre,
    )?;
    prevenir_agent(
        tx,
        acte,
        &d,
        "demande_retiree_agent",
        &format!("Demande {numero} : retirée par le demandeur"),
        "Le demandeur a retiré sa demande. Elle est close, sans décision.",
    )
}
