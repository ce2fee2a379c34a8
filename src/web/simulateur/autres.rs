//! The aids beside the contract that answers the project: what is not open and why, what may come later, what adds to it.

use chrono::Datelike;
use regles::contrat::TypeContrat;
use regles::decimale::Decimale;
use regles::simulation::ContratSimule;
use regles::stage;
use regles::texte;

use super::mots::{self, Verdict};
use super::resultat::Question;
use crate::web::erreur::WebError;
use crate::web::ui::{Etat, PourquoiVue};
use crate::web::vues::pourquoi;
use regles::regle::Constat;

/// Another aid: whether it is open, and why.
pub struct AutreAide {
    /// Its word: «Non», «Plus tard», «En plus».
    pub verdict: Verdict,
    /// «Contrat de maintien (CAMMK), 12 000,00 €.»
    pub titre: String,
    /// Why.
    pub phrase: String,
    /// Its conditions.
    pub pourquoi: PourquoiVue,
}

/// Another contract: why not, or when.
///
/// # Errors
/// The texts that found the rules do not read.
pub fn autre_contrat(
    q: &Question<'_>,
    vise: &ContratSimule,
    autre: &ContratSimule,
) -> Result<AutreAide, WebError> {
    let nom = format!("{} ({})", mots::nom(autre.contrat), autre.contrat.libelle());
    let (verdict, phrase) = if autre.reste_possible() {
        (
            Verdict::new("Ou bien", Etat::EnCours),
            format!(
                "Si {}. Un seul contrat à la fois.",
                mots::si_vous(autre.contrat)
            ),
        )
    } else if autre.contrat == TypeContrat::Cammk
        && vise.reste_possible()
        && autre.repond_a_un_autre_projet()
    {
        (
            Verdict::new("Plus tard", Etat::EnCours),
            format!("Possible à la fin de ce contrat, en {}.", vise.fin.year()),
        )
    } else {
        let raison = autre.eligibilite.explication.non_remplies().next();
        let raison = raison.map(|e| mots::condition(e, q.lieu, q.mode()));
        (
            Verdict::new("Non", Etat::Neutre),
            format!(
                "{}. Un seul contrat à la fois.",
                raison.unwrap_or_else(|| "Une condition manque".to_owned())
            ),
        )
    };
    Ok(AutreAide {
        verdict,
        titre: format!("{nom}, {}.", autre.possible),
        phrase,
        pourquoi: pourquoi(
            texte::minuscule_initiale(mots::nom(autre.contrat)),
            &autre.eligibilite.explication,
        )?,
    })
}

/// CTR-9: the trainee, which adds to a contract.
///
/// # Errors
/// An impossible fact, or no parameter in force.
pub fn stagiaire(q: &Question<'_>, vise: &ContratSimule) -> Result<AutreAide, WebError> {
    let jour = q.signature.0;
    let faits = q.stage.clone().unwrap_or_default();
    let calcul = stage::evaluer(q.reglement, Some(jour), &faits).map_err(WebError::interne)?;
    let mensuel = q
        .reglement
        .montant("stage.mensuel", jour)
        .map_err(WebError::interne)?;
    let verdict = match vise.reste_possible() {
        true => Verdict::new("En plus", Etat::Fait),
        false => Verdict::de(Constat::Inconnu),
    };
    let ensuite = match vise.reste_possible() {
        true => "Se cumule avec le contrat.",
        false => "La caisse dit si elle est ouverte sans contrat.",
    };
    let (titre, phrase) = match (calcul.valeurs.du, q.stage.as_ref()) {
        (Some(du), _) => (
            format!("Accueil d’un stagiaire, {du}."),
            format!(
                "{mensuel} × {} mois × {} %. {ensuite}",
                dit(faits.mois),
                dit(faits.quotite_pct)
            ),
        ),
        (None, _) => (
            format!("Accueil d’un stagiaire, {mensuel} par mois."),
            format!("À temps plein, en quatrième ou cinquième année d’études. {ensuite}"),
        ),
    };
    Ok(AutreAide {
        verdict,
        titre,
        phrase,
        pourquoi: pourquoi("l’accueil d’un stagiaire", &calcul.explication)?,
    })
}

fn dit(quantite: Option<Decimale>) -> String {
    quantite.map_or_else(String::new, |q| q.to_string().replace('.', ","))
}
