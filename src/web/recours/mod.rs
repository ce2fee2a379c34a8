//! Appeals (PRO-9): filed by the person from what is contested, or entered by an agent; followed by both.

pub mod caisse;
pub mod kine;
pub mod mots;

use regles::contestation::{Contestee, du_depart};
use regles::droits::{INSTRUCTION, Role};

use crate::db::depart::Depart;
use crate::db::place::Place;
use crate::db::recours::{self as stockes, Bref};
use crate::db::{AnyConn, DbResult};
use crate::web::ui::Message;

/// What the page of a case says of the appeals against it, on the side of the caisse or of the person.
pub(in crate::web) fn signales(recours: &[Bref], chemin: fn(&str) -> String) -> Vec<Message> {
    recours
        .iter()
        .filter(|r| r.etat.en_cours())
        .map(|r| {
            Message::attention(format!("Un recours est en cours : {}.", mots::en_bref(r)))
                .lien(format!("Voir le recours {}", r.numero), chemin(&r.numero))
        })
        .collect()
}

/// What may be contested of a departure.
pub(in crate::web) fn contestee(depart: &Depart, place: Option<&Place>) -> Option<Contestee> {
    du_depart(depart.etat, place.map(|p| p.etat))
}

/// Whether something may be contested against which nothing runs.
pub(in crate::web) fn a_contester(contestee: Option<Contestee>, recours: &[Bref]) -> bool {
    contestee.is_some_and(|c| {
        !recours
            .iter()
            .any(|r| r.etat.en_cours() && r.contestee == c)
    })
}

/// The appeals against a departure, then those of others that run on its place, within its caisse.
///
/// # Errors
/// The refusal of the database.
pub(in crate::web) fn d_un_depart(
    conn: &mut AnyConn,
    mut siens: Vec<Bref>,
    depart_id: i64,
    place: Option<&Place>,
) -> DbResult<Vec<Bref>> {
    if let Some(place) = place {
        let mut autres = stockes::sur_la_place(conn, place.id)?;
        autres.retain(|r| r.conteste_id != depart_id && r.caisse_code == place.caisse_code);
        siens.extend(autres);
    }
    Ok(siens)
}

/// What the page of a departure says of them to the caisse, and where one that came on paper is recorded, by who may.
pub(in crate::web) fn dits_du_depart(
    recours: &[Bref],
    depart: &Depart,
    place: Option<&Place>,
    role: Role,
) -> Vec<Message> {
    let mut dits = signales(recours, caisse::adresse);
    if INSTRUCTION.permet(Some(role)) && contestee(depart, place).is_some() {
        let url = format!("/dossiers/{}/recours", depart.numero);
        dits.push(
            Message::information("Un recours de cette personne est arrivé sur papier ?")
                .lien("Enregistrer un recours", url),
        );
    }
    dits
}
