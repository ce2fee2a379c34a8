//! What is said of a count of acts (REG-3), and of a request that changes caisse (PRO-1).

use chrono::NaiveDate;

use crate::depart::SuiteContestation;
use crate::texte::{self, date_fr};

/// REG-3: a count of acts that was communicated.
pub(super) fn decompte(actes: i64, (du, au): (NaiveDate, NaiveDate), terme: NaiveDate) -> String {
    format!(
        "a communiqué le nombre d’actes : {} du {} au {}, contestable {}",
        texte::nombre(actes),
        date_fr(du),
        date_fr(au),
        texte::au_plus_tard(terme)
    )
}

/// REG-3: a count that is contested.
pub(super) fn conteste(actes: i64, selon_la_personne: i64) -> String {
    format!(
        "a contesté le nombre d’actes : {} et non {}",
        texte::nombre(selon_la_personne),
        texte::nombre(actes)
    )
}

/// REG-3: what the caisse answers to the contest.
pub(super) fn reponse_au_decompte(
    suite: SuiteContestation,
    actes: i64,
    raisons: Option<&str>,
) -> String {
    format!(
        "a répondu à la contestation du nombre d’actes, {} : {}. {}",
        match suite {
            SuiteContestation::Maintenu => "maintenu",
            SuiteContestation::Corrige => "corrigé",
        },
        texte::nombre(actes),
        raisons.unwrap_or("Raisons effacées.")
    )
}

/// PRO-1: a request that another caisse is in charge of.
pub(super) fn transmis(numero: &str, vers: &str) -> String {
    format!("a transmis la demande {numero} à la caisse compétente, {vers}")
}

/// PRO-1: a request that came from another caisse.
pub(super) fn recu_de(numero: &str, de: &str) -> String {
    format!("a reçu la demande {numero}, transmise par {de}")
}
