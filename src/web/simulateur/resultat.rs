//! The answer of the simulator for a masseur-kinésithérapeute: the sum first, then when, why, what would be lost, what else.

use chrono::{Datelike, NaiveDate};
use regles::contrat::{ResultatCalcul, TypeContrat};
use regles::eligibilite::{Mode, ResultatEligibilite};
use regles::montant::Montant;
use regles::reglement::Reglement;
use regles::simulation::{self, ContratSimule, Projet};
use regles::stage::FaitsStage;
use regles::texte;

use super::autres::{AutreAide, autre_contrat, stagiaire};
use super::conditions::{ConditionDite, conditions};
use super::courbe::Courbe;
use super::mots;
use super::versements::{self, Versements};
use crate::web::erreur::WebError;
use crate::web::ui::{Etat, Pastille, PourquoiVue};
use crate::web::vues::pourquoi;

/// The answer.
pub struct Resultat {
    /// Whether the best contract is open.
    pub pastille: Pastille,
    /// «47 200,00 €»; nothing where no contract is open.
    pub somme: Option<String>,
    /// Whether the sum is only what the contract may give.
    pub au_plus: bool,
    /// When, in a sentence.
    pub detail: String,
    /// What would make it whole.
    pub restes: Vec<(String, String)>,
    /// What it may give at most, where something is missing.
    pub plafond: Option<String>,
    /// The schedule.
    pub versements: Option<Versements>,
    /// What each act changes.
    pub courbes: Vec<Courbe>,
    /// What would lose money: when, then how much.
    pub perdre: Vec<(String, String)>,
    /// The conditions of the contract.
    pub conditions: Vec<ConditionDite>,
    /// The same, with what founds them.
    pub pourquoi: PourquoiVue,
    /// The other aids.
    pub autres: Vec<AutreAide>,
}

/// What was asked, and where.
pub struct Question<'a> {
    /// The dated parameters.
    pub reglement: &'a Reglement,
    /// The project.
    pub projet: &'a Projet,
    /// A trainee.
    pub stage: Option<FaitsStage>,
    /// The day of the signature, and whether nobody said it.
    pub signature: (NaiveDate, bool),
    /// Name of the commune.
    pub lieu: &'a str,
}

impl Question<'_> {
    /// How the reader settles.
    pub fn mode(&self) -> Option<Mode> {
        self.projet.candidat.mode
    }
}

/// The answer to a project.
///
/// # Errors
/// An impossible fact: the error names it as the rules do.
pub fn repondre(q: &Question<'_>) -> Result<Resultat, WebError> {
    let simules =
        simulation::simuler(q.reglement, q.projet, q.signature.0).map_err(WebError::interne)?;
    let (retenu, reste) = simules
        .split_first()
        .ok_or_else(|| WebError::interne("no contract was simulated"))?;
    // Where none is open, the contract that answers the project is the one to explain.
    let vise = if retenu.reste_possible() {
        retenu
    } else {
        simules
            .iter()
            .find(|s| !echoue(s, "mode"))
            .unwrap_or(retenu)
    };
    let mut autres = Vec::new();
    for autre in simules.iter().filter(|s| s.contrat != vise.contrat) {
        autres.push(autre_contrat(q, vise, autre)?);
    }
    autres.push(stagiaire(q, vise)?);
    let indecis = q.mode().is_none() && reste.iter().any(ContratSimule::reste_possible);
    let ouvert = vise.reste_possible();
    Ok(Resultat {
        pastille: pastille(vise, indecis),
        somme: ouvert.then(|| vise.prevu.unwrap_or(vise.possible).to_string()),
        au_plus: vise.prevu.is_none(),
        detail: detail(q, vise, indecis),
        restes: if ouvert {
            versements::restes(vise)
        } else {
            Vec::new()
        },
        plafond: vise
            .prevu
            .filter(|prevu| *prevu < vise.possible)
            .map(|_| vise.possible.to_string()),
        versements: match ouvert {
            true => Some(verses(q, vise)?),
            false => None,
        },
        courbes: if ouvert { courbes(vise) } else { Vec::new() },
        perdre: match ouvert {
            true => perdre(q, vise)?,
            false => Vec::new(),
        },
        conditions: conditions(q, vise)?,
        pourquoi: pourquoi(
            texte::minuscule_initiale(mots::nom(vise.contrat)),
            &vise.eligibilite.explication,
        )?,
        autres,
    })
}

/// The schedule; CTR-3: what a former CAIMK paid is deducted from a CACCMK.
fn verses(q: &Question<'_>, vise: &ContratSimule) -> Result<Versements, WebError> {
    let (signature, supposee) = q.signature;
    let mut verses = versements::versements(vise, signature, supposee, q.projet.part_zone_pct)?;
    let anciens = q.projet.candidat.contrats.iter().flatten();
    let caimk = anciens
        .filter_map(|c| c.contrat)
        .any(|c| c == TypeContrat::Caimk);
    let deduction = q
        .reglement
        .oui("ctr.deduction_caimk", signature)
        .map_err(WebError::interne)?;
    if caimk && deduction && vise.contrat == TypeContrat::Caccmk {
        let note = "Ce que votre contrat d’installation (CAIMK) a versé se déduit de ces versements, en commençant par le premier.";
        verses.notes.push(note.to_owned());
    }
    Ok(verses)
}

fn echoue(simule: &ContratSimule, fait: &str) -> bool {
    let mut echecs = simule.eligibilite.explication.non_remplies();
    echecs.any(|e| e.fait == fait)
}

