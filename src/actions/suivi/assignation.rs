//! Who handles a file: taking the next one, giving one to a colleague, giving it back.

use courriers::{Courrier, Lettre};
use regles::dossier::NatureDossier;
use regles::droits::INSTRUCTION;
use regles::evenement::Fait;
use regles::preference::Sujet;

use super::super::dossier::objet_du_tronc;
use super::super::{Acte, ActionError, ActionResult, nouveaute, tracer};
use super::caisse;
use crate::db::dossier::{self, ChangementDossier, Dossier};
use crate::db::evenement::{self, Evenement};
use crate::db::file_comptes::{self, Agent, Pour};
use crate::db::{AnyConn, CpamScope, WriteTx, absence, compte};
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

/// Takes a case in charge. `remplace`: the person in charge as the page showed it; when somebody else
/// took it meanwhile, nothing changes and the sentence says who. Taking twice is taking once.
///
/// # Errors
/// A refusal in words, the refusal of the database.
pub fn prendre(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    remplace: Option<i64>,
) -> ActionResult<()> {
    let lu = dossier::charger(tx, scope, numero)?;
    if lu.assigne_a == acte.acteur.id {
        return Ok(());
    }
    if lu.assigne_a != remplace {
        let nom = lu.suivi_par.map_or_else(
            || "personne".to_owned(),
            |(prenom, nom)| format!("{prenom} {nom}"),
        );
        return Err(ActionError::refus(format!(
            "Ce dossier vient d’être pris en charge par {nom}. Rien n’a changé : rechargez-le avant de le reprendre."
        )));
    }
    if !lu.ouvert {
        return Err(ActionError::refus(
            "Ce dossier est clos : il n’a plus à être pris en charge.",
        ));
    }
    suivre(tx, &lu, acte.acteur.id)?;
    let (avant, apres) = (lu.assigne_a, acte.acteur.id);
    let fait = match lu.nature {
        NatureDossier::Demande => Fait::DemandePrise { avant, apres },
        NatureDossier::Depart | NatureDossier::Appel | NatureDossier::Recours => {
            Fait::Assignation {
                avant,
                apres,
                personne: Some(acte.acteur.nom.clone()),
            }
        }
    };
    Ok(tracer(tx, &acte.acteur, objet_du_tronc(&lu), fait)?)
}

/// The file that somebody goes on with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prochain {
    /// Nobody handled it: it is taken.
    Pris(String),
    /// Hers already, or that of somebody for whom she stands in.
    Sien(String),
}

/// The most urgent file that waits for the caisse, among this person's own and those that nobody handles, which is then
/// taken; none when there is none.
pub fn prendre_le_prochain(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    caisse: &str,
) -> ActionResult<Option<Prochain>> {
    let moi = acte
        .acteur
        .id
        .ok_or_else(|| ActionError::Regle("a file taken by nobody".to_owned()))?;
    let remplaces = absence::remplaces(tx, caisse, moi, acte.jour())?;
    let siens: Vec<i64> = std::iter::once(moi)
        .chain(remplaces.into_iter().map(|(id, _)| id))
        .collect();
    let scope = CpamScope::Caisse(caisse.to_owned());
    // Somebody else may take the file between the reading and the lock: then the next one is looked for.
    for _ in 0..5 {
        let pour = Pour::Instruire(&siens);
        let Some((numero, suivi_par)) = file_comptes::plus_urgente(tx, caisse, pour, acte.jour())?
        else {
            return Ok(None);
        };
        if suivi_par.is_some() {
            return Ok(Some(Prochain::Sien(numero)));
        }
        match prendre(tx, acte, &scope, &numero, None) {
            Ok(()) => return Ok(Some(Prochain::Pris(numero))),
            Err(ActionError::Refus(_) | ActionError::Perime) => {}
            Err(autre) => return Err(autre),
        }
    }
    Ok(None)
}

