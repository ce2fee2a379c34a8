//! REG-3: the contest of a count is received.

use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct DecompteConteste<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Number of the departure.
    pub numero: &'a str,
    /// The departure.
    pub id: i64,
    /// Whom to call.
    pub contact: &'a [String],
    /// What the caisse counts.
    pub compte: i64,
    /// What the leaver counts.
    pub selon_la_personne: i64,
}

impl Courrier for DecompteConteste<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::DecompteConteste,
            format!("Dossier {} : votre contestation est reçue", self.numero),
        )
        .a(self.kine)
        .paragraphe(format!(
            "Vous contestez le nombre de vos actes : {} selon vous, {} selon nous. Nous l’examinons et vous répondrons.",
            texte::nombre(self.selon_la_personne),
            texte::nombre(self.compte)
        ))
        .paragraphe("Jusqu’à notre réponse, votre place ne peut pas être dite non transmissible.")
        .action("Voir mon départ", format!("/mes-departs/{}", self.id))
        .contact(self.contact)
    }
}
