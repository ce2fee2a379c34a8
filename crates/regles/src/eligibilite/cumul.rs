//! CTR-3: no other incentive contract running, the same one never twice.

use chrono::NaiveDate;
use serde_json::json;

use super::ContratAnterieur;
use super::examen::Examen;
use crate::conclusion::{et, inconnus};
use crate::contrat::TypeContrat;
use crate::regle::{Constat, RegleError};

impl Examen<'_> {
    /// CTR-3, against every contract signed before.
    pub(super) fn cumul(&mut self, contrat: TypeContrat) -> Result<(), RegleError> {
        let Some(une_fois) = self.parametre("contrat.meme_contrat_une_fois")? else {
            return Ok(());
        };
        let renouvelable = match contrat {
            TypeContrat::Cammk => match self.parametre("cammk.renouvelable")? {
                Some(renouvelable) => renouvelable.oui()?,
                None => return Ok(()),
            },
            _ => false,
        };
        let faits = self.faits;
        let citation = self.citation("CTR-3")?;
        let sans_cumul = "Aucun autre contrat incitatif en cours le jour de la signature";
        let Some(anterieurs) = &faits.contrats else {
            let etape = citation.etape(
                sans_cumul,
                Constat::Inconnu,
                "contrats",
                json!(null),
                "la liste des contrats",
            );
            self.condition(etape, vec!["contrats".to_owned()]);
            return Ok(());
        };
        let valeur = json!(anterieurs);

        let mut libre = Some(true);
        let mut manquants = inconnus([("signature", faits.signature.is_some())]);
        for (rang, anterieur) in anterieurs.iter().enumerate() {
            let en_cours = en_cours(anterieur, faits.signature);
            libre = et(libre, en_cours.map(|c| !c));
            if en_cours.is_none() {
                inconnus_du_contrat(rang, anterieur, &mut manquants);
            }
        }
        let etape = citation.etape(
            sans_cumul,
            Constat::de(libre),
            "contrats",
            valeur.clone(),
            "aucun",
        );
        self.condition(etape, manquants);

        if une_fois.oui()? && !renouvelable {
            let (mut inedit, mut manquants) = (Some(true), Vec::new());
            for (rang, anterieur) in anterieurs.iter().enumerate() {
                inedit = et(inedit, anterieur.contrat.map(|t| t != contrat));
                manquants.extend(
                    anterieur
                        .contrat
                        .is_none()
                        .then(|| format!("contrats.{rang}.contrat")),
                );
            }
            let libelle = "Le même contrat n’a jamais été signé";
            let etape = une_fois.citation().etape(
                libelle,
                Constat::de(inedit),
                "contrats",
                valeur,
                contrat.as_str(),
            );
            self.condition(etape, manquants);
        }
        Ok(())
    }
}

/// Whether another contract runs on the day of the signature; `fin` is the first day after it.
fn en_cours(anterieur: &ContratAnterieur, signature: Option<NaiveDate>) -> Option<bool> {
    let commence = anterieur.debut.zip(signature).map(|(d, s)| d <= s);
    let finit_apres = anterieur.fin.zip(signature).map(|(f, s)| s < f);
    et(commence, finit_apres)
}

fn inconnus_du_contrat(rang: usize, anterieur: &ContratAnterieur, manquants: &mut Vec<String>) {
    manquants.extend(
        anterieur
            .debut
            .is_none()
            .then(|| format!("contrats.{rang}.debut")),
    );
    manquants.extend(
        anterieur
            .fin
            .is_none()
            .then(|| format!("contrats.{rang}.fin")),
    );
}
