//! What a request is said to be, in words a stranger understands.

use chrono::NaiveDate;
use regles::demande::EtatDemande as E;
use regles::texte;

use crate::actions::decision::A_NOTIFIER;
use crate::actions::demande::installation::A_ENREGISTRER;
use crate::db::demande::{Demande, DemandeComplete};
use crate::db::file::{LigneFile, PropreDemande};
use crate::web::ui::{Etat, Pastille};

/// The state of a request: a colour, an icon, a word.
pub fn pastille(etat: E) -> Pastille {
    let ton = match etat {
        E::Deposee | E::Complete | E::Proposee => Etat::AFaire,
        E::Incomplete | E::Accordee => Etat::EnCours,
        E::Installee => Etat::Fait,
        E::Refusee | E::Caduque | E::Retiree | E::SansSuite => Etat::Neutre,
    };
    Pastille::new(ton, etat.libelle())
}

/// The state of several files, for a filter.
pub fn au_pluriel(etat: E) -> &'static str {
    match etat {
        E::Deposee | E::Incomplete | E::Complete | E::Proposee => etat.libelle(),
        E::Accordee => "Accordés",
        E::Refusee => "Refusés",
        E::Installee => "Installés",
        E::Caduque => "Caducs",
        E::Retiree => "Retirés",
        E::SansSuite => "Sans suite",
    }
}

/// Documents that were asked for: how many, how many arrived.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attente {
    /// Asked for.
    pub demandees: i64,
    /// Received.
    pub recues: i64,
}

/// Why a request is in the queue.
pub fn raison(
    ligne: &LigneFile,
    demande: &PropreDemande,
    attente: Attente,
    aujourd_hui: NaiveDate,
) -> String {
    let echue = ligne.prochaine_echeance < aujourd_hui;
    match demande.etat {
        E::Deposee if attente.demandees > 0 => "Pièces demandées reçues, à vérifier".to_owned(),
        E::Deposee => "Pièces à vérifier".to_owned(),
        E::Incomplete if echue => "Délai des pièces écoulé, à classer ou à reprendre".to_owned(),
        E::Incomplete => format!(
            "{} encore attendue{}",
            texte::majuscule_initiale(&texte::en_lettres(
                attente.demandees - attente.recues,
                "pièce",
                "pièces"
            )),
            texte::marque(attente.demandees - attente.recues)
        ),
        E::Complete => "Dossier complet, décision à proposer".to_owned(),
        E::Proposee => "Décision proposée, à signer".to_owned(),
        E::Accordee if demande.notifiee_le.is_none() => "Accord à notifier".to_owned(),
        E::Accordee if ligne.echeance_nature == A_ENREGISTRER => {
            "Installation déclarée, preuve à vérifier".to_owned()
        }
        E::Accordee if echue => "Délai d’installation écoulé".to_owned(),
        E::Accordee => "Installation attendue".to_owned(),
        E::Refusee if demande.notifiee_le.is_none() => "Refus à notifier".to_owned(),
        E::Refusee => "Refus notifié".to_owned(),
        E::Installee => "Installation enregistrée".to_owned(),
        E::Caduque => "Accord caduc, délai d’installation écoulé".to_owned(),
        E::Retiree => "Retirée par la personne".to_owned(),
        E::SansSuite => "Pièces non fournies à temps".to_owned(),
    }
}

/// What falls due next, for a stored nature.
pub fn nature_echeance(nature: &str) -> &'static str {
    match nature {
        "pieces" => "Pièces attendues",
        "decision_implicite" => "Décision implicite",
        "installation" => "Installation",
        A_NOTIFIER => "Notification",
        A_ENREGISTRER => "Installation à enregistrer",
        "recours" => "Fin du délai de recours",
        "cessation" => "Cessation",
        "designation_successeur" => "Désignation du successeur",
        "depot_demande" => "Dépôt de la demande",
        "cloture_appel" => "Clôture de l’appel",
        _ => "Échéance",
    }
}

