//! The account of an agent, created by who runs the machine.

use regles::droits::{Etendue, Role};
use regles::evenement::Fait;

use crate::actions::dossier::nom_lisible;
use crate::actions::{Acteur, ActionError, ActionResult, Objet, tracer};
use crate::adresse;
use crate::clock;
use crate::db::compte::{self, NouveauCompte};
use crate::db::contrainte::Contrainte;
use crate::db::mandat::{self, NouveauMandat};
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
    /// Region (INSEE code), for a role of a region and for no other.
    pub region: Option<&'a str>,
}

/// Creates the account, its address taken as confirmed.
///
/// # Errors
/// [`ActionError::Champ`]: a practitioner registers herself, the role does not fit the CPAM, the CPAM is unknown;
/// a refusal: the address is taken; or the refusal of the database.
pub fn creer(tx: &mut WriteTx<'_>, acteur: &Acteur, agent: &NouvelAgent<'_>) -> ActionResult<i64> {
    verifier(tx, agent)?;
    nom_lisible("prenom", agent.prenom)?;
    nom_lisible("nom", agent.nom)?;
    if adresse::lire(agent.courriel).is_none() {
        return Err(ActionError::champ(
            "courriel",
            "Cette adresse électronique est incomplète. Par exemple : prenom.nom@exemple.fr.",
        ));
    }
    let id = compte::creer(
        tx,
        &NouveauCompte {
            courriel: agent.courriel,
            courriel_verifie_le: Some(acteur.le),
            mot_de_passe: Some(agent.mot_de_passe),
            prenom: agent.prenom,
            nom: agent.nom,
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
    mandater(tx, acteur, id, agent)?;
    tracer(
        tx,
        acteur,
        objet(agent.caisse_code),
        Fait::CompteAgentCree {
            role: agent.role,
            caisse: agent.caisse_code.map(str::to_owned),
            compte: Some(id),
            personne: format!("{} {}", agent.prenom, agent.nom),
        },
    )?;
    Ok(id)
}

/// Gives the account the mandate of its role, from today on.
pub(super) fn mandater(
    tx: &mut WriteTx<'_>,
    acteur: &Acteur,
    compte_id: i64,
    agent: &NouvelAgent<'_>,
) -> ActionResult<()> {
    let du = clock::jour_a_paris(acteur.le);
    let mandat = NouveauMandat::de(agent.role, compte_id, agent.caisse_code, du, acteur.le)
        .ok_or_else(en_ligne)?;
    mandat::creer(
        tx,
        &NouveauMandat {
            region: agent.region,
            qualite: agent.qualite,
            ..mandat
        },
    )?;
    Ok(())
}

/// Gives a further mandate to an account that exists; the password and the names of `agent` are not read.
///
/// # Errors
/// As [`creer`]; a refusal: no account has this address.
pub fn ajouter_mandat(
    tx: &mut WriteTx<'_>,
    acteur: &Acteur,
    agent: &NouvelAgent<'_>,
) -> ActionResult<()> {
    verifier(tx, agent)?;
    let compte = trouver(tx, agent.courriel)?;
    mandater(tx, acteur, compte.id, agent)?;
    tracer(
        tx,
        acteur,
        objet(agent.caisse_code),
        Fait::CompteMandatDonne {
            role: agent.role,
            caisse: agent.caisse_code.map(str::to_owned),
            region: agent.region.map(str::to_owned),
            compte: Some(compte.id),
            personne: compte.nom_complet(),
        },
    )?;
    Ok(())
}

/// Ends a mandate: today is its last day.
///
/// # Errors
/// A refusal: no account has this address, or it holds no such mandate; or the refusal of the database.
pub fn terminer_mandat(
    tx: &mut WriteTx<'_>,
    acteur: &Acteur,
    courriel: &str,
    role: Role,
    caisse_code: Option<&str>,
) -> ActionResult<()> {
    let compte = trouver(tx, courriel)?;
    let jour = clock::jour_a_paris(acteur.le);
    let tenu = mandat::en_vigueur(tx, compte.id, jour)?
        .into_iter()
        .find(|m| m.role == role && m.caisse_code.as_deref() == caisse_code)
        .ok_or_else(|| {
            ActionError::refus(format!(
                "{} n’a pas ce mandat, ou il est déjà terminé.",
                compte.nom_complet()
            ))
        })?;
    mandat::terminer(tx, tenu.id, jour)?;
    tracer(
        tx,
        acteur,
        objet(caisse_code),
        Fait::CompteMandatTermine {
            role,
            caisse: caisse_code.map(str::to_owned),
            compte: Some(compte.id),
            personne: compte.nom_complet(),
        },
    )?;
    Ok(())
}

fn trouver(conn: &mut AnyConn, courriel: &str) -> ActionResult<compte::Compte> {
    compte::par_courriel(conn, courriel)?
        .ok_or_else(|| ActionError::refus(format!("Aucun compte n’a l’adresse {courriel}.")))
}

pub(super) fn objet(caisse_code: Option<&str>) -> Objet<'_> {
    Objet {
        caisse_code,
        ..Objet::default()
    }
}

fn en_ligne() -> ActionError {
    ActionError::champ(
        "role",
        "Un masseur-kinésithérapeute crée son propre compte, en ligne.",
    )
}

pub(super) fn verifier(conn: &mut AnyConn, agent: &NouvelAgent<'_>) -> ActionResult<()> {
    if agent.role == Role::Kine {
        return Err(en_ligne());
    }
    if agent.role.de_caisse() != agent.caisse_code.is_some() {
        return Err(ActionError::champ(
            "caisse",
            "Un rôle de caisse se crée avec le code de la caisse, les autres sans.",
        ));
    }
    if (agent.role.etendue() == Some(Etendue::Region)) != agent.region.is_some() {
        return Err(ActionError::champ(
            "region",
            "Le rôle ARS se crée avec le code de sa région, les autres sans.",
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
