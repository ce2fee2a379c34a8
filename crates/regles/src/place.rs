//! REG-1 to REG-6, REG-15, REG-16: what a departure opens.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::calendrier::Territoire;
use super::conclusion::{Conclusion, et, inconnus};
use super::dates_fr;
use super::echeance::{self, Echeance};
use super::grand_livre::EtatPlace;
use super::regle::{Constat, Explication, RegleError};
use super::reglement::Reglement;
use super::zonage::Categorie;
use depart::date_inconnue;

mod depart;
mod objet;
mod raison;
mod vie;

pub use objet::sans_objet_depuis;
pub use raison::sans_place;
pub use vie::{DEJA_PRISE, Evenement, transition};

text_enum! {
    /// State of the place a departure opens, by the rules alone.
    pub enum ResultatPlace {
        /// REG-10: the zone is not regulated.
        HorsRegulation = "hors_regulation", "sans objet, la zone n’est pas régulée";
        /// REG-4: below the floor of acts, the CPD has not advised.
        AExaminer = "a_examiner", "à examiner";
        /// REG-4: below the floor, unfavourable opinion; REG-15, REG-16: a departure that opens none.
        NonTransmissible = "non_transmissible", "non transmissible";
        /// A successor may be designated.
        Ouverte = "ouverte", "ouverte";
        /// REG-8: designated, not yet accepted.
        DesignationEnAttente = "designation_en_attente", "désignation en attente d’acceptation";
        /// REG-8: designated and accepted.
        Designee = "designee", "désignée";
        /// REG-2: consumed.
        Pourvue = "pourvue", "pourvue";
        /// REG-6: lapsed without successor.
        Caduque = "caduque", "caduque";
        /// REG-6, REG-12: put up for attribution under the charter.
        AAttribuer = "a_attribuer", "à attribuer";
        /// A fact needed to conclude is unknown.
        Incomplet = "incomplet", "incomplet";
    }
}

impl ResultatPlace {
    /// The state that a place takes when the rules answer this; none when there is no place, when a fact is missing, or
    /// for an answer that supposes a successor.
    pub fn etat(self) -> Option<EtatPlace> {
        match self {
            ResultatPlace::AExaminer => Some(EtatPlace::AExaminer),
            ResultatPlace::NonTransmissible => Some(EtatPlace::NonTransmissible),
            ResultatPlace::Ouverte => Some(EtatPlace::Ouverte),
            ResultatPlace::AAttribuer => Some(EtatPlace::AAttribuer),
            ResultatPlace::Caduque => Some(EtatPlace::Caduque),
            ResultatPlace::HorsRegulation
            | ResultatPlace::Incomplet
            | ResultatPlace::DesignationEnAttente
            | ResultatPlace::Designee
            | ResultatPlace::Pourvue => None,
        }
    }
}

text_enum! {
    /// Opinion of the CPD on a departure below the floor of acts (REG-4).
    pub enum AvisSousSeuil {
        /// The place may be transmitted.
        Favorable = "favorable", "favorable";
        /// It may not.
        Defavorable = "defavorable", "défavorable";
    }
}

/// Facts about a departure; `None` is unknown, never false.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FaitsPlace {
    /// Category of the zone left, at the date of the evaluation.
    pub categorie: Option<Categorie>,
    /// Day of the definitive cessation.
    pub cessation: Option<NaiveDate>,
    /// Acts of the twelve months before the cessation.
    pub actes_12_mois: Option<i64>,
    /// Opinion of the CPD, below the floor.
    pub avis_cpd_sous_seuil: Option<AvisSousSeuil>,
    /// Whether a designation is active.
    pub successeur_designe: Option<bool>,
    /// Whether the designated successor accepted.
    pub successeur_accepte: Option<bool>,
    /// Whether the place was consumed by an installation.
    pub pourvue: Option<bool>,
    /// Whether the CPAM applies a charter; the parameter `place.sans_successeur` when not said.
    pub charte: Option<bool>,
    /// Territory of the CPAM, for public holidays.
    pub territoire: Territoire,
    /// REG-15: whether the leaver was conventioned by derogation; no when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cedant_par_derogation: Option<bool>,
    /// REG-16: category of the zone left on the day of the cessation; `categorie` when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub categorie_a_la_cessation: Option<Categorie>,
}

