//! The decision of the commission de recours amiable (letter 31 of the letter book): it replaces the one contested. It never
//! says the votes, nor the first step of the routes of appeal again.

use chrono::NaiveDate;
use regles::contestation::Issue;
use regles::echeance::Delai;
use regles::texte;

use super::Organes;
use crate::decision::{Document, Signature};

/// What the answer says.
#[derive(Debug)]
pub struct CraDecision<'a> {
    /// Number of the appeal.
    pub numero: &'a str,
    /// Who answers, and the court.
    pub organes: &'a Organes,
    /// Day of the answer.
    pub reunie_le: NaiveDate,
    /// What it says.
    pub issue: Issue,
    /// Number of the case contested.
    pub conteste: &'a str,
    /// Day of what is contested, when it was notified.
    pub contestee_le: Option<NaiveDate>,
    /// Law and fact, of the day of the answer.
    pub motifs: &'a str,
    /// Answer to each argument.
    pub reponses: &'a str,
    /// What follows from it; none where nothing does.
    pub suite: Option<&'a str>,
    /// Delay to go to the court.
    pub delai: Delai,
    /// Who signs.
    pub signature: Signature<'a>,
}

impl CraDecision<'_> {
    /// The document to freeze; nothing when its reasons are missing.
    pub fn document(&self) -> Option<Document> {
        if self.motifs.trim().is_empty() || self.reponses.trim().is_empty() {
            return None;
        }
        let dit = match self.issue {
            Issue::Annulation => "fait droit à votre recours",
            Issue::AnnulationPartielle => "fait droit en partie à votre recours",
            Issue::Irrecevabilite => "rejette votre recours sans l’examiner",
            Issue::Rejet | Issue::RejetImplicite | Issue::Desistement => "rejette votre recours",
        };
        let quand = match self.organes.voie {
            regles::recours::Voie::SecuriteSociale => {
                format!(", réunie le {},", texte::date_fr(self.reunie_le))
            }
            regles::recours::Voie::Administrative => String::new(),
        };
        let contestee = match self.contestee_le {
            Some(le) => format!("La décision du {}", texte::date_fr(le)),
            None => format!("La décision prise sur le dossier {}", self.conteste),
        };
        let mut document = Document::new(&format!(
            "Dossier {} : réponse à votre recours",
            self.numero
        ))
        .fort(&format!("{}{quand} {dit}.", self.organes.premier()));
        if self.issue.annule() {
            let suite = self.suite.map_or(String::new(), |s| format!(" : {s}"));
            let partie = match self.issue {
                Issue::AnnulationPartielle => "annulée en partie",
                _ => "annulée",
            };
            document = document.fort(&format!("{contestee} est {partie}{suite}."));
        } else {
            document = document.paragraphe(&format!(
                "{contestee} est confirmée : cette réponse la remplace."
            ));
        }
        document = document
            .titre("Sur quoi repose cette réponse")
            .paragraphe(self.motifs)
            .titre("Réponse à vos arguments")
            .paragraphe(self.reponses);
        if self.issue.se_conteste() {
            document = document
                .titre("Si vous contestez cette réponse")
                .fort(&format!(
                    "Vous avez {} à compter du jour où cette lettre vous est notifiée pour saisir {}.",
                    self.delai,
                    self.organes.tribunal()
                ))
                .paragraphe(
                    "Votre requête est remise au greffe, ou envoyée en recommandé avec avis de réception, avec la copie de \
                     cette réponse.",
                );
        }
        Some(document.mention(self.references()).signe(&self.signature))
    }

    fn references(&self) -> &'static str {
        match self.organes.voie {
            regles::recours::Voie::SecuriteSociale => {
                "Code de la sécurité sociale, articles R142-1-A, R142-10 et R142-10-1 ; code des relations entre le public et \
                 l’administration, articles L211-2, L412-5, L412-7 et L412-8."
            }
            regles::recours::Voie::Administrative => {
                "Code de justice administrative, articles R421-1 et R421-5 ; code des relations entre le public et \
                 l’administration, article L211-2."
            }
        }
    }
}
