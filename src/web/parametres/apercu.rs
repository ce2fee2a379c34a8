//! What a new value would change, as a block of a page.

use actix_web::web;
use askama::Template;
use regles::parametre::Parametre;
use regles::texte;

use crate::actions::ActionResult;
use crate::actions::parametre::apercu::{
    Apercu, Changement, Comptes, LISTE, Nature, apercu, gardees,
};
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::page::Lien;
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
    export: Option<Lien>,
    gardees: Option<String>,
    toutes: Option<String>,
}

composant!(ApercuVue);

/// Evaluates the open files under the present values and the new one, off the async threads.
/// `chemin`: the page that lists one CPAM with `?caisse=`, when there is one.
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
    let (lu, gardees) = web::block(move || -> ActionResult<_> {
        let lu = apercu(&db, &actuel, &valeur, demandee.as_deref())?;
        Ok((lu, db.read(|conn| gardees(conn, &valeur.cle))?))
    })
    .await??;
    Ok(ApercuVue {
        gardees: gardees.map(|n| {
            format!(
                "Rien n’est rétroactif : {}. La valeur ne vaut que pour les délais qui s’ouvriront à partir de sa date d’effet.",
                match n {
                    0 => "aucune échéance de cette sorte n’est ouverte".to_owned(),
                    1 => "1 échéance déjà ouverte garde sa date".to_owned(),
                    n => format!("{} échéances déjà ouvertes gardent leur date", texte::nombre(n)),
                }
            )
        }),
        ..vue(nouveau, &lu, caisse, chemin)
    })
}

fn vue(nouveau: &Parametre, lu: &Apercu, caisse: Option<&str>, chemin: Option<&str>) -> ApercuVue {
    let total = lu.changes.total();
    let rappels = (lu.examines.echeances > 0).then(|| {
        let n = texte::pluriel(
            lu.examines.echeances,
            "échéance ouverte",
            "échéances ouvertes",
        );
        format!("{n} relues pour leurs rappels, ")
    });
    let examines = format!(
        "{}{}, {} et {} évalués au {}",
        rappels.unwrap_or_default(),
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
            "{} sont montrés sur {} : les {LISTE} premiers. {}",
            texte::nombre(montrees),
            texte::nombre(attendues),
            if chemin.is_some() {
                "Le fichier les contient tous."
            } else {
                "La valeur proposée, sa page donne un fichier qui les contient tous."
            }
        )
    });
    let export = chemin.filter(|_| attendues > 0).map(|chemin| {
        let suffixe = caisse.map_or_else(String::new, |c| format!("?caisse={c}"));
        Lien::new(
            match attendues {
                1 => "Exporter le résultat qui change (CSV)".to_owned(),
                n => format!(
                    "Exporter les {} résultats qui changent (CSV)",
                    texte::nombre(n)
                ),
            },
            format!("{chemin}/effets.csv{suffixe}"),
        )
    });
    ApercuVue {
        gardees: None,
        export,
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
    let url = if c.de_depart {
        format!("/departs/{}", c.reference)
    } else {
        format!("/dossiers/{}", c.reference)
    };
    Ligne {
        objet: objet(c),
        url,
        personne: c.personne.clone(),
        caisse: lu
            .par_caisse
            .get(&c.caisse_code)
            .map_or_else(|| c.caisse_code.clone(), |(nom, _)| nom.clone()),
        avant: c.avant.clone(),
        apres: c.apres.clone(),
    }
}

/// «Demande 131-2026-000042», «Échéance « S’installer » de la demande 131-2026-000042».
pub(super) fn objet(c: &Changement) -> String {
    match c.nature {
        Nature::Demande => format!("Demande {}", c.reference),
        Nature::Place => "Place ouverte".to_owned(),
        Nature::Depart => "Départ à confirmer".to_owned(),
        Nature::Echeance if c.de_depart => format!("Échéance « {} »", c.objet),
        Nature::Echeance => format!("Échéance « {} », demande {}", c.objet, c.reference),
    }
}
