//! PRO-3: the documents that a step calls for in a given case, and why. They are dated reference data
//! (`reglement/pieces.toml`): most of the time the sources are silent.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;

use super::demande::NatureDemande;
use super::derogation::Motif;
use super::fondement::{self, FondementsIllisibles};
use super::montant::grouper;
use super::parametre::{Unite, ValeurParametre, couvre};
use super::piece::NaturePiece;
use super::regle::Statut;
use super::reglement::{Reglement, ReglementError};

text_enum! {
    /// A step that calls for documents, or for none.
    pub enum Demarche {
        /// REG-1: to succeed a colleague.
        Succession = "succession", "Succession";
        /// DER: an exception.
        Derogation = "derogation", "Dérogation";
        /// REG-10: not concerned by the regulation.
        HorsRegulation = "hors_regulation", "Installation libre";
        /// A definitive departure.
        Cessation = "cessation", "Cessation";
        /// REG-7: to designate in the leaver's place.
        AyantsDroit = "ayants_droit", "Désignation par les ayants droit";
        /// REG-9: to show the installation.
        Installation = "installation", "Installation";
        /// REG-13: a move inside the zone, which is free.
        Demenagement = "demenagement", "Déménagement dans la zone";
    }
}

impl From<NatureDemande> for Demarche {
    fn from(nature: NatureDemande) -> Self {
        match nature {
            NatureDemande::Succession => Demarche::Succession,
            NatureDemande::Derogation => Demarche::Derogation,
            NatureDemande::HorsRegulation => Demarche::HorsRegulation,
        }
    }
}

/// What narrows a line to some cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Condition {
    /// Always.
    #[default]
    Toujours,
    /// Subject to ALT, with enough hours declared.
    AltHeures,
    /// Subject to ALT, without enough hours, committed to an under-served zone.
    AltEngagement,
    /// Subject to ALT, and nothing says yet by which of the two ways.
    AltAEtablir,
    /// Nobody knows whether ALT applies.
    AltInconnue,
    /// PRO-3: the registration in the RPPS has not given it yet.
    SansRpps,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Exigence {
    #[default]
    Requise,
    Utile,
}

/// A dated line of the reference data.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RegleDePiece {
    nature: NaturePiece,
    demarches: Vec<Demarche>,
    #[serde(default)]
    si: Condition,
    #[serde(default)]
    exigence: Exigence,
    #[serde(default)]
    indispensable: bool,
    raison: String,
    #[serde(default)]
    precision: Option<String>,
    regle: String,
    #[expect(dead_code, reason = "where the line was read, for who keeps the file")]
    source: String,
    statut: Statut,
    du: NaiveDate,
    #[serde(default)]
    au: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fichier {
    piece: Vec<RegleDePiece>,
}

static REGLES: LazyLock<Result<Vec<RegleDePiece>, String>> = LazyLock::new(|| {
    toml::from_str::<Fichier>(include_str!("../../../reglement/pieces.toml"))
        .map(|fichier| fichier.piece)
        .map_err(|e| e.to_string())
});

/// Why the list cannot be drawn up; a test keeps both from happening.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PiecesError {
    /// The reference data do not read.
    #[error("pièces illisibles : {0}")]
    Illisibles(String),
    /// A sentence quotes a parameter that has no value on that day.
    #[error(transparent)]
    Reglement(#[from] ReglementError),
    /// The texts that found the rules do not read.
    #[error(transparent)]
    Fondements(#[from] FondementsIllisibles),
}

/// What is known of the case.
#[derive(Debug, Clone, Copy)]
pub struct Cas<'a> {
    /// The step.
    pub demarche: Demarche,
    /// DER-2: the ground invoked, once it is known.
    pub motif: Option<&'a Motif>,
    /// ALT-3: year of entry into training; none is unknown.
    pub entree_formation: Option<i64>,
    /// ALT-1 (a), ALT-2: hours in an establishment and of clinicat; none is unknown.
    pub heures: [Option<i64>; 2],
    /// ALT-1 (b): commitment in an under-served zone.
    pub engagement_zone: Option<bool>,
    /// PRO-3: whether the caisse confirmed the registration in the RPPS, which gives the diploma.
    pub rpps_confirme: bool,
}

