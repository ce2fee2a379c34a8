//! PRO-3: the leaver sends the documents of her departure, or one in the place of another.

use regles::evenement::Fait;
use regles::texte;

use super::objet;
use crate::actions::depart::{avancer, pieces_ouvertes};
use crate::actions::piece::{self, Envoi};
use crate::actions::{Acte, ActionError, ActionResult, courriel, tracer};
use crate::db::depart::{self, Depart, DepartComplet};
use crate::db::dossier;
use crate::db::piece::Piece;
use crate::db::{CpamScope, WriteTx, compte, place};
use crate::mail::lettre::Lettre;

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
    let deja = crate::db::piece::de(tx, id)?;
    let (recues, remplacees) = piece::recevoir(tx, acte, id, envois, &[], &deja)?;
    if recues.is_empty() {
        return Ok(0);
    }
    avancer(tx, c)?;
    let nombre = i64::try_from(recues.len()).unwrap_or(i64::MAX);
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
    let mut lettre = Lettre::new(
        "pieces_recues",
        format!(
            "Vos pièces pour votre départ {} sont reçues",
            texte::de(&depart.commune)
        ),
    )
    .a(depart.kine.nom_complet())
    .paragraphe(format!(
        "Nous avons reçu {} pour votre déclaration de cessation. La caisse l’examine.",
        texte::pluriel(nombre, "pièce", "pièces")
    ));
    for recue in &recues {
        lettre = lettre.point(recue.nature.libelle(), recue.nom.clone());
    }
    let lettre = lettre
        .action("Voir mon départ", format!("/cessations/{id}"))
        .contact(depart.service.lignes());
    courriel::deposer(
        tx,
        acte,
        &format!("pieces_recues_depart:{id}:{}", c.version),
        &depart.courriel,
        &lettre,
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
    let Depart { id, version, .. } = &depart.depart;
    let examinee_par = deja
        .iter()
        .filter(|p| remplacees.contains(&p.id))
        .find_map(|p| p.examinee_par);
    let Some(agent) = examinee_par else {
        return Ok(());
    };
    let Some(agent) = compte::par_id(tx, agent)? else {
        return Ok(());
    };
    let lettre = Lettre::new(
        "piece_remplacee_agent",
        format!("Départ {} : une pièce est remplacée", texte::de(depart.kine.nom_complet())),
    )
    .paragraphe(
        "Le professionnel a envoyé une pièce à la place de celle que vous avez refusée : la nouvelle est à examiner, la première reste au dossier.",
    )
    .action("Examiner les pièces", format!("/departs/{id}/pieces"));
    courriel::deposer(
        tx,
        acte,
        &format!("piece_remplacee_depart:{id}:{version}"),
        &agent.courriel,
        &lettre,
    )
}
