//! Letter 26: the attestation of a conventionnement in effect.

use chrono::NaiveDate;
use regles::texte::date_fr;

use regles::ecrit::NatureEcrit;

use crate::decision::Document;
use crate::ecrit::{Composition, Enveloppe, Incomplet, Partie};

/// What it says: never the route, the ground, nor who left.
#[derive(Debug)]
pub struct Conventionnement<'a> {
    /// RPPS.
    pub rpps: &'a str,
    /// Where: street and commune.
    pub adresse: &'a str,
    /// First day of effect.
    pub effet: NaiveDate,
    /// Day of the decision.
    pub decidee_le: NaiveDate,
}

impl Conventionnement<'_> {
    /// The document to freeze.
    ///
    /// # Errors
    /// None of the data lacks: what surrounds it may.
    pub fn document(&self, enveloppe: &Enveloppe<'_>) -> Result<Document, Incomplet> {
        Composition::new(
            NatureEcrit::AttestationConventionnement,
            "Attestation de conventionnement",
        )
        .fort(
            Partie::Reponse,
            &format!(
                "{} atteste que {}, RPPS {}, exerce sous convention au {} depuis le {} (décision {} du {}).",
                enveloppe.caisse.nom,
                enveloppe.a.nom,
                self.rpps,
                self.adresse,
                date_fr(self.effet),
                enveloppe.numero,
                date_fr(self.decidee_le)
            ),
        )
        .paragraphe(
            Partie::Effet,
            &format!(
                "Cette attestation vaut pour ce seul lieu. Fait le {}.",
                date_fr(enveloppe.le)
            ),
        )
        .document(enveloppe)
    }
}
