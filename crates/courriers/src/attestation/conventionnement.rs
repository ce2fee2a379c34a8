//! Letter 26: the attestation of a conventionnement in effect.

use chrono::NaiveDate;
use regles::texte::date_fr;

use super::Verification;
use crate::decision::Document;

/// What it says: never the route, the ground, nor who left.
#[derive(Debug)]
pub struct Conventionnement<'a> {
    /// The caisse.
    pub caisse: &'a str,
    /// First name and name.
    pub kine: &'a str,
    pub rpps: &'a str,
    /// Where: street and commune.
    pub adresse: &'a str,
    /// First day of effect.
    pub effet: NaiveDate,
    /// Number of the file whose decision it attests, and its day.
    pub numero: &'a str,
    pub decidee_le: NaiveDate,
    /// Day of the attestation.
    pub le: NaiveDate,
    pub verification: Verification<'a>,
}

impl Conventionnement<'_> {
    /// The document to freeze.
    pub fn document(&self) -> Document {
        Document::new("Attestation de conventionnement")
            .fort(&format!(
                "{} atteste que {}, RPPS {}, exerce sous convention au {} depuis le {} (décision {} du {}).",
                self.caisse,
                self.kine,
                self.rpps,
                self.adresse,
                date_fr(self.effet),
                self.numero,
                date_fr(self.decidee_le)
            ))
            .paragraphe(&format!(
                "Cette attestation vaut pour ce seul lieu. Fait le {}.",
                date_fr(self.le)
            ))
            .mention(&self.verification.phrase())
    }
}
