//! `/appels/{id}/retirer`: withdrawing an application.

use actix_web::web::Path;
use regles::texte;

use crate::actions::appel;
use crate::web::kit::confirmation::Question;
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};

/// `GET /appels/{id}/retirer`
///
/// # Errors
/// There is no such call.
pub async fn confirmer(visite: Visite, id: Path<i64>) -> Reponse {
    let id = id.into_inner();
    let lu = visite
        .read(move |conn| crate::db::appel::public(conn, id))
        .await?;
    let chemin = format!("/appels/{id}");
    let page = visite
        .page("Retirer ma candidature")
        .ariane("Appels à candidatures", "/appels")
        .ariane(lu.commune.clone(), &chemin)
        .rubrique("/appels");
    Question::new(
        format!(
            "Retirer votre candidature à la place {} ?",
            texte::de(&lu.commune)
        ),
        format!("{chemin}/retirer"),
        "Retirer ma candidature",
    )
    .suite("La caisse cesse de l’examiner.")
    .suite("Vous pourrez candidater de nouveau tant que l’appel reçoit des candidatures.")
    .retour("Garder ma candidature", chemin)
    .poser(&visite, page)
}

/// `POST /appels/{id}/retirer`
///
/// # Errors
/// There is no application, or it has its answer.
pub async fn retirer(visite: Visite, id: Path<i64>, _saisie: Saisie) -> Reponse {
    let id = id.into_inner();
    let (acte, kine_id) = (visite.acte()?, visite.kine_id()?);
    visite
        .write(move |tx| appel::retirer(tx, &acte, kine_id, id))
        .await?;
    visite.rediriger_avec(&format!("/appels/{id}"), "Votre candidature est retirée.")
}
