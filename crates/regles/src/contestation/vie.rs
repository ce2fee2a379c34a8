//! PRO-9: the life of an appeal, from the commission to the courts.

use super::{Degre, Issue, Voie};
use crate::passage::Passage;
use crate::refus::Refus;

text_enum! {
    /// Where an appeal stands.
    pub enum EtatRecours {
        /// Before the commission de recours amiable, which has to answer.
        DevantLaCommission = "devant_la_commission", "Devant la commission de recours amiable";
        /// The commission answered.
        Repondu = "repondu", "Réponse rendue";
        /// CSS R142-6: its silence is a rejection.
        RejeteParSilence = "rejete_par_silence", "Rejeté par silence";
        /// A court was seized.
        DevantLeJuge = "devant_le_juge", "Devant le juge";
        /// It gave its judgment.
        Juge = "juge", "Jugement rendu";
        /// The person gave it up.
        Abandonne = "abandonne", "Abandonné";
    }
}

impl EtatRecours {
    /// Where an appeal begins.
    pub const DEBUT: EtatRecours = EtatRecours::DevantLaCommission;

    /// Whether it waits for an answer: the place that it is about is under appeal.
    pub fn en_cours(self) -> bool {
        match self {
            EtatRecours::DevantLaCommission | EtatRecours::DevantLeJuge => true,
            EtatRecours::Repondu
            | EtatRecours::RejeteParSilence
            | EtatRecours::Juge
            | EtatRecours::Abandonne => false,
        }
    }
}

impl EtatRecours {
    /// Whether it stays in the queue: while it waits for an answer, and until that of the commission is notified.
    pub fn a_la_file(self, notifiee: bool) -> bool {
        self.en_cours() || (self == EtatRecours::Repondu && !notifiee)
    }
}

text_enum! {
    /// What can happen to an appeal; said as a noun with its article, to begin a sentence.
    pub enum Evenement {
        /// The commission answers, even after its silence was a rejection.
        Repondre = "repondre", "La réponse de la commission";
        /// Its time is over.
        Taire = "taire", "Le rejet par silence";
        /// The person, or the caisse, goes to the next court.
        Saisir = "saisir", "La saisine d’un tribunal";
        /// The court gives its judgment.
        Juger = "juger", "Le jugement";
        /// The person gives it up.
        Abandonner = "abandonner", "L’abandon";
    }
}

/// The state that follows (PRO-9).
///
/// # Errors
/// A refusal when it cannot happen in this state: a court seized before the commission answered is seized too early.
pub fn transition(etat: EtatRecours, evenement: Evenement) -> Result<Passage<EtatRecours>, Refus> {
    use EtatRecours as E;
    use Evenement as V;
    let vers = match (etat, evenement) {
        (E::DevantLaCommission | E::RejeteParSilence, V::Repondre) => E::Repondu,
        (E::DevantLaCommission, V::Taire) => E::RejeteParSilence,
        (E::Repondu | E::RejeteParSilence | E::Juge, V::Saisir) => E::DevantLeJuge,
        (E::DevantLeJuge, V::Juger) => E::Juge,
        (E::DevantLaCommission | E::DevantLeJuge, V::Abandonner) => E::Abandonne,
        _ => return Err(refus(etat, evenement)),
    };
    Ok(Passage::new(etat, vers))
}

fn refus(etat: EtatRecours, evenement: Evenement) -> Refus {
    use EtatRecours as E;
    let suite = match etat {
        E::DevantLaCommission => {
            "La commission de recours amiable doit d’abord répondre, ou laisser passer son délai."
        }
        E::Repondu => "La commission a répondu : seul un tribunal peut encore être saisi.",
        E::RejeteParSilence => {
            "Le silence de la commission vaut rejet : elle peut encore répondre, ou un tribunal être saisi."
        }
        E::DevantLeJuge => "Le juge est saisi : son jugement est attendu.",
        E::Juge => "Le jugement est rendu : seul le degré suivant peut encore être saisi.",
        E::Abandonne => "Ce recours est abandonné : rien n’y change plus.",
    };
    Refus::dit(
        "recours_etat",
        format!("{evenement} n’est pas possible : le recours est à l’état « {etat} ». {suite}"),
    )
}

/// The step that follows one; none after the last, nor from a step that the route does not have.
pub fn suivant(voie: Voie, degre: Degre) -> Option<Degre> {
    let degres = voie.degres();
    let rang = degres.iter().position(|d| *d == degre)?;
    degres.get(rang + 1).copied()
}

/// The court that an appeal goes to next, from where it stands and how its last step ended.
///
/// # Errors
/// A refusal: seized too early, nothing left to contest, or after the last step.
pub fn saisir(
    voie: Voie,
    etat: EtatRecours,
    degre: Degre,
    issue: Option<Issue>,
) -> Result<(Passage<EtatRecours>, Degre), Refus> {
    let passage = transition(etat, Evenement::Saisir)?;
    // The caisse too may go on from a judgment, never from the answer of its own commission.
    if etat != EtatRecours::Juge && issue.is_some_and(|i| !i.se_conteste()) {
        return Err(Refus::fixe(
            "recours_gagne",
            "Ce recours a obtenu ce qu’il demandait : il n’y a rien à contester devant un tribunal.",
        ));
    }
    match suivant(voie, degre) {
        Some(suivant) => Ok((passage, suivant)),
        None => Err(Refus::fixe(
            "recours_dernier_degre",
            "Le dernier degré de recours s’est prononcé : il n’en reste aucun à saisir.",
        )),
    }
}
