//! Letter 28 as a document: the reasons of a refusal born of silence (CRPA L232-4).

use chrono::NaiveDate;
use regles::ecrit::NatureEcrit;
use regles::texte::date_fr;

use crate::decision::{Document, Signature};
use crate::ecrit::{Composition, Enveloppe, Incomplet, Partie};

/// What it says: the reasons of that day, no new one.
#[derive(Debug)]
pub struct MotifsImplicite<'a> {
    /// Day they were asked for.
    pub demandees_le: NaiveDate,
    /// Last day of the silence.
    pub silence_le: NaiveDate,
    /// In law and in fact.
    pub motifs: &'a str,
    /// The routes of appeal (`regles::recours::textes`).
    pub voies: &'a [String],
    /// Who signs.
    pub signature: Signature<'a>,
}

impl MotifsImplicite<'_> {
    /// The document to freeze.
    ///
    /// # Errors
    /// What lacks: the reasons, the routes, an address.
    pub fn document(&self, enveloppe: &Enveloppe<'_>) -> Result<Document, Incomplet> {
        let c = Composition::new(
            NatureEcrit::MotifsImplicite,
            "Les raisons que vous avez demandées",
        )
        .fort(
            Partie::Reponse,
            &format!(
                "Vous nous avez demandé le {} les raisons du refus de votre demande, né le {} de notre silence. Les voici.",
                date_fr(self.demandees_le),
                date_fr(self.silence_le)
            ),
        )
        .paragraphe(
            Partie::Demarche,
            "Le délai pour contester est prolongé : il recommence le jour où ces raisons vous sont notifiées. À qui écrire est dit plus bas.",
        );
        let c = match self.motifs.trim() {
            "" => c,
            motifs => c
                .titre(Partie::Fondement, "Sur quoi repose ce refus")
                .paragraphe(Partie::Fondement, motifs),
        };
        c.voies(self.voies, "Si vous contestez ce refus")
            .donnees(enveloppe.url)
            .signe(&self.signature)
            .document(enveloppe)
    }
}
