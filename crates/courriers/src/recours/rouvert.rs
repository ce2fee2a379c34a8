//! A decision was undone on appeal: the case is examined again.

use chrono::NaiveDate;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To whose case it is.
#[derive(Debug)]
pub struct DossierRouvert<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Number of the case that is open again.
    pub numero: &'a str,
    /// Its page.
    pub chemin: &'a str,
    /// Last day to decide again; none for a departure.
    pub decider_avant: Option<NaiveDate>,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for DossierRouvert<'_> {
    fn lettre(&self) -> Lettre {
        let quand = match self.decider_avant {
            Some(le) => format!(
                " Nous vous répondrons de nouveau {}.",
                texte::au_plus_tard(le)
            ),
            None => " Nous vous répondrons de nouveau.".to_owned(),
        };
        Lettre::new(
            Modele::DossierRouvert,
            format!("Dossier {} : votre dossier est rouvert", self.numero),
        )
        .a(self.kine)
        .paragraphe(format!(
            "Votre dossier {} est examiné de nouveau.{quand} Vous n’avez rien à faire : s’il manque une pièce, nous vous \
             écrirons.",
            self.numero
        ))
        .action("Voir mon dossier", self.chemin)
        .contact(self.contact)
    }
}
