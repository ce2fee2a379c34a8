//! CTR-6 to CTR-10, CTR-13: what a contract pays for a year.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::conclusion::Conclusion;
use super::contrat::{Regime, ResultatCalcul, TypeContrat};
use super::decimale::Decimale;
use super::montant::Montant;
use super::regle::{Constat, Explication, RegleError};
use super::reglement::Reglement;

pub mod activite;
mod echeancier;
pub mod seuils;

/// Facts about a year of a contract; `None` is unknown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FaitsVersement {
    /// The contract.
    pub contrat: Option<TypeContrat>,
    /// Day of signature: its parameters are those of that day (CTR-13).
    pub signature: Option<NaiveDate>,
    /// Year of the contract, 1 being that of signature.
    pub annee: Option<i64>,
    /// Acts of the year.
    pub actes: Option<i64>,
    /// Share of the conventioned activity of the year made in the zone, in per cent.
    pub part_zone_pct: Option<Decimale>,
    /// Whether the ARS modulates the contract (CTR-10).
    pub modulation: bool,
    /// Regime of a CAMMK; by its signature when not said. It changes nothing for the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regime: Option<Regime>,
}

/// Amounts of a year of a contract.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ValeursVersement {
    /// The schedule, modulation included.
    pub theorique: Option<Montant>,
    /// What is due once prorated.
    pub du: Option<Montant>,
    /// What was paid at signature and must be recovered.
    pub indu: Option<Montant>,
    /// Last day to pay; null for the first year, paid at signature.
    pub payable_avant: Option<NaiveDate>,
}

/// Answer about a payment.
pub type ConclusionVersement = Conclusion<ResultatCalcul, ValeursVersement>;

/// What is due for a year of a contract, under the parameters of its signature.
///
/// # Errors
/// A contract without schedule, a year outside 1 to 5, impossible figures, no parameter at signature.
pub fn evaluer(
    reglement: &Reglement,
    faits: &FaitsVersement,
) -> Result<ConclusionVersement, RegleError> {
    verifier(faits)?;
    let mut explication = Explication::nouvelle();
    let au = |e: RegleError| match e {
        RegleError::Reglement(r) => RegleError::fait("signature", r.to_string()),
        autre => autre,
    };
    let (Some(contrat), Some(signature), Some(annee)) =
        (faits.contrat, faits.signature, faits.annee)
    else {
        return echeancier::incomplet(reglement, faits, explication).map_err(au);
    };
    explication.ajouter(
        reglement
            .citation("CTR-13", signature)
            .map_err(|e| au(e.into()))?
            .etape(
                "Le contrat garde les paramètres du jour de sa signature",
                Constat::Rempli,
                "signature",
                json!(signature),
                "paramètres en vigueur à la signature",
            ),
    );
    calculer(reglement, faits, contrat, signature, annee, explication).map_err(au)
}

/// Impossible facts are errors, whatever else is unknown.
fn verifier(faits: &FaitsVersement) -> Result<(), RegleError> {
    if faits.contrat == Some(TypeContrat::Cimk) {
        return Err(RegleError::fait(
            "contrat",
            "le CIMK n’a pas d’échéancier : caccmk, caimk ou cammk attendu",
        ));
    }
    if faits.annee.is_some_and(|annee| !(1..=5).contains(&annee)) {
        return Err(RegleError::fait("annee", "l’année du contrat va de 1 à 5"));
    }
    if faits.actes.is_some_and(|actes| actes < 0) {
        return Err(RegleError::fait(
            "actes",
            "un nombre d’actes ne peut pas être négatif",
        ));
    }
    if faits
        .part_zone_pct
        .is_some_and(|p| p.est_negative() || p.comparer(100).is_gt())
    {
        return Err(RegleError::fait(
            "part_zone_pct",
            "une part va de 0 à 100 %",
        ));
    }
    Ok(())
}

