//! DER-1, DER-2: the families of derogation and their grounds, as dated reference data.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::dates_fr;
use super::parametre::couvre;
use super::reduction::{self, FaitsReduction};
use super::regle::{Citation, Constat, Explication, RegleError, Statut};
use super::reglement::Reglement;
use crate::passage::Passage;
use crate::refus::Refus;

text_enum! {
    /// What is proposed of a ground.
    pub enum ActeMotif {
        /// It may be invoked from a day on.
        Ajout = "ajout", "Ajout";
        /// It may be invoked until a day, included.
        Fin = "fin", "Fin";
    }
}

text_enum! {
    /// Where a proposal stands.
    pub enum EtatMotif {
        /// Another person examines it.
        Propose = "propose", "À approuver";
        /// It counts.
        Approuve = "approuve", "Approuvé";
        /// It does not.
        Rejete = "rejete", "Rejeté";
    }
}

impl EtatMotif {
    /// Where a proposal begins.
    pub const DEBUT: EtatMotif = EtatMotif::Propose;
}

text_enum! {
    /// What can happen to the proposal of a ground.
    pub enum EvenementMotif {
        /// Another person approves it.
        Approuver = "approuver", "L’approbation";
        /// It is rejected, with a reason.
        Rejeter = "rejeter", "Le rejet";
    }
}

/// The state of a proposal that follows: it is answered once.
///
/// # Errors
/// A refusal when it was answered.
pub fn transition(etat: EtatMotif, evenement: EvenementMotif) -> Result<Passage<EtatMotif>, Refus> {
    let vers = match (etat, evenement) {
        (EtatMotif::Propose, EvenementMotif::Approuver) => EtatMotif::Approuve,
        (EtatMotif::Propose, EvenementMotif::Rejeter) => EtatMotif::Rejete,
        (EtatMotif::Approuve | EtatMotif::Rejete, _) => {
            return Err(Refus::fixe(
                "motif_examine",
                "Cette proposition a déjà reçu sa réponse : faites-en une autre.",
            ));
        }
    };
    Ok(Passage::new(etat, vers))
}

text_enum! {
    /// What a ground is followed by once conventionnement is granted on it.
    pub enum Suivi {
        /// DER-4: a reduction of activity, with its own deadlines.
        Reduction = "reduction", "réduction d’activité d’un confrère";
    }
}

/// A ground of derogation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Motif {
    /// Code, as `B-OFFRE`.
    pub code: String,
    /// Family: `A` (personal life), `B` (insufficient offer of specific care), `C` (economic risk).
    pub famille: String,
    /// What it is, in French.
    pub libelle: String,
    /// The documents that prove it, in French.
    pub pieces: String,
    /// What the applicant must say of it, in French.
    #[serde(default)]
    pub precision: Option<String>,
    /// What follows a grant on this ground (DER-4).
    #[serde(default)]
    pub suivi: Option<Suivi>,
    /// PRO-14: whether what proves it touches health, and is read apart.
    #[serde(default)]
    pub sante: bool,
    /// First day in force.
    pub du: NaiveDate,
    /// Last day in force; none while it is.
    #[serde(default)]
    pub au: Option<NaiveDate>,
    /// Where it comes from.
    pub source: String,
    /// Its status in the rulebook.
    pub statut: Statut,
}

impl Motif {
    /// Whether it may be invoked in a request of that day.
    pub fn en_vigueur(&self, jour: NaiveDate) -> bool {
        couvre(self.du, self.au, jour)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fichier {
    motif: Vec<Motif>,
}

static MOTIFS: LazyLock<Result<Vec<Motif>, String>> = LazyLock::new(|| {
    toml::from_str::<Fichier>(include_str!("../../../reglement/derogations.toml"))
        .map(|fichier| fichier.motif)
        .map_err(|e| e.to_string())
});

/// The grounds that ship with the product do not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("motifs de dérogation illisibles : {0}")]
pub struct MotifsIllisibles(pub String);

/// The grounds in force on a day, by family.
///
/// # Errors
/// [`MotifsIllisibles`]; a test keeps it from happening.
pub fn motifs(jour: NaiveDate) -> Result<Vec<&'static Motif>, MotifsIllisibles> {
    let tous = MOTIFS.as_ref().map_err(|e| MotifsIllisibles(e.clone()))?;
    Ok(tous.iter().filter(|m| m.en_vigueur(jour)).collect())
}

/// The ground of a code, whatever the day: for a file that invoked it.
///
/// # Errors
/// [`MotifsIllisibles`].
pub fn motif(code: &str) -> Result<Option<&'static Motif>, MotifsIllisibles> {
    let tous = MOTIFS.as_ref().map_err(|e| MotifsIllisibles(e.clone()))?;
    Ok(tous.iter().find(|m| m.code == code))
}

