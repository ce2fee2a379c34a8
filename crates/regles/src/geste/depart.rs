//! What people may do on a departure.

use chrono::NaiveDate;

use super::Qui;
use super::commission::saisir_du_depart;
use super::decompte::{contester, repondre_a_la_contestation};
use super::pieces::indispensables;
use crate::depart::{self, Contestation, EtatDepart};
use crate::droits::{Acces, INSTRUCTION, KINE};
use crate::grand_livre::EtatPlace;
use crate::liste_pieces::Manques;
use crate::passage::Passage;
use crate::place;
use crate::refus::Refus;
use crate::texte;

text_enum! {
    /// An act on a departure, named as the last part of its address.
    pub enum GesteDepart {
        /// REG-3: it is confirmed.
        Confirmer = "confirmer", "Confirmer le départ";
        /// It is rejected, with a reason.
        Rejeter = "rejeter", "Rejeter la déclaration";
        /// PRO-4: the commission is asked for its opinion.
        Saisir = "saisir", "Saisir la commission";
        /// REG-4: the opinion of the commission is recorded.
        NoterAvis = "avis", "Enregistrer l’avis de la commission";
        /// PRO-3: its documents are examined.
        ExaminerPieces = "pieces", "Examiner les pièces";
        /// REG-19: who leaves takes it back, or cancels the departure.
        Retirer = "retirer", "Retirer ma déclaration";
        /// REG-5: who leaves designates a successor.
        Designer = "designations", "Désigner mon successeur";
        /// REG-3: who leaves contests the count of acts.
        Contester = "contester", "Contester ce nombre";
        /// REG-3: the CPAM answers.
        RepondreALaContestation = "contestation", "Répondre à la contestation";
    }
}

/// What the acts on a departure rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurDepart {
    /// Where it stands.
    pub etat: EtatDepart,
    /// Where its place stands, if it opened one.
    pub place: Option<EtatPlace>,
    /// Day of the cessation.
    pub cessation: NaiveDate,
    /// REG-5: the last day to designate.
    pub limite: Option<NaiveDate>,
    /// Whether a successor may be designated before the cessation (`designation.avant_cessation`).
    pub avant_cessation: bool,
    /// REG-12: whether its place was attributed after a call.
    pub attribuee: bool,
    /// PRO-4: whether the commission was asked for an opinion that it has not given.
    pub saisie: bool,
    /// PRO-3: what its list of documents lacks.
    pub manques: Manques,
    /// REG-3: where the contest of its count stands, below the floor of acts.
    pub contestation: Option<Contestation>,
}

impl GesteDepart {
    /// Who may, whatever the state of the departure.
    pub fn acces(self) -> Acces {
        use GesteDepart as G;
        match self {
            G::Confirmer
            | G::Rejeter
            | G::Saisir
            | G::NoterAvis
            | G::ExaminerPieces
            | G::RepondreALaContestation => INSTRUCTION,
            G::Retirer | G::Designer | G::Contester => KINE,
        }
    }

    /// Whether this person may do it on `jour`, or why not.
    ///
    /// # Errors
    /// A refusal: of the role, or of the state of the departure or its place.
    pub fn possible(self, f: &SurDepart, qui: Qui, jour: NaiveDate) -> Result<(), Refus> {
        use GesteDepart as G;
        if !self.acces().permet(Some(qui.role)) {
            return Err(Refus::fixe(
                "role",
                "Votre rôle ne permet pas cet acte : demandez-le à la personne qui en est chargée.",
            ));
        }
        let fait = |evenement| depart::transition(f.etat, evenement).map(|_| ());
        match self {
            G::Confirmer => confirmer(f.etat, &f.manques).map(|_| ()),
            G::Rejeter => fait(depart::Evenement::Rejeter),
            G::Retirer => retirer(f.etat, f.place, f.attribuee).map(|_| ()),
            G::Saisir => saisir_du_depart(f.place, f.saisie),
            G::NoterAvis => avis_de_la_place(f.place),
            G::ExaminerPieces => pieces_ouvertes(f.etat, f.place),
            G::Designer => designer(f, jour),
            G::Contester => contester(f.contestation),
            G::RepondreALaContestation => repondre_a_la_contestation(f.contestation),
        }
    }
}

/// REG-3, PRO-3: whether a departure may be confirmed.
///
/// # Errors
/// It was answered, or an indispensable document is missing.
pub fn confirmer(etat: EtatDepart, manques: &Manques) -> Result<Passage<EtatDepart>, Refus> {
    let passage = depart::transition(etat, depart::Evenement::Confirmer)?;
    indispensables(manques)?;
    Ok(passage)
}