fn calculer(
    reglement: &Reglement,
    faits: &FaitsVersement,
    contrat: TypeContrat,
    signature: NaiveDate,
    annee: i64,
    mut explication: Explication,
) -> Result<ConclusionVersement, RegleError> {
    let hors = |e: super::montant::MontantError| RegleError::fait("actes", e.to_string());

    // CTR-6: the schedule, then CTR-10: the modulation, spread in proportion.
    let base = echeancier::montant(
        reglement,
        faits,
        contrat,
        signature,
        annee,
        &mut explication,
    )?;
    let module = faits.modulation && contrat.a_plancher_d_actes();
    let taux = if module {
        let taux = reglement.parametre("contrat.modulation_taux", signature)?;
        explication.ajouter(
            reglement
                .parametre("contrat.modulation_repartition", signature)?
                .citation()
                .etape(
                    "Modulation régionale répartie sur chaque versement",
                    Constat::Rempli,
                    "modulation",
                    json!(true),
                    format!("+ {} %", taux.entier()?),
                ),
        );
        i128::from(taux.entier()?)
    } else {
        0
    };
    let theorique = base.fraction(100 + taux, 100).map_err(hors)?;
    let payable_avant = echeancier::payable_avant(reglement, signature, annee, &mut explication)?;
    let partielles = ValeursVersement {
        theorique: Some(theorique),
        payable_avant,
        ..Default::default()
    };

    // CTR-7, CTR-8: what each condition leaves; an unknown one matters only if the rest is not nil.
    let actes = proratiser(
        reglement,
        faits,
        contrat,
        signature,
        annee,
        &mut explication,
    )?;
    let part = part_zone(reglement, faits, signature, &mut explication)?;
    let nul =
        theorique == Montant::ZERO || actes.is_some_and(|(n, _)| n == 0) || part == Some(false);
    let fraction = match (nul, actes, part) {
        (true, _, _) => (0, 1),
        (false, None, _) => return Ok(incomplet(partielles, vec!["actes".into()], explication)),
        (false, _, None) => {
            return Ok(incomplet(
                partielles,
                vec!["part_zone_pct".into()],
                explication,
            ));
        }
        (false, Some(fraction), Some(_)) => fraction,
    };
    // Rounded once, from the unmodulated schedule.
    let du = base
        .fraction((100 + taux) * fraction.0, 100 * fraction.1)
        .map_err(hors)?;
    let indu = if annee == 1 {
        theorique.moins(du).map_err(hors)?
    } else {
        Montant::ZERO
    };
    Ok(Conclusion {
        resultat: ResultatCalcul::Calcule,
        valeurs: ValeursVersement {
            du: Some(du),
            indu: Some(indu),
            ..partielles
        },
        manquants: Vec::new(),
        explication,
    })
}

/// CTR-7: the fraction of the schedule that the acts leave; `None` when they are unknown.
fn proratiser(
    reglement: &Reglement,
    faits: &FaitsVersement,
    contrat: TypeContrat,
    signature: NaiveDate,
    annee: i64,
    explication: &mut Explication,
) -> Result<Option<(i128, i128)>, RegleError> {
    if !contrat.a_plancher_d_actes() {
        return Ok(Some((1, 1)));
    }
    let (entier, plancher) = seuils::parametres(reglement, signature, annee)?;
    let (plein, minimum) = (entier.entier()?, plancher.entier()?);
    explication.ajouter(entier.citation().etape(
        "Actes de l’année ouvrant le versement entier ; en deçà, proratisé",
        Constat::de(faits.actes.map(|a| a >= plein)),
        "actes",
        json!(faits.actes),
        format!(">= {plein}"),
    ));
    let Some(actes) = faits.actes else {
        return Ok(None);
    };
    if actes >= plein {
        return Ok(Some((1, 1)));
    }
    explication.ajouter(plancher.citation().etape(
        "Actes de l’année sous lesquels rien n’est dû",
        Constat::de(Some(actes >= minimum)),
        "actes",
        json!(actes),
        format!(">= {minimum}"),
    ));
    Ok(Some(if actes >= minimum {
        (i128::from(actes), i128::from(plein))
    } else {
        (0, 1)
    }))
}

/// CTR-8: enough of the activity in the zone.
fn part_zone(
    reglement: &Reglement,
    faits: &FaitsVersement,
    signature: NaiveDate,
    explication: &mut Explication,
) -> Result<Option<bool>, RegleError> {
    let minimum = reglement.parametre("contrat.part_zone_min", signature)?;
    let requis = minimum.entier()?;
    let atteinte = faits.part_zone_pct.map(|p| p.comparer(requis).is_ge());
    let regime = match (faits.regime, faits.contrat) {
        (Some(regime), _) => regime,
        (None, Some(TypeContrat::Cammk)) => Regime::du(reglement, signature)?,
        (None, _) => Regime::Avenant7,
    };
    explication.ajouter(minimum.citation().etape(
        activite::part(regime),
        Constat::de(atteinte),
        "part_zone_pct",
        json!(faits.part_zone_pct.map(Decimale::en_json)),
        format!(">= {requis}"),
    ));
    if atteinte != Some(false) {
        return Ok(atteinte);
    }
    let sort = reglement.parametre("contrat.part_zone_insuffisante", signature)?;
    let rien = sort.texte()? == "rien_du";
    explication.ajouter(sort.citation().etape(
        "Sous cette part, le versement de l’année reste dû",
        Constat::de(Some(!rien)),
        "part_zone_pct",
        json!(faits.part_zone_pct.map(Decimale::en_json)),
        "maintenu",
    ));
    Ok(Some(!rien))
}

fn incomplet(
    valeurs: ValeursVersement,
    manquants: Vec<String>,
    explication: Explication,
) -> ConclusionVersement {
    Conclusion {
        resultat: ResultatCalcul::Incomplet,
        valeurs,
        manquants,
        explication,
    }
}
