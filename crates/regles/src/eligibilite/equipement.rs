//! CTR-1: the conditions of the aid to computer equipment (art. 4.9), in the order of the text.

use serde_json::json;

use super::examen::Examen;
use crate::decimale::Decimale;
use crate::regle::{Constat, RegleError};

impl Examen<'_> {
    /// Each condition of the equipment.
    pub(super) fn equipement(&mut self) -> Result<(), RegleError> {
        let faits = self.faits;
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
        ] {
            self.oui(fait, libelle, valeur)?;
        }
        if let Some(minimum) = self.parametre("contrat.teletransmission_min")? {
            let (requis, taux) = (minimum.entier()?, faits.teletransmission_pct);
            let etape = minimum.citation().etape(
                "Taux de télétransmission",
                Constat::de(taux.map(|t| t.comparer(requis).is_ge())),
                "teletransmission_pct",
                json!(taux.map(Decimale::en_json)),
                format!(">= {requis}"),
            );
            self.condition(etape, vec!["teletransmission_pct".to_owned()]);
        }
        self.oui(
            "messagerie_securisee",
            "Messagerie sécurisée de santé",
            faits.messagerie_securisee,
        )
    }

    fn oui(
        &mut self,
        fait: &'static str,
        libelle: &'static str,
        valeur: Option<bool>,
    ) -> Result<(), RegleError> {
        let etape = self.citation("CTR-1")?.etape(
            libelle,
            Constat::de(valeur),
            fait,
            json!(valeur),
            "vrai",
        );
        self.condition(etape, vec![fait.to_owned()]);
        Ok(())
    }
}
