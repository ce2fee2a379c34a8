//! One stored explanation computed again, by kind.

use regles::calendrier::Territoire;
use regles::charte::Classement;
use regles::conventionnement::ResultatConventionnement;
use regles::demande::{Fondement, Sens};
use regles::echeance::{Delai, Echeance, Suspension};
use regles::place::evaluer;
use regles::regle::Explication;
use regles::reglement::Reglement;

use super::comparaison::{Difference, Issue, etapes, lire, valeur};
use crate::actions::evaluation::{FaitsEvaluation, PlaceEvaluee, appliquer};
use crate::db::appel::Appel;
use crate::db::decision::Decision;
use crate::db::echeance::EcheanceStockee;
use crate::db::place::Place;

fn refus(e: impl std::fmt::Display) -> (String, String) {
    ("faits".to_owned(), format!("les règles répondent : {e}"))
}

/// A decision, under its own parameters.
pub(super) fn decision(reglement: &Reglement, decision: &Decision) -> Issue {
    let faits: FaitsEvaluation = lire("faits", &decision.faits)?;
    let stockee: Explication = lire("explication", &decision.explication)?;
    let application = appliquer(reglement, &faits).map_err(refus)?;
    let resultat = application.conclusion.resultat.as_str();
    let mut ecarts: Vec<Difference> =
        valeur("résultat", "EXP-2", decision.resultat.as_str(), resultat)
            .into_iter()
            .collect();
    if let Some(categorie) = faits.conventionnement.categorie {
        ecarts.extend(valeur(
            "zone",
            "ZON-10",
            decision.categorie.as_str(),
            categorie.as_str(),
        ));
    }
    if decision.sens == Sens::Accord {
        // What a grant rests on is what the rules allow, no more.
        let permis = match application.conclusion.resultat {
            ResultatConventionnement::HorsRegulation => Fondement::HorsRegulation.as_str(),
            ResultatConventionnement::AccordableSuccession => Fondement::Succession.as_str(),
            ResultatConventionnement::AccordableDerogation => Fondement::Derogation.as_str(),
            ResultatConventionnement::NonAccordable | ResultatConventionnement::Incomplet => {
                "aucun accord"
            }
        };
        let fondement = decision.fondement.as_str();
        ecarts.extend(valeur("accord au titre de", "REG-1", fondement, permis));
    }
    ecarts.extend(etapes(&stockee, &application.explication()));
    Ok(ecarts)
}

/// A place, under the parameters of its last evaluation.
pub(super) fn place(reglement: &Reglement, place: &Place) -> Issue {
    let Some(faits) = &place.faits else {
        let raison = "ses faits n’ont pas été conservés avec elle".to_owned();
        return Err(("faits".to_owned(), raison));
    };
    let evaluee: PlaceEvaluee = lire("faits", faits)?;
    let stockee: Explication = lire("explication", &place.explication)?;
    let conclusion = evaluer(reglement, Some(evaluee.date), &evaluee.place).map_err(refus)?;
    let mut ecarts: Vec<Difference> = valeur(
        "résultat",
        "EXP-2",
        evaluee.resultat.as_str(),
        conclusion.resultat.as_str(),
    )
    .into_iter()
    .collect();
    ecarts.extend(valeur(
        "limite de désignation",
        "REG-5",
        jour(place.limite_designation),
        jour(conclusion.valeurs.limite_designation),
    ));
    ecarts.extend(etapes(&stockee, &conclusion.explication));
    Ok(ecarts)
}

fn jour(date: Option<chrono::NaiveDate>) -> String {
    date.map_or_else(|| "aucune".to_owned(), |d| d.to_string())
}

/// A deadline (ECH-1 to ECH-3): its dates and its steps.
pub(super) fn echeance(e: &EcheanceStockee, territoire: &str) -> Issue {
    let suspensions: Vec<Suspension> = lire("suspensions", &e.suspensions)?;
    let stockee: Explication = lire("explication", &e.explication)?;
    let calculee = recalculer(e.depart, &e.delai, territoire, &suspensions, &stockee)?;
    let dates = [
        ("terme brut", "ECH-1", e.brute, calculee.brute),
        (
            "terme après suspensions",
            "ECH-3",
            e.apres_suspensions,
            calculee.apres_suspensions,
        ),
        ("terme", "ECH-2", e.finale, calculee.finale),
    ];
    let mut ecarts: Vec<Difference> = dates
        .into_iter()
        .filter_map(|(nom, regle, stockee, rejouee)| valeur(nom, regle, stockee, rejouee))
        .collect();
    ecarts.extend(etapes(&stockee, &calculee.explication));
    Ok(ecarts)
}

/// A call: its last day, and the ranking on which its place was attributed.
pub(super) fn appel(a: &Appel, territoire: &str, rejoue: Option<&Classement>) -> Issue {
    let Some(delai) = &a.delai else {
        let raison = "son délai n’a pas été conservé avec lui".to_owned();
        return Err(("délai".to_owned(), raison));
    };
    let stockee: Explication = lire("explication", &a.explication)?;
    let calculee = recalculer(a.ouvert_le, delai, territoire, &[], &stockee)?;
    let mut ecarts: Vec<Difference> = valeur("clôture", "ECH-2", a.cloture, calculee.finale)
        .into_iter()
        .collect();
    ecarts.extend(etapes(&stockee, &calculee.explication));
    if let (Some(texte), Some(rejoue)) = (&a.classement, rejoue) {
        let stocke: Classement = lire("classement", texte)?;
        ecarts.extend(classements(&stocke, rejoue));
    }
    Ok(ecarts)
}

fn classements(stocke: &Classement, rejoue: &Classement) -> Vec<Difference> {
    let dire = |rang: Option<u32>, points: Option<regles::charte::Points>| match (rang, points) {
        (Some(rang), Some(points)) => format!("rang {rang}, {points} points"),
        _ => "non classée".to_owned(),
    };
    let mut ecarts = Vec::new();
    for note in &stocke.notes {
        let nom = format!("candidature {},", note.candidat);
        let avant = dire(note.rang, note.points);
        let Some(autre) = rejoue.note(note.candidat) else {
            ecarts.push((
                "REG-12".to_owned(),
                format!("{nom} {avant}"),
                "absente".to_owned(),
            ));
            continue;
        };
        ecarts.extend(valeur(
            &nom,
            "REG-12",
            avant,
            dire(autre.rang, autre.points),
        ));
        ecarts.extend(etapes(&note.explication, &autre.explication));
    }
    for note in rejoue
        .notes
        .iter()
        .filter(|n| stocke.note(n.candidat).is_none())
    {
        let apres = format!(
            "candidature {}, {}",
            note.candidat,
            dire(note.rang, note.points)
        );
        ecarts.push((
            "REG-12".to_owned(),
            "absente du classement conservé".to_owned(),
            apres,
        ));
    }
    ecarts
}

fn recalculer(
    depart: chrono::NaiveDate,
    delai: &str,
    territoire: &str,
    suspensions: &[Suspension],
    gardee: &Explication,
) -> Result<Echeance, (String, String)> {
    let delai: Delai = delai
        .parse()
        .map_err(|_| ("délai".to_owned(), format!("« {delai} » ne se lit pas")))?;
    let territoire: Territoire = territoire.parse().map_err(|_| {
        (
            "territoire".to_owned(),
            format!("« {territoire} » est inconnu"),
        )
    })?;
    Echeance::rejouer(depart, delai, territoire, suspensions, gardee).map_err(refus)
}
