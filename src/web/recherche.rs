//! The search box of the header: a case of any nature, from its number, an RPPS, a name, a commune or a postcode; the
//! communes and their zones.

use askama::Template;
use regles::appel::EtatAppel;
use regles::dossier::NatureDossier;
use serde::Deserialize;

use super::depart::caisse as departs;
use super::dossiers::{mots, objet};
use super::erreur::WebError;
use super::page::{Largeur, Page};
use super::ui::{Etat, Pastille, Vide};
use super::visite::{Reponse, Visite};
use crate::db::DbError;
use crate::db::recherche::{self, Lieu, Trouve, Trouves};
use crate::web::filters;
use crate::web::kit::requete::Requete;
use crate::web::recours::mots as recours;

/// What is typed.
#[derive(Deserialize)]
pub struct Recherche {
    #[serde(default)]
    q: String,
}

/// A case found, for the screen.
struct TrouveVue {
    numero: String,
    url: String,
    nature: &'static str,
    nom: String,
    rpps: String,
    commune: String,
    pastille: Pastille,
}

#[derive(Template)]
#[template(path = "recherche.html")]
struct RecherchePage {
    page: Page,
    cherchee: String,
    trouves: Vec<TrouveVue>,
    lieux: Vec<Lieu>,
    tronques: bool,
    corriges: Option<String>,
    vide: Option<Vide>,
}

/// `GET /recherche?q=`: a number typed in full opens its case.
pub async fn page(visite: Visite, recherche: Requete<Recherche>) -> Reponse {
    let q: String = recherche.into_inner().q.chars().take(200).collect();
    let scope = visite.qui()?.scope();
    let cherchee = q.clone();
    let (mut trouves, lieux) = visite
        .read(move |conn| {
            let dossiers = recherche::dossiers(conn, &scope, &cherchee)?;
            let lieux = recherche::lieux(conn, &scope, &cherchee)?;
            Ok::<_, DbError>((dossiers, lieux))
        })
        .await?;
    // A place was named: names one letter away are not what was meant.
    if trouves.corriges.is_some() && !lieux.is_empty() {
        trouves = Trouves::default();
    }
    if let [seul] = trouves.dossiers.as_slice()
        && recherche::Saisie::lire(&q) == Some(recherche::Saisie::Numero(seul.numero.clone()))
    {
        return visite.rediriger(&objet::page(seul.nature, &seul.numero, seul.id));
    }
    let vide = (trouves.dossiers.is_empty() && lieux.is_empty()).then(|| {
        let titre = if q.trim().is_empty() {
            "Que cherchez-vous ?".to_owned()
        } else {
            format!("Aucun dossier trouvé pour « {} »", q.trim())
        };
        Vide::new(
            titre,
            "Cherchez par numéro de dossier, par numéro RPPS, par nom, par commune ou par code postal, parmi les demandes, les départs et les appels. Le début d’un mot suffit ; les accents, les \
             majuscules et une faute de frappe ne comptent pas.",
        )
        .action("Voir les dossiers ouverts", "/dossiers")
    });
    let page = visite
        .page("Recherche")
        .recherche(q.clone())
        .largeur(Largeur::Pleine);
    visite.rendre(&RecherchePage {
        page,
        cherchee: q.trim().to_owned(),
        tronques: trouves.tronques,
        corriges: trouves.corriges,
        trouves: trouves
            .dossiers
            .into_iter()
            .map(vue)
            .collect::<Result<_, _>>()?,
        lieux,
        vide,
    })
}

fn vue(d: Trouve) -> Result<TrouveVue, WebError> {
    let (nom, rpps) = match d.personne {
        Some((prenom, nom, rpps)) => (format!("{prenom} {nom}"), rpps),
        None => Default::default(),
    };
    Ok(TrouveVue {
        url: objet::page(d.nature, &d.numero, d.id),
        numero: d.numero,
        nature: d.nature.libelle(),
        nom,
        rpps,
        commune: d.commune,
        pastille: match d.nature {
            NatureDossier::Demande => mots::pastille(d.etat.parse().map_err(WebError::interne)?),
            NatureDossier::Depart => departs::pastille(d.etat.parse().map_err(WebError::interne)?),
            NatureDossier::Appel => appel(d.etat.parse().map_err(WebError::interne)?),
            NatureDossier::Recours => {
                recours::pastille(d.etat.parse().map_err(WebError::interne)?, None)
            }
        },
    })
}

/// The state of a call, whatever the day.
fn appel(etat: EtatAppel) -> Pastille {
    let ton = match etat {
        EtatAppel::Ouvert => Etat::EnCours,
        EtatAppel::Attribue => Etat::Fait,
        EtatAppel::SansSuite => Etat::Neutre,
    };
    Pastille::new(ton, etat.libelle())
}
