//! `/appels/{id}/retirer`: withdrawing an application.

use actix_web::web::Path;
use askama::Template;
use regles::texte;

use crate::actions::appel;
use crate::web::page::{Lien, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::Confirmation;
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "espace/confirmation.html")]
struct RetraitPage {
    page: Page,
    confirmation: Confirmation,
}

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
    let confirmation = Confirmation {
        titre: format!(
            "Retirer votre candidature à la place {} ?",
            texte::de(&lu.commune)
        ),
        consequences: vec![
            "La caisse cesse de l’examiner.".to_owned(),
            "Vous pourrez candidater de nouveau tant que l’appel reçoit des candidatures."
                .to_owned(),
        ],
        champs: vec![page.csrf()],
        url: format!("{chemin}/retirer"),
        bouton: "Retirer ma candidature".to_owned(),
        retour: Lien::new("Garder ma candidature", chemin),
    };
    visite.rendre(&RetraitPage { page, confirmation })
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
