//! The page of an attestation, which prints; and `/verifier`, where whoever receives one types its code and reads what it
//! attests, of which day, and whether it still holds: nothing of the person (GEN-2).

use actix_web::web::Path;
use askama::Template;
use courriers::decision::{Bloc, Document};
use regles::condition::vaut_encore;
use regles::texte;
use serde::Deserialize;

use super::erreur::WebError;
use super::filters;
use super::page::{Largeur, Page};
use super::ui::{Champ, Message};
use super::visite::{Reponse, Visite};
use crate::clock::jour_a_paris;
use crate::db::DbResult;
use crate::db::attestation::{self, Attestation, Verifiee};
use crate::db::document_emis::{self, Verifie};
use crate::secret::ranger_code;
use crate::web::kit::requete::Requete;

#[derive(Template)]
#[template(path = "attestation.html")]
struct AttestationPage {
    page: Page,
    document: Document,
    code: String,
    empreinte: String,
    /// Where the code is typed.
    verifier: String,
    /// Its print; none while it waits.
    pdf: Option<String>,
}

/// Shows an attestation as it was frozen; `retour`: the page of what it is about, by its name and address.
///
/// # Errors
/// None was asked for, or its document does not read.
pub(super) async fn montrer(
    visite: &Visite,
    lue: Option<Attestation>,
    retour: (&str, &str),
) -> Reponse {
    let lue = lue.ok_or(WebError::Introuvable)?;
    let code = lue.code.clone();
    let emis = visite
        .read(move |conn| document_emis::par_code(conn, &code))
        .await?;
    let imprime = emis.filter(|e| e.pdf().is_some());
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
        verifier: format!("{}/verifier", visite.etat.config.url_publique),
        pdf: imprime.map(|e| format!("/documents/{}/pdf", e.id)),
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
    repondre(visite, recherche.into_inner().code).await
}

/// `GET /verifier/{code}`: where the square of a letter leads.
///
/// # Errors
/// As [`verifier`].
pub async fn verifier_le_code(visite: Visite, code: Path<String>) -> Reponse {
    repondre(visite, Some(code.into_inner())).await
}

async fn repondre(visite: Visite, tape: Option<String>) -> Reponse {
    let manque = tape.as_deref().is_some_and(|t| t.trim().is_empty());
    let code = tape.unwrap_or_default();
    let reponse = match ranger_code(&code) {
        vide if vide.is_empty() && code.trim().is_empty() => None,
        range => {
            visite.etat.limites.connexion.compter(&visite.adresse_ip)?;
            let lues = visite
                .read(move |conn| -> DbResult<_> {
                    Ok((
                        attestation::verifier(conn, &range)?,
                        document_emis::verifier(conn, &range)?,
                    ))
                })
                .await?;
            Some(dire(lues))
        }
    };
    let champ = Champ::texte("code", "Code de vérification")
        .aide("Seize chiffres, imprimés au bas du document. Les espaces et les tirets ne comptent pas.")
        .valeur(code)
        .erreur(manque.then(|| "Écrivez le code imprimé au bas du document.".to_owned()));
    let page = visite
        .page("Vérifier un document")
        .chapeau("Une lettre ou une attestation établie par ce service porte un code : saisissez-le pour savoir si elle est authentique, et si elle vaut encore. La réponse ne dit rien de la personne.")
        .largeur(Largeur::Lecture)
        .erreurs_de([&champ]);
    visite.rendre(&VerifierPage {
        page,
        champ,
        reponse,
    })
}

/// What whoever holds a code is told; an attestation says by its own register whether it still holds.
fn dire((attestation, lettre): (Option<Verifiee>, Option<Verifie>)) -> Message {
    let (document, vaut) = match (attestation, lettre) {
        (Some(a), _) => (
            (a.nature.libelle(), a.faite_le),
            vaut_encore(a.nature, a.demande, a.place),
        ),
        (None, Some(l)) => (
            (l.nature.libelle(), l.emis_le),
            l.nature.vaut_encore(l.decision, l.demande),
        ),
        (None, None) => {
            return Message::attention(
                "Aucun document ne porte ce code. Vérifiez les chiffres, ou demandez le document à la personne qui vous l’a remis.",
            );
        }
    };
    let document = format!(
        "{} du {}",
        document.0,
        texte::date_fr(jour_a_paris(document.1))
    );
    match vaut {
        true => Message::information(format!(
            "{document} : ce document est authentique et vaut aujourd’hui."
        )),
        false => Message::attention(format!(
            "{document} : ce document est authentique, mais n’est plus valable."
        )),
    }
}
