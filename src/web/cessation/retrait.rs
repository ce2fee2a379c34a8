//! `GET` and `POST /cessations/{id}/retirer`: taking back a declaration that nobody answered.

use actix_web::web::Path;
use askama::Template;
use regles::texte;

use crate::actions::cessation;
use crate::db::cessation as stockees;
use crate::web::espace::erreurs::version;
use crate::web::page::{Lien, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Confirmation};
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "espace/confirmation.html")]
struct RetraitPage {
    page: Page,
    confirmation: Confirmation,
}

/// `GET /cessations/{id}/retirer`
///
/// # Errors
/// The departure is not this person's.
pub async fn confirmer(visite: Visite, id: Path<i64>) -> Reponse {
    let id = id.into_inner();
    let scope = visite.qui()?.scope();
    let c = visite
        .read(move |conn| stockees::complete(conn, &scope, id))
        .await?;
    let page = visite
        .page("Retirer ma déclaration")
        .ariane("Mon espace", "/espace")
        .ariane(
            format!("Départ {}", texte::de(&c.commune)),
            format!("/cessations/{id}"),
        )
        .rubrique("/espace");
    let confirmation = Confirmation {
        titre: format!("Retirer la déclaration de cessation à {} ?", c.commune),
        consequences: vec![
            "La caisse ne l’examinera pas et votre départ n’ouvrira pas de place.".to_owned(),
            "Vous pourrez déclarer de nouveau votre cessation.".to_owned(),
        ],
        champs: vec![
            page.csrf(),
            Champ::cache("version", c.cessation.version.to_string()),
        ],
        url: format!("/cessations/{id}/retirer"),
        bouton: "Retirer la déclaration".to_owned(),
        retour: Lien::new("Garder la déclaration", format!("/cessations/{id}")),
    };
    visite.rendre(&RetraitPage { page, confirmation })
}

/// `POST /cessations/{id}/retirer`
///
/// # Errors
/// The CPAM answered, or the declaration changed meanwhile.
pub async fn retirer(visite: Visite, id: Path<i64>, saisie: Saisie) -> Reponse {
    let id = id.into_inner();
    let version = version(&saisie)?;
    let (kine_id, acte) = (visite.kine_id()?, visite.acte()?);
    visite
        .write(move |tx| cessation::retirer(tx, &acte, kine_id, id, version))
        .await?;
    visite.rediriger_avec(
        &format!("/cessations/{id}"),
        "Votre déclaration est retirée.",
    )
}
