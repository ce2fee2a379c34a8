//! What may be done next on a file, by whom: the buttons of the page, and the sentence when it is somebody else's turn.

use chrono::NaiveDate;
use regles::condition::Condition;
use regles::demande::EtatDemande as E;
use regles::droits::{INSTRUCTION, Role, SIGNATURE};
use regles::echeance::{EtatEcheance, NatureEcheance};
use regles::geste::{self, Conseil, GesteDemande, Qui, SurDemande};
use regles::liste_pieces::Manques;
use regles::signature::MoyenSignature;
use regles::silence::EffetSilence;

use super::super::generales::ConditionsGenerales;
use super::super::objet::adresse;
use super::Lecture;
use crate::db::session::Identite;
use crate::db::signature::Signature;
use crate::web::kit::geste::Geste;
use crate::web::liste_pieces;

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
    /// A key that does it here, and what it does.
    pub touche: Option<(char, &'static str)>,
    /// Whether it is hardly needed: it leaves the first place.
    pub rare: bool,
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
            touche: None,
            rare: false,
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

    fn rare(mut self) -> Self {
        self.rare = true;
        self
    }

    fn danger(mut self) -> Self {
        self.classe = "bouton bouton--danger";
        self
    }
}

/// PRO-9: recording an appeal that came on paper.
pub fn enregistrer_un_recours(numero: &str) -> ActionVue {
    ActionVue::lien("Enregistrer un recours", adresse(numero, "recours")).rare()
}

/// Whether this role instructs.
pub fn instruit(role: Role) -> bool {
    INSTRUCTION.permet(Some(role))
}

/// What the acts on the request rest on; `separation`: whether who instructs may not sign (PRO-5), `bloquantes`: what holds a
/// grant back (GEN-1).
pub fn sur(lecture: &Lecture, separation: bool, bloquantes: Vec<Condition>) -> SurDemande {
    let d = &lecture.dossier.demande;
    let en_cours = |nature| {
        let mut siennes = lecture.echeances.iter();
        siennes.find(|e| e.nature == nature && e.etat == EtatEcheance::EnCours)
    };
    SurDemande {
        etat: d.etat,
        nature: d.nature,
        avis: d.derogation_avis_cpd,
        mandat: d.representant.as_ref().map(|r| (r.etat, r.mandat())),
        audition_demandee: d.audition.as_ref().is_some_and(|a| a.demandee_le.is_some()),
        audition_fixee: d.audition.as_ref().is_some_and(|a| a.le.is_some()),
        notifiee_le: d.notifiee_le,
        assigne_a: d.assigne_a,
        proposee_par: lecture.decision.as_ref().map(|(d, _, _)| d.proposee_par),
        sens_propose: lecture.decision.as_ref().map(|(d, _, _)| d.sens),
        manques: Manques::de(&lecture.lignes),
        bloquantes,
        saisie: en_cours(NatureEcheance::AvisCpd).is_some(),
        fin_des_pieces: en_cours(NatureEcheance::Pieces).map(|e| e.finale),
        reserve: d.reserve(),
        reduction_suivie: suivi_en_cours(lecture),
        separation,
        lettre_a_signer: lecture.signature.as_ref().and_then(Signature::attend),
        silence: d.silence(),
        // The person alone is bound by it.
        contester_avant: None,
    }
}

/// What this person may do now, the main thing first.
pub fn possibles(
    faits: &SurDemande,
    lecture: &Lecture,
    qui: &Identite,
    jour: NaiveDate,
) -> Vec<ActionVue> {
    let moi = Qui {
        role: qui.role,
        compte: qui.compte_id,
    };
    let mut actions: Vec<ActionVue> = GesteDemande::TOUS
        .iter()
        .filter(|geste| geste.possible(faits, moi, jour).is_ok())
        .filter_map(|geste| vue(*geste, lecture, qui))
        .collect();
    if !instruit(qui.role) {
        return actions;
    }
    let numero = &lecture.dossier.demande.numero;
    let conseillee = match geste::conseil(faits) {
        Conseil::Poursuivre => return actions,
        Conseil::Attendre(_) => None,
        Conseil::Dabord(geste, _) => {
            let url = adresse(numero, geste.as_str());
            actions.retain(|a| a.url != url);
            Some(ActionVue::lien(geste.libelle(), url))
        }
        Conseil::Conditions(_) => {
            let (libelle, verbe) = (ConditionsGenerales::TITRE, ConditionsGenerales::VERBE);
            Some(ActionVue::lien(libelle, adresse(numero, verbe)))
        }
    };
    reculer(&mut actions);
    if let Some(conseillee) = conseillee {
        actions.insert(0, conseillee.principale());
    }
    actions
}

/// Nothing is the main thing to do any more.
fn reculer(actions: &mut [ActionVue]) {
    for suivante in actions.iter_mut().filter(|a| a.classe == "bouton") {
        suivante.classe = "bouton bouton--second";
    }
}

/// Examining what was received, before anything else while something waits.
pub fn examiner(actions: &mut Vec<ActionVue>, a_examiner: usize, url: String) {
    if a_examiner == 0 {
        return;
    }
    reculer(actions);
    let libelle = match a_examiner {
        1 => "Examiner la pièce reçue".to_owned(),
        n => format!("Examiner les {n} pièces reçues"),
    };
    let mut examiner = ActionVue::lien(&libelle, url).principale();
    examiner.touche = Some(('e', "examiner les pièces reçues"));
    actions.insert(0, examiner);
}

