//! What the simulator says of the aids whose zone is not known here: those of the other professions, and the local ones.

use chrono::NaiveDate;
use regles::incitation::{Aide, NatureAide, Profession, ZoneAidee};
use regles::reglement::Reglement;
use regles::texte;

use super::mots::Verdict;
use crate::web::erreur::WebError;
use crate::web::ui::Etat;
use crate::web::visite::Visite;

/// An aid, with what decides whether it is open.
pub struct AideDite {
    /// What is known of it.
    pub verdict: Verdict,
    /// «Contrat d’aide à l’installation des médecins (CAIM)».
    pub nom: String,
    /// How much.
    pub montant: String,
    /// More about how much, for how long.
    pub details: Vec<String>,
    /// On what conditions.
    pub conditions: Vec<String>,
    /// What decides.
    pub decide: String,
    /// What it may not be combined with.
    pub cumul: Option<String>,
    /// The text that founds it.
    pub fondement: String,
    /// When its figures were verified; where they were read stays in the data.
    pub verifie_le: NaiveDate,
}

impl AideDite {
    /// How much, after a colon.
    pub fn montant_bas(&self) -> String {
        texte::minuscule_initiale(&self.montant)
    }
}

/// The aids of another profession.
pub struct AutreProfession {
    /// Which.
    pub profession: Profession,
    /// Its aids.
    pub aides: Vec<AideDite>,
}

impl AutreProfession {
    /// Those of the catalogue on the day of the visit, without the local ones.
    ///
    /// # Errors
    /// A parameter that is not in force.
    pub fn nouvelle(
        catalogue: &[Aide],
        profession: Profession,
        visite: &Visite,
    ) -> Result<AutreProfession, WebError> {
        let (reglement, jour) = (visite.etat.reglement(), visite.aujourd_hui());
        let siennes = catalogue.iter().filter(|a| {
            a.professions.contains(&profession)
                && a.nature != NatureAide::Locale
                && a.ouvert
                && a.en_vigueur(jour)
        });
        let aides = siennes
            .map(|a| dire(a, &reglement, jour))
            .collect::<Result<_, _>>()?;
        Ok(AutreProfession { profession, aides })
    }
}

/// The local aids of a profession in a département.
///
/// # Errors
/// A parameter that is not in force.
pub fn locales(
    catalogue: &[Aide],
    profession: Profession,
    departement: &str,
    visite: &Visite,
) -> Result<Vec<AideDite>, WebError> {
    let (reglement, jour) = (visite.etat.reglement(), visite.aujourd_hui());
    let siennes = catalogue.iter().filter(|a| {
        let locale = matches!(a.nature, NatureAide::Locale | NatureAide::Impot);
        // Those of the other professions are told among their own.
        let ailleurs = a.nature == NatureAide::Impot && profession != Profession::Kine;
        locale
            && !ailleurs
            && a.professions.contains(&profession)
            && a.ouvert
            && a.en_vigueur(jour)
            && a.donnee_dans(departement)
    });
    siennes.map(|a| dire(a, &reglement, jour)).collect()
}

fn dire(aide: &Aide, reglement: &Reglement, jour: NaiveDate) -> Result<AideDite, WebError> {
    let montants = aide.montants(reglement, jour).map_err(WebError::interne)?;
    let mut details = montants.details;
    details.extend(
        aide.duree
            .iter()
            .map(|d| format!("Durée : {}", texte::minuscule_initiale(d))),
    );
    let decide = if aide.zones.contains(&ZoneAidee::Fragile)
        || aide.zones.contains(&ZoneAidee::Profession)
    {
        "Zonage de votre profession : il n’est pas connu ici. L’agence régionale de santé et votre caisse disent si cette commune y ouvre droit."
    } else {
        "Ce qui est ouvert dépend de la commune : la collectivité, ou le service des impôts, le dit."
    };
    Ok(AideDite {
        verdict: Verdict::new("À vérifier", Etat::AFaire),
        nom: match &aide.sigle {
            Some(sigle) => format!("{} ({sigle})", aide.nom),
            None => aide.nom.clone(),
        },
        montant: montants.total,
        details,
        conditions: aide.conditions.clone(),
        decide: decide.to_owned(),
        cumul: aide.cumul.clone(),
        fondement: crate::web::incitation::fondement(aide),
        verifie_le: aide.verifie_le,
    })
}
