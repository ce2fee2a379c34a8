//! A place is reserved for the successor who was granted.

use regles::reserve::Reserve;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct PlaceReservee<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    /// The commune left.
    pub commune: &'a str,
    /// Who was to succeed.
    pub successeur: &'a str,
    /// REG-17: the condition of the grant.
    pub reserve: Option<&'a Reserve>,
}

impl Courrier for PlaceReservee<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(Modele::PlaceReservee, "Votre place est réservée à votre successeur")
            .a(self.kine)
            .paragraphe(format!(
                "Le conventionnement {} est accordé : la place ouverte par votre départ {} lui est réservée.",
                texte::de(self.successeur),
                texte::de(self.commune)
            ))
            .paragraphe(match self.reserve {
                None => "Vous n’avez rien à faire.".to_owned(),
                Some(reserve) => format!(
                    "Cet accord est donné {}. Prouvez-le à la caisse dès que c’est fait ({}) : sinon l’accord est sans effet, et la place de \
                     nouveau libre.",
                    reserve.phrase(),
                    texte::minuscule_initiale(&reserve.preuve)
                ),
            })
            .contact(self.contact)
            .action("Voir ma cessation", "/espace")
    }
}
