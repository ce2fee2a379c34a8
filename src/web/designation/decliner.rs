//! Before a designation is declined: whose, where, and what follows (REG-8).

use actix_web::HttpResponse;
use askama::Template;
use regles::designation::EtatDesignation;
use regles::texte;

use crate::actions::designation::Acces;
use crate::db::{DbError, kine};
use crate::web::erreur::WebError;
use crate::web::page::{Lien, Page};
use crate::web::ui::{Champ, Confirmation};
use crate::web::visite::Visite;

#[derive(Template)]
#[template(path = "espace/confirmation.html")]
struct RefusPage {
    page: Page,
    confirmation: Confirmation,
}

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
    let confirmation = Confirmation {
        titre: texte::insecables(&format!(
            "Décliner la désignation {}, à {} ?",
            texte::de(&cedant),
            d.commune
        )),
        consequences: vec![
            format!("{cedant} est prévenu et peut désigner quelqu’un d’autre."),
            "Vous ne pourrez revenir que si l’on vous désigne de nouveau.".to_owned(),
        ],
        champs: vec![
            page.csrf(),
            Champ::cache("reponse", "decliner"),
            Champ::cache("confirme", "oui"),
        ],
        url: chemin.clone(),
        bouton: "Décliner la désignation".to_owned(),
        retour: Lien::new("Revenir à la désignation sans répondre", chemin),
    };
    visite.rendre(&RefusPage { page, confirmation }).map(Some)
}
