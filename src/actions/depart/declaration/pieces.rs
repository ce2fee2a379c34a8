//! PRO-3: the leaver sends the documents of her departure, or one in the place of another.

use courriers::Courrier;
use regles::evenement::Fait;
use regles::preference::Sujet;

use super::objet;
use crate::actions::depart::{avancer, pieces_ouvertes};
use crate::actions::piece::{self, Envoi};
use crate::actions::{Acte, ActionError, ActionResult, cedant, nouveaute, tracer};
use crate::db::depart::{self, Depart, DepartComplet};
use crate::db::dossier;
use crate::db::piece::Piece;
use crate::db::{CpamScope, WriteTx, place};

/// Adds documents to a departure, and returns how many came; none when the form was sent twice. Who refused what gives way
/// is told that another one is there.
///
/// # Errors
/// The departure was answered, no document was sent, one was refused or is not replaced any more.
pub fn envoyer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    kine_id: i64,
    id: i64,
    envois: &[Envoi],
) -> ActionResult<usize> {
    dossier::verrouiller(tx, id)?;
    let depart = depart::complete(tx, &CpamScope::Kine(kine_id), id)?;
    let c = &depart.depart;
    if !pieces_ouvertes(c, place::de_depart(tx, id)?.as_ref()) {
        return Err(ActionError::refus(
            "Votre départ a reçu sa réponse : il ne reçoit plus de pièces. Rien n’a été enregistré.",
        ));
    }
    if envois.is_empty() {
        return Err(ActionError::champ(
            "pieces",
            "Choisissez au moins un fichier à envoyer.",
        ));
    }
    let deja = crate::db::piece::de(tx, &CpamScope::Kine(kine_id), id)?;
    let (recues, remplacees) = piece::recevoir(tx, acte, id, envois, &[], (&deja, c.traitee_le))?;
    if recues.is_empty() {
        return Ok(0);
    }
    avancer(tx, c)?;
    tracer(
        tx,
        &acte.acteur,
        objet(&c.caisse_code, id),
        Fait::PieceRecue {
            pieces: piece::deposees(&recues),
            repond_a: Vec::new(),
            restantes: 0,
            remplacees: remplacees.clone(),
            noms: piece::noms(&recues),
        },
    )?;
    let envoyees: Vec<(&str, &str)> = recues
        .iter()
        .map(|r| (r.nature.libelle(), r.nom_dit()))
        .collect();
    let lettre = courriers::depart::PiecesRecues {
        kine: &depart.kine.nom_complet(),
        contact: &depart.service.lignes(),
        commune: &depart.commune,
        id,
        recues: &envoyees,
    }
    .lettre();
    cedant::ecrire(
        tx,
        acte,
        &format!("pieces_recues_depart:{id}:{}", c.version),
        &depart,
        lettre,
    )?;
    prevenir_l_agent(tx, acte, &depart, &deja, &remplacees)?;
    Ok(recues.len())
}

/// A departure is assigned to nobody: who examined what gave way is who waits for the new one.
fn prevenir_l_agent(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    depart: &DepartComplet,
    deja: &[Piece],
    remplacees: &[i64],
) -> ActionResult<()> {
    let Depart {
        id,
        version,
        caisse_code,
        ..
    } = &depart.depart;
    let examinee_par = deja
        .iter()
        .filter(|p| remplacees.contains(&p.id))
        .find_map(|p| p.examinee_par);
    let Some(agent) = examinee_par else {
        return Ok(());
    };
    let lettre = courriers::depart::PieceRemplaceeAgent {
        id: *id,
        kine: &depart.kine.nom_complet(),
    }
    .lettre();
    let cle = format!("piece_remplacee_depart:{id}:{version}");
    nouveaute::prevenir(tx, acte, (caisse_code, agent, Sujet::Envois), &cle, &lettre)
}
