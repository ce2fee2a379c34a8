//! `GET /arretes/{id}`: an arrêté, and the open places and requests whose category it changes (ZON-10).

use std::collections::BTreeMap;

use actix_web::web;
use askama::Template;
use regles::arrete::{Effet, Genre, consequence};
use regles::texte;
use serde::Deserialize;

use super::mots::{bandeau, categorie, etat_objet, faits, lieu, message, objet, titre_comptes};
use super::{etat, region, titre};
use crate::db::arrete::Arrete;
use crate::db::arrete_deplacement::{self, Deplacements};
use crate::db::arrete_effet::{self, CompteEffet, Succession, Touche};
use crate::db::{CpamScope, DbError, arrete_liste, caisse};
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::kit::requete::Requete;
use crate::web::page::{Largeur, Lien, Page};
use crate::web::ui::{Bandeau, FiltreVue, Message, Suite, Vide};
use crate::web::visite::{Reponse, Visite};

/// Lines of a page of the list.
const LIGNES: i64 = 50;

/// Which CPAM (for a national reader), which list, from where.
#[derive(Debug, Default, Deserialize)]
pub struct Adresse {
    caisse: Option<String>,
    objet: Option<String>,
    apres: Option<i64>,
}

/// A line of the counts: what changes, of how many.
pub(super) struct Compte {
    libelle: String,
    url: Option<String>,
    pub(super) places: i64,
    pub(super) demandes: i64,
}

/// An object in the list.
struct Ligne {
    objet: String,
    url: String,
    nom: String,
    lieu: String,
    etat: &'static str,
    change: String,
    suite: &'static str,
}

