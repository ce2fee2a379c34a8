//! ALT: what forms say of the alternative conditions to conventionnement, with the values in force that day.

use regles::echeance::Delai;

use crate::web::erreur::WebError;
use crate::web::visite::Visite;

/// The values that the questions quote.
pub(in crate::web) struct Alternatives {
    entree_depuis: i64,
    engagement: Delai,
}

impl Alternatives {
    /// As they are on the day of the visit.
    ///
    /// # Errors
    /// No parameter in force that day.
    pub(in crate::web) fn du_jour(visite: &Visite) -> Result<Self, WebError> {
        let (reglement, jour) = (visite.etat.reglement(), visite.aujourd_hui());
        Ok(Alternatives {
            entree_depuis: reglement
                .entier("alt.entree_en_formation_depuis", jour)
                .map_err(WebError::interne)?,
            engagement: reglement
                .delai("alt.engagement_duree", jour)
                .map_err(WebError::interne)?,
        })
    }

    /// ALT-3: whom they concern.
    pub(in crate::web) fn qui(&self) -> String {
        format!(
            "Par exemple 2018. Les conditions ci-dessous ne concernent que les entrées en formation depuis {}.",
            self.entree_depuis
        )
    }

    /// ALT-1 (b): the commitment.
    pub(in crate::web) fn engagement(&self) -> String {
        format!(
            "Vous engagez-vous à exercer {} en zone sous-dotée ou très sous-dotée ?",
            self.engagement
        )
    }
}
