//! PRO-5: under what a decision is signed. Who directs the caisse signs in their own name; anybody else, by a delegation
//! whose act is dated before the decision, and need not be published (code de la sécurité sociale, article R122-3; Conseil
//! d'État, 2 mai 2025, n° 492975).

use chrono::NaiveDate;

use crate::decision::Acte;
use crate::refus::Refus;

text_enum! {
    /// What lets somebody sign for a caisse.
    pub enum Titre {
        /// They direct it: they sign in their own name, whatever the act.
        Direction = "direction", "Direction de la caisse";
        /// Who directs it gave them a delegation.
        Delegation = "delegation", "Délégation de signature";
    }
}

/// What lets one person sign for one caisse, between two days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Habilitation {
    /// In their own name, or for another.
    pub titre: Titre,
    /// The kinds of act that a delegation covers; a director's are all.
    pub actes: Vec<Acte>,
    /// Day of the act that gives it.
    pub acte_du: NaiveDate,
    /// First day.
    pub du: NaiveDate,
    /// Last day, when the act says one.
    pub au: Option<NaiveDate>,
    /// Day on which it was ended: from that day on it lets nothing be signed.
    pub finie_le: Option<NaiveDate>,
}

impl Habilitation {
    /// Whether its days hold that day.
    pub fn court(&self, jour: NaiveDate) -> bool {
        self.du <= jour
            && self.au.is_none_or(|au| jour <= au)
            && self.finie_le.is_none_or(|fin| jour < fin)
    }

    /// Whether its act was made before that day; the nomination of a director may be of the day itself.
    fn anterieure(&self, jour: NaiveDate) -> bool {
        match self.titre {
            Titre::Direction => self.acte_du <= jour,
            Titre::Delegation => self.acte_du < jour,
        }
    }

    fn couvre(&self, actes: &[Acte]) -> bool {
        match self.titre {
            Titre::Direction => true,
            Titre::Delegation => actes.iter().all(|a| self.actes.contains(a)),
        }
    }
}

/// Why nothing that somebody holds lets them sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Empeche {
    /// They hold nothing.
    Aucune,
    /// What they hold begins that day.
    AVenir(NaiveDate),
    /// What they held is over.
    Finie,
    /// Its act is of the day of the decision.
    TropRecente,
    /// It does not cover these kinds of act.
    HorsObjet,
}

/// PRO-5: the rank, among what somebody holds, of what lets them sign an act that is of these kinds, that day. Their own
/// name comes first.
///
/// # Errors
/// They hold nothing in force; its act is not earlier than the decision; none covers this kind of act.
pub fn signer_sous(
    habilitations: &[Habilitation],
    actes: &[Acte],
    jour: NaiveDate,
) -> Result<usize, Empeche> {
    let tenues = habilitations.iter().enumerate();
    let courent: Vec<_> = tenues.filter(|(_, h)| h.court(jour)).collect();
    if courent.is_empty() {
        let debuts = habilitations.iter().map(|h| h.du);
        return Err(match debuts.filter(|du| *du > jour).min() {
            Some(debut) => Empeche::AVenir(debut),
            None if habilitations.is_empty() => Empeche::Aucune,
            None => Empeche::Finie,
        });
    }
    let anterieures: Vec<_> = courent
        .into_iter()
        .filter(|(_, h)| h.anterieure(jour))
        .collect();
    if anterieures.is_empty() {
        return Err(Empeche::TropRecente);
    }
    anterieures
        .into_iter()
        .filter(|(_, h)| h.couvre(actes))
        .min_by_key(|(_, h)| h.titre)
        .map(|(rang, _)| rang)
        .ok_or(Empeche::HorsObjet)
}

/// Whether what is entered makes sense: the act before its first day or on it, a last day not before the first one, and,
/// for a delegation, at least one kind of act.
///
/// # Errors
/// What is wrong, with the field: `acte_du`, `au`, `actes`.
pub fn verifier(h: &Habilitation) -> Result<(), (&'static str, Refus)> {
    if h.titre == Titre::Delegation && h.actes.is_empty() {
        return Err((
            "actes",
            Refus::fixe(
                "delegation_sans_objet",
                "Choisissez au moins un acte que cette délégation permet de signer.",
            ),
        ));
    }
    if h.acte_du > h.du {
        return Err((
            "acte_du",
            Refus::fixe(
                "delegation_retroactive",
                "L’acte ne peut pas être daté d’après son premier jour d’effet : une délégation ne vaut pas pour le passé.",
            ),
        ));
    }
    if h.au.is_some_and(|au| au < h.du) {
        return Err((
            "au",
            Refus::fixe(
                "delegation_dates",
                "Le dernier jour ne peut pas précéder le premier.",
            ),
        ));
    }
    Ok(())
}
