//! What one agent sends another about a proposal (PRO-5).

use crate::{Courrier, Lettre, Modele};

/// To who signs.
#[derive(Debug)]
pub struct DecisionASigner<'a> {
    /// Whom it greets.
    pub agent: &'a str,
    /// Who proposes.
    pub par: &'a str,
    pub numero: &'a str,
}

impl Courrier for DecisionASigner<'_> {
    fn lettre(&self) -> Lettre {
        let numero = self.numero;
        Lettre::new(
            Modele::DecisionASigner,
            format!("Dossier {numero} : une décision attend votre signature"),
        )
        .a(self.agent)
        .paragraphe(format!(
            "{} propose une décision dans le dossier {numero}. Elle attend votre signature.",
            self.par
        ))
        .paragraphe("Si elle est à revoir, renvoyez-la avec votre remarque.")
        .action("Lire la proposition", format!("/dossiers/{numero}"))
    }
}

/// To who proposed.
#[derive(Debug)]
pub struct PropositionRenvoyee<'a> {
    /// Whom it greets.
    pub agent: &'a str,
    /// Who sends it back.
    pub par: &'a str,
    pub numero: &'a str,
    /// What is to be seen again.
    pub motif: &'a str,
}

impl Courrier for PropositionRenvoyee<'_> {
    fn lettre(&self) -> Lettre {
        let numero = self.numero;
        Lettre::new(
            Modele::PropositionRenvoyee,
            format!("Dossier {numero} : votre proposition est renvoyée"),
        )
        .a(self.agent)
        .paragraphe(format!(
            "{} renvoie votre proposition dans le dossier {numero}, avec cette remarque : « {} »",
            self.par, self.motif
        ))
        .paragraphe("Votre proposition est conservée : vous la corrigez sans la récrire.")
        .action(
            "Reprendre la proposition",
            format!("/dossiers/{numero}/proposer"),
        )
    }
}
