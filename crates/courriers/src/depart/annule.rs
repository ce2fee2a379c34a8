//! REG-19: the leaver cancels a departure that the CPAM had confirmed.

use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct DepartAnnule<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    pub commune: &'a str,
    /// The departure.
    pub id: i64,
}

impl Courrier for DepartAnnule<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(Modele::DepartAnnule, "Votre départ est annulé")
            .a(self.kine)
            .paragraphe(format!(
                "Vous avez annulé votre départ {}. Il n’ouvre plus de place, et vous gardez votre conventionnement.",
                texte::de(self.commune)
            ))
            .paragraphe("Si vous aviez désigné un successeur, nous lui avons écrit.")
            .action("Voir ce départ", format!("/mes-departs/{}", self.id))
            .contact(self.contact)
    }
}

/// To the team.
#[derive(Debug)]
pub struct DepartAnnuleEquipe<'a> {
    /// The departure.
    pub id: i64,
    /// The leaver.
    pub kine: &'a str,
    pub commune: &'a str,
}

impl Courrier for DepartAnnuleEquipe<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::DepartAnnuleEquipe,
            format!("Départ annulé : {}", self.commune),
        )
        .paragraphe(format!(
            "{} a annulé son départ {}. Sa place n’est plus au compte de la zone ; la désignation et l’appel à candidatures qui en dépendaient sont clos, et les personnes concernées averties.",
            self.kine,
            texte::de(self.commune)
        ))
        .action("Voir le départ", format!("/departs/{}", self.id))
    }
}
