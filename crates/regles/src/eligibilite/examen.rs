//! The examination, condition by condition: what is open, the zone, what the contract is for (CTR-1, CTR-2).

use serde_json::json;

use super::{
    ConclusionEligibilite, FaitsEligibilite, Mode, ResultatEligibilite, ValeursEligibilite,
};
use crate::conclusion::{Conclusion, inconnus, ou};
use crate::contrat::TypeContrat;
use crate::parametre::Parametre;
use crate::regle::{Citation, Constat, Etape, Explication, RegleError};
use crate::reglement::{Reglement, ReglementError};

/// The examination under way: what fails, and what is missing at the first unknown condition.
pub(super) struct Examen<'a> {
    reglement: &'a Reglement,
    pub(super) faits: &'a FaitsEligibilite,
    explication: Explication,
    non_remplies: Vec<String>,
    manquants: Vec<String>,
}

impl<'a> Examen<'a> {
    pub(super) fn nouveau(reglement: &'a Reglement, faits: &'a FaitsEligibilite) -> Self {
        Examen {
            reglement,
            faits,
            explication: Explication::nouvelle(),
            non_remplies: Vec::new(),
            manquants: Vec::new(),
        }
    }

    /// Records a condition; `manquants` are the unknown facts it needs.
    pub(super) fn condition(&mut self, etape: Etape, manquants: Vec<String>) {
        match etape.constat {
            Constat::NonRempli if !self.non_remplies.iter().any(|r| *r == etape.regle) => {
                self.non_remplies.push(etape.regle.to_string());
            }
            Constat::Inconnu if self.manquants.is_empty() => self.manquants = manquants,
            _ => {}
        }
        self.explication.ajouter(etape);
    }

