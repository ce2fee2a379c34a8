//! The register of the kinds of deadlines: what the house knows of each is said here, once.
//!
//! A new kind is a variant and its [`Fiche`]; its parameters, when no rule has them yet; and the act that opens it.

use chrono::NaiveDate;

use super::Delai;
use super::contestation;
use super::fiches;
use super::mots::Rappel;
use crate::demande::EtatDemande;
use crate::reglement::{Reglement, ReglementError};
use crate::silence::EffetSilence;

text_enum! {
    /// What a deadline is about.
    pub enum NatureEcheance {
        /// REG-5: designation of a successor.
        DesignationSuccesseur = "designation_successeur", "Désigner un successeur";
        /// REG-9: installation of the successor.
        Installation = "installation", "Commencer l’installation";
        /// PRO-3: missing documents.
        Pieces = "pieces", "Fournir les pièces demandées";
        /// PRO-7: implicit decision.
        DecisionImplicite = "decision_implicite", "Silence de la caisse";
        /// DER-4: end of the reduction of activity of the established colleague.
        ReductionTitulaire = "reduction_titulaire", "Fin de la réduction d’activité du confrère établi";
        /// DER-4: end of the commitment of the collaborator or associate.
        ReductionCollaborateur = "reduction_collaborateur", "Fin de l’engagement du collaborateur ou de l’associé";
        /// PRO-7: reasons of a refusal born of silence, once they are asked for.
        MotifsSilence = "motifs_silence", "Donner les raisons d’un refus";
        /// REG-17: the condition of a grant.
        ReserveAccord = "reserve_accord", "Remplir la condition de l’accord";
        /// PRO-4: the referral of a complete file to the commission.
        SaisineCpd = "saisine_cpd", "Saisir la commission paritaire";
        /// PRO-4: the opinion of the commission on a request.
        AvisCpd = "avis_cpd", "Avis de la commission paritaire";
        /// REG-4: the opinion of the commission on the place of a departure.
        AvisPlace = "avis_place", "Avis de la commission paritaire sur la place";
        /// PRO-4: the decision, once the opinion is given.
        DecisionApresAvis = "decision_apres_avis", "Décider après l’avis de la commission";
        /// REG-12: the request of the winner of a call for candidates.
        DepotDemande = "depot_demande", "Déposer sa demande après l’attribution";
        /// REG-3: the contest of the count of acts, by who leaves.
        ContestationDecompte = "contestation_decompte", "Contester le nombre d’actes";
        /// PRO-9: the answer of the commission de recours amiable.
        ReponseCra = "reponse_cra", "Réponse de la commission de recours amiable";
        /// PRO-9: another decision, once the first was undone on appeal.
        Reexamen = "reexamen", "Décider de nouveau après un recours";
    }
}

/// Who must act before the end; the reminders go to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Responsable {
    /// Who leaves.
    Cedant,
    /// REG-12: the winner of the call for the place.
    Gagnant,
    /// Who filed the request.
    Demandeur,
    /// DER-4: the colleague on whose reduction of activity the request rests, and who filed it.
    Confrere,
    /// The CPAM: nobody else is reminded.
    Caisse,
}

/// What the end does; those that do something by themselves, in the order in which it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fin {
    /// REG-9: the grant lapses.
    AccordCaduc,
    /// REG-6, REG-12: the place lapses, or is to be attributed.
    FinDePlace,
    /// REG-12: the attribution lapses, the place goes to the next candidate.
    AttributionCaduque,
    /// PRO-3: the caisse may close the request; nothing happens by itself.
    Classable,
    /// PRO-7: silence is an answer; it is stated, and the request keeps its state.
    Silence,
    /// PRO-7: the caisse is late; nothing else follows.
    Retard,
    /// REG-3: the count of acts is contested no more; nothing happens by itself.
    Definitif,
    /// DER-4: an agent records the end, or a renewal.
    AConstater,
    /// PRO-9: the silence of the commission de recours amiable is a rejection, which is stated.
    RejetDuRecours,
}

/// The page on which it shows, which is where what it hangs on shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ecran {
    /// The page of a departure, and of its place.
    Depart,
    /// The page of a call for candidates: who left does not see it.
    Attribution,
    /// The page of a request.
    Demande,
    /// The page of an appeal.
    Recours,
}

