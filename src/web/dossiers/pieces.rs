//! `/dossiers/{numero}/pieces?piece=`: the documents on one side, the one to examine on the other, with its two answers.

use actix_web::http::StatusCode;
use actix_web::web::{self, Query};
use askama::Template;
use serde::Deserialize;

use super::acte::{adresse, attente, bandeau, version};
use crate::actions::{ActionError, instruction, motif};
use crate::db::demande::{self, DemandeComplete};
use crate::db::piece::{self, EtatPiece, Piece, PieceDemandee};
use crate::domain::liste_pieces::Ligne;
use crate::web::acces::avec_apercu;
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::fusion::{self, Sujet};
use crate::web::liste_pieces;
use crate::web::page::{Largeur, Lien, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{ApercuVue, Bandeau, Champ, ListePiecesVue, Message, Taille, Ton};
use crate::web::visite::{Reponse, Visite};

/// A document with its two answers.
struct Examen {
    apercu: ApercuVue,
    url: String,
    motif: Champ,
    nom: String,
    /// It gave way to another one, or the request is closed: there is nothing to say of it.
    clos: bool,
}

#[derive(Template)]
#[template(path = "dossiers/pieces.html")]
struct PiecesPage {
    page: Page,
    bandeau: Bandeau,
    message: Option<Message>,
    /// What was done since the page of the form.
    changements: Vec<String>,
    version: [Champ; 2],
    pieces: ListePiecesVue,
    examen: Option<Examen>,
    retour: Lien,
}

/// The document to show.
#[derive(Deserialize)]
pub struct Vue {
    piece: Option<String>,
}

/// `GET /dossiers/{numero}/pieces?piece=`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page(visite: Visite, numero: web::Path<String>, vue: Query<Vue>) -> Reponse {
    let montree = vue.piece.as_deref().and_then(|id| id.parse().ok());
    montrer(&visite, &numero, montree, None).await
}

/// What went wrong with one document, and the reason that was typed.
struct Echec {
    piece: i64,
    motif: String,
    erreur: ActionError,
    /// The last event that the page of the form had shown.
    vu: Option<i64>,
}

/// A request of the scope with its documents, and the list that its case calls for.
pub(super) struct Lu {
    dossier: DemandeComplete,
    pieces: Vec<Piece>,
    demandees: Vec<PieceDemandee>,
    /// Where each document stands.
    pub(super) lignes: Vec<Ligne>,
}

/// Reads them.
///
/// # Errors
/// Out of scope, or the database does not answer.
pub(super) async fn lire(visite: &Visite, numero: &str) -> Result<Lu, WebError> {
    let scope = visite.qui()?.scope();
    let n = numero.to_owned();
    let (dossier, pieces, demandees, motif) = visite
        .read(move |conn| {
            let dossier = demande::complete(conn, &scope, &n)?;
            let pieces = piece::de_demande(conn, dossier.demande.id)?;
            let demandees = piece::demandees(conn, dossier.demande.id)?;
            let motif = match &dossier.demande.derogation_motif {
                Some(code) => motif::par_code(conn, code)?,
                None => None,
            };
            Ok::<_, ActionError>((dossier, pieces, demandees, motif))
        })
        .await?;
    let lignes = liste_pieces::lignes(
        &visite.etat.reglement(),
        &dossier.demande,
        motif.as_ref(),
        &pieces,
        &demandees,
    )?;
    Ok(Lu {
        dossier,
        pieces,
        demandees,
        lignes,
    })
}

