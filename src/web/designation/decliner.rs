//! Before a designation is declined: whose, where, and what follows (REG-8).

use actix_web::HttpResponse;
use regles::designation::EtatDesignation;
use regles::texte;

use crate::actions::designation::Acces;
use crate::db::{DbError, kine};
use crate::web::erreur::WebError;
use crate::web::kit::confirmation::Question;
use crate::web::ui::Champ;
use crate::web::visite::Visite;

/// The page that asks, with nothing written yet; nothing when there is nothing to decline any more, or when it is
/// somebody else's: the act says why.
///
/// # Errors
/// The link opens nothing, or the database does not answer.
pub(super) async fn confirmer(
    visite: &Visite,
    jeton: &str,
    acces: Acces,
) -> Result<Option<HttpResponse>, WebError> {
    let kine_id = visite.kine_id()?;
    let (d, moi) = visite
        .read(move |conn| {
            let d = acces.ouvrir(conn)?;
            let moi = kine::par_id(conn, kine_id)?.ok_or(DbError::Introuvable)?;
            Ok::<_, DbError>((d, moi))
        })
        .await?;
    if moi.rpps != d.designation.rpps || d.designation.etat != EtatDesignation::EnAttente {
        return Ok(None);
    }
    let cedant = d.cedant.nom_complet();
    let chemin = format!("/designations/{jeton}");
    let page = visite
        .page("Décliner une désignation")
        .ariane("Mon espace", "/espace")
        .ariane(format!("Succéder à {cedant}"), &chemin)
        .rubrique("/espace");
    Question::new(
        texte::insecables(&format!(
            "Décliner la désignation {}, à {} ?",
            texte::de(&cedant),
            d.commune
        )),
        chemin.clone(),
        "Décliner la désignation",
    )
    .suite(format!(
        "Nous écrivons à {cedant}, qui peut désigner quelqu’un d’autre."
    ))
    .suite("Vous ne pourrez revenir que si l’on vous désigne de nouveau.")
    .champ(Champ::cache("reponse", "decliner"))
    .champ(Champ::cache("confirme", "oui"))
    .retour("Revenir à la désignation sans répondre", chemin)
    .poser(visite, page)
    .map(Some)
}
