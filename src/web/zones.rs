//! What anybody may ask: which zone is this commune in, since when, and what is possible there.

mod aides;

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use regles::dates_fr;
use regles::departement;
use regles::identifiants::Insee;
use regles::texte;
use serde::Deserialize;

use self::aides::AidesDeZone;
use super::erreur::WebError;
use super::filters;
use super::page::{Largeur, Page};
use super::ui::{Champ, CommuneVue, Etat, Message, Pastille, Vide};
use super::visite::{Reponse, Visite};
use crate::db::commune;
use crate::db::depart::Service;
use crate::db::zonage::{self, ZoneError, ZoneTrouvee};
use crate::db::{DbError, grand_livre, place};
use crate::web::kit::requete::Requete;

/// How many communes a search proposes.
const PROPOSEES: i64 = 12;

/// What is typed in the search.
#[derive(Deserialize)]
pub struct Recherche {
    #[serde(default)]
    q: String,
}

/// The date a zone is asked for; today without it.
#[derive(Deserialize)]
pub struct AuJour {
    date: Option<String>,
}

#[derive(Template)]
#[template(path = "zones/recherche.html")]
struct RecherchePage {
    page: Page,
    q: String,
    communes: Vec<CommuneVue>,
    vide: Option<Vide>,
}

#[derive(Template)]
#[template(path = "zones/zone.html")]
struct ZonePage {
    page: Page,
    insee: String,
    date: Champ,
    au: NaiveDate,
    zone: Option<ZoneTrouvee>,
    pastille: Option<Pastille>,
    places: i64,
    messages: Vec<Message>,
    nom: String,
    a_nom: String,
    aides: Option<AidesDeZone>,
    /// Whom to write to.
    service: Option<Service>,
}

/// `GET /communes?q=`: what the search box proposes, as JSON.
pub async fn communes(visite: Visite, recherche: Requete<Recherche>) -> Reponse {
    let trouvees = chercher(&visite, recherche.into_inner().q).await?;
    Ok(HttpResponse::Ok().json(trouvees))
}

/// `GET /zones?q=`
pub async fn recherche(visite: Visite, recherche: Requete<Recherche>) -> Reponse {
    let q = recherche.into_inner().q;
    let communes = chercher(&visite, q.clone()).await?;
    let vide = (communes.is_empty() && !q.trim().is_empty()).then(|| {
        Vide::new(
            "Aucune commune trouvée",
            "Vérifiez l’orthographe, ou cherchez par code postal. Pour Paris, Lyon et Marseille, précisez l’arrondissement.",
        )
    });
    let page = visite
        .page("Connaître une zone")
        .chapeau("La zone d’une commune, l’arrêté qui la fixe, et ce qui y est possible.")
        .rubrique("/zones");
    visite.rendre(&RecherchePage {
        page,
        q,
        communes,
        vide,
    })
}

async fn chercher(visite: &Visite, q: String) -> Result<Vec<CommuneVue>, WebError> {
    let cherchee = q.clone();
    let trouvees = visite
        .read(move |conn| commune::chercher(conn, &cherchee, PROPOSEES))
        .await?;
    let vue = |commune| CommuneVue::pour(commune, &q);
    Ok(trouvees.into_iter().map(vue).collect())
}

/// `GET /zones/{insee}?date=`: ZON-6, by date; never a guess.
///
/// # Errors
/// The commune is unknown.
pub async fn zone(visite: Visite, insee: web::Path<String>, jour: Requete<AuJour>) -> Reponse {
    let insee: Insee = insee.parse().map_err(|_| WebError::Introuvable)?;
    let saisie = jour.into_inner().date.unwrap_or_default();
    let aujourd_hui = visite.aujourd_hui();
    let lue = if saisie.trim().is_empty() {
        Ok(aujourd_hui)
    } else {
        dates_fr::lire(&saisie)
    };
    let au = lue.as_ref().copied().unwrap_or(aujourd_hui);
    let date = Champ::date("date", "Voir la zone à une autre date")
        .libre()
        .valeur(if saisie.is_empty() {
            dates_fr::courte(au)
        } else {
            saisie
        })
        .erreur(lue.err().map(|e| e.to_string()));
    let reglement = visite.etat.reglement();
    let de_caisse = visite.qui().is_ok_and(|q| q.role.de_caisse());
    let (commune, service, zone, places, sous_recours) = visite
        .read({
            let (insee, reglement) = (insee.clone(), reglement.clone());
            move |conn| {
                let situee = zonage::situer(conn, &insee)?.ok_or(DbError::Introuvable)?;
                let zone = match situee.classement.categorie(&reglement, au) {
                    Err(ZoneError::Db(erreur)) => return Err(erreur),
                    autre => autre,
                };
                let places = match &zone {
                    Ok(zone) if zone.categorie.est_regulee() => {
                        place::ouvertes(conn, &zone.bassin)?
                    }
                    _ => 0,
                };
                let sous_recours = match (&zone, de_caisse) {
                    (Ok(zone), true) => grand_livre::sous_recours(conn, &zone.bassin)?.len(),
                    _ => 0,
                };
                Ok::<_, DbError>((situee.commune, situee.service, zone, places, sous_recours))
            }
        })
        .await?;
    let mut messages = Vec::new();
    if sous_recours > 0 {
        let combien = i64::try_from(sous_recours).unwrap_or(i64::MAX);
        messages.push(Message::attention(format!(
            "{} sous recours dans cette zone : avant d’accorder, lisez le recours.",
            texte::pluriel(combien, "place", "places")
        )));
    }
    let zone = match zone {
        Ok(zone) => {
            messages.extend(zone.avertissements.iter().map(Message::attention));
            Some(zone)
        }
        Err(erreur) => {
            messages.push(Message::erreur(format!("Pas de réponse : {erreur}.")));
            None
        }
    };
    let pastille = zone.as_ref().map(|z| {
        let etat = if z.categorie.est_regulee() {
            Etat::AFaire
        } else {
            Etat::Fait
        };
        Pastille::new(etat, format!("Zone {}", z.categorie.libelle()))
    });
    let aides = match &zone {
        Some(zone) => aides::ouvertes(&reglement, zone.categorie, au).map_err(WebError::interne)?,
        None => None,
    };
    let (nom, a_nom) = (commune.nom.clone(), texte::a(&commune.nom));
    let page = visite
        .page(commune.nom)
        .surtitre(format!(
            "Commune {insee} · {} · {}",
            departement::nom(&commune.departement),
            commune.codes_postaux.replace(' ', ", ")
        ))
        .ariane("Zones", "/zones")
        .rubrique("/zones")
        .largeur(Largeur::Lecture)
        .erreurs_de([&date]);
    visite.rendre(&ZonePage {
        page,
        insee: insee.to_string(),
        date,
        au,
        zone,
        pastille,
        places,
        messages,
        nom,
        a_nom,
        aides,
        service,
    })
}
