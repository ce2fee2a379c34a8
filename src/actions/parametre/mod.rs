//! The parameters of this installation: those shipped, and the dated values that two people agreed on.

pub mod apercu;
mod examen;
mod proposition;

pub use examen::{approuver, rejeter, retirer};
pub use proposition::{Proposition, candidate, proposer};

use regles::parametre::{Parametre, ValeurParametre};
use regles::regle::Statut;
use regles::reglement::Reglement;

use super::{Acte, ActionError, ActionResult};
use crate::clock::jour_a_paris;
use crate::db::parametre::{self, ValeurStockee};
use crate::db::{AnyConn, DbError, WriteTx, reglement};

/// The shipped parameters with the approved values laid over them, validated like the files.
///
/// # Errors
/// A stored value that does not read or does not fit, the refusal of the database.
pub fn en_vigueur(conn: &mut AnyConn, livre: &Reglement) -> ActionResult<Reglement> {
    let mut approuves = Vec::new();
    for stockee in parametre::approuvees(conn)? {
        let valeur = lire(livre, &stockee)?;
        if livre
            .historique(&valeur.cle)
            .iter()
            .any(|p| p.du == valeur.du)
        {
            tracing::warn!(cle = valeur.cle, du = %valeur.du, "an approved value prevails over the shipped one");
        }
        approuves.push(valeur);
    }
    Ok(livre.superposer(approuves)?)
}

/// The parameters of this installation, read afresh: for an act that must not rest on what was known a moment ago.
///
/// # Errors
/// As [`en_vigueur`].
pub fn frais(conn: &mut AnyConn) -> ActionResult<Reglement> {
    en_vigueur(conn, &Reglement::embarque()?)
}

/// A stored value as a parameter: what the catalogue of the shipped values says of its key, with the stored value.
///
/// # Errors
/// A key that is no longer known, a value that does not read.
pub fn lire(livre: &Reglement, stockee: &ValeurStockee) -> ActionResult<Parametre> {
    let valeur: ValeurParametre = serde_json::from_str(&stockee.valeur)
        .map_err(|e| DbError::Incoherent(format!("paramètre {} : {e}", stockee.cle)))?;
    Ok(Parametre {
        valeur,
        du: stockee.du,
        au: None,
        source: stockee.source.clone(),
        statut: statut(&stockee.statut)?,
        verifie_le: jour_a_paris(stockee.proposee_le),
        ..livre.derniere(&stockee.cle)?.clone()
    })
}

/// The status that a letter says.
///
/// # Errors
/// Another letter.
pub fn statut(lettre: &str) -> ActionResult<Statut> {
    [Statut::S, Statut::E, Statut::L, Statut::D]
        .into_iter()
        .find(|s| s.as_str() == lettre)
        .ok_or_else(|| DbError::Incoherent(format!("statut {lettre}")).into())
}

/// The version of the parameters of an act, kept whole so that what rests on it can be replayed (EXP-2).
pub fn conserver(tx: &mut WriteTx<'_>, acte: &Acte) -> ActionResult<String> {
    let version = acte.reglement.version();
    if !reglement::est_conserve(tx, &version)? {
        let contenu = serde_json::to_string(&*acte.reglement)
            .map_err(|e| ActionError::Regle(e.to_string()))?;
        reglement::conserver(tx, &version, &contenu, acte.le())?;
    }
    Ok(version)
}
