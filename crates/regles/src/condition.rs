//! GEN: the general conditions of conventionnement, their state, and what is attested of a grant.

use chrono::NaiveDate;

use super::demande::EtatDemande;
use super::echeance::{EcheanceError, fin_brute};
use super::grand_livre::EtatPlace;
use super::piece::NaturePiece;
use super::regle::RegleError;
use super::reglement::{Reglement, ReglementError};

text_enum! {
    /// A general condition (GEN-1).
    pub enum Condition {
        /// Registration with the Ordre of the département, RPPS.
        Ordre = "ordre", "Inscription au tableau de l’Ordre du département (RPPS)";
        /// Professional liability insurance.
        Assurance = "assurance", "Assurance de responsabilité civile professionnelle";
        /// Declaration of the activity, within eight days of its start.
        Urssaf = "urssaf", "Déclaration de l’activité (Urssaf)";
        /// Contracts sent to the Ordre, within one month.
        Contrats = "contrats", "Envoi des contrats à l’Ordre";
        /// CPS card.
        CarteCps = "carte_cps", "Carte CPS";
        /// A precise place of practice.
        Lieu = "lieu", "Lieu d’exercice précis";
    }
}

text_enum! {
    /// Where a general condition stands.
    pub enum EtatCondition {
        /// Shown.
        Etablie = "etablie", "Établie";
        /// Not shown yet.
        ATransmettre = "a_transmettre", "À transmettre";
        /// It is known not to hold.
        Manque = "manque", "Manque";
    }
}

impl Condition {
    /// The document that shows it, where there is one.
    pub const fn piece(self) -> Option<NaturePiece> {
        match self {
            Condition::Ordre => Some(NaturePiece::InscriptionOrdre),
            Condition::Assurance => Some(NaturePiece::Assurance),
            Condition::Lieu => Some(NaturePiece::JustificatifLocal),
            Condition::Urssaf | Condition::Contrats | Condition::CarteCps => None,
        }
    }

    /// Who does what for it to hold, said to the applicant.
    pub const fn a_faire(self) -> &'static str {
        match self {
            Condition::Ordre => {
                "Inscrivez-vous au tableau de l’Ordre du département où vous exercerez ; la caisse le vérifie elle-même."
            }
            Condition::Assurance => {
                "Souscrivez une assurance de responsabilité civile professionnelle et envoyez-en l’attestation."
            }
            Condition::Urssaf => "Déclarez votre activité à l’Urssaf dès qu’elle commence.",
            Condition::Contrats => {
                "Envoyez à l’Ordre les contrats de votre exercice (bail, collaboration, remplacement)."
            }
            Condition::CarteCps => {
                "Commandez votre carte de professionnel de santé ; elle sert à facturer."
            }
            Condition::Lieu => "Donnez à la caisse l’adresse exacte où vous exercerez.",
        }
    }

    /// What shows it, said to the agent.
    pub const fn preuve(self) -> &'static str {
        match self {
            Condition::Ordre => {
                "La caisse le vérifie dans le répertoire des professionnels (RPPS)."
            }
            Condition::Assurance => {
                "L’attestation d’assurance, acceptée au dossier ou vue par l’agent."
            }
            Condition::Urssaf => "L’avis d’immatriculation, que la personne envoie.",
            Condition::Contrats => "L’accusé de réception de l’Ordre, que la personne envoie.",
            Condition::CarteCps => "La carte est connue de la caisse dès la première facturation.",
            Condition::Lieu => "Un bail ou un contrat, accepté au dossier ou vu par l’agent.",
        }
    }
}

/// GEN-1: where each condition stands: what an agent recorded, else whether a document that shows it was accepted.
pub fn etats(
    notes: &[(Condition, EtatCondition)],
    acceptees: &[NaturePiece],
) -> Vec<(Condition, EtatCondition)> {
    let etat = |condition: Condition| {
        let note = notes.iter().find(|(c, _)| *c == condition);
        let accepte = condition.piece().is_some_and(|p| acceptees.contains(&p));
        match (note.map(|(_, etat)| *etat), accepte) {
            (None | Some(EtatCondition::ATransmettre), true) => EtatCondition::Etablie,
            (Some(etat), _) => etat,
            (None, false) => EtatCondition::ATransmettre,
        }
    };
    let toutes = Condition::TOUS.iter();
    toutes.map(|c| (*c, etat(*c))).collect()
}

