//! The entries of the register: one for each kind of deadline.

use super::mots::{Phrases, Rappel};
use super::nature::{Ecran, Fiche, Fin, Responsable};
use crate::demande::EtatDemande;

/// A request that is being examined.
pub(super) const EN_INSTRUCTION: &[EtatDemande] = &[
    EtatDemande::Deposee,
    EtatDemande::Incomplete,
    EtatDemande::Complete,
    EtatDemande::Proposee,
];

/// A request that is complete, or on which a decision is proposed.
const DEVANT_LA_COMMISSION: &[EtatDemande] = &[EtatDemande::Complete, EtatDemande::Proposee];

pub(super) const DESIGNATION_SUCCESSEUR: Fiche = Fiche {
    regle: "REG-5",
    delai: "place.delai_designation",
    report: None,
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

pub(super) const INSTALLATION: Fiche = Fiche {
    regle: "REG-9",
    delai: "installation.delai",
    report: None,
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

pub(super) const PIECES: Fiche = Fiche {
    regle: "PRO-3",
    delai: "pieces.delai",
    report: None,
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

pub(super) const MOTIFS_SILENCE: Fiche = Fiche {
    regle: "PRO-7",
    delai: "silence.delai_motifs",
    report: None,
    rappels: "rappels.motifs_silence",
    responsable: Responsable::Caisse,
    fin: Fin::Retard,
    ecran: Ecran::Demande,
    pendant: EN_INSTRUCTION,
    file: Some("Raisons à donner"),
    agenda: None,
    au_demandeur: None,
    a_l_agent: Some(Rappel {
        avant: Phrases {
            objet: "Raisons d’un refus à donner",
            suite: &[
                "La personne a demandé les raisons du refus né de notre silence : elles lui sont dues au plus tard le {fin} (inclus), selon le code des relations entre le public et l’administration, article L232-4.",
            ],
        },
        depasse: Phrases {
            objet: "Raisons d’un refus en retard",
            suite: &[
                "Les raisons du refus né de notre silence étaient dues au plus tard le {fin} (inclus), selon le code des relations entre le public et l’administration, article L232-4. Donnez-les dès maintenant : tant qu’elles manquent, ce refus est illégal.",
            ],
        },
    }),
};

pub(super) const SAISINE_CPD: Fiche = Fiche {
    regle: "PRO-4",
    delai: "cpd.delai_saisine",
    report: None,
    rappels: "rappels.saisine_cpd",
    responsable: Responsable::Caisse,
    fin: Fin::Retard,
    ecran: Ecran::Demande,
    pendant: &[EtatDemande::Complete],
    file: Some("Commission à saisir"),
    agenda: None,
    au_demandeur: None,
    a_l_agent: Some(Rappel {
        avant: Phrases {
            objet: "Commission à saisir",
            suite: &[
                "Le dossier est complet : la commission paritaire départementale est à saisir au plus tard le {fin} (inclus).",
            ],
        },
        depasse: Phrases {
            objet: "Commission pas encore saisie",
            suite: &[
                "La commission paritaire départementale était à saisir au plus tard le {fin} (inclus). Saisissez-la dès maintenant.",
            ],
        },
    }),
};

/// The same for a request and for a place.
const AVIS_ATTENDU: Option<Rappel> = Some(Rappel {
    avant: Phrases {
        objet: "Avis de la commission attendu",
        suite: &[
            "La commission paritaire départementale donne son avis au plus tard le {fin} (inclus). Passé ce jour, il est réputé rendu, sans être favorable ni défavorable.",
        ],
    },
    depasse: Phrases {
        objet: "Avis de la commission en retard",
        suite: &[
            "La commission paritaire départementale devait donner son avis au plus tard le {fin} (inclus). Enregistrez-le, ou enregistrez qu’il est réputé rendu.",
        ],
    },
});

pub(super) const AVIS_CPD: Fiche = Fiche {
    regle: "PRO-4",
    delai: "cpd.delai_avis",
    report: None,
    rappels: "rappels.avis_cpd",
    responsable: Responsable::Caisse,
    fin: Fin::Retard,
    ecran: Ecran::Demande,
    pendant: DEVANT_LA_COMMISSION,
    file: Some("Avis de la commission"),
    agenda: Some("Avis de la commission paritaire attendu"),
    au_demandeur: None,
    a_l_agent: AVIS_ATTENDU,
};

pub(super) const AVIS_PLACE: Fiche = Fiche {
    ecran: Ecran::Depart,
    pendant: &[],
    ..AVIS_CPD
};

pub(super) const DECISION_APRES_AVIS: Fiche = Fiche {
    regle: "PRO-4",
    delai: "decision.delai_apres_avis",
    report: None,
    rappels: "rappels.decision_apres_avis",
    responsable: Responsable::Caisse,
    fin: Fin::Retard,
    ecran: Ecran::Demande,
    pendant: DEVANT_LA_COMMISSION,
    file: Some("Décision après l’avis"),
    agenda: None,
    au_demandeur: None,
    a_l_agent: Some(Rappel {
        avant: Phrases {
            objet: "Décision à prendre après l’avis de la commission",
            suite: &[
                "La commission paritaire départementale s’est prononcée : la caisse décide au plus tard le {fin} (inclus).",
            ],
        },
        depasse: Phrases {
            objet: "Décision en retard après l’avis de la commission",
            suite: &[
                "La caisse devait décider au plus tard le {fin} (inclus), après l’avis de la commission paritaire départementale. La décision est à prendre dès maintenant.",
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

/// The same where silence accepts.
pub(super) const SILENCE_ACCEPTE: Phrases = Phrases {
    objet: "Une acceptation naîtra de notre silence",
    suite: &[
        "Sans décision notifiée d’ici là, notre silence vaudra accord, que la caisse ne pourrait retirer que s’il est illégal. \
         Relève n’enregistre aucune décision à votre place.",
    ],
};

pub(super) const DECISION_IMPLICITE: Fiche = Fiche {
    regle: "PRO-7",
    delai: "silence.delai",
    report: Some("silence.report_jour_non_ouvrable"),
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

pub(super) const REDUCTION_TITULAIRE: Fiche = Fiche {
    regle: "DER-4",
    delai: "derogation.red.duree",
    report: None,
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

pub(super) const REDUCTION_COLLABORATEUR: Fiche = Fiche {
    responsable: Responsable::Demandeur,
    au_demandeur: fin_de!("L’engagement du collaborateur ou de l’associé", "S’il"),
    a_l_agent: fin_a_constater!("L’engagement du collaborateur ou de l’associé"),
    ..REDUCTION_TITULAIRE
};

pub(super) const RESERVE_ACCORD: Fiche = Fiche {
    regle: "REG-17",
    delai: "reserve.delai",
    report: Some("reserve.report_jour_non_ouvrable"),
    rappels: "rappels.reserve",
    responsable: Responsable::Demandeur,
    fin: Fin::AccordCaduc,
    ecran: Ecran::Demande,
    pendant: &[EtatDemande::Accordee],
    file: Some("Condition de l’accord"),
    agenda: None,
    au_demandeur: Some(Rappel {
        avant: Phrases {
            objet: "La condition de votre accord est à remplir au plus tard le {date} (inclus)",
            suite: &[
                "Votre conventionnement à {commune} est accordé sous une condition, que dit votre document : elle est à remplir et à prouver au plus tard le {fin} (inclus).",
                "Dès qu’elle est remplie, envoyez-en la preuve depuis la page de votre demande. Passé ce jour, l’accord est sans effet (caduc).",
            ],
        },
        depasse: Phrases {
            objet: "La condition de votre accord devait être remplie",
            suite: &[
                "Votre conventionnement à {commune} vous a été accordé sous une condition, à remplir au plus tard le {fin} (inclus).",
                "Si elle l’a été à temps, envoyez-nous la preuve.",
            ],
        },
    }),
    a_l_agent: Some(Rappel {
        avant: Phrases {
            objet: "Condition d’un accord attendue",
            suite: &["Sans condition remplie ce jour-là, l’accord est sans effet (caduc)."],
        },
        depasse: Phrases {
            objet: "Condition d’un accord non remplie",
            suite: &[
                "L’accord est sans effet (caduc) si la condition n’a pas été remplie à temps.",
            ],
        },
    }),
};

pub(super) const DEPOT_DEMANDE: Fiche = Fiche {
    regle: "REG-12",
    delai: "charte.delai_depot",
    report: None,
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

pub(super) const CONTESTATION_DECOMPTE: Fiche = Fiche {
    regle: "REG-3",
    delai: "acts.contestation",
    report: None,
    rappels: "rappels.contestation_decompte",
    responsable: Responsable::Cedant,
    fin: Fin::Definitif,
    ecran: Ecran::Depart,
    pendant: &[],
    file: Some("Contestation du nombre d’actes"),
    agenda: Some("Dernier jour pour contester le nombre d’actes"),
    au_demandeur: None,
    a_l_agent: None,
};
