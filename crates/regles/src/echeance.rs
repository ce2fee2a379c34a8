//! ECH: deadlines, in the order of the text: raw end, suspensions, roll-over.

mod contestation;
mod fiches;
mod mots;
mod nature;

pub use mots::{Phrases, Rappel};
pub use nature::{Ecran, Fiche, Fin, NatureEcheance, Responsable};

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::calendrier::{Territoire, jour_chome, jour_ouvrable_suivant};
use super::dates_fr::{self, ANNEES};
use super::regle::{Citation, Constat, Explication, RegleError, Statut};
use super::reglement::Reglement;

text_enum! {
    /// What became of a deadline.
    pub enum EtatEcheance {
        /// Running.
        EnCours = "en_cours", "En cours";
        /// Met.
        Satisfaite = "satisfaite", "Satisfaite";
        /// No longer of use.
        Annulee = "annulee", "Annulée";
        /// Computed again: the former value is kept.
        Remplacee = "remplacee", "Remplacée";
    }
}

/// Length of a delay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delai {
    /// Years.
    Annees(u32),
    /// Months.
    Mois(u32),
    /// Days, the starting one not counted.
    Jours(u32),
}

impl std::fmt::Display for Delai {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Delai::Annees(1) => f.write_str("1 an"),
            Delai::Annees(n) => write!(f, "{n} ans"),
            Delai::Mois(n) => write!(f, "{n} mois"),
            Delai::Jours(n @ (0 | 1)) => write!(f, "{n} jour"),
            Delai::Jours(n) => write!(f, "{n} jours"),
        }
    }
}

/// A text that [`Delai`] did not write.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("« {0} » n’est pas un délai")]
pub struct DelaiIllisible(pub String);

impl std::str::FromStr for Delai {
    type Err = DelaiIllisible;

    /// Reads back what `Display` writes: «2 ans», «6 mois», «1 jour».
    fn from_str(texte: &str) -> Result<Self, Self::Err> {
        let illisible = || DelaiIllisible(texte.to_owned());
        let (nombre, unite) = texte.split_once(' ').ok_or_else(illisible)?;
        let nombre = nombre.parse().map_err(|_| illisible())?;
        match unite {
            "an" | "ans" => Ok(Delai::Annees(nombre)),
            "mois" => Ok(Delai::Mois(nombre)),
            "jour" | "jours" => Ok(Delai::Jours(nombre)),
            _ => Err(illisible()),
        }
    }
}

/// A period during which a delay does not run; `au` is the first day after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// First day.
    pub du: NaiveDate,
    /// First day after it.
    pub au: NaiveDate,
    /// Why, in French.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motif: Option<String>,
}

/// A computed deadline, with all that led to it (ECH-3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Echeance {
    /// What started it.
    pub depart: NaiveDate,
    /// Its length.
    pub delai: Delai,
    /// Whose public holidays apply.
    pub territoire: Territoire,
    /// End by ECH-1.
    pub brute: NaiveDate,
    /// What suspended it.
    pub suspensions: Vec<Suspension>,
    /// End once the suspended days are added.
    pub apres_suspensions: NaiveDate,
    /// Why the end was moved to a working day (ECH-2): «samedi», «Assomption»…
    pub report: Option<String>,
    /// The last day in time.
    pub finale: NaiveDate,
    /// How it was computed.
    pub explication: Explication,
}

/// Why a deadline cannot be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EcheanceError {
    /// Past the last date that can be written.
    #[error("l’échéance dépasse les dates que le calendrier peut écrire")]
    HorsCalendrier,
    /// A suspension that ends before it starts.
    #[error("la suspension se termine le {au}, avant son début le {du}")]
    SuspensionInversee {
        /// Its rank among those given.
        rang: usize,
        /// Its first day.
        du: NaiveDate,
        /// The day it is said to end before.
        au: NaiveDate,
    },
}

const fn jour(annee: i32, mois: u32, jour: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(annee, mois, jour) {
        Some(date) => date,
        None => NaiveDate::MIN,
    }
}

