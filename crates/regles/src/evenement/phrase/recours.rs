//! What is said of an appeal (PRO-9), as it follows the name of who acted.

use crate::contestation::Issue;
use crate::evenement::Fait;
use crate::texte::{self, date_fr, minuscule_initiale};

/// The sentence of what happened to an appeal; nothing is said here of anything else.
pub(super) fn dire(fait: &Fait) -> String {
    match fait {
        Fait::RecoursDepose {
            numero,
            contestee,
            contre,
            recu_le,
            papier,
            ..
        } => format!(
            "a {} le recours {numero}, reçu le {}, contre le dossier {contre} : {}",
            if *papier { "enregistré" } else { "déposé" },
            date_fr(*recu_le),
            minuscule_initiale(contestee.libelle())
        ),
        Fait::RecoursRepondu { issue, le, .. } => format!(
            "a enregistré la réponse de la commission de recours amiable du {} : {}",
            date_fr(*le),
            sens(*issue)
        ),
        Fait::RecoursNotifie { le, terme } => match terme {
            Some(terme) => format!(
                "réponse de la commission notifiée le {} : le tribunal peut être saisi {}",
                date_fr(*le),
                texte::au_plus_tard(*terme)
            ),
            None => format!("réponse de la commission notifiée le {}", date_fr(*le)),
        },
        Fait::RecoursTu { le, terme } => match terme {
            Some(terme) => format!(
                "a constaté que le silence de la commission vaut rejet depuis le {} : le tribunal peut être saisi {}",
                date_fr(*le),
                texte::au_plus_tard(*terme)
            ),
            None => format!(
                "a constaté que le silence de la commission vaut rejet depuis le {}",
                date_fr(*le)
            ),
        },
        Fait::RecoursSaisi { degre, le } => format!(
            "a enregistré la saisine du {} : {}",
            date_fr(*le),
            minuscule_initiale(degre.libelle())
        ),
        Fait::RecoursJuge {
            degre, issue, le, ..
        } => format!(
            "a enregistré le jugement du {} ({}) : {}",
            date_fr(*le),
            minuscule_initiale(degre.libelle()),
            sens(*issue)
        ),
        Fait::RecoursAbandonne { le } => {
            format!("a enregistré l’abandon du recours, le {}", date_fr(*le))
        }
        Fait::RecoursEffet { recours, .. } => {
            format!("décision annulée par le recours {recours} : le dossier est rouvert")
        }
        _ => String::new(),
    }
}

fn sens(issue: Issue) -> String {
    minuscule_initiale(issue.libelle())
}
