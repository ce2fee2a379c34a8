//! ECH-5: the delay to designate a successor.

use regles::texte;

use super::Terme;
use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct RappelDesignation<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    pub commune: &'a str,
    /// The departure.
    pub id: i64,
    /// Somebody is designated, and has not answered.
    pub attente: bool,
    /// The delay.
    pub terme: Terme,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for RappelDesignation<'_> {
    fn lettre(&self) -> Lettre {
        let (commune, terme) = (self.commune, &self.terme);
        let de_commune = texte::de(commune);
        let mut lettre = if terme.depasse {
            Lettre::new(
                Modele::RappelDesignation,
                format!("Le délai pour désigner un successeur à {commune} est passé"),
            )
            .paragraphe(format!(
                "Votre départ {de_commune} a ouvert une place. Le délai pour désigner un successeur a pris fin le {}.",
                terme.longue()
            ))
        } else {
            Lettre::new(
                Modele::RappelDesignation,
                format!("Désignez la personne qui vous succède à {commune} au plus tard le {} (inclus)", terme.date()),
            )
            .paragraphe(format!(
                "Votre départ {de_commune} a ouvert une place. Vous pouvez désigner la personne qui vous succède au plus tard le {} (inclus).",
                terme.longue()
            ))
            .paragraphe("Passé ce jour, sans désignation acceptée, la place est sans effet (caduque) : personne ne pourra plus s’installer à ce titre.")
            .point("Il reste", terme.reste())
        };
        if self.attente {
            lettre = lettre.paragraphe(
                "La personne que vous avez désignée n’a pas encore répondu : vous pouvez la relancer, ou en désigner une autre.",
            );
        }
        lettre
            .a(self.kine)
            .action("Voir mon départ", format!("/mes-departs/{}", self.id))
            .contact(self.contact)
    }
}
