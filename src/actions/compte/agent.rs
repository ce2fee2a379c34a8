//! The account of an agent, created by who runs the machine.

use regles::droits::Role;
use regles::evenement::Fait;

use crate::actions::{Acteur, ActionError, ActionResult, Objet, tracer};
use crate::db::compte::{self, NouveauCompte};
use crate::db::contrainte::Contrainte;
use crate::db::{AnyConn, DbError, WriteTx, caisse};

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
    pub caisse_code: Option<&'a str>,
}

/// Creates the account, its address taken as confirmed.
///
/// # Errors
/// [`ActionError::Champ`]: a practitioner registers herself, the role does not fit the CPAM, the CPAM is unknown;
/// a refusal: the address is taken; or the refusal of the database.
pub fn creer(tx: &mut WriteTx<'_>, acteur: &Acteur, agent: &NouvelAgent<'_>) -> ActionResult<i64> {
    verifier(tx, agent)?;
    let id = compte::creer(
        tx,
        &NouveauCompte {
            courriel: agent.courriel,
            courriel_verifie_le: Some(acteur.le),
            mot_de_passe: Some(agent.mot_de_passe),
            prenom: agent.prenom,
            nom: agent.nom,
            role: agent.role,
            qualite: agent.qualite,
            caisse_code: agent.caisse_code,
            actif: true,
            echecs: 0,
            cree_le: acteur.le,
        },
    )
    .map_err(|erreur| match erreur {
        DbError::Contrainte(Contrainte::CourrielCompte) => ActionError::refus(format!(
            "Un compte existe déjà pour l’adresse {}.",
            agent.courriel
        )),
        autre => autre.into(),
    })?;
    tracer(
        tx,
        acteur,
        Objet {
            caisse_code: agent.caisse_code,
            ..Objet::default()
        },
        Fait::CompteAgentCree {
            role: agent.role,
            caisse: agent.caisse_code.map(str::to_owned),
            compte: Some(id),
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
    if agent.role.de_caisse() != agent.caisse_code.is_some() {
        return Err(ActionError::champ(
            "caisse",
            "Un rôle de caisse se crée avec le code de la caisse, les autres sans.",
        ));
    }
    let Some(code) = agent.caisse_code else {
        return Ok(());
    };
    match caisse::lire(conn, code) {
        Ok(_) => Ok(()),
        Err(DbError::Introuvable) => Err(ActionError::champ(
            "caisse",
            format!("Aucune caisse ne porte le code {code} : importez d’abord les organismes."),
        )),
        Err(autre) => Err(autre.into()),
    }
}
