//! What lacks, named, with how much: the check of a project, the one before sending and the file say it in the same words.

use chrono::NaiveDate;

use super::alternative;
use super::conclusion::Conclusion;
use super::conventionnement::{
    ConclusionConventionnement, FaitsConventionnement, ResultatConventionnement as R,
};
use super::dates_fr;
use super::demande::NatureDemande;
use super::place::{self, FaitsPlace, ResultatPlace};
use super::regle::RegleError;
use super::reglement::Reglement;
use super::texte::{faits, nombre, pluriel};
use super::zonage::Categorie;

/// Who reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lecteur {
    /// The person concerned.
    Personne,
    /// Somebody of the caisse.
    Agent,
}

/// What only the commission can say.
const AVIS: &str = "derogation.avis_cpd";

/// «Il manque l’année d’entrée en formation.»; nothing where nothing is unknown. That the commission has still to advise
/// is no lack of the person.
fn inconnus(manquants: &[String], lecteur: Lecteur) -> Option<String> {
    let noms: Vec<String> = manquants
        .iter()
        .filter(|fait| lecteur == Lecteur::Agent || *fait != AVIS)
        .cloned()
        .collect();
    (!noms.is_empty()).then(|| format!("Il manque {}.", faits(&noms)))
}

/// ALT-1, ALT-5: by how much the alternative conditions are missed; nothing where they are met.
///
/// # Errors
/// An impossible fact, or no parameter in force on `date`.
fn conditions(
    reglement: &Reglement,
    date: NaiveDate,
    faits: &FaitsConventionnement,
    lecteur: Lecteur,
) -> Result<Option<String>, RegleError> {
    let Some(m) = alternative::manque(reglement, date, faits)? else {
        return Ok(None);
    };
    let duree = reglement.delai("alt.engagement_duree", date)?;
    let vous = match lecteur {
        Lecteur::Personne => "vous ",
        Lecteur::Agent => "",
    };
    // What nobody said is not zero: it is asked for, not counted.
    let dites = faits.heures_etablissement.is_some() || faits.heures_clinicat.is_some();
    let compte = match dites {
        true => format!(
            "{} sur {} : il {vous}manque {} d’exercice en établissement",
            pluriel(m.heures, "heure", "heures"),
            nombre(m.heures_requises),
            pluriel(m.heures_manquantes, "heure", "heures"),
        ),
        false => format!(
            "Les heures d’exercice en établissement ne sont pas dites : il en faut {}",
            nombre(m.heures_requises)
        ),
    };
    let mut phrase = format!(
        "{compte}, ou {} en zone sous-dotée ou très sous-dotée",
        pluriel(m.actes_manquants, "acte", "actes"),
    );
    if faits.categorie.is_some_and(Categorie::est_sous_dotee) {
        phrase.push_str(&format!(
            ", ou l’engagement d’exercer {duree} dans une telle zone."
        ));
    } else {
        phrase.push_str(&format!(
            ". L’engagement d’exercer {duree} en zone sous-dotée ou très sous-dotée n’ouvre pas cette zone-ci."
        ));
    }
    Ok(Some(phrase))
}

/// What lacks for a request to be granted, in the order of the rules; empty where nothing does.
///
/// # Errors
/// An impossible fact, or no parameter in force on `date`.
pub fn de_la_demande(
    reglement: &Reglement,
    date: NaiveDate,
    faits: &FaitsConventionnement,
    conclusion: &ConclusionConventionnement,
    lecteur: Lecteur,
) -> Result<Vec<String>, RegleError> {
    let mut phrases = Vec::new();
    match conclusion.resultat {
        R::HorsRegulation | R::AccordableSuccession | R::AccordableDerogation => {}
        R::Incomplet => {
            phrases.extend(inconnus(&conclusion.manquants, lecteur));
            let alternatives = ["heures_etablissement", "heures_clinicat", "engagement_zone"];
            if conclusion
                .manquants
                .iter()
                .any(|fait| alternatives.contains(&fait.as_str()))
            {
                phrases.extend(conditions(reglement, date, faits, lecteur)?);
            }
        }
        R::NonAccordable => match refus_des_conditions(conclusion) {
            true => phrases.extend(conditions(reglement, date, faits, lecteur)?),
            false => phrases.push(sans_voie(faits, lecteur)),
        },
    }
    Ok(phrases)
}

/// Whether the alternative conditions refuse: neither a succession nor a derogation was then looked at.
fn refus_des_conditions(conclusion: &ConclusionConventionnement) -> bool {
    let etapes = conclusion.explication.etapes();
    etapes.iter().all(|e| e.regle != "REG-1")
}