/// REG-19: whether who leaves may take the declaration back, or cancel the departure; `attribuee`: whether its place was
/// attributed after a call.
///
/// # Errors
/// It is closed, or a decision rests on it.
pub fn retirer(
    etat: EtatDepart,
    place: Option<EtatPlace>,
    attribuee: bool,
) -> Result<Passage<EtatDepart>, Refus> {
    let passage = depart::transition(etat, depart::Evenement::Retirer)?;
    let decision_prise = attribuee || place.is_some_and(EtatPlace::prise);
    if !depart::peut_s_annuler(etat, decision_prise) {
        return Err(Refus::fixe(
            "decision_sur_le_depart",
            "Une décision repose sur ce départ : il ne peut plus être annulé. Écrivez à la caisse.",
        ));
    }
    Ok(passage)
}

/// REG-4: whether the opinion of the commission may be recorded on the place of a departure.
///
/// # Errors
/// There is no place, or it asks for no opinion.
pub fn avis_de_la_place(etat: Option<EtatPlace>) -> Result<(), Refus> {
    let etat = etat.ok_or(Refus::fixe(
        "depart_sans_place",
        "Ce départ n’a pas ouvert de place : il n’y a pas d’avis à rendre.",
    ))?;
    // Whatever the rules will say with it: here, only whether one may be given.
    place::transition(etat, place::Evenement::RendreAvis(EtatPlace::Ouverte)).map(|_| ())
}

/// Whether documents may still be sent and examined: the CPAM has not answered, or the commission has still to say
/// whether the place may be transmitted (REG-4).
///
/// # Errors
/// The departure was answered.
pub fn pieces_ouvertes(etat: EtatDepart, place: Option<EtatPlace>) -> Result<(), Refus> {
    match (etat, place) {
        (EtatDepart::Declaree, _) | (EtatDepart::Confirmee, Some(EtatPlace::AExaminer)) => Ok(()),
        _ => Err(Refus::fixe(
            "depart_repondu",
            "Ce départ a reçu sa réponse : ses pièces ne changent plus.",
        )),
    }
}

/// REG-5, REG-8: whether who leaves may designate a successor on `jour`.
///
/// # Errors
/// The departure opened no place, the place is not open, or it is too early or too late.
pub fn designer(f: &SurDepart, jour: NaiveDate) -> Result<(), Refus> {
    let non = |code, phrase| Err(Refus::fixe(code, phrase));
    match (f.etat, f.place) {
        (EtatDepart::Declaree, _) => non(
            "depart_declare",
            "La caisse n’a pas encore confirmé votre départ. Vous pourrez désigner votre successeur dès qu’elle l’aura fait.",
        ),
        (EtatDepart::Rejetee | EtatDepart::Retiree, _) => non(
            "depart_clos",
            "Cette déclaration est close : elle n’ouvre pas de place.",
        ),
        (EtatDepart::Confirmee, None) => non(
            "depart_sans_place",
            "Votre départ n’ouvre pas de place à transmettre : la zone n’est pas régulée.",
        ),
        (EtatDepart::Confirmee, Some(place)) => match place {
            EtatPlace::AExaminer => non(
                "place_a_examiner",
                "La commission paritaire doit d’abord dire si la place peut être transmise : le nombre de vos actes est inférieur au seuil.",
            ),
            EtatPlace::NonTransmissible => non(
                "place_non_transmissible",
                "La place de ce départ ne peut pas être transmise : la page du départ dit pourquoi.",
            ),
            EtatPlace::Reservee => non(
                "place_prise",
                "La caisse se prononce sur la demande de votre successeur : la désignation ne peut plus changer.",
            ),
            EtatPlace::Pourvue => non(
                "place_prise",
                "L’installation de votre successeur a commencé : la place est pourvue.",
            ),
            EtatPlace::AAttribuer => non(
                "place_finie",
                "Le délai pour désigner un successeur est passé : la caisse attribuera la place selon sa charte.",
            ),
            EtatPlace::Annulee => non(
                "depart_clos",
                "Ce départ est annulé : il n’ouvre plus de place.",
            ),
            EtatPlace::SansObjet => non(
                "place_sans_objet",
                "La zone n’est plus régulée : on s’y installe sans succéder à personne, il n’y a plus personne à désigner.",
            ),
            EtatPlace::Caduque => non(
                "place_finie",
                "Le délai pour désigner un successeur est passé : la place est caduque.",
            ),
            EtatPlace::Ouverte if f.limite.is_some_and(|l| jour > l) => non(
                "place_finie",
                "Le délai pour désigner un successeur est passé.",
            ),
            EtatPlace::Ouverte if jour < f.cessation && !f.avant_cessation => Err(Refus::dit(
                "avant_cessation",
                format!(
                    "Un successeur ne peut être désigné qu’à partir du {}, jour de votre cessation.",
                    texte::date_fr(f.cessation)
                ),
            )),
            EtatPlace::Ouverte => Ok(()),
        },
    }
}
