//! What a new value would change among open files, were they evaluated on its date of effect. Reads, page after
//! page, and keeps counts and a bounded list: memory does not grow with the files. Every line can be exported.

mod echeances;
mod examen;

pub use echeances::gardees;
pub use examen::{Curseur, Examen};

use std::collections::BTreeMap;

use regles::parametre::Parametre;
use regles::reglement::Reglement;

use crate::actions::ActionResult;
use crate::db::Db;

/// Files listed at most; all are counted, and exported.
pub const LISTE: usize = 200;

/// What an open file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// A request not decided yet.
    Demande,
    /// A place that nobody has taken.
    Place,
    /// A departure not confirmed yet.
    Depart,
    /// A running deadline, for its reminders (ECH-5).
    Echeance,
}

/// A file whose result would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changement {
    /// Code of the CPAM.
    pub caisse_code: String,
    /// What it is.
    pub nature: Nature,
    /// Number of the request, or identifier of the departure.
    pub reference: String,
    /// What a deadline is about; nothing for the others.
    pub objet: &'static str,
    /// Whether the reference is that of a departure.
    pub de_depart: bool,
    /// Whom it is about.
    pub personne: String,
    /// The result under the present values.
    pub avant: String,
    /// The result under the new one.
    pub apres: String,
}

/// How many files of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Comptes {
    /// Requests.
    pub demandes: i64,
    /// Places.
    pub places: i64,
    /// Departures.
    pub departs: i64,
    /// Running deadlines.
    pub echeances: i64,
}

impl Comptes {
    /// All kinds together.
    pub fn total(self) -> i64 {
        self.demandes + self.places + self.departs + self.echeances
    }

    fn compter(&mut self, nature: Nature) {
        match nature {
            Nature::Demande => self.demandes += 1,
            Nature::Place => self.places += 1,
            Nature::Depart => self.departs += 1,
            Nature::Echeance => self.echeances += 1,
        }
    }
}

/// What a new value would change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Apercu {
    /// Files evaluated.
    pub examines: Comptes,
    /// Files that would change.
    pub changes: Comptes,
    /// The same by CPAM: code, name, counts.
    pub par_caisse: BTreeMap<String, (String, Comptes)>,
    /// The first of them, at most [`LISTE`], of one CPAM where one was asked for.
    pub liste: Vec<Changement>,
}

/// Evaluates every open file on the date of effect, under `actuel` and under the same with `nouveau`.
/// `caisse`: the CPAM whose files are listed; all are counted.
///
/// # Errors
/// The value does not fit, the database does not answer.
pub fn apercu(
    db: &Db,
    actuel: &Reglement,
    nouveau: &Parametre,
    caisse: Option<&str>,
) -> ActionResult<Apercu> {
    let examen = Examen::ouvrir(db, actuel, nouveau)?;
    let mut apercu = Apercu::default();
    let mut curseur = Curseur::default();
    while let Some((lot, suite)) = examen.lot(curseur)? {
        curseur = suite;
        for examine in lot {
            apercu.examines.compter(examine.nature);
            if examine.change() {
                apercu.retenir(examine, &examen, caisse);
            }
        }
    }
    Ok(apercu)
}

impl Changement {
    /// Whether the two results differ.
    pub fn change(&self) -> bool {
        self.avant != self.apres
    }
}

impl Apercu {
    fn retenir(&mut self, change: Changement, examen: &Examen, caisse: Option<&str>) {
        self.changes.compter(change.nature);
        let (_, comptes) = self
            .par_caisse
            .entry(change.caisse_code.clone())
            .or_insert_with(|| {
                (
                    examen.nom_de_caisse(&change.caisse_code),
                    Comptes::default(),
                )
            });
        comptes.compter(change.nature);
        let listee = caisse.is_none_or(|c| c == change.caisse_code);
        if listee && self.liste.len() < LISTE {
            self.liste.push(change);
        }
    }
}
