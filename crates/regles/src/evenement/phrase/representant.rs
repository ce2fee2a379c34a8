//! What a representative is and did, in the words of the timeline (PRO-13).

use chrono::NaiveDate;

use crate::representation::EtatMandat;
use crate::texte::{self, date_fr};

pub(super) fn mandat(verdict: EtatMandat, personne: &str) -> String {
    match verdict {
        EtatMandat::Verifie => format!("a vérifié le mandat {}", texte::de(personne)),
        _ => format!("a refusé le mandat {}", texte::de(personne)),
    }
}

/// What a representative did, in the words of who received it.
pub(super) fn acte_recu(le: NaiveDate, personne: Option<&str>, texte: Option<&str>) -> String {
    let qui = personne.map_or_else(String::new, |p| format!(" {}", texte::de(p)));
    let suite = texte.map_or_else(String::new, |t| format!(" : {t}"));
    format!(
        "a enregistré un acte du représentant{qui}, reçu le {}{suite}",
        date_fr(le)
    )
}
