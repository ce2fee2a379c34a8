//! Evaluations of the regulation: zone, echeance, place, conventionnement, rappels.

use chrono::NaiveDate;
use serde_json::json;

use super::lecture::{ErreurFait, Lecture};
use super::reponse::Conclue;
use crate::catalogue;
use crate::conclusion::inconnus;
use crate::contrat::ResultatCalcul;
use crate::conventionnement::{
    self, DerogationInvoquee, FaitsConventionnement, ResultatConventionnement, Succession,
};
use crate::echeance::{self, Delai, EcheanceError, Suspension};
use crate::place::{self, FaitsPlace, ResultatPlace};
use crate::rappel::{self, FaitsRappels};
use crate::regle::Explication;
use crate::reglement::Reglement;
use crate::zonage::ResolveurDeZone;

/// The largest count of acts or hours accepted.
pub(super) const QUANTITE_MAX: i64 = 1_000_000_000;

fn calcul(
    resultat: ResultatCalcul,
    valeurs: serde_json::Value,
    manquants: Vec<String>,
    explication: Explication,
) -> Conclue {
    Conclue {
        resultat: resultat.as_str(),
        valeurs,
        manquants,
        explication,
    }
}

/// ZON-6: the category of a commune on a date.
pub(super) fn zone(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    mut faits: Lecture<'_>,
    zones: &dyn ResolveurDeZone,
) -> Result<Conclue, ErreurFait> {
    let commune = faits.code("commune")?;
    faits.fin()?;
    let conclusion = crate::zonage::evaluer(reglement, date, commune.as_ref(), zones)?;
    Ok(Conclue {
        resultat: conclusion.resultat.map_or("incomplet", |c| c.as_str()),
        valeurs: serde_json::to_value(conclusion.valeurs)
            .map_err(|e| ErreurFait::new("valeurs", e.to_string()))?,
        manquants: conclusion.manquants,
        explication: conclusion.explication,
    })
}

/// ECH-1, ECH-2, suspensions.
pub(super) fn echeance(mut faits: Lecture<'_>) -> Result<Conclue, ErreurFait> {
    let depart = faits.date("depart")?;
    let mut delais = Vec::new();
    for (cle, delai) in [
        ("annees", Delai::Annees as fn(u32) -> Delai),
        ("mois", Delai::Mois),
        ("jours", Delai::Jours),
    ] {
        let nombre = faits.entier(cle, 0, i64::from(u16::MAX) * 64)?;
        delais.extend(
            nombre
                .and_then(|n| u32::try_from(n).ok())
                .map(|n| (cle, delai(n))),
        );
    }
    let territoire = faits.code("territoire")?.unwrap_or_default();
    let mut lues = Vec::new();
    for (rang, mut lue) in faits
        .objets("suspensions")?
        .unwrap_or_default()
        .into_iter()
        .enumerate()
    {
        let (du, au) = (lue.date("du")?, lue.date("au")?);
        // An error whatever else is unknown.
        if let (Some(du), Some(au)) = (du, au)
            && au < du
        {
            return Err(ErreurFait::new(
                format!("suspensions.{rang}.au"),
                EcheanceError::SuspensionInversee { rang, du, au }.to_string(),
            ));
        }
        lues.push((du, au));
        lue.fin()?;
    }
    faits.fin()?;
    if let [_, (cle, _), ..] = delais[..] {
        return Err(ErreurFait::new(
            cle,
            "un seul délai est attendu : annees, mois ou jours",
        ));
    }
    let delai = delais.first().map(|(_, delai)| *delai);
    let (Some(depart), Some(delai)) = (depart, delai) else {
        let mut manquants = inconnus([("depart", depart.is_some())]);
        if delai.is_none() {
            manquants.extend(["annees", "mois", "jours"].map(str::to_owned));
        }
        return Ok(incomplete(manquants));
    };
    let connues: Vec<Suspension> = lues
        .iter()
        .filter_map(|(du, au)| du.zip(*au))
        .map(|(du, au)| Suspension {
            du,
            au,
            motif: None,
        })
        .collect();
    let e = echeance::calculer(depart, delai, territoire, &connues).map_err(|e| {
        let champ = match e {
            EcheanceError::SuspensionInversee { rang, .. } => format!("suspensions.{rang}.au"),
            EcheanceError::HorsCalendrier => "depart".to_owned(),
        };
        ErreurFait::new(champ, e.to_string())
    })?;
    let manquants = suspensions_inconnues(&lues, e.apres_suspensions);
    if !manquants.is_empty() {
        return Ok(incomplete(manquants));
    }
    let valeurs =
        json!({"brute": e.brute, "apres_suspensions": e.apres_suspensions, "finale": e.finale});
    Ok(Conclue {
        resultat: "calculee",
        valeurs,
        manquants: Vec::new(),
        explication: e.explication,
    })
}

