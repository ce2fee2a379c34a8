//! REG-12: the call for candidates on a place without successor: opened, applied to, examined, attributed.

mod attribution;
mod candidature;
mod examen;
mod suite;

pub(in crate::actions) use attribution::clore;
pub use attribution::{Attribution, attribuer, sans_suite};
pub use candidature::{Depot, Recue, deposer, retirer};
pub use examen::{ecarter, ranger, retenir};
pub use suite::{constater_defaut, horizon, rappeler, renoncer};

use std::collections::BTreeMap;

use chrono::Datelike;
use courriers::appel::Appel;
use regles::appel::{EtatCandidature, Evenement, transition};
use regles::charte::{Candidat, Classement, classer};
use regles::dossier::NatureDossier;
use regles::evenement::Fait;
use regles::{echeance as calcul, texte};

use super::{Acte, ActionError, ActionResult, Objet, tracer};
use crate::db::appel::{self, AppelComplet, NouvelAppel};
use crate::db::candidature::{self as db_candidature, CandidatureComplete, Valeur};
use crate::db::charte::CharteComplete;
use crate::db::contrainte::Contrainte;
use crate::db::dossier;
use crate::db::{AnyConn, CpamScope, DbError, DbResult, WriteTx, charte, place};

/// Opens the call of a place that is to be attributed: the charter of the day ranks, the last day to apply is
/// computed (ECH). Opening twice opens once.
///
/// # Errors
/// The place is not to be attributed, the CPAM applies no charter, the refusal of the database.
pub fn ouvrir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    place_id: i64,
) -> ActionResult<i64> {
    place::verrouiller(tx, place_id)?;
    let lue = place::lire(tx, scope, place_id)?;
    if let Some(deja) = appel::en_cours(tx, place_id)? {
        return Ok(deja);
    }
    regles::place::transition(lue.etat, regles::place::Evenement::Appeler)?;
    let jour = acte.jour();
    let version = charte::en_vigueur(tx, &lue.caisse_code, jour)?.ok_or_else(|| {
        ActionError::refus(
            "Votre caisse n’applique pas de charte aujourd’hui : son signataire doit d’abord en fixer une.",
        )
    })?;
    let territoire = crate::db::echeance::territoire(tx, &lue.caisse_code)?;
    let delai = acte.reglement.delai("charte.delai_candidature", jour)?;
    let terme = calcul::calculer(jour, delai, territoire, &[])?;
    let numero = dossier::numero_suivant(tx, &lue.caisse_code, NatureDossier::Appel, jour.year())?;
    let id = appel::inserer(
        tx,
        &NouvelAppel {
            numero: &numero,
            place_id,
            caisse_code: &lue.caisse_code,
            charte_id: version.id,
            ouvert_le: jour,
            cloture: terme.finale,
            explication: &en_json(&terme.explication)?,
            delai: &delai.to_string(),
            ouvert_par: auteur(acte)?,
            le: acte.le(),
        },
    )
    .map_err(|e| match e {
        DbError::Contrainte(Contrainte::AppelEnCours) => ActionError::Perime,
        autre => autre.into(),
    })?;
    tracer(
        tx,
        &acte.acteur,
        Objet {
            caisse_code: Some(&lue.caisse_code),
            dossier_id: Some(place_id),
            lie_id: Some(id),
        },
        Fait::AppelOuvert {
            appel: id,
            charte: version.id,
            cloture: terme.finale,
            delai,
        },
    )?;
    Ok(id)
}

/// A call with its charter, its applications and what is known of them.
#[derive(Debug, Clone)]
pub struct Instruction {
    /// The call.
    pub appel: AppelComplet,
    /// The charter that ranks.
    pub charte: CharteComplete,
    /// Every application, the withdrawn and set aside too.
    pub candidatures: Vec<CandidatureComplete>,
    /// Their values.
    pub valeurs: Vec<Valeur>,
}

