//! Letter 11: the attestation of a place that is open.

use chrono::NaiveDate;
use regles::texte::{au_plus_tard, date_fr, de};

use regles::ecrit::NatureEcrit;

use crate::decision::Document;
use crate::ecrit::{Composition, Enveloppe, Incomplet, Partie};

/// What it says: never the count of acts, a price, nor who wants the place.
#[derive(Debug)]
pub struct Place<'a> {
    /// Day of the cessation.
    pub cessation: NaiveDate,
    /// The zone, by its name.
    pub zone: &'a str,
    /// Last day to designate, where one is known.
    pub limite: Option<NaiveDate>,
}

impl Place<'_> {
    /// The document to freeze.
    ///
    /// # Errors
    /// None of the data lacks: what surrounds it may.
    pub fn document(&self, enveloppe: &Enveloppe<'_>) -> Result<Document, Incomplet> {
        let limite = self.limite.map_or_else(String::new, |limite| {
            format!(
                " La personne qui prend sa suite peut être désignée {}.",
                au_plus_tard(limite)
            )
        });
        Composition::new(NatureEcrit::AttestationPlace, "Attestation de place")
            .fort(
                Partie::Reponse,
                &format!(
                    "{} atteste qu’à la suite de la cessation d’activité {} le {}, une place est ouverte à ce jour dans la zone {}.{limite}",
                    enveloppe.caisse.nom,
                    de(enveloppe.a.nom),
                    date_fr(self.cessation),
                    self.zone
                ),
            )
            .paragraphe(
                Partie::Effet,
                &format!(
                    "Cette attestation ne vaut pas accord de conventionnement. Fait le {}.",
                    date_fr(enveloppe.le)
                ),
            )
            .document(enveloppe)
    }
}
