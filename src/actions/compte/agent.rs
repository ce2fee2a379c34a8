//! The account of an agent, created by who runs the machine.

use regles::droits::Role;
use regles::evenement::Fait;

use crate::actions::{Acteur, ActionError, ActionResult, Objet, tracer};
use crate::db::contrainte::Contrainte;
use crate::db::utilisateur::{self, NouvelUtilisateur};
use crate::db::{AnyConn, DbError, WriteTx, organisme};

/// An agent to create; the password is already hashed.
#[derive(Debug)]
pub struct NouvelAgent<'a> {
    /// Address, in lower case.
    pub courriel: &'a str,
    /// PHC string of the password.
    pub mot_de_passe: &'a str,
    /// First name.
    pub prenom: &'a str,
    /// Name.
    pub nom: &'a str,
    /// Role.
    pub role: Role,
    /// Capacity printed under a signature.
    pub qualite: Option<&'a str>,
    /// CPAM, for a role of a CPAM and for no other.
    pub organisme_code: Option<&'a str>,
}

/// Creates the account, its address taken as confirmed.
///
/// # Errors
/// [`ActionError::Champ`]: a practitioner registers herself, the role does not fit the CPAM, the CPAM is unknown;
/// a refusal: the address is taken; or the refusal of the database.
pub fn creer(tx: &mut WriteTx<'_>, acteur: &Acteur, agent: &NouvelAgent<'_>) -> ActionResult<i64> {
    verifier(tx, agent)?;
    let id = utilisateur::creer(
        tx,
        &NouvelUtilisateur {
            courriel: agent.courriel,
            courriel_verifie_le: Some(acteur.le),
            mot_de_passe: Some(agent.mot_de_passe),
            prenom: agent.prenom,
            nom: agent.nom,
            role: agent.role,
            qualite: agent.qualite,
            organisme_code: agent.organisme_code,
            actif: true,
            echecs: 0,
            cree_le: acteur.le,
        },
    )
    .map_err(|erreur| match erreur {
        DbError::Contrainte(Contrainte::CourrielUtilisateur) => ActionError::refus(format!(
            "Un compte existe déjà pour l’adresse {}.",
            agent.courriel
        )),
        autre => autre.into(),
    })?;
    tracer(
        tx,
        acteur,
        Objet {
            organisme_code: agent.organisme_code,
            ..Objet::default()
        },
        Fait::CompteAgentCree {
            role: agent.role,
            organisme: agent.organisme_code.map(str::to_owned),
            utilisateur: Some(id),
            personne: format!("{} {}", agent.prenom, agent.nom),
        },
    )?;
    Ok(id)
}

fn verifier(conn: &mut AnyConn, agent: &NouvelAgent<'_>) -> ActionResult<()> {
    if agent.role == Role::Kine {
        return Err(ActionError::champ(
            "role",
            "Un kinésithérapeute crée son compte lui-même, en ligne.",
        ));
    }
    if agent.role.de_caisse() != agent.organisme_code.is_some() {
        return Err(ActionError::champ(
            "organisme",
            "Un rôle de caisse se crée avec le code de la caisse, les autres sans.",
        ));
    }
    let Some(code) = agent.organisme_code else {
        return Ok(());
    };
    match organisme::lire(conn, code) {
        Ok(_) => Ok(()),
        Err(DbError::Introuvable) => Err(ActionError::champ(
            "organisme",
            format!("Aucune caisse ne porte le code {code} : importez d’abord les organismes."),
        )),
        Err(autre) => Err(autre.into()),
    }
}
