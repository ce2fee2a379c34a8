//! REG-3: the caisse answers the contest of a count.

use regles::depart::SuiteContestation;
use regles::grand_livre::EtatPlace;
use regles::texte;

use super::Suite;
use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct DecompteRepondu<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Number of the departure.
    pub numero: &'a str,
    /// The departure.
    pub id: i64,
    /// Whom to call.
    pub contact: &'a [String],
    /// What becomes of the count.
    pub suite: SuiteContestation,
    /// The count.
    pub actes: i64,
    /// Why.
    pub raisons: &'a str,
    /// What the place becomes.
    pub place: Suite<'a>,
}

impl Courrier for DecompteRepondu<'_> {
    fn lettre(&self) -> Lettre {
        let actes = texte::pluriel(self.actes, "acte", "actes");
        let reponse = match self.suite {
            SuiteContestation::Maintenu => {
                format!("Nous maintenons le nombre de vos actes : {actes}.")
            }
            SuiteContestation::Corrige => {
                format!("Nous corrigeons le nombre de vos actes : {actes}.")
            }
        };
        let suite = match self.place.etat {
            Some(EtatPlace::AExaminer) => {
                "Ce nombre reste inférieur au seuil : la commission paritaire départementale dira si la place peut tout de même \
                 être transmise. Vous pouvez lui écrire ou lui demander de vous entendre."
                    .to_owned()
            }
            _ => self.place.phrase(),
        };
        Lettre::new(
            Modele::DecompteRepondu,
            format!(
                "Dossier {} : notre réponse sur le nombre de vos actes",
                self.numero
            ),
        )
        .a(self.kine)
        .paragraphe(reponse)
        .paragraphe(format!("Nos raisons : {}", self.raisons))
        .paragraphe(suite)
        .action("Voir mon départ", format!("/mes-departs/{}", self.id))
        .contact(self.contact)
    }
}