/// The button of an act; none for what is done elsewhere on the page, or is done already.
fn vue(geste: GesteDemande, lecture: &Lecture, qui: &Identite) -> Option<ActionVue> {
    use GesteDemande as G;
    let d = &lecture.dossier.demande;
    let url = adresse(&d.numero, geste.as_str());
    Some(match geste {
        // It is in the person's space: only a letter by post needs a hand.
        G::DeposerLettre
            if lecture.signature.as_ref().and_then(Signature::attend)
                == Some(MoyenSignature::Teleservice) =>
        {
            ActionVue::lien(geste.libelle(), url)
        }
        G::DeposerLettre
        | G::Proposer
        | G::Decider
        | G::Notifier
        | G::Installer
        | G::LeverReserve => ActionVue::lien(geste.libelle(), url).principale(),
        // Without a useful document, its page asks why; over what nobody examined, it says so.
        G::Completer
            if !Manques::de(&lecture.lignes).utiles.is_empty()
                || lecture.pieces.iter().any(liste_pieces::a_examiner) =>
        {
            ActionVue::lien(geste.libelle(), url).principale()
        }
        G::Completer => ActionVue::direct(geste.libelle(), url).principale(),
        G::Reprendre => ActionVue::direct(geste.libelle(), url),
        G::Classer => ActionVue::lien(geste.libelle(), url).danger().rare(),
        G::NoterActe | G::Transmettre => ActionVue::lien(geste.libelle(), url).rare(),
        G::Convoquer if d.audition.as_ref().is_none_or(|a| a.demandee_le.is_none()) => {
            ActionVue::lien(geste.libelle(), url).rare()
        }
        G::DemanderPieces
        | G::Saisir
        | G::NoterAvis
        | G::Convoquer
        | G::ExaminerMandat
        | G::AnnulerComplet
        | G::Renvoyer
        | G::SuivreReduction => ActionVue::lien(geste.libelle(), url),
        G::Prendre if d.assigne_a == Some(qui.compte_id) => return None,
        G::Prendre => {
            let mut prendre = ActionVue::direct(geste.libelle(), url);
            prendre.touche = Some(('a', "prendre ce dossier en charge"));
            prendre.champ = Some((
                "remplace",
                d.assigne_a.map_or_else(String::new, |id| id.to_string()),
            ));
            prendre
        }
        G::RepondreAuSilence => {
            let acceptee = d
                .silence()
                .is_some_and(|s| s.effet == EffetSilence::Acceptation);
            let libelle = match acceptee {
                true => "Délivrer l’attestation",
                false => "Donner les raisons du refus",
            };
            ActionVue::lien(libelle, url).principale()
        }
        G::ExaminerPieces
        | G::InterrogerLeSilence
        | G::DemanderAudition
        | G::NommerRepresentant
        | G::RevoquerMandat
        | G::Retirer => {
            return None;
        }
    })
}

/// DER-4: a follow-up runs.
fn suivi_en_cours(lecture: &Lecture) -> bool {
    lecture
        .echeances
        .iter()
        .any(|e| e.nature.suit_une_reduction() && e.etat == EtatEcheance::EnCours)
}

/// What keeps the file, in the words in which the act that follows would be refused, for who acts on it in this state.
fn retenu(faits: &SurDemande, qui: &Identite) -> Option<String> {
    let concerne = match faits.etat {
        E::Deposee | E::Incomplete => instruit(qui.role),
        _ => qui.role.de_caisse(),
    };
    let conseil = geste::conseil(faits);
    conseil
        .refus()
        .filter(|_| concerne)
        .map(|refus| refus.to_string())
}

/// The sentence that says who acts next when it is not this person, or what keeps the file.
pub fn consigne(faits: &SurDemande, lecture: &Lecture, qui: &Identite) -> Option<String> {
    let d = &lecture.dossier.demande;
    if let Some(phrase) = retenu(faits, qui) {
        return Some(phrase);
    }
    let a_instruit = faits.separation && faits.instruite_par(qui.compte_id);
    let phrase = match d.etat {
        E::Deposee | E::Incomplete | E::Complete if SIGNATURE.permet(Some(qui.role)) => {
            "Le dossier est à l’instruction : vous pourrez décider quand une décision sera proposée."
        }
        E::Proposee if a_instruit => "Vous avez instruit ce dossier : une autre personne le signe.",
        E::Proposee if instruit(qui.role) => {
            "Une décision est proposée : la personne qui signe la prend ou la renvoie. Qui l’a proposée peut la reprendre."
        }
        E::Incomplete => {
            "Des pièces utiles sont attendues : vous pouvez déclarer le dossier complet sans elles, en disant pourquoi."
        }
        _ if !qui.role.de_caisse() => "Vous lisez ce dossier : seule la caisse le change.",
        _ if suivi_en_cours(lecture) => {
            "Une réduction d’activité est suivie : constatez sa fin ou son renouvellement le moment venu."
        }
        _ if !d.etat.en_cours() && d.etat != E::Refusee => {
            "Ce dossier est clos : il n’y a plus rien à y faire."
        }
        _ => return None,
    };
    Some(phrase.to_owned())
}
