//! CTR-1, CTR-4: since when, and how, the MK practises there.

use chrono::NaiveDate;
use serde_json::json;

use super::Exercice;
use super::examen::Examen;
use crate::conclusion::{et, inconnus, ou};
use crate::contrat::TypeContrat;
use crate::echeance::{Delai, en_arriere};
use crate::regle::{Constat, RegleError};

/// Whether `le` is at most `delai` before `signature`, or later.
fn depuis_au_plus(le: NaiveDate, signature: NaiveDate, delai: Delai) -> bool {
    en_arriere(signature, delai).is_none_or(|depuis| depuis <= le)
}

impl Examen<'_> {
    /// CTR-1: a cabinet created, taken over or joined in the year before the signature, or not yet; for a CACCMK, or a
    /// recent collaboration; CTR-4: or in the year before a new zonage and the standard contracts.
    pub(super) fn installation(&mut self, contrat: TypeContrat) -> Result<(), RegleError> {
        let (cle, libelle) = match contrat {
            TypeContrat::Caccmk => (
                "caccmk.installation_max",
                "Cabinet créé ou repris dans l’année précédente, ou collaboration récente dans la zone",
            ),
            TypeContrat::Caimk => (
                "caimk.installation_max",
                "Installation dans le cabinet depuis un an au plus",
            ),
            TypeContrat::Cammk | TypeContrat::Cimk => return Ok(()),
        };
        let Some(cabinet) = self.parametre(cle)? else {
            return Ok(());
        };
        let Some(collaboration) = self.parametre("caccmk.collaborateur_max")? else {
            return Ok(());
        };
        let faits = self.faits;
        let (un_an, trois_ans) = (cabinet.delai()?, collaboration.delai()?);
        let installe = faits
            .installation_le
            .zip(faits.signature)
            .map(|(le, signature)| depuis_au_plus(le, signature, un_an));
        let collaborateur = match contrat {
            TypeContrat::Caccmk => faits
                .collaborateur_depuis
                .zip(faits.signature)
                .map(|(le, signature)| le <= signature && depuis_au_plus(le, signature, trois_ans)),
            _ => Some(false),
        };
        let recente = ou(installe, collaborateur);
        let anterieure = if recente == Some(true) {
            Some(true)
        } else {
            self.avant_le_zonage()?
        };
        let etape = cabinet.citation().etape(
            libelle,
            Constat::de(ou(recente, anterieure)),
            "installation_le",
            json!(faits.installation_le),
            match contrat {
                TypeContrat::Caccmk => format!(
                    "installation depuis {un_an} au plus, ou collaboration depuis {trois_ans} au plus"
                ),
                _ => format!("installation depuis {un_an} au plus"),
            },
        );
        let manquants = inconnus([
            ("signature", faits.signature.is_some()),
            ("installation_le", faits.installation_le.is_some()),
            (
                "collaborateur_depuis",
                collaborateur.is_some() || faits.collaborateur_depuis.is_some(),
            ),
            (
                "zonage_effet",
                anterieure.is_some() || faits.zonage_effet.is_some(),
            ),
        ]);
        self.condition(etape, manquants);
        Ok(())
    }

    /// CTR-4: set up in the year before the new zonage and the regional standard contracts, the later of the two.
    /// `None` where an unknown day could make it so.
    fn avant_le_zonage(&mut self) -> Result<Option<bool>, RegleError> {
        let Some(avant) = self.parametre("contrat.zonage_nouveau_delai")? else {
            return Ok(None);
        };
        let Some(effet_d_une_anterieure) = self.parametre("ctr.anterieur")? else {
            return Ok(None);
        };
        if effet_d_une_anterieure.texte()? != "delai" {
            return Ok(Some(false));
        }
        let faits = self.faits;
        let delai = avant.delai()?;
        // Where the zonage is not known, the day is that of the standard contracts or a later one.
        let (effet, certain) = match (faits.zonage_effet, faits.contrat_type_effet) {
            (Some(zonage), contrats) => (Some(contrats.map_or(zonage, |c| c.max(zonage))), true),
            (None, contrats) => (contrats, false),
        };
        let avant_l_effet = effet.zip(faits.installation_le).map(|(e, le)| le < e);
        let assez_tard = effet
            .zip(faits.installation_le)
            .map(|(e, le)| en_arriere(e, delai).is_none_or(|depuis| depuis <= le));
        let recente = match (certain, assez_tard) {
            (true, _) => et(avant_l_effet, assez_tard),
            // Later still, the year before begins later still.
            (false, Some(false)) => Some(false),
            (false, _) => None,
        };
        let etape = avant.citation().etape(
            "Installé dans l’année précédant l’entrée en vigueur d’un nouveau zonage et des contrats types",
            Constat::de(recente),
            "installation_le",
            json!(faits.installation_le),
            match effet.filter(|_| certain) {
                Some(effet) => format!("moins de {delai} avant le {effet}"),
                None => format!("moins de {delai} avant zonage_effet"),
            },
        );
        self.montrer(etape);
        Ok(recente)
    }

    /// CTR-1, CTR-2: in a group or a structure; alone or at home with a regular replacement only, and not for a CAIMK.
    pub(super) fn exercice(&mut self, contrat: TypeContrat) -> Result<(), RegleError> {
        let (cle, libelle) = match contrat {
            TypeContrat::Caccmk => (
                "caccmk.exercice_groupe_ou_remplacant",
                "Exercice en groupe, en structure, ou seul ou à domicile avec un remplaçant régulier",
            ),
            TypeContrat::Cammk => (
                "cammk.exercice_groupe_ou_remplacant",
                "Exercice en groupe, en structure, ou seul ou à domicile avec un remplaçant régulier",
            ),
            TypeContrat::Caimk => (
                "caimk.exercice_groupe",
                "Exercice en groupe ou en structure pluriprofessionnelle",
            ),
            TypeContrat::Cimk => return Ok(()),
        };
        let Some(poids) = self.parametre(cle)? else {
            return Ok(());
        };
        let faits = self.faits;
        let entoure = faits
            .exercice
            .map(|e| matches!(e, Exercice::Groupe | Exercice::Pluriprofessionnel));
        let remplacant = match contrat {
            TypeContrat::Caimk => Some(false),
            _ => faits.remplacant_regulier,
        };
        let etape = poids.citation().etape(
            libelle,
            Constat::de(ou(entoure, remplacant)),
            "exercice",
            json!(faits.exercice),
            poids.texte()?.to_owned(),
        );
        if poids.texte()? == "exige" {
            let manquants = inconnus([
                ("exercice", faits.exercice.is_some()),
                ("remplacant_regulier", remplacant.is_some()),
            ]);
            self.condition(etape, manquants);
        } else {
            self.montrer(etape);
        }
        Ok(())
    }
}
