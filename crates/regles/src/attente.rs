//! Whose turn it is, for what, before when: decided once from the facts of a case, and worded once for each reader (`agent`,
//! `kine`, `accueil`). The pages draw it, the queue sorts by it.

mod accueil;
mod agent;
mod appel;
mod commission;
mod depart;
mod etapes;
mod kine;

pub use accueil::{Choix, Objet, Vu, toutes};
pub use agent::{Nommes, du_depart, pour_l_agent, qui_agit, raison};
pub use appel::{FaitsAppel, appel};
pub use commission::EtapeCommission;
pub use depart::{FaitsDepart, depart, depart_pour_la_caisse};
pub use etapes::{Etapes, etapes};
pub use kine::{pour_le_cedant, pour_le_demandeur};

use chrono::NaiveDate;

use crate::appel::{EtatAppel, EtatCandidature};
use crate::demande::{EtatDemande, Sens};
use crate::depart::EtatDepart;
use crate::designation::EtatDesignation;
use crate::echeance::NatureEcheance;
use crate::grand_livre::EtatPlace;
use crate::notification::Chemin;
use crate::silence::SilenceEchu;

/// Who must act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qui {
    /// Who asks for conventionnement.
    Demandeur,
    /// Who leaves.
    Cedant,
    /// The person designated, who has not answered.
    Designe,
    /// The successor who accepted, or whom the CPAM chose.
    Successeur,
    /// Whoever may apply to a call.
    Candidats,
    /// Who instructs at the CPAM.
    Caisse,
    /// Who signs at the CPAM.
    Signataire,
    /// The joint commission.
    Commission,
    /// Nobody: the case is closed.
    Personne,
}

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quoi {
    /// PRO-3: the documents of a request are checked.
    VerifierPieces {
        /// Some had been asked for, and have arrived.
        redemandees: bool,
        /// How many the case calls for, that nobody sent.
        manquantes: usize,
    },
    /// PRO-3: documents were asked for.
    EnvoyerPieces {
        /// How many are still missing.
        restantes: i64,
    },
    /// A decision is proposed.
    ProposerDecision,
    /// PRO-5: a proposal that was sent back is taken up again.
    ReprendreProposition,
    /// PRO-4: a complete file is put to the commission.
    SaisirCommission,
    /// PRO-4: the commission gives its opinion on a request.
    AttendreAvis,
    /// PRO-4: a decision is proposed, the commission having spoken.
    DeciderApresAvis,
    /// PRO-5: it is signed.
    SignerDecision,
    /// PRO-8: it is notified, or opened by who asked.
    NotifierDecision(Sens, Chemin),
    /// REG-9: the proof of the installation is checked, the installation recorded.
    VerifierInstallation,
    /// REG-9: the installation.
    SInstaller {
        /// The last proof was refused.
        preuve_refusee: bool,
    },
    /// REG-17: the condition of the grant.
    RemplirLaReserve,
    /// PRO-6: a refusal may be contested.
    Contester,
    /// REG-3: a departure is confirmed or rejected.
    RepondreAuDepart {
        /// How many documents it calls for, that nobody sent.
        manquantes: usize,
    },
    /// REG-3: who leaves checks the count of acts, and may contest it.
    VerifierDecompte,
    /// REG-3: the CPAM answers the contest of the count.
    RepondreALaContestation,
    /// REG-4: the commission is asked whether a place may be transmitted.
    SaisirSurLaPlace,
    /// REG-4: the commission says whether a place may be transmitted.
    RendreAvis,
    /// REG-5: a successor is designated.
    Designer,
    /// REG-8: the person designated answers.
    RepondreALaDesignation,
    /// REG-8, REG-12: the successor files a request.
    DeposerDemande,
    /// REG-8: the successor filed one: what follows is decided on it.
    DeciderSurLaDemande,
    /// REG-12: the place is put up to candidates, then attributed.
    AttribuerParCharte,
    /// REG-12: applications are received.
    Candidater,
    /// REG-12: nobody is in the running.
    CloreAppel,
    /// REG-12: the values of the candidates are checked.
    VerifierValeurs,
    /// REG-12: the commission ranks.
    Classer,
    /// REG-12: the place is attributed.
    AttribuerPlace,
    /// Nothing any more.
    Rien(Fin),
}

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fin {
    /// A request in this state.
    Demande(EtatDemande),
    /// A departure rejected or withdrawn, or confirmed without a place (REG-10).
    Depart(EtatDepart),
    /// The place of a departure in this state.
    Place(EtatPlace),
    /// A call in this state.
    Appel(EtatAppel),
    /// A designation in this state.
    Designation(EtatDesignation),
    /// An application in this state.
    Candidature(EtatCandidature),
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attente {
    /// Who must act.
    pub qui: Qui,
    /// What is waited for.
    pub quoi: Quoi,
    /// The last day for it, or the day when something follows from its not being done.
    pub avant: Option<NaiveDate>,
    /// PRO-7: what was born of the caisse's silence meanwhile.
    pub silence: Option<SilenceEchu>,
}

impl Attente {
    /// Whether its last day is over.
    pub fn echue(&self, jour: NaiveDate) -> bool {
        self.avant.is_some_and(|avant| avant < jour)
    }

    /// PRO-7: what silence made of a request that still waits for a decision.
    fn sans_reponse(&self) -> Option<SilenceEchu> {
        self.silence.filter(|_| {
            matches!(
                self.quoi,
                Quoi::VerifierPieces { .. }
                    | Quoi::EnvoyerPieces { .. }
                    | Quoi::ProposerDecision
                    | Quoi::ReprendreProposition
                    | Quoi::SaisirCommission
                    | Quoi::AttendreAvis
                    | Quoi::DeciderApresAvis
                    | Quoi::SignerDecision
            )
        })
    }
}

/// What is said to a reader: the sentence, and whose turn it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dite {
    /// The sentence.
    pub phrase: String,
    /// Whose turn it is.
    pub tour: String,
}

