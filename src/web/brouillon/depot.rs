//! Keeps what a form sends: its good documents in the store, its fields and their names in the draft.

use actix_web::web;
use regles::texte;

use super::{champs, chemin_de, rien_d_ecrit};
use crate::actions::ActionError;
use crate::actions::brouillon::{self, ABrouillon, Garde, PieceDeBrouillon};
use crate::actions::piece::nettoyer;
use crate::app::AppState;
use crate::db::brouillon::Formulaire;

use crate::web::erreur::WebError;
use crate::web::espace::fichiers::{self, faute};
use crate::web::kit::erreurs::{Erreurs, cle};
use crate::web::saisie::Saisie;
use crate::web::ui::{DepotVue, PieceDeposee};
use crate::web::visite::Visite;

/// Stores the good files of a form; what is wrong with the others is noted beside their field.
///
/// # Errors
/// The store refuses.
pub(super) async fn pieces(
    etat: &web::Data<AppState>,
    saisie: &Saisie,
    erreurs: &mut Erreurs,
) -> Result<Vec<PieceDeBrouillon>, WebError> {
    let mut pieces = Vec::new();
    for fichier in saisie.tous_fichiers() {
        if let Some(faute) = faute(etat.config.piece_max, fichier) {
            erreurs.noter(fichier.champ.clone(), faute);
            continue;
        }
        let Some(recu) = &fichier.contenu else {
            continue;
        };
        let stockee = match fichiers::stocker(etat, recu).await {
            Ok(stockee) => stockee,
            // The words are kept without it.
            Err(refus @ WebError::Stockage(_)) => {
                erreurs.noter(fichier.champ.clone(), refus.dire());
                continue;
            }
            Err(autre) => return Err(autre),
        };
        pieces.push(PieceDeBrouillon {
            champ: fichier.champ.clone(),
            nom: nettoyer(&fichier.nom, stockee.media),
            stockee,
        });
    }
    Ok(pieces)
}

/// Keeps a form in the visitor's drafts before anything else is done with it: its fields as they are, its good
/// files; what is wrong with the others is noted.
///
/// # Errors
/// The store or the database does not answer.
pub async fn garder(
    visite: &Visite,
    formulaire: Formulaire,
    saisie: &mut Saisie,
    erreurs: &mut Erreurs,
) -> Result<Garde, WebError> {
    let a = recevoir(visite, formulaire, saisie, erreurs).await?;
    ecrire(visite, a, erreurs).await
}

/// Puts the good files of a form in the store, gives the form its key, and says what its draft would hold; what is
/// wrong with the other files is noted. Nothing is written in the database.
///
/// # Errors
/// The store does not answer.
pub async fn recevoir(
    visite: &Visite,
    formulaire: Formulaire,
    saisie: &mut Saisie,
    erreurs: &mut Erreurs,
) -> Result<ABrouillon, WebError> {
    let cle = cle(saisie);
    saisie.poser("cle", &cle);
    let pieces = pieces(&visite.etat, saisie, erreurs).await?;
    let mut champs = champs(saisie);
    if rien_d_ecrit(&champs) && pieces.is_empty() {
        champs.clear();
    }
    Ok(ABrouillon {
        formulaire,
        chemin: chemin_de(formulaire, saisie).unwrap_or_default(),
        cle,
        champs,
        pieces,
        se_depose: saisie.option("_etape").is_some() && !saisie.coche("_brouillon"),
    })
}

/// Writes a draft; that there are too many, or that the database is busy, is noted.
pub async fn ecrire(
    visite: &Visite,
    a: ABrouillon,
    erreurs: &mut Erreurs,
) -> Result<Garde, WebError> {
    let (qui, le) = (visite.qui()?.compte_id, visite.maintenant());
    match visite
        .write(move |tx| brouillon::garder(tx, qui, le, &a))
        .await
    {
        Ok(garde) => Ok(garde),
        Err(ActionError::Refus(phrase) | ActionError::Indisponible(phrase)) => {
            erreurs.noter("", phrase);
            Ok(Garde::default())
        }
        Err(erreur) => Err(erreur.into()),
    }
}

/// A file field with the documents already kept for it.
pub fn champ(
    visite: &Visite,
    nom: &str,
    libelle: &str,
    aide: &str,
    garde: &Garde,
    erreurs: &Erreurs,
) -> DepotVue {
    let pieces: Vec<_> = garde
        .pieces
        .iter()
        .filter(|p| p.champ == nom)
        .map(vue)
        .collect();
    let champ = fichiers::champ(visite, nom, libelle, aide, false, erreurs);
    DepotVue {
        // What is already there is not asked for again.
        champ: if pieces.is_empty() {
            champ
        } else {
            champ.libre()
        },
        pieces,
        sante: None,
    }
}

/// A document of a draft, for the screen.
pub(super) fn vue(p: &crate::db::brouillon::BrouillonPiece) -> PieceDeposee {
    let media = match p.media.as_str() {
        "application/pdf" => "PDF",
        "image/jpeg" => "JPEG",
        _ => "PNG",
    };
    PieceDeposee {
        id: p.id,
        champ: p.champ.clone(),
        nom: p.nom.clone(),
        image: p.media != "application/pdf",
        detail: format!("{media}, {}", texte::taille(p.taille.unsigned_abs())),
    }
}
