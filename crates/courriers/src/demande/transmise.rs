//! PRO-1: a request was sent to the wrong caisse, and is forwarded to the right one (CRPA L114-2).

use chrono::NaiveDate;
use regles::silence::EffetSilence;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the applicant.
#[derive(Debug)]
pub struct DemandeTransmise<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    pub numero: &'a str,
    /// The caisse that forwards.
    pub de: &'a str,
    /// The caisse in charge: its name, and how to reach it.
    pub vers: &'a str,
    pub contact: &'a [String],
    /// Why.
    pub raison: &'a str,
    /// What silence is worth, and the last day of the caisse in charge to answer.
    pub effet: EffetSilence,
    pub finale: NaiveDate,
    /// Day from which that delay counts.
    pub depart: NaiveDate,
}

impl Courrier for DemandeTransmise<'_> {
    fn lettre(&self) -> Lettre {
        let (de, vers, numero) = (self.de, self.vers, self.numero);
        let depuis = match self.effet {
            EffetSilence::Rejet => "du jour où nous l’avons reçue",
            EffetSilence::Acceptation => "du jour où elle l’a reçue complète",
        };
        Lettre::new(
            Modele::DemandeTransmise,
            format!("Votre demande {numero} est transmise à une autre caisse"),
        )
        .a(self.kine)
        .paragraphe(format!(
            "Vous aviez adressé votre demande de conventionnement {numero} à notre caisse ({de}). La caisse compétente est une autre ({vers}) : nous lui avons transmis votre demande (code des relations entre le public et l’administration, article L114-2)."
        ))
        .paragraphe(format!("La raison : {}", self.raison))
        .paragraphe(format!(
            "Vous n’avez rien à refaire : votre demande garde son numéro et ses pièces. Cette caisse vous en accuse réception et vous répond au plus tard le {} (inclus). Ce délai compte {depuis}, le {}.",
            texte::date_longue(self.finale),
            texte::date_fr(self.depart)
        ))
        .action("Suivre ma demande", format!("/demandes/{numero}"))
        .contact(self.contact)
    }
}
