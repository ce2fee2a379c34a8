//! PRO-8: the answer to an appeal is notified: the day that counts. It says nothing of the answer.

use chrono::NaiveDate;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To who appeals.
#[derive(Debug)]
pub struct ReponseNotifiee<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Number of the appeal.
    pub numero: &'a str,
    /// Day of the notification.
    pub le: NaiveDate,
    /// Last day to go to the court, where there is something left to contest.
    pub tribunal_avant: Option<NaiveDate>,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for ReponseNotifiee<'_> {
    fn lettre(&self) -> Lettre {
        let lettre = Lettre::new(
            Modele::RecoursNotifie,
            format!("Dossier {} : un document vous est notifié", self.numero),
        )
        .a(self.kine)
        .paragraphe(format!(
            "Le document de votre dossier vous est notifié : le jour qui compte est le {}.",
            texte::date_longue(self.le)
        ));
        let lettre = match self.tribunal_avant {
            Some(le) => lettre.paragraphe(format!(
                "Si vous contestez ce document, le dernier jour pour le faire est le {} (inclus). Le document dit à qui écrire.",
                texte::date_longue(le)
            )),
            None => lettre,
        };
        lettre
            .action("Voir le document", format!("/mes-recours/{}", self.numero))
            .contact(self.contact)
    }
}
