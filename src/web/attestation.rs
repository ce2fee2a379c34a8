//! The page of an attestation, which prints; and `/verifier`, where whoever receives one types its code and reads what it
//! attests, of which day, and whether it still holds: nothing of the person (GEN-2).

use askama::Template;
use courriers::decision::{Bloc, Document};
use regles::condition::vaut_encore;
use regles::texte;
use serde::Deserialize;

use super::erreur::WebError;
use super::page::{Largeur, Page};
use super::ui::{Champ, Message};
use super::visite::{Reponse, Visite};
use crate::clock::jour_a_paris;
use crate::db::attestation::{self, Attestation, Verifiee};
use crate::secret::ranger_code;
use crate::web::kit::requete::Requete;

#[derive(Template)]
#[template(path = "attestation.html")]
struct AttestationPage {
    page: Page,
    document: Document,
    code: String,
    empreinte: String,
}

/// Shows an attestation as it was frozen; `retour`: the page of what it is about, by its name and address.
///
/// # Errors
/// None was asked for, or its document does not read.
pub(super) fn montrer(visite: &Visite, lue: Option<Attestation>, retour: (&str, &str)) -> Reponse {
    let lue = lue.ok_or(WebError::Introuvable)?;
    let document: Document = serde_json::from_str(&lue.document).map_err(WebError::interne)?;
    let page = visite
        .page(document.objet.clone())
        .ariane("Mon espace", "/espace")
        .ariane(retour.0, retour.1)
        .rubrique("/espace")
        .largeur(Largeur::Lecture);
    visite.rendre(&AttestationPage {
        page,
        document,
        code: lue.code,
        empreinte: lue.empreinte,
    })
}

/// What is typed.
#[derive(Deserialize)]
pub struct Recherche {
    code: Option<String>,
}

#[derive(Template)]
#[template(path = "verifier.html")]
struct VerifierPage {
    page: Page,
    champ: Champ,
    reponse: Option<Message>,
}

/// `GET /verifier?code=`
///
/// # Errors
/// Too many tries from this address, or the database does not answer.
pub async fn verifier(visite: Visite, recherche: Requete<Recherche>) -> Reponse {
    let tape = recherche.into_inner().code;
    let manque = tape.as_deref().is_some_and(|t| t.trim().is_empty());
    let code = tape.unwrap_or_default();
    let reponse = match ranger_code(&code) {
        vide if vide.is_empty() && code.trim().is_empty() => None,
        range => {
            visite.etat.limites.connexion.compter(&visite.adresse_ip)?;
            let lue = visite
                .read(move |conn| attestation::verifier(conn, &range))
                .await?;
            Some(dire(lue))
        }
    };
    let champ = Champ::texte("code", "Code de vérification")
        .aide("Seize chiffres, imprimés au bas du document. Les espaces et les tirets ne comptent pas.")
        .valeur(code)
        .erreur(manque.then(|| "Écrivez le code imprimé au bas du document.".to_owned()));
    let page = visite
        .page("Vérifier un document")
        .chapeau("Une attestation délivrée par ce service porte un code : saisissez-le pour savoir si elle vaut encore.")
        .largeur(Largeur::Lecture)
        .erreurs_de([&champ]);
    visite.rendre(&VerifierPage {
        page,
        champ,
        reponse,
    })
}

fn dire(lue: Option<Verifiee>) -> Message {
    let Some(lue) = lue else {
        return Message::attention(
            "Aucun document ne porte ce code. Vérifiez les chiffres, ou demandez le document à la personne qui vous l’a remis.",
        );
    };
    let document = format!(
        "{} du {}",
        lue.nature.libelle(),
        texte::date_fr(jour_a_paris(lue.faite_le))
    );
    match vaut_encore(lue.nature, lue.demande, lue.place) {
        true => Message::information(format!(
            "{document} : ce document est authentique et vaut aujourd’hui."
        )),
        false => Message::attention(format!(
            "{document} : ce document est authentique, mais n’est plus valable."
        )),
    }
}
