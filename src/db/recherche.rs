//! Finds requests by number, RPPS or name, within what a person may see.

use diesel::prelude::*;

use super::schema::{commune, demande, kine};
use super::{AnyConn, CpamScope, DbResult};
use crate::domain::demande::EtatDemande;
use crate::domain::texte::fold;

/// How many requests a search shows.
pub const TROUVEES_MAX: i64 = 25;

/// A request found.
#[derive(Debug, Clone, Queryable)]
pub struct Trouvee {
    /// Number.
    pub numero: String,
    /// Where it stands.
    pub etat: EtatDemande,
    /// First name of the applicant.
    pub prenom: String,
    /// Name of the applicant.
    pub nom: String,
    /// RPPS of the applicant.
    pub rpps: String,
    /// Commune of practice.
    pub commune: String,
}

/// The requests whose number begins with the text, whose applicant has it as RPPS, or whose applicant's name
/// begins with it (accents, case and hyphens ignored); the latest first, at most [`TROUVEES_MAX`].
///
/// # Errors
/// The refusal of the database.
pub fn demandes(conn: &mut AnyConn, scope: &CpamScope, texte: &str) -> DbResult<Vec<Trouvee>> {
    let texte = texte.trim();
    let chiffres = !texte.is_empty()
        && texte
            .chars()
            .all(|c| c.is_ascii_digit() || c == '-' || c == ' ');
    let debut = if chiffres {
        texte.replace(' ', "")
    } else {
        fold(texte)
    };
    if debut.is_empty() {
        return Ok(Vec::new());
    }
    let mut requete = demande::table
        .inner_join(kine::table)
        .inner_join(commune::table)
        .order(demande::id.desc())
        .limit(TROUVEES_MAX)
        .select((
            demande::numero,
            demande::etat,
            kine::prenom,
            kine::nom,
            kine::rpps,
            commune::nom,
        ))
        .into_boxed();
    requete = match scope {
        CpamScope::National => requete,
        CpamScope::Organisme(code) => requete.filter(demande::organisme_code.eq(code.clone())),
        CpamScope::Kine(id) => requete.filter(demande::kine_id.eq(*id)),
    };
    // A prefix is found by the index: by LIKE on PostgreSQL, by bounds on SQLite, whose LIKE folds the case.
    // What is typed holds no pattern: folded text and digits have neither % nor _.
    let suite = format!("{debut}{}", char::MAX);
    requete = if !chiffres && conn.is_sqlite() {
        requete.filter(
            kine::nom_recherche
                .ge(debut)
                .and(kine::nom_recherche.lt(suite)),
        )
    } else if !chiffres {
        requete.filter(kine::nom_recherche.like(format!("{debut}%")))
    } else if debut.len() == 11 && !debut.contains('-') {
        requete.filter(kine::rpps.eq(debut))
    } else {
        requete.filter(demande::numero.like(format!("{debut}%")))
    };
    Ok(requete.load(conn)?)
}
