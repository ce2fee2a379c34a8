//! The tray of who signs: the proposals of a CPAM that wait for a signature.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::decision::EtatDecision;
use regles::demande::{EtatDemande, Fondement, Sens};

use super::condition::{DEMANDES, DOSSIER_OUVERT};
use super::schema::{commune, compte, decision, dossier, kine};
use super::{AnyConn, DbResult};

/// A proposal that waits.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct ASigner {
    /// Number of the request.
    pub numero: String,
    /// Its version: what a signature rests on.
    pub version: i32,
    /// What falls due first on it.
    pub echeance: NaiveDate,
    /// First name of the applicant.
    pub prenom: String,
    /// Name.
    pub nom: String,
    /// Name of the commune.
    pub commune: String,
    /// Grant or refusal.
    pub sens: Sens,
    /// What it rests on.
    pub fondement: Fondement,
    /// Whether it depends on a condition.
    pub sous_reserve: bool,
    /// Whether it departs from the opinion of the commission.
    pub ecart: bool,
    /// Who proposed it: first name and name.
    pub par: (String, String),
    /// When (UTC).
    pub proposee_le: NaiveDateTime,
}

impl ASigner {
    /// First name and name of the applicant.
    pub fn nom_complet(&self) -> String {
        format!("{} {}", self.prenom, self.nom)
    }
}

/// Proposals shown at most.
pub const MONTREES: i64 = 100;

/// The proposals of a CPAM that this account may sign, what falls due first at the top, at most [`MONTREES`]: not those that
/// it instructed or proposed, where who instructs may not sign (`separation`, PRO-5).
pub fn a_signer(
    conn: &mut AnyConn,
    caisse: &str,
    compte_id: i64,
    separation: bool,
) -> DbResult<Vec<ASigner>> {
    let requete = dossier::table
        .inner_join(decision::table)
        .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .inner_join(commune::table.on(commune::insee.eq(dossier::insee)))
        .inner_join(compte::table.on(compte::id.eq(decision::proposee_par)))
        .filter(dossier::caisse_code.eq(caisse))
        .filter(DEMANDES)
        .filter(DOSSIER_OUVERT)
        .filter(dossier::etat.eq(EtatDemande::Proposee))
        .filter(decision::etat.eq(EtatDecision::Proposee))
        .order((dossier::echeance, dossier::id))
        .limit(MONTREES)
        .select((
            dossier::numero,
            dossier::version,
            dossier::echeance,
            kine::prenom,
            kine::nom,
            commune::nom,
            decision::sens,
            decision::fondement,
            decision::reserve.is_not_null(),
            decision::ecart_motive.is_not_null(),
            (compte::prenom, compte::nom),
            decision::proposee_le,
        ))
        .into_boxed();
    let requete = match separation {
        true => requete.filter(decision::proposee_par.ne(compte_id)).filter(
            dossier::assigne_a
                .is_null()
                .or(dossier::assigne_a.ne(compte_id)),
        ),
        false => requete,
    };
    Ok(requete.load(conn)?)
}
