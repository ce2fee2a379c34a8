//! The receipt of an appeal (letter 30 of the letter book): dates only, and no judgment on lateness.

use chrono::NaiveDate;
use regles::texte::{self, date_fr};

use super::Organes;
use crate::{Courrier, Lettre, Modele};

/// To who appeals: day received, what is contested, the secretariat, the day on which silence rejects, the court and its
/// last day.
#[derive(Debug)]
pub struct RecoursAccuse<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Number of the appeal.
    pub numero: &'a str,
    /// Number of the case contested.
    pub conteste: &'a str,
    /// What is contested, in words.
    pub contestee: &'a str,
    /// Its day, when it was notified.
    pub contestee_le: Option<NaiveDate>,
    /// Day the caisse received it.
    pub recu_le: NaiveDate,
    /// Who answers, and the court.
    pub organes: &'a Organes,
    /// Where the secretariat is; the service, when its address is not known.
    pub secretariat: &'a str,
    /// Last day to answer.
    pub repondre_avant: NaiveDate,
    /// Last day to go to the court, where nobody answers.
    pub tribunal_avant: NaiveDate,
    /// An agent entered it from a paper.
    pub sur_papier: bool,
    /// Whom to call.
    pub contact: &'a [String],
}

impl RecoursAccuse<'_> {
    /// The sentences, as the letter and the page say them.
    pub fn phrases(&self) -> Vec<String> {
        let contre = match self.contestee_le {
            Some(le) => format!("la décision du {}", date_fr(le)),
            None => format!("ce qui a été décidé sur le dossier {}", self.conteste),
        };
        let mut phrases = vec![
            format!(
                "Nous avons reçu le {} votre recours contre {contre}. {} répondra {}. Sans réponse à cette date, votre \
                 recours est rejeté : vous pourrez saisir {}, {}. Ne le saisissez pas plus tôt : il rejetterait votre requête.",
                date_fr(self.recu_le),
                self.organes.premier(),
                texte::au_plus_tard(self.repondre_avant),
                self.organes.tribunal(),
                texte::au_plus_tard(self.tribunal_avant)
            ),
            "Vous pouvez encore ajouter des documents et des explications : envoyez-les depuis la page de votre recours, ou \
             au secrétariat."
                .to_owned(),
        ];
        if self.sur_papier {
            phrases.push(
                "Ce recours nous est parvenu sur papier : nous l’avons enregistré pour vous. Si ce que nous en disons est \
                 inexact, dites-le-nous sans attendre, aux coordonnées ci-dessous."
                    .to_owned(),
            );
        }
        phrases
    }
}

impl Courrier for RecoursAccuse<'_> {
    fn lettre(&self) -> Lettre {
        let lettre = Lettre::new(
            Modele::RecoursAccuse,
            format!("Dossier {} : recours reçu", self.numero),
        )
        .a(self.kine);
        self.phrases()
            .into_iter()
            .fold(lettre, Lettre::paragraphe)
            .point("Recours", self.numero)
            .point("Reçu le", date_fr(self.recu_le))
            .point(
                "Contre",
                format!("dossier {} : {}", self.conteste, self.contestee),
            )
            .point("Secrétariat", self.secretariat)
            .action(
                "Suivre mon recours",
                format!("/mes-recours/{}", self.numero),
            )
            .contact(self.contact)
    }
}
