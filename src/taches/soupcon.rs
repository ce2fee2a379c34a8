//! What a refusal of principle is about: one task, or all of them. Those that came after it in the round tell.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;

use crate::db::tache::Tache;

/// A task that was refused, perhaps like every other.
pub(super) struct Suspect {
    /// The task.
    pub(super) tache: Tache,
    /// When it was tried before (UTC), if it was.
    pub(super) precedente: Option<NaiveDateTime>,
    /// For whom it is.
    pub(super) pour: String,
    /// What was answered.
    pub(super) cause: String,
    /// Whether another was accepted since.
    depasse: bool,
}

/// What the refusals of a round are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// About this task: the others are accepted.
    Elle,
    /// About all: several people were refused, and nobody is accepted any more.
    Toutes,
    /// It was alone: the round does not tell.
    Inconnu,
}

/// The refusals of principle of a round.
#[derive(Default)]
pub(super) struct Soupcons {
    suspects: Vec<Suspect>,
    faites: usize,
}

impl Soupcons {
    /// A task was done: whatever was refused before was refused for itself.
    pub(super) fn faite(&mut self) {
        self.faites += 1;
        for suspect in &mut self.suspects {
            suspect.depasse = true;
        }
    }

    /// A task was refused; answers whether all seem to be.
    pub(super) fn ajouter(
        &mut self,
        (tache, precedente): (Tache, Option<NaiveDateTime>),
        pour: String,
        cause: String,
    ) -> bool {
        self.suspects.push(Suspect {
            tache,
            precedente,
            pour,
            cause,
            depasse: false,
        });
        self.derniers() > 1
    }

    /// How many people were refused since the last that was accepted.
    fn derniers(&self) -> usize {
        let pour = self.suspects.iter().filter(|s| !s.depasse);
        pour.map(|s| &s.pour).collect::<BTreeSet<_>>().len()
    }

    /// What each refusal is about, once the round is over.
    pub(super) fn juger(self) -> Vec<(Suspect, Verdict)> {
        let toutes = self.derniers() > 1;
        let faites = self.faites > 0;
        let verdict = |suspect: &Suspect| match suspect.depasse {
            true => Verdict::Elle,
            false if toutes => Verdict::Toutes,
            false if faites => Verdict::Elle,
            false => Verdict::Inconnu,
        };
        self.suspects
            .into_iter()
            .map(|suspect| {
                let dit = verdict(&suspect);
                (suspect, dit)
            })
            .collect()
    }
}
