//! REG-16: the zone of the place is no longer regulated.

use chrono::NaiveDate;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To who was designated, or was attributed the place.
#[derive(Debug)]
pub struct DesignationSansObjet<'a> {
    pub commune: &'a str,
    /// Day of the designation that counts no more.
    pub du: NaiveDate,
    /// First day on which the zone was not regulated.
    pub depuis: NaiveDate,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for DesignationSansObjet<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::DesignationSansObjet,
            format!("La place {} est sans objet", texte::de(self.commune)),
        )
        .paragraphe(format!(
            "Depuis le {}, la zone {} n’est plus régulée : la désignation faite à votre nom le {} n’a plus d’effet, et il n’y a plus de place à prendre.",
            texte::date_fr(self.depuis),
            texte::de(self.commune),
            texte::date_fr(self.du)
        ))
        .paragraphe(
            "Vous pouvez y demander votre conventionnement sans succéder à personne : les conditions générales sont seules vérifiées.",
        )
        .action("Demander mon conventionnement", "/demandes/nouvelle")
        .contact(self.contact)
    }
}
