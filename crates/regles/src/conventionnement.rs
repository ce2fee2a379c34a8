//! ALT, REG-1, REG-10, DER: whether a conventionnement may be granted.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::alternative;
use super::conclusion::{Conclusion, inconnus, ou};
use super::place::ResultatPlace;
use super::regle::{Constat, Explication, RegleError, date_inconnue};
use super::reglement::Reglement;
use super::zonage::Categorie;

text_enum! {
    /// What the rules say of a request.
    pub enum ResultatConventionnement {
        /// REG-10: answered and closed as such, the general conditions being met.
        HorsRegulation = "hors_regulation", "hors régulation";
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
        /// Tied.
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

/// Facts about a request; `None` is unknown, except `succession` and `derogation`: none.
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
}

/// Values of the evaluation of a request.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ValeursConventionnement {
    /// Whether granting departs from the opinion and must say why; null outside a derogation.
    pub motiver_ecart: Option<bool>,
}

/// Answer about a request.
pub type ConclusionConventionnement = Conclusion<ResultatConventionnement, ValeursConventionnement>;

/// Whether the request may be granted on `date`: ALT, then REG-10, REG-1, DER.
///
/// # Errors
/// An impossible fact, or no parameter in force on `date`.
pub fn evaluer(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    faits: &FaitsConventionnement,
) -> Result<ConclusionConventionnement, RegleError> {
    use ResultatConventionnement as R;
    let mut explication = Explication::nouvelle();

    // ALT comes first: the general conditions of any conventioned practice.
    let alternative = alternative::evaluer(reglement, date, faits, &mut explication)?;
    match alternative.remplie {
        None => return Ok(incomplet(alternative.manquants, explication)),
        Some(false) => return Ok(fin(R::NonAccordable, explication)),
        Some(true) => {}
    }

    // REG-10: outside a regulated zone, or already conventioned in it.
    let libre = faits.categorie.map(|c| !c.est_regulee());
    let deja = faits.deja_conventionne_zone;
    let reg_10 = reglement.citation_si("REG-10", date)?;
    explication.ajouter(reg_10.clone().etape(
        "Le lieu d’exercice est hors zone régulée",
        Constat::de(libre),
        "categorie",
        json!(faits.categorie),
        "ni non_prioritaire, ni sur_dotee_av5",
    ));
    if libre != Some(true) {
        explication.ajouter(reg_10.etape(
            "Le professionnel est déjà conventionné dans cette zone et n’en change pas",
            Constat::de(deja),
            "deja_conventionne_zone",
            json!(deja),
            "vrai",
        ));
    }
    match ou(libre, deja) {
        None => {
            let manquants = inconnus([
                ("categorie", libre.is_some()),
                ("deja_conventionne_zone", deja.is_some()),
            ]);
            return Ok(incomplet(manquants, explication));
        }
        Some(true) => return Ok(fin(R::HorsRegulation, explication)),
        Some(false) => {}
    }

    // REG-1: a succession whose place is designated. A place itself incomplete is unknown.
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
    derogation(reglement, date, faits.derogation.as_ref(), explication)
}

/// DER-1, DER-3, PRO-5: a derogation, on the opinion of the CPD.
fn derogation(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    invoquee: Option<&DerogationInvoquee>,
    mut explication: Explication,
) -> Result<ConclusionConventionnement, RegleError> {
    use ResultatConventionnement as R;
    let der_1 = reglement.citation_si("DER-1", date)?;
    let Some(invoquee) = invoquee else {
        explication.ajouter(der_1.etape(
            "Une dérogation est invoquée",
            Constat::NonRempli,
            "derogation",
            json!(null),
            "famille A, B ou C",
        ));
        return Ok(fin(R::NonAccordable, explication));
    };
    explication.ajouter(der_1.etape(
        "Une dérogation est invoquée",
        Constat::de(invoquee.famille.map(|_| true)),
        "derogation.famille",
        json!(invoquee.famille),
        "famille A, B ou C",
    ));
    let (Some(exigence), Some(ecart)) = (
        reglement.parametre_si("derogation.avis_cpd", date)?,
        reglement.parametre_si("decision.motiver_ecart_avis", date)?,
    ) else {
        explication.ajouter(date_inconnue(reglement.citation_si("DER-1", date)?));
        return Ok(incomplet(vec!["date".into()], explication));
    };
    let avis = invoquee.avis_cpd.filter(|a| *a != AvisCpd::Ajourne);
    explication.ajouter(exigence.citation().etape(
        "La CPD a rendu son avis, ou il est réputé rendu",
        Constat::de(avis.map(|_| true)),
        "derogation.avis_cpd",
        json!(invoquee.avis_cpd),
        "favorable, defavorable, partage ou repute_rendu",
    ));
    if avis.is_none() && exigence.texte()? == "obligatoire" {
        return Ok(incomplet(vec!["derogation.avis_cpd".into()], explication));
    }
    let defavorable = avis == Some(AvisCpd::Defavorable);
    let motiver = defavorable && ecart.oui()?;
    explication.ajouter(ecart.citation().etape(
        "Un accord suit l’avis de la CPD ; sinon l’écart doit être motivé",
        Constat::de(Some(!defavorable)),
        "derogation.avis_cpd",
        json!(invoquee.avis_cpd),
        "autre que defavorable",
    ));
    Ok(Conclusion {
        valeurs: ValeursConventionnement {
            motiver_ecart: Some(motiver),
        },
        ..fin(R::AccordableDerogation, explication)
    })
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
