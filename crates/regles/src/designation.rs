//! REG-5, REG-8: the successor whom a leaver designates.

use crate::passage::Passage;
use crate::refus::Refus;

text_enum! {
    /// What became of a designation.
    pub enum EtatDesignation {
        /// The successor has not answered.
        EnAttente = "en_attente", "En attente de réponse";
        /// The successor accepted.
        Acceptee = "acceptee", "Acceptée";
        /// The successor declined.
        Declinee = "declinee", "Déclinée";
        /// The leaver designated somebody else.
        Remplacee = "remplacee", "Remplacée";
        /// The successor had accepted, and gave it up.
        Renoncee = "renoncee", "Abandonnée par le successeur";
        /// REG-19: the leaver cancelled the departure.
        Annulee = "annulee", "Sans effet, le départ est annulé";
        /// REG-8: who designated took it back, and named nobody else.
        Retiree = "retiree", "Retirée";
        /// REG-16: the zone is no longer regulated.
        SansObjet = "sans_objet", "Sans effet, la zone n’est plus régulée";
    }
}

impl EtatDesignation {
    /// Where the designation by a leaver begins.
    pub const DEBUT: EtatDesignation = EtatDesignation::EnAttente;

    /// REG-12: where the designation of the winner of a call begins: nothing is left to answer.
    pub const DEBUT_ATTRIBUEE: EtatDesignation = EtatDesignation::Acceptee;

    /// The two states that count: one designation at most is in them, per place.
    pub const ACTIVES: [EtatDesignation; 2] =
        [EtatDesignation::EnAttente, EtatDesignation::Acceptee];

    /// Whether the designation counts.
    pub fn est_active(self) -> bool {
        EtatDesignation::ACTIVES.contains(&self)
    }
}

text_enum! {
    /// What can happen to a designation.
    pub enum Evenement {
        /// The successor accepts (REG-8).
        Accepter = "accepter", "L’acceptation";
        /// The successor declines.
        Decliner = "decliner", "Le refus";
        /// The successor gives up what was accepted.
        Renoncer = "renoncer", "La renonciation";
        /// Another one takes its place, or it has no effect any more: the grant lapsed, the place is put up for attribution.
        Remplacer = "remplacer", "Le remplacement";
        /// REG-12: the winner of a call filed nothing in time.
        Perdre = "perdre", "La perte de l’attribution";
        /// REG-19: the leaver cancels the departure.
        Annuler = "annuler", "L’annulation du départ";
        /// REG-8: who designated takes it back, and names nobody else.
        Retirer = "retirer", "Le retrait de la désignation";
        /// REG-16: the zone is no longer regulated.
        PerdreObjet = "perdre_objet", "La fin de la régulation de la zone";
    }
}

/// The state that follows (REG-8).
///
/// # Errors
/// A refusal when it cannot happen in this state.
pub fn transition(
    etat: EtatDesignation,
    evenement: Evenement,
) -> Result<Passage<EtatDesignation>, Refus> {
    use EtatDesignation as E;
    use Evenement as V;
    let vers = match (etat, evenement) {
        (E::EnAttente, V::Accepter) => E::Acceptee,
        (E::EnAttente, V::Decliner) => E::Declinee,
        (E::Acceptee, V::Renoncer | V::Perdre) => E::Renoncee,
        (E::EnAttente | E::Acceptee, V::Remplacer) => E::Remplacee,
        (E::EnAttente | E::Acceptee, V::Annuler) => E::Annulee,
        (E::EnAttente | E::Acceptee, V::Retirer) => E::Retiree,
        (E::EnAttente | E::Acceptee, V::PerdreObjet) => E::SansObjet,
        _ => return Err(refus(etat, evenement)),
    };
    Ok(Passage::new(etat, vers))
}

fn refus(etat: EtatDesignation, evenement: Evenement) -> Refus {
    use EtatDesignation as E;
    use Evenement as V;
    match (etat, evenement) {
        (E::Annulee, _) => Refus::fixe(
            "designation_annulee",
            "La personne qui devait céder a annulé son départ : cette désignation n’a plus d’effet.",
        ),
        (E::Retiree, _) => Refus::fixe(
            "designation_retiree",
            "Cette désignation a été retirée : elle n’a plus d’effet.",
        ),
        (_, V::Retirer) => Refus::fixe(
            "designation_close",
            "Cette désignation n’a plus d’effet : il n’y a rien à retirer.",
        ),
        (E::SansObjet, _) => Refus::fixe(
            "designation_sans_objet",
            "La zone n’est plus régulée : on s’y installe sans désignation, celle-ci n’a plus d’effet.",
        ),
        (E::EnAttente | E::Declinee | E::Remplacee, V::Renoncer) => Refus::fixe(
            "designation_non_acceptee",
            "Vous ne pouvez renoncer qu’à une désignation que vous avez acceptée.",
        ),
        (_, V::Perdre) => Refus::fixe(
            "designation_non_acceptee",
            "Cette désignation n’est pas celle d’un gagnant en attente de dépôt : rechargez la page.",
        ),
        (E::Acceptee, _) => Refus::fixe(
            "designation_acceptee",
            "Vous avez déjà accepté cette désignation. Vous pouvez y renoncer depuis votre espace.",
        ),
        (E::Renoncee, _) => Refus::fixe(
            "designation_renoncee",
            "Vous avez renoncé à cette désignation. Demandez à la personne qui cède de vous désigner de nouveau.",
        ),
        (E::Remplacee, _) => Refus::fixe(
            "designation_remplacee",
            "Cette désignation a été remplacée ou envoyée de nouveau : ouvrez le lien du message le plus récent, ou demandez à la personne qui cède.",
        ),
        (E::EnAttente | E::Declinee, _) => Refus::fixe(
            "designation_declinee",
            "Vous avez décliné cette désignation. Demandez à la personne qui cède de vous désigner de nouveau.",
        ),
    }
}
