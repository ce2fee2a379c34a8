//! `GET /aides`: every aid, searched and filtered; former values are kept and shown as such.

use std::collections::BTreeSet;

use askama::Template;
use chrono::NaiveDate;
use regles::droits::AIDES;
use regles::incitation::proposition::EtatAide;
use regles::incitation::{Aide, Payeur, Profession, ZoneAidee};
use regles::mots;
use regles::reglement::Reglement;
use regles::texte;
use serde::Deserialize;

use super::fondement;
use crate::actions::incitation::{catalogue, contenu, visible};
use crate::actions::{ActionError, ActionResult};
use crate::db::CpamScope;
use crate::db::incitation as stockees;
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::kit::requete::Requete;
use crate::web::page::{Largeur, Page};
use crate::web::ui::{Champ, Choix, Etat, Pastille};
use crate::web::visite::{Reponse, Visite};

/// What is searched and filtered.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filtre {
    q: String,
    profession: String,
    payeur: String,
    zone: String,
}

/// A value of an aid, of today or of before.
struct Valeur {
    /// «depuis le 26 août 2023», «remplacée le 26 août 2023».
    periode: String,
    montant: String,
    details: Vec<String>,
}

/// An aid.
struct Entree {
    code: String,
    nom: String,
    etat: Pastille,
    professions: String,
    payeurs: String,
    zone: String,
    valeur: Valeur,
    /// Whether its first day is known.
    datee: bool,
    anciennes: Vec<Valeur>,
    duree: Option<String>,
    conditions: Vec<String>,
    cumul: Option<String>,
    fondement: String,
    verifie_le: NaiveDate,
    simuler: bool,
    corriger: Option<String>,
}

/// A proposal to examine.
struct Attente {
    phrase: String,
    url: String,
}

#[derive(Template)]
#[template(path = "incitation/liste.html")]
struct ListePage {
    page: Page,
    champs: Vec<Champ>,
    filtree: bool,
    entrees: Vec<Entree>,
    attentes: Vec<Attente>,
    /// A profession without any aid.
    sans_aide: Option<&'static str>,
}

/// `GET /aides?q=&profession=&payeur=&zone=`
///
/// # Errors
/// The database does not answer, or a parameter is not in force.
pub async fn liste(visite: Visite, filtre: Requete<Filtre>) -> Reponse {
    let filtre = filtre.into_inner();
    let scope = visite
        .identite
        .as_ref()
        .filter(|qui| AIDES.permet(Some(qui.role)))
        .map(|qui| qui.scope());
    let tient = scope.clone();
    let (approuvees, proposees) = visite
        .read(move |conn| {
            let approuvees = stockees::approuvees(conn)?;
            let proposees = match tient {
                Some(_) => stockees::en_etat(conn, EtatAide::DEBUT)?,
                None => Vec::new(),
            };
            Ok::<_, ActionError>((approuvees, proposees))
        })
        .await?;
    // A caisse corrects what it added, the nation everything.
    let siennes: BTreeSet<String> = match &scope {
        Some(scope) => approuvees
            .iter()
            .filter(|s| visible(scope, s))
            .map(|s| s.code.clone())
            .collect(),
        None => BTreeSet::new(),
    };
    let nation = matches!(scope, Some(CpamScope::National));
    let corrigeable = |code: &str| nation || siennes.contains(code);
    let toutes = catalogue(approuvees)?;
    let (reglement, jour) = (visite.etat.reglement(), visite.aujourd_hui());
    let profession: Option<Profession> = filtre.profession.parse().ok();
    let mut entrees = Vec::new();
    let mut vues = BTreeSet::new();
    for aide in &toutes {
        if !vues.insert(aide.code.clone()) {
            continue;
        }
        let valeurs: Vec<&Aide> = toutes.iter().filter(|a| a.code == aide.code).collect();
        if let Some(entree) = entree(&valeurs, &reglement, jour, corrigeable(&aide.code))?
            && passe(&filtre, &valeurs)
        {
            entrees.push(entree);
        }
    }
    let attentes = match &scope {
        Some(scope) => proposees
            .iter()
            .filter(|s| visible(scope, s))
            .map(|s| {
                Ok(Attente {
                    phrase: format!("{}, à partir du {}", contenu(s)?.nom, texte::date_fr(s.du)),
                    url: format!("/aides/propositions/{}", s.id),
                })
            })
            .collect::<ActionResult<Vec<_>>>()?,
        None => Vec::new(),
    };
    let sans_aide = profession
        .filter(|p| !toutes.iter().any(|a| a.professions.contains(p)))
        .map(Profession::libelle);
    let mut page = visite
        .page("Les aides")
        .chapeau("Toutes les aides recensées, leurs montants, leurs conditions, ce qui les fonde, et le jour où elles ont été vérifiées.")
        .rubrique("/aides")
        .largeur(Largeur::Dossier);
    if scope.is_some() {
        page = page.action("Proposer une aide locale", "/aides/proposer");
    }
    visite.rendre(&ListePage {
        page,
        filtree: !(filtre.q.trim().is_empty()
            && filtre.profession.is_empty()
            && filtre.payeur.is_empty()
            && filtre.zone.is_empty()),
        champs: champs(&filtre),
        entrees,
        attentes,
        sans_aide,
    })
}

