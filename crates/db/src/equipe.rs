//! The accounts of agents, as those who open and close them see them.

use chrono::NaiveDate;
use diesel::prelude::*;
use regles::droits::Role;

use super::condition::DOSSIER_OUVERT;
use super::schema::{caisse, compte, dossier, mandat};
use super::{AnyConn, DbResult};

/// An account and one mandate of it, in force or to come.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Membre {
    /// The account.
    pub compte_id: i64,
    /// First name.
    pub prenom: String,
    /// Name.
    pub nom: String,
    /// E-mail address.
    pub courriel: String,
    /// Its password, if one was chosen: only whether there is one is shown.
    mot_de_passe: Option<String>,
    /// The mandate.
    pub mandat_id: i64,
    /// Role.
    pub role: Role,
    /// Capacity printed under a signature.
    pub qualite: Option<String>,
    /// The CPAM.
    pub caisse_code: Option<String>,
    /// Its name.
    pub caisse_nom: Option<String>,
    /// The region (INSEE code).
    pub region: Option<String>,
    /// First day.
    pub du: NaiveDate,
    /// Last day.
    pub au: Option<NaiveDate>,
}

impl Membre {
    /// First name and name.
    pub fn nom_complet(&self) -> String {
        format!("{} {}", self.prenom, self.nom)
    }

    /// Whether the invitation waits: no password was chosen yet.
    pub fn invite(&self) -> bool {
        self.mot_de_passe.is_none()
    }
}

macro_rules! membres {
    ($jour:expr) => {
        mandat::table
            .inner_join(compte::table)
            .left_join(caisse::table)
            .filter(compte::actif.eq(true))
            .filter(mandat::au.is_null().or(mandat::au.ge($jour)))
            .order((compte::nom, compte::prenom, compte::id, mandat::id))
            .select((
                compte::id,
                compte::prenom,
                compte::nom,
                compte::courriel,
                compte::mot_de_passe,
                mandat::id,
                mandat::role,
                mandat::qualite,
                mandat::caisse_code,
                caisse::nom.nullable(),
                mandat::region,
                mandat::du,
                mandat::au,
            ))
    };
}

/// The open accounts that hold a mandate of this CPAM, or of none (`None`), by name; at most `limite` lines.
pub fn de_caisse(
    conn: &mut AnyConn,
    caisse: Option<&str>,
    jour: NaiveDate,
    limite: i64,
) -> DbResult<Vec<Membre>> {
    let requete = membres!(jour).limit(limite).into_boxed();
    Ok(match caisse {
        Some(code) => requete.filter(mandat::caisse_code.eq(code)).load(conn)?,
        None => requete.filter(mandat::caisse_code.is_null()).load(conn)?,
    })
}

/// The open account of a mandate.
pub fn de_mandat(conn: &mut AnyConn, mandat_id: i64, jour: NaiveDate) -> DbResult<Option<Membre>> {
    Ok(membres!(jour)
        .filter(mandat::id.eq(mandat_id))
        .first(conn)
        .optional()?)
}

/// The mandates of one open account, the oldest first.
pub fn de_compte(conn: &mut AnyConn, compte_id: i64, jour: NaiveDate) -> DbResult<Vec<Membre>> {
    Ok(membres!(jour).filter(compte::id.eq(compte_id)).load(conn)?)
}

/// The numbers of the open cases that an account handles, of one CPAM or of all.
pub fn suivis(conn: &mut AnyConn, compte_id: i64, caisse: Option<&str>) -> DbResult<Vec<String>> {
    let requete = dossier::table
        .filter(dossier::assigne_a.eq(compte_id))
        .filter(DOSSIER_OUVERT)
        .order(dossier::id)
        .select(dossier::numero)
        .into_boxed();
    Ok(match caisse {
        Some(code) => requete.filter(dossier::caisse_code.eq(code)).load(conn)?,
        None => requete.load(conn)?,
    })
}
