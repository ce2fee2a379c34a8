//! `/motifs/propositions/{id}`: a proposal, approved by another person than its author, or rejected.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use regles::derogation::{ActeMotif, EtatMotif, famille};
use regles::droits::ADMINISTRATION;
use regles::texte;

use super::page as page_du_sujet;
use crate::actions::{ActionError, motif};
use crate::clock::jour_a_paris;
use crate::db::motif::{self as stockes, MotifStocke};
use crate::web::filters;
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::{Bandeau, Champ, Etat, Message, Pastille, Ton};
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "motifs/examen.html")]
struct ExamenPage {
    page: Page,
    bandeau: Bandeau,
    message: Option<Message>,
    faits: Vec<(&'static str, String)>,
    url: String,
    version: Champ,
    approuvable: bool,
    rejet: Option<Champ>,
}

/// `GET /motifs/propositions/{id}`
///
/// # Errors
/// An unknown proposal, or the database does not answer.
pub async fn page(visite: Visite, id: web::Path<i64>) -> Reponse {
    montrer(&visite, id.into_inner(), "", None).await
}

async fn montrer(visite: &Visite, id: i64, raison: &str, erreur: Option<ActionError>) -> Reponse {
    let (m, auteur) = visite.read(move |conn| stockes::lire(conn, id)).await?;
    let qui = visite.qui()?;
    let ouverte = m.etat == EtatMotif::Propose && ADMINISTRATION.permet(Some(qui.role));
    let mut rejet = ouverte.then(|| {
        Champ::zone("raison", "Pourquoi la rejeter", 2)
            .aide("Gardé dans l’historique.")
            .valeur(raison)
    });
    let mut message = None;
    let statut = match erreur {
        None => StatusCode::OK,
        Some(ActionError::Champ { message, .. }) => {
            if let Some(champ) = &mut rejet {
                champ.erreur = Some(message);
            }
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Some(ActionError::Refus(phrase)) => {
            message = Some(Message::new(Ton::Erreur, phrase));
            StatusCode::CONFLICT
        }
        Some(ActionError::Perime) => {
            message = Some(Message::new(
                Ton::Erreur,
                "Cette proposition a changé depuis que vous l’avez ouverte : rien n’a été enregistré.",
            ));
            StatusCode::CONFLICT
        }
        Some(autre) => return Err(autre.into()),
    };
    let titre = match m.acte {
        ActeMotif::Ajout => format!("Proposition : ajouter le motif {}", m.code),
        ActeMotif::Fin => format!("Proposition : mettre fin au motif {}", m.code),
    };
    let page = page_du_sujet(visite, titre).erreurs_de(&rejet);
    let vue = ExamenPage {
        bandeau: bandeau(&m, &auteur),
        message,
        faits: faits(&m, auteur),
        url: format!("/motifs/propositions/{id}"),
        version: Champ::cache("version", m.version.to_string()),
        approuvable: ouverte && m.propose_par != qui.utilisateur_id,
        rejet,
        page,
    };
    visite.rendre_avec(&vue, statut)
}

fn bandeau(m: &MotifStocke, auteur: &str) -> Bandeau {
    let (ton, phrase) = match m.etat {
        EtatMotif::Propose => (
            Etat::AFaire,
            format!("Proposée par {auteur} : une autre personne l’approuve ou la rejette."),
        ),
        EtatMotif::Approuve => (Etat::Fait, "Approuvée.".to_owned()),
        EtatMotif::Rejete => (
            Etat::Neutre,
            format!(
                "Rejetée : {}",
                m.examen_raison.as_deref().unwrap_or_default()
            ),
        ),
    };
    Bandeau::new(Pastille::new(ton, m.etat.libelle()), phrase)
}

fn faits(m: &MotifStocke, auteur: String) -> Vec<(&'static str, String)> {
    let mut faits = vec![
        ("Code", m.code.clone()),
        ("Famille", format!("{}, {}", m.famille, famille(&m.famille))),
        ("Libellé", m.libelle.clone()),
        ("Pièces à joindre", m.pieces.clone()),
    ];
    if let Some(precision) = &m.precision {
        faits.push(("À préciser", precision.clone()));
    }
    if m.suivi.is_some() {
        faits.push((
            "Suivi",
            "réduction d’activité d’un confrère (DER-4)".to_owned(),
        ));
    }
    faits.extend([
        ("Source", format!("{} ({})", m.source, m.statut)),
        (
            match m.acte {
                ActeMotif::Ajout => "Premier jour",
                ActeMotif::Fin => "Dernier jour",
            },
            texte::date_fr(m.le),
        ),
        ("Raison", m.raison.clone()),
        (
            "Proposée",
            format!(
                "par {auteur}, le {}",
                texte::date_fr(jour_a_paris(m.propose_le))
            ),
        ),
    ]);
    faits
}

fn version(saisie: &Saisie) -> i32 {
    saisie.texte("version").parse().unwrap_or(0)
}

/// `POST /motifs/propositions/{id}/approuver`
///
/// # Errors
/// An unknown proposal, or the database does not answer.
pub async fn approuver(visite: Visite, id: web::Path<i64>, saisie: Saisie) -> Reponse {
    let (id, acte, v) = (id.into_inner(), visite.acte()?, version(&saisie));
    let resultat = visite
        .write(move |tx| motif::approuver(tx, &acte, id, v))
        .await;
    match resultat {
        Ok(code) => visite.rediriger_avec(
            "/motifs",
            &format!("La proposition sur le motif {code} est approuvée."),
        ),
        Err(erreur) => montrer(&visite, id, "", Some(erreur)).await,
    }
}

/// `POST /motifs/propositions/{id}/rejeter`
///
/// # Errors
/// An unknown proposal, or the database does not answer.
pub async fn rejeter(visite: Visite, id: web::Path<i64>, saisie: Saisie) -> Reponse {
    let (id, acte, v) = (id.into_inner(), visite.acte()?, version(&saisie));
    let raison = saisie.texte("raison").to_owned();
    let resultat = {
        let raison = raison.clone();
        visite
            .write(move |tx| motif::rejeter(tx, &acte, id, v, &raison))
            .await
    };
    match resultat {
        Ok(code) => visite.rediriger_avec(
            "/motifs",
            &format!("La proposition sur le motif {code} est rejetée."),
        ),
        Err(erreur) => montrer(&visite, id, &raison, Some(erreur)).await,
    }
}
