//! REG-16: the zone of a place is no longer regulated.

use chrono::NaiveDate;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct PlaceSansObjet<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    /// The commune left.
    pub commune: &'a str,
    /// The departure.
    pub id: i64,
    /// First day on which the zone was not regulated.
    pub depuis: NaiveDate,
    /// Whether somebody was designated, or applied.
    pub attendue: bool,
}

impl Courrier for PlaceSansObjet<'_> {
    fn lettre(&self) -> Lettre {
        let lettre = Lettre::new(
            Modele::PlaceSansObjet,
            "La place de votre départ est sans objet",
        )
        .a(self.kine)
        .paragraphe(format!(
            "Depuis le {}, la zone de votre départ {} n’est plus régulée : on peut y exercer sous convention sans succéder à personne. La place que votre départ ouvrait est sans objet. Elle ne revient pas si la zone est de nouveau régulée plus tard.",
            texte::date_fr(self.depuis),
            texte::de(self.commune)
        ));
        let lettre = match self.attendue {
            true => lettre.paragraphe(
                "Nous écrivons aux personnes que cette place concernait : elles peuvent demander leur conventionnement dans cette zone sans votre désignation.",
            ),
            false => lettre,
        };
        lettre
            .paragraphe("Votre départ reste enregistré. Vous n’avez rien à faire.")
            .action("Voir ce départ", format!("/mes-departs/{}", self.id))
            .contact(self.contact)
    }
}

/// To the team.
#[derive(Debug)]
pub struct PlaceSansObjetEquipe<'a> {
    /// The departure.
    pub id: i64,
    /// The leaver.
    pub kine: &'a str,
    pub commune: &'a str,
    /// First day on which the zone was not regulated.
    pub depuis: NaiveDate,
}

impl Courrier for PlaceSansObjetEquipe<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::PlaceSansObjetEquipe,
            format!("Place sans objet : départ {}", texte::de(self.commune)),
        )
        .paragraphe(format!(
            "La zone n’est plus régulée depuis le {} : la place du départ {} à {} est sans objet, et n’est plus au compte de la zone.",
            texte::date_fr(self.depuis),
            texte::de(self.kine),
            self.commune
        ))
        .paragraphe(
            "La désignation et l’appel à candidatures qui en dépendaient sont clos ; une demande en cours continue sans succession. Nous écrivons à ces personnes : vous n’avez rien à faire.",
        )
        .action("Voir le départ", format!("/departs/{}", self.id))
    }
}
