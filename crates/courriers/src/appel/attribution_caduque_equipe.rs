//! REG-12: the winner is out, said to the team.

use regles::texte;

use super::Abandon;
use crate::{Courrier, Lettre, Modele};

/// To the team.
#[derive(Debug)]
pub struct AttributionCaduqueEquipe<'a> {
    /// The call.
    pub appel_id: i64,
    pub commune: &'a str,
    /// The winner.
    pub gagnant: &'a str,
    pub abandon: Abandon,
    /// Who comes next; none when the call is closed.
    pub suivant: Option<&'a str>,
}

impl Courrier for AttributionCaduqueEquipe<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::AttributionCaduqueEquipe,
            format!("L’attribution de la place {} est caduque", texte::de(self.commune)),
        )
        .paragraphe(format!("{} {}.", self.gagnant, self.abandon.phrase()))
        .paragraphe(match self.suivant {
            Some(nom) => format!(
                "La personne suivante au classement est {nom} : le signataire peut lui attribuer la place."
            ),
            None => "Aucune autre candidature n’est en lice : l’appel est clos, un autre peut être ouvert.".to_owned(),
        })
        .action("Voir l’appel", format!("/attributions/{}", self.appel_id))
    }
}
