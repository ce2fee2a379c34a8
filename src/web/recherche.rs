//! The search box of the header: a file, from its number, an RPPS, a name, a commune or a postcode; a departure, from
//! who leaves or from where; the communes and their zones.

use actix_web::web;
use askama::Template;
use serde::Deserialize;

use super::depart::caisse as departs;
use super::page::{Largeur, Page};
use super::ui::{Pastille, Vide};
use super::visite::{Reponse, Visite};
use crate::db::DbError;
use crate::db::recherche::{self, DepartTrouve, Lieu, TROUVEES_MAX, Trouvee, Trouvees};
use crate::web::filters;

/// What is typed.
#[derive(Deserialize)]
pub struct Recherche {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "recherche.html")]
struct RecherchePage {
    page: Page,
    cherchee: String,
    trouvees: Vec<Trouvee>,
    departs: Vec<(Pastille, DepartTrouve)>,
    /// There may be more departures than shown.
    departs_tronques: bool,
    lieux: Vec<Lieu>,
    tronquee: bool,
    corrigee: Option<String>,
    vide: Option<Vide>,
}

/// `GET /recherche?q=`: a number typed in full opens its file.
pub async fn page(visite: Visite, recherche: web::Query<Recherche>) -> Reponse {
    let q: String = recherche.into_inner().q.chars().take(200).collect();
    let scope = visite.qui()?.scope();
    let cherchee = q.clone();
    let (mut trouvees, (mut partants, approchee), lieux) = visite
        .read(move |conn| {
            let demandes = recherche::demandes(conn, &scope, &cherchee)?;
            let departs = recherche::departs(conn, &scope, &cherchee)?;
            let lieux = recherche::lieux(conn, &scope, &cherchee)?;
            Ok::<_, DbError>((demandes, departs, lieux))
        })
        .await?;
    // What was typed is somewhere: what only comes near it is not shown beside it.
    let exacts = (
        !trouvees.demandes.is_empty() && trouvees.corrigee.is_none(),
        !partants.is_empty() && approchee.is_none(),
    );
    match exacts {
        (true, false) => partants.clear(),
        (false, true) => trouvees = Trouvees::default(),
        // A place was named: names one letter away are not what was meant.
        (false, false) if !lieux.is_empty() => {
            trouvees = Trouvees::default();
            partants.clear();
        }
        (true, true) | (false, false) => {}
    }
    if let [seule] = trouvees.demandes.as_slice()
        && seule.numero.eq_ignore_ascii_case(q.trim())
    {
        return visite.rediriger(&format!("/dossiers/{}", seule.numero));
    }
    let vide = (trouvees.demandes.is_empty() && partants.is_empty() && lieux.is_empty()).then(|| {
        let titre = if q.trim().is_empty() {
            "Que cherchez-vous ?".to_owned()
        } else {
            format!("Aucun dossier trouvé pour « {} »", q.trim())
        };
        Vide::new(
            titre,
            "Cherchez par numéro de dossier, par numéro RPPS, par nom, par commune ou par code postal ; un départ, par la personne qui cesse ou par le lieu. Le début d’un mot suffit ; les accents, les \
             majuscules et une faute de frappe ne comptent pas.",
        )
        .action("Voir les dossiers ouverts", "/dossiers")
    });
    let page = visite
        .page("Recherche")
        .recherche(q.clone())
        .largeur(Largeur::Pleine);
    let corrigee = trouvees
        .corrigee
        .or(approchee.filter(|_| !partants.is_empty()));
    visite.rendre(&RecherchePage {
        page,
        cherchee: q.trim().to_owned(),
        trouvees: trouvees.demandes,
        tronquee: trouvees.tronquee,
        corrigee,
        departs_tronques: i64::try_from(partants.len()).is_ok_and(|n| n >= TROUVEES_MAX),
        lieux,
        departs: partants
            .into_iter()
            .map(|d| (departs::pastille(d.etat), d))
            .collect(),
        vide,
    })
}
