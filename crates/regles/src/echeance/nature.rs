//! The register of the kinds of deadlines: what the house knows of each is said here, once.
//!
//! A new kind is a variant and its [`Fiche`]; its parameters, when no rule has them yet; and the act that opens it.

use chrono::NaiveDate;

use super::Delai;
use crate::demande::EtatDemande;
use crate::reglement::{Reglement, ReglementError};

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
        /// REG-12: the request of the winner of a call for candidates.
        DepotDemande = "depot_demande", "Déposer sa demande après l’attribution";
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
    /// PRO-7: silence is an answer; the software never records it.
    Silence,
    /// DER-4: an agent records the end, or a renewal.
    AConstater,
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
}

/// What a letter says: `{date}` and `{fin}` are the last day, short and in full, `{commune}` the place.
#[derive(Debug, Clone, Copy)]
pub struct Phrases {
    /// Its subject.
    pub objet: &'static str,
    /// Its paragraphs.
    pub suite: &'static [&'static str],
}

/// What a reminder says.
#[derive(Debug, Clone, Copy)]
pub struct Rappel {
    /// Before the end.
    pub avant: Phrases,
    /// The day after.
    pub depasse: Phrases,
}

impl Rappel {
    /// What it says before the end, or once it is past.
    pub fn phrases(&self, depasse: bool) -> &Phrases {
        if depasse { &self.depasse } else { &self.avant }
    }
}