/// Values of the evaluation of a place.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ValeursPlace {
    /// Last day to designate a successor (REG-5), null where it does not apply.
    pub limite_designation: Option<NaiveDate>,
}

/// Answer about a place.
pub type ConclusionPlace = Conclusion<ResultatPlace, ValeursPlace>;

/// The end of the delay to designate a successor (REG-5), from the parameters in force on `date`.
///
/// # Errors
/// No parameter in force, or a deadline outside the calendar (`champ` is `cessation`).
pub fn limite_designation(
    reglement: &Reglement,
    date: NaiveDate,
    cessation: NaiveDate,
    territoire: Territoire,
) -> Result<Echeance, RegleError> {
    let delai = reglement.delai("place.delai_designation", date)?;
    echeance::calculer(cessation, delai, territoire, &[])
        .map_err(|e| RegleError::fait("cessation", e.to_string()))
}

/// What a departure opens on `date` (REG-1 to REG-6, REG-8, REG-10, REG-15, REG-16). The limit to designate is given
/// whenever the zone is regulated and the cessation known.
///
/// # Errors
/// An impossible fact, or no parameter in force on `date`. An unknown fact is not an error.
pub fn evaluer(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    faits: &FaitsPlace,
) -> Result<ConclusionPlace, RegleError> {
    let mut suite = Suite {
        explication: Explication::nouvelle(),
        limite: None,
    };

    // REG-1, REG-10: only the regulated category opens places.
    let regulee = faits.categorie.map(Categorie::est_regulee);
    suite
        .explication
        .ajouter(reglement.citation_si("REG-1", date)?.etape(
            "La zone quittée est régulée : un départ, une arrivée",
            Constat::de(regulee),
            "categorie",
            json!(faits.categorie),
            "non_prioritaire ou sur_dotee_av5",
        ));
    match regulee {
        None => return Ok(suite.incomplet(vec!["categorie".into()])),
        Some(false) => {
            suite
                .explication
                .ajouter(reglement.citation_si("REG-10", date)?.etape(
                    "Hors zone régulée, la règle d’un départ, une arrivée ne s’applique pas",
                    Constat::Rempli,
                    "categorie",
                    json!(faits.categorie),
                    "ni non_prioritaire, ni sur_dotee_av5",
                ));
            return Ok(suite.fin(ResultatPlace::HorsRegulation));
        }
        Some(true) => {}
    }

    // REG-5: the delay to designate runs from the cessation.
    let Some(delai) = reglement.parametre_si("place.delai_designation", date)? else {
        suite
            .explication
            .ajouter(date_inconnue(reglement, "place.delai_designation")?);
        return Ok(suite.incomplet(vec!["date".into()]));
    };
    let Some(cessation) = faits.cessation else {
        suite.explication.ajouter(delai.citation().etape(
            "La date de cessation définitive est connue",
            Constat::Inconnu,
            "cessation",
            json!(null),
            "une date",
        ));
        return Ok(suite.incomplet(vec!["cessation".into()]));
    };
    let limite = echeance::calculer(cessation, delai.delai()?, faits.territoire, &[])
        .map_err(|e| RegleError::fait("cessation", e.to_string()))?;
    suite.limite = Some(limite.finale);
    suite.explication.ajouter(delai.citation().etape(
        "Un successeur peut être désigné à compter de la cessation, jusqu’au terme du délai",
        Constat::Rempli,
        "cessation",
        json!(cessation),
        format!("{} → {}", limite.delai, limite.finale),
    ));
    suite.explication.0.extend(limite.explication.0);

    // REG-2: a departure is consumed once.
    suite
        .explication
        .ajouter(reglement.citation_si("REG-2", date)?.etape(
            "La place n’est pas déjà pourvue",
            Constat::de(faits.pourvue.map(|p| !p)),
            "pourvue",
            json!(faits.pourvue),
            "faux",
        ));
    match faits.pourvue {
        None => return Ok(suite.incomplet(vec!["pourvue".into()])),
        Some(true) => return Ok(suite.fin(ResultatPlace::Pourvue)),
        Some(false) => {}
    }

    if let Some(arret) = depart::ouvre(reglement, date, faits, &mut suite)? {
        return Ok(arret);
    }
    depart::regime_anterieur(reglement, date, faits, &mut suite)?;
    if let Some(arret) = depart::seuil(reglement, date, faits, &mut suite)? {
        return Ok(arret);
    }
    designation(reglement, date, faits, limite.finale, suite)
}

