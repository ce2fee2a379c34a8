//! `/parametres/propositions/{id}`: a proposed value, what it would change, and the answer of a second person.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use regles::parametre::EtatValeur;
use regles::texte;
use serde::Deserialize;

use super::apercu::{ApercuVue, calculer};
use super::{administre, adresse, adresse_proposition, pastille, statut, valeur};
use crate::actions::parametre::{self, lire};
use crate::actions::{ActionError, ActionResult};
use crate::db::WriteTx;
use crate::db::parametre::{self as stockage, ValeurStockee};
use crate::web::filters;
use crate::web::page::{Largeur, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{Bandeau, Champ, Message, Ton};
use crate::web::visite::{Reponse, Visite};

/// The CPAM whose files are listed.
#[derive(Debug, Default, Deserialize)]
pub struct Adresse {
    caisse: Option<String>,
}

#[derive(Template)]
#[template(path = "parametres/proposition.html")]
struct PropositionPage {
    page: Page,
    message: Option<Message>,
    bandeau: Bandeau,
    url: String,
    faits: Vec<(&'static str, String)>,
    apercu: Option<ApercuVue>,
    version: Champ,
    a_approuver: bool,
    sien: bool,
    rejet: Option<Champ>,
    retrait: Option<Champ>,
    consequence: String,
}

/// `GET /parametres/propositions/{id}`
///
/// # Errors
/// An unknown proposal, or the database does not answer.
pub async fn page(visite: Visite, id: web::Path<i64>, adresse: web::Query<Adresse>) -> Reponse {
    let caisse = adresse.into_inner().caisse;
    montrer(&visite, *id, caisse, None).await
}

/// `POST /parametres/propositions/{id}/approuver`
///
/// # Errors
/// A refusal is shown on the page of the proposal.
pub async fn approuver(visite: Visite, id: web::Path<i64>, saisie: Saisie) -> Reponse {
    repondre(
        visite,
        *id,
        saisie,
        "La valeur est approuvée : elle s’appliquera à sa date d’effet.",
        |tx, acte, id, version, _| parametre::approuver(tx, acte, id, version),
    )
    .await
}

/// `POST /parametres/propositions/{id}/rejeter`
///
/// # Errors
/// A refusal is shown on the page of the proposal.
pub async fn rejeter(visite: Visite, id: web::Path<i64>, saisie: Saisie) -> Reponse {
    repondre(
        visite,
        *id,
        saisie,
        "La proposition est rejetée.",
        |tx, acte, id, version, saisie| {
            parametre::rejeter(tx, acte, id, version, saisie.texte("motif_rejet"))
        },
    )
    .await
}

/// `POST /parametres/propositions/{id}/retirer`
///
/// # Errors
/// A refusal is shown on the page of the proposal.
pub async fn retirer(visite: Visite, id: web::Path<i64>, saisie: Saisie) -> Reponse {
    repondre(
        visite,
        *id,
        saisie,
        "La valeur est retirée.",
        |tx, acte, id, version, saisie| {
            parametre::retirer(tx, acte, id, version, saisie.texte("motif_retrait"))
        },
    )
    .await
}

type Geste = fn(&mut WriteTx<'_>, &crate::actions::Acte, i64, i32, &Saisie) -> ActionResult<()>;

async fn repondre(
    visite: Visite,
    id: i64,
    saisie: Saisie,
    fait: &'static str,
    geste: Geste,
) -> Reponse {
    let acte = visite.acte()?;
    // A form without its version is one that is too old.
    let version = saisie.texte("version").parse().unwrap_or(0);
    let envoyee = saisie.clone();
    let resultat = visite
        .write(move |tx| geste(tx, &acte, id, version, &envoyee))
        .await;
    match resultat {
        Ok(()) => {
            let etat = visite.etat.clone();
            // This server applies it at once; the others read it within seconds.
            web::block(move || etat.recharger_reglement()).await??;
            visite.rediriger_avec(&adresse_proposition(id), fait)
        }
        Err(erreur) => montrer(&visite, id, None, Some((erreur, saisie))).await,
    }
}

async fn montrer(
    visite: &Visite,
    id: i64,
    caisse: Option<String>,
    erreur: Option<(ActionError, Saisie)>,
) -> Reponse {
    let (lue, noms) = visite
        .read(move |conn| {
            let lue = stockage::lire(conn, id)?;
            let comptes: Vec<i64> = [Some(lue.proposee_par), lue.examinee_par, lue.retiree_par]
                .into_iter()
                .flatten()
                .collect();
            let noms = stockage::noms(conn, &comptes)?;
            Ok::<_, crate::db::DbError>((lue, noms))
        })
        .await?;
    let reglement = visite.etat.reglement();
    let nouveau = lire(&reglement, &lue)?;
    let jour = visite.aujourd_hui();
    let chemin = adresse_proposition(id);
    let a_examiner = lue.etat == EtatValeur::Proposee;
    // A proposal overtaken by another value, or by its own date, cannot be approved: there is nothing to preview.
    let apercu = if a_examiner && reglement.avec(nouveau.clone()).is_ok() {
        Some(calculer(visite, &nouveau, caisse.as_deref(), Some(&chemin)).await?)
    } else {
        None
    };
    let administre = administre(visite);
    let sien = visite.qui()?.utilisateur_id == lue.proposee_par;
    let retirable =
        administre && (a_examiner || (lue.etat == EtatValeur::Approuvee && lue.du > jour));
    let mut rejet = (administre && a_examiner && !sien)
        .then(|| Champ::zone("motif_rejet", "Motif du rejet", 2));
    let mut retrait = retirable.then(|| Champ::zone("motif_retrait", "Motif du retrait", 2));
    let (statut_http, message) = match erreur {
        None => (StatusCode::OK, None),
        Some((ActionError::Champ { champ, message }, saisie)) => {
            for c in [&mut rejet, &mut retrait].into_iter().flatten() {
                if c.nom == champ {
                    c.valeur = saisie.texte(champ).to_owned();
                    c.erreur = Some(message.clone());
                }
            }
            (StatusCode::UNPROCESSABLE_ENTITY, None)
        }
        Some((ActionError::Refus(phrase), _)) => (
            StatusCode::CONFLICT,
            Some(Message::new(Ton::Erreur, phrase)),
        ),
        Some((ActionError::Perime, _)) => (
            StatusCode::CONFLICT,
            Some(Message::new(
                Ton::Erreur,
                "Quelqu’un d’autre a répondu entre-temps : votre action n’a pas été enregistrée. Voici où en est la proposition.",
            )),
        ),
        Some((autre, _)) => return Err(autre.into()),
    };
    let page = visite
        .page(format!(
            "{} à compter du {}",
            valeur(&nouveau),
            texte::date_fr(lue.du)
        ))
        .surtitre(format!("Valeur proposée · {}", nouveau.libelle))
        .ariane("Paramètres", "/parametres")
        .ariane(nouveau.libelle.clone(), adresse(&lue.cle))
        .rubrique("/parametres")
        .largeur(Largeur::Dossier)
        .erreurs_de(rejet.iter().chain(&retrait));
    let vue = PropositionPage {
        page,
        message,
        bandeau: Bandeau::new(pastille(lue.etat), phrase(&lue, sien, administre)),
        faits: faits(&reglement, &nouveau, &lue, &noms),
        apercu,
        version: Champ::cache("version", lue.version.to_string()),
        a_approuver: administre && a_examiner && !sien,
        sien: administre && a_examiner && sien,
        rejet,
        retrait,
        consequence: format!(
            "À compter du {}, toute évaluation se fera avec « {} ». Ce qui est déjà décidé le reste.",
            texte::date_fr(lue.du),
            valeur(&nouveau)
        ),
        url: chemin,
    };
    visite.rendre_avec(&vue, statut_http)
}

fn phrase(lue: &ValeurStockee, sien: bool, administre: bool) -> String {
    match lue.etat {
        EtatValeur::Proposee if sien => {
            "Vous avez proposé cette valeur : une autre personne doit l’examiner.".to_owned()
        }
        EtatValeur::Proposee if !administre => {
            "Cette valeur attend l’examen d’une seconde personne.".to_owned()
        }
        EtatValeur::Proposee => {
            "Cette valeur attend votre examen : approuvez-la ou rejetez-la.".to_owned()
        }
        EtatValeur::Approuvee => format!(
            "Approuvée par deux personnes, elle s’applique à compter du {}.",
            texte::date_fr(lue.du)
        ),
        EtatValeur::Rejetee => "Rejetée : elle ne s’applique pas.".to_owned(),
        EtatValeur::Retiree => "Retirée avant sa date d’effet : elle ne s’applique pas.".to_owned(),
    }
}

fn faits(
    reglement: &regles::reglement::Reglement,
    nouveau: &regles::parametre::Parametre,
    lue: &ValeurStockee,
    noms: &[(i64, String)],
) -> Vec<(&'static str, String)> {
    let nom = |id: i64| {
        noms.iter()
            .find(|(compte, _)| *compte == id)
            .map_or("un compte supprimé", |(_, nom)| nom.as_str())
    };
    let par = |id: i64, le| format!("{}, le {}", nom(id), texte::datetime_fr(le));
    let mut faits = Vec::new();
    let precedente = reglement
        .historique(&lue.cle)
        .iter()
        .rev()
        .find(|p| p.du < lue.du);
    if let Some(p) = precedente {
        faits.push(("Valeur précédente", valeur(p)));
    }
    faits.extend([
        ("Clé", lue.cle.clone()),
        ("Statut", statut(nouveau.statut)),
        ("Source", lue.source.clone()),
        ("Motif", lue.motif.clone()),
        ("Proposée par", par(lue.proposee_par, lue.proposee_le)),
    ]);
    if let (Some(qui), Some(le)) = (lue.examinee_par, lue.examinee_le) {
        let libelle = match &lue.examen_motif {
            Some(_) => "Rejetée par",
            None => "Approuvée par",
        };
        faits.push((libelle, par(qui, le)));
    }
    if let Some(motif) = &lue.examen_motif {
        faits.push(("Motif du rejet", motif.clone()));
    }
    if let (Some(qui), Some(le), Some(motif)) =
        (lue.retiree_par, lue.retiree_le, &lue.retrait_motif)
    {
        faits.push(("Retirée par", par(qui, le)));
        faits.push(("Motif du retrait", motif.clone()));
    }
    faits
}
