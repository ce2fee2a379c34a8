//! Letters about a call to candidates (REG-12): to the candidates, to the winner, to the leaver, to the team.

mod attribution_caduque;
mod attribution_caduque_equipe;
mod attribution_renoncee;
mod candidature_deposee;
mod candidature_ecartee;
mod candidature_non_retenue;
mod candidature_retiree;
mod candidature_rouverte;
mod place_attribuee;
mod place_attribuee_cedant;
mod rappel;
mod sans_suite;

pub use attribution_caduque::AttributionCaduque;
pub use attribution_caduque_equipe::AttributionCaduqueEquipe;
pub use attribution_renoncee::AttributionRenoncee;
pub use candidature_deposee::CandidatureDeposee;
pub use candidature_ecartee::CandidatureEcartee;
pub use candidature_non_retenue::CandidatureNonRetenue;
pub use candidature_retiree::CandidatureRetiree;
pub use candidature_rouverte::CandidatureRouverte;
pub use place_attribuee::PlaceAttribuee;
pub use place_attribuee_cedant::PlaceAttribueeCedant;
pub use rappel::RappelCandidature;
pub use sans_suite::AppelSansSuite;

use crate::{Lettre, Modele};

/// What a letter to a candidate begins and ends with.
#[derive(Debug, Clone)]
pub struct Appel {
    /// Whom it greets.
    pub candidat: String,
    /// The call.
    pub id: i64,
    /// Where the place is.
    pub commune: String,
    /// The zone.
    pub bassin: String,
    /// Whom to call.
    pub contact: Vec<String>,
}

impl Appel {
    fn lettre(&self, modele: Modele, sujet: impl Into<String>) -> Lettre {
        Lettre::new(modele, sujet)
            .a(&self.candidat)
            .point("Zone", &self.bassin)
            .contact(&self.contact)
    }

    /// The candidate's page of the call.
    fn chemin(&self) -> String {
        format!("/appels/{}", self.id)
    }
}

/// Why a winner is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Abandon {
    /// No request was filed in time.
    Defaut,
    /// The winner gives up.
    Renonciation,
}

impl Abandon {
    const fn phrase(self) -> &'static str {
        match self {
            Abandon::Defaut => "n’a pas déposé de demande dans le délai",
            Abandon::Renonciation => "renonce à la place",
        }
    }
}