impl Dite {
    fn new(phrase: impl Into<String>, tour: impl Into<String>) -> Dite {
        Dite {
            phrase: phrase.into(),
            tour: tour.into(),
        }
    }
}

/// REG-9: where an installation stands once the request is granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Installation {
    /// Nothing was declared.
    #[default]
    Attendue,
    /// Declared, its proof to be checked.
    Declaree,
    /// Its last proof was refused.
    PreuveRefusee,
    /// REG-17: the grant waits for its condition, and has no effect yet.
    SousReserve,
}

/// The facts of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaitsDemande {
    /// Where it stands.
    pub etat: EtatDemande,
    /// Whether its decision was notified.
    pub notifiee: bool,
    /// PRO-8: where the decision is, as long as it is not.
    pub chemin: Chemin,
    /// Where its installation stands.
    pub installation: Installation,
    /// How many documents were asked for.
    pub demandees: i64,
    /// How many of them arrived.
    pub recues: i64,
    /// How many the case calls for, that nobody sent.
    pub manquantes: usize,
    /// What falls due next.
    pub echeance: Option<NaiveDate>,
    /// PRO-4: where it stands before the commission, when that is what falls due next.
    pub commission: Option<EtapeCommission>,
    /// PRO-7: what was born of the caisse's silence.
    pub silence: Option<SilenceEchu>,
    /// PRO-5: whether the last proposal was sent back.
    pub renvoyee: bool,
}

