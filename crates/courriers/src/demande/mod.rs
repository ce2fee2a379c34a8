//! Letters about a request: to the applicant, to who handles it.

mod accuse_reception;
mod audition_agent;
mod caduque;
mod caduque_equipe;
mod commission_saisie;
mod complet_annule;
mod complete;
mod convocation;
mod installation;
mod installation_declaree;
mod installation_declaree_agent;
mod mandat;
mod piece_refusee;
mod piece_remplacee_agent;
mod pieces_demandees;
mod pieces_recues;
mod pieces_recues_agent;
mod preuve_refusee;
mod reduction_constatee;
mod retiree;
mod retiree_agent;
mod sans_succession;
mod sans_suite;
mod transmise;

pub use accuse_reception::{AccuseDeReception, attente, reception};
pub use audition_agent::AuditionDemandeeAgent;
pub use caduque::DemandeCaduque;
pub use caduque_equipe::DemandeCaduqueEquipe;
pub use commission_saisie::CommissionSaisie;
pub use complet_annule::CompletAnnule;
pub use complete::DemandeComplete;
pub use convocation::Convocation;
pub use installation::InstallationEnregistree;
pub use installation_declaree::InstallationDeclaree;
pub use installation_declaree_agent::InstallationDeclareeAgent;
pub use mandat::{Copie, MandatDonneAgent, MandatExamine, SortMandat, periode};
pub use piece_refusee::PieceRefusee;
pub use piece_remplacee_agent::PieceRemplaceeAgent;
pub use pieces_demandees::PiecesDemandees;
pub use pieces_recues::PiecesRecues;
pub use pieces_recues_agent::PiecesRecuesAgent;
pub use preuve_refusee::PreuveRefusee;
pub use reduction_constatee::ReductionConstatee;
pub use retiree::DemandeRetiree;
pub use retiree_agent::DemandeRetireeAgent;
pub use sans_succession::DemandeSansSuccession;
pub use sans_suite::DemandeSansSuite;
pub use transmise::DemandeTransmise;

use regles::dossier::{NatureDossier, nature_du_numero};

use crate::{Lettre, Modele};

/// What a letter of the CPAM to an applicant begins and ends with.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// Whom it greets.
    pub kine: String,
    /// Number of the request.
    pub numero: String,
    /// Whom to call.
    pub contact: Vec<String>,
}

impl Dossier {
    pub(crate) fn lettre(&self, modele: Modele, sujet: &str) -> Lettre {
        Lettre::new(modele, sujet)
            .a(&self.kine)
            .point("Dossier", &self.numero)
            .contact(&self.contact)
    }

    /// The applicant's own page of the request, or of the appeal.
    pub(crate) fn chemin(&self) -> String {
        match nature_du_numero(&self.numero) {
            NatureDossier::Recours => format!("/mes-recours/{}", self.numero),
            NatureDossier::Demande | NatureDossier::Depart | NatureDossier::Appel => {
                format!("/demandes/{}", self.numero)
            }
        }
    }
}