/// What the house knows of a kind.
#[derive(Debug, Clone, Copy)]
pub struct Fiche {
    /// The rule that it comes from, as `REG-5`: the rulebook has its fondement.
    pub regle: &'static str,
    /// The parameter that holds its delay.
    pub delai: &'static str,
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

/// A request that is being examined.
const EN_INSTRUCTION: &[EtatDemande] = &[
    EtatDemande::Deposee,
    EtatDemande::Incomplete,
    EtatDemande::Complete,
    EtatDemande::Proposee,
];

impl NatureEcheance {
    /// What the house knows of it.
    pub fn fiche(self) -> &'static Fiche {
        match self {
            NatureEcheance::DesignationSuccesseur => &DESIGNATION_SUCCESSEUR,
            NatureEcheance::Installation => &INSTALLATION,
            NatureEcheance::Pieces => &PIECES,
            NatureEcheance::DecisionImplicite => &DECISION_IMPLICITE,
            NatureEcheance::ReductionTitulaire => &REDUCTION_TITULAIRE,
            NatureEcheance::ReductionCollaborateur => &REDUCTION_COLLABORATEUR,
            NatureEcheance::DepotDemande => &DEPOT_DEMANDE,
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

const DESIGNATION_SUCCESSEUR: Fiche = Fiche {
    regle: "REG-5",
    delai: "place.delai_designation",
    rappels: "rappels.designation_successeur",
    responsable: Responsable::Cedant,
    fin: Fin::FinDePlace,
    ecran: Ecran::Depart,
    pendant: &[],
    file: Some("Désignation du successeur"),
    agenda: None,
    au_demandeur: None,
    a_l_agent: None,
};

const INSTALLATION: Fiche = Fiche {
    regle: "REG-9",
    delai: "installation.delai",
    rappels: "rappels.installation",
    responsable: Responsable::Demandeur,
    fin: Fin::AccordCaduc,
    ecran: Ecran::Demande,
    pendant: &[EtatDemande::Accordee],
    file: Some("Installation"),
    agenda: None,
    au_demandeur: Some(Rappel {
        avant: Phrases {
            objet: "Commencez votre installation au plus tard le {date} (inclus)",
            suite: &[
                "Votre conventionnement à {commune} est accordé. Les formalités d’installation doivent commencer au plus tard le {fin} (inclus).",
                "Passé ce jour, l’accord est sans effet (caduc). Si votre installation a commencé, déclarez-la : nous l’enregistrerons.",
            ],
        },
        depasse: Phrases {
            objet: "Le délai pour commencer votre installation est passé",
            suite: &[
                "Votre conventionnement à {commune} vous a été accordé. Le délai pour commencer votre installation a pris fin le {fin}.",
                "Si votre installation a commencé à temps, envoyez-nous le justificatif.",
            ],
        },
    }),
    a_l_agent: Some(Rappel {
        avant: Phrases {
            objet: "Installation attendue",
            suite: &["Sans installation commencée ce jour-là, l’accord est sans effet (caduc)."],
        },
        depasse: Phrases {
            objet: "Délai d’installation dépassé",
            suite: &["L’accord est sans effet (caduc) si l’installation n’a pas commencé à temps."],
        },
    }),
};

const PIECES: Fiche = Fiche {
    regle: "PRO-3",
    delai: "pieces.delai",
    rappels: "rappels.pieces",
    responsable: Responsable::Demandeur,
    fin: Fin::Classable,
    ecran: Ecran::Demande,
    pendant: &[EtatDemande::Incomplete],
    file: Some("Pièces attendues"),
    agenda: None,
    au_demandeur: Some(Rappel {
        avant: Phrases {
            objet: "Des pièces manquent à votre dossier : à envoyer au plus tard le {date} (inclus)",
            suite: &[
                "Votre dossier est incomplet. Les pièces que nous vous avons demandées sont à déposer dans votre espace au plus tard le {fin} (inclus).",
                "Tant qu’elles manquent, le délai de réponse à votre demande est suspendu. Passé ce jour, votre demande peut être classée sans suite (code des relations entre le public et l’administration, article L114-5).",
            ],
        },
        depasse: Phrases {
            objet: "Les pièces demandées ne nous sont pas parvenues",
            suite: &[
                "Les pièces demandées étaient à déposer au plus tard le {fin} (inclus). Certaines ne nous sont pas parvenues.",
                "Votre demande n’est pas close pour autant : elle peut désormais être classée sans suite (code des relations entre le public et l’administration, article L114-5). Si vous avez les pièces, déposez-les dès maintenant ou contactez-nous.",
            ],
        },
    }),
    a_l_agent: Some(Rappel {
        avant: Phrases {
            objet: "Pièces manquantes",
            suite: &["Le délai au terme duquel notre silence vaut décision est suspendu d’ici là."],
        },
        depasse: Phrases {
            objet: "Délai des pièces dépassé",
            suite: &[
                "Nous le lui avons écrit. Le dossier reste ouvert : vous pouvez le classer sans suite, ou attendre.",
            ],
        },
    }),
};

/// The same before and after: the day is the caisse's only warning.
const SILENCE: Phrases = Phrases {
    objet: "Silence de la caisse",
    suite: &[
        "Sans décision notifiée d’ici là, le silence vaut rejet. Relève n’enregistre aucune décision à votre place.",
    ],
};

const DECISION_IMPLICITE: Fiche = Fiche {
    regle: "PRO-7",
    delai: "silence.delai",
    rappels: "rappels.decision_implicite",
    responsable: Responsable::Caisse,
    fin: Fin::Silence,
    ecran: Ecran::Demande,
    pendant: EN_INSTRUCTION,
    file: Some("Silence de la caisse"),
    agenda: Some("Réponse de la caisse attendue"),
    au_demandeur: None,
    a_l_agent: Some(Rappel {
        avant: SILENCE,
        depasse: SILENCE,
    }),
};

/// DER-4: what is said of the end of `$sujet`; `$si`: «if it».
macro_rules! fin_de {
    ($sujet:literal, $si:literal) => {
        Some(Rappel {
            avant: Phrases {
                objet: concat!($sujet, " prend fin le {date}"),
                suite: &[
                    concat!($sujet, " à {commune} prend fin le {fin}."),
                    concat!($si, " se poursuit, dites-le à la caisse au plus tard ce jour-là : elle enregistre le renouvellement."),
                ],
            },
            depasse: Phrases {
                objet: concat!($sujet, " a pris fin"),
                suite: &[
                    concat!($sujet, " à {commune} a pris fin le {fin}."),
                    concat!("La caisse constate cette fin ou son renouvellement. ", $si, " se poursuit, écrivez-nous."),
                ],
            },
        })
    };
}

/// DER-4: the same, to who handles the request.
macro_rules! fin_a_constater {
    ($sujet:literal) => {
        Some(Rappel {
            avant: Phrases {
                objet: concat!($sujet, " prend fin"),
                suite: A_CONSTATER,
            },
            depasse: Phrases {
                objet: concat!($sujet, " a pris fin"),
                suite: A_CONSTATER,
            },
        })
    };
}

const A_CONSTATER: &[&str] = &["Constatez la fin ou le renouvellement sur la page du dossier."];

const REDUCTION_TITULAIRE: Fiche = Fiche {
    regle: "DER-4",
    delai: "derogation.red.duree",
    rappels: "rappels.reduction",
    responsable: Responsable::Confrere,
    fin: Fin::AConstater,
    ecran: Ecran::Demande,
    pendant: &[EtatDemande::Accordee, EtatDemande::Installee],
    file: None,
    agenda: None,
    au_demandeur: fin_de!("La réduction d’activité du confrère établi", "Si elle"),
    a_l_agent: fin_a_constater!("La réduction d’activité du confrère établi"),
};

const REDUCTION_COLLABORATEUR: Fiche = Fiche {
    responsable: Responsable::Demandeur,
    au_demandeur: fin_de!("L’engagement du collaborateur ou de l’associé", "S’il"),
    a_l_agent: fin_a_constater!("L’engagement du collaborateur ou de l’associé"),
    ..REDUCTION_TITULAIRE
};

const DEPOT_DEMANDE: Fiche = Fiche {
    regle: "REG-12",
    delai: "charte.delai_depot",
    rappels: "rappels.charte",
    responsable: Responsable::Gagnant,
    fin: Fin::AttributionCaduque,
    ecran: Ecran::Attribution,
    pendant: &[],
    file: Some("Dépôt de la demande"),
    agenda: None,
    au_demandeur: None,
    a_l_agent: None,
};