/// REG-1: neither a designated place nor a derogation.
fn sans_voie(faits: &FaitsConventionnement, lecteur: Lecteur) -> String {
    let place = faits.succession.as_ref().and_then(|s| s.place);
    let voies = match lecteur {
        Lecteur::Personne => {
            "succéder à un confrère qui cesse et qui vous désigne, ou obtenir une dérogation"
        }
        Lecteur::Agent => "une désignation par un confrère qui cesse, acceptée, ou une dérogation",
    };
    match place {
        Some(etat) => format!(
            "La place de cette succession est à l’état « {} » : il faut qu’elle soit désignée et acceptée, ou une dérogation.",
            etat.libelle()
        ),
        None => format!("Dans cette zone régulée, il faut {voies}."),
    }
}

/// What the check before sending says of a request: never a reason to hold it back.
///
/// # Errors
/// As [`de_la_demande`].
pub fn avant_d_envoyer(
    reglement: &Reglement,
    date: NaiveDate,
    nature: NatureDemande,
    faits: &FaitsConventionnement,
    conclusion: &ConclusionConventionnement,
) -> Result<Vec<String>, RegleError> {
    if conclusion.resultat == R::HorsRegulation && nature != NatureDemande::HorsRegulation {
        return Ok(vec![
            "La régulation ne s’applique pas à ce projet : ni succession ni dérogation n’y est nécessaire. Vous pouvez envoyer \
             cette demande telle quelle, ou choisir « Mon projet n’est pas soumis à la régulation »."
                .to_owned(),
        ]);
    }
    let mut phrases = de_la_demande(reglement, date, faits, conclusion, Lecteur::Personne)?;
    if conclusion.resultat == R::NonAccordable {
        phrases.insert(
            0,
            "D’après ce que vous avez indiqué, les règles ne permettraient pas d’accorder cette demande aujourd’hui. Vous pouvez \
             l’envoyer quand même : la caisse l’examinera et vous répondra."
                .to_owned(),
        );
    }
    Ok(phrases)
}

/// What the check before sending says of a departure: never a reason to hold it back.
///
/// # Errors
/// An impossible fact, or no parameter in force on `date`.
pub fn du_depart(
    reglement: &Reglement,
    date: NaiveDate,
    faits: &FaitsPlace,
) -> Result<Vec<String>, RegleError> {
    let Conclusion {
        resultat,
        valeurs,
        explication,
        ..
    } = place::evaluer(reglement, Some(date), faits)?;
    let sans_place = place::sans_place(&explication, date)
        .map_err(|e| RegleError::fait("cedant_par_derogation", e.to_string()))?;
    if let Some(phrase) = sans_place {
        return Ok(vec![format!(
            "{phrase} Vous pouvez envoyer votre déclaration : la caisse l’enregistrera."
        )]);
    }
    let seuil = reglement.entier("place.seuil_actes", date)?;
    Ok(match (resultat, faits.actes_12_mois) {
        (ResultatPlace::HorsRegulation, _) => vec![
            "Ce lieu n’est pas en zone régulée : votre départ n’y ouvre pas de place, et personne n’a besoin de vous succéder \
             pour s’y installer. Vous pouvez envoyer votre déclaration : la caisse l’enregistrera."
                .to_owned(),
        ],
        (ResultatPlace::AExaminer, Some(actes)) => vec![format!(
            "{} sur {} : il vous manque {} pour que votre départ ouvre une place. Vous pouvez envoyer votre déclaration : la \
             commission paritaire peut être d’avis que la place reste transmissible, par exemple après un arrêt de travail, une \
             maternité ou une retraite progressive. Joignez ce qui l’explique.",
            pluriel(actes, "acte", "actes"),
            nombre(seuil),
            pluriel(seuil - actes, "acte", "actes"),
        )],
        (ResultatPlace::Incomplet, None) => vec![format!(
            "Vous n’avez pas dit combien d’actes vous avez réalisés : la caisse les comptera. Il en faut {} pour que votre départ \
             ouvre une place.",
            nombre(seuil)
        )],
        (ResultatPlace::Caduque | ResultatPlace::AAttribuer, _) => valeurs
            .limite_designation
            .map(|limite| {
                format!(
                    "Le délai pour désigner un successeur s’est terminé le {} : votre départ ne pourra plus être transmis. Vous \
                     pouvez envoyer votre déclaration : la caisse l’enregistrera.",
                    dates_fr::longue(limite)
                )
            })
            .into_iter()
            .collect(),
        _ => Vec::new(),
    })
}
