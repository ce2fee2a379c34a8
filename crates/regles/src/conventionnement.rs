//! ALT, REG-1, REG-10, DER: whether a conventionnement may be granted.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::alternative;
use super::conclusion::{Conclusion, inconnus};
use super::place::ResultatPlace;
use super::regle::{Constat, Etape, Explication, RegleError};
use super::reglement::Reglement;
use super::zonage::Categorie;

mod derogation;
mod premiere;

text_enum! {
    /// What the rules say of a request.
    pub enum ResultatConventionnement {
        /// REG-10: answered and closed as such, the general conditions being met.
        HorsRegulation = "hors_regulation", "accordable sans place, l’installation étant libre";
        /// REG-1: a designated place.
        AccordableSuccession = "accordable_succession", "accordable par succession";
        /// DER: a derogation on which the CPD advised.
        AccordableDerogation = "accordable_derogation", "accordable par dérogation";
        /// Nothing opens it.
        NonAccordable = "non_accordable", "non accordable";
        /// A fact needed to conclude is unknown.
        Incomplet = "incomplet", "incomplet";
    }
}

text_enum! {
    /// Family of a derogation (DER-1).
    pub enum Famille {
        /// Personal life of the MK.
        A = "A", "vie personnelle du professionnel";
        /// Insufficient offer of specific care.
        B = "B", "offre insuffisante de soins spécifiques";
        /// Economic risk.
        C = "C", "risque économique";
    }
}

text_enum! {
    /// Opinion of the CPD on a request (PRO-4).
    pub enum AvisCpd {
        /// For.
        Favorable = "favorable", "favorable";
        /// Against: a grant departs from it and states why (PRO-5).
        Defavorable = "defavorable", "défavorable";
        /// Tied: a first tie is put to a second vote, as if adjourned (PRO-4).
        Partage = "partage", "partage des voix";
        /// Adjourned: no opinion yet.
        Ajourne = "ajourne", "ajourné";
        /// Deemed given after the delay without an opinion.
        ReputeRendu = "repute_rendu", "réputé rendu";
    }
}

/// A succession invoked by a request.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Succession {
    /// State of the place, as evaluated.
    pub place: Option<ResultatPlace>,
}

/// A derogation invoked by a request.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct DerogationInvoquee {
    /// Family, `None` while unknown.
    pub famille: Option<Famille>,
    /// Code of the ground; not validated by this rule.
    pub motif: Option<String>,
    /// Opinion of the CPD.
    pub avis_cpd: Option<AvisCpd>,
}

/// Facts about a request; `None` is unknown, except `succession`, `derogation` and `actes_zone_sous_dotee`: none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FaitsConventionnement {
    /// Category of the zone of practice.
    pub categorie: Option<Categorie>,
    /// Whether the MK is already conventioned in this very zone (REG-10 a).
    pub deja_conventionne_zone: Option<bool>,
    /// The succession invoked.
    pub succession: Option<Succession>,
    /// The derogation invoked.
    pub derogation: Option<DerogationInvoquee>,
    /// Year in which the MK began their studies (ALT-3).
    pub entree_formation: Option<i32>,
    /// Hours as an MK in an establishment (ALT-1 a).
    pub heures_etablissement: Option<i64>,
    /// Hours of clinicat that count (ALT-2).
    pub heures_clinicat: Option<i64>,
    /// Commitment to two years in an under-served zone (ALT-1 b).
    pub engagement_zone: Option<bool>,
    /// Acts made in a très sous-dotée or sous-dotée zone (ALT-5); none said is none made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actes_zone_sous_dotee: Option<i64>,
}

/// Values of the evaluation of a request.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ValeursConventionnement {
    /// Whether granting departs from the opinion and must say why; null outside a derogation.
    pub motiver_ecart: Option<bool>,
}

/// Answer about a request.
pub type ConclusionConventionnement = Conclusion<ResultatConventionnement, ValeursConventionnement>;

