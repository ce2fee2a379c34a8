//! What two people agree on for the nation: a ground of derogation, an aid of the catalogue.

use chrono::NaiveDate;

use crate::incitation::proposition::EtatAide;
use crate::texte::date_fr;

pub(super) fn motif(verbe: &str, code: &str) -> String {
    format!("{verbe} la proposition sur le motif {code}")
}

pub(super) fn proposee(nom: &str, du: NaiveDate) -> String {
    format!("a proposé l’aide « {nom} » à partir du {}", date_fr(du))
}

pub(super) fn examinee(nom: &str, etat: EtatAide) -> String {
    match etat {
        EtatAide::Approuvee => format!("a approuvé l’aide « {nom} »"),
        EtatAide::Rejetee => format!("a rejeté l’aide « {nom} »"),
        // An answer leads to one of the two above.
        EtatAide::Proposee => format!("a repris l’aide « {nom} »"),
    }
}
