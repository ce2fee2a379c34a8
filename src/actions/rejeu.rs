//! EXP-2: the same facts under the same parameters give the same result, years later. Every stored explanation is
//! computed again (decisions and places under the parameters kept with them, deadlines, calls and their rankings);
//! what differs is handed over as soon as it is found.

mod comparaison;
mod parametres;
mod sujets;

use std::fmt;

use super::{ActionResult, appel::Instruction};
use crate::db::{AnyConn, CpamScope, Db, DbResult, appel, decision, echeance, place};
use comparaison::Issue;
use parametres::Connus;

/// Rows read at once.
const LOT: i64 = 200;

/// Something that does not replay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ecart {
    /// What was replayed: «dossier 2026-000012, décision 3», «place 12»…
    pub objet: String,
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
            objet,
            regle,
            stocke,
            rejoue,
        } = self;
        write!(f, "écart [{regle}] {objet} : {stocke} → {rejoue}")
    }
}

/// What a replay found in one kind of explanation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Compte {
    /// Replayed.
    pub rejouees: usize,
    /// Differences.
    pub ecarts: usize,
    /// What cannot be replayed: its parameters, its facts or its explanation are not kept, or do not read.
    pub impossibles: usize,
}

/// What a replay found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bilan {
    /// Decisions on requests.
    pub decisions: Compte,
    /// Places, as last evaluated (REG-3, REG-4).
    pub places: Compte,
    /// Deadlines, running and past (ECH-3).
    pub echeances: Compte,
    /// Calls for candidates and the rankings they were attributed on (REG-12).
    pub appels: Compte,
}

impl Bilan {
    /// The four counts, in the order of their fields.
    pub fn comptes(&self) -> [Compte; 4] {
        [self.decisions, self.places, self.echeances, self.appels]
    }

    /// Whether something differs or cannot be replayed.
    pub fn graves(&self) -> usize {
        self.comptes()
            .iter()
            .map(|c| c.ecarts + c.impossibles)
            .sum()
    }
}

/// How many explanations are stored: for the progress of a command, never for a page.
pub fn nombre(conn: &mut AnyConn) -> DbResult<i64> {
    Ok(decision::nombre(conn)?
        + place::nombre(conn)?
        + echeance::nombre(conn)?
        + appel::nombre(conn)?)
}

/// Replays every stored explanation, in bounded memory. `avancer` is told of each batch, `dire` of each difference.
pub fn rejouer(
    db: &Db,
    avancer: &mut dyn FnMut(usize),
    dire: &mut dyn FnMut(&Ecart),
) -> ActionResult<Bilan> {
    let mut connus = Connus::default();
    let mut passage = Passage { db, avancer, dire };
    Ok(Bilan {
        decisions: passage.parcourir(
            decision::apres,
            |(d, _)| d.id,
            |(d, numero)| {
                let issue = match connus.de(db, &d.parametres)? {
                    Ok(reglement) => sujets::decision(reglement, d),
                    Err(raison) => Err((d.parametres.clone(), raison)),
                };
                Ok((format!("dossier {numero}, décision {}", d.id), issue))
            },
        )?,
        places: passage.parcourir(
            place::apres,
            |p| p.id,
            |p| {
                let issue = match connus.de(db, &p.parametres)? {
                    Ok(reglement) => sujets::place(reglement, p),
                    Err(raison) => Err((p.parametres.clone(), raison)),
                };
                Ok((format!("place {} du départ {}", p.id, p.depart_id), issue))
            },
        )?,
        echeances: passage.parcourir(
            echeance::apres,
            |(e, _)| e.id,
            |(e, territoire)| {
                let objet = format!("échéance {} « {} »", e.id, e.nature.libelle());
                Ok((objet, sujets::echeance(e, territoire)))
            },
        )?,
        appels: passage.parcourir(
            appel::apres,
            |(a, _)| a.id,
            |(a, territoire)| {
                let lue = match a.classement {
                    Some(_) => {
                        Some(db.read(|conn| Instruction::lire(conn, &CpamScope::National, a.id))?)
                    }
                    None => None,
                };
                let classement = lue.map(|i| i.classement());
                Ok((
                    format!("appel {} de la place {}", a.id, a.place_id),
                    sujets::appel(a, territoire, classement.as_ref()),
                ))
            },
        )?,
    })
}

struct Passage<'a> {
    db: &'a Db,
    avancer: &'a mut dyn FnMut(usize),
    dire: &'a mut dyn FnMut(&Ecart),
}

impl Passage<'_> {
    fn parcourir<T>(
        &mut self,
        lire: impl Fn(&mut AnyConn, i64, i64) -> DbResult<Vec<T>>,
        id: impl Fn(&T) -> i64,
        mut rejouer: impl FnMut(&T) -> ActionResult<(String, Issue)>,
    ) -> ActionResult<Compte> {
        let mut compte = Compte::default();
        let mut apres = 0;
        loop {
            let lot = self.db.read(|conn| lire(conn, apres, LOT))?;
            let Some(dernier) = lot.last() else {
                return Ok(compte);
            };
            apres = id(dernier);
            for lu in &lot {
                let (objet, issue) = rejouer(lu)?;
                let mut noter = |regle: String, stocke: String, rejoue: String| {
                    (self.dire)(&Ecart {
                        objet: objet.clone(),
                        regle,
                        stocke,
                        rejoue,
                    });
                };
                match issue {
                    Ok(ecarts) => {
                        compte.rejouees += 1;
                        compte.ecarts += ecarts.len();
                        for (regle, stocke, rejoue) in ecarts {
                            noter(regle, stocke, rejoue);
                        }
                    }
                    Err((stocke, raison)) => {
                        compte.impossibles += 1;
                        noter("EXP-2".to_owned(), stocke, format!("impossible, {raison}"));
                    }
                }
            }
            (self.avancer)(lot.len());
        }
    }
}