/// GEN-1: the conditions without which nothing is granted (`gen.bloquantes`), among those that are not established.
/// One that nothing is said of is not established.
///
/// # Errors
/// No parameter in force that day, or a code that is no condition.
pub fn bloquantes(
    reglement: &Reglement,
    jour: NaiveDate,
    etats: &[(Condition, EtatCondition)],
) -> Result<Vec<Condition>, ReglementError> {
    const CLE: &str = "gen.bloquantes";
    let mut manquent = Vec::new();
    for code in reglement.liste(CLE, jour)? {
        let condition: Condition = code
            .parse()
            .map_err(|_| ReglementError::Type(CLE.to_owned()))?;
        let etablie = etats.contains(&(condition, EtatCondition::Etablie));
        if !etablie {
            manquent.push(condition);
        }
    }
    Ok(manquent)
}

/// A general condition, as the file and the person read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ligne {
    /// The condition.
    pub condition: Condition,
    /// Where it stands.
    pub etat: EtatCondition,
    /// Whether nothing is granted without it.
    pub bloquante: bool,
}

/// GEN-1: every condition with its state, in the order of the text; one that nothing is said of is to be sent.
///
/// # Errors
/// As [`bloquantes`].
pub fn liste(
    reglement: &Reglement,
    jour: NaiveDate,
    etats: &[(Condition, EtatCondition)],
) -> Result<Vec<Ligne>, ReglementError> {
    let retiennent = bloquantes(reglement, jour, &[])?;
    Ok(Condition::TOUS
        .iter()
        .map(|condition| Ligne {
            condition: *condition,
            etat: etats
                .iter()
                .find(|(c, _)| c == condition)
                .map_or(EtatCondition::ATransmettre, |(_, etat)| *etat),
            bloquante: retiennent.contains(condition),
        })
        .collect())
}

/// GEN-1: the last day to do what a condition asks once the activity has begun: declare it, send the contracts; none for
/// the others, which come before.
///
/// # Errors
/// No parameter in force that day, or a day outside the calendar (`champ` is `debut`).
pub fn terme(
    reglement: &Reglement,
    condition: Condition,
    debut: NaiveDate,
) -> Result<Option<NaiveDate>, RegleError> {
    let cle = match condition {
        Condition::Urssaf => "gen.declaration_urssaf",
        Condition::Contrats => "gen.contrats_ordre",
        Condition::Ordre | Condition::Assurance | Condition::CarteCps | Condition::Lieu => {
            return Ok(None);
        }
    };
    let terme = fin_brute(debut, reglement.delai(cle, debut)?)
        .ok_or_else(|| RegleError::fait("debut", EcheanceError::HorsCalendrier.to_string()))?;
    Ok(Some(terme))
}

/// GEN-2: whether an attestation of conventionnement may be had: granted, and notified; one that lapsed, or is not
/// notified yet, attests nothing.
pub fn attestation_possible(etat: EtatDemande, notifiee: bool) -> bool {
    notifiee && etat.consomme()
}

/// GEN-2: whether the first billed act came before the date of effect; `None` while none is known.
pub fn facture_avant_effet(premier_acte: Option<NaiveDate>, effet: NaiveDate) -> Option<bool> {
    premier_acte.map(|le| le < effet)
}

text_enum! {
    /// GEN-2: what an attestation attests.
    pub enum NatureAttestation {
        /// A conventionnement in effect.
        Conventionnement = "conventionnement", "Attestation de conventionnement";
        /// A place that is open.
        Place = "place", "Attestation de place";
    }
}

/// GEN-2: whether an attestation still holds: its conventionnement neither lapsed nor ended, or its place is still open.
pub fn vaut_encore(
    nature: NatureAttestation,
    demande: Option<EtatDemande>,
    place: Option<EtatPlace>,
) -> bool {
    match nature {
        NatureAttestation::Conventionnement => demande.is_some_and(EtatDemande::consomme),
        NatureAttestation::Place => place == Some(EtatPlace::Ouverte),
    }
}
