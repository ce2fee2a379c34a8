//! CTR-7: from how many acts a year pays, and from how many it pays whole; what a payment is on either side of each.

use chrono::NaiveDate;

use crate::contrat::TypeContrat;
use crate::decimale::Decimale;
use crate::montant::Montant;
use crate::parametre::Parametre;
use crate::regle::RegleError;
use crate::reglement::{Reglement, ReglementError};
use crate::versement::{FaitsVersement, evaluer};

/// The acts of a year from which its payment is whole, then those under which it is nil.
pub(super) fn parametres(
    reglement: &Reglement,
    signature: NaiveDate,
    annee: i64,
) -> Result<(&Parametre, &Parametre), ReglementError> {
    let cle = if annee == 1 {
        "contrat.actes.premiere_annee"
    } else {
        "contrat.actes.annees_suivantes"
    };
    let entier = reglement.parametre(cle, signature)?;
    let plancher = reglement.parametre(&format!("{cle}_plancher"), signature)?;
    Ok((entier, plancher))
}

/// What the acts of a year open, its share of activity in the zone being enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bareme {
    /// Acts under which nothing is due.
    pub plancher: i64,
    /// Acts from which all is due.
    pub plein: i64,
    /// Numbers of acts in order, each with what is due: one act under each step, the steps, and the numbers asked for.
    pub points: Vec<(i64, Montant)>,
}

impl Bareme {
    /// What is due for this number of acts, if it is one of its points.
    pub fn pour(&self, actes: i64) -> Option<Montant> {
        let point = self.points.iter().find(|(n, _)| *n == actes);
        point.map(|(_, du)| *du)
    }

    /// What is due one act under the floor.
    pub fn sous_le_plancher(&self) -> Montant {
        self.points
            .first()
            .filter(|(n, _)| *n < self.plancher)
            .map_or(Montant::ZERO, |(_, du)| *du)
    }

    /// What is due at the floor.
    pub fn au_plancher(&self) -> Montant {
        self.pour(self.plancher).unwrap_or(Montant::ZERO)
    }

    /// What is due from `plein` acts on.
    pub fn entier(&self) -> Montant {
        self.pour(self.plein).unwrap_or(Montant::ZERO)
    }
}

/// CTR-7: the steps of a year of contract, each computed as a payment is, and the payment of each number of acts in
/// `demandes`; none for a contract whose payments the acts do not change, nor for a year that pays nothing.
///
/// # Errors
/// As [`evaluer`].
pub fn bareme(
    reglement: &Reglement,
    contrat: TypeContrat,
    signature: NaiveDate,
    annee: i64,
    modulation: bool,
    demandes: &[i64],
) -> Result<Option<Bareme>, RegleError> {
    if !contrat.a_plancher_d_actes() {
        return Ok(None);
    }
    let (entier, minimum) = parametres(reglement, signature, annee)
        .map_err(|e| RegleError::fait("signature", e.to_string()))?;
    let (plein, plancher) = (entier.entier()?, minimum.entier()?);
    let du = |actes: i64| -> Result<Montant, RegleError> {
        let faits = FaitsVersement {
            contrat: Some(contrat),
            signature: Some(signature),
            annee: Some(annee),
            actes: Some(actes.max(0)),
            part_zone_pct: Some(Decimale::entiere(100)),
            modulation,
            regime: None,
        };
        let calcul = evaluer(reglement, &faits)?;
        // Every fact is given: the payment is computed.
        calcul
            .valeurs
            .du
            .ok_or_else(|| RegleError::fait("actes", "le versement n’est pas calculé"))
    };
    if du(plein)? == Montant::ZERO {
        return Ok(None);
    }
    let mut nombres = vec![(plancher - 1).max(0), plancher, (plein - 1).max(0), plein];
    nombres.extend(demandes.iter().copied().filter(|n| *n >= 0));
    nombres.sort_unstable();
    nombres.dedup();
    let points = nombres
        .into_iter()
        .map(|n| Ok((n, du(n)?)))
        .collect::<Result<_, RegleError>>()?;
    Ok(Some(Bareme {
        plancher,
        plein,
        points,
    }))
}
