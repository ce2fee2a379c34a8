//! Before a successor is replaced: who, by whom, and what follows (REG-8).

use actix_web::HttpResponse;
use askama::Template;

use super::detail::lire;
use crate::actions::designation::empechement;
use crate::db::designation::EtatDesignation;
use crate::domain::identifiants::Rpps;
use crate::texte;
use crate::web::erreur::WebError;
use crate::web::page::{Lien, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Confirmation};
use crate::web::visite::Visite;

#[derive(Template)]
#[template(path = "espace/confirmation.html")]
struct RemplacementPage {
    page: Page,
    confirmation: Confirmation,
}

/// The page that asks, with nothing written yet; nothing when `active` is no longer the designation that counts, or when
/// none may be made: the act says why.
///
/// # Errors
/// The departure is not this person's, or the database does not answer.
pub(super) async fn demander(
    visite: &Visite,
    id: i64,
    active: i64,
    rpps: &Rpps,
    saisie: &Saisie,
) -> Result<Option<HttpResponse>, WebError> {
    let kine_id = visite.kine_id()?;
    let lu = visite.read(move |conn| lire(conn, kine_id, id)).await?;
    let empeche =
        empechement(&visite.acte()?, &lu.c.cessation, lu.place.as_ref()).map_err(WebError::from)?;
    let ancienne = lu.active().filter(|d| d.id == active);
    let (Some(ancienne), None) = (ancienne, empeche) else {
        return Ok(None);
    };
    let chemin = format!("/cessations/{id}");
    let page = visite
        .page("Changer de successeur")
        .ariane("Mon espace", "/espace")
        .ariane(format!("Départ {}", texte::de(&lu.c.commune)), &chemin)
        .rubrique("/espace");
    let mut champs = vec![
        page.csrf(),
        Champ::cache("active", active.to_string()),
        Champ::cache("rpps", rpps.to_string()),
        Champ::cache("courriel", saisie.texte("courriel")),
        Champ::cache("confirmer_remplacement", "oui"),
    ];
    if saisie.coche("confirmer_rpps") {
        champs.push(Champ::cache("confirmer_rpps", "oui"));
    }
    let mut consequences = vec![format!(
        "La désignation envoyée à {} ({}) n’a plus d’effet, et un courriel le lui dit.",
        ancienne.courriel,
        texte::minuscule_initiale(ancienne.etat.libelle())
    )];
    if ancienne.etat == EtatDesignation::Acceptee {
        consequences.push(
            "Si cette personne a déposé une demande sur votre place, elle ne peut plus être accordée à ce titre."
                .to_owned(),
        );
    }
    consequences.push(format!(
        "La personne que vous désignez maintenant ({}) doit accepter à son tour, dans le même délai.",
        saisie.texte("courriel")
    ));
    let confirmation = Confirmation {
        titre: texte::insecables(&format!(
            "Remplacer RPPS {} par RPPS {rpps} comme successeur à {} ?",
            ancienne.rpps, lu.c.commune
        )),
        consequences,
        champs,
        url: format!("{chemin}/designations"),
        bouton: "Changer de successeur".to_owned(),
        retour: Lien::new("Garder le successeur désigné", chemin),
    };
    visite
        .rendre(&RemplacementPage { page, confirmation })
        .map(Some)
}
