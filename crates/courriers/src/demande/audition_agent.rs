//! PRO-13: the applicant asks to be heard, said to who handles the request.

use crate::{Courrier, Lettre, Modele};

/// To the agent in charge.
#[derive(Debug)]
pub struct AuditionDemandeeAgent<'a> {
    pub numero: &'a str,
}

impl Courrier for AuditionDemandeeAgent<'_> {
    fn lettre(&self) -> Lettre {
        let numero = self.numero;
        Lettre::new(
            Modele::AuditionDemandeeAgent,
            format!("Demande {numero} : une audition est demandée"),
        )
        .paragraphe("Une audition par la commission est demandée. La personne qui la demande est entendue avant l’avis : fixez le jour, l’heure et le lieu, nous les lui écrivons.")
        .action("Fixer l’audition", format!("/dossiers/{numero}/convoquer"))
    }
}
