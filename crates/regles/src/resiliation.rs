//! CTR-11: ending an incentive contract early: the contradictory phase, and when nothing is repaid.

use chrono::NaiveDate;

use super::calendrier::Territoire;
use super::echeance::{self, Echeance};
use super::montant::Montant;
use super::regle::RegleError;
use super::reglement::{Reglement, ReglementError};

text_enum! {
    /// Why a contract ended, where nothing is then repaid (`ctr.motifs_legitimes`).
    pub enum MotifLegitime {
        /// Serious health situation of spouse, child or direct ascendant.
        SanteProche = "sante_proche", "Situation de santé grave du conjoint, d’un enfant ou d’un ascendant direct";
        /// Transfer of the spouse.
        MutationConjoint = "mutation_conjoint", "Mutation du conjoint";
        /// Personal legal situation that changes the professional address.
        SituationJuridique = "situation_juridique", "Situation juridique personnelle qui change l’adresse professionnelle";
        /// Illness or disability that prevents practice.
        Incapacite = "incapacite", "Maladie ou invalidité qui empêche d’exercer";
        /// Detention of three months or more.
        Detention = "detention", "Détention de trois mois ou plus";
        /// Death.
        Deces = "deces", "Décès";
        /// Force majeure.
        ForceMajeure = "force_majeure", "Force majeure";
    }
}

/// What is repaid: nothing where the reason is one of `ctr.motifs_legitimes`, what the proration says otherwise.
///
/// # Errors
/// No parameter in force on the day of the termination.
pub fn a_restituer(
    reglement: &Reglement,
    resiliation: NaiveDate,
    motif: Option<MotifLegitime>,
    au_prorata: Montant,
) -> Result<Montant, ReglementError> {
    let legitimes = reglement.liste("ctr.motifs_legitimes", resiliation)?;
    let dispense = motif.is_some_and(|m| legitimes.iter().any(|code| code == m.as_str()));
    Ok(if dispense { Montant::ZERO } else { au_prorata })
}

/// A step of the contradictory phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The MK answers, from the receipt of the notice.
    Observations,
    /// The commission advises, from its referral; no opinion is favourable to the MK.
    Avis,
    /// The caisse decides, from the opinion.
    Decision,
}

impl Phase {
    fn cle(self) -> &'static str {
        match self {
            Phase::Observations => "ctr.observations",
            Phase::Avis => "ctr.delai_avis",
            Phase::Decision => "ctr.delai_decision",
        }
    }
}

/// The last day of a step that starts on `depart`.
///
/// # Errors
/// No parameter in force that day, or a deadline outside the calendar (`champ` is `depart`).
pub fn terme(
    reglement: &Reglement,
    phase: Phase,
    depart: NaiveDate,
    territoire: Territoire,
) -> Result<Echeance, RegleError> {
    let delai = reglement.delai(phase.cle(), depart)?;
    echeance::calculer(depart, delai, territoire, &[])
        .map_err(|e| RegleError::fait("depart", e.to_string()))
}

/// CTR-3: what a CACCMK pays to a former holder of a CAIMK, what that one paid being deducted (`ctr.deduction_caimk`);
/// and what is left to deduct from the next payments.
///
/// # Errors
/// No parameter in force at the signature, or an amount past what can be counted.
pub fn deduire_caimk(
    reglement: &Reglement,
    signature: NaiveDate,
    du: Montant,
    reste: Montant,
) -> Result<(Montant, Montant), RegleError> {
    if !reglement.oui("ctr.deduction_caimk", signature)? {
        return Ok((du, Montant::ZERO));
    }
    let deduit = du.min(reste);
    let moins = |a: Montant, b: Montant| {
        a.moins(b)
            .map_err(|e| RegleError::fait("percu", e.to_string()))
    };
    Ok((moins(du, deduit)?, moins(reste, deduit)?))
}
