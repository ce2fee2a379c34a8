//! What follows a decision on a request, and is read with its row: the condition of a grant, the documents that it waits for,
//! a proposal that was sent back. Apart: a row is read of 32 columns at most.

use chrono::NaiveDate;
use diesel::prelude::*;
use regles::condition::{Condition, EtatCondition};
use regles::effet::effet;
use regles::piece::NaturePiece;

use super::demande::Demande;
use super::schema::{demande, dossier, identite_verifiee};
use super::{DbError, DbResult};

/// REG-17: until when the condition of a grant may be met, and when it was. Apart: a row is read of 32 columns at most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = demande)]
pub struct ReserveDite {
    /// Its last day; none without a condition.
    #[diesel(column_name = reserve_au)]
    pub au: Option<NaiveDate>,
    /// The day it was met.
    #[diesel(column_name = reserve_levee_le)]
    pub levee_le: Option<NaiveDate>,
}

/// PRO-5: the proposal that was sent back, until another is made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = demande)]
pub struct Renvoi {
    #[diesel(column_name = renvoi_par)]
    par: Option<String>,
    #[diesel(column_name = renvoi_motif)]
    motif: Option<String>,
}

impl Renvoi {
    /// Who sent it back, and what is to be seen again; none when nothing was sent back.
    pub fn dit(&self) -> Option<(&str, &str)> {
        Some((self.par.as_deref()?, self.motif.as_deref()?))
    }
}

/// What a request and its grant still call for: one column of the row, for a tuple holds 32.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = demande)]
pub struct Appelle {
    /// GEN-1: what an agent recorded of the general conditions, JSON.
    generales: Option<String>,
    /// PRO-3: the useful documents that the file lacked when the grant was signed, JSON; none when it lacked none.
    pieces_attendues: Option<String>,
    /// PRO-3: the day the last of them came.
    pieces_venues_le: Option<NaiveDate>,
    /// PRO-3: whether the caisse confirmed with the Ordre or the directory (RPPS) who the applicant is.
    #[diesel(select_expression = diesel::dsl::exists(
        identite_verifiee::table
            .filter(identite_verifiee::kine_id.nullable().eq(dossier::kine_id))
            .filter(identite_verifiee::moyen.eq("ordre"))
    ))]
    rpps_confirme: bool,
}

impl Demande {
    /// PRO-3: whether the caisse confirmed with the Ordre or the directory (RPPS) who the applicant is: the diploma is known.
    pub fn rpps_confirme(&self) -> bool {
        self.appelle.rpps_confirme
    }

    /// PRO-3: the useful documents that its grant still waits for to take effect.
    ///
    /// # Errors
    /// [`super::DbError::Incoherent`] when they do not read.
    pub fn pieces_attendues(&self) -> DbResult<Vec<NaturePiece>> {
        match (
            &self.appelle.pieces_attendues,
            self.appelle.pieces_venues_le,
        ) {
            (Some(json), None) => serde_json::from_str(json)
                .map_err(|e| DbError::Incoherent(format!("demande {} : pièces : {e}", self.id))),
            _ => Ok(Vec::new()),
        }
    }

    /// GEN-2: the first day on which acts are covered, `signe` being the one that the decision fixes; none while the grant waits
    /// for its condition (REG-17) or for documents (PRO-3).
    pub fn effet(&self, signe: Option<NaiveDate>) -> Option<NaiveDate> {
        let reserve = self.reserve.au.map(|_| self.reserve.levee_le);
        let attendues = self.appelle.pieces_attendues.as_ref();
        let pieces = attendues.map(|_| self.appelle.pieces_venues_le);
        let attendus: Vec<_> = reserve.into_iter().chain(pieces).collect();
        effet(signe, &attendus)
    }

    /// GEN-1: what an agent recorded of the general conditions.
    ///
    /// # Errors
    /// [`super::DbError::Incoherent`] when it does not read.
    pub fn generales(&self) -> DbResult<Vec<(Condition, EtatCondition)>> {
        let Some(json) = &self.appelle.generales else {
            return Ok(Vec::new());
        };
        serde_json::from_str(json)
            .map_err(|e| DbError::Incoherent(format!("demande {} : generales : {e}", self.id)))
    }
}
