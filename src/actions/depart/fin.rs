//! The two years are over and nobody was designated (REG-6): the place lapses, or is put up for attribution where
//! the CPAM applies a charter (REG-12).

use courriers::Courrier;
use regles::designation::EtatDesignation;
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::grand_livre::EtatPlace;
use regles::passage::Passage;
use regles::place::{Evenement, transition};

use super::objet;
use crate::actions::{Acte, ActionResult, cedant, echeance, tracer};
use crate::db::designation;
use crate::db::echeance::territoire;
use crate::db::place::{self, Place};
use crate::db::{AnyConn, CpamScope, DbResult, WriteTx, demande, depart};

/// Whether the CPAM applies a charter on the day of the act; none leaves it to the parameter
/// `place.sans_successeur`.
pub(super) fn charte(conn: &mut AnyConn, acte: &Acte, caisse: &str) -> DbResult<Option<bool>> {
    Ok(crate::db::charte::en_vigueur(conn, caisse, acte.jour())?.map(|_| true))
}

/// Records that nobody was designated in time (REG-6). Nothing happens when the place is no longer open, when its
/// delay still runs, or when somebody designated accepted or applied. Returns what became of the place.
pub fn constater_fin(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    place_id: i64,
) -> ActionResult<Option<EtatPlace>> {
    let lue = place::par_id(tx, place_id)?;
    let jour = acte.jour_a(territoire(tx, &lue.caisse_code)?);
    let echue = lue.limite_designation.is_some_and(|l| jour > l);
    if lue.etat != EtatPlace::Ouverte || !echue {
        return Ok(None);
    }
    if designation::active(tx, place_id)?.is_some_and(|d| d.etat == EtatDesignation::Acceptee) {
        return Ok(None);
    }
    // Somebody applied in time, and waits for an answer: the place is not taken away meanwhile.
    if demande::de_place(tx, place_id)?
        .iter()
        .any(|d| d.etat.en_cours())
    {
        return Ok(None);
    }
    finir(tx, acte, &lue, None).map(Some)
}

/// Ends the two years of a place: it lapses, or is put up for attribution. Its delay closes, the leaver is told.
/// `liberee`: the grant on it lapsed in the same act.
///
/// # Errors
/// The place is neither open nor freed, the refusal of the database.
pub(in crate::actions) fn finir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    lue: &Place,
    liberee: Option<Passage<EtatPlace>>,
) -> ActionResult<EtatPlace> {
    let depart = depart::complete(tx, &CpamScope::National, lue.depart_id)?;
    let national = acte.reglement.texte("place.sans_successeur", acte.jour())? == "charte";
    let charte = charte(tx, acte, &lue.caisse_code)?.unwrap_or(national);
    let fin = |etat| transition(etat, Evenement::Finir { charte });
    let passage = match liberee {
        Some(liberee) => liberee.puis(fin)?,
        None => fin(lue.etat)?,
    };
    let vers = passage.vers();
    place::passer(tx, lue, passage)?;
    echeance::annuler(
        tx,
        acte,
        lue.id,
        NatureEcheance::DesignationSuccesseur,
        "Délai de désignation écoulé",
    )?;
    let limite_designation = lue.limite_designation;
    let (kine, contact) = (depart.kine.nom_complet(), depart.service.lignes());
    let (fait, lettre, cle) = if vers == EtatPlace::AAttribuer {
        clore_designation(tx, acte, lue.id)?;
        let lettre = courriers::depart::PlaceAAttribuer {
            kine: &kine,
            contact: &contact,
            commune: &depart.commune,
            limite: limite_designation,
        };
        (
            Fait::PlaceAAttribuer { limite_designation },
            lettre.lettre(),
            format!("place_a_attribuer:{}:{}", lue.id, lue.version),
        )
    } else {
        let lettre = courriers::depart::PlaceCaduque {
            kine: &kine,
            contact: &contact,
            commune: &depart.commune,
            limite: limite_designation,
        };
        (
            Fait::PlaceCaduque { limite_designation },
            lettre.lettre(),
            format!("place_caduque:{}", lue.id),
        )
    };
    tracer(tx, &acte.acteur, objet(&depart), fait)?;
    cedant::ecrire(tx, acte, &cle, &depart, lettre)?;
    Ok(vers)
}

/// A designation left without an answer has no effect any more: another person may be attributed the place.
fn clore_designation(tx: &mut WriteTx<'_>, acte: &Acte, place_id: i64) -> ActionResult<()> {
    let Some(d) = designation::active(tx, place_id)? else {
        return Ok(());
    };
    let passage =
        regles::designation::transition(d.etat, regles::designation::Evenement::Remplacer)?;
    Ok(designation::passer(
        tx,
        d.id,
        passage,
        d.kine_id,
        acte.le(),
    )?)
}
