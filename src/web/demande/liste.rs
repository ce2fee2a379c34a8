//! The documents of a request for its author: what is called for and why, what came, what can be sent or replaced.

use super::detail::Lu;
use super::verification::champ_piece;
use crate::db::piece::EtatPiece;
use crate::domain::liste_pieces::{EtatLigne, Ligne};
use crate::domain::piece::NaturePiece;
use crate::texte;
use crate::web::erreur::WebError;
use crate::web::espace::erreurs::Erreurs;
use crate::web::espace::fichiers;
use crate::web::liste_pieces;
use crate::web::ui::{Champ, EnvoiVue, ListePiecesVue};
use crate::web::visite::Visite;

/// The lines of this request.
///
/// # Errors
/// The reference data do not read.
pub(super) fn lignes(visite: &Visite, lu: &Lu) -> Result<Vec<Ligne>, WebError> {
    liste_pieces::lignes(
        &visite.etat.reglement(),
        &lu.d.demande,
        lu.motif.as_ref(),
        &lu.pieces,
        &lu.demandees,
    )
}

/// The list, with a form on each line from which something may be sent, and what is wrong with it.
pub(super) fn construire(
    visite: &Visite,
    lu: &Lu,
    lignes: &[Ligne],
    csrf: &Champ,
    montre: Option<i64>,
    erreurs: &Erreurs,
) -> ListePiecesVue {
    let chemin = format!("/demandes/{}", lu.d.demande.numero);
    let lignes = lignes
        .iter()
        .map(|ligne| {
            let url = |id| format!("{chemin}?piece={id}#apercu");
            let mut vue = liste_pieces::vue(ligne, &lu.pieces, url, montre);
            if let Some(motif) = &ligne.motif {
                vue.refus = Some((motif.clone(), a_faire(lu, ligne)));
            }
            vue.envoi = envoi(visite, lu, ligne, &chemin, csrf, erreurs);
            vue
        })
        .collect();
    ListePiecesVue { lignes }
}

/// What to do of a refused document.
fn a_faire(lu: &Lu, ligne: &Ligne) -> String {
    match ligne.attendues.first() {
        _ if !lu.d.demande.etat.en_cours() => {
            "La demande est close : il n’y a rien à envoyer.".to_owned()
        }
        Some(a) => format!(
            "À faire : envoyez un autre document avant le {}. Il prendra la place de celui-ci.",
            texte::date_fr(a.limite)
        ),
        None => "À faire : envoyez un autre document. Il prendra la place de celui-ci.".to_owned(),
    }
}

/// The form of a line: the first document of it, or one in the place of the last that was not accepted.
fn envoi(
    visite: &Visite,
    lu: &Lu,
    ligne: &Ligne,
    chemin: &str,
    csrf: &Champ,
    erreurs: &Erreurs,
) -> Option<EnvoiVue> {
    let d = &lu.d.demande;
    // The proof of an installation has its own form, with its date.
    if !d.etat.en_cours() || ligne.nature == NaturePiece::PreuveInstallation {
        return None;
    }
    let remplacable = lu
        .pieces
        .iter()
        .rfind(|p| ligne.pieces.contains(&p.id) && p.etat != EtatPiece::Acceptee);
    let (resume, nom) = match (ligne.etat, remplacable) {
        (EtatLigne::Acceptee, _) => return None,
        (EtatLigne::Recue | EtatLigne::Refusee, Some(p)) => {
            ("Remplacer cette pièce", format!("remplace_{}", p.id))
        }
        // What the CPAM asked for is sent from the form above, all at once.
        _ if !ligne.attendues.is_empty() => return None,
        _ => ("Envoyer cette pièce", champ_piece(ligne.nature)),
    };
    let champ = fichiers::champ(visite, &nom, ligne.nature.libelle(), "", false, erreurs);
    Some(EnvoiVue {
        resume,
        url: format!("{chemin}/pieces"),
        ouvert: champ.erreur.is_some() || ligne.etat == EtatLigne::Refusee,
        champs: vec![csrf.clone(), Champ::cache("envoi", nom), champ],
    })
}
