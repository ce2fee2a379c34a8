//! Absences of agents: new files go to the substitute, who sees those of the absent person as hers.

use chrono::NaiveDate;
use regles::droits::Role;
use regles::evenement::Fait;

use super::super::{Acte, ActionError, ActionResult, Objet, tracer};
use super::caisse;
use crate::db::absence::{self, NouvelleAbsence};
use crate::db::file_comptes;
use crate::db::{CpamScope, DbError, WriteTx, compte};

/// An absence as it is said.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// Who is away.
    pub agent: i64,
    /// Who stands in, if anybody.
    pub remplacant: Option<i64>,
    /// First day.
    pub du: NaiveDate,
    /// Last day.
    pub au: NaiveDate,
}

/// Records an absence: one's own, or, for who leads the agents, anybody's of the CPAM.
///
/// # Errors
/// A wrong field, a refusal, the refusal of the database.
pub fn declarer_absence(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    role: Role,
    d: &Declaration,
) -> ActionResult<()> {
    let caisse = caisse(scope)?.to_owned();
    let auteur = acte
        .acteur
        .id
        .ok_or_else(|| ActionError::Regle("an absence without an author".to_owned()))?;
    if d.agent != auteur && role != Role::Responsable {
        return Err(ActionError::refus(
            "Vous déclarez vos propres absences ; celles des autres, c’est votre responsable.",
        ));
    }
    if d.au < d.du {
        return Err(ActionError::champ(
            "au",
            "Le dernier jour vient après le premier.",
        ));
    }
    if d.au < acte.jour() {
        return Err(ActionError::champ("au", "Cette absence est déjà passée."));
    }
    // Two declarations at the same instant wait for each other here, in one order.
    let mut tenus: Vec<i64> = d.remplacant.into_iter().chain([d.agent]).collect();
    tenus.sort_unstable();
    for compte_id in tenus {
        compte::tenir(tx, compte_id)?;
    }
    let agents = file_comptes::agents(tx, &caisse, acte.jour())?;
    let nom = |id: i64| agents.iter().find(|a| a.id == id).map(|a| a.nom_complet());
    let absent = nom(d.agent)
        .ok_or_else(|| ActionError::champ("agent", "Choisissez une personne de votre caisse."))?;
    let remplacant = match d.remplacant {
        None => None,
        Some(id) if id == d.agent => {
            return Err(ActionError::champ(
                "remplacant",
                "Choisissez quelqu’un d’autre que la personne absente.",
            ));
        }
        Some(id) => {
            let nom = nom(id).ok_or_else(|| {
                ActionError::champ("remplacant", "Choisissez une personne de votre caisse.")
            })?;
            couvrir(tx, acte, &caisse, (d, id))?;
            Some(nom)
        }
    };
    let connues = absence::a_venir(tx, &caisse, d.du.min(acte.jour()))?;
    let nouvelle = regles::absence::Absence {
        absent: d.agent,
        remplacant: d.remplacant,
        du: d.du,
        au: d.au,
    };
    regles::geste::declarer_absence(&absence::regles(&connues), nouvelle).map_err(|refus| {
        match refus.code() {
            "absence_deja" => ActionError::champ("du", refus.phrase()),
            _ => ActionError::champ("remplacant", refus.phrase()),
        }
    })?;
    absence::inserer(
        tx,
        &NouvelleAbsence {
            caisse_code: &caisse,
            compte_id: d.agent,
            remplacant_id: d.remplacant,
            du: d.du,
            au: d.au,
            cree_par: auteur,
            cree_le: acte.le(),
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        Objet {
            caisse_code: Some(&caisse),
            ..Objet::default()
        },
        Fait::AbsenceDeclaree {
            du: d.du,
            au: d.au,
            absent,
            remplacant,
        },
    )?;
    Ok(())
}

/// Who stands in has at least the rights of who is away, from the first day to the last. A signature is not handed over: who
/// stands in signs under a mandate of her own.
fn couvrir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    caisse: &str,
    (d, remplacant): (&Declaration, i64),
) -> ActionResult<()> {
    for jour in [d.du.max(acte.jour()), d.au] {
        let agents = file_comptes::mandates(tx, caisse, jour)?;
        let roles = |compte: i64| -> Vec<Role> {
            let siens = agents.iter().filter(|a| a.id == compte);
            siens.map(|a| a.role).collect()
        };
        if !regles::absence::couvre(&roles(remplacant), &roles(d.agent)) {
            return Err(ActionError::champ(
                "remplacant",
                "Choisissez quelqu’un qui a au moins les mêmes droits dans votre caisse, du premier au dernier jour.",
            ));
        }
    }
    Ok(())
}

/// Removes an absence: one's own, or, for who leads the agents, anybody's of the CPAM.
///
/// # Errors
/// [`DbError::Introuvable`], a refusal, the refusal of the database.
pub fn supprimer_absence(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    role: Role,
    id: i64,
) -> ActionResult<()> {
    let caisse = caisse(scope)?.to_owned();
    let trouvee = absence::a_venir(tx, &caisse, acte.jour())?
        .into_iter()
        .find(|a| a.id == id)
        .ok_or(DbError::Introuvable)?;
    if Some(trouvee.compte_id) != acte.acteur.id && role != Role::Responsable {
        return Err(ActionError::refus(
            "Cette absence est celle d’une autre personne : seule elle, ou votre responsable, la supprime.",
        ));
    }
    absence::supprimer(tx, &caisse, id)?;
    tracer(
        tx,
        &acte.acteur,
        Objet {
            caisse_code: Some(&caisse),
            ..Objet::default()
        },
        Fait::AbsenceSupprimee {
            absent: format!("{} {}", trouvee.absent.0, trouvee.absent.1),
        },
    )?;
    Ok(())
}