/// The sentence at the top of a file, for who instructs and for who reads.
pub fn phrase(dossier: &DemandeComplete, attente: Attente, aujourd_hui: NaiveDate) -> String {
    let d = &dossier.demande;
    let nom = dossier.kine.nom_complet();
    let reste = (d.prochaine_echeance - aujourd_hui).num_days();
    let date = texte::date_fr(d.prochaine_echeance);
    match d.etat {
        E::Deposee => format!(
            "Demande reçue {de_nom}, à vérifier. Décision implicite le {date} ({}).",
            texte::dans(reste),
            de_nom = texte::de(&nom)
        ),
        E::Incomplete if reste < 0 => format!(
            "Les pièces demandées à {nom} devaient arriver avant le {date} : le dossier peut être classé sans suite."
        ),
        E::Incomplete => format!(
            "En attente {} {de_nom}, jusqu’au {date} ({}).",
            match attente.demandees - attente.recues {
                1 => "d’une pièce".to_owned(),
                n => format!("de {}", texte::en_lettres(n, "pièce", "pièces")),
            },
            texte::dans(reste),
            de_nom = texte::de(&nom)
        ),
        E::Complete => format!(
            "Dossier complet, décision à proposer avant la décision implicite du {date} ({}).",
            texte::dans(reste)
        ),
        E::Proposee => format!(
            "Une décision est proposée, à signer avant le {date} ({}).",
            texte::dans(reste)
        ),
        E::Accordee => accordee(d, &nom, &date, reste),
        E::Refusee => match d.notifiee_le {
            None => "Refus décidé : il reste à le notifier.".to_owned(),
            Some(le) => format!(
                "Refus notifié le {} : un recours est possible jusqu’au {date}.",
                texte::date_fr(le)
            ),
        },
        E::Installee => match d.installee_le {
            Some(le) => format!("{nom} est installé depuis le {}.", texte::date_fr(le)),
            None => format!("{nom} est installé."),
        },
        E::Caduque => {
            format!("L’accord est caduc : {nom} ne s’est pas installé à temps.")
        }
        E::Retiree => format!("{nom} a retiré sa demande."),
        E::SansSuite => {
            "Demande classée sans suite : les pièces ne sont pas arrivées à temps.".to_owned()
        }
    }
}

fn accordee(d: &Demande, nom: &str, date: &str, reste: i64) -> String {
    match d.notifiee_le {
        Some(_) if d.echeance_nature == A_ENREGISTRER => format!(
            "{nom} a déclaré son installation : la preuve est à vérifier, puis l’installation à enregistrer."
        ),
        None => "Accord décidé : il reste à le notifier, le délai d’installation court à compter de la notification.".to_owned(),
        Some(_) if reste < 0 => format!(
            "{nom} devait s’installer avant le {date} : l’accord est caduc s’il ne l’a pas fait."
        ),
        Some(le) => format!(
            "Accord notifié le {} : {nom} s’installe avant le {date} ({}).",
            texte::date_fr(le),
            texte::dans(reste)
        ),
    }
}

/// Who follows the file; the CPAM when nobody does.
fn agent(dossier: &DemandeComplete) -> String {
    match &dossier.suivi_par {
        Some((prenom, nom)) => format!("{prenom} {nom}"),
        None => "La caisse".to_owned(),
    }
}

/// Whose turn it is.
pub fn a_qui(dossier: &DemandeComplete) -> String {
    match dossier.demande.etat {
        E::Deposee | E::Complete => agent(dossier),
        E::Incomplete => dossier.kine.nom_complet(),
        E::Proposee => "La personne qui signe".to_owned(),
        E::Accordee if dossier.demande.echeance_nature == A_ENREGISTRER => agent(dossier),
        E::Accordee if dossier.demande.notifiee_le.is_some() => dossier.kine.nom_complet(),
        E::Accordee => "La caisse".to_owned(),
        E::Refusee if dossier.demande.notifiee_le.is_none() => "La caisse".to_owned(),
        _ => "Personne, le dossier est clos".to_owned(),
    }
}
