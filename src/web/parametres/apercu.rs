//! What a new value would change, as a block of a page.

use actix_web::web;
use askama::Template;

use crate::actions::parametre::apercu::{Apercu, Changement, Comptes, LISTE, Nature, apercu};
use crate::domain::parametre::Parametre;
use crate::texte;
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::ui::composant;
use crate::web::visite::Visite;

struct Caisse {
    nom: String,
    url: Option<String>,
    active: bool,
    comptes: Comptes,
}

struct Ligne {
    objet: String,
    url: String,
    personne: String,
    caisse: String,
    avant: String,
    apres: String,
}

/// The block: what was evaluated, what changes by CPAM, and the list.
#[derive(Template)]
#[template(path = "parametres/apercu.html")]
pub(super) struct ApercuVue {
    phrase: String,
    caisses: Vec<Caisse>,
    lignes: Vec<Ligne>,
    reste: Option<String>,
    toutes: Option<String>,
}

composant!(ApercuVue);

/// Evaluates the open files under the present values and the new one, off the async threads.
/// `chemin`: the page that lists one CPAM with `?caisse=`, when there is one.
///
/// # Errors
/// The database does not answer.
pub(super) async fn calculer(
    visite: &Visite,
    nouveau: &Parametre,
    caisse: Option<&str>,
    chemin: Option<&str>,
) -> Result<ApercuVue, WebError> {
    let (db, actuel, valeur) = (
        visite.etat.db.clone(),
        visite.etat.reglement(),
        nouveau.clone(),
    );
    let demandee = caisse.map(str::to_owned);
    let lu = web::block(move || apercu(&db, &actuel, &valeur, demandee.as_deref())).await??;
    Ok(vue(nouveau, &lu, caisse, chemin))
}

fn vue(nouveau: &Parametre, lu: &Apercu, caisse: Option<&str>, chemin: Option<&str>) -> ApercuVue {
    let total = lu.changes.total();
    let examines = format!(
        "{}, {} et {} évalués au {}",
        texte::pluriel(
            lu.examines.demandes,
            "demande en cours",
            "demandes en cours"
        ),
        texte::pluriel(lu.examines.places, "place ouverte", "places ouvertes"),
        texte::pluriel(
            lu.examines.departs,
            "départ à confirmer",
            "départs à confirmer"
        ),
        texte::date_fr(nouveau.du)
    );
    let phrase = match total {
        0 => format!("{examines} : aucun résultat ne change."),
        _ => format!(
            "{examines} : {}.",
            texte::pluriel(total, "résultat change", "résultats changent")
        ),
    };
    let attendues = caisse.map_or(total, |code| {
        lu.par_caisse.get(code).map_or(0, |(_, c)| c.total())
    });
    let montrees = i64::try_from(lu.liste.len()).unwrap_or(i64::MAX);
    let reste = (attendues > montrees).then(|| {
        format!(
            "Les {LISTE} premiers sont montrés ; {} de plus {} compté{} ci-dessus.",
            texte::nombre(attendues - montrees),
            if attendues - montrees > 1 {
                "sont"
            } else {
                "est"
            },
            texte::marque(attendues - montrees)
        )
    });
    ApercuVue {
        phrase,
        caisses: lu
            .par_caisse
            .iter()
            .map(|(code, (nom, comptes))| Caisse {
                nom: nom.clone(),
                url: chemin.map(|c| format!("{c}?caisse={code}#apercu")),
                active: caisse == Some(code),
                comptes: *comptes,
            })
            .collect(),
        lignes: lu.liste.iter().map(|c| ligne(lu, c)).collect(),
        reste,
        toutes: chemin
            .filter(|_| caisse.is_some())
            .map(|c| format!("{c}#apercu")),
    }
}

fn ligne(lu: &Apercu, c: &Changement) -> Ligne {
    let (objet, url) = match c.nature {
        Nature::Demande => (
            format!("Demande {}", c.reference),
            format!("/dossiers/{}", c.reference),
        ),
        Nature::Place => (
            "Place ouverte".to_owned(),
            format!("/departs/{}", c.reference),
        ),
        Nature::Depart => (
            "Départ à confirmer".to_owned(),
            format!("/departs/{}", c.reference),
        ),
    };
    Ligne {
        objet,
        url,
        personne: c.personne.clone(),
        caisse: lu
            .par_caisse
            .get(&c.organisme_code)
            .map_or_else(|| c.organisme_code.clone(), |(nom, _)| nom.clone()),
        avant: c.avant.clone(),
        apres: c.apres.clone(),
    }
}
