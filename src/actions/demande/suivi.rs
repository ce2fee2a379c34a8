//! What the applicant does once the request is filed: add documents, withdraw, announce the installation.

use chrono::NaiveDate;
use courriers::decision::PiecesVenues;
use courriers::{Courrier, Lettre};
use regles::demande::{EtatDemande, Evenement, transition};
use regles::echeance::NatureEcheance;
use regles::effet::toutes_venues;
use regles::evenement::Fait;
use regles::piece::{EtatPiece, NaturePiece};
use regles::preference::Sujet;

use super::super::dossier::entete;
use super::super::piece::{self, Envoi, PieceRecue};
use super::super::{
    Acte, ActionError, ActionResult, Objet, courriel, echeance, motif, nouveaute, tracer,
};
use crate::db::decision;
use crate::db::demande::{self, ChangementDemande, Demande};

use crate::db::piece::{Piece, PieceDemandee};
use crate::db::{CpamScope, WriteTx};

pub(super) fn objet(d: &Demande) -> Objet<'_> {
    Objet::dossier(&d.caisse_code, d.id)
}

/// PRO-3: today, when the last useful document that a grant waited for has come.
fn pieces_venues(
    acte: &Acte,
    d: &Demande,
    deja: &[Piece],
    remplacees: &[i64],
    recues: &[PieceRecue],
) -> ActionResult<Option<NaiveDate>> {
    let attendues = d.pieces_attendues()?;
    let comptent = deja.iter().filter(|p| {
        p.etat != EtatPiece::Refusee && p.remplacee_par.is_none() && !remplacees.contains(&p.id)
    });
    let la: Vec<NaturePiece> = comptent
        .map(|p| p.nature)
        .chain(recues.iter().map(|p| p.nature))
        .collect();
    Ok((!attendues.is_empty() && toutes_venues(&attendues, &la)).then(|| acte.jour()))
}

/// PRO-3: a grant takes effect, unless its condition is still awaited; the person is told, once it is notified.
fn prendre_effet(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    numero: &str,
    le: NaiveDate,
) -> ActionResult<()> {
    let dossier = demande::complete(tx, &CpamScope::National, numero)?;
    let d = &dossier.demande;
    let effet = d.effet(decision::active(tx, d.id)?.and_then(|decision| decision.effet));
    let fait = Fait::PiecesVenues { le, effet };
    tracer(tx, &acte.acteur, objet(d), fait)?;
    let (Some(effet), Some(_)) = (effet, d.notifiee_le) else {
        return Ok(());
    };
    let lettre = PiecesVenues {
        dossier: entete(&dossier),
        effet,
    }
    .lettre();
    let cle = format!("pieces_venues:{}", d.id);
    courriel::au_demandeur(tx, acte, &cle, &dossier, &lettre)
}

/// What adding documents changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Completude {
    /// How many documents asked for are still missing.
    pub restantes: usize,
    /// PRO-3: whether the last one just arrived.
    pub reprise: bool,
}

/// Adds documents to a request, sent by the applicant or received by the caisse on paper. When everything that was asked for has arrived, the delay of implicit
/// decision runs again and the file goes back to the agent (PRO-3).
///
/// # Errors
/// The request is closed, no document was sent, or a document answers nothing that was asked.
pub fn completer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    envois: &[Envoi],
) -> ActionResult<Completude> {
    let d = demande::lire(tx, scope, numero)?;
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
    let mut envois = envois.to_vec();
    if let Some(code) = &d.derogation_motif {
        let invoque = motif::par_code(tx, code)?;
        for envoi in &mut envois {
            piece::reconnaitre(std::slice::from_mut(&mut envoi.piece), invoque.as_ref());
        }
    }
    let attendues: Vec<PieceDemandee> = crate::db::piece::demandees(tx, d.id)?
        .into_iter()
        .filter(|p| p.recue_le.is_none())
        .collect();
    let deja = crate::db::piece::de(tx, scope, d.id)?;
    let decidee = decision::prise_le(tx, d.id)?;
    let (recues, remplacees) =
        piece::recevoir(tx, acte, d.id, &envois, &attendues, (&deja, decidee))?;
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
        Some(transition(d.etat, Evenement::RecevoirPieces)?)
    } else {
        None
    };
    let venues = pieces_venues(acte, &d, &deja, &remplacees, &recues)?;
    demande::modifier(
        tx,
        d.id,
        d.version,
        &ChangementDemande {
            etat,
            pieces_venues_le: venues,
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
    if let Some(le) = venues {
        prendre_effet(tx, acte, numero, le)?;
    }
    confirmer(tx, acte, scope, &d, &recues, restantes)?;
    if reprise {
        let lettre = courriers::demande::PiecesRecuesAgent { numero }.lettre();
        prevenir_agent(tx, acte, &d, &lettre)?;
    } else if !remplacees.is_empty() {
        let lettre = courriers::demande::PieceRemplaceeAgent { numero }.lettre();
        prevenir_agent(tx, acte, &d, &lettre)?;
    }
    Ok(Completude { restantes, reprise })
}

fn confirmer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    d: &Demande,
    recues: &[PieceRecue],
    restantes: usize,
) -> ActionResult<()> {
    let c = demande::complete(tx, scope, &d.numero)?;
    let pieces: Vec<(&str, &str)> = recues
        .iter()
        .map(|r| (r.nature.libelle(), r.nom_dit()))
        .collect();
    let lettre = courriers::demande::PiecesRecues {
        kine: &c.kine.nom_complet(),
        numero: &d.numero,
        contact: &c.service.lignes(),
        incomplete: d.etat == EtatDemande::Incomplete,
        restantes,
        recues: &pieces,
    }
    .lettre();
    courriel::au_demandeur(
        tx,
        acte,
        &format!("pieces_recues:{}:{}", d.id, d.version),
        &c,
        &lettre,
    )
}

/// Writes to the agent in charge, if there is one, as she chose: once per version of the request.
pub(in crate::actions) fn prevenir_agent(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    d: &Demande,
    lettre: &Lettre,
) -> ActionResult<()> {
    let Some(agent) = d.assigne_a else {
        return Ok(());
    };
    let cle = format!("{}:{}:{}", lettre.modele.code(), d.id, d.version);
    nouveaute::prevenir(
        tx,
        acte,
        (&d.caisse_code, agent, Sujet::Envois),
        &cle,
        lettre,
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
    let etat = transition(d.etat, Evenement::Retirer)?;
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
    if let Some(proposee) = decision::active(tx, d.id)? {
        let passage =
            regles::decision::transition(proposee.etat, regles::decision::Evenement::Renvoyer)?;
        decision::renvoyer(tx, proposee.id, passage)?;
    }
    echeance::annuler_sans_objet(tx, acte, d.id, etat.vers(), "Demande retirée")?;
    tracer(
        tx,
        &acte.acteur,
        objet(&d),
        Fait::DemandeRetiree { etat_avant: d.etat },
    )?;
    let c = demande::complete(tx, &CpamScope::Kine(kine_id), numero)?;
    let lettre = courriers::demande::DemandeRetiree {
        kine: &c.kine.nom_complet(),
        numero,
        contact: &c.service.lignes(),
    }
    .lettre();
    courriel::au_demandeur(tx, acte, &format!("demande_retiree:{}", d.id), &c, &lettre)?;
    prevenir_agent(
        tx,
        acte,
        &d,
        &courriers::demande::DemandeRetireeAgent { numero }.lettre(),
    )
}
