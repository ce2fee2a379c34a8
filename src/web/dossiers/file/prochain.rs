//! «Mon prochain dossier»: the most urgent one that this person may handle.

use super::super::objet::adresse;
use crate::actions::suivi::{self, Prochain};
use crate::db::file_comptes::{self, Pour};
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};
use regles::droits::{INSTRUCTION, Role};

/// The words of the button.
pub fn libelle(role: Role) -> &'static str {
    if INSTRUCTION.permet(Some(role)) {
        "Mon prochain dossier"
    } else {
        "Mon prochain dossier à signer"
    }
}

/// `POST /dossiers/prochain`: who instructs gets the most urgent file of hers and of those that nobody handles, which she
/// then takes; who signs opens the
/// most urgent one to sign. Two people who ask at once get two files.
pub async fn prochain(visite: Visite, _saisie: Saisie) -> Reponse {
    let qui = visite.qui()?;
    let Some(caisse) = qui.caisse_code.clone() else {
        return visite.rediriger("/dossiers");
    };
    if !INSTRUCTION.permet(Some(qui.role)) {
        let (moi, jour) = (qui.compte_id, visite.aujourd_hui());
        let numero = visite
            .read(move |conn| file_comptes::plus_urgente(conn, &caisse, Pour::Signer(moi), jour))
            .await?;
        return match numero {
            Some((numero, _)) => visite.rediriger(&adresse(&numero, "")),
            None => visite.rediriger_avec("/dossiers", "Aucun dossier n’attend votre signature."),
        };
    }
    let acte = visite.acte()?;
    let numero = visite
        .write(move |tx| suivi::prendre_le_prochain(tx, &acte, &caisse))
        .await?;
    match numero {
        Some(Prochain::Pris(numero)) => visite.rediriger_avec(
            &adresse(&numero, ""),
            "Vous suivez ce dossier : c’était le plus urgent de ceux que personne ne suivait, et aucun des vôtres ne l’est plus.",
        ),
        Some(Prochain::Sien(numero)) => visite.rediriger_avec(
            &adresse(&numero, ""),
            "Ce dossier est déjà des vôtres : il est plus urgent que ceux que personne ne suit.",
        ),
        None => visite.rediriger_avec(
            "/dossiers",
            "Aucun de vos dossiers n’attend la caisse, et tous les autres sont suivis : il n’y en a pas de prochain pour le moment.",
        ),
    }
}
