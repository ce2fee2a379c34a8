//! REG-8: the successor declines, said to the leaver.

use chrono::NaiveDate;

use super::autre_personne;
use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct DesignationDeclinee<'a> {
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

impl Courrier for DesignationDeclinee<'_> {
    fn lettre(&self) -> Lettre {
        let nom = self.successeur;
        Lettre::new(
            Modele::DesignationDeclinee,
            format!("{nom} décline votre désignation à {}", self.commune),
        )
        .paragraphe(format!("{nom} a décliné votre désignation. La place ouverte par votre départ reste à transmettre."))
        .paragraphe(autre_personne(self.limite))
        .a(self.cedant)
        .action("Voir mon départ", format!("/mes-departs/{}", self.depart_id))
        .contact(self.contact)
    }
}
