//! `/aides/propositions/{id}`: a proposal, approved by another person than its author, or rejected.

use actix_web::web;
use askama::Template;
use regles::incitation::Aide;
use regles::incitation::proposition::EtatAide;
use regles::texte;

use super::{fondement, page as page_du_sujet};
use crate::actions::ActionError;
use crate::actions::incitation::{self as actes, visible};
use crate::clock::jour_a_paris;
use crate::db::DbError;
use crate::db::incitation::{self as stockees, AideStockee};
use crate::web::filters;
use crate::web::kit::entre_temps::version;
use crate::web::kit::essai::{Essai, essayer};
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::{Bandeau, Champ, Etat, Message, Pastille};
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "incitation/examen.html")]
struct ExamenPage {
    page: Page,
    bandeau: Bandeau,
    message: Option<Message>,
    /// Label, what the catalogue says today if it says something else, what is proposed.
    faits: Vec<(&'static str, Option<String>, String)>,
    url: String,
    version: Champ,
    approuvable: bool,
    rejet: Option<Champs>,
}

/// Rejecting a proposal.
#[derive(Formulaire)]
struct Rejet {
    #[champ(
        libelle = "Pourquoi la rejeter",
        zone = 2,
        aide = "Gardé dans l’historique."
    )]
    raison: String,
}

/// Approving one.
#[derive(Formulaire)]
struct Approbation;

/// `GET /aides/propositions/{id}`
///
/// # Errors
/// A proposal unknown or out of reach, or the database does not answer.
pub async fn page(visite: Visite, id: web::Path<i64>) -> Reponse {
    montrer(&visite, *id, Essai::default()).await
}

async fn montrer(visite: &Visite, id: i64, essai: Essai<'_>) -> Reponse {
    let qui = visite.qui()?;
    let scope = qui.scope();
    let (lue, auteur, courante) = visite
        .read(move |conn| {
            let (lue, auteur) = stockees::lire(conn, id)?;
            if !visible(&scope, &lue) {
                return Err(DbError::Introuvable.into());
            }
            let aides = actes::catalogue(stockees::approuvees(conn)?)?;
            let courante = aides
                .into_iter()
                .find(|a| a.code == lue.code && a.au.is_none());
            Ok::<_, ActionError>((lue, auteur, courante))
        })
        .await?;
    let aide = actes::contenu(&lue)?;
    let ouverte = lue.etat == EtatAide::Proposee;
    let dit = essai.dire("Cette proposition")?;
    let saisie = dit.saisie.cloned().unwrap_or_default();
    let rejet = ouverte.then(|| Rejet::champs(&saisie, &dit.erreurs));
    let mut page = page_du_sujet(visite, format!("Proposition : {}", aide.nom));
    if let Some(rejet) = &rejet {
        page = rejet.resumer(page, &dit.erreurs);
    }
    let vue = ExamenPage {
        bandeau: bandeau(&lue, &auteur),
        message: dit.message,
        faits: faits(&lue, &aide, courante.filter(|_| ouverte).as_ref(), auteur),
        url: format!("/aides/propositions/{id}"),
        version: Champ::cache("version", lue.version.to_string()),
        approuvable: ouverte && lue.proposee_par != qui.compte_id,
        rejet,
        page,
    };
    visite.rendre_avec(&vue, dit.statut)
}

fn bandeau(lue: &AideStockee, auteur: &str) -> Bandeau {
    let (ton, phrase) = match lue.etat {
        EtatAide::Proposee => (
            Etat::AFaire,
            format!("Proposée par {auteur} : une autre personne l’approuve ou la rejette."),
        ),
        EtatAide::Approuvee => (Etat::Fait, "Approuvée.".to_owned()),
        EtatAide::Rejetee => (
            Etat::Neutre,
            format!(
                "Rejetée : {}",
                lue.examen_raison.as_deref().unwrap_or("sans raison notée")
            ),
        ),
    };
    Bandeau::new(Pastille::new(ton, lue.etat.libelle()), phrase)
}

fn dits(aide: &Aide) -> Vec<(&'static str, String)> {
    let mots = |liste: Vec<&'static str>| liste.join(", ");
    vec![
        (
            "Pour",
            mots(aide.professions.iter().map(|p| p.libelle()).collect()),
        ),
        (
            "Qui verse",
            mots(aide.payeurs.iter().map(|p| p.libelle()).collect()),
        ),
        (
            "Montant",
            match aide.parametres {
                Some(_) => "celui des paramètres des contrats".to_owned(),
                None => aide.montant.clone(),
            },
        ),
        ("Autres montants", aide.details.join(" ; ")),
        ("Où", aide.zone.clone()),
        ("Départements", aide.departements.join(", ")),
        ("Durée", aide.duree.clone().unwrap_or_default()),
        ("Conditions", aide.conditions.join(" ; ")),
        ("Cumul", aide.cumul.clone().unwrap_or_default()),
        (
            "Demandes",
            if aide.ouvert { "ouvertes" } else { "fermées" }.to_owned(),
        ),
        ("Fondement", fondement(aide)),
        ("Source", aide.source.clone()),
    ]
}

fn faits(
    lue: &AideStockee,
    aide: &Aide,
    courante: Option<&Aide>,
    auteur: String,
) -> Vec<(&'static str, Option<String>, String)> {
    let avant = courante.map(dits).unwrap_or_default();
    let mut faits: Vec<_> = dits(aide)
        .into_iter()
        .enumerate()
        .map(|(rang, (libelle, valeur))| {
            let ancienne = avant.get(rang).map(|(_, v)| v.clone());
            // Where a shipped value was read stays in the data.
            let montree = ancienne.filter(|v| *v != valeur && libelle != "Source");
            (libelle, montree, valeur)
        })
        .filter(|(_, ancienne, valeur)| ancienne.is_some() || !valeur.is_empty())
        .collect();
    faits.push(("Premier jour", None, texte::date_fr(lue.du)));
    faits.push(("Raison", None, lue.raison.clone()));
    faits.push((
        "Proposée",
        None,
        format!(
            "par {auteur}, le {}",
            texte::date_fr(jour_a_paris(lue.proposee_le))
        ),
    ));
    faits
}

/// `POST /aides/propositions/{id}/approuver`
///
/// # Errors
/// A proposal unknown or out of reach, or the database does not answer.
pub async fn approuver(visite: Visite, id: web::Path<i64>, saisie: Saisie) -> Reponse {
    let (id, acte, v, scope) = (*id, visite.acte()?, version(&saisie), visite.qui()?.scope());
    let essai = essayer(&visite, &saisie, move |_: Approbation, tx| {
        actes::approuver(tx, &acte, &scope, id, v)
    });
    match essai.await {
        Ok(nom) => visite.rediriger_avec("/aides", &format!("L’aide « {nom} » est approuvée.")),
        Err(essai) => montrer(&visite, id, essai).await,
    }
}

/// `POST /aides/propositions/{id}/rejeter`
///
/// # Errors
/// A proposal unknown or out of reach, or the database does not answer.
pub async fn rejeter(visite: Visite, id: web::Path<i64>, saisie: Saisie) -> Reponse {
    let (id, acte, v, scope) = (*id, visite.acte()?, version(&saisie), visite.qui()?.scope());
    let essai = essayer(&visite, &saisie, move |rejet: Rejet, tx| {
        actes::rejeter(tx, &acte, &scope, id, v, &rejet.raison)
    });
    match essai.await {
        Ok(nom) => visite.rediriger_avec("/aides", &format!("L’aide « {nom} » est rejetée.")),
        Err(essai) => montrer(&visite, id, essai).await,
    }
}
