//! PRO-8: the decision is notified; the six months of REG-9 and the two months of PRO-6 run from that day.

use chrono::NaiveDate;
use serde_json::json;

use super::lettres;
use crate::actions::dossier::{objet, ouvrir, suivant, territoire};
use crate::actions::{Acte, ActionError, ActionResult, courriel, echeance, tracer};
use crate::clock::jour_a_paris;
use crate::db::decision;
use crate::db::demande::{self, ChangementDemande};
use crate::db::echeance::{NatureEcheance, Porteur};
use crate::db::{CpamScope, DbError, WriteTx, demande_etat};
use crate::domain::demande::{Evenement, Sens};
use crate::domain::echeance::calculer;
use crate::texte;

text_enum! {
    /// How a decision is notified (PRO-8).
    pub enum Mode {
        /// Registered letter; the date is that of its first presentation.
        Recommande = "recommande", "lettre recommandée avec avis de réception";
        /// In the portal; the date is that of the first opening.
        Portail = "portail", "portail";
    }
}

/// Records the notification of a decision. A grant opens the deadline to install (REG-9).
///
/// # Errors
/// A wrong date, a decision notified already, [`ActionError::Perime`], the refusal of the database.
pub fn notifier(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    mode: Mode,
    le: NaiveDate,
) -> ActionResult<()> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    let d = &dossier.demande;
    suivant(&dossier, Evenement::Notifier)?;
    if let Some(deja) = d.notifiee_le {
        return Err(ActionError::refus(format!(
            "La décision est déjà notifiée, le {}.",
            texte::date_fr(deja)
        )));
    }
    let decision = decision::active(tx, d.id)?
        .ok_or_else(|| DbError::Incoherent(format!("demande {numero} sans décision")))?;
    let decidee_le = decision
        .decidee_le
        .map(jour_a_paris)
        .ok_or_else(|| DbError::Incoherent(format!("demande {numero} : décision sans date")))?;
    controler_date(acte, le, decidee_le)?;
    demande::modifier(
        tx,
        d.id,
        version,
        &ChangementDemande {
            notifiee_le: Some(le),
            notification_mode: Some(mode.as_str()),
            ..ChangementDemande::default()
        },
    )?;
    let territoire = territoire(&dossier)?;
    let recours = calculer(
        le,
        acte.reglement.delai("recours.delai", le)?,
        territoire,
        &[],
    )?;
    let terme = match decision.sens {
        Sens::Accord => {
            echeance::ouvrir(
                tx,
                acte,
                &echeance::Ouverture {
                    organisme_code: &d.organisme_code,
                    territoire,
                    porteur: Porteur::Demande(d.id),
                    nature: NatureEcheance::Installation,
                    regle: "REG-9",
                    depart: le,
                    delai: acte.reglement.delai("installation.delai", le)?,
                    suspensions: &[],
                },
            )?
            .finale
        }
        Sens::Refus => {
            demande_etat::echeance_sans_delai(tx, d.id, recours.finale, "recours")?;
            recours.finale
        }
    };
    let suite = match decision.sens {
        Sens::Accord => format!("installation avant le {} (REG-9)", texte::date_fr(terme)),
        Sens::Refus => format!(
            "recours possible jusqu’au {} (PRO-6)",
            texte::date_fr(terme)
        ),
    };
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        "decision.notifiee",
        &format!(
            "a enregistré la notification du {} ({}) : {suite}",
            texte::date_fr(le),
            mode.libelle()
        ),
        &json!({"mode": mode, "le": le, "terme": terme, "recours": recours.finale}),
    )?;
    let lettre = lettres::notification(acte, &dossier, &decision, le, terme)?;
    courriel::deposer(
        tx,
        acte,
        &format!("notification:{}", decision.id),
        &dossier.courriel,
        &lettre,
    )
}

fn controler_date(acte: &Acte, le: NaiveDate, decidee_le: NaiveDate) -> ActionResult<()> {
    if le < decidee_le {
        return Err(ActionError::champ(
            "date",
            format!(
                "La notification ne peut pas précéder la décision, prise le {}.",
                texte::date_fr(decidee_le)
            ),
        ));
    }
    if le > acte.jour() {
        return Err(ActionError::champ(
            "date",
            "La date de notification est dans le futur : enregistrez-la quand la lettre aura été présentée.",
        ));
    }
    Ok(())
}
