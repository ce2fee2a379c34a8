//! The CPAM corrects what a practitioner declared.

use chrono::NaiveDate;
use regles::correction::{Correction, Ecart};
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the practitioner: what, why, and what to do if it is wrong.
#[derive(Debug)]
pub struct DonneesCorrigees<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// The request or the departure.
    pub objet: Corrige<'a>,
    /// The CPAM.
    pub service: &'a str,
    /// The day.
    pub le: NaiveDate,
    /// Why, and what.
    pub correction: &'a Correction,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for DonneesCorrigees<'_> {
    fn lettre(&self) -> Lettre {
        let (sujet, chemin) = match self.objet {
            Corrige::Demande(numero) => (
                format!("Demande {numero} : la caisse a corrigé des données"),
                format!("/demandes/{numero}"),
            ),
            Corrige::Depart(id) => (
                "Votre cessation d’activité : la caisse a corrigé des données".to_owned(),
                format!("/mes-departs/{id}"),
            ),
        };
        let mut lettre = Lettre::new(Modele::DonneesCorrigees, sujet)
            .a(self.kine)
            .paragraphe(format!(
                "{} a corrigé le {} des données que vous aviez déclarées.",
                self.service,
                texte::date_fr(self.le)
            ))
            .point("Motif", self.correction.motif.clone());
        for e in &self.correction.corrections {
            lettre = lettre.point(e.donnee.libelle(), changement(e));
        }
        if self.correction.corrections.iter().any(|e| e.donnee.pese()) {
            lettre = lettre.paragraphe(
                "Les règles ont été appliquées de nouveau avec ces données : la page de votre dossier dit où il en est.",
            );
        }
        lettre
            .paragraphe("Si une de ces corrections est inexacte, répondez-nous par un message dans votre dossier.")
            .action("Voir ce qui a changé", chemin)
            .contact(self.contact)
    }
}

/// What was corrected.
#[derive(Debug, Clone, Copy)]
pub enum Corrige<'a> {
    /// A request, by its number.
    Demande(&'a str),
    /// A departure.
    Depart(i64),
}

/// A correction in words: «Martine (au lieu de Martin)».
fn changement(e: &Ecart) -> String {
    match (e.avant.as_str(), e.apres.as_str()) {
        ("", apres) => format!("{apres} (non renseigné auparavant)"),
        (avant, "") => format!("retiré ({avant} auparavant)"),
        (avant, apres) => format!("{apres} (au lieu de {avant})"),
    }
}
