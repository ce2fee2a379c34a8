//! What an appeal that succeeds writes in the case that it contested.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::decision::EtatDecision;
use regles::demande::EtatDemande;
use regles::depart::EtatDepart;
use regles::passage::Passage;

use crate::demande::Demande;
use crate::depart::Depart;
use crate::dossier::{self as tronc, ChangementDossier};
use crate::schema::{decision, demande, depart};
use crate::{DbResult, WriteTx, une_ligne};

/// Undoes a decision: its row stays, under its new state.
///
/// # Errors
/// [`crate::DbError::Perime`] when it is no longer in the state that was read.
pub fn annuler_la_decision(
    tx: &mut WriteTx<'_>,
    id: i64,
    passage: Passage<EtatDecision>,
) -> DbResult<()> {
    une_ligne(
        diesel::update(decision::table.find(id))
            .filter(decision::etat.eq(passage.de()))
            .set(decision::etat.eq(passage.vers()))
            .execute(&mut **tx)?,
    )
}

/// Opens again a request whose decision is undone: what was said of its notification, of its condition and of its
/// installation was said of that decision.
///
/// # Errors
/// [`crate::DbError::Perime`] when it changed since it was read.
pub fn rouvrir_la_demande(
    tx: &mut WriteTx<'_>,
    d: &Demande,
    passage: Passage<EtatDemande>,
) -> DbResult<()> {
    let tronc = ChangementDossier {
        etat: Some(passage.vers().as_str()),
        ouvert: Some(passage.vers().a_la_file(false)),
        ..ChangementDossier::default()
    };
    tronc::modifier(tx, d.id, d.version, &tronc)?;
    une_ligne(
        diesel::update(demande::table.find(d.id))
            .set((
                demande::notifiee_le.eq(None::<NaiveDate>),
                demande::notification_mode.eq(None::<String>),
                demande::installee_le.eq(None::<NaiveDate>),
                demande::reserve_au.eq(None::<NaiveDate>),
                demande::reserve_levee_le.eq(None::<NaiveDate>),
                demande::reserve_piece_id.eq(None::<i64>),
                demande::pieces_attendues.eq(None::<String>),
                demande::pieces_venues_le.eq(None::<NaiveDate>),
            ))
            .execute(&mut **tx)?,
    )
}

/// Opens again a declaration of departure that was not accepted.
///
/// # Errors
/// [`crate::DbError::Perime`] when it changed since it was read;
/// [`crate::contrainte::Contrainte::DepartUnique`] when another one counts in the zone meanwhile.
pub fn rouvrir_le_depart(
    tx: &mut WriteTx<'_>,
    d: &Depart,
    passage: Passage<EtatDepart>,
) -> DbResult<()> {
    let tronc = ChangementDossier {
        etat: Some(passage.vers().as_str()),
        ouvert: Some(passage.vers() == EtatDepart::Declaree),
        ..ChangementDossier::default()
    };
    tronc::modifier(tx, d.id, d.version, &tronc)?;
    une_ligne(
        diesel::update(depart::table.find(d.id))
            .set((
                depart::motif.eq(None::<String>),
                depart::traitee_le.eq(None::<NaiveDateTime>),
                depart::traitee_par.eq(None::<i64>),
            ))
            .execute(&mut **tx)?,
    )
}
