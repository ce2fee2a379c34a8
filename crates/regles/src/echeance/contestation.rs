//! PRO-9: the entries of the register about appeals.

use super::fiches::EN_INSTRUCTION;
use super::mots::{Phrases, Rappel};
use super::nature::{Ecran, Fiche, Fin, Responsable};

pub(super) const REPONSE_CRA: Fiche = Fiche {
    regle: "PRO-9",
    delai: "cra.delai_reponse",
    report: None,
    rappels: "rappels.reponse_cra",
    responsable: Responsable::Caisse,
    fin: Fin::RejetDuRecours,
    ecran: Ecran::Recours,
    pendant: &[],
    file: Some("Réponse de la commission de recours amiable"),
    agenda: Some("Réponse à votre recours attendue"),
    au_demandeur: None,
    a_l_agent: Some(Rappel {
        avant: Phrases {
            objet: "Réponse de la commission de recours amiable attendue",
            suite: &[
                "La commission de recours amiable répond à ce recours au plus tard le {fin} (inclus). Passé ce jour, son silence vaut rejet.",
            ],
        },
        depasse: Phrases {
            objet: "Recours rejeté par le silence de la commission",
            suite: &[
                "La commission de recours amiable devait répondre au plus tard le {fin} (inclus). Son silence vaut rejet : la personne peut saisir le tribunal. La commission peut encore répondre.",
            ],
        },
    }),
};

pub(super) const REEXAMEN: Fiche = Fiche {
    regle: "PRO-9",
    delai: "cra.delai_reexamen",
    report: None,
    rappels: "rappels.reexamen",
    responsable: Responsable::Caisse,
    fin: Fin::Retard,
    ecran: Ecran::Demande,
    pendant: EN_INSTRUCTION,
    file: Some("Nouvelle décision après un recours"),
    agenda: None,
    au_demandeur: None,
    a_l_agent: Some(Rappel {
        avant: Phrases {
            objet: "Nouvelle décision à prendre après un recours",
            suite: &[
                "La décision sur cette demande a été annulée : une nouvelle décision est à prendre au plus tard le {fin} (inclus).",
            ],
        },
        depasse: Phrases {
            objet: "Nouvelle décision en retard après un recours",
            suite: &[
                "La décision sur cette demande a été annulée : une nouvelle décision était à prendre au plus tard le {fin} (inclus). Prenez-la dès maintenant.",
            ],
        },
    }),
};
