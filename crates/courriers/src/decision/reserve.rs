//! REG-17: the condition of a grant is met, or was not in time.

use chrono::NaiveDate;
use regles::reserve::Reserve;
use regles::texte;

use crate::demande::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant: the grant takes effect.
#[derive(Debug)]
pub struct ReserveLevee {
    /// Whom it greets, the number, whom to call.
    pub dossier: Dossier,
    /// Day the condition was met.
    pub le: NaiveDate,
    /// Last day to begin the installation; none before the notification.
    pub terme: Option<NaiveDate>,
}

impl Courrier for ReserveLevee {
    fn lettre(&self) -> Lettre {
        let le = texte::date_longue(self.le);
        let lettre = self
            .dossier
            .lettre(
                Modele::ReserveLevee,
                &format!("Dossier {} : la condition est remplie", self.dossier.numero),
            )
            .paragraphe(format!(
                "Nous avons constaté que la condition que dit votre document est remplie depuis le {le} : il prend effet ce jour-là."
            ));
        match self.terme {
            Some(terme) => lettre.paragraphe(format!(
                "Commencez les formalités d’installation {} : passé ce jour, l’accord n’a plus d’effet (il est caduc).",
                texte::au_plus_tard(terme)
            )),
            None => lettre,
        }
        .action("Voir ma demande", self.dossier.chemin())
    }
}

/// To the applicant: the grant lapses, with the reasons (CRPA L211-2).
#[derive(Debug)]
pub struct ReserveDefaillie<'a> {
    /// Whom it greets, the number, whom to call.
    pub dossier: Dossier,
    /// The condition.
    pub reserve: &'a Reserve,
}

impl Courrier for ReserveDefaillie<'_> {
    fn lettre(&self) -> Lettre {
        self.dossier
            .lettre(
                Modele::ReserveDefaillie,
                "Votre accord de conventionnement est sans effet",
            )
            .paragraphe(format!(
                "Votre accord était donné {}, à prouver par : {}.",
                self.reserve.phrase(),
                texte::minuscule_initiale(&self.reserve.preuve)
            ))
            .paragraphe(
                "Cette preuve ne nous est pas parvenue : la condition n’est pas remplie dans le délai que fixait la décision, et l’accord est \
                 sans effet (caduc). La place qu’il réservait, s’il y en avait une, est de nouveau libre.",
            )
            .paragraphe("Si la condition était remplie à temps, écrivez-nous avec la preuve.")
            .action("Voir ma demande", self.dossier.chemin())
    }
}
