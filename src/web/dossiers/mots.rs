//! What a request is said to be, in words a stranger understands.

use chrono::NaiveDate;
use regles::attente::{self, Dite, EtapeCommission, FaitsDemande, Installation, Nommes};
use regles::demande::EtatDemande as E;
use regles::echeance::NatureEcheance;
use regles::geste::convoquer;
use regles::notification::Chemin;

use crate::actions::decision::A_NOTIFIER;
use crate::actions::demande::installation::A_ENREGISTRER;
use crate::actions::recours::JUGEMENT;
use crate::db::demande::DemandeComplete;
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

/// What hangs on a request, and says what it waits for: the documents asked for, the decision on its way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attente {
    /// Asked for.
    pub demandees: i64,
    /// Received.
    pub recues: i64,
    /// PRO-8: where the decision is, until it is notified.
    pub chemin: Chemin,
}

/// PRO-13: whether somebody asked to be heard, and waits for a day.
pub fn audition_a_fixer(d: &PropreDemande) -> bool {
    d.audition_demandee && convoquer(d.nature, d.etat, d.avis).is_ok()
}

/// Why a request is in the queue.
pub fn raison(
    ligne: &LigneFile,
    demande: &PropreDemande,
    attente: Attente,
    aujourd_hui: NaiveDate,
) -> String {
    let faits = FaitsDemande {
        silence: demande.silence,
        renvoyee: demande.renvoyee,
        ..faits(
            (demande.etat, demande.notifiee_le, &ligne.echeance_nature),
            ligne.prochaine_echeance,
            attente,
        )
    };
    let raison = attente::raison(&attente::demande(&faits), aujourd_hui);
    match audition_a_fixer(demande) {
        true => format!("{raison} ; audition demandée, à fixer"),
        false => raison,
    }
}

/// What a request waits for, from what its row says.
fn faits(
    (etat, notifiee_le, echeance_nature): (E, Option<NaiveDate>, &str),
    echeance: NaiveDate,
    attente: Attente,
) -> FaitsDemande {
    FaitsDemande {
        etat,
        notifiee: notifiee_le.is_some(),
        chemin: attente.chemin,
        installation: if echeance_nature == A_ENREGISTRER {
            Installation::Declaree
        } else if echeance_nature == NatureEcheance::ReserveAccord.as_str() {
            Installation::SousReserve
        } else {
            Installation::Attendue
        },
        demandees: attente.demandees,
        recues: attente.recues,
        manquantes: 0,
        echeance: Some(echeance),
        commission: NatureEcheance::TOUS
            .iter()
            .find(|n| n.as_str() == echeance_nature)
            .and_then(|n| EtapeCommission::de(*n)),
        silence: None,
        renvoyee: false,
    }
}

/// What falls due next, for a stored nature.
pub fn nature_echeance(nature: &str) -> &'static str {
    match nature {
        A_NOTIFIER => "Notification",
        A_ENREGISTRER => "Installation à enregistrer",
        "recours" => "Fin du délai de recours",
        JUGEMENT => "Jugement",
        "cessation" => "Cessation",
        "cloture_appel" => "Clôture de l’appel",
        delai => NatureEcheance::TOUS
            .iter()
            .find(|n| n.as_str() == delai)
            .and_then(|n| n.fiche().file)
            .unwrap_or("Échéance"),
    }
}

/// The sentence at the top of a file, for who instructs and for who reads, and whose turn it is.
pub fn dite(dossier: &DemandeComplete, attente: Attente, aujourd_hui: NaiveDate) -> Dite {
    let d = &dossier.demande;
    let (nom, agent) = (
        dossier.kine.nom_complet(),
        dossier
            .suivi_par
            .as_ref()
            .map(|(prenom, nom)| format!("{prenom} {nom}")),
    );
    let faits = FaitsDemande {
        silence: d.silence(),
        renvoyee: d.renvoi.dit().is_some(),
        ..faits(
            (d.etat, d.notifiee_le, &d.echeance_nature),
            d.prochaine_echeance,
            attente,
        )
    };
    let nommes = Nommes {
        personne: &nom,
        agent: agent.as_deref(),
        notifiee_le: d.notifiee_le,
        installee_le: d.installee_le,
        ..Nommes::default()
    };
    attente::pour_l_agent(&attente::demande(&faits), &nommes, aujourd_hui)
}
