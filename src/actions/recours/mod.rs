//! PRO-9: an appeal is filed or entered from a paper, answered, or rejected by silence; what follows before the courts, and what
//! its outcome changes in the case that it contests.

mod depot;
mod effet;
mod notification;
mod objet;
mod reponse;
mod tribunal;

pub use depot::{ADeposer, MOYENS_MAX, Voie, deposer};
pub use effet::sur_la_place_d_une_demande;
pub use notification::{constater_le_document, ouvrir_par_la_personne, suivre};
pub use objet::{AContester, contestable};
pub use reponse::{Reponse, constater, repondre};
pub use tribunal::{JUGEMENT, Jugement, abandonner, juger, saisir};

use chrono::NaiveDate;
use courriers::recours::{Organes, RecoursAccuse};
use regles::calendrier::Territoire;
use regles::contestation::{Accuse, terme_du_tribunal};
use regles::recours::Voie as Route;
use regles::reglement::Reglement;

use super::courriel::Destinataire;
use super::destinataires::destinataires;
use super::{ActionError, ActionResult, Objet};
use crate::db::depart::Service;
use crate::db::recours::{Recours, RecoursComplet};
use crate::db::{AnyConn, CpamScope, WriteTx, destinataire, recours as stockes};

/// Reads an appeal of the scope, locked, in the version that the agent saw.
///
/// # Errors
/// [`crate::db::DbError::Introuvable`] out of scope, [`ActionError::Perime`] when somebody changed it meanwhile.
fn charger(
    tx: &mut WriteTx<'_>,
    scope: &CpamScope,
    numero: &str,
    version: i32,
) -> ActionResult<RecoursComplet> {
    let lu = stockes::charger(tx, scope, numero)?;
    match lu.recours.version == version {
        true => Ok(lu),
        false => Err(ActionError::Perime),
    }
}

/// What a line of its timeline is about: the case contested has it too.
fn objet(r: &Recours) -> Objet<'_> {
    Objet {
        caisse_code: Some(&r.caisse_code),
        dossier_id: Some(r.id),
        lie_id: Some(r.conteste_id),
    }
}

/// Whom to write to.
fn destinataire(c: &RecoursComplet) -> Destinataire {
    Destinataire::de(c.courriel.as_ref(), c.recours.id, c.recours.kine_id)
}

/// The route that an appeal follows: the one that its step belongs to.
pub fn route(r: &Recours) -> Route {
    match Route::SecuriteSociale.degres().contains(&r.degre) {
        true => Route::SecuriteSociale,
        false => Route::Administrative,
    }
}

/// Who answers, and the court of where the person lives.
///
/// # Errors
/// The refusal of the database.
pub fn organes(
    conn: &mut AnyConn,
    route: Route,
    service: &Service,
    kine_id: i64,
) -> ActionResult<Organes> {
    let ressort = destinataire::ressort(conn, kine_id)?;
    Ok(Organes {
        voie: route,
        tribunal: destinataires(route, service, ressort).tribunal,
    })
}

/// The receipt of an appeal, as the letter and the page say it.
///
/// # Errors
/// No parameter in force, or a deadline outside the calendar.
pub fn accuse<'a>(
    reglement: &Reglement,
    c: &'a RecoursComplet,
    (kine, contact, organes): (&'a str, &'a [String], &'a Organes),
) -> ActionResult<RecoursAccuse<'a>> {
    let r = &c.recours;
    let avant = au_tribunal(reglement, r.repondre_avant, c.service.territoire()?)?;
    Ok(RecoursAccuse {
        kine,
        numero: &r.numero,
        conteste: &c.conteste.0,
        contestee: r.contestee.libelle(),
        contestee_le: r.contestee_le,
        recu_le: r.recu_le,
        organes,
        secretariat: c.service.cra_adresse.as_deref().unwrap_or(&c.service.nom),
        repondre_avant: r.repondre_avant,
        tribunal_avant: avant,
        sur_papier: r.papier,
        contact,
    })
}

/// The last day to go to the court from a rejection that the receipt announced.
fn au_tribunal(
    reglement: &Reglement,
    depart: NaiveDate,
    territoire: Territoire,
) -> ActionResult<NaiveDate> {
    terme_du_tribunal(reglement, depart, Accuse::Envoye, territoire)?
        .ok_or_else(|| ActionError::Regle("no day after a receipt".to_owned()))
}

/// What lacks for an answer that may be contested to be notified: the court, named in words.
///
/// # Errors
/// A refusal that says what to fill.
fn tribunal_connu(organes: &Organes) -> ActionResult<()> {
    if organes.tribunal.is_some() {
        return Ok(());
    }
    let quoi = match organes.voie {
        Route::SecuriteSociale => "le tribunal judiciaire du domicile de la personne",
        Route::Administrative => "le tribunal administratif compétent",
    };
    Err(ActionError::refus(format!(
        "Cette réponse ne peut pas être notifiée : il manque {quoi}. La fiche de la caisse et l’espace de la personne donnent \
         ces adresses ; complétez-les, puis recommencez."
    )))
}