impl Cas<'_> {
    /// A step of which nothing else is known.
    pub fn de(demarche: Demarche) -> Self {
        Cas {
            demarche,
            motif: None,
            entree_formation: None,
            heures: [None, None],
            engagement_zone: None,
            rpps_confirme: false,
        }
    }
}

/// A document that the case calls for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PieceRequise {
    /// What it shows.
    pub nature: NaturePiece,
    /// Required; otherwise useful.
    pub requise: bool,
    /// Without it nothing may be granted, and its absence suspends the delay (CRPA L114-5-1).
    pub indispensable: bool,
    /// Why, in a sentence.
    pub raison: String,
    /// Which documents do, in words.
    pub precision: Option<String>,
    /// The rule, as `REG-1`.
    pub regle: String,
    /// EXP-4: what founds it, in words.
    pub fondement: &'static str,
}

/// The documents that a case calls for on a day, in the order of the form, and why each (PRO-3).
///
/// # Errors
/// [`PiecesError`].
pub fn requises(
    reglement: &Reglement,
    jour: NaiveDate,
    cas: &Cas<'_>,
) -> Result<Vec<PieceRequise>, PiecesError> {
    let regles = REGLES
        .as_ref()
        .map_err(|e| PiecesError::Illisibles(e.clone()))?;
    let alt = alternative(reglement, jour, cas)?;
    regles
        .iter()
        .filter(|r| couvre(r.du, r.au, jour))
        .filter(|r| r.demarches.contains(&cas.demarche))
        .filter(|r| match r.si {
            Condition::Toujours => true,
            Condition::SansRpps => !cas.rpps_confirme,
            autre => Some(autre) == alt,
        })
        .map(|r| {
            let motif = cas
                .motif
                .filter(|_| r.nature == NaturePiece::JustificatifDerogation);
            Ok(PieceRequise {
                nature: r.nature,
                requise: r.exigence == Exigence::Requise,
                indispensable: r.indispensable,
                raison: phrase(reglement, jour, &r.raison)?,
                precision: motif.map_or_else(|| r.precision.clone(), |m| Some(m.pieces.clone())),
                regle: r.regle.clone(),
                fondement: fondement::du_statut(
                    &r.regle,
                    motif.map_or(r.statut, |m| m.statut),
                    jour,
                )?,
            })
        })
        .collect()
}

/// ALT-1 to ALT-3: by what the alternative conditions are to be shown; nothing for who is not subject to them.
fn alternative(
    reglement: &Reglement,
    jour: NaiveDate,
    cas: &Cas<'_>,
) -> Result<Option<Condition>, ReglementError> {
    let Some(annee) = cas.entree_formation else {
        return Ok(Some(Condition::AltInconnue));
    };
    if annee < reglement.entier("alt.entree_en_formation_depuis", jour)? {
        return Ok(None);
    }
    let connues = cas
        .heures
        .iter()
        .flatten()
        .fold(0i64, |somme, heures| somme.saturating_add(*heures));
    Ok(Some(if connues >= reglement.entier("alt.heures", jour)? {
        Condition::AltHeures
    } else if cas.engagement_zone == Some(true) {
        Condition::AltEngagement
    } else {
        Condition::AltAEtablir
    }))
}

/// A sentence with the parameters it quotes, `{cle}`, as they are on that day.
fn phrase(reglement: &Reglement, jour: NaiveDate, modele: &str) -> Result<String, ReglementError> {
    let mut ecrite = String::with_capacity(modele.len());
    let mut reste = modele;
    while let Some((avant, (cle, apres))) = reste
        .split_once('{')
        .and_then(|(avant, suite)| Some((avant, suite.split_once('}')?)))
    {
        ecrite.push_str(avant);
        let parametre = reglement.parametre(cle, jour)?;
        match (&parametre.valeur, parametre.unite) {
            (ValeurParametre::Entier(n), Unite::Millesime) => ecrite.push_str(&n.to_string()),
            (ValeurParametre::Entier(n), _) => ecrite.push_str(&grouper(*n)),
            (autre, _) => ecrite.push_str(&autre.to_string()),
        }
        reste = apres;
    }
    ecrite.push_str(reste);
    Ok(ecrite)
}
