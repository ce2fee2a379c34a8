//! `GET` and `POST /designations/{jeton}/renoncer`: giving up a designation that was accepted.

use actix_web::web::Path;
use regles::texte;

use super::page::acces;
use crate::actions::designation;
use crate::db::kine;
use crate::web::erreur::WebError;
use crate::web::kit::confirmation::Question;
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};

/// `GET /designations/{jeton}/renoncer`
///
/// # Errors
/// The designation is somebody else's, or the database does not answer.
pub async fn confirmer(visite: Visite, jeton: Path<String>) -> Reponse {
    let acces = acces(&visite, &jeton);
    let kine_id = visite.kine_id()?;
    let (d, moi, demande) = visite
        .read(move |conn| {
            let d = acces.ouvrir(conn)?;
            let moi = kine::par_id(conn, kine_id)?.ok_or(crate::db::DbError::Introuvable)?;
            let demande = designation::demande_en_cours(conn, d.designation.place_id, kine_id)?;
            Ok::<_, crate::db::DbError>((d, moi, demande))
        })
        .await?;
    if moi.rpps != d.designation.rpps {
        return Err(WebError::Introuvable);
    }
    let cedant = d.cedant.nom_complet();
    let chemin = format!("/designations/{jeton}");
    let page = visite
        .page("Renoncer à une succession")
        .ariane("Mon espace", "/espace")
        .ariane(format!("Succéder à {cedant}"), &chemin)
        .rubrique("/espace");
    let mut consequences = vec![
        format!("Nous écrivons à {cedant}, qui peut désigner quelqu’un d’autre."),
        "Vous ne pourrez revenir que si l’on vous désigne de nouveau.".to_owned(),
    ];
    if let Some(demande) = demande {
        consequences.insert(
            0,
            format!(
                "Votre demande {} sur cette place est retirée : aucune décision ne sera prise.",
                demande.numero
            ),
        );
    }
    Question::new(
        texte::insecables(&format!(
            "Renoncer à succéder à {cedant}, à {} ?",
            d.commune
        )),
        format!("{chemin}/renoncer"),
        "Renoncer à cette succession",
    )
    .suites(consequences)
    .retour("Garder ma place de successeur", chemin)
    .poser(&visite, page)
}

/// `POST /designations/{jeton}/renoncer`
///
/// # Errors
/// The designation is somebody else's, or the request on it is decided.
pub async fn renoncer(visite: Visite, jeton: Path<String>, _saisie: Saisie) -> Reponse {
    let acces = acces(&visite, &jeton);
    let (kine_id, acte) = (visite.kine_id()?, visite.acte()?);
    let d = visite
        .write(move |tx| designation::renoncer(tx, &acte, kine_id, &acces))
        .await?;
    visite.rediriger_avec(
        "/espace",
        &format!(
            "Vous avez renoncé à succéder à {}. Nous lui avons écrit.",
            d.cedant.nom_complet()
        ),
    )
}
