//! The documents of a request for its author: what is called for and why, what came, what can be sent or replaced.

use regles::liste_pieces::{EtatLigne, Ligne};
use regles::piece::NaturePiece;

use super::lu::Lu;
use crate::actions::piece::liste;
use crate::web::erreur::WebError;
use crate::web::espace::pieces::{self, Dossier};
use crate::web::kit::erreurs::Erreurs;
use crate::web::kit::formulaire::Champs;
use crate::web::ui::{Champ, EnvoiVue, ListePiecesVue};
use crate::web::visite::Visite;

/// The lines of this request.
///
/// # Errors
/// The reference data do not read.
pub(super) fn lignes(visite: &Visite, lu: &Lu) -> Result<Vec<Ligne>, WebError> {
    Ok(liste::lignes(
        &visite.etat.reglement(),
        &lu.d.demande,
        lu.motif.as_ref(),
        &lu.pieces,
        &lu.demandees,
    )?)
}

/// REG-9: whether the proof of the installation was refused, and none has come since.
pub(super) fn preuve_refusee(lignes: &[Ligne]) -> bool {
    lignes
        .iter()
        .any(|l| l.nature == NaturePiece::PreuveInstallation && l.etat == EtatLigne::Refusee)
}

/// The list, with a form on each line from which something may be sent, and what is wrong with it. The declaration of the
/// installation is on the line of its proof once one was refused.
pub(super) fn construire(
    visite: &Visite,
    lu: &Lu,
    lignes: &[Ligne],
    csrf: &Champ,
    (montre, installation): (Option<i64>, Option<Champs>),
    erreurs: &Erreurs,
) -> ListePiecesVue {
    let chemin = format!("/demandes/{}", lu.d.demande.numero);
    let dossier = Dossier {
        chemin: &chemin,
        pieces: &lu.pieces,
        ouvert: lu.d.demande.etat.en_cours(),
        decidee: lu.decision.as_ref().and_then(|d| d.decidee_le),
        decision_connue: lu.d.demande.notifiee_le.is_some(),
    };
    let mut vues = pieces::lignes(visite, &dossier, lignes, csrf, montre, erreurs);
    let preuve = lignes
        .iter()
        .zip(&mut vues)
        .find(|(l, _)| l.nature == NaturePiece::PreuveInstallation);
    if let Some((ligne, vue)) = preuve {
        vue.envoi = match ligne.etat {
            // Illegible perhaps, and not examined: another one takes its place, and nothing else changes.
            EtatLigne::Recue => vue.envoi.take(),
            EtatLigne::Refusee => installation.map(|champs| EnvoiVue {
                resume: "Envoyer une autre preuve",
                url: format!("{chemin}/installation"),
                champs: [csrf].into_iter().chain(&champs).cloned().collect(),
                ouvert: true,
            }),
            // The first one comes with the declaration of the installation.
            EtatLigne::AFournir | EtatLigne::Acceptee => None,
        };
    }
    ListePiecesVue { lignes: vues }
}
