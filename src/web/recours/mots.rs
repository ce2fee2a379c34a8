//! What is said of an appeal on a screen: its state, why it is here, whose turn it is.

use chrono::NaiveDate;
use regles::contestation::{EtatRecours, Issue};
use regles::texte;

use crate::db::recours::{Bref, Recours};
use crate::web::ui::{Etat, Pastille};

/// Its state, for the caisse.
pub fn pastille(etat: EtatRecours, issue: Option<Issue>) -> Pastille {
    match etat {
        EtatRecours::DevantLaCommission => Pastille::new(Etat::AFaire, etat.libelle()),
        EtatRecours::DevantLeJuge => Pastille::new(Etat::EnCours, etat.libelle()),
        EtatRecours::Repondu => match issue {
            Some(i) => Pastille::new(Etat::Fait, i.libelle()),
            None => Pastille::new(Etat::Fait, etat.libelle()),
        },
        EtatRecours::RejeteParSilence | EtatRecours::Juge | EtatRecours::Abandonne => {
            Pastille::new(Etat::Neutre, etat.libelle())
        }
    }
}

/// Its state, for the person: what was answered is said by the document, not before it (PRO-8).
pub fn pastille_pour_la_personne(r: &Recours) -> Pastille {
    match (r.etat, r.notifiee_le) {
        (EtatRecours::Repondu, None) => Pastille::new(Etat::AFaire, "Réponse à lire"),
        (EtatRecours::DevantLaCommission, _) => {
            Pastille::new(Etat::EnCours, EtatRecours::DevantLaCommission.libelle())
        }
        (etat, _) => pastille(etat, r.issue),
    }
}

/// Why it is in the queue.
pub fn raison(etat: EtatRecours, notifiee: bool) -> &'static str {
    match etat {
        EtatRecours::DevantLaCommission => "Recours à instruire, réponse de la commission attendue",
        EtatRecours::Repondu if !notifiee => "Réponse de la commission à notifier",
        EtatRecours::Repondu => "Réponse de la commission notifiée",
        EtatRecours::RejeteParSilence => "Rejeté par le silence de la commission",
        EtatRecours::DevantLeJuge => "Tribunal saisi, jugement attendu",
        EtatRecours::Juge => "Jugement rendu",
        EtatRecours::Abandonne => "Recours abandonné par la personne",
    }
}

/// Who has to act; nobody once it is over.
pub fn acteur(etat: EtatRecours, notifiee: bool, agent: String) -> Option<String> {
    match etat {
        EtatRecours::DevantLaCommission => Some("la commission de recours amiable".to_owned()),
        EtatRecours::Repondu if !notifiee => Some(agent),
        EtatRecours::DevantLeJuge => Some("le tribunal".to_owned()),
        EtatRecours::Repondu
        | EtatRecours::RejeteParSilence
        | EtatRecours::Juge
        | EtatRecours::Abandonne => None,
    }
}

/// The sentence at the top of its page, for the caisse.
pub fn phrase(r: &Recours, personne: &str) -> String {
    match r.etat {
        EtatRecours::DevantLaCommission => format!(
            "{personne} conteste {} : la commission de recours amiable répond {}.",
            texte::minuscule_initiale(r.contestee.libelle()),
            texte::au_plus_tard(r.repondre_avant)
        ),
        EtatRecours::Repondu => match r.notifiee_le {
            Some(le) => format!(
                "La réponse de la commission est notifiée le {}.",
                texte::date_fr(le)
            ),
            None => "La commission a répondu : sa réponse est à notifier.".to_owned(),
        },
        EtatRecours::RejeteParSilence => {
            "Le silence de la commission vaut rejet. Elle peut encore répondre.".to_owned()
        }
        EtatRecours::DevantLeJuge => "Un tribunal est saisi : son jugement est attendu.".to_owned(),
        EtatRecours::Juge => "Le jugement est rendu.".to_owned(),
        EtatRecours::Abandonne => "La personne a abandonné ce recours.".to_owned(),
    }
}

