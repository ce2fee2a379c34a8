//! ECH-5: the delay to contest the count of acts (REG-3).

use super::Terme;
use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct RappelDecompte<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Number of the departure.
    pub numero: &'a str,
    /// The departure.
    pub id: i64,
    /// The delay.
    pub terme: Terme,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for RappelDecompte<'_> {
    fn lettre(&self) -> Lettre {
        let terme = &self.terme;
        let lettre = if terme.depasse {
            Lettre::new(
                Modele::RappelDecompte,
                format!("Dossier {} : le nombre de vos actes ne se conteste plus", self.numero),
            )
            .paragraphe(format!(
                "Vous pouviez contester le nombre de vos actes au plus tard le {} (inclus). La commission paritaire départementale \
                 dira si votre place peut être transmise.",
                terme.longue()
            ))
        } else {
            Lettre::new(
                Modele::RappelDecompte,
                format!(
                    "Dossier {} : vérifiez le nombre de vos actes au plus tard le {} (inclus)",
                    self.numero,
                    terme.date()
                ),
            )
            .paragraphe(format!(
                "Le nombre d’actes que nous comptons est inférieur au seuil. Vous pouvez le contester au plus tard le {} (inclus).",
                terme.longue()
            ))
            .point("Il reste", terme.reste())
        };
        lettre
            .a(self.kine)
            .action("Voir mon départ", format!("/mes-departs/{}", self.id))
            .contact(self.contact)
    }
}
