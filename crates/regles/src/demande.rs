//! The life of a request: its states, what can happen to it, and the one table that says what leads where.

use crate::passage::Passage;
use crate::refus::Refus;

text_enum! {
    /// What a request rests on.
    pub enum NatureDemande {
        /// REG-1: succeeds a colleague who ceases.
        Succession = "succession", "Succession";
        /// DER: asks for a derogation.
        Derogation = "derogation", "Dérogation";
        /// REG-10: not concerned by the regulation.
        HorsRegulation = "hors_regulation", "Installation libre";
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
    /// Where a request begins.
    pub const DEBUT: EtatDemande = EtatDemande::Deposee;

    /// Whether it is not concluded yet.
    pub fn en_cours(self) -> bool {
        use EtatDemande::*;
        matches!(self, Deposee | Incomplete | Complete | Proposee | Accordee)
    }

    /// Whether it stays in the queue: as long as somebody has to act, and, once refused, until the refusal is notified
    /// (PRO-8).
    pub fn a_la_file(self, notifiee: bool) -> bool {
        self.en_cours() || (self == EtatDemande::Refusee && !notifiee)
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
        Succession = "succession", "succession à un confrère";
        /// DER: derogation.
        Derogation = "derogation", "dérogation";
        /// REG-10: the regulation does not apply.
        HorsRegulation = "hors_regulation", "installation libre";
        /// Refusal.
        Refus = "refus", "refus";
    }
}

text_enum! {
    /// What can happen to a request, in the order of the procedure; said as a noun with its article, to begin a sentence.
    pub enum Evenement {
        /// PRO-3: missing documents are asked for.
        DemanderPieces = "demander_pieces", "La demande de pièces";
        /// PRO-3: everything that was asked for has arrived.
        RecevoirPieces = "recevoir_pieces", "La réception des pièces demandées";
        /// An agent finds the file complete.
        Completer = "completer", "La déclaration de complétude";
        /// It was found complete by mistake.
        AnnulerComplet = "annuler_complet", "L’annulation de « complet »";
        /// A decision is proposed.
        Proposer = "proposer", "La proposition de décision";
        /// PRO-3: a refusal is proposed for want of an indispensable document, on a file that is not complete.
        ProposerRefus = "proposer_refus", "La proposition d’un refus";
        /// The signatory sends the proposal back.
        Renvoyer = "renvoyer", "Le renvoi à l’instruction";
        /// The signatory sends back a refusal proposed on a file that is not complete.
        RenvoyerIncomplete = "renvoyer_incomplete", "Le renvoi à l’instruction";
        /// Who proposed takes the proposal back, before it is signed.
        Reprendre = "reprendre", "La reprise de la proposition";
        /// Who proposed takes back a refusal proposed on a file that is not complete.
        ReprendreIncomplete = "reprendre_incomplete", "La reprise de la proposition";
        /// PRO-5: granted.
        Accorder = "accorder", "L’accord";
        /// PRO-5: refused.
        Refuser = "refuser", "Le refus";
        /// PRO-8: the decision is notified.
        Notifier = "notifier", "La notification";
        /// The installation is recorded.
        Installer = "installer", "L’enregistrement de l’installation";
        /// REG-9: the six months are over.
        ConstaterCaducite = "constater_caducite", "Le constat de caducité";
        /// PRO-3: closed for want of documents.
        ClasserSansSuite = "classer_sans_suite", "Le classement sans suite";
        /// Withdrawn by its author.
        Retirer = "retirer", "Le retrait";
        /// PRO-9: its decision is undone on appeal, and another is to be taken.
        Rouvrir = "rouvrir", "La réouverture après un recours";
    }
}

/// The state that follows (PRO, REG-9).
///
/// # Errors
/// A refusal when it cannot happen in this state.
pub fn transition(etat: EtatDemande, evenement: Evenement) -> Result<Passage<EtatDemande>, Refus> {
    use EtatDemande as E;
    use Evenement as V;
    let vers = match (etat, evenement) {
        (E::Deposee | E::Incomplete | E::Complete, V::DemanderPieces) => E::Incomplete,
        (E::Incomplete, V::RecevoirPieces) => E::Deposee,
        (E::Deposee | E::Incomplete, V::Completer) => E::Complete,
        (E::Complete, V::AnnulerComplet) => E::Deposee,
        (E::Complete, V::Proposer) => E::Proposee,
        (E::Deposee | E::Incomplete, V::ProposerRefus) => E::Proposee,
        (E::Proposee, V::Renvoyer | V::Reprendre) => E::Complete,
        (E::Proposee, V::RenvoyerIncomplete | V::ReprendreIncomplete) => E::Deposee,
        (E::Proposee, V::Accorder) => E::Accordee,
        (E::Proposee, V::Refuser) => E::Refusee,
        (E::Accordee | E::Refusee, V::Notifier) => etat,
        (E::Accordee, V::Installer) => E::Installee,
        (E::Accordee, V::ConstaterCaducite) => E::Caduque,
        (E::Incomplete, V::ClasserSansSuite) => E::SansSuite,
        (E::Deposee | E::Incomplete | E::Complete | E::Proposee, V::Retirer) => E::Retiree,
        (E::Refusee | E::Accordee | E::Installee | E::Caduque, V::Rouvrir) => E::Complete,
        (E::SansSuite, V::Rouvrir) => E::Deposee,
        _ => return Err(refus(etat, evenement)),
    };
    Ok(Passage::new(etat, vers))
}

fn refus(etat: EtatDemande, evenement: Evenement) -> Refus {
    use EtatDemande as E;
    let suite = match (etat, evenement) {
        (E::Accordee, Evenement::Retirer) => "Pour renoncer à cet accord, écrivez à la caisse.",
        (E::Deposee, _) => "Vérifiez d’abord ses pièces.",
        (E::Incomplete, _) => "Les pièces demandées doivent d’abord arriver.",
        (E::Complete, _) => "Une décision doit d’abord être proposée.",
        (E::Proposee, _) => {
            "La décision proposée doit d’abord être signée, ou renvoyée à l’instruction."
        }
        (E::Accordee, _) => {
            "La décision est prise : il reste à la notifier et à enregistrer l’installation."
        }
        (E::Refusee, _) => "La décision est prise : elle se conteste par un recours.",
        (E::Installee | E::Caduque | E::Retiree | E::SansSuite, _) => {
            "Cette demande est close : rien n’y change plus."
        }
    };
    Refus::dit(
        "demande_etat",
        format!("{evenement} n’est pas possible : la demande est à l’état « {etat} ». {suite}"),
    )
}
