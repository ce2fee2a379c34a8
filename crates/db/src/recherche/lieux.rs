//! Finds communes and the zones they are in, by postcode or by the beginning of the name.

use diesel::prelude::*;

use super::Saisie;
use crate::condition::parmi;
use crate::schema::{bassin, commune};
use crate::{AnyConn, CpamScope, DbResult, commune as communes};

/// How many communes a search shows.
pub const LIEUX_MAX: i64 = 10;
/// A name shorter than this begins too many others: only the communes of that very name are shown.
const DEBUT_MIN: usize = 3;

/// A commune found, with its zone.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Lieu {
    /// INSEE code.
    pub insee: String,
    /// Name.
    pub nom: String,
    /// Postcodes, separated by a space.
    pub codes_postaux: String,
    /// Code of the département.
    pub departement: String,
    /// The zone: code and name.
    pub bassin: Option<(String, String)>,
}

/// The communes of a postcode, all of them, or those of this name or whose name begins so (within the CPAM of who
/// searches), at most [`LIEUX_MAX`] of these.
pub fn lieux(conn: &mut AnyConn, scope: &CpamScope, texte: &str) -> DbResult<Vec<Lieu>> {
    let cherche = regles::lieu::Lieu::lire(texte);
    if matches!(
        Saisie::lire(texte),
        Some(Saisie::Numero(_) | Saisie::Fin(_)) | None
    ) {
        return Ok(Vec::new());
    }
    // A postcode is read by everybody: it names its communes.
    let scope = match cherche.nom.as_str() {
        "" => &CpamScope::National,
        _ => scope,
    };
    let mut trouvees = communes::trouver(conn, scope, &cherche, LIEUX_MAX)?;
    if cherche.nom.chars().count() < DEBUT_MIN {
        trouvees.proposees.clear();
    }
    let codes = trouvees.nommees.into_iter().chain(trouvees.proposees);
    let codes: Vec<String> = codes.map(|c| c.insee).collect();
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let mut lieux: Vec<Lieu> = commune::table
        .left_join(bassin::table.on(bassin::code.nullable().eq(commune::bassin_code)))
        .filter(parmi(commune::insee, codes.clone()))
        .select((
            commune::insee,
            commune::nom,
            commune::codes_postaux,
            commune::departement,
            (bassin::code, bassin::nom).nullable(),
        ))
        .load(conn)?;
    lieux.sort_by_key(|l| codes.iter().position(|code| *code == l.insee));
    Ok(lieux)
}
