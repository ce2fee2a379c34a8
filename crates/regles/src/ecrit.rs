//! The kinds of documents that the house freezes and prints: what each is called, and what its reader may rely on.

use super::condition::NatureAttestation;
use super::decision::EtatDecision;
use super::demande::{EtatDemande, Fondement, Sens};

text_enum! {
    /// A kind of document, by its name in the letter book; its label is all that its verification says.
    pub enum NatureEcrit {
        /// Letter 17: a grant that takes a place.
        AccordSuccession = "accord_succession", "Accord de conventionnement";
        /// Letter 18: a grant by derogation.
        AccordDerogation = "accord_derogation", "Accord de conventionnement";
        /// A grant where the regulation does not apply (REG-10).
        AccordLibre = "accord_libre", "Accord de conventionnement";
        /// Letter 19: a grant on a condition (REG-17).
        AccordConditionnel = "accord_conditionnel", "Accord de conventionnement sous condition";
        /// Letter 20: a refusal.
        Refus = "refus", "Refus de conventionnement";
        /// Letter 28: the reasons of a refusal born of silence (PRO-7).
        MotifsImplicite = "motifs_implicite", "Raisons d’un refus né du silence";
        /// Letter 26: a conventionnement in effect.
        AttestationConventionnement = "attestation_conventionnement", "Attestation de conventionnement";
        /// Letter 11: a place that is open.
        AttestationPlace = "attestation_place", "Attestation de place";
    }
}

impl NatureEcrit {
    /// The kind of a decision: what it answers, on what it rests, whether on a condition.
    pub fn de_la_decision(sens: Sens, fondement: Fondement, sous_condition: bool) -> NatureEcrit {
        match (sens, sous_condition, fondement) {
            (Sens::Refus, ..) | (Sens::Accord, _, Fondement::Refus) => NatureEcrit::Refus,
            (Sens::Accord, true, _) => NatureEcrit::AccordConditionnel,
            (Sens::Accord, false, Fondement::Succession) => NatureEcrit::AccordSuccession,
            (Sens::Accord, false, Fondement::Derogation) => NatureEcrit::AccordDerogation,
            (Sens::Accord, false, Fondement::HorsRegulation) => NatureEcrit::AccordLibre,
        }
    }

    /// Whether its addressee reads it in the portal only once it is notified (PRO-8): opening it would be its notification.
    pub fn se_notifie(self) -> bool {
        match self {
            NatureEcrit::AccordSuccession
            | NatureEcrit::AccordDerogation
            | NatureEcrit::AccordLibre
            | NatureEcrit::AccordConditionnel
            | NatureEcrit::Refus
            | NatureEcrit::MotifsImplicite => true,
            NatureEcrit::AttestationConventionnement | NatureEcrit::AttestationPlace => false,
        }
    }

    /// Whether a decision document still holds: the decision stands, and a grant neither lapsed nor ended.
    pub fn vaut_encore(self, decision: Option<EtatDecision>, demande: Option<EtatDemande>) -> bool {
        if decision.is_some_and(|d| d != EtatDecision::Decidee) {
            return false;
        }
        match self {
            NatureEcrit::AccordSuccession
            | NatureEcrit::AccordDerogation
            | NatureEcrit::AccordLibre
            | NatureEcrit::AccordConditionnel => demande.is_some_and(EtatDemande::consomme),
            NatureEcrit::Refus | NatureEcrit::MotifsImplicite => true,
            // Whoever holds one asks what it attests: `condition::vaut_encore`.
            NatureEcrit::AttestationConventionnement | NatureEcrit::AttestationPlace => true,
        }
    }
}

impl From<NatureAttestation> for NatureEcrit {
    fn from(nature: NatureAttestation) -> NatureEcrit {
        match nature {
            NatureAttestation::Conventionnement => NatureEcrit::AttestationConventionnement,
            NatureAttestation::Place => NatureEcrit::AttestationPlace,
        }
    }
}
