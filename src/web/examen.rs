//! Examining the documents of a file: the list on one side, the one to examine on the other, with its two answers.

use actix_web::http::StatusCode;
use askama::Template;
use regles::liste_pieces::Ligne;
use regles::piece::NaturePiece;

use super::acces::avec_apercu;
use super::erreur::WebError;
use super::filters;
use super::fusion::{self, Sujet};
use super::liste_pieces;
use super::page::{Largeur, Lien, Page};
use super::saisie::Saisie;
use super::ui::{ApercuVue, Bandeau, Champ, ListePiecesVue, Message, Taille, Ton};
use super::visite::{Reponse, Visite};
use crate::actions::ActionError;
use crate::db::piece::{EtatPiece, Piece};

/// What is examined: a request or a departure, with its documents.
pub(super) struct Dossier {
    /// Above the title: whose it is.
    pub(super) surtitre: String,
    /// «Ce dossier», «Ce départ».
    pub(super) quoi: &'static str,
    /// Where its list is: `/dossiers`, `/departs`.
    pub(super) file: Lien,
    /// The file itself, and how one goes back to it.
    pub(super) fiche: Lien,
    /// The words of the link back.
    pub(super) retour: &'static str,
    /// Its status line.
    pub(super) bandeau: Bandeau,
    /// The thread of its events.
    pub(super) sujet: Sujet,
    /// The version that the answers rest on.
    pub(super) version: i32,
    /// Its documents.
    pub(super) pieces: Vec<Piece>,
    /// Where each stands.
    pub(super) lignes: Vec<Ligne>,
    /// Whether documents may still be accepted or refused.
    pub(super) ouvert: bool,
}

/// A document with its two answers.
struct Examen {
    apercu: ApercuVue,
    url: String,
    motif: Champ,
    nom: String,
    /// It gave way to another one, or the file is closed: there is nothing to say of it.
    clos: bool,
}

#[derive(Template)]
#[template(path = "examen.html")]
struct ExamenPage {
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

/// What an agent answered of one document.
#[derive(Clone)]
pub(super) struct Reponses {
    /// The document.
    pub(super) piece: i64,
    /// Accepted or refused.
    pub(super) etat: EtatPiece,
    /// Why it is refused.
    pub(super) motif: String,
    /// The last event that the page of the form had shown.
    vu: Option<i64>,
}

/// Reads the answer of a form.
///
/// # Errors
/// It is neither of the two.
pub(super) fn lire(saisie: &Saisie, piece: i64) -> Result<Reponses, WebError> {
    let etat = match saisie.texte("action") {
        "accepter" => EtatPiece::Acceptee,
        "refuser" => EtatPiece::Refusee,
        autre => return Err(WebError::Illisible(format!("action {autre}"))),
    };
    Ok(Reponses {
        piece,
        etat,
        motif: saisie.texte(&format!("motif_{piece}")).to_owned(),
        vu: fusion::vu(saisie),
    })
}

/// What is said once a document is examined.
pub(super) fn phrase(etat: EtatPiece) -> &'static str {
    if etat == EtatPiece::Acceptee {
        "La pièce est acceptée."
    } else {
        "La pièce est refusée. La personne en est prévenue par courriel, et peut envoyer un autre document."
    }
}

/// The page; after an answer that was refused, what was typed is still there and the error is beside its field.
///
/// # Errors
/// An error that is ours, or the database does not answer.
pub(super) async fn montrer(
    visite: &Visite,
    dossier: Dossier,
    montree: Option<i64>,
    echec: Option<(Reponses, ActionError)>,
) -> Reponse {
    let mut statut = StatusCode::OK;
    let mut message = None;
    let mut saisi: Option<(i64, String, Option<String>)> = None;
    let mut vu = None;
    if let Some((reponses, erreur)) = echec {
        vu = reponses
            .vu
            .filter(|_| matches!(erreur, ActionError::Perime | ActionError::Refus(_)));
        let erreur = match erreur {
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
                let quoi = dossier.quoi;
                message = Some(Message::new(
                    Ton::Erreur,
                    format!(
                        "{quoi} a changé depuis que vous l’avez ouvert : rien n’a été enregistré. Ce que vous avez écrit est conservé. \
                         Relisez ce qui a changé, puis recommencez si c’est toujours nécessaire."
                    ),
                ));
                None
            }
            autre => return Err(autre.into()),
        };
        saisi = Some((reponses.piece, reponses.motif, erreur));
    }
    let (changements, dernier) = fusion::changements(visite, dossier.sujet, vu).await?;
    let montree = saisi.as_ref().map(|(id, ..)| *id).or(montree);
    let choisie = choisir(&dossier.pieces, montree);
    let base = format!("{}/pieces", dossier.fiche.url);
    let examen = choisie.map(|p| examen(p, &base, dossier.ouvert, saisi.as_ref()));
    let url = |id| format!("{base}?piece={id}#apercu");
    let pieces =
        liste_pieces::pour_la_caisse(&dossier.lignes, &dossier.pieces, url, choisie.map(|p| p.id));
    let page = visite
        .page("Examiner les pièces")
        .surtitre(&dossier.surtitre)
        .ariane(&dossier.file.libelle, &dossier.file.url)
        .ariane(&dossier.fiche.libelle, &dossier.fiche.url)
        .rubrique(&dossier.file.url)
        .largeur(Largeur::Pleine)
        .erreurs_de(examen.iter().map(|e| &e.motif));
    let mut reponse = visite.rendre(&ExamenPage {
        page,
        message,
        changements,
        version: [
            Champ::cache("version", dossier.version.to_string()),
            fusion::champ(dernier),
        ],
        pieces,
        examen,
        retour: Lien::new(dossier.retour, &dossier.fiche.url),
        bandeau: dossier.bandeau,
    })?;
    *reponse.status_mut() = statut;
    Ok(avec_apercu(reponse))
}

fn examen(
    p: &Piece,
    base: &str,
    ouvert: bool,
    saisi: Option<&(i64, String, Option<String>)>,
) -> Examen {
    let champ = Champ::texte(format!("motif_{}", p.id), "Pourquoi la refuser")
        .taille(Taille::Long)
        .aide("La personne le lira, par courriel et dans son espace.")
        .si("à remplir pour la refuser");
    let motif = match saisi {
        Some((id, texte, erreur)) if *id == p.id => {
            champ.valeur(texte.clone()).erreur(erreur.clone())
        }
        _ => champ.valeur(p.motif.clone().unwrap_or_default()),
    };
    Examen {
        apercu: liste_pieces::apercu(p),
        url: format!("{base}/{}", p.id),
        motif,
        nom: p.nature.libelle().to_owned(),
        clos: p.remplacee_par.is_some() || !ouvert || p.nature == NaturePiece::QualiteAyantDroit,
    }
}

/// The document asked for; otherwise the first to examine, or the last received.
fn choisir(pieces: &[Piece], montree: Option<i64>) -> Option<&Piece> {
    pieces
        .iter()
        .find(|p| Some(p.id) == montree)
        .or_else(|| pieces.iter().find(|p| liste_pieces::a_examiner(p)))
        .or_else(|| pieces.iter().rfind(|p| p.remplacee_par.is_none()))
}
