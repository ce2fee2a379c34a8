//! Which mails somebody wants of what is new: a page for agents, a part of her settings for a practitioner.

use askama::Template;
use regles::droits::Role;
use regles::preference::{Frequence, Sujet};

use super::CHEMIN;
use crate::actions::preference;
use crate::db::preference as choisies;
use crate::web::erreur::WebError;
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix};
use crate::web::visite::{Reponse, Visite};

const ADRESSE: &str = "/nouveautes/courriels";

#[derive(Template)]
#[template(path = "nouveautes/courriels.html")]
struct CourrielsPage {
    page: Page,
    champs: Vec<Champ>,
}

/// One question a subject, with what was chosen.
pub fn champs(role: Role, choix: &[(Sujet, Frequence)]) -> Vec<Champ> {
    Sujet::de(role)
        .iter()
        .map(|sujet| {
            let choisie = choix.iter().find(|(s, _)| s == sujet);
            let frequences = sujet.frequences();
            Champ::radios(
                sujet.as_str(),
                sujet.libelle(),
                frequences
                    .iter()
                    .map(|f| Choix::new(f.as_str(), f.libelle()))
                    .collect(),
            )
            .valeur(choisie.map_or(sujet.d_office(), |(_, f)| *f).as_str())
        })
        .collect()
}

/// `GET /nouveautes/courriels`
///
/// # Errors
/// The database does not answer.
pub async fn page(visite: Visite) -> Reponse {
    let qui = visite.qui()?;
    let (moi, role) = (qui.compte_id, qui.role);
    let choix = visite.read(move |conn| choisies::de(conn, moi)).await?;
    let page = visite
        .page("Mes courriels")
        .chapeau("Ce que Relève vous écrit de ce qui est nouveau sur vos dossiers.")
        .ariane("Ce qui est nouveau", CHEMIN)
        .rubrique(CHEMIN);
    visite.rendre(&CourrielsPage {
        page,
        champs: champs(role, &choix),
    })
}

/// `POST /nouveautes/courriels`
///
/// # Errors
/// As [`enregistrer`].
pub async fn choisir(visite: Visite, saisie: Saisie) -> Reponse {
    enregistrer(&visite, &saisie, ADRESSE).await
}

/// Writes what was chosen, and goes back to the page of the form.
///
/// # Errors
/// A value that no form of ours sends; the database does not answer.
pub async fn enregistrer(visite: &Visite, saisie: &Saisie, suite: &str) -> Reponse {
    let mut choix = Vec::new();
    for sujet in Sujet::de(visite.qui()?.role) {
        if let Some(texte) = saisie.option(sujet.as_str()) {
            choix.push((*sujet, texte.parse().map_err(WebError::Illisible)?));
        }
    }
    let acte = visite.acte()?;
    visite
        .write(move |tx| preference::choisir(tx, &acte, &choix))
        .await?;
    visite.rediriger_avec(suite, "Vos choix sont enregistrés.")
}
