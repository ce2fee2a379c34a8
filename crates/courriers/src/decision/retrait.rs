//! The end of a decision (letter 22 of the letter book): what is considered, then what is decided, with its reasons and its
//! appeal routes, or not at all; and the correction of a clerical error (letter 23).

use chrono::NaiveDate;
use regles::decision::Acte;
use regles::retrait::Cause;
use regles::texte::{self, date_fr};

use super::{Document, Signature};

/// What is considered: nothing is decided, the person may answer.
#[derive(Debug)]
pub struct IntentionRetrait<'a> {
    /// Number of the request.
    pub numero: &'a str,
    /// The day of the decision.
    pub decision: NaiveDate,
    /// Why it would end.
    pub cause: Cause,
    /// The rule, in a sentence or less: «l’article 1.2 de la convention nationale».
    pub droit: &'a str,
    /// The fact that was found.
    pub fait: &'a str,
    /// The last day to answer.
    pub terme: NaiveDate,
    /// Who writes.
    pub signature: Signature<'a>,
}

impl IntentionRetrait<'_> {
    /// The document to freeze; none where the law or the fact lacks.
    pub fn document(&self) -> Option<Document> {
        let (droit, fait) = motifs(self.droit, self.fait)?;
        let le = date_fr(self.decision);
        let (constat, envisage) = match self.cause {
            Cause::Illegalite => (
                format!("La décision du {le} nous paraît contraire à {droit}, car {fait}."),
                "Nous envisageons de la retirer : elle serait censée n’avoir jamais existé.",
            ),
            Cause::Fraude => (
                format!(
                    "La décision du {le} nous paraît avoir été obtenue par fraude, contrairement à {droit}, car {fait}."
                ),
                "Nous envisageons de la retirer : elle serait censée n’avoir jamais existé.",
            ),
            Cause::Condition | Cause::Demande => (
                format!(
                    "Une condition de la décision du {le}, posée par {droit}, ne nous paraît plus remplie, car {fait}."
                ),
                "Nous envisageons d’y mettre fin pour la suite : ce qui a eu lieu avant n’est pas remis en cause.",
            ),
        };
        Some(
            Document::new(&format!("Dossier {} : vos observations", self.numero))
                .fort(&constat)
                .paragraphe(&format!("{envisage} Rien n’est décidé."))
                .paragraphe(&format!(
                    "Dites-nous ce que vous en pensez {}, par écrit ou lors d’un entretien, avec la personne de votre choix.",
                    texte::au_plus_tard(self.terme)
                ))
                .signe(&self.signature),
        )
    }
}

/// What is decided.
#[derive(Debug)]
pub struct Retrait<'a> {
    /// Number of the request.
    pub numero: &'a str,
    /// The day of the decision that ends.
    pub decision: NaiveDate,
    /// Why.
    pub cause: Cause,
    /// The rule.
    pub droit: &'a str,
    /// The fact.
    pub fait: &'a str,
    /// The answer to what the person said, and the day they said it.
    pub observations: Option<(NaiveDate, &'a str)>,
    /// First day from which the decision is ended.
    pub effet: NaiveDate,
    /// The routes of appeal (`regles::recours::textes`): sentences, the legal references last.
    pub voies: &'a [String],
    /// Who signs.
    pub signature: Signature<'a>,
}

impl Retrait<'_> {
    /// The document to freeze; none where the law, the fact or a route of appeal lacks.
    pub fn document(&self) -> Option<Document> {
        let (droit, fait) = motifs(self.droit, self.fait)?;
        let (references, voies) = self.voies.split_last()?;
        let le = date_fr(self.decision);
        let (objet, dit) = match self.cause.acte() {
            Acte::Retrait => (
                "retrait",
                format!("Je retire la décision du {le} : elle est censée n’avoir jamais existé."),
            ),
            _ => (
                "fin de l’accord",
                format!(
                    "Je mets fin, à compter du {}, à la décision du {le} : ce qui a eu lieu avant n’est pas remis en cause.",
                    date_fr(self.effet)
                ),
            ),
        };
        let document = Document::new(&format!("Dossier {} : {objet}", self.numero))
            .fort(&dit)
            .titre("Sur quoi repose cette décision")
            .paragraphe(&format!("En droit. {}.", texte::majuscule_initiale(droit)))
            .paragraphe(&format!("En fait. {}.", texte::majuscule_initiale(fait)));
        let document = match self.observations {
            Some((recues, reponse)) => document.paragraphe(&format!(
                "Vous avez présenté des observations, reçues le {}. {reponse}",
                date_fr(recues)
            )),
            None => document,
        };
        let document = document.titre("Si vous contestez cette décision");
        let document = voies.iter().fold(document, |d, voie| d.paragraphe(voie));
        Some(
            document
                .mention(references)
                .mention(&format!(
                    "Code des relations entre le public et l’administration, article {}.",
                    self.cause.fondement()
                ))
                .signe(&self.signature),
        )
    }
}

/// Both reasons, without the full stop that the sentence has.
fn motifs<'a>(droit: &'a str, fait: &'a str) -> Option<(&'a str, &'a str)> {
    let nus = [droit, fait].map(|m| m.trim().trim_end_matches('.').trim_end());
    let [droit, fait] = nus;
    (!droit.is_empty() && !fait.is_empty()).then_some((droit, fait))
}

/// A clerical error of a letter, mended (letter 23): which words were wrong, which are right, the rest unchanged.
#[derive(Debug)]
pub struct Correction<'a> {
    /// Number of the request.
    pub numero: &'a str,
    /// The day of the letter.
    pub lettre: NaiveDate,
    /// The wrong words.
    pub faux: &'a str,
    /// The right ones.
    pub juste: &'a str,
    /// Who writes.
    pub signature: Signature<'a>,
}

impl Correction<'_> {
    /// The document to freeze.
    pub fn document(&self) -> Document {
        Document::new(&format!("Dossier {} : une correction", self.numero))
            .fort(&format!(
                "La lettre du {} comporte une erreur : au lieu de « {} », lisez « {} ».",
                date_fr(self.lettre),
                self.faux.trim(),
                self.juste.trim()
            ))
            .paragraphe("Le reste est inchangé.")
            .signe(&self.signature)
    }
}
