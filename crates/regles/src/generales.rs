//! GEN: what is said of the general conditions and of the date of effect, in letters and on pages.

use chrono::NaiveDate;

use super::condition::{Condition, EtatCondition, facture_avant_effet};
use super::liste_pieces::{EtatLigne, Ligne};
use super::piece::NaturePiece;
use super::reglement::{Reglement, ReglementError};
use super::texte;

/// GEN-1: what remains to be done beside the decision, in one sentence of a grant; none when everything is established.
///
/// # Errors
/// No parameter in force that day.
pub fn ce_qui_reste(
    reglement: &Reglement,
    jour: NaiveDate,
    etats: &[(Condition, EtatCondition)],
) -> Result<Option<String>, ReglementError> {
    let mut restent = Vec::new();
    for (condition, etat) in etats {
        if *etat == EtatCondition::Etablie {
            continue;
        }
        restent.push(match condition {
            Condition::Ordre => "l’inscription au tableau de l’Ordre du département".to_owned(),
            Condition::Assurance => {
                "l’assurance de responsabilité civile professionnelle".to_owned()
            }
            Condition::Urssaf => format!(
                "la déclaration de votre activité à l’Urssaf, {} au plus après son début",
                reglement.delai("gen.declaration_urssaf", jour)?
            ),
            Condition::Contrats => format!(
                "l’envoi de vos contrats à l’Ordre, {} au plus après leur signature",
                reglement.delai("gen.contrats_ordre", jour)?
            ),
            Condition::CarteCps => "la carte de professionnel de santé (CPS)".to_owned(),
            Condition::Lieu => "l’adresse exacte de votre lieu d’exercice".to_owned(),
        });
    }
    if restent.is_empty() {
        return Ok(None);
    }
    Ok(Some(format!(
        "Cet accord ne remplace pas ce qui reste à faire, si ce n’est pas encore fait : {}.",
        restent.join(" ; ")
    )))
}

/// GEN-2: what every letter and page says before the date of effect.
pub fn ne_pas_commencer(effet: NaiveDate) -> String {
    format!(
        "Ne commencez pas votre activité conventionnée plus tôt que le {} : les actes facturés avant cette date ne sont pas couverts par cet accord.",
        super::texte::date_fr(effet)
    )
}

/// GEN-2: the same while nothing is granted.
pub const ATTENDRE_L_EFFET: &str = "Ne commencez pas votre activité conventionnée plus tôt que la date d’effet d’un accord : les actes facturés avant cette date ne sont pas couverts.";

/// GEN-2: the warning on a file whose first billed act came too early; none otherwise.
pub fn alerte_avant_effet(premier_acte: Option<NaiveDate>, effet: NaiveDate) -> Option<String> {
    let le = premier_acte?;
    facture_avant_effet(premier_acte, effet)?.then(|| {
        format!(
            "Le premier acte facturé est du {}, avant la date d’effet de l’accord, le {} : les actes facturés avant cette date ne sont pas couverts.",
            super::texte::date_fr(le),
            super::texte::date_fr(effet)
        )
    })
}

/// «justificatif du local et attestation d’assurance».
pub fn nommees(attendues: &[NaturePiece]) -> String {
    let noms: Vec<String> = attendues
        .iter()
        .map(|nature| texte::minuscule_initiale(nature.libelle()))
        .collect();
    texte::enumerees(&noms)
}

/// PRO-3: what a reminder names, in words: what the case requires or the caisse asked for, and that did not come or was refused.
pub fn a_rappeler(lignes: &[Ligne]) -> Vec<String> {
    lignes
        .iter()
        .filter(|l| matches!(l.etat, EtatLigne::AFournir | EtatLigne::Refusee))
        .filter(|l| l.requise.as_ref().is_some_and(|r| r.requise) || !l.attendues.is_empty())
        .map(|l| {
            let nom = texte::minuscule_initiale(l.nature.libelle());
            let precisions: Vec<&str> = l
                .attendues
                .iter()
                .filter_map(|a| a.precision.as_deref())
                .collect();
            match precisions.as_slice() {
                [] => nom,
                dites => format!("{nom} ({})", dites.join(", ")),
            }
        })
        .collect()
}

/// What the applicant reads while the grant waits for documents.
pub fn attendre_les_pieces(attendues: &[NaturePiece]) -> String {
    format!(
        "Votre accord prend effet le jour où la caisse a reçu : {}. Envoyez ces pièces depuis cette page, et ne commencez pas votre activité conventionnée avant : les actes facturés avant ne sont pas couverts.",
        nommees(attendues)
    )
}
