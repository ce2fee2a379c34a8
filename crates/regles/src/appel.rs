//! REG-12: a call for candidates and their applications.

use crate::passage::Passage;
use crate::refus::Refus;

text_enum! {
    /// Where a call stands.
    pub enum EtatAppel {
        /// Candidates apply until the deadline, then are ranked.
        Ouvert = "ouvert", "Ouvert";
        /// The director attributed the place.
        Attribue = "attribue", "Place attribuée";
        /// Closed without attribution; another call may be opened.
        SansSuite = "sans_suite", "Sans suite";
    }
}

text_enum! {
    /// What became of an application.
    pub enum EtatCandidature {
        /// In the running.
        Deposee = "deposee", "Déposée";
        /// Withdrawn by its author.
        Retiree = "retiree", "Retirée";
        /// Set aside by the CPAM, with a reason.
        Ecartee = "ecartee", "Écartée";
        /// The place is attributed to it.
        Retenue = "retenue", "Retenue";
        /// The place is attributed to another.
        NonRetenue = "non_retenue", "Non retenue";
        /// The place was attributed to it, and nothing was filed in time.
        Defaillante = "defaillante", "Sans suite de son auteur";
    }
}

impl EtatAppel {
    /// Where a call begins.
    pub const DEBUT: EtatAppel = EtatAppel::Ouvert;

    /// Whether somebody still has to act: candidates, then the CPAM.
    pub fn en_cours(self) -> bool {
        self == EtatAppel::Ouvert
    }
}

text_enum! {
    /// What can happen to a call.
    pub enum Evenement {
        /// Values are checked, an application is set aside, the commission ranks: the call stays open.
        Examiner = "examiner", "L’examen";
        /// The director attributes the place.
        Attribuer = "attribuer", "L’attribution";
        /// It is closed without attribution.
        ClasserSansSuite = "classer_sans_suite", "La clôture sans attribution";
        /// The winner filed nothing in time, or gave up: the next in rank is proposed.
        Rouvrir = "rouvrir", "La réouverture";
    }
}

/// The state that follows (REG-12).
///
/// # Errors
/// A refusal when it cannot happen in this state.
pub fn transition(etat: EtatAppel, evenement: Evenement) -> Result<Passage<EtatAppel>, Refus> {
    use EtatAppel as E;
    use Evenement as V;
    let vers = match (etat, evenement) {
        (E::Ouvert, V::Examiner) => E::Ouvert,
        (E::Ouvert, V::Attribuer) => E::Attribue,
        (E::Ouvert, V::ClasserSansSuite) => E::SansSuite,
        (E::Attribue, V::Rouvrir) => E::Ouvert,
        (E::Ouvert, V::Rouvrir) => {
            return Err(Refus::fixe(
                "appel_ouvert",
                "Cet appel est ouvert : examinez ses candidatures.",
            ));
        }
        (E::SansSuite, V::Rouvrir) => {
            return Err(Refus::fixe(
                "appel_clos",
                "Cet appel est resté sans suite : ouvrez-en un autre sur la même place.",
            ));
        }
        (E::Attribue | E::SansSuite, _) => {
            return Err(Refus::fixe(
                "appel_clos",
                "Cet appel est clos : plus rien n’y change.",
            ));
        }
    };
    Ok(Passage::new(etat, vers))
}

impl EtatCandidature {
    /// Where an application begins.
    pub const DEBUT: EtatCandidature = EtatCandidature::Deposee;
}

text_enum! {
    /// What can happen to an application.
    pub enum EvenementCandidature {
        /// Its values are checked: it stays in the running.
        Examiner = "examiner", "L’examen";
        /// Its author withdraws it.
        Retirer = "retirer", "Le retrait";
        /// The CPAM sets it aside, with a reason.
        Ecarter = "ecarter", "La mise à l’écart";
        /// The place is attributed to it.
        Retenir = "retenir", "L’attribution";
        /// The place is attributed to another, or to nobody.
        NePasRetenir = "ne_pas_retenir", "La réponse négative";
        /// The place is to be attributed again: it is in the running again.
        Rouvrir = "rouvrir", "La remise en lice";
        /// Its author filed no request in time.
        Defaillir = "defaillir", "Le constat de défaut";
        /// Its author gives up the place that was attributed.
        Renoncer = "renoncer", "La renonciation";
    }
}

/// The state of an application that follows (REG-12).
///
/// # Errors
/// A refusal when it cannot happen in this state.
pub fn transition_candidature(
    etat: EtatCandidature,
    evenement: EvenementCandidature,
) -> Result<Passage<EtatCandidature>, Refus> {
    use EtatCandidature as E;
    use EvenementCandidature as V;
    let vers = match (etat, evenement) {
        (E::Deposee, V::Examiner) => E::Deposee,
        (E::Deposee, V::Retirer) | (E::Retenue, V::Renoncer) => E::Retiree,
        (E::Deposee, V::Ecarter) => E::Ecartee,
        (E::Deposee, V::Retenir) => E::Retenue,
        (E::Deposee, V::NePasRetenir) => E::NonRetenue,
        (E::NonRetenue, V::Rouvrir) => E::Deposee,
        (E::Retenue, V::Defaillir) => E::Defaillante,
        (E::Retiree, V::Retirer) => {
            return Err(Refus::fixe(
                "candidature_retiree",
                "Cette candidature est déjà retirée : vous n’avez rien à faire.",
            ));
        }
        (_, V::Retirer) => {
            return Err(Refus::fixe(
                "candidature_close",
                "Cette candidature a reçu sa réponse : elle ne peut plus être retirée.",
            ));
        }
        (_, V::Rouvrir | V::Defaillir | V::Renoncer) => {
            return Err(Refus::dit(
                "candidature_etat",
                format!(
                    "{evenement} n’est pas possible : la candidature est à l’état « {etat} ». Rechargez la page de l’appel."
                ),
            ));
        }
        (_, V::Examiner | V::Ecarter | V::Retenir | V::NePasRetenir) => {
            return Err(Refus::dit(
                "candidature_close",
                format!(
                    "Cette candidature est à l’état « {etat} » : elle n’est plus en lice. Choisissez-en une autre."
                ),
            ));
        }
    };
    Ok(Passage::new(etat, vers))
}
