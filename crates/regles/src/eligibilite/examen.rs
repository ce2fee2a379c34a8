//! The conditions of CTR-1, CTR-2 and CTR-4, one by one.

use chrono::NaiveDate;
use serde_json::json;

use super::{
    ConclusionEligibilite, Exercice, FaitsEligibilite, Mode, ResultatEligibilite,
    ValeursEligibilite,
};
use crate::conclusion::{Conclusion, inconnus, ou};
use crate::contrat::TypeContrat;
use crate::decimale::Decimale;
use crate::echeance::{Delai, en_arriere};
use crate::parametre::Parametre;
use crate::regle::{Citation, Constat, Etape, Explication, RegleError, date_inconnue};
use crate::reglement::{Reglement, ReglementError};

/// The examination under way: what fails, and what is missing at the first unknown condition.
pub(super) struct Examen<'a> {
    reglement: &'a Reglement,
    date: Option<NaiveDate>,
    pub(super) faits: &'a FaitsEligibilite,
    explication: Explication,
    non_remplies: Vec<String>,
    manquants: Vec<String>,
}

impl<'a> Examen<'a> {
    pub(super) fn nouveau(
        reglement: &'a Reglement,
        date: Option<NaiveDate>,
        faits: &'a FaitsEligibilite,
    ) -> Self {
        Examen {
            reglement,
            date,
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

    /// The parameter on the date; where the answer depends on an unknown date, says so.
    pub(super) fn parametre(&mut self, cle: &str) -> Result<Option<&'a Parametre>, RegleError> {
        let parametre = self.reglement.parametre_si(cle, self.date)?;
        if parametre.is_none() {
            let etape = date_inconnue(self.reglement.derniere(cle)?.citation());
            self.condition(etape, vec!["date".to_owned()]);
        }
        Ok(parametre)
    }

    pub(super) fn citation(&self, regle: &str) -> Result<Citation, RegleError> {
        Ok(self.reglement.citation_si(regle, self.date)?)
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

    /// CTR-1: the zone, or CTR-4: set up in the year before a new zonage.
    pub(super) fn zone(&mut self, contrat: TypeContrat) -> Result<(), RegleError> {
        let Some(avant) = self.parametre("contrat.zonage_nouveau_delai")? else {
            return Ok(());
        };
        let (faits, delai) = (self.faits, avant.delai()?);
        let recente = faits
            .installation_le
            .zip(faits.zonage_effet)
            .map(|(le, effet)| {
                le < effet && en_arriere(effet, delai).is_some_and(|depuis| depuis <= le)
            });
        let cle = contrat.cle("categories");
        let dire = |zones: &Parametre| -> Result<Option<bool>, ReglementError> {
            let liste = zones.liste()?;
            Ok(faits
                .categorie
                .map(|c| liste.iter().any(|z| z == c.as_str())))
        };
        // On an unknown date, only where every value in force at any time says the same.
        let connue = self.reglement.parametre_si(&cle, self.date)?;
        let zones = match connue {
            Some(zones) => zones,
            None => self.reglement.derniere(&cle)?,
        };
        let zone = dire(zones)?;
        for valeur in self.reglement.historique(&cle) {
            if connue.is_none() && ou(dire(valeur)?, recente) != ou(zone, recente) {
                let etape = date_inconnue(zones.citation());
                self.condition(etape, vec!["date".to_owned()]);
                return Ok(());
            }
        }
        let liste = zones.liste()?;
        if zone != Some(true) {
            self.explication.ajouter(avant.citation().etape(
                "Installé dans l’année précédant l’entrée en vigueur d’un nouveau zonage",
                Constat::de(recente),
                "installation_le",
                json!(faits.installation_le),
                format!("moins de {delai} avant zonage_effet"),
            ));
        }
        let manquants = match zone {
            None => inconnus([("categorie", false), ("date", connue.is_some())]),
            Some(_) => inconnus([
                ("installation_le", faits.installation_le.is_some()),
                ("zonage_effet", faits.zonage_effet.is_some()),
            ]),
        };
        let etape = zones.citation().etape(
            "La zone ouvre ce contrat, ou l’installation précède de peu le nouveau zonage",
            Constat::de(ou(zone, recente)),
            "categorie",
            json!(faits.categorie),
            liste.join(" ou "),
        );
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

    /// CTR-1 [E]: cabinet of less than a year, or collaborator for at most three.
    pub(super) fn installation(&mut self) -> Result<(), RegleError> {
        let Some(cabinet) = self.parametre("caccmk.installation_max")? else {
            return Ok(());
        };
        let Some(collaboration) = self.parametre("caccmk.collaborateur_max")? else {
            return Ok(());
        };
        let faits = self.faits;
        let depuis_moins_de = |le: Option<NaiveDate>, delai: Delai| {
            le.zip(faits.signature).map(|(le, signature)| {
                le <= signature && en_arriere(signature, delai).is_some_and(|depuis| depuis <= le)
            })
        };
        let (un_an, trois_ans) = (cabinet.delai()?, collaboration.delai()?);
        let installe = depuis_moins_de(faits.installation_le, un_an);
        let collaborateur = depuis_moins_de(faits.collaborateur_depuis, trois_ans);
        let etape = cabinet.citation().etape(
            "Cabinet créé ou repris dans l’année précédente, ou collaboration récente dans la zone",
            Constat::de(ou(installe, collaborateur)),
            "installation_le",
            json!(faits.installation_le),
            format!(
                "installation depuis {un_an} au plus, ou collaboration depuis {trois_ans} au plus"
            ),
        );
        let manquants = inconnus([
            ("signature", faits.signature.is_some()),
            ("installation_le", faits.installation_le.is_some()),
            ("collaborateur_depuis", faits.collaborateur_depuis.is_some()),
        ]);
        self.condition(etape, manquants);
        Ok(())
    }

    /// CTR-1 [D], CTR-2: alone with a regular replacement, in a group, in a structure, or at home.
    pub(super) fn exercice(&mut self) -> Result<(), RegleError> {
        let Some(poids) = self.parametre("caccmk.exercice_groupe_ou_remplacant")? else {
            return Ok(());
        };
        let faits = self.faits;
        let entoure = faits.exercice.map(|e| e != Exercice::Seul);
        let etape = poids.citation().etape(
            "Exercice en groupe, en structure, à domicile, ou seul avec un remplaçant régulier",
            Constat::de(ou(entoure, faits.remplacant_regulier)),
            "exercice",
            json!(faits.exercice),
            poids.texte()?.to_owned(),
        );
        if poids.texte()? == "exige" {
            let manquants = inconnus([
                ("exercice", faits.exercice.is_some()),
                ("remplacant_regulier", faits.remplacant_regulier.is_some()),
            ]);
            self.condition(etape, manquants);
        } else {
            self.explication.ajouter(etape);
        }
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

    /// CTR-1: the conditions of the aid to computer equipment (art. 4.9).
    pub(super) fn equipement(&mut self) -> Result<(), RegleError> {
        let faits = self.faits;
        let citation = self.citation("CTR-1")?;
        for (fait, libelle, valeur) in [
            (
                "logiciel_dmp",
                "Logiciel métier certifié, compatible DMP",
                faits.logiciel_dmp,
            ),
            (
                "sesam_vitale",
                "Version SESAM-Vitale du cahier des charges en vigueur",
                faits.sesam_vitale,
            ),
            ("scor", "Numérisation des pièces (SCOR)", faits.scor),
            (
                "messagerie_securisee",
                "Messagerie sécurisée de santé",
                faits.messagerie_securisee,
            ),
        ] {
            let etape =
                citation
                    .clone()
                    .etape(libelle, Constat::de(valeur), fait, json!(valeur), "vrai");
            self.condition(etape, vec![fait.to_owned()]);
        }
        let Some(minimum) = self.parametre("contrat.teletransmission_min")? else {
            return Ok(());
        };
        let (requis, taux) = (minimum.entier()?, faits.teletransmission_pct);
        let constat = Constat::de(taux.map(|t| t.comparer(requis).is_ge()));
        let fait = "teletransmission_pct";
        let attendu = format!(">= {requis}");
        let etape = minimum.citation().etape(
            "Taux de télétransmission",
            constat,
            fait,
            json!(taux.map(Decimale::en_json)),
            attendu,
        );
        self.condition(etape, vec![fait.to_owned()]);
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
