//! Letters about a decision. A refusal is written with its reasons and its appeal routes, or not at all (PRO-5, PRO-6).

mod accordee;
mod notifiee;
mod refusee;

pub use accordee::DemandeAccordee;
pub use notifiee::DecisionNotifiee;
pub use refusee::DemandeRefusee;

use regles::regle::Explication;

use crate::Lettre;

/// PRO-10: the decision rests on a computed result, and the person may ask how.
const CALCUL: &str = "Cette décision s’appuie sur un résultat calculé : vous pouvez demander les règles appliquées et la façon dont elles l’ont été (code des relations entre le public et l’administration, article L311-3-1). Les conditions examinées suivent ; elles sont aussi dans votre dossier.";

/// A refusal in words: made only with its reasons.
#[derive(Debug)]
pub struct Refus<'a> {
    motifs: &'a str,
    ecart: Option<&'a str>,
    voies: Vec<String>,
}

impl<'a> Refus<'a> {
    /// `ecart`: why it departs from the computed result, if it does; `voies`: the routes of appeal, as the page of the
    /// decision says them (`regles::accuse::voies_de_recours`). Nothing when there is no reason.
    pub fn new(motifs: &'a str, ecart: Option<&'a str>, voies: Vec<String>) -> Option<Refus<'a>> {
        (!motifs.trim().is_empty()).then_some(Refus {
            motifs,
            ecart,
            voies,
        })
    }

    fn dire(&self, lettre: Lettre) -> Lettre {
        let mut lettre = lettre
            .paragraphe(
                "Nous n’avons pas pu accorder votre conventionnement, pour les motifs suivants.",
            )
            .paragraphe(self.motifs);
        if let Some(ecart) = self.ecart {
            lettre = lettre.paragraphe(ecart);
        }
        self.voies.iter().cloned().fold(lettre, Lettre::paragraphe)
    }
}

/// What every decision says of how it was taken.
#[derive(Debug)]
pub struct Fondee<'a> {
    /// EXP-2: the conditions on which it was taken, as they are stored with it.
    pub explication: &'a Explication,
    /// Who signs.
    pub par: &'a str,
}

impl Fondee<'_> {
    fn dire(&self, lettre: Lettre) -> Lettre {
        self.explication
            .etapes()
            .iter()
            .fold(lettre, |lettre, e| {
                let portee = e
                    .portee()
                    .map_or_else(String::new, |portee| format!(", {portee}"));
                lettre.point(
                    format!("{}, {}", e.regle, e.constat.libelle()),
                    format!("{} ({}{portee})", e.libelle, e.source),
                )
            })
            .point("Décision prise par", self.par)
            .paragraphe(CALCUL)
    }
}
