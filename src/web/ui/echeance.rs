//! A deadline on screen: the date, the days left, how far along, and how it was computed (ECH-3).

use askama::Template;
use chrono::{Duration, NaiveDate};
use regles::texte;

use super::{Etat, Pastille, RegleVue, composant};
use crate::web::filters;

/// One step of the computation: «Cessation», «29 février 2024», and its rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EtapeVue {
    /// The words shown.
    pub libelle: String,
    /// The value.
    pub valeur: String,
    /// The rule of the step.
    pub source: Option<RegleVue>,
}

impl EtapeVue {
    /// A new one, with what it cannot do without.
    pub fn new(libelle: impl Into<String>, valeur: impl Into<String>) -> Self {
        Self {
            libelle: libelle.into(),
            valeur: valeur.into(),
            source: None,
        }
    }

    /// Adds the rule of the step.
    pub fn source(mut self, source: RegleVue) -> Self {
        self.source = Some(source);
        self
    }
}

/// A deadline: `{{ echeance }}` draws a block, `{{ echeance.mention() }}` is the phrase for a table cell.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "ui/echeance.html")]
pub struct EcheanceVue {
    /// «Désignation du successeur».
    pub libelle: String,
    /// The last day that is still in time.
    pub fin: NaiveDate,
    /// From today to the end: negative once passed; 0 is still in time.
    pub jours_restants: i64,
    /// Days elapsed and total, for the bar; none when there is nothing to show.
    pub avancement: Option<(i64, i64)>,
    /// Met: the deadline no longer runs.
    pub satisfaite: bool,
    /// How the date was computed, step by step.
    pub calcul: Vec<EtapeVue>,
    /// How it is computed is shown from the start.
    pub ouverte: bool,
}

/// From this many days left, a deadline is «to do» rather than quiet.
const PROCHE: i64 = 30;

impl EcheanceVue {
    /// A deadline that runs from `depart` to `fin`, seen on `aujourd_hui`.
    pub fn new(
        libelle: impl Into<String>,
        depart: NaiveDate,
        fin: NaiveDate,
        aujourd_hui: NaiveDate,
    ) -> Self {
        let total = (fin - depart).num_days();
        let ecoule = (aujourd_hui - depart).num_days();
        Self {
            libelle: libelle.into(),
            fin,
            jours_restants: (fin - aujourd_hui).num_days(),
            avancement: (total > 0).then(|| (ecoule.clamp(0, total), total)),
            satisfaite: false,
            calcul: Vec::new(),
            ouverte: false,
        }
    }

    /// Shows how it is computed from the start.
    pub fn ouverte(mut self) -> Self {
        self.ouverte = true;
        self
    }

    /// What was awaited has happened.
    pub fn satisfaite(mut self) -> Self {
        self.satisfaite = true;
        self
    }

    /// Adds a step of the computation.
    pub fn etape(mut self, etape: EtapeVue) -> Self {
        self.calcul.push(etape);
        self
    }

    /// How the date was computed, step by step.
    pub fn calcul(mut self, etapes: Vec<EtapeVue>) -> Self {
        self.calcul = etapes;
        self
    }

    /// «dans 9 jours», «aujourd’hui», «dépassée depuis 3 jours», «respectée».
    pub fn reste(&self) -> String {
        match (self.satisfaite, self.jours_restants) {
            (true, _) => "respectée".to_owned(),
            (false, ..0) => format!("dépassée {}", texte::dans(self.jours_restants)),
            (false, jours) => texte::dans(jours),
        }
    }

    /// «12 mars 2026, dans 9 jours».
    pub fn mention(&self) -> String {
        format!("{}, {}", texte::date_fr(self.fin), self.reste())
    }

    /// The state that gives the colour and the icon.
    pub fn etat(&self) -> Etat {
        match (self.satisfaite, self.jours_restants) {
            (true, _) => Etat::Fait,
            (false, ..0) => Etat::Retard,
            (false, 0..=PROCHE) => Etat::AFaire,
            (false, _) => Etat::EnCours,
        }
    }

    fn pastille(&self) -> Pastille {
        Pastille::new(self.etat(), self.reste())
    }

    fn depart(&self) -> NaiveDate {
        match self.avancement {
            Some((_, total)) => self.fin - Duration::days(total),
            None => self.fin,
        }
    }
}

composant!(EcheanceVue);
