//! What may be done next on a file, by whom: the buttons of the page, and the sentence when it is somebody else's turn.

use chrono::NaiveDate;
use regles::demande::{EtatDemande as E, NatureDemande};
use regles::droits::{AGENTS, INSTRUCTION, Role, SIGNATURE};
use regles::echeance::{EtatEcheance, NatureEcheance};

use super::super::objet::adresse;
use super::Lecture;
use crate::db::session::Identite;

/// One thing to do.
pub struct ActionVue {
    /// Its words.
    pub libelle: String,
    /// Where it goes.
    pub url: String,
    /// Whether it is done at once (a button that posts) or on a page of its own (a link).
    pub direct: bool,
    /// Class of the button.
    pub classe: &'static str,
    /// What the key «a» does here, for the act that it does.
    pub effet: Option<&'static str>,
    /// Hidden field of a direct act, with its value.
    pub champ: Option<(&'static str, String)>,
}

impl ActionVue {
    fn lien(libelle: &str, url: String) -> Self {
        ActionVue {
            libelle: libelle.to_owned(),
            url,
            direct: false,
            classe: "bouton bouton--second",
            effet: None,
            champ: None,
        }
    }

    fn direct(libelle: &str, url: String) -> Self {
        ActionVue {
            direct: true,
            ..ActionVue::lien(libelle, url)
        }
    }

    fn principale(mut self) -> Self {
        self.classe = "bouton";
        self
    }

    fn danger(mut self) -> Self {
        self.classe = "bouton bouton--danger";
        self
    }
}

/// Whether this role instructs.
pub fn instruit(role: Role) -> bool {
    INSTRUCTION.permet(Some(role))
}

/// What this person may do now, the main thing first.
pub fn possibles(lecture: &Lecture, qui: &Identite, jour: NaiveDate) -> Vec<ActionVue> {
    let d = &lecture.dossier.demande;
    let url = |verbe: &str| adresse(&d.numero, verbe);
    let mut actions = Vec::new();
    let role = Some(qui.role);
    if INSTRUCTION.permet(role) {
        instruction(lecture, jour, &mut actions);
        if d.etat.en_cours() && d.assigne_a != Some(qui.compte_id) {
            let libelle = match d.assigne_a {
                None => "Prendre en charge",
                Some(_) => "Reprendre le dossier",
            };
            let mut prendre = ActionVue::direct(libelle, url("prendre"));
            prendre.effet = Some("prendre ce dossier en charge");
            prendre.champ = Some((
                "remplace",
                d.assigne_a.map_or_else(String::new, |id| id.to_string()),
            ));
            actions.push(prendre);
        }
    }
    if SIGNATURE.permet(role) && d.etat == E::Proposee && !a_instruit(lecture, qui) {
        actions.push(ActionVue::lien("Décider", url("decider")).principale());
        actions.push(ActionVue::lien("Renvoyer à l’instruction", url("renvoyer")));
    }
    if AGENTS.permet(role) {
        suites(lecture, &mut actions);
    }
    if INSTRUCTION.permet(role) && suivi_en_cours(lecture) {
        actions.push(ActionVue::lien(
            "Constater la fin d’une réduction d’activité",
            url("reduction"),
        ));
    }
    actions
}

fn instruction(lecture: &Lecture, jour: NaiveDate, actions: &mut Vec<ActionVue>) {
    let d = &lecture.dossier.demande;
    let url = |verbe: &str| adresse(&d.numero, verbe);
    if d.etat == E::Complete {
        actions.push(ActionVue::lien("Proposer une décision", url("proposer")).principale());
    }
    if matches!(d.etat, E::Deposee | E::Incomplete) {
        actions
            .push(ActionVue::direct("Déclarer le dossier complet", url("completer")).principale());
    }
    let instruite = matches!(d.etat, E::Deposee | E::Incomplete | E::Complete);
    if instruite {
        actions.push(ActionVue::lien(
            "Demander des pièces",
            url("demander-pieces"),
        ));
    }
    if instruite && d.nature == NatureDemande::Derogation {
        actions.push(ActionVue::lien(
            "Enregistrer l’avis de la commission",
            url("avis"),
        ));
    }
    let delai_ecoule = lecture.echeances.iter().any(|e| {
        e.nature == NatureEcheance::Pieces && e.etat == EtatEcheance::EnCours && e.finale < jour
    });
    if d.etat == E::Incomplete && delai_ecoule {
        actions.push(ActionVue::lien("Classer sans suite", url("classer")).danger());
    }
}

fn suites(lecture: &Lecture, actions: &mut Vec<ActionVue>) {
    let d = &lecture.dossier.demande;
    let url = |verbe: &str| adresse(&d.numero, verbe);
    if matches!(d.etat, E::Accordee | E::Refusee) && d.notifiee_le.is_none() {
        actions.push(ActionVue::lien("Suivre la notification", url("notifier")).principale());
    }
    if d.etat == E::Accordee && d.notifiee_le.is_some() {
        actions.push(ActionVue::lien("Enregistrer l’installation", url("installer")).principale());
    }
}

/// DER-4: a follow-up runs.
fn suivi_en_cours(lecture: &Lecture) -> bool {
    lecture
        .echeances
        .iter()
        .any(|e| e.nature.suit_une_reduction() && e.etat == EtatEcheance::EnCours)
}

fn a_instruit(lecture: &Lecture, qui: &Identite) -> bool {
    let propose = lecture
        .decision
        .as_ref()
        .is_some_and(|(d, _, _)| d.proposee_par == qui.compte_id);
    propose || lecture.dossier.demande.assigne_a == Some(qui.compte_id)
}

/// The sentence that says who acts next when it is not this person.
pub fn consigne(lecture: &Lecture, qui: &Identite) -> Option<String> {
    let d = &lecture.dossier.demande;
    let phrase = match d.etat {
        E::Deposee | E::Incomplete | E::Complete if SIGNATURE.permet(Some(qui.role)) => {
            "Le dossier est à l’instruction : vous pourrez décider quand une décision sera proposée."
        }
        E::Proposee if a_instruit(lecture, qui) => {
            "Vous avez instruit ce dossier : une autre personne le signe (PRO-5)."
        }
        E::Proposee if instruit(qui.role) => {
            "Une décision est proposée : la personne qui signe la prend ou vous la renvoie."
        }
        E::Incomplete => {
            "Les pièces sont attendues. Si elles arrivent par un autre moyen, déclarez le dossier complet."
        }
        _ if !qui.role.de_caisse() => "Vous lisez ce dossier : seule la caisse le change.",
        _ if suivi_en_cours(lecture) => {
            "Une réduction d’activité est suivie : constatez sa fin ou son renouvellement le moment venu (DER-4)."
        }
        _ if !d.etat.en_cours() && d.etat != E::Refusee => {
            "Ce dossier est clos : il n’y a plus rien à y faire."
        }
        _ => return None,
    };
    Some(phrase.to_owned())
}
