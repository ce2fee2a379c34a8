//! Reminders (ECH-5): before the end of a delay to who must act, past it to the team too.

mod agent;
mod avis_place;
mod confrere;
mod decompte;
mod demandeur;
mod depot;
mod depot_agent;
mod designation;
mod designation_agent;

pub use agent::RappelAgent;
pub use avis_place::RappelAvisPlace;
pub use confrere::RappelConfrere;
pub use decompte::RappelDecompte;
pub use demandeur::RappelDemandeur;
pub use depot::RappelDepot;
pub use depot_agent::RappelDepotAgent;
pub use designation::RappelDesignation;
pub use designation_agent::RappelDesignationAgent;

use chrono::NaiveDate;
use regles::echeance::{NatureEcheance, Rappel};
use regles::texte;

use crate::Lettre;

/// The end of a delay, seen on the day of the reminder.
#[derive(Debug, Clone, Copy)]
pub struct Terme {
    /// The last day.
    pub finale: NaiveDate,
    /// The day of the reminder.
    pub jour: NaiveDate,
    /// The reminder is the one of the day after.
    pub depasse: bool,
}

impl Terme {
    fn date(&self) -> String {
        texte::date_fr(self.finale)
    }

    fn longue(&self) -> String {
        texte::date_longue(self.finale)
    }

    /// «dans 9 jours».
    fn reste(&self) -> String {
        texte::dans((self.finale - self.jour).num_days())
    }

    fn entier(&self) -> String {
        format!("{}, {}", self.longue(), self.reste())
    }

    /// The subject and the paragraphs of a reminder, filled in; without words of its own, the name of the delay.
    fn dire(
        &self,
        rappel: Option<Rappel>,
        nature: NatureEcheance,
        commune: &str,
    ) -> (String, Vec<String>) {
        let remplir = |modele: &str| {
            modele
                .replace("{date}", &self.date())
                .replace("{fin}", &self.longue())
                .replace("{commune}", commune)
        };
        match &rappel {
            Some(rappel) => {
                let phrases = rappel.phrases(self.depasse);
                let suite = phrases.suite.iter().map(|p| remplir(p)).collect();
                (remplir(phrases.objet), suite)
            }
            None => (nature.libelle().to_owned(), Vec::new()),
        }
    }

    /// Adds how long is left, if anything is.
    fn decompte(&self, lettre: Lettre) -> Lettre {
        match self.depasse {
            true => lettre,
            false => lettre.point("Il reste", self.reste()),
        }
    }
}
