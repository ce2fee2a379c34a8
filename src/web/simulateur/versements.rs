//! What a contract pays, year by year, with how each amount is computed, and what would make it whole.

use chrono::{Datelike, NaiveDate};
use regles::contrat::TypeContrat;
use regles::decimale::Decimale;
use regles::montant::Montant;
use regles::simulation::{Annee, ContratSimule};
use regles::texte;

use super::mots;
use crate::web::erreur::WebError;
use crate::web::ui::PourquoiVue;
use crate::web::vues::pourquoi;

/// A row: what it is for, when it is paid, how much, and what is not.
pub struct Ligne {
    /// «Première année».
    pub annee: String,
    /// «du 1er mars 2027 au 29 février 2028», or «2028».
    pub periode: String,
    /// Whether it is a civil year.
    pub civile: bool,
    /// «2 400 actes».
    pub actes: Option<String>,
    /// «au plus tard le lundi 30 avril 2029 (inclus)».
    pub verse: String,
    /// «7 200,00 €»; what the schedule holds where what is expected does not say.
    pub montant: String,
    /// Whether the amount is only what the schedule holds.
    pub au_plus: bool,
    /// «1 800,00 €», or nothing.
    pub perdu: Option<String>,
    /// Whether what is lost was paid first, and is to be given back.
    pub a_rendre: bool,
}

/// How an amount is computed.
pub struct Calcul {
    /// «Deuxième année, 7 200,00 €».
    pub titre: String,
    /// «9 000,00 € × 2 400 / 3 000 = 7 200,00 €».
    pub phrases: Vec<String>,
    /// Its conditions.
    pub pourquoi: PourquoiVue,
}

/// The schedule of a contract.
pub struct Versements {
    /// Its rows.
    pub lignes: Vec<Ligne>,
    /// What the rows add up to.
    pub total: String,
    /// What the whole schedule adds up to.
    pub possible: String,
    /// What of it is not paid.
    pub perdu: Option<String>,
    /// Whether the total is only what the schedule holds.
    pub au_plus: bool,
    /// What is to be known of its periods.
    pub notes: Vec<String>,
    /// How each amount is computed.
    pub calculs: Vec<Calcul>,
}

/// What is paid, and how each amount comes.
///
/// # Errors
/// The texts that found the rules do not read, or a sum does not fit.
pub fn versements(
    simule: &ContratSimule,
    signature: NaiveDate,
    supposee: bool,
    part: Option<Decimale>,
) -> Result<Versements, WebError> {
    let mut calculs = Vec::with_capacity(simule.annees.len());
    for annee in &simule.annees {
        calculs.push(calcul(annee, part)?);
    }
    let perdu = match simule.prevu {
        Some(prevu) => Some(simule.possible.moins(prevu).map_err(WebError::interne)?),
        None => None,
    };
    Ok(Versements {
        lignes: simule
            .annees
            .iter()
            .map(|a| ligne(a, simule.contrat, signature, supposee))
            .collect(),
        total: simule.prevu.unwrap_or(simule.possible).to_string(),
        possible: simule.possible.to_string(),
        perdu: perdu.filter(|p| *p > Montant::ZERO).map(|p| p.to_string()),
        au_plus: simule.prevu.is_none(),
        notes: notes(simule),
        calculs,
    })
}

fn ligne(annee: &Annee, contrat: TypeContrat, signature: NaiveDate, supposee: bool) -> Ligne {
    let (du, au) = annee.periode;
    let civile = du.ordinal() == 1 && au.month() == 12 && au.day() == 31;
    let perdu = annee.perdu().filter(|p| *p > Montant::ZERO);
    let signee = texte::date_fr(signature);
    Ligne {
        annee: mots::rang(annee.rang),
        civile,
        periode: if civile {
            du.year().to_string()
        } else {
            format!("du {} au {}", texte::date_fr(du), texte::date_fr(au))
        },
        actes: annee
            .actes
            .filter(|_| contrat.a_plancher_d_actes())
            .map(|n| texte::pluriel(n, "acte", "actes")),
        verse: match annee.versement.valeurs.payable_avant {
            Some(jour) => texte::au_plus_tard(jour),
            None if supposee => format!("à la signature ; si elle avait lieu le {signee}"),
            None => format!("à la signature, prévue le {signee}"),
        },
        montant: annee.prevu().unwrap_or(annee.possible()).to_string(),
        au_plus: annee.prevu().is_none(),
        perdu: perdu.map(|p| p.to_string()),
        a_rendre: annee.rang == 1,
    }
}

/// The first year runs over two civil years: what counts twice is said.
fn notes(simule: &ContratSimule) -> Vec<String> {
    let mut notes = Vec::new();
    let [premiere, deuxieme, ..] = simule.annees.as_slice() else {
        return notes;
    };
    let ((du, au), (debut, _)) = (premiere.periode, deuxieme.periode);
    if au.year() > du.year() {
        notes.push(format!(
            "La première année dure douze mois à partir de la signature, du {} au {} ; les suivantes sont des années civiles. \
             Les actes du {} au {} comptent donc pour la première et pour la deuxième.",
            texte::date_fr(du),
            texte::date_fr(au),
            texte::date_fr(debut),
            texte::date_fr(au)
        ));
    }
    notes.push(format!(
        "Le contrat court du {} au {} (inclus).",
        texte::date_fr(premiere.periode.0),
        texte::date_fr(simule.fin.pred_opt().unwrap_or(simule.fin))
    ));
    notes
}

