//! DER-4: the same, said to who handles the file.

use regles::echeance::NatureEcheance;

use super::{Terme, objet};
use crate::{Courrier, Lettre, Modele};

/// To the handler, to the team.
#[derive(Debug)]
pub struct RappelReductionAgent<'a> {
    pub numero: &'a str,
    /// The applicant.
    pub kine: &'a str,
    pub commune: &'a str,
    pub bassin: &'a str,
    /// What the delay is.
    pub nature: NatureEcheance,
    /// The delay.
    pub terme: Terme,
}

impl Courrier for RappelReductionAgent<'_> {
    fn lettre(&self) -> Lettre {
        let numero = self.numero;
        let verbe = if self.terme.depasse {
            "a pris fin"
        } else {
            "prend fin"
        };
        Lettre::new(
            Modele::RappelReductionAgent,
            format!(
                "{} {verbe} : {numero}, {}",
                objet(self.nature),
                self.terme.date()
            ),
        )
        .paragraphe("Constatez la fin ou le renouvellement sur la page du dossier (DER-4).")
        .point("Dossier", numero)
        .point("Collaborateur ou associé", self.kine)
        .point("Lieu", format!("{} ({})", self.commune, self.bassin))
        .point("Échéance", self.terme.entier())
        .action("Ouvrir le dossier", format!("/dossiers/{numero}"))
    }
}
