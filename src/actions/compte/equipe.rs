//! The accounts of agents, opened and closed by the responsable for her caisse, by the national administrator for all.

use chrono::TimeDelta;
use courriers::Courrier;
use courriers::compte::CompteInvitation;
use regles::droits::Role;
use regles::evenement::Fait;

use super::agent::{NouvelAgent, ajouter_mandat, mandater, objet, verifier};
use super::creer_lien;
use crate::actions::dossier::nom_lisible;
use crate::actions::{Acte, ActionError, ActionResult, courriel, suivi, tracer};
use crate::clock;
use crate::db::compte::{self, Compte, NouveauCompte};
use crate::db::equipe::{self, Membre};
use crate::db::jeton::Usage;
use crate::db::mandat::{self, NouveauMandat};
use crate::db::{AnyConn, CpamScope, DbError, WriteTx, caisse, dossier, session};

/// The link of an invitation works for this many days.
const VALIDITE_JOURS: i64 = 7;

/// A mandate as it is asked for.
#[derive(Debug, Clone)]
pub struct Demande<'a> {
    /// Role.
    pub role: Role,
    /// CPAM, for a role of a CPAM; a responsable gives those of hers only.
    pub caisse: Option<&'a str>,
    /// Region (INSEE code), for a role of a region.
    pub region: Option<&'a str>,
    /// Capacity printed under a signature.
    pub qualite: Option<&'a str>,
}

/// The mandate that somebody of this scope may give: of her caisse, or any.
///
/// # Errors
/// [`ActionError::Champ`] on `role`: not one of a caisse; a refusal for whoever manages no account.
fn permise<'a>(scope: &'a CpamScope, d: &Demande<'a>) -> ActionResult<Demande<'a>> {
    match scope {
        CpamScope::National => Ok(d.clone()),
        CpamScope::Caisse(_) if !d.role.de_caisse() => Err(ActionError::champ(
            "role",
            "Vous ouvrez les comptes de votre caisse : choisissez un rôle de caisse.",
        )),
        CpamScope::Caisse(code) => Ok(Demande {
            caisse: Some(code),
            region: None,
            ..d.clone()
        }),
        _ => Err(ActionError::refus(
            "Les comptes se gèrent à la caisse ou à l’équipe nationale.",
        )),
    }
}

/// The account of a mandate, for who may manage it.
///
/// # Errors
/// [`DbError::Introuvable`]: of another caisse, ended, or closed.
pub fn membre(
    conn: &mut AnyConn,
    scope: &CpamScope,
    mandat_id: i64,
    jour: chrono::NaiveDate,
) -> ActionResult<Membre> {
    let membre = equipe::de_mandat(conn, mandat_id, jour)?.filter(|m| match scope {
        CpamScope::National => true,
        CpamScope::Caisse(code) => m.caisse_code.as_deref() == Some(code),
        _ => false,
    });
    Ok(membre.ok_or(DbError::Introuvable)?)
}

/// Nobody changes her own account here: nobody could undo it.
fn pas_soi(acte: &Acte, membre: &Membre) -> ActionResult<()> {
    if acte.acteur.id == Some(membre.compte_id) {
        return Err(ActionError::refus(
            "C’est votre propre compte : demandez à une autre personne qui gère les comptes, ou à l’équipe nationale.",
        ));
    }
    Ok(())
}

