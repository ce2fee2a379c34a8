//! Who is told that something is new on a case: the counterpart, for people, of the table of events.

use super::Code;
use crate::preference::Sujet;

/// To whom an event is news, besides who did it, to whom it never is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destine {
    /// The practitioner whose case it is.
    Praticien,
    /// Who handles the case, and who stands in for them.
    Porteur,
    /// Who proposed the last decision.
    Auteur,
    /// Those who sign for the caisse.
    Signataires,
    /// The secretary of its commission.
    Secretaire,
}

impl Destine {
    /// Whether this is somebody of the caisse.
    pub fn de_caisse(self) -> bool {
        self != Destine::Praticien
    }
}

/// To whom an event is news; to nobody for what a screen of work already says, and for a decision that is not notified yet.
pub fn destines(code: Code) -> &'static [Destine] {
    use Code as C;
    use Destine::{Auteur, Porteur, Praticien, Secretaire, Signataires};
    match code {
        C::MessageEnvoye
        | C::SilenceEchu
        | C::DemandeCaduque
        | C::DemandeSansSuccession
        | C::DemandeAvisCpd
        | C::AuditionFixee
        | C::PieceDeSanteConclue
        | C::DossierTransmis
        | C::DossierRecu
        | C::DossierRattache
        | C::DemandeCorrigee
        | C::DepartCorrigee
        | C::PlaceAvisCpd
        | C::PlacePourvue
        | C::PlaceRouverte
        | C::PlaceAAttribuer
        | C::PlaceCaduque
        | C::PlaceSansObjet
        | C::DesignationAcceptee
        | C::DesignationDeclinee
        | C::DesignationRenoncee
        | C::PiecesVenues
        | C::RaisonsRecues
        | C::RecoursDepose
        | C::RecoursTu
        | C::RecoursSaisi
        | C::RecoursJuge
        | C::RecoursEffet
        | C::LettreCorrigee
        | C::DecisionNotifiee => &[Praticien, Porteur],
        C::CommissionSaisie | C::PlaceCommissionSaisie => &[Praticien, Porteur, Secretaire],
        C::DemandePiecesDemandees
        | C::DemandeComplete
        | C::CompletAnnule
        | C::MandatExamine
        | C::AttestationDelivree
        | C::SilenceRepondu
        | C::DemandeInstallee
        | C::ReserveLevee
        | C::DemandeSansSuite
        | C::InstallationPreuveRefusee
        | C::DecisionDeposee
        | C::PieceExaminee
        | C::EcheanceSuspendue
        | C::EcheanceReprise
        | C::DepartConfirmee
        | C::DepartRejetee
        | C::DecompteCommunique
        | C::RecoursNotifie
        | C::DecompteRepondu => &[Praticien],
        C::PieceRecue
        | C::DemandeRetiree
        | C::InstallationDeclaree
        | C::AuditionDemandee
        | C::MandatDonne
        | C::MandatRevoque
        | C::ActeDuRepresentant
        | C::SilenceInterroge
        | C::DecompteConteste
        | C::RecoursAbandonne
        | C::RecoursRepondu
        | C::DepartRetiree
        | C::DesignationCreee
        | C::NoteEcrite
        | C::Assignation
        | C::DemandePrise
        | C::CandidatureDeposee
        | C::CandidatureCorrigee
        | C::CandidatureRetiree
        | C::AppelAttribue
        | C::AppelAttributionCaduque
        | C::AppelAttributionAbandonnee
        | C::AppelSansSuite => &[Porteur],
        C::DecisionProposee | C::DecisionReprise => &[Porteur, Signataires],
        C::DecisionRenvoyee | C::DemandeAccordee | C::DemandeRefusee => &[Porteur, Auteur],
        _ => &[],
    }
}

/// Whether an event is news to somebody of this side.
pub fn concerne(code: Code, de_caisse: bool) -> bool {
    destines(code).iter().any(|d| d.de_caisse() == de_caisse)
}

/// What an event counts as in the summary of the day.
pub fn sujet(code: Code) -> Sujet {
    match code {
        Code::MessageEnvoye => Sujet::Messages,
        Code::Assignation | Code::DemandePrise => Sujet::Confies,
        Code::DecisionProposee => Sujet::ASigner,
        Code::DecisionRenvoyee => Sujet::Renvois,
        Code::NoteEcrite => Sujet::Mentions,
        Code::PieceRecue
        | Code::DemandeRetiree
        | Code::InstallationDeclaree
        | Code::AuditionDemandee
        | Code::MandatDonne
        | Code::MandatRevoque
        | Code::SilenceInterroge => Sujet::Envois,
        _ => Sujet::Reste,
    }
}
