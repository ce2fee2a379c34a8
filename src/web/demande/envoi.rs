//! The third step sent: the files are kept, then the request is filed, once.

use actix_web::http::StatusCode;
use regles::piece::NaturePiece;

use super::nouvelle;
use super::projet::Offre;
use super::verification;
use crate::actions::ActionError;
use crate::actions::brouillon::Garde;
use crate::actions::demande::{self, Projet};
use crate::db::DbError;
use crate::db::contrainte::Contrainte;
use crate::db::demande as stockees;
use crate::web::acces::avec_apercu;
use crate::web::erreur::WebError;
use crate::web::espace::pieces::champ_piece;
use crate::web::kit::commune::ChoixCommune;
use crate::web::kit::erreurs::{Erreurs, cle};
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};

/// Files the request; what is wrong goes back to the step it belongs to.
///
/// # Errors
/// The database or the document store does not answer.
pub(super) async fn envoyer(
    visite: &Visite,
    saisie: &Saisie,
    offre: &Offre,
    choix: &ChoixCommune,
    projet: Projet,
    garde: &Garde,
    fautes: Erreurs,
) -> Reponse {
    let kine_id = visite.kine_id()?;
    let cle = cle(saisie);
    // Sent twice: the first one is filed, and what it rested on may have changed since.
    let deja = {
        let cle = cle.clone();
        visite
            .read(move |conn| stockees::par_cle(conn, kine_id, &cle))
            .await?
    };
    if let Some(numero) = deja {
        return visite.rediriger(&format!("/demandes/{numero}/accuse"));
    }
    let acte = visite.acte()?;
    let verifie = {
        let (acte, projet) = (acte.clone(), projet.clone());
        visite
            .read(move |conn| Ok::<_, WebError>(demande::verifier(conn, &acte, &projet)))
            .await?
    };
    let mut erreurs = Erreurs::default();
    let lieu = match verifie {
        Ok(verifie) => verifie.lieu,
        Err(error) => {
            erreurs.prendre(error)?;
            return visite.a_corriger(&nouvelle::construire(
                visite, offre, saisie, choix, &erreurs,
            ));
        }
    };
    if fautes.presentes() {
        let page = verification::construire(visite, offre, saisie, &lieu, &fautes, garde)?;
        let statut = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(avec_apercu(visite.rendre_avec(&page, statut)?));
    }
    let mut pieces = Vec::new();
    for nature in NaturePiece::TOUS {
        pieces.extend(garde.recues(&champ_piece(*nature), *nature)?);
    }
    let resultat = {
        let cle = cle.clone();
        visite
            .write(move |tx| demande::deposer(tx, &acte, &projet, &pieces, &cle))
            .await
    };
    let numero = match resultat {
        Ok(numero) => numero,
        // The same form at the same instant: the other one won.
        Err(ActionError::Db(DbError::Contrainte(Contrainte::Idempotence))) => visite
            .read(move |conn| stockees::par_cle(conn, kine_id, &cle))
            .await?
            .ok_or(WebError::Introuvable)?,
        Err(error) => {
            erreurs.prendre(error)?;
            return visite.a_corriger(&nouvelle::construire(
                visite, offre, saisie, choix, &erreurs,
            ));
        }
    };
    visite.rediriger_avec(
        &format!("/demandes/{numero}/accuse"),
        "Votre demande est déposée. Voici votre accusé de réception ; nous vous l’avons aussi envoyé par courriel.",
    )
}