/// Opens the account of an agent and mails the link that chooses its password; an account that exists gets the mandate, one
/// that was closed opens again. Returns what was done, in one sentence.
///
/// # Errors
/// [`ActionError::Champ`]; the refusal of the database.
pub fn inviter(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    (prenom, nom, adresse): (&str, &str, &str),
    demande: &Demande<'_>,
) -> ActionResult<String> {
    let d = permise(scope, demande)?;
    let nouveau = NouvelAgent {
        courriel: adresse,
        mot_de_passe: "",
        prenom,
        nom,
        role: d.role,
        qualite: d.qualite,
        caisse_code: d.caisse,
        region: d.region,
    };
    verifier(tx, &nouveau)?;
    nom_lisible("prenom", prenom)?;
    nom_lisible("nom", nom)?;
    let jour = acte.jour();
    let existant = compte::par_courriel(tx, adresse)?;
    if let Some(c) = existant.as_ref().filter(|c| c.actif) {
        let deja = mandat::en_vigueur(tx, c.id, jour)?.iter().any(|m| {
            m.role == d.role
                && m.caisse_code.as_deref() == d.caisse
                && m.region.as_deref() == d.region
        });
        if !deja {
            ajouter_mandat(tx, &acte.acteur, &nouveau)?;
        } else if c.mot_de_passe.is_some() {
            return Err(ActionError::champ(
                "courriel",
                "Cette adresse a déjà un compte avec ce rôle.",
            ));
        }
        if c.mot_de_passe.is_none() {
            envoyer(tx, acte, c, &d)?;
            return Ok("Un nouveau lien d’invitation est parti.".to_owned());
        }
        return Ok("Cette adresse avait déjà un compte : le rôle s’y ajoute.".to_owned());
    }
    let id = match existant {
        Some(ferme) => {
            compte::rouvrir(tx, ferme.id)?;
            ferme.id
        }
        None => compte::creer(
            tx,
            &NouveauCompte {
                courriel: adresse,
                courriel_verifie_le: None,
                mot_de_passe: None,
                prenom,
                nom,
                actif: true,
                echecs: 0,
                cree_le: acte.le(),
            },
        )?,
    };
    mandater(tx, &acte.acteur, id, &nouveau)?;
    let invite = compte::par_id(tx, id)?.ok_or(DbError::Introuvable)?;
    tracer(
        tx,
        &acte.acteur,
        objet(d.caisse),
        Fait::CompteAgentInvite {
            role: d.role,
            caisse: d.caisse.map(str::to_owned),
            compte: Some(id),
            personne: invite.nom_complet(),
        },
    )?;
    envoyer(tx, acte, &invite, &d)?;
    Ok(format!(
        "L’invitation est partie à {adresse} : le lien sert {VALIDITE_JOURS} jours."
    ))
}

fn envoyer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    invite: &Compte,
    d: &Demande<'_>,
) -> ActionResult<()> {
    let validite = TimeDelta::days(VALIDITE_JOURS);
    let token = creer_lien(tx, acte, invite.id, Usage::Invitation, validite, None)?;
    let caisse = match d.caisse {
        Some(code) => Some(caisse::lire(tx, code)?.nom),
        None => None,
    };
    let lettre = CompteInvitation {
        nom: &invite.nom_complet(),
        par: &acte.acteur.nom,
        role: d.role.libelle(),
        caisse: caisse.as_deref(),
        limite: acte.le() + validite,
        jeton: &token,
    }
    .lettre();
    let cle = format!(
        "compte_invitation:{}:{}",
        invite.id,
        acte.le().and_utc().timestamp_micros()
    );
    courriel::deposer(tx, acte, &cle, &invite.courriel, &lettre)
}

