//! EXP-2: the same facts under the same parameters give the same result, years later. Every stored decision is
//! evaluated again under the parameters kept with it; what differs is handed over as soon as it is found.

use std::fmt;

use super::evaluation::{FaitsEvaluation, appliquer};
use super::{ActionResult, parametre};
use crate::db::decision::{self, Decision};
use crate::db::{Db, reglement};
use crate::domain::regle::{Etape, Explication};
use crate::domain::reglement::Reglement;

/// Decisions read at once.
const LOT: i64 = 200;
/// Sets of parameters kept in memory: decisions come in the order in which they were taken.
const REGLEMENTS: usize = 4;

/// Something that does not replay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ecart {
    /// Number of the file.
    pub numero: String,
    /// Identifier of the decision.
    pub decision_id: i64,
    /// The rule of the step that differs; `EXP-2` for the whole.
    pub regle: String,
    /// What is stored.
    pub stocke: String,
    /// What the rules say again.
    pub rejoue: String,
}

impl fmt::Display for Ecart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ecart {
            numero,
            decision_id,
            regle,
            stocke,
            rejoue,
        } = self;
        write!(
            f,
            "écart [{regle}] dossier {numero}, décision {decision_id} : {stocke} → {rejoue}"
        )
    }
}

/// What a replay found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bilan {
    /// Decisions replayed.
    pub rejouees: usize,
    /// Differences.
    pub ecarts: usize,
    /// Decisions that cannot be replayed: their parameters, their facts or their explanation do not read.
    pub impossibles: usize,
}

/// Replays every stored decision, in bounded memory. `avancer` is told of each batch, `dire` of each difference.
///
/// # Errors
/// The database does not answer.
pub fn rejouer(
    db: &Db,
    avancer: &mut dyn FnMut(usize),
    dire: &mut dyn FnMut(&Ecart),
) -> ActionResult<Bilan> {
    let mut bilan = Bilan::default();
    let mut connus = Connus::default();
    let mut apres = 0;
    loop {
        let lot = db.read(|conn| decision::apres(conn, apres, LOT))?;
        let Some((derniere, _)) = lot.last() else {
            return Ok(bilan);
        };
        apres = derniere.id;
        for (decision, numero) in &lot {
            let ecarts = match connus.de(db, &decision.parametres)? {
                Ok(reglement) => comparer(reglement, decision),
                Err(raison) => Err((decision.parametres.clone(), raison)),
            };
            let mut noter = |regle: String, stocke: String, rejoue: String| {
                dire(&Ecart {
                    numero: numero.clone(),
                    decision_id: decision.id,
                    regle,
                    stocke,
                    rejoue,
                });
            };
            match ecarts {
                Ok(ecarts) => {
                    bilan.rejouees += 1;
                    bilan.ecarts += ecarts.len();
                    for (regle, stocke, rejoue) in ecarts {
                        noter(regle, stocke, rejoue);
                    }
                }
                Err((stocke, raison)) => {
                    bilan.impossibles += 1;
                    noter("EXP-2".to_owned(), stocke, format!("impossible, {raison}"));
                }
            }
        }
        avancer(lot.len());
    }
}

/// The sets of parameters read last.
#[derive(Default)]
struct Connus(Vec<(String, Result<Reglement, String>)>);

impl Connus {
    fn de(&mut self, db: &Db, version: &str) -> ActionResult<Result<&Reglement, String>> {
        if !self.0.iter().any(|(v, _)| v == version) {
            let lu = lire(db, version)?;
            if self.0.len() == REGLEMENTS {
                self.0.drain(..1);
            }
            self.0.push((version.to_owned(), lu));
        }
        Ok(match self.0.iter().find(|(v, _)| v == version) {
            Some((_, Ok(reglement))) => Ok(reglement),
            Some((_, Err(raison))) => Err(raison.clone()),
            None => Err("paramètres non lus".to_owned()),
        })
    }
}

/// The parameters of a version: kept whole, or those of today when they are the same.
fn lire(db: &Db, version: &str) -> ActionResult<Result<Reglement, String>> {
    let Some(contenu) = db.read(|conn| reglement::lire(conn, version))? else {
        let actuel = db.read(parametre::frais)?;
        return Ok(if actuel.version() == version {
            Ok(actuel)
        } else {
            Err("cette version des paramètres n’est plus connue".to_owned())
        });
    };
    Ok(match serde_json::from_str::<Reglement>(&contenu) {
        Ok(lu) if lu.version() == version => Ok(lu),
        Ok(_) => Err("les paramètres conservés ne sont plus ceux de cette version".to_owned()),
        Err(erreur) => Err(format!(
            "les paramètres conservés ne se lisent pas ({erreur})"
        )),
    })
}

type Difference = (String, String, String);

/// What differs between a stored decision and its replay; an error names what does not read.
fn comparer(
    reglement: &Reglement,
    decision: &Decision,
) -> Result<Vec<Difference>, (String, String)> {
    let faits: FaitsEvaluation = serde_json::from_str(&decision.faits)
        .map_err(|e| ("faits".to_owned(), format!("ils ne se lisent pas ({e})")))?;
    let stockee: Explication = serde_json::from_str(&decision.explication).map_err(|e| {
        (
            "explication".to_owned(),
            format!("elle ne se lit pas ({e})"),
        )
    })?;
    let application = appliquer(reglement, &faits)
        .map_err(|e| ("faits".to_owned(), format!("les règles répondent : {e}")))?;
    let mut ecarts = Vec::new();
    let resultat = application.conclusion.resultat.as_str();
    if decision.resultat != resultat {
        ecarts.push((
            "EXP-2".to_owned(),
            format!("résultat {}", decision.resultat),
            resultat.to_owned(),
        ));
    }
    let rejouee = application.explication();
    let (avant, apres) = (stockee.etapes(), rejouee.etapes());
    for rang in 0..avant.len().max(apres.len()) {
        match (avant.get(rang), apres.get(rang)) {
            (Some(stockee), Some(rejouee)) if meme(stockee, rejouee) => {}
            (stockee, rejouee) => ecarts.push((
                stockee
                    .or(rejouee)
                    .map_or_else(String::new, |e| e.regle.to_string()),
                stockee.map_or_else(|| "aucune condition".to_owned(), dire_etape),
                rejouee.map_or_else(|| "aucune condition".to_owned(), dire_etape),
            )),
        }
    }
    Ok(ecarts)
}

/// Whether two steps say the same: where a fact comes from is told by the file, not by the rules.
fn meme(a: &Etape, b: &Etape) -> bool {
    let sans_origine = |e: &Etape| Etape {
        origine: None,
        ..e.clone()
    };
    sans_origine(a) == sans_origine(b)
}

fn dire_etape(e: &Etape) -> String {
    format!(
        "{} [{}] « {} », {} = {}, attendu {} ({}, depuis {})",
        e.regle,
        e.constat.libelle(),
        e.libelle,
        e.fait,
        e.valeur,
        e.attendu,
        e.source,
        e.en_vigueur_depuis
    )
}
