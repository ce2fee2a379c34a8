//! `POST /demandes/{numero}/decision`: the applicant opens the decision, which notifies it (PRO-8).

use actix_web::web::Path;

use crate::actions::decision::ouvrir_par_le_demandeur;
use crate::web::erreur::WebError;
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};

/// Opens the decision; a second time shows it and changes nothing.
///
/// # Errors
/// The request is not this person's, or nothing is decided.
pub async fn ouvrir(visite: Visite, numero: Path<String>, _saisie: Saisie) -> Reponse {
    let (acte, scope, n) = (visite.acte()?, visite.qui()?.scope(), numero.clone());
    visite
        .write(move |tx| ouvrir_par_le_demandeur(tx, &acte, &scope, &n))
        .await
        .map_err(WebError::from)?;
    visite.rediriger(&format!("/demandes/{numero}#decision"))
}
