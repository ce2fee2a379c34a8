//! What the queue says of a case, whatever its nature: its state, why it is here, who has to act.

use chrono::NaiveDate;
use regles::appel::EtatAppel;
use regles::attente::{self, Attente, FaitsDepart, Nommes};
use regles::demande::EtatDemande as E;
use regles::depart::{Contestation, EtatDepart};
use regles::dossier::NatureDossier;
use regles::echeance::NatureEcheance;
use regles::grand_livre::EtatPlace;

use super::super::mots;
use super::super::objet;
use crate::actions::demande::installation::A_ENREGISTRER;
use crate::db::autour::Autour;
use crate::db::file::{LigneFile, Propre, PropreAppel, PropreDemande, PropreDepart};
use crate::web::appel::caisse as appel;
use crate::web::depart;
use crate::web::recours::mots as recours;
use crate::web::ui::Pastille;

/// How several cases of a nature are called.
pub fn au_pluriel(nature: NatureDossier) -> &'static str {
    match nature {
        NatureDossier::Demande => "Demandes",
        NatureDossier::Depart => "Départs",
        NatureDossier::Appel => "Appels à candidatures",
        NatureDossier::Recours => "Recours",
    }
}

/// What a case is, in one word or two: a request says on what it rests.
pub fn nature(ligne: &LigneFile) -> &'static str {
    match &ligne.propre {
        Propre::Demande(d) => d.nature.libelle(),
        Propre::Depart(_) => NatureDossier::Depart.libelle(),
        Propre::Appel(_) => NatureDossier::Appel.libelle(),
        Propre::Recours(_) => NatureDossier::Recours.libelle(),
    }
}

/// Where a case stands on a day: a colour, an icon, a word.
pub fn pastille(ligne: &LigneFile, jour: NaiveDate) -> Pastille {
    match &ligne.propre {
        Propre::Demande(d) => mots::pastille(d.etat),
        Propre::Depart(d) => match d.place {
            Some(place) if d.etat == EtatDepart::Confirmee => depart::caisse::pastille_place(place),
            _ => depart::caisse::pastille(d.etat),
        },
        Propre::Appel(a) => appel::pastille(a.etat, a.cloture, a.cpd_le, jour),
        Propre::Recours(r) => recours::pastille(r.etat, r.issue),
    }
}

/// Whether nothing of a case falls due any more. REG-3: the delay to contest was that of who leaves: once it is over, nobody
/// is late.
pub fn sans_echeance(ligne: &LigneFile, jour: NaiveDate) -> bool {
    if a_contester(ligne) && !contestable(ligne, jour) {
        return true;
    }
    match &ligne.propre {
        Propre::Demande(d) => matches!(
            d.etat,
            E::Installee | E::Caduque | E::Retiree | E::SansSuite
        ),
        Propre::Depart(d) => match (d.etat, d.place) {
            (EtatDepart::Declaree, _) => false,
            (EtatDepart::Confirmee, Some(place)) => matches!(
                place,
                EtatPlace::Pourvue
                    | EtatPlace::NonTransmissible
                    | EtatPlace::Caduque
                    | EtatPlace::Annulee
                    | EtatPlace::SansObjet
            ),
            _ => true,
        },
        Propre::Appel(a) => !a.etat.en_cours(),
        Propre::Recours(r) => !r.etat.a_la_file(r.notifiee_le.is_some()),
    }
}

/// Why a case is in the queue.
pub fn raison(ligne: &LigneFile, autour: &Autour, jour: NaiveDate) -> String {
    match &ligne.propre {
        Propre::Demande(d) => {
            let attente = mots::Attente {
                demandees: autour.demandees,
                recues: autour.recues,
                chemin: autour.chemin,
            };
            mots::raison(ligne, d, attente, jour)
        }
        Propre::Depart(d) => depart_ici(ligne, d, autour, jour),
        Propre::Appel(a) => appel_ici(a, jour).to_owned(),
        Propre::Recours(r) => recours::raison(r.etat, r.notifiee_le.is_some()).to_owned(),
    }
}

fn depart_ici(ligne: &LigneFile, d: &PropreDepart, autour: &Autour, jour: NaiveDate) -> String {
    let fixe = match (d.etat, d.place) {
        (EtatDepart::Declaree, _) if d.date_cessation < jour => {
            "Cessation passée, déclaration à confirmer"
        }
        (EtatDepart::Declaree, _) => "Déclaration à confirmer ou à rejeter",
        (EtatDepart::Rejetee, _) => "Déclaration rejetée",
        (EtatDepart::Retiree, _) => "Déclaration retirée par la personne",
        (EtatDepart::Confirmee, None) => "Départ confirmé, sans place",
        (EtatDepart::Confirmee, Some(place)) => match place {
            EtatPlace::AExaminer
            | EtatPlace::Ouverte
            | EtatPlace::AAttribuer
            | EtatPlace::Reservee => {
                let attente = attente_du_depart(ligne, d, autour, jour);
                let designation = autour.designation.as_ref();
                let nommes = Nommes {
                    successeur: designation.map(|d| d.personne.as_str()),
                    demande: designation.and_then(|d| d.demande.as_deref()),
                    ..Nommes::default()
                };
                return attente::du_depart(&attente, &nommes, jour);
            }
            EtatPlace::Pourvue => "Place pourvue",
            EtatPlace::NonTransmissible => "Place non transmissible",
            EtatPlace::Caduque => "Place caduque, faute de successeur",
            EtatPlace::Annulee => "Départ annulé",
            EtatPlace::SansObjet => "Place sans objet, zone non régulée",
        },
    };
    fixe.to_owned()
}