/// Gives a file that was just taken back to who handled it, or to nobody: the act undone is the last thing that happened to it.
///
/// # Errors
/// [`ActionError::Perime`], a refusal once something else happened, the refusal of the database.
pub fn rendre(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
) -> ActionResult<()> {
    caisse(scope)?;
    let lu = ouvrir(tx, scope, numero, version)?;
    let dernier = evenement::derniers(tx, lu.id, 1)?.pop();
    let avant = dernier
        .filter(|e| e.acteur.id == acte.acteur.id && lu.assigne_a == acte.acteur.id)
        .and_then(|e| prise(&e))
        .ok_or_else(|| {
            ActionError::refus(
                "Autre chose s’est passé depuis que vous suivez ce dossier : confiez-le à quelqu’un, ou à personne.",
            )
        })?;
    suivre(tx, &lu, avant)?;
    let personne = match avant {
        Some(id) => compte::par_id(tx, id)?.map(|c| c.nom_complet()),
        None => None,
    };
    let (avant, apres) = (lu.assigne_a, avant);
    let fait = Fait::Assignation {
        avant,
        apres,
        personne,
    };
    Ok(tracer(tx, &acte.acteur, objet_du_tronc(&lu), fait)?)
}

/// Who handled a case before, if the event is that somebody took it for herself.
pub fn prise(e: &Evenement) -> Option<Option<i64>> {
    match e.fait {
        Fait::DemandePrise { avant, apres } | Fait::Assignation { avant, apres, .. }
            if apres.is_some() && apres == e.acteur.id =>
        {
            Some(avant)
        }
        _ => None,
    }
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
    match absence::remplacant(conn, caisse, id, jour)?.and_then(trouver) {
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
    let lu = ouvrir(tx, scope, numero, version)?;
    let (agent, remplacee) = agent(tx, acte, &caisse, a)?;
    if !confier(tx, acte, &lu, Some(&agent))? {
        return Ok(Assignee::Deja);
    }
    if acte.acteur.id != Some(agent.id) {
        let lettre = courriers::suivi::DossierConfie {
            agent: &agent.nom_complet(),
            par: &acte.acteur.nom,
            numero,
        }
        .lettre();
        let cle = format!("dossier_confie:{}:{}", lu.id, secret::jeton());
        nouveaute::prevenir(tx, acte, (&caisse, agent.id, Sujet::Confies), &cle, &lettre)?;
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
    let lu = ouvrir(tx, scope, numero, version)?;
    confier(tx, acte, &lu, None)?;
    Ok(Assignee::Personne)
}

/// Reads a case of the scope, locked, in the version that the agent saw.
fn ouvrir(
    tx: &mut WriteTx<'_>,
    scope: &CpamScope,
    numero: &str,
    version: i32,
) -> ActionResult<Dossier> {
    let lu = dossier::charger(tx, scope, numero)?;
    if lu.version == version {
        Ok(lu)
    } else {
        Err(ActionError::Perime)
    }
}

fn suivre(tx: &mut WriteTx<'_>, lu: &Dossier, agent: Option<i64>) -> ActionResult<()> {
    let changement = ChangementDossier {
        assigne_a: Some(agent),
        ..ChangementDossier::default()
    };
    Ok(dossier::modifier(tx, lu.id, lu.version, &changement)?)
}

/// Writes who handles a case; whether it changed.
pub(in crate::actions) fn confier(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    lu: &Dossier,
    agent: Option<&Agent>,
) -> ActionResult<bool> {
    let nouveau = agent.map(|a| a.id);
    if lu.assigne_a == nouveau {
        return Ok(false);
    }
    if !lu.ouvert {
        return Err(ActionError::refus(
            "Ce dossier est clos : il n’a plus à être confié à quelqu’un.",
        ));
    }
    suivre(tx, lu, nouveau)?;
    tracer(
        tx,
        &acte.acteur,
        objet_du_tronc(lu),
        Fait::Assignation {
            avant: lu.assigne_a,
            apres: nouveau,
            personne: agent.map(Agent::nom_complet),
        },
    )?;
    Ok(true)
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
