//! CTR-3: no two incentive contracts at once, the same one never twice.

use chrono::NaiveDate;
use serde_json::json;

use super::ContratAnterieur;
use super::examen::Examen;
use crate::conclusion::{et, inconnus, ou};
use crate::contrat::TypeContrat;
use crate::echeance::fin_brute;
use crate::regle::{Constat, RegleError};

impl Examen<'_> {
    /// CTR-3, against every contract signed before.
    pub(super) fn cumul(&mut self, contrat: TypeContrat) -> Result<(), RegleError> {
        let Some(duree) = self.parametre(&contrat.cle("duree"))? else {
            return Ok(());
        };
        let Some(une_fois) = self.parametre("contrat.meme_contrat_une_fois")? else {
            return Ok(());
        };
        let faits = self.faits;
        let citation = self.citation("CTR-3")?;
        let sans_cumul = "Aucun autre contrat incitatif à la même période";
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
        let delai = duree.delai()?;
        let periode = faits
            .signature
            .map(|signature| (signature, fin_brute(signature, delai)));
        let valeur = json!(anterieurs);

        let mut libre = Some(true);
        let mut manquants = inconnus([("signature", periode.is_some())]);
        for (rang, anterieur) in anterieurs.iter().enumerate() {
            let disjoint = disjoint(anterieur, periode);
            libre = et(libre, disjoint);
            if disjoint.is_none() {
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

        if une_fois.oui()? {
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

/// Whether an earlier contract ends before the new one starts, or starts after it ends.
fn disjoint(
    anterieur: &ContratAnterieur,
    periode: Option<(NaiveDate, Option<NaiveDate>)>,
) -> Option<bool> {
    let avant = anterieur
        .fin
        .zip(periode)
        .map(|(fin, (signature, _))| fin <= signature);
    // Past the calendar, the new contract never ends.
    let apres = anterieur
        .debut
        .zip(periode)
        .map(|(debut, (_, fin))| fin.is_some_and(|fin| fin <= debut));
    ou(avant, apres)
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
