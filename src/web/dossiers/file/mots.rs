//! What the queue says of a case, whatever its nature: its state, why it is here, who has to act.

use chrono::NaiveDate;
use regles::appel::EtatAppel;
use regles::demande::EtatDemande as E;
use regles::depart::EtatDepart;
use regles::dossier::NatureDossier;
use regles::echeance::NatureEcheance;
use regles::grand_livre::EtatPlace;

use super::super::mots::{self, Attente};
use super::super::objet;
use crate::actions::demande::installation::A_ENREGISTRER;
use crate::db::file::{LigneFile, Propre, PropreAppel, PropreDemande, PropreDepart};
use crate::web::appel::caisse as appel;
use crate::web::depart;
use crate::web::recours::mots as recours;
use crate::web::ui::Pastille;

/// The stored nature of the deadline of a call's winner.
const DEPOT: &str = "depot_demande";

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

/// Whether nothing of a case falls due any more.
pub fn sans_echeance(ligne: &LigneFile) -> bool {
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
pub fn raison(ligne: &LigneFile, attente: Attente, jour: NaiveDate) -> String {
    match &ligne.propre {
        Propre::Demande(d) => mots::raison(ligne, d, attente, jour),
        Propre::Depart(d) => depart_ici(ligne, d, jour).to_owned(),
        Propre::Appel(a) => appel_ici(a, jour).to_owned(),
        Propre::Recours(r) => recours::raison(r.etat, r.notifiee_le.is_some()).to_owned(),
    }
}

fn depart_ici(ligne: &LigneFile, d: &PropreDepart, jour: NaiveDate) -> &'static str {
    match (d.etat, d.place) {
        (EtatDepart::Declaree, _) if d.date_cessation < jour => {
            "Cessation passée, déclaration à confirmer"
        }
        (EtatDepart::Declaree, _) => "Déclaration à confirmer ou à rejeter",
        (EtatDepart::Rejetee, _) => "Déclaration rejetée",
        (EtatDepart::Retiree, _) => "Déclaration retirée par la personne",
        (EtatDepart::Confirmee, None) => "Départ confirmé, sans place",
        (EtatDepart::Confirmee, Some(place)) => match place {
            EtatPlace::AExaminer if d.conteste => "Nombre d’actes contesté, réponse à donner",
            EtatPlace::AExaminer if contestable(ligne, jour) => {
                "Nombre d’actes communiqué, contestable par la personne"
            }
            EtatPlace::AExaminer => "Avis de la commission à enregistrer",
            EtatPlace::Ouverte if ligne.echeance_nature == DEPOT => {
                "Place attribuée, demande attendue"
            }
            EtatPlace::Ouverte => "Successeur à désigner",
            EtatPlace::AAttribuer => "Place sans successeur, à attribuer",
            EtatPlace::Reservee => "Place réservée, installation attendue",
            EtatPlace::Pourvue => "Place pourvue",
            EtatPlace::NonTransmissible => "Place non transmissible",
            EtatPlace::Caduque => "Place caduque, faute de successeur",
            EtatPlace::Annulee => "Départ annulé",
            EtatPlace::SansObjet => "Place sans objet, zone non régulée",
        },
    }
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
pub fn acteur(ligne: &LigneFile, jour: NaiveDate) -> Option<String> {
    match &ligne.propre {
        Propre::Demande(d) => d_une_demande(ligne, d),
        Propre::Depart(d) => d_un_depart(ligne, d, jour),
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
    ligne.echeance_nature == NatureEcheance::ContestationDecompte.as_str()
        && jour <= ligne.prochaine_echeance
}

fn d_un_depart(ligne: &LigneFile, d: &PropreDepart, jour: NaiveDate) -> Option<String> {
    match (d.etat, d.place) {
        (EtatDepart::Declaree, _) => Some(agent(ligne)),
        (EtatDepart::Confirmee, Some(EtatPlace::AExaminer)) => Some(if d.conteste {
            agent(ligne)
        } else if contestable(ligne, jour) {
            personne(ligne)
        } else {
            "la commission".to_owned()
        }),
        (EtatDepart::Confirmee, Some(EtatPlace::AAttribuer)) => Some(agent(ligne)),
        (EtatDepart::Confirmee, Some(EtatPlace::Ouverte)) => {
            Some(if ligne.echeance_nature == DEPOT {
                "la personne retenue".to_owned()
            } else {
                personne(ligne)
            })
        }
        _ => None,
    }
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
