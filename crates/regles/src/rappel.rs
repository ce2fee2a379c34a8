//! ECH-5: reminders. One at a time: the latest due, never the backlog.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::conclusion::{Conclusion, inconnus};
use super::contrat::ResultatCalcul;
use super::echeance::{self, Delai, NatureEcheance};
use super::regle::{Constat, Explication, RegleError};
use super::reglement::{Reglement, ReglementError};

text_enum! {
    /// Deadlines that are reminded of.
    pub enum TypeRappel {
        /// REG-5: designation of a successor.
        DesignationSuccesseur = "designation_successeur", "désignation d’un successeur";
        /// REG-9: installation.
        Installation = "installation", "installation";
        /// PRO-3: missing documents.
        Pieces = "pieces", "pièces manquantes";
        /// PRO-4: opinion of the CPD.
        AvisCpd = "avis_cpd", "avis de la CPD";
        /// PRO-7: implicit decision.
        DecisionImplicite = "decision_implicite", "silence de la caisse";
    }
}

impl TypeRappel {
    /// The parameter that lists its codes.
    pub fn parametre(self) -> &'static str {
        match self {
            TypeRappel::DesignationSuccesseur => {
                NatureEcheance::DesignationSuccesseur.fiche().rappels
            }
            TypeRappel::Installation => NatureEcheance::Installation.fiche().rappels,
            TypeRappel::Pieces => NatureEcheance::Pieces.fiche().rappels,
            TypeRappel::AvisCpd => "rappels.avis_cpd",
            TypeRappel::DecisionImplicite => NatureEcheance::DecisionImplicite.fiche().rappels,
        }
    }
}

text_enum! {
    /// Whether what is awaited was done.
    #[derive(Default)]
    pub enum EtatEcheance {
        /// Still awaited.
        #[default]
        EnCours = "en_cours", "en cours";
        /// Done: nothing more is sent.
        Satisfaite = "satisfaite", "satisfaite";
    }
}

/// Facts about a deadline; `None` is unknown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FaitsRappels {
    /// What is awaited.
    pub type_rappel: Option<TypeRappel>,
    /// Last day in time.
    pub finale: Option<NaiveDate>,
    /// Codes already sent.
    pub envoyes: Vec<String>,
    /// Whether it was done.
    pub etat: EtatEcheance,
}

/// The reminders to send today: at most one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValeursRappels {
    /// Codes to send, such as `6m` or `depassee`.
    pub a_envoyer: Vec<String>,
}

/// Code of the reminder sent the day after the deadline.
pub const DEPASSEE: &str = "depassee";

/// The delay before the deadline that a code stands for; `None` for `depassee` and unknown codes.
pub fn delai_du_code(code: &str) -> Option<Delai> {
    let (nombre, unite) = code.split_at_checked(code.len().checked_sub(1)?)?;
    let nombre = nombre
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| nombre.parse().ok())??;
    match unite {
        "m" => Some(Delai::Mois(nombre)),
        "j" => Some(Delai::Jours(nombre)),
        _ => None,
    }
}

/// The day a code becomes due: before `finale` by ECH-1 backwards without roll-over, or the day after.
pub fn jour_du_code(code: &str, finale: NaiveDate) -> Option<NaiveDate> {
    if code == DEPASSEE {
        return finale.checked_add_days(Days::new(1));
    }
    echeance::en_arriere(finale, delai_du_code(code)?)
}

/// The one code to send on `date`, if any: the latest due, unless already sent; past the deadline,
/// only `depassee`.
pub fn a_envoyer<'a>(
    codes: &'a [String],
    finale: NaiveDate,
    date: NaiveDate,
    envoyes: &[String],
) -> Option<&'a String> {
    let depasse = date > finale;
    codes
        .iter()
        .filter(|code| (code.as_str() == DEPASSEE) == depasse)
        .filter_map(|code| jour_du_code(code, finale).map(|jour| (jour, code)))
        .filter(|(jour, _)| *jour <= date)
        .max_by_key(|(jour, _)| *jour)
        .map(|(_, code)| code)
        .filter(|code| !envoyes.contains(code))
}

/// What must be sent on `date` (ECH-5).
///
/// # Errors
/// No parameter in force on `date`.
pub fn evaluer(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    faits: &FaitsRappels,
) -> Result<Conclusion<ResultatCalcul, ValeursRappels>, RegleError> {
    let mut explication = Explication::nouvelle();
    // A [D]: the source is the parameter that lists the codes, once it is known which.
    let ech_5 = match (faits.type_rappel, date) {
        (Some(connu), Some(date)) => reglement.parametre(connu.parametre(), date)?.citation(),
        (Some(connu), None) => reglement.derniere(connu.parametre())?.citation(),
        (None, _) => reglement.citation_si("ECH-5", date)?,
    };
    explication.ajouter(ech_5.clone().etape(
        "L’échéance est encore attendue",
        Constat::de(Some(faits.etat == EtatEcheance::EnCours)),
        "etat",
        json!(faits.etat),
        "en_cours",
    ));
    if faits.etat == EtatEcheance::Satisfaite {
        return Ok(calcule(Vec::new(), explication));
    }
    let (Some(type_rappel), Some(finale), Some(date)) = (faits.type_rappel, faits.finale, date)
    else {
        let manquants = inconnus([
            ("type", faits.type_rappel.is_some()),
            ("finale", faits.finale.is_some()),
            ("date", date.is_some()),
        ]);
        for manquant in &manquants {
            explication.ajouter(ech_5.clone().etape(
                "Le calcul du rappel demande ce fait",
                Constat::Inconnu,
                manquant.clone(),
                json!(null),
                "connu",
            ));
        }
        return Ok(Conclusion {
            resultat: ResultatCalcul::Incomplet,
            valeurs: ValeursRappels::default(),
            manquants,
            explication,
        });
    };
    let parametre = reglement.parametre(type_rappel.parametre(), date)?;
    let codes = parametre.liste()?;
    if codes
        .iter()
        .any(|code| code != DEPASSEE && delai_du_code(code).is_none())
    {
        return Err(ReglementError::Type(parametre.cle.clone()).into());
    }
    let code = a_envoyer(codes, finale, date, &faits.envoyes);
    let attendu = match code.and_then(|c| jour_du_code(c, finale).map(|jour| (c, jour))) {
        Some((code, jour)) => format!("{code}, dû depuis le {jour}"),
        None => format!("aucun rappel dû et non envoyé parmi {}", codes.join(" ")),
    };
    explication.ajouter(parametre.citation().etape(
        format!(
            "Dernier rappel dû pour l’échéance « {} »",
            type_rappel.libelle()
        ),
        Constat::de(Some(code.is_some())),
        "finale",
        json!(finale),
        attendu,
    ));
    Ok(calcule(code.into_iter().cloned().collect(), explication))
}

fn calcule(
    a_envoyer: Vec<String>,
    explication: Explication,
) -> Conclusion<ResultatCalcul, ValeursRappels> {
    Conclusion {
        resultat: ResultatCalcul::Calcule,
        valeurs: ValeursRappels { a_envoyer },
        manquants: Vec::new(),
        explication,
    }
}