/// Whose turn it is on a departure, from what its row says and what hangs on it.
fn attente_du_depart(
    ligne: &LigneFile,
    d: &PropreDepart,
    autour: &Autour,
    jour: NaiveDate,
) -> Attente {
    let designation = autour.designation.as_ref();
    attente::depart_pour_la_caisse(&FaitsDepart {
        etat: d.etat,
        place: d.place,
        designation: designation.map(|d| d.etat),
        deposee: designation.is_some_and(|d| d.demande.is_some()),
        manquantes: 0,
        limite: Some(ligne.prochaine_echeance),
        contestation: Some(match d.conteste {
            true => Contestation::ARepondre,
            false if contestable(ligne, jour) => Contestation::Ouverte(ligne.prochaine_echeance),
            false => Contestation::Close,
        }),
        avis: autour.avis,
    })
}

fn appel_ici(a: &PropreAppel, jour: NaiveDate) -> &'static str {
    match a.etat {
        EtatAppel::Ouvert if jour <= a.cloture => "Candidatures reçues jusqu’à la clôture",
        EtatAppel::Ouvert if a.cpd_le.is_none() => "Candidatures à examiner et à classer",
        EtatAppel::Ouvert => "Candidatures classées, place à attribuer",
        EtatAppel::Attribue => "Place attribuée",
        EtatAppel::SansSuite => "Appel clos sans attribution",
    }
}

/// Who has to act on a case; nobody when it is over.
pub fn acteur(ligne: &LigneFile, autour: &Autour, jour: NaiveDate) -> Option<String> {
    match &ligne.propre {
        Propre::Demande(d) => d_une_demande(ligne, d),
        Propre::Depart(d) => d_un_depart(ligne, d, autour, jour),
        Propre::Appel(a) => match a.etat {
            EtatAppel::Ouvert if jour <= a.cloture => Some("les candidats".to_owned()),
            EtatAppel::Ouvert if a.cpd_le.is_some() => Some("la personne qui signe".to_owned()),
            EtatAppel::Ouvert => Some(agent(ligne)),
            EtatAppel::Attribue | EtatAppel::SansSuite => None,
        },
        Propre::Recours(r) => recours::acteur(r.etat, r.notifiee_le.is_some(), agent(ligne)),
    }
}

fn d_une_demande(ligne: &LigneFile, d: &PropreDemande) -> Option<String> {
    match d.etat {
        E::Deposee | E::Complete => Some(agent(ligne)),
        E::Incomplete => Some(personne(ligne)),
        E::Proposee => Some("la personne qui signe".to_owned()),
        E::Accordee if ligne.echeance_nature == A_ENREGISTRER => Some(agent(ligne)),
        E::Accordee if d.notifiee_le.is_some() => Some(personne(ligne)),
        E::Accordee => Some(agent(ligne)),
        E::Refusee if d.notifiee_le.is_none() => Some(agent(ligne)),
        E::Refusee | E::Installee | E::Caduque | E::Retiree | E::SansSuite => None,
    }
}

/// REG-3: whether who leaves may still contest the count of acts.
fn contestable(ligne: &LigneFile, jour: NaiveDate) -> bool {
    a_contester(ligne) && jour <= ligne.prochaine_echeance
}

/// REG-3: whether what falls due is the delay that who leaves has to contest.
fn a_contester(ligne: &LigneFile) -> bool {
    ligne.echeance_nature == NatureEcheance::ContestationDecompte.as_str()
}

fn d_un_depart(
    ligne: &LigneFile,
    d: &PropreDepart,
    autour: &Autour,
    jour: NaiveDate,
) -> Option<String> {
    let attente = attente_du_depart(ligne, d, autour, jour);
    let (personne, agent) = (personne(ligne), agent(ligne));
    let nommes = Nommes {
        personne: &personne,
        agent: Some(&agent),
        successeur: autour.designation.as_ref().map(|d| d.personne.as_str()),
        ..Nommes::default()
    };
    attente::qui_agit(&attente, &nommes).map(str::to_owned)
}

/// Who follows it; the CPAM when nobody does.
fn agent(ligne: &LigneFile) -> String {
    match &ligne.assigne {
        Some((prenom, nom)) => format!("{prenom} {nom}"),
        None => "la caisse".to_owned(),
    }
}

fn personne(ligne: &LigneFile) -> String {
    match &ligne.personne {
        Some(p) => format!("{} {}", p.prenom, p.nom),
        None => "la caisse".to_owned(),
    }
}

/// A case in one line: its number, whose it is, what it is, where it stands.
pub fn en_une_ligne(ligne: &LigneFile, jour: NaiveDate) -> String {
    let etat = pastille(ligne, jour).mot;
    match &ligne.personne {
        Some(p) => format!(
            "{}, {} {}, {}, {etat}",
            ligne.numero,
            p.prenom,
            p.nom,
            nature(ligne)
        ),
        None => format!(
            "{}, {}, {}, {etat}",
            ligne.numero,
            nature(ligne),
            ligne.commune
        ),
    }
}

/// The page of a case: each nature has its own.
pub fn adresse(ligne: &LigneFile) -> String {
    objet::page(ligne.nature(), &ligne.numero, ligne.id)
}
