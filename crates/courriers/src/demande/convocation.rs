//! PRO-13: the person is invited to be heard by the commission (letter 13 of the letter book). The ground stays in the portal.

use chrono::NaiveDate;
use regles::texte;

use super::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant.
#[derive(Debug)]
pub struct Convocation {
    /// Whom it greets, the number, whom to call.
    pub dossier: Dossier,
    /// The day.
    pub le: NaiveDate,
    /// «14 h 30».
    pub heure: String,
    /// «heure de Paris».
    pub heure_de: &'static str,
    /// An address, or a link.
    pub lieu: String,
    /// The last day to write instead.
    pub ecrire_avant: Option<NaiveDate>,
    /// The day that this one takes the place of.
    pub remplace: Option<NaiveDate>,
}

impl Courrier for Convocation {
    fn lettre(&self) -> Lettre {
        let (jour, heure) = (texte::date_longue(self.le), &self.heure);
        let ecrire = self.ecrire_avant.map_or_else(String::new, |le| {
            format!(", ou écrire {}", texte::au_plus_tard(le))
        });
        let lettre = self.dossier.lettre(
            Modele::Convocation,
            &format!(
                "Dossier {} : rendez-vous le {jour} à {heure}",
                self.dossier.numero
            ),
        );
        let lettre = match self.remplace {
            None => lettre,
            Some(avant) => lettre.paragraphe(format!(
                "Ce rendez-vous remplace celui du {}.",
                texte::date_longue(avant)
            )),
        };
        lettre
            .paragraphe(format!(
                "La commission paritaire départementale vous entendra le {jour} à {heure} ({}), {}, pendant 15 minutes environ.",
                self.heure_de, self.lieu
            ))
            .paragraphe(format!(
                "Vous pouvez venir avec la personne de votre choix, vous faire représenter par elle avec un mandat écrit{ecrire}. Si vous ne venez pas, votre dossier sera examiné de la même façon."
            ))
            .paragraphe(
                "Les documents remis à la commission sont dans votre espace ; elle ne lit aucune pièce de santé.",
            )
            .action("Voir mon dossier", self.dossier.chemin())
    }
}
