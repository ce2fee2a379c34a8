//! REG-8: a successor is designated.

use chrono::NaiveDate;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the successor.
#[derive(Debug)]
pub struct DesignationCreee<'a> {
    /// The leaver.
    pub cedant: &'a str,
    pub commune: &'a str,
    pub bassin: &'a str,
    /// Day of the cessation.
    pub date: NaiveDate,
    /// The last day to answer, while one is set.
    pub limite: Option<NaiveDate>,
    /// REG-7: who designates in the leaver's place.
    pub ayant_droit: Option<&'a str>,
    /// Who left is dead.
    pub deces: bool,
    /// The secret of the link.
    pub jeton: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for DesignationCreee<'_> {
    fn lettre(&self) -> Lettre {
        let (cedant, commune) = (self.cedant, self.commune);
        let mut lettre = Lettre::new(
            Modele::DesignationCreee,
            format!("Une désignation à votre nom, pour une place à {commune}"),
        )
        .paragraphe(if self.deces {
            format!(
                "À la suite du décès {}, masseur-kinésithérapeute à {commune}, une désignation est faite à votre nom pour lui succéder.",
                texte::de(cedant)
            )
        } else {
            format!(
                "{cedant}, masseur-kinésithérapeute à {commune}, cesse son activité le {} et vous désigne pour lui succéder.",
                texte::date_fr(self.date)
            )
        })
        .paragraphe(
            "Cette désignation n’a d’effet que si vous l’acceptez. Ouvrez le lien ci-dessous, créez votre compte ou connectez-vous, puis acceptez ou déclinez. Si vous acceptez, vous pourrez déposer votre demande de conventionnement sur cette place.",
        )
        .paragraphe(
            "Accepter ne vous oblige pas à reprendre son cabinet. C’est la caisse qui accorde le conventionnement. Ce lien est \
             personnel : ne le transférez pas.",
        );
        if let Some(ayant_droit) = self.ayant_droit {
            lettre = lettre.paragraphe(format!(
                "La désignation est faite au nom {} par {ayant_droit}, que la caisse a habilité.",
                texte::de(cedant)
            ));
        }
        if let Some(limite) = self.limite {
            lettre = lettre.point("Votre réponse", texte::au_plus_tard(limite));
        }
        lettre
            .paragraphe(format!(
                "Votre numéro RPPS et cette adresse nous ont été donnés par {}, pour cette seule raison. Ce n’est pas vous ? \
                 Signalez-le à la caisse : nous les effacerons. La page « Données personnelles » du service dit vos droits.",
                self.ayant_droit.unwrap_or(cedant)
            ))
            .point("Lieu", commune)
            .point("Zone", self.bassin)
            .action(
                "Répondre à la désignation",
                format!("/designations/{}", self.jeton),
            )
            .contact(self.contact)
    }
}
