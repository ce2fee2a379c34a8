//! The journal of a chain, as who audits reads it: its events, the latest first, filtered.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use regles::evenement::Code;

use super::dialect::Multi;
use super::evenement::{self as lus, Evenement, Lue};
use super::schema::{dossier, evenement};
use super::{AnyConn, DbResult};

/// What is read of a chain.
#[derive(Debug, Clone)]
pub struct Filtre {
    /// The code of the chain.
    pub chaine: String,
    /// Only these kinds; all of them when empty.
    pub codes: Vec<Code>,
    /// From this instant on (UTC).
    pub du: Option<NaiveDateTime>,
    /// Before this one (UTC).
    pub avant: Option<NaiveDateTime>,
    /// Only what happened to the case of this number.
    pub numero: Option<String>,
    /// Before this rank.
    pub rang: Option<i64>,
    /// At most so many.
    pub lignes: i64,
}

/// A line of the journal.
#[derive(Debug, Clone)]
pub struct Ligne {
    /// Its rank in the chain.
    pub seq: i64,
    /// What happened.
    pub evenement: Evenement,
    /// The number of the case, if it is about one.
    pub numero: Option<String>,
}

/// The events of a filter, the latest first.
///
/// # Errors
/// A text that no code of ours wrote.
pub fn lire(conn: &mut AnyConn, filtre: &Filtre) -> DbResult<Vec<Ligne>> {
    let mut requete = evenement::table
        .left_join(dossier::table.on(dossier::id.nullable().eq(evenement::dossier_id)))
        .filter(evenement::chaine.eq(filtre.chaine.clone()))
        .order(evenement::seq.desc())
        .limit(filtre.lignes)
        .select((
            evenement::seq,
            (
                evenement::id,
                evenement::le,
                evenement::texte,
                evenement::personnel,
            ),
            dossier::numero.nullable(),
        ))
        .into_boxed::<Multi>();
    if let Some(rang) = filtre.rang {
        requete = requete.filter(evenement::seq.lt(rang));
    }
    if let Some(du) = filtre.du {
        requete = requete.filter(evenement::le.ge(du));
    }
    if let Some(avant) = filtre.avant {
        requete = requete.filter(evenement::le.lt(avant));
    }
    if !filtre.codes.is_empty() {
        requete = requete.filter(evenement::code.eq_any(filtre.codes.clone()));
    }
    if let Some(numero) = &filtre.numero {
        requete = requete.filter(dossier::numero.eq(numero.clone()));
    }
    let lues: Vec<(i64, Lue, Option<String>)> = requete.load(conn)?;
    lues.into_iter()
        .map(|(seq, lue, numero)| {
            Ok(Ligne {
                seq,
                evenement: lus::lire(lue)?,
                numero,
            })
        })
        .collect()
}
