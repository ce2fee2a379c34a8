//! Opens, moves and closes deadlines: computed by the domain, stored with how (ECH-3).

use chrono::NaiveDate;

use super::{Acte, ActionError, ActionResult};
use crate::db::WriteTx;
use crate::db::echeance::{self, EtatEcheance, NatureEcheance, NouvelleEcheance, Porteur};
use crate::domain::calendrier::Territoire;
use crate::domain::echeance::{Delai, Echeance, Suspension, calculer};

/// A deadline to open.
pub struct Ouverture<'a> {
    /// The CPAM, and the territory whose holidays count (ECH-2).
    pub organisme_code: &'a str,
    /// The territory of the CPAM.
    pub territoire: Territoire,
    /// The object it hangs on.
    pub porteur: Porteur,
    /// What it is about.
    pub nature: NatureEcheance,
    /// Rule of the delay, as `REG-5`.
    pub regle: &'a str,
    /// What starts it.
    pub depart: NaiveDate,
    /// Its length.
    pub delai: Delai,
    /// Periods during which it does not run.
    pub suspensions: &'a [Suspension],
}

/// Computes a deadline and stores it. One that runs already for this object and kind is replaced and kept.
///
/// # Errors
/// The dates leave the calendar, or the database refuses.
pub fn ouvrir(tx: &mut WriteTx<'_>, acte: &Acte, o: &Ouverture<'_>) -> ActionResult<Echeance> {
    let calculee = calculer(o.depart, o.delai, o.territoire, o.suspensions)?;
    let json =
        |valeur: serde_json::Result<String>| valeur.map_err(|e| ActionError::Regle(e.to_string()));
    echeance::clore(
        tx,
        o.porteur,
        o.nature,
        EtatEcheance::Remplacee,
        "Recalculée",
        acte.le(),
    )?;
    let (demande_id, place_id) = match o.porteur {
        Porteur::Demande(id) => (Some(id), None),
        Porteur::Place(id) => (None, Some(id)),
    };
    echeance::inserer(
        tx,
        &NouvelleEcheance {
            organisme_code: o.organisme_code,
            nature: o.nature,
            demande_id,
            place_id,
            regle: o.regle,
            depart: o.depart,
            delai: &o.delai.to_string(),
            brute: calculee.brute,
            suspensions: &json(serde_json::to_string(&calculee.suspensions))?,
            apres_suspensions: calculee.apres_suspensions,
            finale: calculee.finale,
            explication: &json(serde_json::to_string(&calculee.explication))?,
            etat: EtatEcheance::EnCours,
            cree_le: acte.le(),
            cree_par: acte.acteur.id,
        },
    )?;
    Ok(calculee)
}

/// Closes the running deadline of a kind as met. Nothing happens when there is none.
///
/// # Errors
/// The refusal of the database.
pub fn satisfaire(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    porteur: Porteur,
    nature: NatureEcheance,
    motif: &str,
) -> ActionResult<()> {
    echeance::clore(
        tx,
        porteur,
        nature,
        EtatEcheance::Satisfaite,
        motif,
        acte.le(),
    )?;
    Ok(())
}

/// Closes the running deadline of a kind as no longer of use. Nothing happens when there is none.
///
/// # Errors
/// The refusal of the database.
pub fn annuler(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    porteur: Porteur,
    nature: NatureEcheance,
    motif: &str,
) -> ActionResult<()> {
    echeance::clore(tx, porteur, nature, EtatEcheance::Annulee, motif, acte.le())?;
    Ok(())
}