/// Whether the request may be granted on `date`: REG-10 (a), then ALT, REG-10 (b), REG-1, DER. Where ALT does not let
/// through, an unknown `deja_conventionne_zone` stands first among what is missing: known, it may end the examination.
///
/// # Errors
/// An impossible fact, or no parameter in force on `date`.
pub fn evaluer(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    faits: &FaitsConventionnement,
) -> Result<ConclusionConventionnement, RegleError> {
    use ResultatConventionnement as R;
    if reglement.premiere_edition() {
        return premiere::evaluer(reglement, date, faits);
    }
    let mut explication = Explication::nouvelle();
    let deja = faits.deja_conventionne_zone;

    explication.ajouter(deja_conventionne(reglement, date, faits)?);
    if deja == Some(true) {
        return Ok(fin(R::HorsRegulation, explication));
    }

    // The general conditions of any conventioned practice.
    let alternative = alternative::evaluer(reglement, date, faits, &mut explication)?;
    match (alternative.remplie, deja) {
        (Some(true), _) => {}
        (Some(false), Some(_)) => return Ok(fin(R::NonAccordable, explication)),
        (_, deja) => {
            let mut manquants = inconnus([("deja_conventionne_zone", deja.is_some())]);
            manquants.extend(alternative.manquants);
            return Ok(incomplet(manquants, explication));
        }
    }

    let libre = faits.categorie.map(|c| !c.est_regulee());
    explication.ajouter(hors_zone(reglement, date, faits)?);
    match (libre, deja) {
        (Some(true), _) => return Ok(fin(R::HorsRegulation, explication)),
        (Some(false), Some(_)) => {}
        _ => {
            let manquants = inconnus([
                ("deja_conventionne_zone", deja.is_some()),
                ("categorie", libre.is_some()),
            ]);
            return Ok(incomplet(manquants, explication));
        }
    }
    regulee(reglement, date, faits, explication)
}

/// REG-10 (a): already conventioned in this very zone.
fn deja_conventionne(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    faits: &FaitsConventionnement,
) -> Result<Etape, RegleError> {
    let deja = faits.deja_conventionne_zone;
    Ok(reglement.citation_si("REG-10", date)?.etape(
        "Le professionnel est déjà conventionné dans cette zone et n’en change pas",
        Constat::de(deja),
        "deja_conventionne_zone",
        json!(deja),
        "vrai",
    ))
}

/// REG-10 (b): outside a regulated zone.
fn hors_zone(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    faits: &FaitsConventionnement,
) -> Result<Etape, RegleError> {
    Ok(reglement.citation_si("REG-10", date)?.etape(
        "Le lieu d’exercice est hors zone régulée",
        Constat::de(faits.categorie.map(|c| !c.est_regulee())),
        "categorie",
        json!(faits.categorie),
        "ni non_prioritaire, ni sur_dotee_av5",
    ))
}

/// REG-1, then DER: the two ways into a regulated zone.
fn regulee(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    faits: &FaitsConventionnement,
    mut explication: Explication,
) -> Result<ConclusionConventionnement, RegleError> {
    use ResultatConventionnement as R;
    // A place itself incomplete is unknown.
    let place = faits
        .succession
        .as_ref()
        .map(|s| s.place.filter(|p| *p != ResultatPlace::Incomplet));
    let designee = place.map_or(Some(false), |p| p.map(|p| p == ResultatPlace::Designee));
    explication.ajouter(reglement.citation_si("REG-1", date)?.etape(
        "Le professionnel succède à un confrère : place désignée et acceptée",
        Constat::de(designee),
        "succession.place",
        json!(faits.succession.as_ref().and_then(|s| s.place)),
        "designee",
    ));
    match designee {
        None => return Ok(incomplet(vec!["succession.place".into()], explication)),
        Some(true) => return Ok(fin(R::AccordableSuccession, explication)),
        Some(false) => {}
    }
    derogation::evaluer(reglement, date, faits.derogation.as_ref(), explication)
}

fn fin(resultat: ResultatConventionnement, explication: Explication) -> ConclusionConventionnement {
    Conclusion {
        resultat,
        valeurs: ValeursConventionnement::default(),
        manquants: Vec::new(),
        explication,
    }
}

fn incomplet(manquants: Vec<String>, explication: Explication) -> ConclusionConventionnement {
    Conclusion {
        manquants,
        ..fin(ResultatConventionnement::Incomplet, explication)
    }
}