    /// The parameter at the signature; where the answer depends on a signature that is unknown, says so.
    pub(super) fn parametre(&mut self, cle: &str) -> Result<Option<&'a Parametre>, RegleError> {
        let parametre = self.reglement.parametre_si(cle, self.faits.signature)?;
        if parametre.is_none() {
            let derniere = self.reglement.derniere(cle)?;
            self.signature_inconnue(derniere);
        }
        Ok(parametre)
    }

    /// The value of this parameter depends on the signature.
    fn signature_inconnue(&mut self, parametre: &Parametre) {
        let etape = parametre.citation().etape(
            "La règle applicable dépend de la date de la signature",
            Constat::Inconnu,
            "signature",
            json!(null),
            "une date",
        );
        self.condition(etape, vec!["signature".to_owned()]);
    }

    /// A step that is shown and decides nothing.
    pub(super) fn montrer(&mut self, etape: Etape) {
        self.explication.ajouter(etape);
    }

    pub(super) fn citation(&self, regle: &str) -> Result<Citation, RegleError> {
        Ok(self.reglement.citation_si(regle, self.faits.signature)?)
    }

    /// Nothing can be examined.
    pub(super) fn contrat_inconnu(&mut self) -> Result<(), RegleError> {
        let libelle = "Le contrat demandé est connu";
        let etape = self.citation("CTR-1")?.etape(
            libelle,
            Constat::Inconnu,
            "contrat",
            json!(null),
            "un contrat",
        );
        self.condition(etape, vec!["contrat".to_owned()]);
        Ok(())
    }

    /// CTR-1: the contract is open to new signatures.
    pub(super) fn ouvert(&mut self, contrat: TypeContrat) -> Result<(), RegleError> {
        let Some(ouvert) = self.parametre(&contrat.cle("ouvert"))? else {
            return Ok(());
        };
        let constat = Constat::de(Some(ouvert.oui()?));
        let libelle = "Le contrat est ouvert à de nouvelles signatures";
        let etape = ouvert
            .citation()
            .etape(libelle, constat, "contrat", json!(contrat), "ouvert");
        self.condition(etape, Vec::new());
        Ok(())
    }

    /// CTR-1: the zone on the day of the signature, which nothing waives.
    pub(super) fn zone(&mut self, contrat: TypeContrat) -> Result<(), RegleError> {
        let categorie = self.faits.categorie;
        let cle = contrat.cle("categories");
        let dire = |zones: &Parametre| -> Result<Option<bool>, ReglementError> {
            let liste = zones.liste()?;
            Ok(categorie.map(|c| liste.iter().any(|z| z == c.as_str())))
        };
        // On an unknown day, only where every value in force at any time says the same.
        let connue = self.reglement.parametre_si(&cle, self.faits.signature)?;
        let zones = match connue {
            Some(zones) => zones,
            None => self.reglement.derniere(&cle)?,
        };
        let zone = dire(zones)?;
        for valeur in self.reglement.historique(&cle) {
            if connue.is_none() && dire(valeur)? != zone {
                self.signature_inconnue(zones);
                return Ok(());
            }
        }
        let etape = zones.citation().etape(
            "La zone ouvre ce contrat, le jour de la signature",
            Constat::de(zone),
            "categorie",
            json!(categorie),
            zones.liste()?.join(" ou "),
        );
        let manquants = inconnus([
            ("categorie", zone.is_some()),
            ("signature", connue.is_some()),
        ]);
        self.condition(etape, manquants);
        Ok(())
    }

    /// CTR-1: what the contract is for.
    pub(super) fn mode(&mut self, contrat: TypeContrat) -> Result<(), RegleError> {
        let modes: &[Mode] = match contrat {
            TypeContrat::Caccmk => &[Mode::Creation, Mode::Reprise],
            TypeContrat::Caimk => &[Mode::Installation],
            TypeContrat::Cammk => &[Mode::Maintien],
            TypeContrat::Cimk => return Ok(()),
        };
        let mode = self.faits.mode;
        let etape = self.citation("CTR-1")?.etape(
            "Le contrat correspond à la manière de s’installer",
            Constat::de(mode.map(|m| modes.contains(&m))),
            "mode",
            json!(mode),
            modes
                .iter()
                .map(|m| m.as_str())
                .collect::<Vec<_>>()
                .join(" ou "),
        );
        self.condition(etape, vec!["mode".to_owned()]);
        Ok(())
    }

    /// CTR-2: a cabinet taken over whose former holder ceases all activity.
    pub(super) fn reprise(&mut self) -> Result<(), RegleError> {
        let faits = self.faits;
        if faits.mode.is_some_and(|m| m != Mode::Reprise) {
            return Ok(());
        }
        let pas_une_reprise = faits.mode.map(|m| m != Mode::Reprise);
        let etape = self.citation("CTR-2")?.etape(
            "Le titulaire du cabinet repris cesse toute activité",
            Constat::de(ou(pas_une_reprise, faits.cessation_totale_titulaire)),
            "cessation_totale_titulaire",
            json!(faits.cessation_totale_titulaire),
            "vrai",
        );
        let manquants = inconnus([
            ("mode", faits.mode.is_some()),
            (
                "cessation_totale_titulaire",
                faits.cessation_totale_titulaire.is_some(),
            ),
        ]);
        self.condition(etape, manquants);
        Ok(())
    }

    /// One condition that fails decides; otherwise an unknown one blocks.
    pub(super) fn conclure(mut self) -> ConclusionEligibilite {
        self.non_remplies.sort_unstable();
        let (resultat, manquants) = match (self.non_remplies.is_empty(), self.manquants.is_empty())
        {
            (false, _) => (ResultatEligibilite::NonEligible, Vec::new()),
            (true, true) => (ResultatEligibilite::Eligible, Vec::new()),
            (true, false) => (ResultatEligibilite::Incomplet, self.manquants),
        };
        Conclusion {
            resultat,
            valeurs: ValeursEligibilite {
                regles_non_remplies: self.non_remplies,
            },
            manquants,
            explication: self.explication,
        }
    }
}
