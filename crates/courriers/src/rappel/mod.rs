//! Reminders (ECH-5): before the end of a delay to who must act, past it to the team too.

mod agent;
mod depot;
mod depot_agent;
mod designation;
mod designation_agent;
mod installation;
mod pieces;
mod reduction;
mod reduction_agent;

pub use agent::RappelAgent;
pub use depot::RappelDepot;
pub use depot_agent::RappelDepotAgent;
pub use designation::RappelDesignation;
pub use designation_agent::RappelDesignationAgent;
pub use installation::RappelInstallation;
pub use pieces::RappelPieces;
pub use reduction::RappelReduction;
pub use reduction_agent::RappelReductionAgent;

use chrono::NaiveDate;
use regles::echeance::NatureEcheance;
use regles::texte;

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
}

fn objet(nature: NatureEcheance) -> &'static str {
    match nature {
        NatureEcheance::ReductionTitulaire => "La réduction d’activité du confrère établi",
        _ => "L’engagement du collaborateur ou de l’associé",
    }
}
