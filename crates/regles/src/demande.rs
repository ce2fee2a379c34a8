//! The life of a request: its states, what can happen to it, and the one table that says what leads where.

text_enum! {
    /// What a request rests on.
    pub enum NatureDemande {
        /// REG-1: succeeds a colleague who ceases.
        Succession = "succession", "Succession";
        /// DER: asks for a derogation.
        Derogation = "derogation", "Dérogation";
        /// REG-10: not concerned by the regulation.
        HorsRegulation = "hors_regulation", "Hors régulation";
    }
}

text_enum! {
    /// Where a request stands.
    pub enum EtatDemande {
        /// Received; nobody has checked its documents yet, or the missing ones have just arrived.
        Deposee = "deposee", "À vérifier";
        /// PRO-3: documents were asked for.
        Incomplete = "incomplete", "À compléter";
        /// Every document is there.
        Complete = "complete", "À instruire";
        /// A decision is proposed to the signatory.
        Proposee = "proposee", "À signer";
        /// Granted; the six months run from the notification (REG-9).
        Accordee = "accordee", "Accordée";
        /// The practitioner is installed.
        Installee = "installee", "Installée";
        /// Refused.
        Refusee = "refusee", "Refusée";
        /// REG-9: granted, not installed in time.
        Caduque = "caduque", "Caduque";
        /// Withdrawn by its author.
        Retiree = "retiree", "Retirée";
        /// PRO-3: closed for want of documents.
        SansSuite = "sans_suite", "Classée sans suite";
    }
}

impl EtatDemande {
    /// Whether somebody still has to act: the request is in the queue.
    pub fn en_cours(self) -> bool {
        use EtatDemande::*;
        matches!(self, Deposee | Incomplete | Complete | Proposee | Accordee)
    }

    /// Whether its place is taken by it (REG-2).
    pub fn consomme(self) -> bool {
        matches!(self, EtatDemande::Accordee | EtatDemande::Installee)
    }

    /// Whether a decision was taken on it.
    pub fn est_decidee(self) -> bool {
        use EtatDemande::*;
        matches!(self, Accordee | Installee | Refusee | Caduque)
    }
}

text_enum! {
    /// PRO-5: what a decision says.
    pub enum Sens {
        /// Conventionnement is granted.
        Accord = "accord", "Accord";
        /// It is refused.
        Refus = "refus", "Refus";
    }
}

text_enum! {
    /// What a decision rests on.
    pub enum Fondement {
        /// REG-1: succession to a colleague.
        Succession = "succession", "succession à un confrère (REG-1)";
        /// DER: derogation.
        Derogation = "derogation", "dérogation (DER-1)";
        /// REG-10: the regulation does not apply.
        HorsRegulation = "hors_regulation", "hors régulation (REG-10)";
        /// Refusal.
        Refus = "refus", "refus";
    }
}

/// What can happen to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Evenement {
    /// PRO-3: missing documents are asked for.
    DemanderPieces,
    /// PRO-3: everything that was asked for has arrived.
    RecevoirPieces,
    /// An agent finds the file complete.
    Completer,
    /// A decision is proposed.
    Proposer,
    /// The signatory sends the proposal back.
    Renvoyer,
    /// PRO-5: granted.
    Accorder,
    /// PRO-5: refused.
    Refuser,
    /// PRO-8: the decision is notified.
    Notifier,
    /// The installation is recorded.
    Installer,
    /// REG-9: the six months are over.
    ConstaterCaducite,
    /// PRO-3: closed for want of documents.
    ClasserSansSuite,
    /// Withdrawn by its author.
    Retirer,
}

impl Evenement {
    /// Everything that can happen, in the order of the procedure.
    pub const TOUS: [Evenement; 12] = [
        Evenement::DemanderPieces,
        Evenement::RecevoirPieces,
        Evenement::Completer,
        Evenement::Proposer,
        Evenement::Renvoyer,
        Evenement::Accorder,
        Evenement::Refuser,
        Evenement::Notifier,
        Evenement::Installer,
        Evenement::ConstaterCaducite,
        Evenement::ClasserSansSuite,
        Evenement::Retirer,
    ];

    /// The act as a noun with its article, to begin a sentence.
    pub fn libelle(self) -> &'static str {
        match self {
            Evenement::DemanderPieces => "La demande de pièces",
            Evenement::RecevoirPieces => "La réception des pièces demandées",
            Evenement::Completer => "La déclaration de complétude",
            Evenement::Proposer => "La proposition de décision",
            Evenement::Renvoyer => "Le renvoi à l’instruction",
            Evenement::Accorder => "L’accord",
            Evenement::Refuser => "Le refus",
            Evenement::Notifier => "La notification",
            Evenement::Installer => "L’enregistrement de l’installation",
            Evenement::ConstaterCaducite => "Le constat de caducité",
            Evenement::ClasserSansSuite => "Le classement sans suite",
            Evenement::Retirer => "Le retrait",
        }
    }
}

/// Why something cannot happen to a request: a sentence for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{} n’est pas possible : la demande est à l’état « {etat} ».", evenement.libelle())]
pub struct Refus {
    /// Where the request stands.
    pub etat: EtatDemande,
    /// What was tried.
    pub evenement: Evenement,
}

/// The state that follows (PRO, REG-9).
///
/// # Errors
/// [`Refus`] when it cannot happen in this state.
pub fn transition(etat: EtatDemande, evenement: Evenement) -> Result<EtatDemande, Refus> {
    use EtatDemande as E;
    use Evenement as V;
    match (etat, evenement) {
        (E::Deposee | E::Incomplete | E::Complete, V::DemanderPieces) => Ok(E::Incomplete),
        (E::Incomplete, V::RecevoirPieces) => Ok(E::Deposee),
        (E::Deposee | E::Incomplete, V::Completer) => Ok(E::Complete),
        (E::Complete, V::Proposer) => Ok(E::Proposee),
        (E::Proposee, V::Renvoyer) => Ok(E::Complete),
        (E::Proposee, V::Accorder) => Ok(E::Accordee),
        (E::Proposee, V::Refuser) => Ok(E::Refusee),
        (E::Accordee | E::Refusee, V::Notifier) => Ok(etat),
        (E::Accordee, V::Installer) => Ok(E::Installee),
        (E::Accordee, V::ConstaterCaducite) => Ok(E::Caduque),
        (E::Incomplete, V::ClasserSansSuite) => Ok(E::SansSuite),
        (E::Deposee | E::Incomplete | E::Complete | E::Proposee, V::Retirer) => Ok(E::Retiree),
        _ => Err(Refus { etat, evenement }),
    }
}