fn champs(filtre: &Filtre) -> Vec<Champ> {
    let avec = |tous: &str, choix: Vec<(&str, &str)>| {
        let mut proposes = vec![Choix::new("", tous)];
        proposes.extend(choix.into_iter().map(|(v, l)| Choix::new(v, l)));
        proposes
    };
    let professions = Profession::TOUS.iter().map(|p| (p.as_str(), p.libelle()));
    let payeurs = Payeur::TOUS.iter().map(|p| (p.as_str(), p.libelle()));
    let zones = ZoneAidee::TOUS.iter().map(|z| (z.as_str(), z.libelle()));
    vec![
        Champ::texte("q", "Chercher")
            .libre()
            .valeur(filtre.q.trim()),
        Champ::liste(
            "profession",
            "Profession",
            avec("Toutes", professions.collect()),
        )
        .libre()
        .valeur(&filtre.profession),
        Champ::liste("payeur", "Qui verse", avec("Tous", payeurs.collect()))
            .libre()
            .valeur(&filtre.payeur),
        Champ::liste("zone", "Zone", avec("Toutes", zones.collect()))
            .libre()
            .valeur(&filtre.zone),
    ]
}

/// Whether an aid answers what is asked: every word typed is found in what it says.
fn passe(filtre: &Filtre, valeurs: &[&Aide]) -> bool {
    let dedans = |cherche: &str, codes: Vec<&str>| cherche.is_empty() || codes.contains(&cherche);
    valeurs.iter().any(|a| {
        let dit = mots::fold(&format!(
            "{} {} {} {} {} {} {}",
            a.nom,
            a.sigle.as_deref().unwrap_or_default(),
            a.zone,
            a.montant,
            a.conditions.join(" "),
            a.professions
                .iter()
                .map(|p| p.libelle())
                .collect::<Vec<_>>()
                .join(" "),
            a.payeurs
                .iter()
                .map(|p| p.libelle())
                .collect::<Vec<_>>()
                .join(" "),
        ));
        let cherche = mots::fold(&filtre.q);
        dedans(
            &filtre.profession,
            a.professions.iter().map(|p| p.as_str()).collect(),
        ) && dedans(
            &filtre.payeur,
            a.payeurs.iter().map(|p| p.as_str()).collect(),
        ) && dedans(&filtre.zone, a.zones.iter().map(|z| z.as_str()).collect())
            && cherche.split_whitespace().all(|mot| dit.contains(mot))
    })
}

/// The entry of an aid, from its values; none when it has none.
fn entree(
    valeurs: &[&Aide],
    reglement: &Reglement,
    jour: NaiveDate,
    corrigeable: bool,
) -> Result<Option<Entree>, WebError> {
    // The one of today, or the next, or the last that was.
    let Some(aide) = valeurs
        .iter()
        .find(|a| a.en_vigueur(jour))
        .or_else(|| valeurs.iter().find(|a| !a.ancienne(jour)))
        .or_else(|| valeurs.last())
    else {
        return Ok(None);
    };
    let anciennes = valeurs
        .iter()
        .filter(|a| a.ancienne(jour))
        .map(|a| valeur(a, reglement, jour))
        .collect::<Result<Vec<_>, _>>()?;
    let libelles = |mots: Vec<&'static str>| mots.join(", ");
    Ok(Some(Entree {
        code: aide.code.clone(),
        nom: match &aide.sigle {
            Some(sigle) => format!("{} ({sigle})", aide.nom),
            None => aide.nom.clone(),
        },
        etat: etat(aide, jour),
        professions: libelles(aide.professions.iter().map(|p| p.libelle()).collect()),
        payeurs: libelles(aide.payeurs.iter().map(|p| p.libelle()).collect()),
        zone: aide.zone.clone(),
        valeur: valeur(aide, reglement, jour)?,
        datee: aide.du.is_some() || aide.au.is_some(),
        anciennes,
        duree: aide.duree.clone(),
        conditions: aide.conditions.clone(),
        cumul: aide.cumul.clone(),
        fondement: fondement(aide),
        verifie_le: aide.verifie_le,
        simuler: aide.professions.contains(&Profession::Kine)
            && aide.parametres.is_some()
            && aide.ouvert,
        corriger: corrigeable.then(|| format!("/aides/{}/corriger", aide.code)),
    }))
}

fn etat(aide: &Aide, jour: NaiveDate) -> Pastille {
    if !aide.ouvert || aide.ancienne(jour) {
        Pastille::new(Etat::Neutre, "Fermée aux nouvelles demandes")
    } else if aide.en_vigueur(jour) {
        Pastille::new(Etat::Fait, "Ouverte")
    } else {
        Pastille::new(Etat::EnCours, "À venir")
    }
}

fn valeur(aide: &Aide, reglement: &Reglement, jour: NaiveDate) -> Result<Valeur, WebError> {
    let montants = aide.montants(reglement, jour).map_err(WebError::interne)?;
    let periode = match (aide.du, aide.au) {
        (Some(du), None) => format!("depuis le {}", texte::date_fr(du)),
        (Some(du), Some(au)) => format!("du {} au {}", texte::date_fr(du), texte::date_fr(au)),
        (None, Some(au)) => format!(
            "remplacée le {}",
            texte::date_fr(au.succ_opt().unwrap_or(au))
        ),
        (None, None) => "date de début non lue dans les sources".to_owned(),
    };
    Ok(Valeur {
        periode: match aide.du.is_some_and(|du| du > jour) {
            true => {
                periode
                    .replacen("depuis", "à partir", 1)
                    .replacen("à partir le", "à partir du", 1)
            }
            false => periode,
        },
        montant: montants.total,
        details: montants.details,
    })
}
