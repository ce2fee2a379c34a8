//! The life of a place once its departure is confirmed: what can happen to it, and what leads where (REG-2 to REG-6, REG-9,
//! REG-12, REG-16).

use crate::grand_livre::EtatPlace;
use crate::passage::Passage;
use crate::refus::Refus;

/// What can happen to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evenement {
    /// REG-4: the commission gave its opinion; the rules then say this.
    RendreAvis(EtatPlace),
    /// REG-3, REG-5: a fact of the departure was corrected; the rules then say this.
    Reevaluer(EtatPlace),
    /// REG-5, REG-8: the leaver designates, or the person designated answers or gives up: the place stays open.
    Designer,
    /// REG-2: the request that rests on it is granted.
    Reserver,
    /// REG-2: the successor is installed.
    Pourvoir,
    /// REG-9: the grant lapsed, the place is free again.
    Liberer,
    /// REG-6, REG-12: the time to designate is over; `charte`: the CPAM attributes by a charter.
    Finir {
        /// Whether it does.
        charte: bool,
    },
    /// REG-12: candidates are called.
    Appeler,
    /// REG-12: the director attributes it.
    Attribuer,
    /// REG-12: the winner filed nothing in time, or gave up.
    Reprendre,
    /// REG-19: who leaves cancels the departure.
    Annuler,
    /// REG-16: its zone is no longer regulated.
    PerdreObjet,
    /// PRO-9: the grant that took it is undone on appeal.
    Rendre,
}

/// REG-2: a departure is consumed once.
pub const DEJA_PRISE: Refus = Refus::fixe(
    "place_prise",
    "Cette place vient d’être attribuée à une autre demande : un départ n’ouvre qu’une arrivée. \
     Rechargez le dossier pour voir l’état de la place.",
);

/// REG-16: a place without object takes nothing more.
const SANS_OBJET: Refus = Refus::fixe(
    "place_sans_objet",
    "La zone n’est plus régulée : cette place est sans objet, elle n’est ni à examiner ni à attribuer.",
);

/// The state that follows.
///
/// # Errors
/// A refusal when it cannot happen in this state.
pub fn transition(etat: EtatPlace, evenement: Evenement) -> Result<Passage<EtatPlace>, Refus> {
    use EtatPlace as E;
    use Evenement as V;
    let vers = match (etat, evenement) {
        // The rules say what a departure opens, never that somebody took it.
        (E::AExaminer, V::RendreAvis(dite)) if dite.se_dit() && dite != E::AExaminer => dite,
        (E::AExaminer | E::NonTransmissible | E::Ouverte | E::Caduque, V::Reevaluer(dite))
            if dite.se_dit() =>
        {
            dite
        }
        (E::Ouverte, V::Designer) => E::Ouverte,
        (E::Ouverte, V::Reserver) => E::Reservee,
        (E::Reservee, V::Pourvoir) => E::Pourvue,
        (E::Reservee, V::Liberer) => E::Ouverte,
        (E::Ouverte, V::Finir { charte: true }) => E::AAttribuer,
        (E::Ouverte, V::Finir { charte: false }) => E::Caduque,
        (E::AAttribuer, V::Appeler) => E::AAttribuer,
        (E::AAttribuer, V::Attribuer) => E::Ouverte,
        (E::Ouverte, V::Reprendre) => E::AAttribuer,
        (
            E::AExaminer
            | E::NonTransmissible
            | E::Ouverte
            | E::AAttribuer
            | E::Caduque
            | E::SansObjet,
            V::Annuler,
        ) => E::Annulee,
        (E::AExaminer | E::Ouverte | E::AAttribuer, V::PerdreObjet) => E::SansObjet,
        (E::Reservee | E::Pourvue, V::Rendre) => E::Ouverte,
        _ => return Err(refus(etat, evenement)),
    };
    Ok(Passage::new(etat, vers))
}

fn refus(etat: EtatPlace, evenement: Evenement) -> Refus {
    use Evenement as V;
    match evenement {
        V::RendreAvis(_) | V::Reevaluer(_) | V::Reserver | V::Appeler | V::Attribuer
            if etat == EtatPlace::SansObjet =>
        {
            SANS_OBJET
        }
        V::RendreAvis(_) => Refus::fixe(
            "place_sans_avis",
            "La commission ne se prononce que sur une place « à examiner ». L’avis de cette place est déjà rendu, \
             ou elle n’en demande pas.",
        ),
        V::Reevaluer(_) => Refus::dit(
            "place_prise",
            format!(
                "La place de ce départ est à l’état « {etat} » : la date et les actes sur lesquels elle repose ne se corrigent plus."
            ),
        ),
        V::Reserver if etat.prise() => DEJA_PRISE,
        V::Reserver => Refus::dit(
            "place_non_ouverte",
            format!(
                "La place de cette succession est à l’état « {etat} » : elle ne peut pas être accordée. Renvoyez la demande à l’instruction."
            ),
        ),
        V::Designer => Refus::fixe(
            "place_non_ouverte",
            "La place n’est plus ouverte : cette désignation ne peut plus changer. Adressez-vous à la caisse.",
        ),
        V::Pourvoir | V::Liberer | V::Finir { .. } | V::Reprendre | V::PerdreObjet | V::Rendre => {
            Refus::dit(
                "place_etat",
                format!(
                    "La place est à l’état « {etat} », qui ne le permet pas. Rechargez la page du départ pour la voir."
                ),
            )
        }
        V::Annuler => Refus::fixe(
            "decision_sur_le_depart",
            "Une décision repose sur ce départ : il ne peut plus être annulé. Écrivez à la caisse.",
        ),
        V::Appeler => Refus::dit(
            "place_non_a_attribuer",
            format!(
                "Cette place est à l’état « {etat} » : un appel ne s’ouvre que sur une place à attribuer."
            ),
        ),
        V::Attribuer => Refus::dit(
            "place_non_a_attribuer",
            format!(
                "La place est à l’état « {etat} » : elle n’est plus à attribuer. Rechargez la page du départ pour la voir."
            ),
        ),
    }
}
