//! `/demandes/{numero}/preuve` and `/dossiers/{numero}/preuve`: the proof that a decision was notified (letter 25 of the
//! letter book). Facts only: never its sense nor its reasons. The page prints; `preuve.json` gives the same facts to a
//! machine.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Path;
use askama::Template;
use chrono::NaiveDateTime;
use regles::decision::{EtatDecision, ModeNotification};
use regles::demande::Sens;
use regles::notification::{Notification, etat};
use regles::{recours, texte};
use serde_json::json;

use super::erreur::WebError;
use super::filters;
use super::page::{Largeur, Page};
use super::visite::{Reponse, Visite};
use crate::clock::jour_a_paris;
use crate::db::consentement::{self, Consentement};
use crate::db::courriel::{self, CourrielStocke};
use crate::db::decision::{self, Decision};
use crate::db::demande::{self, DemandeComplete};
use crate::db::echeance;
use crate::db::ensemble::Lecture;
use crate::db::envoi::{self, Envoi};
use crate::db::{AnyConn, CpamScope, DbError, DbResult};
use regles::echeance::NatureEcheance;

#[derive(Template)]
#[template(path = "preuve.html")]
struct PreuvePage {
    page: Page,
    faits: Vec<(&'static str, String)>,
    empreinte: String,
    json: String,
}

/// What the proof rests on.
struct Lu {
    d: DemandeComplete,
    decision: Decision,
    empreinte: String,
    consentement: Option<Consentement>,
    envois: Vec<Envoi>,
    avis: Option<CourrielStocke>,
    installation: Option<chrono::NaiveDate>,
}

fn lire(conn: &mut AnyConn, scope: &CpamScope, numero: &str) -> DbResult<Lu> {
    let d = demande::complete(conn, scope, numero)?;
    let prise = decision::active(conn, d.demande.id)?;
    let Some((decision, empreinte)) = prise
        .filter(|d| d.etat == EtatDecision::Decidee)
        .and_then(|d| d.empreinte.clone().map(|empreinte| (d, empreinte)))
    else {
        return Err(DbError::Introuvable);
    };
    let depose = decision.decidee_le.unwrap_or(decision.proposee_le);
    Ok(Lu {
        consentement: consentement::au(conn, d.demande.kine_id, depose)?,
        envois: envoi::lecture_de(decision.id).toutes(conn)?,
        avis: courriel::par_cle(conn, &format!("depot:{}", decision.id))?,
        installation: echeance::de(conn, d.demande.id)?
            .into_iter()
            .find(|e| e.nature == NatureEcheance::Installation)
            .map(|e| e.finale),
        d,
        decision,
        empreinte,
    })
}

/// `GET …/preuve`
///
/// # Errors
/// Out of scope, or no decision was signed.
pub async fn page(visite: Visite, numero: Path<String>) -> Reponse {
    let lu = ouvrir(&visite, &numero).await?;
    let kine = visite.qui()?.kine_id.is_some();
    let (fiche, accueil) = match kine {
        true => (format!("/demandes/{numero}"), ("Mon espace", "/espace")),
        false => (format!("/dossiers/{numero}"), ("Dossiers", "/dossiers")),
    };
    let page = visite
        .page("Preuve de notification")
        .surtitre(format!("Dossier {numero}"))
        .chapeau(
            "Ce qui est enregistré de l’envoi et de la réception du document, sans ce qu’il dit.",
        )
        .ariane(accueil.0, accueil.1)
        .ariane(numero.as_str(), &fiche)
        .rubrique(accueil.1)
        .largeur(Largeur::Lecture);
    visite.rendre(&PreuvePage {
        page,
        faits: faits(&visite, &lu)?,
        json: format!("{fiche}/preuve.json"),
        empreinte: lu.empreinte,
    })
}

/// `GET …/preuve.json`
///
/// # Errors
/// As [`page`].
pub async fn exporter(visite: Visite, numero: Path<String>) -> Reponse {
    let lu = ouvrir(&visite, &numero).await?;
    let faits: Vec<_> = faits(&visite, &lu)?
        .into_iter()
        .map(|(libelle, valeur)| json!({"libelle": libelle, "valeur": valeur}))
        .collect();
    let corps = json!({
        "dossier": lu.d.demande.numero,
        "sha256": lu.empreinte,
        "faits": faits,
        "etabli_le": texte::datetime_fr(visite.maintenant()),
    });
    Ok(HttpResponse::Ok()
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"preuve-{numero}.json\""),
        ))
        .json(corps))
}