/// The same, for the person.
pub fn phrase_pour_la_personne(r: &Recours, a_ouvrir: Option<NaiveDate>) -> String {
    match (r.etat, r.notifiee_le) {
        (EtatRecours::DevantLaCommission, _) => format!(
            "Votre recours est enregistré. La réponse est attendue {}.",
            texte::au_plus_tard(r.repondre_avant)
        ),
        (EtatRecours::Repondu, None) => match a_ouvrir {
            Some(terme) => format!(
                "Un document vous attend : ouvrez-le {}.",
                texte::au_plus_tard(terme)
            ),
            None => "Une réponse à votre recours vous est envoyée.".to_owned(),
        },
        (EtatRecours::Repondu, Some(le)) => {
            format!(
                "La réponse à votre recours vous est notifiée le {}.",
                texte::date_fr(le)
            )
        }
        (EtatRecours::RejeteParSilence, _) => match r.tribunal_avant {
            Some(terme) => format!(
                "Sans réponse, votre recours est rejeté. Vous pouvez saisir le tribunal {}.",
                texte::au_plus_tard(terme)
            ),
            None => {
                "Sans réponse, votre recours est rejeté. Vous pouvez saisir le tribunal.".to_owned()
            }
        },
        (EtatRecours::DevantLeJuge, _) => {
            "Un tribunal est saisi : son jugement est attendu.".to_owned()
        }
        (EtatRecours::Juge, _) => "Le jugement est rendu.".to_owned(),
        (EtatRecours::Abandonne, _) => "Ce recours est abandonné.".to_owned(),
    }
}

/// Whether it kept the delay, said of dates alone: only the commission judges of it.
pub fn delai(r: &Recours) -> String {
    match r.terme {
        None => "Aucun délai ne court contre ce qui est contesté".to_owned(),
        Some(terme) if r.envoye_le <= terme => format!(
            "Dernier jour le {}, envoyé le {} : dans le délai",
            texte::date_fr(terme),
            texte::date_fr(r.envoye_le)
        ),
        Some(terme) => format!(
            "Dernier jour le {}, envoyé le {} : après le délai, la commission se prononce",
            texte::date_fr(terme),
            texte::date_fr(r.envoye_le)
        ),
    }
}

/// One line: «131-2026-R00003, refus de conventionnement, reçu le 13 décembre 2026».
pub fn en_bref(r: &Bref) -> String {
    format!(
        "{}, contre : {}, reçu le {}",
        r.numero,
        texte::minuscule_initiale(r.contestee.libelle()),
        texte::date_fr(r.recu_le)
    )
}

/// The facts of an appeal, label and value.
pub fn faits(r: &Recours, conteste: &str) -> Vec<(&'static str, String)> {
    let mut faits = vec![
        ("Contre", format!("Dossier {conteste}")),
        ("Ce qui est contesté", r.contestee.libelle().to_owned()),
    ];
    if let Some(le) = r.contestee_le {
        faits.push(("Notifié le", texte::date_fr(le)));
    }
    faits.push(("Reçu le", texte::date_fr(r.recu_le)));
    faits.push(("Devant", r.degre.libelle().to_owned()));
    faits.push(("Réponse au plus tard le", texte::date_fr(r.repondre_avant)));
    if let (Some(le), true) = (r.tribunal_avant, r.etat != EtatRecours::DevantLeJuge) {
        faits.push(("Tribunal à saisir au plus tard le", texte::date_fr(le)));
    }
    faits
}

/// The state of several appeals, for a filter.
pub fn au_pluriel(etat: EtatRecours) -> &'static str {
    match etat {
        EtatRecours::DevantLaCommission => "Devant la commission",
        EtatRecours::Repondu => "Réponses rendues",
        EtatRecours::RejeteParSilence => "Rejetés par silence",
        EtatRecours::DevantLeJuge => "Devant le juge",
        EtatRecours::Juge => "Jugés",
        EtatRecours::Abandonne => "Abandonnés",
    }
}
