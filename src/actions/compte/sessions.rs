//! The holder closes her own sessions: a lost telephone, a computer left open. She has the one she uses last longer.

use chrono::{NaiveDateTime, TimeDelta};
use regles::droits::Role;
use regles::evenement::Fait;

use super::connexion::{DUREE_HEURES, DUREE_MAX_HEURES};
use super::objet_de;
use crate::actions::{Acte, ActionResult, Objet, tracer};
use crate::db::reponse_gardee::{self, Porteur};
use crate::db::session::{self, Identite};
use crate::db::{DbError, WriteTx, mandat};

/// Closes one of the holder's sessions.
///
/// # Errors
/// [`DbError::Introuvable`] when it is not one of hers.
pub fn fermer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    qui: &Identite,
    empreinte: &str,
) -> ActionResult<()> {
    if session::fermer_de(tx, qui.compte_id, empreinte)? == 0 {
        return Err(DbError::Introuvable.into());
    }
    tracer(tx, &acte.acteur, objet_de(qui), Fait::SessionFermee {})?;
    Ok(())
}

/// Closes the holder's sessions, all but this one; returns how many were closed.
pub fn fermer_autres(tx: &mut WriteTx<'_>, acte: &Acte, qui: &Identite) -> ActionResult<usize> {
    let fermees = session::fermer_toutes(tx, qui.compte_id, Some(&qui.session))?;
    tracer(
        tx,
        &acte.acteur,
        objet_de(qui),
        Fait::SessionAutresFermees {
            sessions_fermees: fermees,
        },
    )?;
    Ok(fermees)
}

/// Goes on under another mandate of the holder's (none: as the practitioner that she is); returns its role.
///
/// # Errors
/// [`DbError::Introuvable`] when it is not one of hers, or not in force today.
pub fn changer_mandat(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    qui: &Identite,
    choisi: Option<i64>,
) -> ActionResult<Role> {
    let (role, caisse_code) = match choisi {
        None if mandat::est_kine(tx, qui.compte_id)? => (Role::Kine, None),
        None => return Err(DbError::Introuvable.into()),
        Some(id) => mandat::en_vigueur(tx, qui.compte_id, acte.jour())?
            .into_iter()
            .find(|m| m.id == id)
            .map(|m| (m.role, m.caisse_code))
            .ok_or(DbError::Introuvable)?,
    };
    session::changer_mandat(tx, &qui.session, choisi)?;
    // What was shown under the former one.
    reponse_gardee::oublier_de(tx, &Porteur::Session(qui.session.clone()))?;
    tracer(
        tx,
        &acte.acteur,
        Objet {
            caisse_code: caisse_code.as_deref(),
            ..Objet::default()
        },
        Fait::SessionMandatChange {
            role,
            mandat: choisi,
        },
    )?;
    Ok(role)
}

/// Has the session last [`DUREE_HEURES`] more, at most [`DUREE_MAX_HEURES`] after the login; returns its new end.
pub fn prolonger(tx: &mut WriteTx<'_>, acte: &Acte, qui: &Identite) -> ActionResult<NaiveDateTime> {
    let voulue = acte.le() + TimeDelta::hours(DUREE_HEURES);
    let derniere = qui.cree_le + TimeDelta::hours(DUREE_MAX_HEURES);
    let expire_le = qui.expire_le.max(voulue.min(derniere));
    session::prolonger(tx, &qui.session, acte.le(), expire_le)?;
    tracer(
        tx,
        &acte.acteur,
        objet_de(qui),
        Fait::SessionProlongee { expire_le },
    )?;
    Ok(expire_le)
}
