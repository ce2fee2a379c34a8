//! REG-10, ZON-10: what becomes of an open place when its zone is, or will be, no longer regulated.

use chrono::NaiveDate;
use regles::arrete::{consequence, effet};
use regles::grand_livre::EtatPlace;
use regles::place::{FaitsPlace, evaluer};
use regles::reglement::Reglement;
use regles::texte;
use regles::zonage::Categorie;

use crate::actions::ActionResult;
use crate::actions::depart::categorie_le;
use crate::actions::evaluation::faits_du_depart;
use crate::db::depart::Depart;
use crate::db::place::Place;
use crate::db::{AnyConn, arrete_liste, commune, echeance};
use crate::web::ui::Message;

/// What has to be known of the zone of a place that nobody was granted: that its category is no longer that of the
/// departure, or will change on a known day; with the state of the place by the rules under that category.
///
/// # Errors
/// The refusal of the database, no parameter in force.
pub(super) fn alerte(
    conn: &mut AnyConn,
    reglement: &Reglement,
    depart: &Depart,
    place: &Place,
    jour: NaiveDate,
) -> ActionResult<Option<Message>> {
    if !matches!(
        place.etat,
        EtatPlace::Ouverte | EtatPlace::AExaminer | EtatPlace::AAttribuer
    ) {
        return Ok(None);
    }
    let territoire = echeance::territoire(conn, &place.caisse_code)?;
    let selon = |categorie: Categorie, le: NaiveDate| -> ActionResult<&'static str> {
        let faits = FaitsPlace {
            categorie: Some(categorie),
            ..faits_du_depart(depart, territoire)
        };
        Ok(evaluer(reglement, Some(le), &faits)?.resultat.libelle())
    };
    let aujourd_hui = categorie_le(conn, reglement, &depart.insee, jour)?;
    if let Some(actuelle) = aujourd_hui.filter(|c| *c != depart.categorie) {
        let phrase = match effet(Some(depart.categorie), Some(actuelle)) {
            Some(effet) => consequence(effet, None),
            None => "",
        };
        return Ok(Some(Message::attention(format!(
            "La zone a changé depuis le départ : {} alors, {actuelle} aujourd’hui. Selon les règles du jour, la place est « {} ». {phrase}",
            depart.categorie,
            selon(actuelle, jour)?
        ))));
    }
    let Some(bassin) = commune::bassin(conn, &place.bassin_code)? else {
        return Ok(None);
    };
    let Some(arrete) = arrete_liste::a_venir(conn, &bassin.region_attribution, jour)? else {
        return Ok(None);
    };
    let nouvelle = categorie_le(conn, reglement, &depart.insee, arrete.date_effet)?;
    let Some(effet) = effet(aujourd_hui, nouvelle) else {
        return Ok(None);
    };
    let le = texte::date_fr(arrete.date_effet);
    let sera = match nouvelle {
        Some(n) => format!(
            "la zone sera {n}, et la place « {} » selon les règles.",
            selon(n, arrete.date_effet)?
        ),
        None => "la zone ne sera plus classée.".to_owned(),
    };
    Ok(Some(
        Message::attention(format!(
            "À partir du {le}, par un arrêté à venir, {sera} {}",
            consequence(effet, None)
        ))
        .lien("Voir l’arrêté", format!("/arretes/{}", arrete.id)),
    ))
}
