//! REG-15, REG-16: why a departure opens no place, in a sentence for both sides.

use chrono::NaiveDate;

use crate::fondement::{self, FondementsIllisibles};
use crate::regle::Explication;

/// What keeps a departure from opening a place, with what founds it; none where neither REG-15 nor REG-16 decides.
///
/// # Errors
/// [`FondementsIllisibles`].
pub fn sans_place(
    explication: &Explication,
    jour: NaiveDate,
) -> Result<Option<String>, FondementsIllisibles> {
    for etape in explication.non_remplies() {
        let raison = match etape.fait.as_ref() {
            "cedant_par_derogation" => {
                "il met fin à un exercice conventionné par dérogation, qui ne se transmet pas"
            }
            "categorie_a_la_cessation" => {
                "l’activité a cessé avant que la zone ne soit régulée, et rien n’y limitait alors les installations"
            }
            _ => continue,
        };
        let fondement = fondement::de(etape, jour)?;
        return Ok(Some(format!(
            "Ce départ n’ouvre pas de place : {raison} ({fondement})."
        )));
    }
    Ok(None)
}
