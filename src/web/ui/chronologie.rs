//! The timeline of a file: newest last, grouped by day, one line each, details on demand.

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use regles::texte;

use super::{Icone, composant};
use crate::web::filters;

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvenementVue {
    /// Instant in UTC.
    pub instant: NaiveDateTime,
    /// «Paul Roux, CPAM», «Mme Martin», «Relève» for what happened by itself.
    pub auteur: String,
    /// «a demandé deux pièces».
    pub resume: String,
    /// The icon beside the words.
    pub icone: Icone,
    /// What changed: (label, value), shown on demand.
    pub details: Vec<(String, String)>,
}

impl EvenementVue {
    /// A new one, with what it cannot do without.
    pub fn new(
        instant: NaiveDateTime,
        auteur: impl Into<String>,
        resume: impl Into<String>,
    ) -> Self {
        Self {
            instant,
            auteur: auteur.into(),
            resume: resume.into(),
            icone: Icone::Cercle,
            details: Vec::new(),
        }
    }

    /// What kind of event it is, at a glance.
    pub fn icone(mut self, icone: Icone) -> Self {
        self.icone = icone;
        self
    }

    /// Adds a detail: a label and its value.
    pub fn detail(mut self, libelle: impl Into<String>, valeur: impl Into<String>) -> Self {
        self.details.push((libelle.into(), valeur.into()));
        self
    }

    /// The details, each label once with its values: a list of descriptions names nothing twice.
    fn faits(&self) -> Vec<(&str, Vec<&str>)> {
        let mut faits: Vec<(&str, Vec<&str>)> = Vec::new();
        for (libelle, valeur) in &self.details {
            match faits.iter_mut().find(|(l, _)| l == libelle) {
                Some((_, valeurs)) => valeurs.push(valeur),
                None => faits.push((libelle, vec![valeur])),
            }
        }
        faits
    }
}

/// The events of one day, in Paris.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JourVue {
    /// The day.
    pub jour: NaiveDate,
    /// The events, in order.
    pub evenements: Vec<EvenementVue>,
}

/// The timeline: `{{ chronologie }}`.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "ui/chronologie.html")]
pub struct ChronologieVue {
    /// The days, in order.
    pub jours: Vec<JourVue>,
}

impl ChronologieVue {
    /// Orders the events and groups them by day; events of the same instant keep the order given.
    pub fn new(mut evenements: Vec<EvenementVue>) -> Self {
        evenements.sort_by_key(|e| e.instant);
        let mut jours: Vec<JourVue> = Vec::new();
        for evenement in evenements {
            let jour = texte::heure_de_paris(evenement.instant).date();
            match jours.last_mut() {
                Some(dernier) if dernier.jour == jour => dernier.evenements.push(evenement),
                _ => jours.push(JourVue {
                    jour,
                    evenements: vec![evenement],
                }),
            }
        }
        Self { jours }
    }
}

composant!(ChronologieVue);