/// Puts another mandate in the place of one, from now on: what was done under the old one stays written.
///
/// # Errors
/// [`ActionError::Champ`]; a refusal: one's own account; the refusal of the database.
pub fn changer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    mandat_id: i64,
    demande: &Demande<'_>,
) -> ActionResult<()> {
    let jour = acte.jour();
    let m = membre(tx, scope, mandat_id, jour)?;
    pas_soi(acte, &m)?;
    let d = permise(scope, demande)?;
    verifier(
        tx,
        &NouvelAgent {
            courriel: &m.courriel,
            mot_de_passe: "",
            prenom: &m.prenom,
            nom: &m.nom,
            role: d.role,
            qualite: d.qualite,
            caisse_code: d.caisse,
            region: d.region,
        },
    )?;
    let nouveau = NouveauMandat::de(d.role, m.compte_id, d.caisse, jour, acte.le())
        .ok_or_else(|| ActionError::champ("role", "Choisissez un rôle d’agent."))?;
    mandat::remplacer(
        tx,
        mandat_id,
        &NouveauMandat {
            region: d.region,
            qualite: d.qualite,
            ..nouveau
        },
    )?;
    // Under the old mandate nothing goes on: she logs in again.
    session::fermer_toutes(tx, m.compte_id, None)?;
    let personne = m.nom_complet();
    tracer(
        tx,
        &acte.acteur,
        objet(m.caisse_code.as_deref()),
        Fait::CompteMandatTermine {
            role: m.role,
            caisse: m.caisse_code.clone(),
            compte: Some(m.compte_id),
            personne: personne.clone(),
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet(d.caisse),
        Fait::CompteMandatDonne {
            role: d.role,
            caisse: d.caisse.map(str::to_owned),
            region: d.region.map(str::to_owned),
            compte: Some(m.compte_id),
            personne,
        },
    )?;
    Ok(())
}

/// Closes an account: its sessions end, its mandates too, its open files go to `repreneur` or to nobody, and no mail goes to
/// it any more. A responsable ends what concerns her caisse; who also works elsewhere, or is a practitioner, keeps the rest.
/// Returns how many files were handed over.
///
/// # Errors
/// [`ActionError::Champ`] on `agent`: nobody who instructs there; a refusal: one's own account; the refusal of the database.
pub fn fermer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    mandat_id: i64,
    repreneur: Option<i64>,
) -> ActionResult<usize> {
    let jour = clock::jour_a_paris(acte.le());
    let m = membre(tx, scope, mandat_id, jour)?;
    pas_soi(acte, &m)?;
    let borne = match scope {
        CpamScope::Caisse(code) => Some(code.as_str()),
        _ => None,
    };
    let tous = equipe::de_compte(tx, m.compte_id, jour)?;
    let ailleurs = tous
        .iter()
        .any(|t| borne.is_some() && t.caisse_code.as_deref() != borne);
    let reste = ailleurs || mandat::est_kine(tx, m.compte_id)?;
    let numeros = equipe::suivis(tx, m.compte_id, borne)?;
    let agent = match (repreneur, m.caisse_code.as_deref()) {
        (Some(id), _) if id == m.compte_id => {
            return Err(ActionError::champ(
                "agent",
                "Choisissez une autre personne, ou personne.",
            ));
        }
        (Some(id), Some(code)) => Some((suivi::agent(tx, acte, code, id)?.0, code)),
        _ => None,
    };
    let mut repris = 0;
    for numero in &numeros {
        let lu = dossier::charger(tx, &CpamScope::National, numero)?;
        let pour = agent
            .as_ref()
            .filter(|(_, code)| lu.caisse_code == *code)
            .map(|(agent, _)| agent);
        suivi::confier(tx, acte, &lu, pour)?;
        repris += usize::from(pour.is_some());
    }
    let fermees = session::fermer_toutes(tx, m.compte_id, None)?;
    mandat::terminer_tous(tx, m.compte_id, borne, jour)?;
    if !reste {
        compte::fermer(tx, m.compte_id)?;
    }
    tracer(
        tx,
        &acte.acteur,
        objet(m.caisse_code.as_deref()),
        Fait::CompteFerme {
            sessions_fermees: fermees,
            dossiers: numeros.len(),
            compte: Some(m.compte_id),
            personne: m.nom_complet(),
            repreneur: agent.as_ref().map(|(a, _)| a.nom_complet()),
        },
    )?;
    if let Some((agent, _)) = agent.filter(|_| repris > 0) {
        let nombre = i64::try_from(repris).unwrap_or(i64::MAX);
        let lettre = suivi::lettre_de_lot(acte, &agent, nombre);
        let cle = format!(
            "compte_ferme:{}:{}",
            m.compte_id,
            acte.le().and_utc().timestamp()
        );
        courriel::deposer(tx, acte, &cle, &agent.courriel, &lettre)?;
    }
    Ok(numeros.len())
}
