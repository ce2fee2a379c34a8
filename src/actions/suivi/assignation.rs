//! Who handles a file: taking the next one, giving one to a colleague, giving it back.

use courriers::{Courrier, Lettre};
use regles::droits::INSTRUCTION;
use regles::evenement::Fait;

use super::super::dossier::objet;
use super::super::{Acte, ActionError, ActionResult, courriel, instruction, tracer};
use super::caisse;
use crate::db::demande::{self, ChangementDemande, DemandeComplete};
use crate::db::file_comptes::{self, Agent, Pour};
use crate::db::{AnyConn, CpamScope, WriteTx, absence, demande_etat};
use crate::secret;

/// What became of a file that was given to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assignee {
    /// Somebody handles it from now on: account, name, and for whom she stands in.
    A(i64, String, Option<String>),
    /// She already did.
    Deja,
    /// Nobody does any more.
    Personne,
}

/// Takes the most urgent file that nobody handles; its number, or none when there is none.
pub fn prendre_le_prochain(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    caisse: &str,
) -> ActionResult<Option<String>> {
    let scope = CpamScope::Caisse(caisse.to_owned());
    // Somebody else may take the file between the reading and the lock: then the next one is looked for.
    for _ in 0..5 {
        let Some(numero) = file_comptes::plus_urgente(tx, caisse, Pour::Instruire, acte.jour())?
        else {
            return Ok(None);
        };
        match instruction::prendre(tx, acte, &scope, &numero, None) {
            Ok(()) => return Ok(Some(numero)),
            Err(ActionError::Refus(_) | ActionError::Perime) => {}
            Err(autre) => return Err(autre),
        }
    }
    Ok(None)
}

/// The agent of a CPAM who may handle a file, and her substitute if she is away today.
///
/// # Errors
/// A wrong field when it is nobody who instructs in this CPAM.
pub(in crate::actions) fn agent(
    conn: &mut AnyConn,
    acte: &Acte,
    caisse: &str,
    id: i64,
) -> ActionResult<(Agent, Option<String>)> {
    let agents = file_comptes::agents(conn, caisse, acte.jour())?;
    let trouver = |id: i64| {
        agents
            .iter()
            .find(|a| a.id == id && INSTRUCTION.permet(Some(a.role)))
            .cloned()
    };
    let choisi = trouver(id).ok_or_else(|| {
        ActionError::champ(
            "agent",
            "Choisissez une personne qui instruit dans votre caisse.",
        )
    })?;
    let jour = acte.jour();
    let absente = absence::a_venir(conn, caisse, jour)?
        .into_iter()
        .find(|a| a.compte_id == id && a.du <= jour);
    match absente.and_then(|a| a.remplacant_id).and_then(trouver) {
        Some(remplacant) => {
            let nom = choisi.nom_complet();
            Ok((remplacant, Some(nom)))
        }
        None => Ok((choisi, None)),
    }
}

/// Gives a file to somebody, or to her substitute if she is away; she is told by mail unless she does it herself.
///
/// # Errors
/// [`ActionError::Perime`], a wrong field, a refusal when the file is closed, the refusal of the database.
pub fn assigner(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    a: i64,
) -> ActionResult<Assignee> {
    let caisse = caisse(scope)?.to_owned();
    let dossier = super::super::dossier::ouvrir(tx, scope, numero, version)?;
    let (agent, remplacee) = agent(tx, acte, &caisse, a)?;
    if !confier(tx, acte, &dossier, Some(&agent))? {
        return Ok(Assignee::Deja);
    }
    if acte.acteur.id != Some(agent.id) {
        let lettre = courriers::suivi::DossierConfie {
            agent: &agent.nom_complet(),
            par: &acte.acteur.nom,
            numero,
        }
        .lettre();
        let cle = format!("dossier_confie:{}:{}", dossier.demande.id, secret::jeton());
        courriel::deposer(tx, acte, &cle, &agent.courriel, &lettre)?;
    }
    Ok(Assignee::A(agent.id, agent.nom_complet(), remplacee))
}

/// Gives a file back: nobody handles it any more.
///
/// # Errors
/// [`ActionError::Perime`], a refusal when the file is closed, the refusal of the database.
pub fn liberer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
) -> ActionResult<Assignee> {
    caisse(scope)?;
    let dossier = super::super::dossier::ouvrir(tx, scope, numero, version)?;
    confier(tx, acte, &dossier, None)?;
    Ok(Assignee::Personne)
}

/// Writes who handles a file; whether it changed.
pub(in crate::actions) fn confier(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier: &DemandeComplete,
    agent: Option<&Agent>,
) -> ActionResult<bool> {
    let d = &dossier.demande;
    let nouveau = agent.map(|a| a.id);
    if d.assigne_a == nouveau {
        return Ok(false);
    }
    if !d.etat.en_cours() {
        return Err(ActionError::refus(
            "Cette demande est close : elle n’a plus à être confiée à quelqu’un.",
        ));
    }
    demande::modifier(
        tx,
        d.id,
        d.version,
        &ChangementDemande {
            assigne_a: Some(nouveau),
            ..ChangementDemande::default()
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet(dossier),
        Fait::Assignation {
            avant: d.assigne_a,
            apres: nouveau,
            personne: agent.map(Agent::nom_complet),
        },
    )?;
    Ok(true)
}

/// Reads a file of a lot, locked.
pub(in crate::actions) fn demande_de_lot(
    tx: &mut WriteTx<'_>,
    scope: &CpamScope,
    numero: &str,
) -> ActionResult<DemandeComplete> {
    Ok(demande_etat::charger(tx, scope, numero)?)
}

/// What an agent is told when many files are given to her at once.
pub(in crate::actions) fn lettre_de_lot(acte: &Acte, agent: &Agent, nombre: i64) -> Lettre {
    courriers::suivi::DossiersConfies {
        agent: &agent.nom_complet(),
        par: &acte.acteur.nom,
        nombre,
    }
    .lettre()
}