async fn ouvrir(visite: &Visite, numero: &str) -> Result<Lu, WebError> {
    let (scope, numero) = (visite.qui()?.scope(), numero.to_owned());
    visite.read(move |conn| lire(conn, &scope, &numero)).await
}

/// Label and value, in the order of the letter book.
fn faits(visite: &Visite, lu: &Lu) -> Result<Vec<(&'static str, String)>, WebError> {
    let reglement = visite.etat.reglement();
    let mut faits = Vec::new();
    let mut dire = |libelle, valeur: String| faits.push((libelle, valeur));
    dire("Dossier", lu.d.demande.numero.clone());
    dire("Destinataire", lu.d.kine.nom_complet());
    if let Some(le) = lu.decision.decidee_le {
        dire("Document signé le", moment(le));
    }
    match &lu.consentement {
        Some(c) => dire(
            "Accord pour l’espace personnel, donné le",
            moment(c.donne_le),
        ),
        None => dire("Accord pour l’espace personnel", "aucun".to_owned()),
    }
    for envoi in &lu.envois {
        un_envoi(envoi, &mut dire);
    }
    if let Some(avis) = &lu.avis {
        let adresse = masquer(&avis.destinataire);
        match avis.tache.conclue_le {
            Some(le) => dire("Avis envoyé", format!("{}, à {adresse}", moment(le))),
            None => dire("Avis", format!("à envoyer à {adresse}")),
        }
    }
    if let Some(le) = lu.d.demande.notifiee_le {
        dire("Jour de notification", texte::date_longue(le));
        if lu.decision.sens == Sens::Refus {
            let territoire = lu.d.service.territoire()?;
            let terme = recours::terme(&reglement, le, territoire).map_err(WebError::interne)?;
            dire("Dernier jour pour contester", inclus(terme));
        }
        if let Some(terme) = lu.installation {
            dire("Dernier jour pour commencer l’installation", inclus(terme));
        }
    } else {
        dire("Jour de notification", en_attente(lu, visite)?.to_owned());
    }
    Ok(faits)
}

fn inclus(jour: chrono::NaiveDate) -> String {
    format!("{} (inclus)", texte::date_longue(jour))
}

/// A moment, in the words of a proof: the hour is that of Paris, and says so.
fn moment(le: NaiveDateTime) -> String {
    format!("{} (heure de Paris)", texte::datetime_fr(le))
}

fn un_envoi(envoi: &Envoi, dire: &mut impl FnMut(&'static str, String)) {
    match envoi.moyen {
        ModeNotification::Portail => {
            dire("Mis à disposition", moment(envoi.envoye_le));
            match envoi.ouverte_le {
                Some(le) => dire("Première ouverture", moment(le)),
                None => dire("Première ouverture", "aucune".to_owned()),
            }
        }
        ModeNotification::Recommande | ModeNotification::MainPropre => {
            let jour = texte::date_fr(jour_a_paris(envoi.envoye_le));
            dire("Envoyé", format!("{jour}, {}", envoi.moyen.libelle()));
            if let Some(numero) = &envoi.numero {
                dire("Numéro du recommandé", numero.clone());
            }
            if let Some(le) = envoi.avisee_le {
                dire("Avis de passage", texte::date_fr(le));
            }
            if let Some(le) = envoi.remise_le {
                dire("Remis", texte::date_fr(le));
            }
            if let Some(retour) = envoi.retour {
                dire("Revenu", retour.libelle().to_owned());
            }
        }
    }
}

/// Why no day is known yet.
fn en_attente(lu: &Lu, visite: &Visite) -> Result<&'static str, WebError> {
    let Some(dernier) = lu.envois.last() else {
        return Ok("le document n’est pas encore envoyé");
    };
    let faits = dernier.faits(jour_a_paris)?;
    Ok(
        match etat(&visite.etat.reglement(), faits, visite.aujourd_hui())
            .map_err(WebError::interne)?
        {
            Notification::ARefaire => "le document est revenu : il est à envoyer de nouveau",
            Notification::Attendue | Notification::Le(_) => "pas encore connu",
        },
    )
}

/// «c…n@example.fr»: enough for its owner to know it.
fn masquer(adresse: &str) -> String {
    let Some((nom, domaine)) = adresse.split_once('@') else {
        return "…".to_owned();
    };
    let mut lettres = nom.chars();
    match (lettres.next(), lettres.next_back()) {
        (Some(premiere), Some(derniere)) => format!("{premiere}…{derniere}@{domaine}"),
        _ => format!("…@{domaine}"),
    }
}
