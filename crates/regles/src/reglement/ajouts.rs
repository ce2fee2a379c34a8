//! One more dated value: proposed (nothing retroactive), or approved earlier and laid over what is shipped.

use chrono::{Days, NaiveDate};
use sha2::{Digest, Sha256};

use super::{Reglement, ReglementError, enchainer};
use crate::catalogue::valider;
use crate::parametre::Parametre;

impl Reglement {
    /// The same parameters with one more dated value: the value in force until then ends the day
    /// before. Nothing retroactive: a value that starts before an existing one is refused.
    ///
    /// # Errors
    /// The new value is invalid, or does not start after every existing value of its key.
    pub fn avec(&self, nouveau: Parametre) -> Result<Reglement, ReglementError> {
        let derniere = self.historique(&nouveau.cle).last();
        if derniere.is_some_and(|d| d.du >= nouveau.du) {
            valider(&nouveau)?;
            return Err(ReglementError::Chevauchement {
                cle: nouveau.cle,
                le: nouveau.du,
            });
        }
        self.superposer([nouveau])
    }

    /// These parameters with values approved in this installation laid over them. Each applies from its date
    /// until the next value of its key, shipped or approved; where both start the same day, what was approved
    /// stays: decisions rest on it.
    ///
    /// # Errors
    /// An invalid value, or a gap or an overlap in the result.
    pub fn superposer(
        &self,
        approuves: impl IntoIterator<Item = Parametre>,
    ) -> Result<Reglement, ReglementError> {
        let mut suivant = self.clone();
        for nouveau in approuves {
            valider(&nouveau)?;
            let cle = nouveau.cle.clone();
            let valeurs = suivant.parametres.entry(cle.clone()).or_default();
            valeurs.retain(|p| p.du != nouveau.du);
            valeurs.push(nouveau);
            valeurs.sort_by_key(|p| p.du);
            let debuts: Vec<NaiveDate> = valeurs.iter().skip(1).map(|p| p.du).collect();
            for (valeur, suivante) in valeurs.iter_mut().zip(&debuts) {
                valeur.au = suivante.checked_sub_days(Days::new(1));
            }
            enchainer(&cle, valeurs.iter().map(|p| (p.du, p.au)))?;
        }
        Ok(suivant)
    }

    /// SHA-256 of everything an evaluation can show, stored with each decision (EXP-2).
    pub fn version(&self) -> String {
        let mut hache = Sha256::new();
        for p in self.tous() {
            hache.update(format!(
                "{}|{}|{}|{}|{:?}|{:?}|{:?}|{}|{}|{}\n",
                p.cle,
                p.regle,
                p.libelle,
                p.valeur,
                p.unite,
                p.du,
                p.au,
                p.source,
                p.statut.as_str(),
                p.verifie_le
            ));
        }
        for r in self.regles.values().flatten() {
            hache.update(format!(
                "{}|{}|{}|{:?}|{:?}\n",
                r.id,
                r.source,
                r.statut.as_str(),
                r.du,
                r.au
            ));
        }
        hache
            .finalize()
            .iter()
            .map(|octet| format!("{octet:02x}"))
            .collect()
    }
}