/// REG-5, REG-6, REG-8: designated and accepted, lapsed, pending or open.
fn designation(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    faits: &FaitsPlace,
    limite: NaiveDate,
    mut suite: Suite,
) -> Result<ConclusionPlace, RegleError> {
    let (designe, accepte) = (faits.successeur_designe, faits.successeur_accepte);
    let Some(acceptation) = reglement.parametre_si("designation.acceptation", date)? else {
        suite
            .explication
            .ajouter(date_inconnue(reglement, "designation.acceptation")?);
        return Ok(suite.incomplet(vec!["date".into()]));
    };
    let designee = et(
        designe,
        if acceptation.oui()? {
            accepte
        } else {
            Some(true)
        },
    );
    suite
        .explication
        .ajouter(reglement.citation_si("REG-5", date)?.etape(
            "Un successeur est désigné",
            Constat::de(designe),
            "successeur_designe",
            json!(designe),
            "vrai",
        ));
    if designe != Some(false) {
        suite.explication.ajouter(acceptation.citation().etape(
            "Le successeur désigné a accepté",
            Constat::de(accepte),
            "successeur_accepte",
            json!(accepte),
            "vrai",
        ));
    }
    match designee {
        None => {
            let manquants = inconnus([
                ("successeur_designe", designe.is_some()),
                ("successeur_accepte", accepte.is_some()),
            ]);
            return Ok(suite.incomplet(manquants));
        }
        Some(true) => return Ok(suite.fin(ResultatPlace::Designee)),
        Some(false) => {}
    }

    let a_temps = date.map(|d| d <= limite);
    suite
        .explication
        .ajouter(reglement.citation_si("REG-5", date)?.etape(
            format!(
                "Le délai de désignation court jusqu’au {} inclus",
                dates_fr::longue(limite)
            ),
            Constat::de(a_temps),
            "date",
            json!(date),
            format!("<= {limite}"),
        ));
    match a_temps {
        None => return Ok(suite.incomplet(vec!["date".into()])),
        Some(false) => {
            let Some(sort) = reglement.parametre_si("place.sans_successeur", date)? else {
                return Ok(suite.incomplet(vec!["date".into()]));
            };
            let charte = faits.charte.unwrap_or(sort.texte()? == "charte");
            suite.explication.ajouter(sort.citation().etape(
                "Sans successeur au terme, la place est attribuée selon une charte",
                Constat::de(Some(charte)),
                "charte",
                json!(charte),
                "vrai",
            ));
            return Ok(suite.fin(if charte {
                ResultatPlace::AAttribuer
            } else {
                ResultatPlace::Caduque
            }));
        }
        Some(true) => {}
    }
    Ok(match designe {
        None => suite.incomplet(vec!["successeur_designe".into()]),
        Some(true) => suite.fin(ResultatPlace::DesignationEnAttente),
        Some(false) => suite.fin(ResultatPlace::Ouverte),
    })
}

/// The explanation under way, and the limit once it is known.
#[derive(Clone)]
struct Suite {
    explication: Explication,
    limite: Option<NaiveDate>,
}

impl Suite {
    fn fin(self, resultat: ResultatPlace) -> ConclusionPlace {
        // The delay to designate has no object where the zone is not regulated.
        Conclusion {
            resultat,
            valeurs: ValeursPlace {
                limite_designation: self.limite,
            },
            manquants: Vec::new(),
            explication: self.explication,
        }
    }

    fn incomplet(self, manquants: Vec<String>) -> ConclusionPlace {
        Conclusion {
            manquants,
            ..self.fin(ResultatPlace::Incomplet)
        }
    }
}
