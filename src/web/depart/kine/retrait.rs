//! `GET` and `POST /mes-departs/{id}/retirer`: taking back a declaration that nobody answered.

use actix_web::web::Path;
use regles::texte;

use crate::actions::depart::declaration;
use crate::db::depart as stockees;
use crate::web::kit::confirmation::Question;
use crate::web::kit::erreurs::version;
use crate::web::saisie::Saisie;
use crate::web::ui::Champ;
use crate::web::visite::{Reponse, Visite};

/// `GET /mes-departs/{id}/retirer`
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
            format!("/mes-departs/{id}"),
        )
        .rubrique("/espace");
    Question::new(
        format!("Retirer la déclaration de cessation à {} ?", c.commune),
        format!("/mes-departs/{id}/retirer"),
        "Retirer la déclaration",
    )
    .suite("La caisse ne l’examinera pas et votre départ n’ouvrira pas de place.")
    .suite("Vous pourrez déclarer de nouveau votre cessation.")
    .champ(Champ::cache("version", c.depart.version.to_string()))
    .retour("Garder la déclaration", format!("/mes-departs/{id}"))
    .poser(&visite, page)
}

/// `POST /mes-departs/{id}/retirer`
///
/// # Errors
/// The CPAM answered, or the declaration changed meanwhile.
pub async fn retirer(visite: Visite, id: Path<i64>, saisie: Saisie) -> Reponse {
    let id = id.into_inner();
    let version = version(&saisie)?;
    let (kine_id, acte) = (visite.kine_id()?, visite.acte()?);
    visite
        .write(move |tx| declaration::retirer(tx, &acte, kine_id, id, version))
        .await?;
    visite.rediriger_avec(
        &format!("/mes-departs/{id}"),
        "Votre déclaration est retirée.",
    )
}
