//! PRO-15: the decisions of a quarter, with what they rest on.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use regles::decision::EtatDecision;
use regles::demande::{Fondement, Sens};
use regles::zonage::Categorie;

use super::schema::{decision, dossier};
use super::{AnyConn, DbResult};

/// A decision that was taken: when (UTC), in which zone, granted or refused, on what, and the explanation in JSON.
pub type Prise = (NaiveDateTime, Categorie, Sens, Fondement, String);

/// The decisions of a caisse (none: of every caisse) taken from `de` to before `a`, in UTC.
pub fn decisions(
    conn: &mut AnyConn,
    caisse: Option<&str>,
    (de, a): (NaiveDateTime, NaiveDateTime),
) -> DbResult<Vec<Prise>> {
    let mut requete = decision::table
        .inner_join(dossier::table)
        .filter(decision::etat.eq(EtatDecision::Decidee))
        .filter(decision::decidee_le.ge(de))
        .filter(decision::decidee_le.lt(a))
        .order(decision::id)
        .select((
            decision::decidee_le.assume_not_null(),
            decision::categorie,
            decision::sens,
            decision::fondement,
            decision::explication,
        ))
        .into_boxed();
    if let Some(caisse) = caisse {
        requete = requete.filter(dossier::caisse_code.eq(caisse.to_owned()));
    }
    Ok(requete.load(conn)?)
}
