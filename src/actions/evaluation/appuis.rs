//! What an evaluation rests on beside the request itself, in one statement.

use regles::derogation::Motif;
use regles::identifiants::Insee;
use regles::reduction::Reduction;

use super::super::{ActionResult, motif};
use crate::db::demande::Demande;
use crate::db::depart::{self, DepartComplet};
use crate::db::designation::{self, Designation};
use crate::db::ensemble::Lectures;
use crate::db::place::{self, Place};
use crate::db::reduction::{self, ReductionStockee};
use crate::db::zonage::{self, Classement};
use crate::db::{AnyConn, DbError, kine, motif as motifs};

/// What an evaluation rests on beside the request itself.
pub struct Appuis {
    /// What the arrêtés say of its commune.
    pub zone: Classement,
    /// The place that it names.
    pub succession: Option<PlaceVisee>,
    /// DER-2: the ground that it invokes, if it is known.
    pub motif: Option<Motif>,
    /// DER-4: the reduction of activity that it cites.
    pub reduction: Option<Reduction>,
    /// RPPS of the applicant.
    pub rpps: String,
}

/// The place that a request names.
pub struct PlaceVisee {
    /// The place.
    pub place: Place,
    /// The departure that opened it.
    pub depart: DepartComplet,
    /// The designation that counts for it.
    pub designation: Option<Designation>,
}

impl Appuis {
    /// Reads them.
    ///
    /// # Errors
    /// The refusal of the database, a stored value that does not read.
    pub fn lire(conn: &mut AnyConn, demande: &Demande) -> ActionResult<Appuis> {
        let insee: Insee = demande
            .insee
            .parse()
            .map_err(|_| DbError::Incoherent(format!("commune {}", demande.insee)))?;
        let place_id = demande.place_id;
        let (
            zones,
            mut places,
            mut departs,
            mut designations,
            approuves,
            mut reductions,
            mut kines,
        ) = (
            zonage::lecture_classement(&insee),
            place::lecture_nommee(place_id),
            depart::lecture_de_place(place_id),
            designation::lecture_actives(place_id.into_iter().collect()),
            motifs::lecture_approuves(demande.derogation_motif.clone()),
            reduction::lecture_de_demande(demande.id),
            kine::lecture_par_id(demande.kine_id),
        )
            .ensemble(conn)?;
        let succession = match (place_id, places.pop(), departs.pop()) {
            (None, ..) => None,
            (Some(_), Some(place), Some(depart)) => Some(PlaceVisee {
                place,
                depart,
                designation: designations.pop(),
            }),
            (Some(_), ..) => return Err(DbError::Introuvable.into()),
        };
        Ok(Appuis {
            zone: Classement::nouveau(conn, &insee, zones)?,
            succession,
            motif: match &demande.derogation_motif {
                Some(code) => motif::du_code(code, approuves)?,
                None => None,
            },
            reduction: reductions.pop().map(ReductionStockee::lue).transpose()?,
            rpps: kines.pop().ok_or(DbError::Introuvable)?.rpps,
        })
    }
}
