//! REG-8: the successor gives up, said to the leaver.

use chrono::NaiveDate;

use super::autre_personne;
use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct DesignationRenoncee<'a> {
    /// Who answers.
    pub successeur: &'a str,
    /// The leaver.
    pub cedant: &'a str,
    pub commune: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    /// The departure.
    pub depart_id: i64,
    /// Last day to designate.
    pub limite: Option<NaiveDate>,
}

impl Courrier for DesignationRenoncee<'_> {
    fn lettre(&self) -> Lettre {
        let nom = self.successeur;
        Lettre::new(
            Modele::DesignationRenoncee,
            format!("{nom} renonce à vous succéder à {}", self.commune),
        )
        .a(self.cedant)
        .paragraphe(format!(
            "{nom} avait accepté votre désignation et y renonce. Votre place n’est pas perdue : elle est de nouveau à transmettre."
        ))
        .paragraphe(autre_personne(self.limite))
        .action("Désigner une autre personne", format!("/mes-departs/{}", self.depart_id))
        .contact(self.contact)
    }
}
