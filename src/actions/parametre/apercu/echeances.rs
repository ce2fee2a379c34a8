//! Running deadlines: the reminders that a new list of codes changes (ECH-5), and those whose date nothing moves.

use chrono::NaiveDate;
use regles::echeance::NatureEcheance;
use regles::rappel::jour_du_code;
use regles::texte;

use super::examen::{Examen, LOT, Lot, nom};
use super::{Changement, Nature};
use crate::actions::ActionResult;
use crate::db::{AnyConn, DbResult, ouverts};

impl Examen {
    /// The running deadlines whose reminders the parameter lists; none for any other parameter.
    pub(super) fn echeances(&self, apres: i64) -> ActionResult<Lot> {
        let natures = NatureEcheance::parmi(|f| f.rappels == self.nouveau.cle);
        if natures.is_empty() {
            return Ok(None);
        }
        let du = self.nouveau.du;
        // The reminder of the day after is still due on the date of effect.
        let depuis = du.pred_opt().unwrap_or(du);
        let (avant, futurs) = self.codes()?;
        let lues = self
            .db
            .read(|conn| ouverts::echeances(conn, &natures, depuis, apres, LOT))?;
        let mut lot = Vec::new();
        let mut dernier = None;
        for lue in lues {
            dernier = Some(lue.id);
            let dire = |codes| prevus(codes, lue.finale, du);
            lot.push(Changement {
                avant: dire(avant),
                apres: dire(futurs),
                caisse_code: lue.caisse_code,
                nature: Nature::Echeance,
                de_depart: lue.numero.is_none(),
                reference: lue.numero.unwrap_or_else(|| lue.depart_id.to_string()),
                objet: lue.nature.libelle(),
                personne: nom(lue.personne),
            });
        }
        Ok(dernier.map(|id| (lot, id)))
    }
}

/// The reminders still to come from `du` on, in order.
fn prevus(codes: &[String], finale: NaiveDate, du: NaiveDate) -> String {
    let mut jours: Vec<NaiveDate> = codes
        .iter()
        .filter_map(|code| jour_du_code(code, finale))
        .filter(|jour| *jour >= du)
        .collect();
    jours.sort_unstable();
    if jours.is_empty() {
        return "aucun rappel à venir".to_owned();
    }
    let dits: Vec<String> = jours.into_iter().map(texte::date_fr).collect();
    format!("rappels le {}", dits.join(", le "))
}

/// How many running deadlines keep their date although the parameter is the one that they were computed with: a
/// new value is never retroactive. None where no deadline is computed with it.
pub fn gardees(conn: &mut AnyConn, cle: &str) -> DbResult<Option<i64>> {
    let natures = NatureEcheance::parmi(|f| f.delai == cle);
    if natures.is_empty() {
        return Ok(None);
    }
    ouverts::nombre_echeances(conn, &natures).map(Some)
}
