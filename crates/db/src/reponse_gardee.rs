//! The pages that answered a form, kept a moment for whoever sent it.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use super::dialect::Multi;
use super::schema::reponse_gardee;
use super::{AnyConn, DbResult, WriteTx};

/// Pages that one session keeps, or one visitor: the oldest gives way.
const PAR_PERSONNE: i64 = 20;
/// Pages kept of all who are not logged in: a stranger makes as many visitors as he likes.
const ANONYMES: i64 = 2000;

/// How long a page is kept: as long as a session lasts without activity.
const HEURES: i64 = 2;

/// Whose a page is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Porteur {
    /// Of this session, with which it goes.
    Session(String),
    /// Of the anonymous visitor of this fingerprint.
    Visiteur(String),
}

/// A page to keep.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = reponse_gardee)]
pub struct NouvelleReponse {
    /// What finds it: made from whose it is, its address and the token of that address.
    pub cle: String,
    /// HTTP status.
    pub statut: i32,
    /// Whether it shows a document in a frame.
    pub apercu: bool,
    /// The page, sealed.
    pub contenu: Vec<u8>,
    /// Now.
    pub gardee_le: NaiveDateTime,
}

/// A page that was kept: its status, whether it shows a document in a frame, what it holds, sealed.
pub type ReponseGardee = (i32, bool, Vec<u8>);

/// Keeps a page; those that are too many go, and those kept for too long.
pub fn garder(tx: &mut WriteTx<'_>, porteur: &Porteur, nouvelle: &NouvelleReponse) -> DbResult<()> {
    oublier(tx, nouvelle.gardee_le)?;
    let (session, visiteur) = match porteur {
        Porteur::Session(session) => (Some(session.as_str()), None),
        Porteur::Visiteur(visiteur) => (None, Some(visiteur.as_str())),
    };
    diesel::insert_into(reponse_gardee::table)
        .values((
            nouvelle,
            reponse_gardee::session.eq(session),
            reponse_gardee::visiteur.eq(visiteur),
        ))
        .execute(&mut **tx)?;
    let toutes = reponse_gardee::table.into_boxed();
    if session.is_some() {
        return borner(
            tx,
            toutes.filter(reponse_gardee::session.eq(session)),
            PAR_PERSONNE,
        );
    }
    borner(
        tx,
        toutes.filter(reponse_gardee::visiteur.eq(visiteur)),
        PAR_PERSONNE,
    )?;
    let anonymes = reponse_gardee::table.into_boxed();
    borner(
        tx,
        anonymes.filter(reponse_gardee::session.is_null()),
        ANONYMES,
    )
}

/// Removes the oldest of these pages, beyond `max`.
fn borner(
    tx: &mut WriteTx<'_>,
    pages: reponse_gardee::BoxedQuery<'_, Multi>,
    max: i64,
) -> DbResult<()> {
    let trop: Vec<i64> = pages
        .order(reponse_gardee::id.desc())
        .offset(max)
        .limit(max)
        .select(reponse_gardee::id)
        .load(&mut **tx)?;
    for id in trop {
        diesel::delete(reponse_gardee::table.find(id)).execute(&mut **tx)?;
    }
    Ok(())
}

/// The page of a key, unless it was kept for too long.
pub fn lire(
    conn: &mut AnyConn,
    cle: &str,
    maintenant: NaiveDateTime,
) -> DbResult<Option<ReponseGardee>> {
    Ok(reponse_gardee::table
        .filter(reponse_gardee::cle.eq(cle))
        .filter(reponse_gardee::gardee_le.ge(limite(maintenant)))
        .select((
            reponse_gardee::statut,
            reponse_gardee::apercu,
            reponse_gardee::contenu,
        ))
        .first(conn)
        .optional()?)
}

fn limite(maintenant: NaiveDateTime) -> NaiveDateTime {
    maintenant - TimeDelta::hours(HEURES)
}

/// Removes the pages that were kept for too long.
pub fn oublier(tx: &mut WriteTx<'_>, maintenant: NaiveDateTime) -> DbResult<()> {
    let passees = reponse_gardee::gardee_le.lt(limite(maintenant));
    diesel::delete(reponse_gardee::table.filter(passees)).execute(&mut **tx)?;
    Ok(())
}

/// Removes the pages of somebody.
pub fn oublier_de(tx: &mut WriteTx<'_>, porteur: &Porteur) -> DbResult<()> {
    match porteur {
        Porteur::Session(session) => {
            diesel::delete(reponse_gardee::table.filter(reponse_gardee::session.eq(session)))
                .execute(&mut **tx)?
        }
        Porteur::Visiteur(visiteur) => {
            diesel::delete(reponse_gardee::table.filter(reponse_gardee::visiteur.eq(visiteur)))
                .execute(&mut **tx)?
        }
    };
    Ok(())
}