#[derive(Template)]
#[template(path = "arretes/arrete.html")]
struct ArretePage {
    page: Page,
    bandeau: Bandeau,
    message: Option<Message>,
    faits: Vec<(&'static str, String)>,
    synthese: String,
    titre_comptes: &'static str,
    colonne: &'static str,
    comptes: Vec<Compte>,
    total: Compte,
    export: Option<String>,
    filtres: Vec<FiltreVue>,
    lignes: Option<Vec<Ligne>>,
    suite: Suite,
    vide: Option<Vide>,
    retour: Option<Lien>,
}

/// What the page reads.
pub(super) struct Lu {
    pub(super) arrete: Arrete,
    pub(super) precedent: Option<Arrete>,
    pub(super) comptes: Vec<CompteEffet>,
    pub(super) deplacements: Option<Deplacements>,
    touches: Vec<Touche>,
    caisses: BTreeMap<String, String>,
}

/// What the arrêté is compared with.
pub(super) fn succession(arrete: &Arrete, precedent: Option<&Arrete>) -> Succession {
    Succession {
        nouveau: arrete.id,
        ancien: precedent.map(|p| p.id),
        region: arrete.region.clone(),
    }
}

/// The CPAM whose objects may be shown: one's own; for a national reader the one that the address names, if any.
pub(super) fn caisse_vu(scope: &CpamScope, demande: Option<&String>) -> Option<String> {
    match scope {
        CpamScope::Caisse(code) => Some(code.clone()),
        _ => demande.cloned(),
    }
}

/// `GET /arretes/{id}`
///
/// # Errors
/// An unknown arrêté, or the database does not answer.
pub async fn page(visite: Visite, id: web::Path<i64>, adresse: Requete<Adresse>) -> Reponse {
    let (id, adresse) = (id.into_inner(), adresse.into_inner());
    let scope = visite.qui()?.scope();
    let national = !matches!(scope, CpamScope::Caisse(_));
    let caisse = caisse_vu(&scope, adresse.caisse.as_ref());
    let genre = match adresse.objet.as_deref() {
        Some("demandes") => Genre::Demande,
        _ => Genre::Place,
    };
    let apres = adresse.apres.unwrap_or(0);
    let lu = {
        let caisse = caisse.clone();
        visite
            .read(move |conn| -> Result<Lu, DbError> {
                let arrete = arrete_liste::lire(conn, id)?;
                let precedent = arrete_liste::precedent(conn, &arrete)?;
                let deplacements = arrete_deplacement::lire(conn, id)?;
                let de = succession(&arrete, precedent.as_ref());
                let comptes = arrete_effet::compter(conn, &de, caisse.as_deref())?;
                let touches = match &caisse {
                    Some(code) => {
                        arrete_effet::lister(conn, &de, genre, Some(code), apres, LIGNES + 1)?
                    }
                    None => Vec::new(),
                };
                let caisses = if national {
                    caisse::tous(conn)?
                        .into_iter()
                        .map(|o| (o.code, o.nom))
                        .collect()
                } else {
                    BTreeMap::new()
                };
                Ok(Lu {
                    arrete,
                    precedent,
                    deplacements,
                    comptes,
                    touches,
                    caisses,
                })
            })
            .await?
    };
    let jour = visite.aujourd_hui();
    let (etat, terme) =
        etat(&visite.etat.reglement(), &lu.arrete, jour).map_err(WebError::interne)?;
    let choisie = national.then_some(caisse.as_ref()).flatten();
    let nom_caisse = choisie.map(|code| {
        lu.caisses
            .get(code)
            .map_or_else(|| code.clone(), Clone::clone)
    });
    let mut page = visite
        .page(titre(&lu.arrete))
        .surtitre(format!("Région {}", region(&lu.arrete.region)))
        .ariane("Arrêtés", "/arretes")
        .rubrique("/arretes")
        .largeur(Largeur::Dossier);
    if let Some(nom) = &nom_caisse {
        page = page
            .ariane(titre(&lu.arrete), format!("/arretes/{id}"))
            .chapeau(nom.clone());
    }
    let vue = ArretePage {
        bandeau: bandeau(&lu, etat, jour, caisse.is_some()),
        message: message(&lu, etat, terme),
        faits: faits(&lu, terme),
        synthese: format!("/arretes/{id}/synthese"),
        titre_comptes: titre_comptes(etat),
        colonne: if caisse.is_some() {
            "La zone"
        } else {
            "Caisse"
        },
        comptes: comptes(&lu, id, caisse.is_some()),
        total: total(&lu),
        export: (!lu.comptes.is_empty()).then(|| {
            let suffixe = choisie.map_or_else(String::new, |c| format!("?caisse={c}"));
            format!("/arretes/{id}/effets.csv{suffixe}")
        }),
        filtres: filtres(&lu, id, genre, choisie),
        suite: suite(&lu, id, genre, choisie, apres),
        lignes: (caisse.is_some() && !lu.comptes.is_empty()).then(|| lignes(&lu.touches)),
        vide: vide(&lu, caisse.is_some()),
        retour: nom_caisse
            .is_some()
            .then(|| Lien::new("Toutes les caisses", format!("/arretes/{id}"))),
        page,
    };
    visite.rendre(&vue)
}

fn nombre(comptes: &[CompteEffet], genre: Genre, effet: Option<Effet>) -> i64 {
    comptes
        .iter()
        .filter(|c| c.genre == genre && effet.is_none_or(|e| c.effet == e))
        .map(|c| c.nombre)
        .sum()
}

pub(super) fn total(lu: &Lu) -> Compte {
    Compte {
        libelle: "Ensemble".to_owned(),
        url: None,
        places: nombre(&lu.comptes, Genre::Place, None),
        demandes: nombre(&lu.comptes, Genre::Demande, None),
    }
}

/// By effect for one CPAM, by CPAM otherwise.
fn comptes(lu: &Lu, id: i64, une_caisse: bool) -> Vec<Compte> {
    if une_caisse {
        return Effet::TOUS
            .iter()
            .map(|e| Compte {
                libelle: e.libelle().to_owned(),
                url: None,
                places: nombre(&lu.comptes, Genre::Place, Some(*e)),
                demandes: nombre(&lu.comptes, Genre::Demande, Some(*e)),
            })
            .filter(|c| c.places + c.demandes > 0)
            .collect();
    }
    let mut par_caisse: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for c in &lu.comptes {
        let total = par_caisse.entry(&c.caisse).or_default();
        match c.genre {
            Genre::Place => total.0 += c.nombre,
            Genre::Demande => total.1 += c.nombre,
        }
    }
    par_caisse
        .into_iter()
        .map(|(code, (places, demandes))| Compte {
            libelle: lu
                .caisses
                .get(code)
                .map_or_else(|| code.to_owned(), |nom| format!("{nom} ({code})")),
            url: Some(format!("/arretes/{id}?caisse={code}")),
            places,
            demandes,
        })
        .collect()
}

fn url(id: i64, genre: Genre, caisse: Option<&String>, apres: i64) -> String {
    let mut champs = url::form_urlencoded::Serializer::new(String::new());
    if let Some(code) = caisse {
        champs.append_pair("caisse", code);
    }
    if genre == Genre::Demande {
        champs.append_pair("objet", "demandes");
    }
    if apres > 0 {
        champs.append_pair("apres", &apres.to_string());
    }
    match champs.finish() {
        vide if vide.is_empty() => format!("/arretes/{id}"),
        requete => format!("/arretes/{id}?{requete}"),
    }
}

fn filtres(lu: &Lu, id: i64, choisi: Genre, caisse: Option<&String>) -> Vec<FiltreVue> {
    let filtre = |genre: Genre, libelle: &str| FiltreVue {
        libelle: libelle.to_owned(),
        url: url(id, genre, caisse, 0),
        compte: Some(regles::texte::nombre(nombre(&lu.comptes, genre, None))),
        actif: genre == choisi,
    };
    vec![
        filtre(Genre::Place, "Places ouvertes"),
        filtre(Genre::Demande, "Demandes à décider"),
    ]
}

fn suite(lu: &Lu, id: i64, genre: Genre, caisse: Option<&String>, apres: i64) -> Suite {
    let montrees = montrees(&lu.touches);
    let derniere = montrees.last().map(|t| t.id);
    let encore = lu.touches.len() > montrees.len();
    Suite {
        debut: (apres > 0).then(|| url(id, genre, caisse, 0)),
        suivant: derniere
            .filter(|_| encore)
            .map(|dernier| url(id, genre, caisse, dernier)),
        position: texte::pluriel(
            i64::try_from(montrees.len()).unwrap_or(0),
            "ligne montrée",
            "lignes montrées",
        ),
    }
}

fn montrees(touches: &[Touche]) -> &[Touche] {
    let n = usize::try_from(LIGNES).unwrap_or(usize::MAX);
    touches.get(..n).unwrap_or(touches)
}

fn lignes(touches: &[Touche]) -> Vec<Ligne> {
    montrees(touches)
        .iter()
        .map(|t| Ligne {
            objet: objet(t),
            url: match t.genre {
                Genre::Place => format!("/departs/{}", t.reference),
                Genre::Demande => format!("/dossiers/{}", t.reference),
            },
            nom: t.nom.clone(),
            lieu: lieu(t),
            etat: etat_objet(t),
            change: format!("{} → {}", categorie(t.avant), categorie(t.apres)),
            suite: consequence(t.effet, t.nature),
        })
        .collect()
}

fn vide(lu: &Lu, une_caisse: bool) -> Option<Vide> {
    lu.comptes.is_empty().then(|| {
        Vide::new(
            "Aucun dossier ouvert n’est concerné",
            if une_caisse {
                "Aucune place ouverte ni demande à décider de la caisse ne change de catégorie avec cet arrêté."
            } else {
                "Aucune place ouverte ni demande à décider ne change de catégorie avec cet arrêté, dans aucune caisse."
            },
        )
    })
}
