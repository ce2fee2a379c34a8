//! What is taken back before anything rests on it: «complet», a proposal, and the proposal that who signs sends back.

use super::demande::SurDemande;
use crate::demande::{EtatDemande, Evenement, transition};
use crate::passage::Passage;
use crate::refus::Refus;

impl SurDemande {
    /// Whether something was done that supposes the file complete: the commission was asked, gave its opinion or summons the
    /// person, or silence answered.
    pub fn repose_sur_complet(&self) -> bool {
        self.saisie || self.avis.is_some() || self.audition_fixee || self.silence.is_some()
    }
}

/// Whether «complet», said by mistake, may be taken back; `engagee`: something rests on it already.
///
/// # Errors
/// It is not complete, or something rests on it.
pub fn annuler_complet(etat: EtatDemande, engagee: bool) -> Result<Passage<EtatDemande>, Refus> {
    let passage = transition(etat, Evenement::AnnulerComplet)?;
    if engagee {
        return Err(Refus::fixe(
            "complet_engage",
            "La commission est saisie, une audition est fixée ou le silence a répondu : ce dossier ne redevient pas incomplet. Ce qui manque encore peut être demandé.",
        ));
    }
    Ok(passage)
}

/// The state in which a proposal that its author takes back leaves the request; `complete`: whether the file was complete.
///
/// # Errors
/// Nothing is proposed, or somebody else proposed it.
pub fn reprendre(
    etat: EtatDemande,
    complete: bool,
    auteur: bool,
) -> Result<Passage<EtatDemande>, Refus> {
    let passage = transition(
        etat,
        match complete {
            true => Evenement::Reprendre,
            false => Evenement::ReprendreIncomplete,
        },
    )?;
    if !auteur {
        return Err(Refus::fixe(
            "proposition_d_autrui",
            "Cette proposition est celle d’une autre personne : elle seule la reprend, et qui signe peut la renvoyer.",
        ));
    }
    Ok(passage)
}

/// The state in which a proposal that is sent back leaves the request; `complete`: whether the file was complete.
///
/// # Errors
/// Nothing is proposed.
pub fn renvoyer(etat: EtatDemande, complete: bool) -> Result<Passage<EtatDemande>, Refus> {
    let evenement = match complete {
        true => Evenement::Renvoyer,
        false => Evenement::RenvoyerIncomplete,
    };
    transition(etat, evenement)
}