async fn montrer(
    visite: &Visite,
    numero: &str,
    montree: Option<i64>,
    echec: Option<Echec>,
) -> Reponse {
    let Lu {
        dossier,
        pieces,
        demandees,
        lignes,
    } = lire(visite, numero).await?;
    let d = &dossier.demande;
    let mut statut = StatusCode::OK;
    let mut message = None;
    let mut saisi: Option<(i64, String, Option<String>)> = None;
    let mut vu = None;
    if let Some(echec) = echec {
        vu = echec
            .vu
            .filter(|_| matches!(echec.erreur, ActionError::Perime | ActionError::Refus(_)));
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
                    "Ce dossier a changé depuis que vous l’avez ouvert : rien n’a été enregistré. Ce que vous avez écrit est conservé. \
                     Relisez ce qui a changé, puis recommencez si c’est toujours nécessaire.",
                ));
                None
            }
            autre => return Err(autre.into()),
        };
        saisi = Some((echec.piece, echec.motif, erreur));
    }
    let (changements, dernier) = fusion::changements(visite, Sujet::Demande(d.id), vu).await?;
    let montree = saisi.as_ref().map(|(id, ..)| *id).or(montree);
    let choisie = choisir(&pieces, montree);
    let examen = choisie.map(|p| {
        let champ = Champ::texte(format!("motif_{}", p.id), "Pourquoi la refuser")
            .taille(Taille::Long)
            .aide("La personne le lira, par courriel et dans son espace. À remplir pour refuser seulement.");
        let motif = match &saisi {
            Some((id, texte, erreur)) if *id == p.id => {
                champ.valeur(texte.clone()).erreur(erreur.clone())
            }
            _ => champ.valeur(p.motif.clone().unwrap_or_default()),
        };
        Examen {
            apercu: liste_pieces::apercu(p),
            url: adresse(numero, &format!("pieces/{}", p.id)),
            motif,
            nom: p.nature.libelle().to_owned(),
            clos: p.remplacee_par.is_some() || !d.etat.en_cours(),
        }
    });
    let url = |id| adresse(numero, &format!("pieces?piece={id}#apercu"));
    let vues = lignes.iter().map(|ligne| {
        let mut vue = liste_pieces::vue(ligne, &pieces, url, choisie.map(|p| p.id));
        vue.refus = ligne.motif.clone().map(|motif| {
            (
                motif,
                "La personne peut envoyer un autre document : il prendra la place de celui-ci."
                    .to_owned(),
            )
        });
        vue
    });
    let page = visite
        .page("Examiner les pièces")
        .surtitre(format!("Dossier {numero} · {}", dossier.kine.nom_complet()))
        .ariane("Dossiers", "/dossiers")
        .ariane(numero, adresse(numero, ""))
        .rubrique("/dossiers")
        .largeur(Largeur::Pleine)
        .erreurs_de(examen.iter().map(|e| &e.motif));
    let mut reponse = visite.rendre(&PiecesPage {
        page,
        bandeau: bandeau(visite, &dossier, attente(&demandees)),
        message,
        changements,
        version: [
            Champ::cache("version", d.version.to_string()),
            fusion::champ(dernier),
        ],
        pieces: ListePiecesVue {
            lignes: vues.collect(),
        },
        examen,
        retour: Lien::new("Revenir au dossier", adresse(numero, "")),
    })?;
    *reponse.status_mut() = statut;
    Ok(avec_apercu(reponse))
}

/// The document asked for; otherwise the first to examine, or the last received.
fn choisir(pieces: &[Piece], montree: Option<i64>) -> Option<&Piece> {
    pieces
        .iter()
        .find(|p| Some(p.id) == montree)
        .or_else(|| pieces.iter().find(|p| a_examiner(p)))
        .or_else(|| pieces.iter().rfind(|p| p.remplacee_par.is_none()))
}

fn a_examiner(p: &Piece) -> bool {
    p.etat == EtatPiece::Recue && p.remplacee_par.is_none()
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
                "La pièce est refusée. La personne en est prévenue par courriel, et peut envoyer un autre document."
            },
        ),
        Err(erreur) => {
            let echec = Echec {
                piece: id,
                motif,
                erreur,
                vu: fusion::vu(&saisie),
            };
            montrer(&visite, &numero, None, Some(echec)).await
        }
    }
}