/// ECH-1: computation of delays.
const ECH_1: Citation = Citation::fixe(
    "ECH-1",
    "Code de procédure civile, art. 641",
    jour(1976, 1, 1),
    Statut::L,
);
/// ECH-2: extension to the next working day.
const ECH_2: Citation = Citation::fixe(
    "ECH-2",
    "Code de procédure civile, art. 642 ; code du travail, art. L3133-1",
    jour(1976, 1, 1),
    Statut::L,
);
/// ECH-3: suspensions are kept and shown.
const ECH_3: Citation = Citation::fixe(
    "ECH-3",
    "Règle du service : suspensions d’une échéance",
    jour(1976, 1, 1),
    Statut::P,
);

/// End of a delay by ECH-1: same day number, or the last day of the month; the starting day does not
/// count in days. `None` outside the calendar.
pub fn fin_brute(depart: NaiveDate, delai: Delai) -> Option<NaiveDate> {
    let fin = match delai {
        Delai::Annees(n) => depart.checked_add_months(Months::new(n.checked_mul(12)?)),
        Delai::Mois(n) => depart.checked_add_months(Months::new(n)),
        Delai::Jours(n) => depart.checked_add_days(Days::new(u64::from(n))),
    };
    fin.filter(|f| ANNEES.contains(&f.year()))
}

/// The day a delay before `fin` begins, by ECH-1 backwards, without roll-over. `None` outside the calendar.
pub fn en_arriere(fin: NaiveDate, delai: Delai) -> Option<NaiveDate> {
    match delai {
        Delai::Annees(n) => fin.checked_sub_months(Months::new(n.checked_mul(12)?)),
        Delai::Mois(n) => fin.checked_sub_months(Months::new(n)),
        Delai::Jours(n) => fin.checked_sub_days(Days::new(u64::from(n))),
    }
}

/// Moves `fin` by the suspended days: overlaps count once, what begins after the end reached so far
/// does not count. `None` outside the calendar.
fn suspendre(fin: NaiveDate, suspensions: &[Suspension]) -> Option<NaiveDate> {
    let mut tri: Vec<(NaiveDate, NaiveDate)> = suspensions.iter().map(|s| (s.du, s.au)).collect();
    tri.sort_unstable();
    let mut fin = fin;
    let mut compte_jusqu_au = NaiveDate::MIN;
    for (du, au) in tri {
        if du > fin {
            break;
        }
        let depuis = du.max(compte_jusqu_au);
        if let Ok(jours) = u64::try_from(au.signed_duration_since(depuis).num_days()) {
            fin = fin
                .checked_add_days(Days::new(jours))
                .filter(|f| ANNEES.contains(&f.year()))?;
        }
        compte_jusqu_au = compte_jusqu_au.max(au);
    }
    Some(fin)
}

/// Computes a deadline: ECH-1, suspensions, ECH-2.
///
/// # Errors
/// `SuspensionInversee` when a suspension ends before it starts, `HorsCalendrier`.
pub fn calculer(
    depart: NaiveDate,
    delai: Delai,
    territoire: Territoire,
    suspensions: &[Suspension],
) -> Result<Echeance, EcheanceError> {
    terminer(depart, delai, territoire, suspensions, None)
}

impl NatureEcheance {
    /// Computes a deadline of this kind: whether its last day moves to a working day is what its entry says, as of the
    /// day it starts.
    ///
    /// # Errors
    /// No parameter in force that day; an impossible suspension, or a day outside the calendar (`champ` is `depart`).
    pub fn calculer(
        self,
        reglement: &Reglement,
        depart: NaiveDate,
        delai: Delai,
        territoire: Territoire,
        suspensions: &[Suspension],
    ) -> Result<Echeance, RegleError> {
        let report = match self.fiche().report {
            Some(cle) => Some(reglement.parametre(cle, depart)?),
            None => None,
        };
        let sans_report = match report {
            Some(p) if !p.oui()? => Some(p.citation()),
            _ => None,
        };
        terminer(depart, delai, territoire, suspensions, sans_report)
            .map_err(|e| RegleError::fait("depart", e.to_string()))
    }
}