fn incomplete(manquants: Vec<String>) -> Conclue {
    let vide = json!({"brute": null, "apres_suspensions": null, "finale": null});
    let explication = echeance::inconnue(&manquants);
    calcul(ResultatCalcul::Incomplet, vide, manquants, explication)
}

/// The days of suspensions that are unknown and could still move `fin`, the end that the known ones give: one of them may
/// begin by then, and its own end then says whether the others count. One that begins later moves nothing.
fn suspensions_inconnues(
    lues: &[(Option<NaiveDate>, Option<NaiveDate>)],
    fin: NaiveDate,
) -> Vec<String> {
    let inconnues = || {
        let rangs = lues.iter().enumerate();
        rangs.filter(|(_, (du, au))| du.is_none() || au.is_none())
    };
    if inconnues().all(|(_, (du, _))| du.is_some_and(|du| du > fin)) {
        return Vec::new();
    }
    inconnues()
        .flat_map(|(rang, (du, au))| {
            [("du", du.is_none()), ("au", au.is_none())]
                .into_iter()
                .filter(|(_, manque)| *manque)
                .map(move |(jour, _)| format!("suspensions.{rang}.{jour}"))
        })
        .collect()
}

/// REG-1 to REG-6, REG-15, REG-16.
pub(super) fn place(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    mut lecture: Lecture<'_>,
) -> Result<Conclue, ErreurFait> {
    let faits = FaitsPlace {
        categorie: lecture.code("categorie")?,
        cessation: lecture.date("cessation")?,
        actes_12_mois: lecture.entier("actes_12_mois", 0, QUANTITE_MAX)?,
        avis_cpd_sous_seuil: lecture.code("avis_cpd_sous_seuil")?,
        successeur_designe: lecture.booleen("successeur_designe")?,
        successeur_accepte: lecture.booleen("successeur_accepte")?,
        pourvue: lecture.booleen("pourvue")?,
        charte: lecture.booleen("charte")?,
        territoire: lecture.code("territoire")?.unwrap_or_default(),
        cedant_par_derogation: lecture.booleen("cedant_par_derogation")?,
        categorie_a_la_cessation: lecture.code("categorie_a_la_cessation")?,
    };
    lecture.fin()?;
    Conclue::de(
        place::evaluer(reglement, date, &faits)?,
        ResultatPlace::as_str,
    )
}

/// REG-10, ALT, REG-1, DER.
pub(super) fn conventionnement(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    mut lecture: Lecture<'_>,
) -> Result<Conclue, ErreurFait> {
    let succession = match lecture.objet("succession")? {
        None => None,
        Some(mut lue) => {
            let succession = Succession {
                place: lue.code("place")?,
            };
            lue.fin()?;
            Some(succession)
        }
    };
    let derogation = match lecture.objet("derogation")? {
        None => None,
        Some(mut lue) => {
            let invoquee = DerogationInvoquee {
                famille: lue.code("famille")?,
                motif: lue.texte("motif")?.map(|m| m.into_owned()),
                avis_cpd: lue.code("avis_cpd")?,
            };
            lue.fin()?;
            Some(invoquee)
        }
    };
    let faits = FaitsConventionnement {
        categorie: lecture.code("categorie")?,
        deja_conventionne_zone: lecture.booleen("deja_conventionne_zone")?,
        succession,
        derogation,
        entree_formation: lecture
            .entier("entree_formation", 1900, 9999)?
            .and_then(|a| i32::try_from(a).ok()),
        heures_etablissement: lecture.entier("heures_etablissement", 0, QUANTITE_MAX)?,
        heures_clinicat: lecture.entier("heures_clinicat", 0, QUANTITE_MAX)?,
        engagement_zone: lecture.booleen("engagement_zone")?,
        actes_zone_sous_dotee: lecture.entier("actes_zone_sous_dotee", 0, QUANTITE_MAX)?,
    };
    lecture.fin()?;
    Conclue::de(
        conventionnement::evaluer(reglement, date, &faits)?,
        ResultatConventionnement::as_str,
    )
}

/// ECH-5.
pub(super) fn rappels(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    mut lecture: Lecture<'_>,
) -> Result<Conclue, ErreurFait> {
    let envoyes = lecture.textes("envoyes")?.unwrap_or_default();
    if let Some((rang, code)) = envoyes
        .iter()
        .enumerate()
        .find(|(_, code)| !catalogue::RAPPELS.contains(&code.as_str()))
    {
        let court: String = code.chars().take(40).collect();
        return Err(ErreurFait::new(
            format!("envoyes.{rang}"),
            format!("le code « {court} » n’est pas admis"),
        ));
    }
    let faits = FaitsRappels {
        type_rappel: lecture.code("type")?,
        finale: lecture.date("finale")?,
        envoyes,
        etat: lecture.code("etat")?.unwrap_or_default(),
    };
    lecture.fin()?;
    let conclusion = rappel::evaluer(reglement, date, &faits)?;
    Conclue::de(conclusion, ResultatCalcul::as_str)
}