/// Every ground: those that ship with the product, then those added since; a ground ended by `fins` (its code and last
/// day) has that end, unless it ends sooner by itself. Of two grounds of one code the first stays.
///
/// # Errors
/// [`MotifsIllisibles`].
pub fn composer(
    ajouts: Vec<Motif>,
    fins: &[(String, NaiveDate)],
) -> Result<Vec<Motif>, MotifsIllisibles> {
    let embarques = MOTIFS.as_ref().map_err(|e| MotifsIllisibles(e.clone()))?;
    let mut tous = embarques.clone();
    for ajout in ajouts {
        if tous.iter().all(|m| m.code != ajout.code) {
            tous.push(ajout);
        }
    }
    for motif in &mut tous {
        for (_, fin) in fins.iter().filter(|(code, _)| *code == motif.code) {
            motif.au = Some(motif.au.map_or(*fin, |au| au.min(*fin)));
        }
    }
    Ok(tous)
}

/// What is known of the ground that a request invokes: stored with the decision (EXP-2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaitsMotif {
    /// Its code.
    pub code: String,
    /// What it is; none when no ground has this code.
    pub libelle: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// Its status.
    pub statut: Option<Statut>,
    /// First day in force.
    pub du: Option<NaiveDate>,
    /// Last day in force, if it has one.
    pub au: Option<NaiveDate>,
    /// Day of the request: the ground must be in force then.
    pub depot: NaiveDate,
    /// The reduction of activity, for a ground that is followed by one (DER-4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reduction: Option<FaitsReduction>,
}

/// DER-2, DER-4: the conditions of the ground invoked, for those who decide. They do not change the answer of the
/// rules, which does not look at grounds.
///
/// # Errors
/// No parameter in force on `date`.
pub fn conditions(
    reglement: &Reglement,
    date: NaiveDate,
    faits: &FaitsMotif,
) -> Result<Explication, RegleError> {
    let mut explication = Explication::nouvelle();
    let citation = Citation {
        regle: "DER-2".into(),
        source: faits.source.clone().map_or_else(
            || "Motifs de dérogation du service".into(),
            std::borrow::Cow::Owned,
        ),
        statut: faits.statut.unwrap_or(Statut::P),
        en_vigueur_depuis: faits.du.unwrap_or(faits.depot),
    };
    let en_vigueur = faits.du.map(|du| couvre(du, faits.au, faits.depot));
    let attendu = match (faits.du, faits.au) {
        (Some(du), Some(au)) => format!("du {} au {}", dates_fr::longue(du), dates_fr::longue(au)),
        (Some(du), None) => format!("depuis le {}", dates_fr::longue(du)),
        (None, _) => "un motif connu".to_owned(),
    };
    let nom = faits.libelle.as_deref().unwrap_or(&faits.code);
    explication.ajouter(citation.etape(
        format!(
            "Le motif « {nom} » est en vigueur le jour du dépôt, le {}",
            dates_fr::longue(faits.depot)
        ),
        Constat::de(en_vigueur),
        "derogation.motif",
        json!(faits.code),
        attendu,
    ));
    if let Some(reduction) = &faits.reduction {
        explication.suivre(&reduction::conditions(reglement, date, reduction)?);
    }
    Ok(explication)
}

/// What a family is, in French.
pub fn famille(code: &str) -> &'static str {
    match code {
        "A" => "Vie personnelle",
        "B" => "Offre insuffisante de soins spécifiques",
        "C" => "Risque économique",
        _ => "Famille inconnue",
    }
}