impl Echeance {
    /// Computes again a deadline that was kept with its steps: where one of them says that its last day does not move,
    /// it does not move (EXP-2).
    ///
    /// # Errors
    /// As [`calculer`].
    pub fn rejouer(
        depart: NaiveDate,
        delai: Delai,
        territoire: Territoire,
        suspensions: &[Suspension],
        gardee: &Explication,
    ) -> Result<Echeance, EcheanceError> {
        let sans_report = gardee.etapes().iter().find(|e| e.attendu == SANS_REPORT);
        let regle = sans_report.map(|e| Citation {
            regle: e.regle.clone(),
            source: e.source.clone(),
            en_vigueur_depuis: e.en_vigueur_depuis,
            statut: e.statut,
        });
        terminer(depart, delai, territoire, suspensions, regle)
    }
}

/// What the step of a last day that does not move is compared with.
const SANS_REPORT: &str = "sans report";

fn terminer(
    depart: NaiveDate,
    delai: Delai,
    territoire: Territoire,
    suspensions: &[Suspension],
    sans_report: Option<Citation>,
) -> Result<Echeance, EcheanceError> {
    if let Some((rang, s)) = suspensions.iter().enumerate().find(|(_, s)| s.au < s.du) {
        return Err(EcheanceError::SuspensionInversee {
            rang,
            du: s.du,
            au: s.au,
        });
    }
    let hors = EcheanceError::HorsCalendrier;
    let brute = fin_brute(depart, delai).ok_or(hors)?;
    let apres_suspensions = suspendre(brute, suspensions).ok_or(hors)?;
    let report = jour_chome(apres_suspensions, territoire).filter(|_| sans_report.is_none());
    let finale = match sans_report {
        Some(_) => apres_suspensions,
        None => jour_ouvrable_suivant(apres_suspensions, territoire)
            .filter(|f| ANNEES.contains(&f.year()))
            .ok_or(hors)?,
    };

    let mut explication = Explication::nouvelle();
    explication.ajouter(ECH_1.etape(
        format!(
            "Délai de {delai} : terme brut le {}",
            dates_fr::longue(brute)
        ),
        Constat::Rempli,
        "depart",
        json!(depart),
        format!("{delai} → {brute}"),
    ));
    if !suspensions.is_empty() {
        let jours = apres_suspensions.signed_duration_since(brute).num_days();
        explication.ajouter(ECH_3.etape(
            format!(
                "Suspensions : {jours} jours ajoutés, terme reporté au {}",
                dates_fr::longue(apres_suspensions)
            ),
            Constat::Rempli,
            "suspensions",
            json!(suspensions.iter().map(|s| json!({"du": s.du, "au": s.au})).collect::<Vec<_>>()),
            format!("{brute} + {jours} jours → {apres_suspensions}"),
        ));
    }
    explication.ajouter(match (sans_report, report) {
        (Some(regle), _) => regle.etape(
            format!(
                "Le terme ne se reporte pas : {}",
                dates_fr::avec_jour(finale)
            ),
            Constat::Rempli,
            "apres_suspensions",
            json!(apres_suspensions),
            SANS_REPORT,
        ),
        (None, None) => ECH_2.etape(
            format!(
                "Le terme est un jour ouvrable : {}",
                dates_fr::avec_jour(finale)
            ),
            Constat::Rempli,
            "apres_suspensions",
            json!(apres_suspensions),
            "jour ouvrable",
        ),
        (None, Some(raison)) => ECH_2.etape(
            format!(
                "Le terme tombe un jour chômé ({raison}) : report au {}",
                dates_fr::avec_jour(finale)
            ),
            Constat::NonRempli,
            "apres_suspensions",
            json!(apres_suspensions),
            format!("jour ouvrable → {finale}"),
        ),
    });
    Ok(Echeance {
        depart,
        delai,
        territoire,
        brute,
        suspensions: suspensions.to_vec(),
        apres_suspensions,
        report: report.map(str::to_owned),
        finale,
        explication,
    })
}

/// The explanation of a deadline that cannot be computed yet: what it needs.
pub fn inconnue(manquants: &[String]) -> Explication {
    Explication(
        manquants
            .iter()
            .map(|fait| {
                ECH_1.etape(
                    "Le calcul du délai demande ce fait",
                    Constat::Inconnu,
                    fait.clone(),
                    json!(null),
                    "connu",
                )
            })
            .collect(),
    )
}
