//! Who is told that something is new on a case, and by which mails: the counterpart, for people, of the table of events.

use crate::droits::{AGENTS, Role};
use crate::evenement::Code;

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
        | C::PlaceReservee
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
        | C::DepartRetiree
        | C::DesignationCreee
        | C::NoteEcrite
        | C::Assignation
        | C::DemandePrise
        | C::CandidatureDeposee
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

text_enum! {
    /// What the mails that somebody may do without are about. What the law requires, what a delay hangs on and what the house
    /// cannot do without are not here: they always leave.
    pub enum Sujet {
        /// What the other side writes on a case.
        Messages = "messages", "Messages écrits sur mes dossiers";
        /// Reminders before a deadline.
        Rappels = "rappels", "Rappels avant une échéance";
        /// Cases given to an agent.
        Confies = "confies", "Dossiers qui me sont confiés";
        /// PRO-5: decisions that wait for a signature.
        ASigner = "a_signer", "Décisions à signer";
        /// PRO-5: proposals that who signs sent back.
        Renvois = "renvois", "Propositions renvoyées";
        /// What the other side sends, asks for or takes back.
        Envois = "envois", "Ce que les professionnels envoient, demandent ou retirent";
        /// Notes that call a colleague.
        Mentions = "mentions", "Notes internes qui me sont adressées";
        /// All else that is new on one's cases: no mail of its own, in the summary of the day for who wants it.
        Reste = "reste", "Le reste de ce qui est nouveau sur mes dossiers";
    }
}

text_enum! {
    /// How often.
    pub enum Frequence {
        /// Each time.
        ChaqueFois = "chaque_fois", "À chaque fois";
        /// Only the last ones before the deadline.
        Essentiel = "essentiel", "Seulement les derniers";
        /// Once a day at most, with the rest of what is new.
        UneFoisParJour = "une_fois_par_jour", "Une fois par jour au plus, dans un résumé";
        /// Never.
        Jamais = "jamais", "Jamais";
    }
}

impl Sujet {
    /// What may be chosen for it, the first being what holds until somebody chooses.
    pub fn frequences(self) -> &'static [Frequence] {
        use Frequence as F;
        match self {
            Sujet::Rappels => &[F::ChaqueFois, F::Essentiel],
            Sujet::Reste => &[F::Jamais, F::UneFoisParJour],
            _ => &[F::ChaqueFois, F::UneFoisParJour, F::Jamais],
        }
    }

    /// Until somebody chooses.
    pub fn d_office(self) -> Frequence {
        match self {
            Sujet::Reste => Frequence::Jamais,
            _ => Frequence::ChaqueFois,
        }
    }

    /// What this role may choose about, in the order of the screen.
    pub fn de(role: Role) -> &'static [Sujet] {
        use Sujet as S;
        match role {
            Role::Kine => &[S::Messages, S::Rappels, S::Reste],
            Role::Signataire => &[S::ASigner, S::Mentions, S::Messages, S::Reste],
            Role::SecretaireCpd => &[S::Reste],
            _ if AGENTS.permet(Some(role)) => &[
                S::Confies,
                S::Envois,
                S::Messages,
                S::Renvois,
                S::Mentions,
                S::Reste,
            ],
            _ => &[],
        }
    }

    /// What an event counts as in the summary of the day.
    pub fn d_un_evenement(code: Code) -> Sujet {
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
}
