//! A refusal (letter 20 of the letter book): with its reasons and its appeal routes, or not at all.

use regles::ecrit::NatureEcrit;

use super::{Document, Recherche, Signature, Visas};
use crate::ecrit::{Composition, Enveloppe, Incomplet, Partie};

/// What a refusal says.
#[derive(Debug)]
pub struct Refus<'a> {
    /// Where: street and commune.
    pub adresse: &'a str,
    /// The sentences of law and of fact.
    pub motifs: &'a str,
    /// Why it departs from the opinion of the commission, if it does.
    pub ecart: Option<&'a str>,
    /// What it is taken upon.
    pub visas: Visas<'a>,
    /// The routes of appeal (`regles::recours::textes`): sentences, the legal references last.
    pub voies: &'a [String],
    /// Whom to ask for the computation.
    pub recherche: Recherche<'a>,
    /// Who signs.
    pub signature: Signature<'a>,
}

impl Refus<'_> {
    /// The document to freeze.
    ///
    /// # Errors
    /// What lacks: the reasons, the routes, an address.
    pub fn document(&self, enveloppe: &Enveloppe<'_>) -> Result<Document, Incomplet> {
        Composition::new(
            NatureEcrit::Refus,
            "Refus de votre demande de conventionnement",
        )
        .fort(
            Partie::Reponse,
            &format!(
                "Je refuse votre demande de conventionnement pour exercer au {}.",
                self.adresse
            ),
        )
        .paragraphe(
            Partie::Demarche,
            "Vous pouvez contester cette décision. À qui écrire, et dans quel délai, est dit plus bas.",
        )
        .fondee(self.motifs, self.ecart, &self.visas)
        .voies(self.voies, CONTESTER)
        .calcul(self.recherche)
        .donnees(enveloppe.url)
        .signe(&self.signature)
        .document(enveloppe)
    }
}

/// The title of the routes of appeal.
pub(super) const CONTESTER: &str = "Si vous contestez cette décision";
