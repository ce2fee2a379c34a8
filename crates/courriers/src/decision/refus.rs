//! A refusal (letter 20 of the letter book): with its reasons and its appeal routes, or not at all.

use super::{Document, Recherche, Signature};

/// What a refusal says.
#[derive(Debug)]
pub struct Refus<'a> {
    /// Number of the request.
    pub numero: &'a str,
    /// Where: street and commune.
    pub adresse: &'a str,
    /// The sentences of law and of fact.
    pub motifs: &'a str,
    /// Why it departs from the opinion of the commission, if it does.
    pub ecart: Option<&'a str>,
    /// The routes of appeal (`regles::recours::textes`): sentences, the legal references last.
    pub voies: &'a [String],
    /// Whom to ask for the computation.
    pub recherche: Recherche<'a>,
    /// Who signs.
    pub signature: Signature<'a>,
}

impl Refus<'_> {
    /// The document to freeze; nothing when a reason or a route is missing.
    pub fn document(&self) -> Option<Document> {
        let (references, voies) = self.voies.split_last()?;
        if self.motifs.trim().is_empty() {
            return None;
        }
        let document = Document::new(&format!("Dossier {} : refus", self.numero))
            .fort(&format!(
                "Je refuse votre demande de conventionnement pour exercer au {}.",
                self.adresse
            ))
            .titre("Sur quoi repose cette décision")
            .paragraphe(self.motifs);
        let document = match self.ecart {
            Some(ecart) => document.paragraphe(ecart),
            None => document,
        };
        let document = document.titre("Si vous contestez cette décision");
        let document = voies.iter().fold(document, |d, voie| d.paragraphe(voie));
        Some(
            document
                .mention(references)
                .calcul(self.recherche)
                .signe(&self.signature),
        )
    }
}
