//! ZON-10: the zone of a request on the days that matter: filed, complete, decided, and the day a new arrêté takes effect.

use chrono::NaiveDate;
use regles::arrete::{consequence, effet};
use regles::demande::EtatDemande;
use regles::reglement::Reglement;
use regles::texte;
use regles::zonage::Categorie;

use super::Lecture;
use super::blocs::Fait;
use crate::actions::ActionResult;
use crate::clock::jour_a_paris;
use crate::db::arrete::Arrete;
use crate::db::demande::Demande;
use crate::db::zonage::{Classement, ZoneError};
use crate::web::ui::Message;

/// The zone on other days than the one that counts.
pub struct Zones {
    /// On the day the file was complete, with that day; a sentence when it cannot be told.
    complet: Option<(NaiveDate, Result<Categorie, String>)>,
    /// On the day the next arrêté of the region takes effect, while the request is not decided.
    a_venir: Option<(Arrete, Result<Categorie, String>)>,
}

fn categorie(
    classement: &Classement,
    reglement: &Reglement,
    jour: NaiveDate,
) -> ActionResult<Result<Categorie, String>> {
    match classement.categorie(reglement, jour) {
        Ok(zone) => Ok(Ok(zone.categorie)),
        Err(ZoneError::Db(erreur)) => Err(erreur.into()),
        Err(autre) => Ok(Err(autre.to_string())),
    }
}

/// The zones of a request, from what the arrêtés say of its commune.
///
/// # Errors
/// A stored value that does not read. A zone that cannot be told is no error.
pub fn lire(
    classement: &Classement,
    reglement: &Reglement,
    d: &Demande,
    jour: NaiveDate,
) -> ActionResult<Zones> {
    use EtatDemande as E;
    let complet = match d.complete_le {
        Some(le) => Some((le, categorie(classement, reglement, le)?)),
        None => None,
    };
    let a_decider = matches!(
        d.etat,
        E::Deposee | E::Incomplete | E::Complete | E::Proposee
    );
    let a_venir = match classement.a_venir(jour).filter(|_| a_decider) {
        Some(arrete) => {
            let nouvelle = categorie(classement, reglement, arrete.date_effet)?;
            Some((arrete.clone(), nouvelle))
        }
        None => None,
    };
    Ok(Zones { complet, a_venir })
}

/// What has to be known of the zone before acting.
pub fn messages(lecture: &Lecture) -> Vec<Message> {
    let d = &lecture.dossier.demande;
    let mut messages = Vec::new();
    let aujourd_hui = lecture
        .evaluation
        .as_ref()
        .and_then(|e| e.zone.as_ref().ok());
    if let Some(zone) = aujourd_hui {
        let suite = format!(
            "{} aujourd’hui (arrêté {}). La décision suit la zone du jour où elle est prise.",
            zone.categorie, zone.arrete
        );
        match &lecture.zones.complet {
            Some((le, Ok(alors))) if *alors != zone.categorie => {
                messages.push(Message::attention(format!(
                    "La zone a changé depuis que le dossier est complet : {alors} le {}, {suite}",
                    texte::date_fr(*le)
                )));
            }
            _ if zone.categorie != d.categorie_depot => {
                messages.push(Message::attention(format!(
                    "La zone a changé depuis le dépôt : {} le {}, {suite}",
                    d.categorie_depot,
                    texte::date_fr(jour_a_paris(d.deposee_le))
                )));
            }
            _ => {}
        }
        messages.extend(
            zone.avertissements
                .iter()
                .map(|a| Message::attention(format!("{}.", texte::majuscule_initiale(a)))),
        );
    }
    messages.extend(a_venir(lecture));
    messages
}

/// The alert that an arrêté to come changes the category of the request.
fn a_venir(lecture: &Lecture) -> Option<Message> {
    let d = &lecture.dossier.demande;
    let (arrete, nouvelle) = lecture.zones.a_venir.as_ref()?;
    let actuelle = lecture.evaluation.as_ref().and_then(|e| e.categorie());
    let effet = effet(actuelle, nouvelle.as_ref().ok().copied())?;
    let le = texte::date_fr(arrete.date_effet);
    let nouvelle = match nouvelle {
        Ok(categorie) => format!("sera {categorie}"),
        Err(raison) => format!("ne sera plus classée ({raison})"),
    };
    Some(
        Message::attention(format!(
            "À partir du {le}, un arrêté à venir change la zone de cette demande : elle {nouvelle}. {} Une décision prise avant \
             cette date suit la zone actuelle.",
            consequence(effet, Some(d.nature))
        ))
        .lien("Voir l’arrêté", format!("/arretes/{}", arrete.id)),
    )
}

/// The zone of the day of the complete file beside the zone of the decision.
pub fn faits(lecture: &Lecture) -> Vec<Fait> {
    let mut faits = Vec::new();
    if let Some((le, zone)) = &lecture.zones.complet {
        let dit = match zone {
            Ok(categorie) => categorie.libelle().to_owned(),
            Err(raison) => format!("non établie : {raison}"),
        };
        faits.push(Fait::new(
            "Zone au jour du dossier complet",
            format!("{dit} ({})", texte::date_fr(*le)),
        ));
    }
    match (&lecture.evaluation, &lecture.decision) {
        (Some(evaluation), _) => {
            if let Some(categorie) = evaluation.categorie() {
                faits.push(Fait::new(
                    "Zone pour une décision prise aujourd’hui",
                    categorie.libelle(),
                ));
            }
        }
        (None, Some((decision, _, _))) => {
            let le = decision.decidee_le.unwrap_or(decision.proposee_le);
            faits.push(Fait::new(
                "Zone de la décision",
                format!(
                    "{} ({})",
                    decision.categorie,
                    texte::date_fr(jour_a_paris(le))
                ),
            ));
        }
        (None, None) => {}
    }
    faits
}