/// What the house knows of a kind.
#[derive(Debug, Clone, Copy)]
pub struct Fiche {
    /// The rule that it comes from, as `REG-5`: the rulebook has its fondement.
    pub regle: &'static str,
    /// The parameter that holds its delay.
    pub delai: &'static str,
    /// The parameter that says whether its last day moves to a working day; none: it does (ECH-2).
    pub report: Option<&'static str>,
    /// The parameter that lists the codes of its reminders (ECH-5).
    pub rappels: &'static str,
    /// Who must act.
    pub responsable: Responsable,
    /// What its end does.
    pub fin: Fin,
    /// Where it shows.
    pub ecran: Ecran,
    /// The states of a request during which it may run: it is cancelled when the request takes another.
    pub pendant: &'static [EtatDemande],
    /// Its words in the queue of the caisse, whose order it gives; none: it is no work of the queue.
    pub file: Option<&'static str>,
    /// Its words in the calendar of a practitioner, where its name would not do.
    pub agenda: Option<&'static str>,
    /// What the reminder says to who filed the request, and to the colleague it rests on; none: they get no letter.
    pub au_demandeur: Option<Rappel>,
    /// What the reminder says to who handles the request; none: it hangs on a departure, which has letters of its own.
    pub a_l_agent: Option<Rappel>,
}

impl NatureEcheance {
    /// What the house knows of it.
    pub fn fiche(self) -> &'static Fiche {
        match self {
            NatureEcheance::DesignationSuccesseur => &fiches::DESIGNATION_SUCCESSEUR,
            NatureEcheance::Installation => &fiches::INSTALLATION,
            NatureEcheance::Pieces => &fiches::PIECES,
            NatureEcheance::DecisionImplicite => &fiches::DECISION_IMPLICITE,
            NatureEcheance::ReductionTitulaire => &fiches::REDUCTION_TITULAIRE,
            NatureEcheance::ReductionCollaborateur => &fiches::REDUCTION_COLLABORATEUR,
            NatureEcheance::MotifsSilence => &fiches::MOTIFS_SILENCE,
            NatureEcheance::ReserveAccord => &fiches::RESERVE_ACCORD,
            NatureEcheance::SaisineCpd => &fiches::SAISINE_CPD,
            NatureEcheance::AvisCpd => &fiches::AVIS_CPD,
            NatureEcheance::AvisPlace => &fiches::AVIS_PLACE,
            NatureEcheance::DecisionApresAvis => &fiches::DECISION_APRES_AVIS,
            NatureEcheance::DepotDemande => &fiches::DEPOT_DEMANDE,
            NatureEcheance::ContestationDecompte => &fiches::CONTESTATION_DECOMPTE,
            NatureEcheance::ReponseCra => &contestation::REPONSE_CRA,
            NatureEcheance::Reexamen => &contestation::REEXAMEN,
        }
    }

    /// What the reminder says to who handles the request, by what silence is worth.
    pub fn a_l_agent(self, effet: EffetSilence) -> Option<Rappel> {
        match (self.fiche().fin, effet) {
            (Fin::Silence, EffetSilence::Acceptation) => Some(Rappel {
                avant: fiches::SILENCE_ACCEPTE,
                depasse: fiches::SILENCE_ACCEPTE,
            }),
            _ => self.fiche().a_l_agent,
        }
    }

    /// The kinds whose entry answers.
    pub fn parmi(ou: impl Fn(&Fiche) -> bool) -> Vec<NatureEcheance> {
        let toutes = NatureEcheance::TOUS.iter().copied();
        toutes.filter(|n| ou(n.fiche())).collect()
    }

    /// Its delay for what starts on `jour`.
    ///
    /// # Errors
    /// No parameter in force on that day.
    pub fn delai(self, reglement: &Reglement, jour: NaiveDate) -> Result<Delai, ReglementError> {
        reglement.delai(self.fiche().delai, jour)
    }

    /// Whether it hangs on a request; the others hang on a departure, whose place they are about.
    pub fn d_une_demande(self) -> bool {
        self.fiche().ecran == Ecran::Demande
    }

    /// REG-12: whether it hangs on a place and binds the winner of its call, not who leaves.
    pub fn du_gagnant(self) -> bool {
        self.fiche().responsable == Responsable::Gagnant
    }

    /// DER-4: whether it follows a reduction of activity, once conventionnement is granted.
    pub fn suit_une_reduction(self) -> bool {
        self.fiche().fin == Fin::AConstater
    }
}
