//! ZON-4, ZON-5, ZON-10: where an arrêté de zonage stands on a day, and what it changes for what is open.

pub mod prealables;

use chrono::NaiveDate;

use super::demande::NatureDemande;
use super::echeance::{Delai, fin_brute};
use super::zonage::Categorie;
use crate::passage::Passage;
use crate::refus::Refus;

text_enum! {
    /// Where an arrêté stands on a day.
    pub enum EtatArrete {
        /// Its day of effect has not come.
        AVenir = "a_venir", "À venir";
        /// It applies.
        EnVigueur = "en_vigueur", "En vigueur";
        /// ZON-5: its validity is over, nothing replaces it yet.
        Echu = "echu", "Échu, non remplacé";
        /// Another one took over.
        Remplace = "remplace", "Remplacé";
    }
}

text_enum! {
    /// Where the import of an arrêté stands.
    pub enum EtatImport {
        /// Read and kept, it counts for nothing yet.
        Prepare = "prepare", "Préparé";
        /// It counts, from its day of effect.
        Actif = "actif", "Actif";
    }
}

impl EtatImport {
    /// Where an import begins.
    pub const DEBUT: EtatImport = EtatImport::Prepare;
}

/// An import that is confirmed counts: once.
///
/// # Errors
/// A refusal when it counts already.
pub fn activer(etat: EtatImport) -> Result<Passage<EtatImport>, Refus> {
    match etat {
        EtatImport::Prepare => Ok(Passage::new(etat, EtatImport::Actif)),
        EtatImport::Actif => Err(Refus::fixe(
            "arrete_actif",
            "Cet arrêté est déjà importé : il s’applique à partir de sa date d’effet.",
        )),
    }
}

/// First day past the validity of an arrêté (ZON-4); `None` outside the calendar.
pub fn fin_de_validite(effet: NaiveDate, validite: Delai) -> Option<NaiveDate> {
    fin_brute(effet, validite)
}

/// Where an arrêté stands on `jour`: in force from `effet`, until `fin` excluded, valid for `validite`.
pub fn etat(
    effet: NaiveDate,
    fin: Option<NaiveDate>,
    validite: Delai,
    jour: NaiveDate,
) -> EtatArrete {
    if jour < effet {
        EtatArrete::AVenir
    } else if fin.is_some_and(|fin| fin <= jour) {
        EtatArrete::Remplace
    } else if fin_de_validite(effet, validite).is_some_and(|terme| terme <= jour) {
        EtatArrete::Echu
    } else {
        EtatArrete::EnVigueur
    }
}

text_enum! {
    /// What an arrêté changes for a place of practice (ZON-10).
    pub enum Effet {
        /// One departure, one arrival applies there from then on.
        DevientRegulee = "devient_regulee", "devient régulée";
        /// It no longer does.
        CesseRegulee = "cesse_regulee", "cesse d’être régulée";
        /// Another category, the regulation being the same.
        AutreCategorie = "autre_categorie", "change de catégorie";
        /// The arrêté says nothing of it any more: no answer (ZON-6).
        NonClassee = "non_classee", "n’est plus classée";
        /// Nothing was said of it before.
        Classee = "classee", "est classée pour la première fois";
    }
}

/// What going from one category to another changes; `None` where a category is not known, and as an answer
/// when nothing changes.
pub fn effet(avant: Option<Categorie>, apres: Option<Categorie>) -> Option<Effet> {
    match (avant, apres) {
        (avant, apres) if avant == apres => None,
        (_, None) => Some(Effet::NonClassee),
        (None, Some(_)) => Some(Effet::Classee),
        (Some(avant), Some(apres)) => Some(match (avant.est_regulee(), apres.est_regulee()) {
            (false, true) => Effet::DevientRegulee,
            (true, false) => Effet::CesseRegulee,
            _ => Effet::AutreCategorie,
        }),
    }
}

text_enum! {
    /// What is open and depends on a zone.
    pub enum Genre {
        /// A place that nobody was granted yet.
        Place = "place", "place";
        /// A request that is not decided: it is judged on the day of the decision (ZON-10).
        Demande = "demande", "demande";
    }
}

/// What an effect means for an open object, in one sentence with its rule. `nature`: of the request; none for a place.
pub fn consequence(effet: Effet, nature: Option<NatureDemande>) -> &'static str {
    use NatureDemande as N;
    match (effet, nature) {
        (Effet::CesseRegulee, None) => {
            "Zone non régulée : on s’y installe sans succéder à personne, la place ne sert plus."
        }
        (Effet::CesseRegulee, Some(N::HorsRegulation)) => {
            "L’installation y est libre quoi qu’il en soit."
        }
        (Effet::CesseRegulee, Some(_)) => {
            "Zone non régulée : la demande n’a plus besoin de succession ni de dérogation."
        }
        (Effet::DevientRegulee, None) => {
            "La zone devient régulée : la place compte si le départ remplit les conditions."
        }
        (Effet::DevientRegulee, Some(N::HorsRegulation)) => {
            "Il faudra succéder à un confrère ou obtenir une dérogation, sauf à y exercer déjà sous convention."
        }
        (Effet::DevientRegulee, Some(_)) => {
            "La succession ou la dérogation demandée devient nécessaire."
        }
        (Effet::AutreCategorie, None) => "La règle d’un départ, une arrivée ne change pas.",
        (Effet::AutreCategorie, Some(_)) => {
            "La régulation ne change pas ; l’engagement en zone sous-dotée est à relire."
        }
        (Effet::NonClassee, _) => {
            "Aucune catégorie : aucune décision ne pourra être prise avant qu’elle soit connue."
        }
        (Effet::Classee, _) => "Une catégorie est connue pour la première fois.",
    }
}

/// The name of a region, by its INSEE code; the code itself when it is not known.
pub fn nom_region(code: &str) -> &str {
    match code {
        "01" => "Guadeloupe",
        "02" => "Martinique",
        "03" => "Guyane",
        "04" => "La Réunion",
        "06" => "Mayotte",
        "11" => "Île-de-France",
        "24" => "Centre-Val de Loire",
        "27" => "Bourgogne-Franche-Comté",
        "28" => "Normandie",
        "32" => "Hauts-de-France",
        "44" => "Grand Est",
        "52" => "Pays de la Loire",
        "53" => "Bretagne",
        "75" => "Nouvelle-Aquitaine",
        "76" => "Occitanie",
        "84" => "Auvergne-Rhône-Alpes",
        "93" => "Provence-Alpes-Côte d’Azur",
        "94" => "Corse",
        autre => autre,
    }
}