fn pastille(vise: &ContratSimule, indecis: bool) -> Pastille {
    let nom = format!("{} ({})", mots::nom(vise.contrat), vise.contrat.libelle());
    match vise.eligibilite.resultat {
        ResultatEligibilite::Eligible => {
            Pastille::new(Etat::Fait, format!("{nom} : ouvert pour vous"))
        }
        ResultatEligibilite::Incomplet if indecis => {
            Pastille::new(Etat::AFaire, "Un contrat est possible : dites votre projet")
        }
        ResultatEligibilite::Incomplet
            if vise.inconnues().all(|e| mots::est_de_l_equipement(&e.fait)) =>
        {
            Pastille::new(
                Etat::AFaire,
                format!("{nom} : ouvert, si votre équipement convient"),
            )
        }
        ResultatEligibilite::Incomplet => {
            Pastille::new(Etat::AFaire, format!("{nom} : possible, à vérifier"))
        }
        ResultatEligibilite::NonEligible => {
            Pastille::new(Etat::Neutre, "Aucun contrat ouvert avec ces réponses")
        }
    }
}

fn detail(q: &Question<'_>, vise: &ContratSimule, indecis: bool) -> String {
    if !vise.reste_possible() {
        let raisons: Vec<String> = vise
            .eligibilite
            .explication
            .non_remplies()
            .filter(|e| e.fait != "installation_le" || !e.libelle.starts_with("Installé"))
            .map(|e| mots::condition(e, q.lieu, q.mode()))
            .collect();
        return format!("{}.", raisons.join(" ; "));
    }
    let derniere = vise
        .annees
        .last()
        .and_then(|a| a.versement.valeurs.payable_avant)
        .unwrap_or(vise.fin);
    let quand = format!(
        "en {} versements, de {} à {}",
        mots::compte(vise.annees.len()),
        mots::mois(q.signature.0),
        mots::mois(derniere)
    );
    match (vise.prevu, indecis) {
        (Some(_), _) => format!("{quand}, avec les chiffres que vous prévoyez."),
        (None, true) => {
            format!(
                "{quand}, pour qui crée ou reprend un cabinet. Dites votre projet, vos actes et votre part d’activité dans la zone pour avoir la somme."
            )
        }
        (None, false) if vise.contrat.a_plancher_d_actes() => {
            format!(
                "{quand}. Dites vos actes et votre part d’activité dans la zone pour avoir la somme."
            )
        }
        (None, false) => {
            format!("{quand}. Dites votre part d’activité dans la zone pour avoir la somme.")
        }
    }
}

fn courbes(vise: &ContratSimule) -> Vec<Courbe> {
    let Some((premiere, suivantes)) = vise.annees.split_first() else {
        return Vec::new();
    };
    let maximum = vise.annees.iter().map(Courbe::besoin).max().unwrap_or(0);
    let suivantes: Vec<_> = suivantes.iter().collect();
    let colonnes = suivantes
        .iter()
        .map(|a| a.periode.0.year().to_string())
        .collect();
    let seule = vec!["Versé".to_owned()];
    let courbes = [
        Courbe::nouvelle("Première année", &[premiere], seule, maximum),
        Courbe::nouvelle("Deuxième année", &suivantes, colonnes, maximum),
    ];
    courbes.into_iter().flatten().collect()
}

/// What would lose money, from the steps of the years, the share of the zone, and an early departure.
fn perdre(q: &Question<'_>, vise: &ContratSimule) -> Result<Vec<(String, String)>, WebError> {
    let mut pertes = Vec::new();
    for annee in vise.annees.iter().take(2) {
        let Some(bareme) = &annee.bareme else {
            continue;
        };
        let (plein, plancher) = (texte::nombre(bareme.plein), texte::nombre(bareme.plancher));
        let tout = bareme.sous_le_plancher() == Montant::ZERO;
        pertes.push(match (annee.rang, tout) {
            (1, true) => (
                format!("Moins de {plein} actes la première année :"),
                format!(
                    "une part des {} est à rendre. Moins de {plancher} : tout.",
                    annee.possible()
                ),
            ),
            (1, false) => (
                format!("Moins de {plein} actes la première année :"),
                format!("une part des {} est à rendre.", annee.possible()),
            ),
            (_, true) => (
                format!("Moins de {plein} actes ensuite :"),
                format!("le versement baisse d’autant. Moins de {plancher} : rien cette année-là."),
            ),
            (_, false) => (
                format!("Moins de {plein} actes ensuite :"),
                "le versement baisse d’autant.".to_owned(),
            ),
        });
    }
    let minimum = q
        .reglement
        .entier("contrat.part_zone_min", q.signature.0)
        .map_err(WebError::interne)?;
    pertes.push((
        format!("Moins de {minimum} % de l’activité dans la zone :"),
        "rien pour l’année, après que vous avez pu répondre.".to_owned(),
    ));
    let depart = &vise.depart;
    let duree = vise.fin.year() - q.signature.0.year();
    let mut phrase = "la somme reçue se rend au prorata des jours restants, sauf motif reconnu (santé d’un proche, mutation de la personne \
                      avec qui vous vivez, incapacité…)."
        .to_owned();
    let valeurs = &depart.restitution.valeurs;
    if let (ResultatCalcul::Calcule, Some(somme), Some(restants), Some(total)) = (
        depart.restitution.resultat,
        valeurs.a_restituer,
        valeurs.jours_restants,
        valeurs.jours_total,
    ) {
        phrase.push_str(&format!(
            " Par exemple, partir le {} après avoir reçu {} : {somme} à rendre ({} × {} / {}).",
            texte::date_fr(depart.le),
            depart.percu,
            depart.percu,
            texte::pluriel(restants, "jour restant", "jours restants"),
            texte::nombre(total),
        ));
    }
    pertes.push((format!("Partir avant {duree} ans :"), phrase));
    Ok(pertes)
}