fn calcul(annee: &Annee, part: Option<Decimale>) -> Result<Calcul, WebError> {
    let montant = annee.prevu().unwrap_or(annee.possible());
    let titre = match annee.prevu() {
        Some(_) => format!("{}, {montant}", mots::rang(annee.rang)),
        None => format!("{}, jusqu’à {montant}", mots::rang(annee.rang)),
    };
    Ok(Calcul {
        phrases: phrases(annee, part),
        pourquoi: pourquoi(
            texte::minuscule_initiale(&titre),
            &annee.versement.explication,
        )?,
        titre,
    })
}

/// The computation, as one would write it.
fn phrases(annee: &Annee, part: Option<Decimale>) -> Vec<String> {
    let (possible, mut phrases) = (annee.possible(), Vec::new());
    let Some(du) = annee.prevu() else {
        let phrase = match annee.versement.manquants.first().map(String::as_str) {
            Some("actes") => {
                format!("{possible} prévus. Le nombre d’actes de l’année dira ce qui est dû.")
            }
            _ => format!(
                "{possible} prévus. La part de votre activité dans la zone dira ce qui est dû."
            ),
        };
        return vec![phrase];
    };
    let actes = annee.actes.zip(annee.bareme.as_ref());
    let selon_les_actes = actes.and_then(|(n, b)| b.pour(n));
    // What the acts leave, then what the share takes away.
    match actes {
        Some((n, bareme)) if n < bareme.plancher => phrases.push(format!(
            "{}, moins de {} : {}.",
            texte::pluriel(n, "acte", "actes"),
            texte::nombre(bareme.plancher),
            bareme.sous_le_plancher()
        )),
        Some((n, bareme)) if n < bareme.plein => phrases.push(format!(
            "{possible} × {} / {} = {}.",
            texte::nombre(n),
            texte::nombre(bareme.plein),
            selon_les_actes.unwrap_or(du)
        )),
        Some((n, bareme)) => phrases.push(format!(
            "{}, au moins {} : {possible} en entier.",
            texte::pluriel(n, "acte", "actes"),
            texte::nombre(bareme.plein)
        )),
        None => phrases.push(format!("{possible} prévus.")),
    }
    if selon_les_actes.unwrap_or(possible) > du
        && let Some(part) = part
    {
        phrases.push(format!(
            "{} % de l’activité dans la zone, ce n’est pas assez : {du} pour l’année.",
            part.to_string().replace('.', ",")
        ));
    }
    if annee.rang == 1
        && let Some(indu) = annee.versement.valeurs.indu.filter(|i| *i > Montant::ZERO)
    {
        phrases.push(format!(
            "{possible} sont versés à la signature ; {possible} − {du} = {indu} sont à rendre, d’abord sur les versements suivants."
        ));
    }
    phrases
}

/// What would make the sum whole: what to do, then what it gives.
pub fn restes(simule: &ContratSimule) -> Vec<(String, String)> {
    let mut restes: Vec<(i64, Vec<String>, Montant)> = Vec::new();
    let mut hors_zone = Montant::ZERO;
    for annee in &simule.annees {
        let (Some(actes), Some(bareme)) = (annee.actes, annee.bareme.as_ref()) else {
            hors_zone = ajouter(hors_zone, annee.perdu());
            continue;
        };
        let selon_les_actes = bareme.pour(actes).unwrap_or(Montant::ZERO);
        let manque = annee
            .possible()
            .moins(selon_les_actes)
            .unwrap_or(Montant::ZERO);
        // What the share takes away is what the acts would have left.
        let pris = annee.prevu().and_then(|du| selon_les_actes.moins(du).ok());
        hors_zone = ajouter(hors_zone, pris);
        if manque == Montant::ZERO {
            continue;
        }
        let de_plus = bareme.plein - actes;
        let nom = format!("la {}", texte::minuscule_initiale(&mots::rang(annee.rang)));
        match restes.iter_mut().find(|(n, _, _)| *n == de_plus) {
            Some((_, annees, somme)) => {
                annees.push(nom);
                *somme = ajouter(*somme, Some(manque));
            }
            None => restes.push((de_plus, vec![nom], manque)),
        }
    }
    let mut dits: Vec<(String, String)> = restes
        .into_iter()
        .map(|(n, annees, somme)| {
            let par_an = if annees.len() > 1 { ", chacune" } else { "" };
            (
                format!(
                    "{} de plus {}{par_an}",
                    texte::pluriel(n, "acte", "actes"),
                    texte::enumerees(&annees)
                ),
                format!("vous rendraient {somme}"),
            )
        })
        .collect();
    if hors_zone > Montant::ZERO {
        dits.push((
            "La moitié au moins de votre activité dans la zone".to_owned(),
            format!("vous rendrait {hors_zone}"),
        ));
    }
    dits
}

fn ajouter(somme: Montant, autre: Option<Montant>) -> Montant {
    // A schedule is far below what an amount holds.
    autre.and_then(|m| somme.plus(m).ok()).unwrap_or(somme)
}