impl Instruction {
    /// Reads what a call is made of.
    ///
    /// # Errors
    /// [`DbError::Introuvable`] when it does not exist or is out of scope.
    pub fn lire(conn: &mut AnyConn, scope: &CpamScope, id: i64) -> DbResult<Instruction> {
        let appel = appel::complet(conn, scope, id)?;
        let charte = charte::par_id(conn, appel.appel.charte_id)?;
        let candidatures = db_candidature::d_appel(conn, id)?;
        let ids: Vec<i64> = candidatures.iter().map(|c| c.candidature.id).collect();
        let valeurs = db_candidature::valeurs(conn, &ids)?;
        Ok(Instruction {
            appel,
            charte,
            candidatures,
            valeurs,
        })
    }

    /// The applications that are ranked: in the running, or already answered by the attribution.
    pub fn en_lice(&self) -> impl Iterator<Item = &CandidatureComplete> {
        use EtatCandidature as E;
        self.candidatures
            .iter()
            .filter(|c| matches!(c.candidature.etat, E::Deposee | E::Retenue | E::NonRetenue))
    }

    /// The value of a criterion for an application.
    pub fn valeur(&self, candidature_id: i64, critere_id: i64) -> Option<&Valeur> {
        self.valeurs
            .iter()
            .find(|v| v.candidature_id == candidature_id && v.critere_id == critere_id)
    }

    /// The ranking by the values that the CPAM retained; what it has not checked is unknown.
    pub fn classement(&self) -> Classement {
        let candidats: Vec<Candidat> = self
            .en_lice()
            .map(|c| Candidat {
                id: c.candidature.id,
                valeurs: self.retenues(c.candidature.id),
            })
            .collect();
        classer(&self.charte.charte(), &candidats)
    }

    fn retenues(&self, candidature_id: i64) -> BTreeMap<String, i64> {
        self.charte
            .criteres
            .iter()
            .filter_map(|c| {
                let retenue = self.valeur(candidature_id, c.id)?.retenue?;
                Some((c.critere.code.clone(), retenue))
            })
            .collect()
    }

    fn candidature(&self, id: i64) -> ActionResult<&CandidatureComplete> {
        self.candidatures
            .iter()
            .find(|c| c.candidature.id == id)
            .ok_or_else(|| DbError::Introuvable.into())
    }
}

/// Reads a call whose applications are closed, in the version that the agent saw.
///
/// # Errors
/// Out of scope, [`ActionError::Perime`], a refusal in words while candidates may still apply.
fn examiner(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    id: i64,
    version: i32,
) -> ActionResult<Instruction> {
    let lue = Instruction::lire(tx, scope, id)?;
    let a = &lue.appel.appel;
    if a.version != version {
        return Err(ActionError::Perime);
    }
    transition(a.etat, Evenement::Examiner)?;
    if a.recoit(acte.jour()) {
        return Err(ActionError::refus(format!(
            "Les candidatures sont reçues au plus tard le {} (inclus) : l’examen commence le lendemain.",
            texte::date_longue(a.cloture)
        )));
    }
    Ok(lue)
}

fn auteur(acte: &Acte) -> ActionResult<i64> {
    acte.acteur
        .id
        .ok_or_else(|| ActionError::Regle("a call without an author".to_owned()))
}

fn en_json(valeur: &impl serde::Serialize) -> ActionResult<String> {
    serde_json::to_string(valeur).map_err(|e| ActionError::Regle(e.to_string()))
}

/// What a line of the timeline of the departure is about.
fn objet(appel: &AppelComplet) -> Objet<'_> {
    Objet {
        caisse_code: Some(&appel.appel.caisse_code),
        dossier_id: Some(appel.appel.place_id),
        lie_id: Some(appel.appel.id),
    }
}

/// What a letter to a candidate begins and ends with.
fn entete(appel: &AppelComplet, qui: &CandidatureComplete) -> Appel {
    Appel {
        candidat: qui.nom_complet(),
        id: appel.appel.id,
        commune: appel.commune.clone(),
        bassin: appel.bassin.clone(),
        contact: appel.service.lignes(),
    }
}
