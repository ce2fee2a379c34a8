//! Letter 28: the reasons of a refusal born of silence (CRPA L232-4).

use chrono::NaiveDate;
use regles::texte;

/// The text of the reasons, on the page of who asked for them.
#[derive(Debug)]
pub struct Raisons<'a> {
    /// Day they were asked for.
    pub demandees_le: NaiveDate,
    /// Last day of the silence.
    pub silence_le: NaiveDate,
    /// In law and in fact.
    pub motifs: &'a str,
    /// Last day to contest, from the day they were given.
    pub contester_avant: NaiveDate,
}

impl Raisons<'_> {
    /// What was asked for, the reasons, the new last day; a paragraph each.
    pub fn paragraphes(&self) -> [String; 3] {
        [
            format!(
                "Vous nous avez demandé le {} les raisons du refus de votre demande, né le {} de notre silence. Les voici.",
                texte::date_fr(self.demandees_le),
                texte::date_fr(self.silence_le)
            ),
            self.motifs.to_owned(),
            format!(
                "Le délai pour contester est prolongé : vous pouvez le faire au plus tard le {} (inclus).",
                texte::date_longue(self.contester_avant)
            ),
        ]
    }
}
