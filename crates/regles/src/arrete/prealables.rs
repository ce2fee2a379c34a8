//! ZON-4: who is heard before an arrêté, kept as a checklist with its dates. It blocks nothing: it is shown.

use chrono::NaiveDate;

text_enum! {
    /// What comes before the signature of an arrêté.
    pub enum Prealable {
        /// Opinion of the union of the profession.
        Urps = "urps", "Avis de l’URPS";
        /// Opinion of the commission paritaire régionale.
        CommissionRegionale = "commission_regionale", "Avis de la commission paritaire régionale";
        /// Opinion of the conférence régionale de la santé et de l’autonomie.
        Crsa = "crsa", "Avis de la CRSA";
        /// Information of the conseils territoriaux de santé.
        ConseilsTerritoriaux = "conseils_territoriaux", "Information des conseils territoriaux de santé";
    }
}

/// Where an item of the checklist stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constat {
    /// Done by the day of the signature, or while it is not signed.
    Fait(NaiveDate),
    /// Said to be done after the signature.
    Tardif(NaiveDate),
    /// Nothing is said of it.
    NonDit,
}

/// The checklist of an arrêté, in the order of the text; what is done on the day of the signature is in time.
pub fn liste(
    signature: Option<NaiveDate>,
    dates: &[(Prealable, NaiveDate)],
) -> Vec<(Prealable, Constat)> {
    let constat = |prealable: Prealable| {
        let date = dates.iter().find(|(p, _)| *p == prealable);
        match date.map(|(_, le)| *le) {
            None => Constat::NonDit,
            Some(le) if signature.is_some_and(|signee| le > signee) => Constat::Tardif(le),
            Some(le) => Constat::Fait(le),
        }
    };
    Prealable::TOUS.iter().map(|p| (*p, constat(*p))).collect()
}
