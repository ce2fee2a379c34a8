//! REG-17: a grant on a condition waits for it; the condition met, it takes effect; unmet, it lapses (`installation`).

use chrono::NaiveDate;
use courriers::Courrier;
use courriers::decision::ReserveLevee;
use regles::echeance::{Delai, NatureEcheance};
use regles::evenement::Fait;
use regles::geste;
use regles::reserve::{Issue, Reserve};

use crate::actions::decision::{A_NOTIFIER, ouvrir_l_installation};
use crate::actions::dossier::{entete, objet, ouvrir, territoire};
use crate::actions::{Acte, ActionError, ActionResult, courriel, echeance, reduction, tracer};
use crate::db::decision;
use crate::db::demande::{self, ChangementDemande, DemandeComplete};
use crate::db::piece::{self, Piece};
use crate::db::{AnyConn, CpamScope, DbResult, WriteTx, demande_etat};

/// The condition of a grant that was just signed is waited for, until the day that the decision fixes.
///
/// # Errors
/// The refusal of the database, no parameter in force.
pub(in crate::actions) fn attendre_la_reserve(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier: &DemandeComplete,
    reserve: &Reserve,
) -> ActionResult<()> {
    let depart = acte.jour();
    let jours = u32::try_from((reserve.au_plus_tard - depart).num_days())
        .map_err(|e| ActionError::Regle(e.to_string()))?;
    echeance::ouvrir(
        tx,
        acte,
        &echeance::Ouverture {
            caisse_code: &dossier.demande.caisse_code,
            territoire: territoire(dossier)?,
            dossier_id: dossier.demande.id,
            nature: NatureEcheance::ReserveAccord,
            depart,
            delai: Delai::Jours(jours),
            suspensions: &[],
        },
    )?;
    Ok(())
}

/// The documents that may prove the condition: those of the request, and of the departure whose place it takes.
pub fn preuves(conn: &mut AnyConn, dossier: &DemandeComplete) -> DbResult<Vec<Piece>> {
    let d = &dossier.demande;
    let scope = CpamScope::Caisse(d.caisse_code.clone());
    let mut toutes = piece::de(conn, &scope, d.id)?;
    if let Some(place_id) = d.place_id {
        toutes.extend(piece::de(conn, &scope, place_id)?);
    }
    // PRO-14: what the caisse does not open proves nothing here.
    toutes.retain(|p| p.contenu.is_some() && p.remplacee_par.is_none());
    Ok(toutes)
}

/// States that the condition of a grant was met on `le`, on a document: the grant takes effect, and the six months to
/// install run from that day, or from the notification if it comes later (REG-9). Returns their last day, once they run.
///
/// # Errors
/// A wrong day or document, [`ActionError::Perime`], a refusal in words, the refusal of the database.
pub fn lever(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    le: NaiveDate,
    preuve: i64,
) -> ActionResult<Option<NaiveDate>> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    let d = &dossier.demande;
    geste::lever_la_reserve(d.etat, d.reserve())?;
    geste::lever_le(d.reserve.au, d.reserve.levee_le, le, acte.jour())
        .map_err(|refus| ActionError::champ("le", refus.phrase()))?;
    if !preuves(tx, &dossier)?.iter().any(|p| p.id == preuve) {
        return Err(ActionError::champ(
            "preuve",
            "Choisissez la pièce qui prouve que la condition est remplie.",
        ));
    }
    demande::modifier(
        tx,
        d.id,
        version,
        &ChangementDemande {
            reserve_levee: Some((le, preuve)),
            ..ChangementDemande::default()
        },
    )?;
    echeance::satisfaire(
        tx,
        acte,
        d.id,
        NatureEcheance::ReserveAccord,
        "Condition remplie",
    )?;
    let debut = d
        .notifiee_le
        .and_then(|notifiee| Issue::Levee(le).debut_de_l_installation(notifiee));
    let terme = match debut {
        Some(debut) => {
            let territoire = territoire(&dossier)?;
            Some(ouvrir_l_installation(
                tx, acte, &dossier, territoire, debut,
            )?)
        }
        // The six months run from the notification, which comes later.
        None => {
            demande_etat::echeance_sans_delai(tx, d.id, acte.jour(), A_NOTIFIER)?;
            None
        }
    };
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::ReserveLevee {
            le,
            piece: preuve,
            terme,
        },
    )?;
    // DER-4: what was promised is owed from the day the grant takes effect, once it is notified.
    if d.notifiee_le.is_some() {
        let relue = demande_etat::charger(tx, scope, numero)?;
        let signee = decision::active(tx, d.id)?.and_then(|decision| decision.effet);
        let effet = relue.demande.effet(signee).unwrap_or(le);
        reduction::suivre(tx, acte, &relue, effet)?;
    }
    // PRO-8: no e-mail says what was decided before it is notified.
    if d.notifiee_le.is_none() {
        return Ok(None);
    }
    let lettre = ReserveLevee {
        dossier: entete(&dossier),
        le,
        terme,
    }
    .lettre();
    let cle = format!("reserve_levee:{}", d.id);
    courriel::au_demandeur(tx, acte, &cle, &dossier, &lettre)?;
    Ok(terme)
}
