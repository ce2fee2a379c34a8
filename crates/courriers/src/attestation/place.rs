//! Letter 11: the attestation of a place that is open.

use chrono::NaiveDate;
use regles::texte::{au_plus_tard, date_fr, de};

use super::Verification;
use crate::decision::Document;

/// What it says: never the count of acts, a price, nor who wants the place.
#[derive(Debug)]
pub struct Place<'a> {
    /// The caisse.
    pub caisse: &'a str,
    /// First name and name of who left.
    pub kine: &'a str,
    /// Day of the cessation.
    pub cessation: NaiveDate,
    /// The zone, by its name.
    pub zone: &'a str,
    /// Last day to designate, where one is known.
    pub limite: Option<NaiveDate>,
    /// Day of the attestation.
    pub le: NaiveDate,
    pub verification: Verification<'a>,
}

impl Place<'_> {
    /// The document to freeze.
    pub fn document(&self) -> Document {
        let limite = self.limite.map_or_else(String::new, |limite| {
            format!(
                " La personne qui prend sa suite peut être désignée {}.",
                au_plus_tard(limite)
            )
        });
        Document::new("Attestation de place")
            .fort(&format!(
                "{} atteste qu’à la suite de la cessation d’activité {} le {}, une place est ouverte à ce jour dans la zone {}.{limite}",
                self.caisse,
                de(self.kine),
                date_fr(self.cessation),
                self.zone
            ))
            .paragraphe(&format!(
                "Cette attestation ne vaut pas accord de conventionnement. Fait le {}.",
                date_fr(self.le)
            ))
            .mention(&self.verification.phrase())
    }
}
