//! The stories of derogations: one for care that lacks, waiting for its decision; one refused.

use regles::conventionnement::AvisCpd;
use regles::demande::Sens;

use super::{
    DemoError, Fondement, MARTIGUES, Monde, caisse, completer, decider_et_notifier, deposer,
    instruction, prendre, proposer,
};

fn derogation(
    m: &Monde,
    qui: &str,
    jours: i64,
    motif: &str,
    expose: &str,
) -> Result<String, DemoError> {
    let fondement = Fondement::Derogation {
        motif: motif.to_owned(),
        expose: expose.to_owned(),
        reduction: None,
    };
    let numero = deposer(m, qui, jours, fondement, MARTIGUES, true)?;
    prendre(m, &numero, jours - 1)?;
    completer(m, &numero, jours - 2)?;
    Ok(numero)
}

fn avis(m: &Monde, numero: &str, jours: i64, avis: AvisCpd) -> Result<(), DemoError> {
    let version = m.version(numero)?;
    m.agir("sophie.arnaud", jours, |tx, acte| {
        instruction::noter_avis(tx, acte, &caisse(), numero, version, &avis.into())
    })
}

/// Tells those of people who ask for a derogation.
pub(super) fn raconter(m: &Monde) -> Result<(), DemoError> {
    let soins = derogation(
        m,
        "nadia.karoui",
        30,
        "B-OFFRE",
        "Rééducation vestibulaire : aucun confrère ne la pratique à moins de trente minutes.",
    )?;
    avis(m, &soins, 8, AvisCpd::Favorable)?;

    // PRO-14: read by the praticien-conseil alone, whose conclusion is awaited.
    let sante = Fondement::Derogation {
        motif: "A-SANTE".to_owned(),
        expose: "Un enfant doit être suivi près de Martigues ; le certificat est joint.".to_owned(),
        reduction: None,
    };
    let sante = deposer(m, "agathe.morel", 11, sante, MARTIGUES, true)?;
    prendre(m, &sante, 9)?;

    let refusee = derogation(
        m,
        "yann.legoff",
        50,
        "C-ENGAGEMENT",
        "Travaux engagés dans un local avant le changement de zone.",
    )?;
    avis(m, &refusee, 25, AvisCpd::Defavorable)?;
    proposer(
        m,
        &refusee,
        22,
        Sens::Refus,
        "Les travaux invoqués ont été engagés après la publication de l’arrêté de zonage : le risque économique \
         antérieur au classement n’est pas établi.",
    )?;
    decider_et_notifier(m, &refusee, 18)
}
