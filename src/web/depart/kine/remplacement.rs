//! Before a successor is replaced: who, by whom, and what follows (REG-8).

use actix_web::HttpResponse;
use regles::designation::EtatDesignation;
use regles::texte;

use crate::actions::Acte;
use crate::actions::designation::{self, ADesigner};
use crate::db::designation::Designation;
use crate::web::erreur::WebError;
use crate::web::kit::confirmation::Question;
use crate::web::ui::Champ;
use crate::web::visite::Visite;

/// The page that asks, with nothing written yet; nothing when nobody is replaced, or when the designation may not be
/// made: the act says why. `retour`: the page of the form.
///
/// # Errors
/// The page cannot be rendered.
pub async fn demander(
    visite: &Visite,
    acte: &Acte,
    a: &ADesigner,
    retour: String,
) -> Result<Option<HttpResponse>, WebError> {
    let Some(active) = a.vue else {
        return Ok(None);
    };
    let verifiee = {
        let (acte, a) = (acte.clone(), a.clone());
        visite
            .read(move |conn| designation::verifier(conn, &acte, &a))
            .await
    };
    let Ok(possible) = verifiee else {
        return Ok(None);
    };
    let Some(ancienne) = possible.ancienne.filter(|d| d.id == active) else {
        return Ok(None);
    };
    let commune = &possible.depart.commune;
    let mut page = visite.page("Changer de successeur");
    if a.ayant_droit.is_none() {
        page = page
            .ariane("Mon espace", "/espace")
            .ariane(format!("Départ {}", texte::de(commune)), &retour)
            .rubrique("/espace");
    }
    let meme = ancienne.rpps == a.rpps.as_str();
    let titre = texte::insecables(&if meme {
        format!("Envoyer de nouveau la désignation de RPPS {} ?", a.rpps)
    } else {
        format!(
            "Remplacer RPPS {} par RPPS {} comme successeur à {commune} ?",
            ancienne.rpps, a.rpps
        )
    });
    let bouton = if meme {
        "Envoyer de nouveau"
    } else {
        "Changer de successeur"
    };
    let mut question = Question::new(titre, &visite.chemin, bouton)
        .suites(consequences(&ancienne, a))
        .champ(Champ::cache("active", active.to_string()))
        .champ(Champ::cache("rpps", a.rpps.to_string()))
        .champ(Champ::cache("courriel", &a.courriel))
        .champ(Champ::cache("confirmer_remplacement", "oui"))
        .retour("Garder le successeur désigné", retour);
    if a.cle_confirmee {
        question = question.champ(Champ::cache("confirmer_rpps", "oui"));
    }
    question.poser(visite, page).map(Some)
}

fn consequences(ancienne: &Designation, a: &ADesigner) -> Vec<String> {
    if ancienne.rpps == a.rpps.as_str() {
        return vec![
            format!("Un nouveau lien part vers {}.", a.courriel),
            "Le lien envoyé auparavant ne sert plus à répondre. Le délai reste le même.".to_owned(),
        ];
    }
    // Who is entitled (REG-7) knows the number of who was designated, not the address.
    let a_qui = match a.ayant_droit {
        None => format!("envoyée à {}", ancienne.courriel),
        Some(_) => format!("de RPPS {}", ancienne.rpps),
    };
    let mut consequences = vec![format!(
        "La désignation {a_qui} ({}) n’a plus d’effet, et un courriel le dit à cette personne.",
        texte::minuscule_initiale(ancienne.etat.libelle())
    )];
    if ancienne.etat == EtatDesignation::Acceptee {
        consequences.push(
            "Si cette personne a déposé une demande sur la place, elle ne peut plus être accordée à ce titre."
                .to_owned(),
        );
    }
    consequences.push(format!(
        "La personne que vous désignez maintenant ({}) doit accepter à son tour, dans le même délai.",
        a.courriel
    ));
    consequences
}
