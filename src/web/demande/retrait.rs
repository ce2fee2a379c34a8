//! `GET` and `POST /demandes/{numero}/retirer`: withdrawing a request.

use actix_web::web::Path;
use regles::demande::{Evenement, transition};

use crate::actions::demande::retrait::retirer as faire;
use crate::db::demande;
use crate::web::erreur::WebError;
use crate::web::kit::confirmation::Question;
use crate::web::kit::erreurs::version;
use crate::web::saisie::Saisie;
use crate::web::ui::Champ;
use crate::web::visite::{Reponse, Visite};

/// `GET /demandes/{numero}/retirer`
///
/// # Errors
/// The request is not this person's, or is past being withdrawn.
pub async fn confirmer(visite: Visite, numero: Path<String>) -> Reponse {
    let (scope, cherche) = (visite.qui()?.scope(), numero.clone());
    let d = visite
        .read(move |conn| demande::lire(conn, &scope, &cherche))
        .await?;
    transition(d.etat, Evenement::Retirer).map_err(|refus| WebError::Refus(refus.to_string()))?;
    let chemin = format!("/demandes/{}", d.numero);
    let page = visite
        .page("Retirer ma demande")
        .ariane("Mon espace", "/espace")
        .ariane(format!("Demande {}", d.numero), &chemin)
        .rubrique("/espace");
    Question::new(
        format!("Retirer la demande {} ?", d.numero),
        format!("{chemin}/retirer"),
        "Retirer ma demande",
    )
    .suite("La caisse cesse de l’étudier : aucune décision ne sera prise.")
    .suite("Les délais en cours s’arrêtent.")
    .suite("Vous pourrez déposer une nouvelle demande, qui recevra un nouveau numéro.")
    .champ(Champ::cache("version", d.version.to_string()))
    .retour("Garder ma demande", chemin)
    .poser(&visite, page)
}

/// `POST /demandes/{numero}/retirer`
///
/// # Errors
/// The request is decided or closed, or changed meanwhile.
pub async fn retirer(visite: Visite, numero: Path<String>, saisie: Saisie) -> Reponse {
    let version = version(&saisie)?;
    let (kine_id, acte) = (visite.kine_id()?, visite.acte()?);
    let a_retirer = numero.clone();
    visite
        .write(move |tx| faire(tx, &acte, kine_id, &a_retirer, version))
        .await?;
    visite.rediriger_avec(&format!("/demandes/{numero}"), "Votre demande est retirée.")
}
