//! Pieces of sentences.

use chrono::NaiveDate;

use crate::correction::Donnee;
use crate::decision::ModeNotification;
use crate::demande::Sens;
use crate::echeance::NatureEcheance;
use crate::grand_livre::EtatPlace;
use crate::parametre::{Unite, ValeurParametre};
use crate::piece::NaturePiece;
use crate::texte::{self, date_fr};

pub(super) fn combien(n: usize, un: &str, plusieurs: &str) -> String {
    texte::en_lettres(i64::try_from(n).unwrap_or(i64::MAX), un, plusieurs)
}

pub(super) fn delai(nature: NatureEcheance) -> String {
    texte::minuscule_initiale(nature.libelle())
}

pub(super) fn liste(donnees: &[Donnee]) -> String {
    let libelles: Vec<String> = donnees.iter().map(|d| d.libelle().to_lowercase()).collect();
    libelles.join(", ")
}

/// PRO-3: the useful documents without which somebody goes on.
pub(super) fn passees(pieces: &[NaturePiece], raison: Option<&str>) -> String {
    let dites: Vec<String> = pieces
        .iter()
        .map(|p| format!("« {} »", p.libelle()))
        .collect();
    format!(
        "a poursuivi sans {} : {}",
        dites.join(", "),
        raison.unwrap_or("raison effacée")
    )
}

pub(super) fn deplace(verbe: &str, avant: NaiveDate, apres: NaiveDate) -> String {
    format!(
        "{verbe} le délai de décision implicite : il passe du {} au {} (PRO-3)",
        date_fr(avant),
        date_fr(apres)
    )
}

pub(super) fn valeur_dite(
    verbe: &str,
    cle: &str,
    valeur: &ValeurParametre,
    unite: Unite,
    du: NaiveDate,
) -> String {
    format!(
        "{verbe} « {} » pour {cle} à compter du {}",
        texte::valeur(valeur, unite),
        date_fr(du)
    )
}

pub(super) fn notifiee(
    issue: Sens,
    mode: ModeNotification,
    le: NaiveDate,
    terme: NaiveDate,
) -> String {
    let (jour, terme) = (date_fr(le), date_fr(terme));
    let suite = match issue {
        Sens::Accord => format!("installation à commencer au plus tard le {terme} (inclus)"),
        Sens::Refus => format!("recours possible au plus tard le {terme} (inclus)"),
    };
    match mode {
        ModeNotification::Recommande | ModeNotification::MainPropre => {
            format!(
                "a enregistré la notification du {jour} ({}) : {suite}",
                mode.libelle()
            )
        }
        ModeNotification::Portail => {
            format!("décision notifiée le {jour} dans l’espace personnel : {suite}")
        }
    }
}

/// What a departure opens.
pub(super) fn issue(etat: Option<EtatPlace>, limite: Option<NaiveDate>) -> String {
    match (etat, limite) {
        (None, _) => "aucune place, la zone n’est pas régulée (REG-10)".to_owned(),
        (Some(EtatPlace::Ouverte), Some(limite)) => {
            format!(
                "une place est ouverte, successeur à désigner avant le {}",
                date_fr(limite)
            )
        }
        (Some(EtatPlace::Ouverte), None) => "une place est ouverte".to_owned(),
        (Some(EtatPlace::AExaminer), _) => {
            "la place est à examiner par la commission (REG-4)".to_owned()
        }
        (Some(EtatPlace::NonTransmissible), _) => {
            "la place n’est pas transmissible (REG-4)".to_owned()
        }
        (Some(EtatPlace::Caduque), Some(limite)) => {
            format!(
                "la place est caduque, le délai de désignation a pris fin le {} (REG-6)",
                date_fr(limite)
            )
        }
        (Some(EtatPlace::Caduque), None) => {
            "la place est caduque, le délai de désignation est écoulé (REG-6)".to_owned()
        }
        (Some(EtatPlace::AAttribuer), _) => {
            "la place est à attribuer selon la charte de la caisse (REG-12)".to_owned()
        }
        (Some(autre), _) => format!("la place est {}", autre.libelle().to_lowercase()),
    }
}
