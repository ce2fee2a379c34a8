//! A practitioner tells of a move inside the zone (REG-13: free, consumes nothing), of another address, of an absence, or
//! asks for data to be corrected; the CPAM takes note.

use chrono::NaiveDate;
use courriers::Courrier;
use regles::changement::NatureChangement;
use regles::evenement::Fait;
use regles::identifiants::Insee;
use regles::texte;

use super::depart::declaration::lieu;
use super::{Acte, ActionError, ActionResult, Objet, courriel, tracer};
use crate::db::changement::{self, NouveauChangement};
use crate::db::{CpamScope, DbError, WriteTx, compte, kine, rappel};

/// What is told.
#[derive(Debug, Clone)]
pub struct Annonce {
    /// Who.
    pub kine_id: i64,
    /// What changes.
    pub nature: NatureChangement,
    /// Commune of practice, or left.
    pub insee_avant: Insee,
    /// Address left.
    pub adresse_avant: Option<String>,
    /// Commune taken.
    pub insee: Option<Insee>,
    /// Address taken.
    pub adresse: Option<String>,
    /// First day.
    pub du: Option<NaiveDate>,
    /// Last day of an absence.
    pub au: Option<NaiveDate>,
    /// The practitioner's words.
    pub expose: Option<String>,
    /// Key of the form.
    pub cle: String,
}

/// Tells the CPAM. The same form sent twice tells once.
///
/// # Errors
/// A field is wrong; a move that leaves the zone is a departure (REG-3).
pub fn annoncer(tx: &mut WriteTx<'_>, acte: &Acte, a: &Annonce) -> ActionResult<()> {
    // The same form at the same instant waits here, then finds what was told.
    if let Some(qui) = acte.acteur.id {
        compte::tenir(tx, qui)?;
    }
    if changement::deja(tx, a.kine_id, &a.cle)? {
        return Ok(());
    }
    let moi = kine::par_id(tx, a.kine_id)?.ok_or(DbError::Introuvable)?;
    let ici = lieu(tx, acte, &a.insee_avant)?;
    let requis = |valeur: &Option<String>, champ: &'static str, phrase: &str| match valeur {
        Some(_) => Ok(()),
        None => Err(ActionError::champ(champ, phrase)),
    };
    match a.nature {
        NatureChangement::Demenagement => {
            let vers = a.insee.as_ref().ok_or_else(|| {
                ActionError::champ(
                    "commune_nouvelle",
                    "Indiquez la commune où vous vous installez.",
                )
            })?;
            let la = lieu(tx, acte, vers).map_err(|e| match e {
                ActionError::Champ { message, .. } => {
                    ActionError::champ("commune_nouvelle", message)
                }
                autre => autre,
            })?;
            if la.zone.bassin != ici.zone.bassin {
                return Err(ActionError::champ(
                    "commune_nouvelle",
                    format!(
                        "{} est dans la zone {}, et vous exercez dans celle {}. Changer de zone est un départ : déclarez votre cessation ici, puis déposez une demande là-bas.",
                        la.commune.nom,
                        texte::de(&la.zone.bassin_nom),
                        texte::de(&ici.zone.bassin_nom)
                    ),
                ));
            }
            requis(&a.adresse, "adresse", "Indiquez votre nouvelle adresse.")?;
        }
        NatureChangement::Correspondance => {
            requis(&a.adresse, "adresse", "Indiquez votre nouvelle adresse.")?;
        }
        NatureChangement::Absence => {
            let (Some(du), Some(au)) = (a.du, a.au) else {
                return Err(ActionError::champ(
                    if a.du.is_none() { "du" } else { "au" },
                    "Indiquez le premier et le dernier jour de votre absence.",
                ));
            };
            if au < du {
                return Err(ActionError::champ(
                    "au",
                    "Le dernier jour ne peut pas précéder le premier.",
                ));
            }
        }
        NatureChangement::Rectification => requis(
            &a.expose,
            "expose",
            "Indiquez la donnée à corriger, et ce qu’elle doit dire.",
        )?,
    }
    let id = changement::inserer(
        tx,
        &NouveauChangement {
            kine_id: a.kine_id,
            caisse_code: &ici.service.code,
            nature: a.nature,
            insee_avant: Some(a.insee_avant.as_str()),
            adresse_avant: a.adresse_avant.as_deref(),
            insee: a.insee.as_ref().map(Insee::as_str),
            adresse: a.adresse.as_deref(),
            bassin_code: Some(&ici.zone.bassin),
            du: a.du,
            au: a.au,
            expose: a.expose.as_deref(),
            cle_idempotence: &a.cle,
            declare_le: acte.le(),
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        Objet {
            caisse_code: Some(&ici.service.code),
            ..Objet::default()
        },
        Fait::ChangementAnnonce {
            changement: id,
            nature: a.nature,
            kine: Some(a.kine_id),
        },
    )?;
    let lettre = courriers::changement::ChangementAnnonceAgent {
        kine: &moi.nom_complet(),
        rpps: &moi.rpps,
        nature: a.nature.libelle(),
    }
    .lettre();
    for (rang, adresse) in rappel::equipe(tx, &ici.service.code, acte.jour())?
        .iter()
        .enumerate()
    {
        courriel::deposer(
            tx,
            acte,
            &format!("changement:{id}:{rang}"),
            adresse,
            &lettre,
        )?;
    }
    Ok(())
}

/// The CPAM takes note, with an answer if it has one; the practitioner is told.
///
/// # Errors
/// [`ActionError::Perime`] when somebody did meanwhile; the refusal of the database.
pub fn prendre_acte(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    id: i64,
    reponse: &str,
) -> ActionResult<()> {
    let (CpamScope::Caisse(code), Some(par)) = (scope, acte.acteur.id) else {
        return Err(DbError::Introuvable.into());
    };
    let reponse = Some(reponse.trim()).filter(|r| !r.is_empty());
    let kine_id = changement::traiter(tx, code, id, par, reponse, acte.le())?;
    tracer(
        tx,
        &acte.acteur,
        Objet {
            caisse_code: Some(code),
            ..Objet::default()
        },
        Fait::ChangementPrisEnCompte {
            changement: id,
            kine: Some(kine_id),
        },
    )?;
    let Some(moi) = kine::par_id(tx, kine_id)? else {
        return Ok(());
    };
    let Some(compte) = compte::par_id(tx, moi.compte_id)? else {
        return Ok(());
    };
    let lettre = courriers::changement::ChangementPrisEnCompte {
        kine: &moi.nom_complet(),
    }
    .lettre();
    courriel::deposer(
        tx,
        acte,
        &format!("changement_pris:{id}"),
        &compte.courriel,
        &lettre,
    )
}
