//! The files of a form: refused in words before anything is stored, then kept.

use regles::piece::NaturePiece;
use regles::texte;

use super::erreurs::Erreurs;
use crate::actions::piece::{PieceRecue, nettoyer};
use crate::pieces::{PieceError, flairer};
use crate::web::erreur::WebError;
use crate::web::saisie::{Fichier, Saisie};
use crate::web::ui::Champ;
use crate::web::visite::Visite;

/// Said under a file field that lost its files because the form came back.
pub const A_RECHOISIR: &str =
    "Choisissez de nouveau vos fichiers : le navigateur ne les garde pas quand la page revient.";

/// What a file field expects, in words.
pub fn attendu(visite: &Visite) -> String {
    format!(
        "PDF, JPEG ou PNG, {} au plus par fichier.",
        texte::taille(visite.etat.config.piece_max as u64)
    )
}

/// A file field, with what it expects and its error.
pub fn champ(
    visite: &Visite,
    nom: &str,
    libelle: &str,
    aide: &str,
    perdus: bool,
    erreurs: &Erreurs,
) -> Champ {
    let mut texte = format!("{aide} {}", attendu(visite));
    if perdus {
        texte = format!("{texte} {A_RECHOISIR}");
    }
    Champ::fichier(nom, libelle)
        .aide(texte.trim().to_owned())
        .erreur(erreurs.de(nom))
}

/// Whether files came with these fields.
pub fn presents(saisie: &Saisie, champs: &[&str]) -> bool {
    champs.iter().any(|c| saisie.fichiers(c).next().is_some())
}

/// Notes what is wrong with the files of a field: too large, empty, or not of an accepted kind whatever the name says.
pub fn verifier(visite: &Visite, saisie: &Saisie, champ: &str, erreurs: &mut Erreurs) {
    for fichier in saisie.fichiers(champ) {
        if let Some(faute) = faute(visite.etat.config.piece_max, fichier) {
            erreurs.noter(champ, faute);
        }
    }
}

/// What is wrong with a file, if anything: too large, empty, or not of an accepted kind whatever the name says.
pub fn faute(piece_max: usize, fichier: &Fichier) -> Option<String> {
    let faute = match &fichier.contenu {
        None => format!(
            "ce fichier dépasse {} : réduisez-le ou envoyez-le en plusieurs parties.",
            texte::taille(piece_max as u64)
        ),
        Some(octets) => texte::minuscule_initiale(&flairer(octets).err()?.to_string()),
    };
    Some(format!("«\u{a0}{}\u{a0}» : {faute}", court(&fichier.nom)))
}

/// Stores the files of a field. They were verified before.
///
/// # Errors
/// The store refuses.
pub async fn garder(
    visite: &Visite,
    saisie: &Saisie,
    champ: &str,
    nature: NaturePiece,
) -> Result<Vec<PieceRecue>, WebError> {
    let mut recues = Vec::new();
    for fichier in saisie.fichiers(champ) {
        let Some(octets) = fichier.contenu.clone() else {
            return Err(WebError::TropGrand);
        };
        let stockee = visite
            .etat
            .pieces
            .garder(octets)
            .await
            .map_err(|e| match e {
                PieceError::Type | PieceError::Vide => WebError::Refus(e.to_string()),
                autre => WebError::interne(autre),
            })?;
        recues.push(PieceRecue {
            nature,
            nom: nettoyer(&fichier.nom, stockee.media),
            stockee,
        });
    }
    Ok(recues)
}

fn court(nom: &str) -> String {
    nom.chars().take(80).collect()
}
