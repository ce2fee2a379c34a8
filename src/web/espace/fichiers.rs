//! The files of a form: refused in words before anything is stored, then kept.

use crate::actions::piece::{PieceRecue, nettoyer};
use crate::app::AppState;
use crate::pieces::{PieceError, PieceStockee, Recu};
use crate::web::erreur::WebError;
use crate::web::kit::erreurs::Erreurs;
use crate::web::saisie::{Fichier, Saisie};
use crate::web::ui::Champ;
use crate::web::visite::Visite;
use regles::piece::NaturePiece;
use regles::texte;

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
        .taille_max(visite.etat.config.piece_max)
        .aide(texte.trim().to_owned())
        .erreur(erreurs.de(nom))
}

/// PRO-14: the box under a file field by which who sends it keeps it from everybody but the praticien-conseil.
/// `quoi`: what the field is for, when a page has several.
pub fn case_sante(nom: &str, quoi: &str, saisie: &Saisie) -> Champ {
    let libelle = match quoi {
        "" => "Ce document touche à la santé : seul le praticien-conseil le lira".to_owned(),
        quoi => format!(
            "Ce document (« {quoi} ») touche à la santé : seul le praticien-conseil le lira"
        ),
    };
    let case = Champ::case(sante(nom), libelle).facultatif();
    match saisie.coche(&sante(nom)) {
        true => case.valeur("oui"),
        false => case,
    }
}

/// The name of that box.
fn sante(nom: &str) -> String {
    format!("sante_{nom}")
}

/// The boxes that are ticked among these fields, to carry from one step of a form to the next.
pub fn cochees<'a>(saisie: &Saisie, champs: impl Iterator<Item = &'a str>) -> Vec<Champ> {
    champs
        .map(sante)
        .filter(|nom| saisie.coche(nom))
        .map(|nom| Champ::cache(nom, "oui"))
        .collect()
}

/// The kinds of documents whose box is ticked, among the fields of a form.
pub fn signalees(saisie: &Saisie, champs: &[(String, NaturePiece)]) -> Vec<NaturePiece> {
    let cochees = champs.iter().filter(|(nom, _)| saisie.coche(&sante(nom)));
    cochees.map(|(_, nature)| *nature).collect()
}

/// Whether files came with these fields.
pub fn presents(saisie: &Saisie, champs: &[&str]) -> bool {
    champs.iter().any(|c| saisie.fichiers(c).next().is_some())
}

/// Notes what is wrong with the files of a field.
pub fn verifier(visite: &Visite, saisie: &Saisie, champ: &str, erreurs: &mut Erreurs) {
    for fichier in saisie.fichiers(champ) {
        if let Some(faute) = faute(visite.etat.config.piece_max, fichier) {
            erreurs.noter(champ, faute);
        }
    }
}

/// What is wrong with a file, if anything: too large, or refused once its bytes were read.
pub fn faute(piece_max: usize, fichier: &Fichier) -> Option<String> {
    let faute = match &fichier.contenu {
        None => format!(
            "ce fichier dépasse {} : réduisez-le ou envoyez-le en plusieurs parties.",
            texte::taille(piece_max as u64)
        ),
        Some(recu) => texte::minuscule_initiale(&recu.media().err()?.to_string()),
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
        let recu = fichier.contenu.as_ref().ok_or(WebError::TropGrand)?;
        let stockee = stocker(&visite.etat, recu).await?;
        recues.push(PieceRecue {
            nature,
            nom: nettoyer(&fichier.nom, stockee.media),
            stockee,
            sante: saisie.coche(&sante(champ)),
        });
    }
    Ok(recues)
}

/// Puts a document that arrived in the store.
///
/// # Errors
/// [`WebError::Refus`] for one that is not of an accepted kind; the store refuses.
pub async fn stocker(etat: &AppState, recu: &Recu) -> Result<PieceStockee, WebError> {
    etat.pieces.garder_recu(recu).await.map_err(|e| match e {
        PieceError::Refusee(refus) => WebError::Refus(refus.to_string()),
        autre => WebError::interne(autre),
    })
}

fn court(nom: &str) -> String {
    nom.chars().take(80).collect()
}
