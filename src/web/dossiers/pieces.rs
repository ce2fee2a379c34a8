//! `/dossiers/{numero}/pieces`: each document accepted, or refused with a reason.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::acte::{adresse, attente, bandeau, version};
use crate::actions::{ActionError, instruction};
use crate::db::piece::{self, EtatPiece};
use crate::db::{DbError, demande};
use crate::web::erreur::WebError;
use crate::web::page::{Largeur, Lien, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{Bandeau, Champ, FichierVue, Message, Taille, Ton};
use crate::web::visite::{Reponse, Visite};

/// A document with its two answers.
struct Examen {
    fichier: FichierVue,
    url: String,
    motif: Champ,
    nom: String,
}

#[derive(Template)]
#[template(path = "dossiers/pieces.html")]
struct PiecesPage {
    page: Page,
    bandeau: Bandeau,
    message: Option<Message>,
    version: i32,
    pieces: Vec<Examen>,
    retour: Lien,
}

/// `GET /dossiers/{numero}/pieces`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page(visite: Visite, numero: web::Path<String>) -> Reponse {
    montrer(&visite, &numero, None).await
}

/// What went wrong with one document, and the reason that was typed.
struct Echec {
    piece: i64,
    motif: String,
    erreur: ActionError,
}

async fn montrer(visite: &Visite, numero: &str, echec: Option<Echec>) -> Reponse {
    let scope = visite.qui()?.scope();
    let n = numero.to_owned();
    let (dossier, pieces, demandees) = visite
        .read(move |conn| {
            let dossier = demande::complete(conn, &scope, &n)?;
            let pieces = piece::de_demande(conn, dossier.demande.id)?;
            let demandees = piece::demandees(conn, dossier.demande.id)?;
            Ok::<_, DbError>((dossier, pieces, demandees))
        })
        .await?;
    let mut statut = StatusCode::OK;
    let mut message = None;
    let mut saisi: Option<(i64, String, Option<String>)> = None;
    if let Some(echec) = echec {
        let erreur = match echec.erreur {
            ActionError::Champ { message, .. } => {
                statut = StatusCode::UNPROCESSABLE_ENTITY;
                Some(message)
            }
            ActionError::Refus(phrase) => {
                statut = StatusCode::CONFLICT;
                message = Some(Message::new(Ton::Erreur, phrase));
                None
            }
            ActionError::Perime => {
                statut = StatusCode::CONFLICT;
                message = Some(Message::new(
                    Ton::Erreur,
                    "Ce dossier a changé depuis que vous l’avez ouvert : rien n’a été enregistré. Relisez-le, puis recommencez.",
                ));
                None
            }
            autre => return Err(autre.into()),
        };
        saisi = Some((echec.piece, echec.motif, erreur));
    }
    let examens: Vec<Examen> = pieces
        .iter()
        .map(|p| {
            let champ = Champ::texte(format!("motif_{}", p.id), "Pourquoi la refuser")
                .taille(Taille::Long)
                .aide("La personne le lira. À remplir pour refuser seulement.");
            let motif = match &saisi {
                Some((id, texte, erreur)) if *id == p.id => {
                    champ.valeur(texte.clone()).erreur(erreur.clone())
                }
                _ => champ.valeur(p.motif.clone().unwrap_or_default()),
            };
            Examen {
                fichier: super::dossier::fichier(p),
                url: adresse(numero, &format!("pieces/{}", p.id)),
                motif,
                nom: p.nature.libelle().to_owned(),
            }
        })
        .collect();
    let page = visite
        .page("Examiner les pièces")
        .surtitre(format!("Dossier {numero} · {}", dossier.kine.nom_complet()))
        .ariane("Dossiers", "/dossiers")
        .ariane(numero, adresse(numero, ""))
        .rubrique("/dossiers")
        .largeur(Largeur::Lecture)
        .erreurs_de(examens.iter().map(|e| &e.motif));
    let mut reponse = visite.rendre(&PiecesPage {
        page,
        bandeau: bandeau(visite, &dossier, attente(&demandees)),
        message,
        version: dossier.demande.version,
        pieces: examens,
        retour: Lien::new("Revenir au dossier", adresse(numero, "")),
    })?;
    *reponse.status_mut() = statut;
    Ok(reponse)
}

/// `POST /dossiers/{numero}/pieces/{id}`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn examiner(visite: Visite, chemin: web::Path<(String, i64)>, saisie: Saisie) -> Reponse {
    let (numero, id) = chemin.into_inner();
    let etat = match saisie.texte("action") {
        "accepter" => EtatPiece::Acceptee,
        "refuser" => EtatPiece::Refusee,
        autre => return Err(WebError::Illisible(format!("action {autre}"))),
    };
    let (acte, scope) = (visite.acte()?, visite.qui()?.scope());
    let motif = saisie.texte(&format!("motif_{id}")).to_owned();
    let v = version(&saisie);
    let resultat = visite
        .write({
            let (numero, motif) = (numero.clone(), motif.clone());
            move |tx| {
                let examen = instruction::Examen {
                    piece_id: id,
                    etat,
                    motif: &motif,
                };
                instruction::examiner_piece(tx, &acte, &scope, &numero, v, &examen)
            }
        })
        .await;
    match resultat {
        Ok(()) => visite.rediriger_avec(
            &adresse(&numero, "pieces"),
            if etat == EtatPiece::Acceptee {
                "La pièce est acceptée."
            } else {
                "La pièce est refusée. Demandez-la de nouveau si elle manque au dossier."
            },
        ),
        Err(erreur) => {
            let echec = Echec {
                piece: id,
                motif,
                erreur,
            };
            montrer(&visite, &numero, Some(echec)).await
        }
    }
}
