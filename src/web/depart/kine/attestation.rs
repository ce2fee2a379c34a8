//! `POST /mes-departs/{id}/attestation` has the attestation of the place made, `GET` shows it as it was frozen (letter 11).

use actix_web::web::Path;

use crate::actions::attestation;
use crate::db::{CpamScope, attestation as stockees, depart};
use crate::web::attestation::montrer;
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};

/// `POST /mes-departs/{id}/attestation`
///
/// # Errors
/// The departure is not this person's, or no place is open.
pub async fn obtenir(visite: Visite, id: Path<i64>, _saisie: Saisie) -> Reponse {
    let (kine_id, acte, id) = (visite.kine_id()?, visite.acte()?, id.into_inner());
    visite
        .write(move |tx| attestation::de_place(tx, &acte, kine_id, id))
        .await?;
    visite.rediriger(&format!("/mes-departs/{id}/attestation"))
}

/// `GET /mes-departs/{id}/attestation`
///
/// # Errors
/// The departure is not this person's, or no attestation was asked for.
pub async fn lire(visite: Visite, id: Path<i64>) -> Reponse {
    let (scope, id) = (CpamScope::Kine(visite.kine_id()?), id.into_inner());
    let lue = visite
        .read(move |conn| {
            let c = depart::lire(conn, &scope, id)?;
            stockees::derniere(conn, c.id)
        })
        .await?;
    let retour = format!("/mes-departs/{id}");
    montrer(&visite, lue, ("Mon départ", &retour)).await
}
