//! REG-8: who designated takes the designation back, and names nobody else.

use courriers::Courrier;
use regles::designation::{EtatDesignation, Evenement, transition};
use regles::evenement::Fait;
use regles::place::transition as place_transition;

use super::super::cedant::Cedant;
use super::super::{Acte, ActionError, ActionResult, courriel, tracer};
use super::verification::{empechement, refuser_si_depot};
use super::{cle_du_designant, cle_du_successeur, demande_en_cours, objet, rouvrir_delai};
use crate::db::ayant_droit::AyantDroit;
use crate::db::courriel::retenir;
use crate::db::depart::{self, DepartComplet};
use crate::db::designation::{self, Designation};
use crate::db::place::{self, Place};
use crate::db::{AnyConn, CpamScope, WriteTx};

/// A designation to take back.
#[derive(Debug, Clone)]
pub struct ARetirer {
    /// The leaver.
    pub kine_id: i64,
    /// The departure.
    pub depart_id: i64,
    /// REG-7: who acts in the leaver's place.
    pub ayant_droit: Option<AyantDroit>,
}

/// A designation that may be taken back.
pub struct Retirable {
    /// The departure.
    pub depart: DepartComplet,
    /// The designation.
    pub designation: Designation,
    place: Place,
}

/// The designation that counts, when who designated may take it back; nothing is written.
///
/// # Errors
/// Nobody is designated, the place is no longer open, or a decision rests on it.
pub fn retirable(conn: &mut AnyConn, acte: &Acte, a: &ARetirer) -> ActionResult<Retirable> {
    let c = depart::complete(conn, &CpamScope::Kine(a.kine_id), a.depart_id)?;
    let place = place::de_depart(conn, a.depart_id)?;
    if let Some(phrase) = empechement(acte, &c, place.as_ref())? {
        return Err(ActionError::refus(phrase));
    }
    let place =
        place.ok_or_else(|| ActionError::Regle("a departure without its place".to_owned()))?;
    let active = designation::active(conn, place.id)?.filter(|d| d.candidature_id.is_none());
    let Some(designation) = active else {
        return Err(ActionError::refus(
            "Personne n’est désigné sur cette place : il n’y a rien à retirer.",
        ));
    };
    refuser_si_depot(conn, acte, &place, Some(&designation))?;
    Ok(Retirable {
        depart: c,
        designation,
        place,
    })
}

/// Takes back the designation `vue`. Who was designated is told if, and only if, they had been written to.
///
/// # Errors
/// As [`retirable`]; [`ActionError::Perime`] when another designation counts by now.
pub fn retirer(tx: &mut WriteTx<'_>, acte: &Acte, a: &ARetirer, vue: i64) -> ActionResult<()> {
    let deja = designation::de_place(tx, a.depart_id)?
        .into_iter()
        .any(|s| s.designation.id == vue && s.designation.etat == EtatDesignation::Retiree);
    // The same form sent twice.
    if deja {
        depart::complete(tx, &CpamScope::Kine(a.kine_id), a.depart_id)?;
        return Ok(());
    }
    let Retirable {
        depart: c,
        designation: d,
        place,
    } = retirable(tx, acte, a)?;
    if d.id != vue {
        return Err(ActionError::Perime);
    }
    // Whoever decides on this place at the same instant has read another version of it.
    let ouverte = place_transition(place.etat, regles::place::Evenement::Designer)?;
    place::passer(tx, &place, ouverte)?;
    let passage = transition(d.etat, Evenement::Retirer)?;
    designation::passer(tx, d.id, passage, d.kine_id, acte.le())?;
    rouvrir_delai(tx, acte, &c, &place)?;
    tracer(
        tx,
        &acte.acteur,
        objet(&c),
        Fait::DesignationRetiree {
            designation: d.id,
            rpps: Some(d.rpps.clone()),
        },
    )?;
    sans_effet(tx, acte, &c, &d, false)
}

/// What was written about a designation that counts no more: what has not left does not leave, and who had been written to
/// is told, unless the same person is designated again (`meme`).
pub(super) fn sans_effet(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    c: &DepartComplet,
    d: &Designation,
    meme: bool,
) -> ActionResult<()> {
    retenir(tx, &cle_du_designant(d.id), acte.le())?;
    let jamais_partie = retenir(tx, &cle_du_successeur(d.id), acte.le())?;
    // Who answered had read of it, whatever became of the mail.
    let ignoree = jamais_partie && d.etat == EtatDesignation::EnAttente;
    if ignoree || meme {
        return Ok(());
    }
    let demande = match d.kine_id {
        Some(kine_id) => demande_en_cours(tx, d.place_id, kine_id)?,
        None => None,
    };
    let cedant = Cedant::de(tx, c)?;
    let lettre = courriers::designation::DesignationRemplacee {
        par: cedant.designant().nom(),
        commune: &c.commune,
        depuis: acte.jour_a(c.service.territoire()?),
        demande: demande.as_ref().map(|d| d.numero.as_str()),
        contact: &c.service.lignes(),
    }
    .lettre();
    courriel::deposer(
        tx,
        acte,
        &format!("designation_remplacee:{}", d.id),
        &d.courriel,
        &lettre,
    )
}
