//! What the zonage says of the place left, at a date; and why a departure opens no place there (REG-15, REG-16).

use chrono::NaiveDate;
use regles::identifiants::Insee;
use regles::place::sans_place as phrase;
use regles::regle::Explication;
use regles::reglement::Reglement;
use regles::zonage::Categorie;

use crate::actions::evaluation::{evaluer_depart, faits_du_depart};
use crate::actions::{ActionError, ActionResult};
use crate::db::depart::DepartComplet;
use crate::db::place::Place;
use crate::db::zonage::{self, ZoneError, ZoneTrouvee};
use crate::db::{AnyConn, DbError};

/// The category, or none where the zonage does not say it.
///
/// # Errors
/// The refusal of the database.
pub(super) fn categorie_dite(
    zone: Result<ZoneTrouvee, ZoneError>,
) -> ActionResult<Option<Categorie>> {
    match zone {
        Ok(zone) => Ok(Some(zone.categorie)),
        Err(ZoneError::Db(erreur)) => Err(erreur.into()),
        Err(_) => Ok(None),
    }
}

/// The category of a commune on a day; none where the zonage does not say it.
///
/// # Errors
/// The refusal of the database.
pub fn categorie_le(
    conn: &mut AnyConn,
    reglement: &Reglement,
    insee: &str,
    jour: NaiveDate,
) -> ActionResult<Option<Categorie>> {
    let insee: Insee = insee
        .parse()
        .map_err(|_| DbError::Incoherent(format!("commune {insee}")))?;
    categorie_dite(zonage::categorie(conn, reglement, &insee, jour))
}

/// REG-15, REG-16: why a departure opens no place, or would open none; none where they do not decide.
///
/// # Errors
/// An explanation that does not read, no parameter in force.
pub fn sans_place(
    reglement: &Reglement,
    depart: &DepartComplet,
    place: Option<&Place>,
    jour: NaiveDate,
) -> ActionResult<Option<String>> {
    let explication: Explication = match place {
        Some(place) => serde_json::from_str(&place.explication)
            .map_err(|e| DbError::Incoherent(format!("place {} : {e}", place.id)))?,
        None => {
            let faits = faits_du_depart(&depart.depart, super::territoire(depart)?);
            evaluer_depart(reglement, &faits, &depart.depart, jour)?.explication
        }
    };
    phrase(&explication, jour).map_err(|e| ActionError::Regle(e.to_string()))
}
