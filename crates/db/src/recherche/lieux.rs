//! Finds communes and the zones they are in, by postcode or by the beginning of the name.

use diesel::prelude::*;
use regles::mots;

use super::Saisie;
use crate::condition::parmi;
use crate::schema::{bassin, commune};
use crate::{AnyConn, CpamScope, DbResult, commune as communes};

/// How many communes a search shows.
pub const LIEUX_MAX: i64 = 10;
/// A name shorter than this begins too many others.
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

/// The communes of a postcode, or those whose name begins so (within the CPAM of who searches), at most
/// [`LIEUX_MAX`].
pub fn lieux(conn: &mut AnyConn, scope: &CpamScope, texte: &str) -> DbResult<Vec<Lieu>> {
    let requete = commune::table
        .left_join(bassin::table.on(bassin::code.nullable().eq(commune::bassin_code)))
        .order((commune::nom_recherche, commune::insee))
        .limit(LIEUX_MAX)
        .select((
            commune::insee,
            commune::nom,
            commune::codes_postaux,
            commune::departement,
            (bassin::code, bassin::nom).nullable(),
        ))
        .into_boxed();
    match Saisie::lire(texte) {
        Some(Saisie::Code(code)) => {
            let codes = communes::de_code(conn, &code)?;
            Ok(requete.filter(parmi(commune::insee, codes)).load(conn)?)
        }
        Some(Saisie::Mots(cherches)) => {
            let debut = cherches.join(" ");
            if debut.chars().count() < DEBUT_MIN {
                return Ok(Vec::new());
            }
            let requete = requete
                .filter(commune::nom_recherche.lt(mots::apres(&debut)))
                .filter(commune::nom_recherche.ge(debut));
            Ok(match scope {
                CpamScope::National => requete.load(conn)?,
                CpamScope::Caisse(code) => requete
                    .filter(commune::caisse_code.eq(code.clone()))
                    .load(conn)?,
                CpamScope::Region(code) => requete
                    .filter(commune::region.eq(code.clone()))
                    .load(conn)?,
                CpamScope::Zone(code) => requete
                    .filter(commune::bassin_code.eq(code.clone()))
                    .load(conn)?,
                CpamScope::Sante(_) | CpamScope::Kine(_) => Vec::new(),
            })
        }
        Some(Saisie::Numero(_)) | None => Ok(Vec::new()),
    }
}
