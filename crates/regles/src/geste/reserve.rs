//! REG-17: what may be done on a grant that waits for its condition.

use chrono::NaiveDate;

use crate::demande::EtatDemande;
use crate::refus::Refus;
use crate::reserve::{Issue, Reserve};

/// REG-17: nothing begins before the condition is met.
pub const SOUS_RESERVE: Refus = Refus::fixe(
    "accord_sous_reserve",
    "Cet accord est sous réserve : l’installation ne peut pas commencer avant que sa condition soit remplie, et constatée par la caisse.",
);

/// REG-17: whether the condition of a grant may be stated as met, and by which last day.
///
/// # Errors
/// The request is not granted, or no condition waits.
pub fn lever_la_reserve(
    etat: EtatDemande,
    (au_plus_tard, levee): (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<NaiveDate, Refus> {
    if etat != EtatDemande::Accordee {
        return Err(Refus::dit(
            "demande_etat",
            format!(
                "Une condition se constate sur un accord en cours : la demande est à l’état « {etat} »."
            ),
        ));
    }
    attendue(au_plus_tard, levee)
}

/// REG-17: whether the condition of a grant may be stated as met on `le`, `jour` being today.
///
/// # Errors
/// The grant has no condition that waits, or the day is past its last one or in the future.
pub fn lever_le(
    sous_reserve: Option<NaiveDate>,
    levee: Option<NaiveDate>,
    le: NaiveDate,
    jour: NaiveDate,
) -> Result<(), Refus> {
    let au_plus_tard = attendue(sous_reserve, levee)?;
    if le > jour {
        return Err(Refus::fixe(
            "reserve_future",
            "Cette date est dans le futur : constatez la condition quand elle sera remplie.",
        ));
    }
    match Issue::de(au_plus_tard, Some(le), jour) {
        Issue::Levee(_) => Ok(()),
        Issue::EnCours | Issue::Defaillie => Err(Refus::dit(
            "reserve_defaillie",
            format!(
                "La condition devait être remplie {} : passé ce jour, l’accord est sans effet.",
                crate::texte::au_plus_tard(au_plus_tard)
            ),
        )),
    }
}

/// REG-17: the last day of a condition that still waits.
///
/// # Errors
/// The grant has none, or it was met.
pub fn attendue(
    sous_reserve: Option<NaiveDate>,
    levee: Option<NaiveDate>,
) -> Result<NaiveDate, Refus> {
    match (sous_reserve, levee) {
        (Some(au_plus_tard), None) => Ok(au_plus_tard),
        (Some(_), Some(le)) => Err(Refus::dit(
            "reserve_levee",
            format!(
                "La condition de cet accord est déjà constatée, au {}.",
                crate::texte::date_fr(le)
            ),
        )),
        (None, _) => Err(Refus::fixe(
            "sans_reserve",
            "Cet accord n’est soumis à aucune condition : il n’y a rien à constater.",
        )),
    }
}

impl Reserve {
    /// What a screen, a letter and the document say of it.
    pub fn phrase(&self) -> String {
        format!(
            "sous réserve de {}, {}",
            self.condition,
            crate::texte::au_plus_tard(self.au_plus_tard)
        )
    }
}
