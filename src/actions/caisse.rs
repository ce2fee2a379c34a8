//! The record of a caisse: what its letters, its receipts and its decisions say of it, and what it lacks before it opens.

use chrono::NaiveDate;
use regles::caisse::{DonneeCaisse, EcartCaisse, siret_valide};
use regles::evenement::Fait;
use regles::preparation::{Manque, manques};
use regles::recours;
use regles::reglement::Reglement;
use regles::texte::minuscule_initiale;

use super::{Acte, ActionError, ActionResult, Objet, tracer};
use crate::adresse;
use crate::db::caisse::{self, Caisse};
use crate::db::logo::{self, Logo};
use crate::db::{AnyConn, CpamScope, DbError, WriteTx};

/// Characters at most in a datum: an address of some lines.
pub const LONGUEUR: usize = 500;

/// What somebody writes in the record: each datum, without the spaces around it; nothing where it is left empty.
pub type Fiche = Vec<(DonneeCaisse, Option<String>)>;

/// Reads a caisse within what somebody may see: agents their own, national readers any.
///
/// # Errors
/// [`DbError::Introuvable`] out of scope.
pub fn lire(conn: &mut AnyConn, scope: &CpamScope, code: &str) -> Result<(Caisse, i32), DbError> {
    match scope {
        CpamScope::National => {}
        CpamScope::Caisse(sienne) if sienne == code => {}
        _ => return Err(DbError::Introuvable),
    }
    Ok((caisse::lire(conn, code)?, caisse::version(conn, code)?))
}

/// Writes the record of a caisse; what changed stands in its journal.
///
/// # Errors
/// A wrong field, nothing that changes, [`ActionError::Perime`] when somebody wrote it meanwhile.
pub fn modifier(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    code: &str,
    version: i32,
    fiche: Fiche,
) -> ActionResult<()> {
    let (avant, _) = lire(tx, scope, code)?;
    let mut apres = avant.clone();
    for (donnee, valeur) in fiche {
        let valeur = valeur.map(|v| ranger(donnee, &v)).filter(|v| !v.is_empty());
        if let Some(valeur) = &valeur {
            verifier(donnee, valeur)?;
        }
        *apres.donnee_mut(donnee) = valeur;
    }
    let corrections = ecarts(&avant, &apres);
    if corrections.is_empty() {
        return Err(ActionError::refus(
            "Rien n’a changé : corrigez un champ, ou revenez à la fiche.",
        ));
    }
    caisse::modifier(tx, version, &apres)?;
    tracer(
        tx,
        &acte.acteur,
        Objet {
            caisse_code: Some(code),
            ..Objet::default()
        },
        Fait::CaisseFiche {
            donnees: corrections.iter().map(|e| e.donnee).collect(),
            corrections,
        },
    )?;
    Ok(())
}

/// Puts a logo in the record of a caisse, or takes it off; the journal says so.
///
/// # Errors
/// Out of scope, [`ActionError::Perime`] when somebody wrote the record meanwhile.
pub fn poser_logo(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    (code, version): (&str, i32),
    logo: Option<&Logo>,
) -> ActionResult<()> {
    lire(tx, scope, code)?;
    logo::poser(tx, code, version, logo)?;
    tracer(
        tx,
        &acte.acteur,
        Objet {
            caisse_code: Some(code),
            ..Objet::default()
        },
        Fait::CaisseLogo {
            empreinte: logo.map(|l| l.empreinte.clone()),
        },
    )?;
    Ok(())
}

fn ecarts(avant: &Caisse, apres: &Caisse) -> Vec<EcartCaisse> {
    let dite = |c: &Caisse, d| c.donnee(d).unwrap_or("").to_owned();
    DonneeCaisse::TOUS
        .iter()
        .map(|&donnee| EcartCaisse {
            donnee,
            avant: dite(avant, donnee),
            apres: dite(apres, donnee),
        })
        .filter(|e| e.avant != e.apres)
        .collect()
}

/// A SIRET is kept without the spaces by which it is read; the rest loses those around it.
fn ranger(donnee: DonneeCaisse, valeur: &str) -> String {
    match donnee {
        DonneeCaisse::Siret => valeur.chars().filter(|c| !c.is_whitespace()).collect(),
        _ => valeur.trim().to_owned(),
    }
}

fn verifier(donnee: DonneeCaisse, valeur: &str) -> ActionResult<()> {
    if valeur.chars().count() > LONGUEUR {
        return Err(ActionError::champ(
            donnee.as_str(),
            format!("Ce texte est trop long : {LONGUEUR} caractères au plus."),
        ));
    }
    match donnee {
        DonneeCaisse::Courriel | DonneeCaisse::Dpo if adresse::lire(valeur).is_none() => {
            Err(ActionError::champ(
                donnee.as_str(),
                "Cette adresse électronique n’est pas complète : service@exemple.fr.",
            ))
        }
        DonneeCaisse::Siret if !siret_valide(valeur) => Err(ActionError::champ(
            donnee.as_str(),
            "Ce SIRET n’est pas le bon : quatorze chiffres, que vous trouvez sur l’avis de situation de la caisse.",
        )),
        _ => Ok(()),
    }
}

/// What a caisse lacks before it opens, on a day.
///
/// # Errors
/// No route of appeal is in force; the database.
pub fn manques_de(
    conn: &mut AnyConn,
    reglement: &Reglement,
    caisse: &Caisse,
    jour: NaiveDate,
) -> ActionResult<Vec<Manque>> {
    let voie = recours::voie(reglement, jour)?;
    let moyens = caisse::moyens(conn, &caisse.code, jour)?;
    Ok(manques(voie, |donnee| caisse.donnee(donnee), moyens))
}

/// Every caisse with what it lacks on a day, and whether somebody works for it.
///
/// # Errors
/// As [`manques_de`].
pub fn toutes(
    conn: &mut AnyConn,
    reglement: &Reglement,
    jour: NaiveDate,
) -> ActionResult<Vec<Preparation>> {
    let voie = recours::voie(reglement, jour)?;
    let par_caisse = caisse::moyens_par_caisse(conn, jour)?;
    let caisses = caisse::tous(conn)?.into_iter().map(|caisse| {
        let moyens = par_caisse.get(&caisse.code).copied();
        Preparation {
            manques: manques(voie, |d| caisse.donnee(d), moyens.unwrap_or_default()),
            ouverte: moyens.is_some(),
            caisse,
        }
    });
    Ok(caisses.collect())
}

/// How ready a caisse is.
#[derive(Debug, Clone)]
pub struct Preparation {
    /// Which.
    pub caisse: Caisse,
    /// What it lacks; nothing: it is ready to open.
    pub manques: Vec<Manque>,
    /// Whether somebody works for it: what it lacks is then missing from real letters.
    pub ouverte: bool,
}

impl Preparation {
    /// What it lacks, as a list in a sentence.
    pub fn liste(&self) -> String {
        let libelles = self.manques.iter().map(|m| minuscule_initiale(m.libelle));
        libelles.collect::<Vec<_>>().join(", ")
    }
}