/// Whose turn it is on a request.
pub fn demande(f: &FaitsDemande) -> Attente {
    use EtatDemande as E;
    let (qui, quoi) = match f.etat {
        E::Deposee => {
            let (redemandees, manquantes) = (f.demandees > 0, f.manquantes);
            let quoi = Quoi::VerifierPieces {
                redemandees,
                manquantes,
            };
            (Qui::Caisse, quoi)
        }
        E::Incomplete => {
            let restantes = f.demandees - f.recues;
            (Qui::Demandeur, Quoi::EnvoyerPieces { restantes })
        }
        E::Complete if f.renvoyee => (Qui::Caisse, Quoi::ReprendreProposition),
        E::Complete => (f.commission.and_then(|c| c.tour(f.etat)))
            .unwrap_or((Qui::Caisse, Quoi::ProposerDecision)),
        E::Proposee => (Qui::Signataire, Quoi::SignerDecision),
        // PRO-8: nothing else runs before the notification.
        E::Accordee | E::Refusee if !f.notifiee => {
            let sens = match f.etat {
                E::Refusee => Sens::Refus,
                _ => Sens::Accord,
            };
            let qui = match f.chemin {
                Chemin::Espace(_) => Qui::Demandeur,
                Chemin::PasEncore | Chemin::Lettre(_) => Qui::Caisse,
            };
            (qui, Quoi::NotifierDecision(sens, f.chemin))
        }
        E::Accordee => match f.installation {
            Installation::Declaree => (Qui::Caisse, Quoi::VerifierInstallation),
            Installation::SousReserve => (Qui::Demandeur, Quoi::RemplirLaReserve),
            autre => {
                let preuve_refusee = autre == Installation::PreuveRefusee;
                (Qui::Demandeur, Quoi::SInstaller { preuve_refusee })
            }
        },
        E::Refusee => (Qui::Demandeur, Quoi::Contester),
        E::Installee | E::Caduque | E::Retiree | E::SansSuite => {
            (Qui::Personne, Quoi::Rien(Fin::Demande(f.etat)))
        }
    };
    Attente {
        qui,
        quoi,
        avant: f.echeance,
        silence: f.silence,
    }
}

/// The deadline that binds whoever must act on a request in this state.
pub fn echeance_de_demande(etat: EtatDemande, sous_reserve: bool) -> Option<NatureEcheance> {
    use EtatDemande as E;
    match etat {
        E::Incomplete => Some(NatureEcheance::Pieces),
        E::Deposee | E::Complete | E::Proposee => Some(NatureEcheance::DecisionImplicite),
        E::Accordee if sous_reserve => Some(NatureEcheance::ReserveAccord),
        E::Accordee => Some(NatureEcheance::Installation),
        E::Refusee | E::Installee | E::Caduque | E::Retiree | E::SansSuite => None,
    }
}

/// The facts of a designation, for the person it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaitsDesignation {
    /// What became of it.
    pub etat: EtatDesignation,
    /// Where its place stands.
    pub place: EtatPlace,
    /// Whether the person has a request under way on this place.
    pub deposee: bool,
    /// The last day for what is expected.
    pub limite: Option<NaiveDate>,
}

/// Whose turn it is on a designation.
pub fn designation(f: &FaitsDesignation) -> Attente {
    let ouverte = f.place == EtatPlace::Ouverte;
    let (qui, quoi) = match f.etat {
        EtatDesignation::EnAttente if ouverte => (Qui::Designe, Quoi::RepondreALaDesignation),
        EtatDesignation::Acceptee if ouverte && !f.deposee => {
            (Qui::Successeur, Quoi::DeposerDemande)
        }
        etat => (Qui::Personne, Quoi::Rien(Fin::Designation(etat))),
    };
    Attente {
        qui,
        quoi,
        avant: f.limite,
        silence: None,
    }
}

/// Whose turn it is on an application to a call. `cloture`: last day to apply.
pub fn candidature(etat: EtatCandidature, cloture: NaiveDate) -> Attente {
    let (qui, quoi) = match etat {
        EtatCandidature::Deposee => (Qui::Caisse, Quoi::AttribuerPlace),
        etat => (Qui::Personne, Quoi::Rien(Fin::Candidature(etat))),
    };
    Attente {
        qui,
        quoi,
        avant: Some(cloture),
        silence: None,
    }
}
