//! What is asked of the general conditions (ALT, REG-10): by the form of a request, by the check of a project, by a
//! correction; and what their pages say of the answers.

use crate::actions::demande;
use crate::web::alternatives::Alternatives;
use crate::web::kit::erreurs::Erreurs;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::saisie::Saisie;

/// The fields; an answer that is not given is unknown, never false.
#[derive(Formulaire)]
pub struct Conditions {
    #[champ(libelle = "Exercez-vous déjà en libéral sous convention dans cette zone ?", dit = "Exerce déjà sous convention dans la zone",
            exigence = Requis, manque = "Indiquez si vous exercez déjà sous convention dans cette zone.")]
    deja_conventionne_zone: Option<bool>,
    #[champ(libelle = "Année d’entrée en formation de masso-kinésithérapie", dit = "Entrée en formation", exigence = Requis,
            manque = "Indiquez l’année de votre entrée en formation de masso-kinésithérapie.")]
    entree_formation: Option<i32>,
    #[champ(
        libelle = "Heures exercées en établissement de santé ou médico-social",
        dit = "Heures en établissement",
        unite = "heures",
        aide = "Comme masseur-kinésithérapeute, en France. Laissez vide si vous ne le savez pas."
    )]
    heures_etablissement: Option<i32>,
    #[champ(
        libelle = "Heures de stage de clinicat",
        dit = "Heures de clinicat",
        unite = "heures",
        aide = "En établissement, ou en zone sous-dotée ou très sous-dotée."
    )]
    heures_clinicat: Option<i32>,
    #[champ(
        libelle = "Vous engagez-vous à exercer en zone sous-dotée ?",
        dit = "Engagement en zone sous-dotée"
    )]
    engagement_zone: Option<bool>,
    #[champ(
        libelle = "Actes déjà réalisés en zone sous-dotée ou très sous-dotée",
        dit = "Actes en zone sous-dotée",
        unite = "actes",
        aide = "Comme masseur-kinésithérapeute. Ils complètent les heures. Laissez vide si vous n’en avez pas réalisé."
    )]
    actes_zone_sous_dotee: Option<i32>,
}

impl Conditions {
    /// The fields as the applicant reads them, with the values in force that day.
    pub(in crate::web) fn demandees(
        alternatives: &Alternatives,
        saisie: &Saisie,
        erreurs: &Erreurs,
    ) -> Champs {
        let engagement = alternatives.engagement();
        Self::champs(saisie, erreurs)
            .regler(Self::ENTREE_FORMATION, |c| c.aide(alternatives.qui()))
            .regler(Self::ENGAGEMENT_ZONE, |c| c.libelle(engagement))
    }
}

impl From<&demande::Conditions> for Conditions {
    fn from(c: &demande::Conditions) -> Conditions {
        Conditions {
            deja_conventionne_zone: c.deja_conventionne_zone,
            entree_formation: c.entree_formation,
            heures_etablissement: c.heures_etablissement,
            heures_clinicat: c.heures_clinicat,
            engagement_zone: c.engagement_zone,
            actes_zone_sous_dotee: c.actes_zone_sous_dotee,
        }
    }
}

impl From<Conditions> for demande::Conditions {
    fn from(c: Conditions) -> demande::Conditions {
        demande::Conditions {
            deja_conventionne_zone: c.deja_conventionne_zone,
            entree_formation: c.entree_formation,
            heures_etablissement: c.heures_etablissement,
            heures_clinicat: c.heures_clinicat,
            engagement_zone: c.engagement_zone,
            actes_zone_sous_dotee: c.actes_zone_sous_dotee,
        }
    }
}
