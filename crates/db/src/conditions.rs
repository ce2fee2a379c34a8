//! What an applicant says of the general conditions, stored with the request.

use diesel::prelude::*;
use regles::correction::Donnee;
use serde::Serialize;

use super::schema::demande;

/// ALT, REG-10: what the applicant says of the general conditions; none is unknown, never false.
#[derive(
    Debug, Clone, Default, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset, Serialize,
)]
#[diesel(table_name = demande, treat_none_as_null = true)]
pub struct Conditions {
    /// REG-10 (a): already conventioned in this zone.
    pub deja_conventionne_zone: Option<bool>,
    /// ALT-3: year of entry into training.
    pub entree_formation: Option<i32>,
    /// ALT-1 (a): hours in an establishment.
    pub heures_etablissement: Option<i32>,
    /// ALT-2: hours of clinicat.
    pub heures_clinicat: Option<i32>,
    /// ALT-1 (b): commitment in an under-served zone.
    pub engagement_zone: Option<bool>,
    /// ALT-5: acts made in an under-served zone, which complete the hours.
    pub actes_zone_sous_dotee: Option<i32>,
}

impl Conditions {
    /// Each with what is said of it, as a correction compares them; empty when nothing is known.
    pub fn dites(&self) -> [(Donnee, String); 6] {
        let oui_non = |b: Option<bool>| match b {
            Some(true) => "oui".to_owned(),
            Some(false) => "non".to_owned(),
            None => String::new(),
        };
        let nombre = |n: Option<i32>| n.map_or_else(String::new, |n| n.to_string());
        [
            (
                Donnee::DejaConventionne,
                oui_non(self.deja_conventionne_zone),
            ),
            (Donnee::EntreeFormation, nombre(self.entree_formation)),
            (
                Donnee::HeuresEtablissement,
                nombre(self.heures_etablissement),
            ),
            (Donnee::HeuresClinicat, nombre(self.heures_clinicat)),
            (Donnee::Engagement, oui_non(self.engagement_zone)),
            (
                Donnee::ActesZoneSousDotee,
                nombre(self.actes_zone_sous_dotee),
            ),
        ]
    }
}
