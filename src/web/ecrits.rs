//! The letters frozen as documents: their page, their print, and what is shown before they are signed.
//! `/documents/{id}` is for those who may see the file; its addressee reads it once it is notified.

use actix_web::HttpResponse;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::web::Path;
use askama::Template;
use courriers::decision::{Bloc, Document};
use regles::decision::EtatDecision;
use regles::texte;

use super::dossiers::objet;
use super::erreur::WebError;
use super::filters;
use super::kit::geste::Presentation;
use super::kit::requete::Requete;
use super::page::{Largeur, Page};
use super::piece::{Manieres, servir};
use super::saisie::Saisie;
use super::ui::Message;
use super::visite::{Reponse, Visite};
use crate::actions::decision::{lettre_a_signer, signataire};
use crate::actions::ecrit::Fige;
use crate::actions::{ActionError, ActionResult};
use crate::clock::jour_a_paris;
use crate::db::document_emis::{self, DuDossier, EnListe};
use crate::db::{decision, demande};
use crate::impression::Marques;

/// A letter as a page shows it: the same text as on paper, in the same order.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/lettre.html")]
pub struct LettreVue {
    document: Document,
}

impl LettreVue {
    /// The whole letter.
    pub fn new(document: Document) -> LettreVue {
        LettreVue { document }
    }
}

impl askama::filters::HtmlSafe for LettreVue {}

/// A letter in the list of a file.
pub struct EcritVue {
    /// What it is.
    pub libelle: String,
    /// Its page.
    pub url: String,
    /// Its print; none while it waits.
    pub pdf: Option<String>,
}

/// The letters of a file.
pub fn liste(lus: &[EnListe]) -> Vec<EcritVue> {
    lus.iter().map(|lu| EcritVue::from(*lu)).collect()
}

impl From<EnListe> for EcritVue {
    fn from((id, nature, emis, imprime): EnListe) -> EcritVue {
        let url = format!("/documents/{id}");
        EcritVue {
            libelle: format!(
                "{} du {}",
                nature.libelle(),
                texte::date_fr(jour_a_paris(emis))
            ),
            pdf: imprime.map(|_| format!("{url}/pdf")),
            url,
        }
    }
}

#[derive(Template)]
#[template(path = "ecrit.html")]
struct EcritPage {
    page: Page,
    message: Option<Message>,
    lettre: LettreVue,
    /// The print.
    pdf: Option<String>,
    /// What is said of it: its code, its digest.
    code: Option<String>,
    empreinte: String,
}

/// `GET /documents/{id}`
///
/// # Errors
/// Out of scope, or not notified yet to who asks.
pub async fn page(visite: Visite, id: Path<i64>) -> Reponse {
    let lu = ouvrir(&visite, id.into_inner()).await?;
    let document: Document = serde_json::from_str(&lu.emis.document).map_err(WebError::interne)?;
    let kine = visite.qui()?.kine_id.is_some();
    let (fiche, accueil) = match kine {
        true => ("/espace".to_owned(), ("Mon espace", "/espace")),
        false => (
            objet::page(lu.nature, &lu.numero, lu.emis.dossier_id),
            ("Dossiers", "/dossiers"),
        ),
    };
    let page = visite
        .page(lu.emis.nature.libelle())
        .surtitre(format!("Dossier {}", lu.numero))
        .ariane(accueil.0, accueil.1)
        .ariane(lu.numero.as_str(), &fiche)
        .rubrique(accueil.1)
        .largeur(Largeur::Lecture);
    let imprime = lu.emis.pdf().is_some();
    visite.rendre(&EcritPage {
        page,
        message: (!imprime).then(|| {
            Message::information(
                "Ce document est en cours d’impression : son PDF sera là dans quelques instants. Son texte est ci-dessous.",
            )
        }),
        pdf: imprime.then(|| format!("/documents/{}/pdf", lu.emis.id)),
        lettre: LettreVue::new(document),
        code: Some(lu.emis.code),
        empreinte: lu.emis.empreinte,
    })
}

/// `GET /documents/{id}/pdf?voir=1`
///
/// # Errors
/// As [`page`]; it is not printed yet.
pub async fn pdf(visite: Visite, id: Path<i64>, maniere: Requete<Manieres>) -> Reponse {
    let lu = ouvrir(&visite, id.into_inner()).await?;
    let pdf = lu.emis.pdf().ok_or(WebError::Introuvable)?;
    let nom = format!("{}-{}.pdf", lu.numero, lu.emis.nature.as_str());
    servir(
        &visite,
        &pdf.cle,
        &pdf.empreinte,
        "application/pdf",
        &nom,
        &maniere,
    )
    .await
}

async fn ouvrir(visite: &Visite, id: i64) -> Result<DuDossier, WebError> {
    let scope = visite.qui()?.scope();
    let kine = visite.qui()?.kine_id.is_some();
    let lu = visite
        .read(move |conn| document_emis::visible(conn, &scope, id))
        .await?;
    match kine && !lu.notifie {
        true => Err(WebError::Introuvable),
        false => Ok(lu),
    }
}

/// The letter that would be signed now by who asks, and its digest.
///
/// # Errors
/// Out of scope; in words, what the letter lacks.
pub async fn a_signer(
    visite: &Visite,
    numero: &str,
) -> Result<ActionResult<(Document, Fige)>, WebError> {
    let (scope, acte, numero) = (visite.qui()?.scope(), visite.acte()?, numero.to_owned());
    let qualite = visite.qui()?.qualite.clone().unwrap_or_default();
    visite
        .read(move |conn| -> ActionResult<_> {
            let dossier = demande::complete(conn, &scope, &numero)?;
            let active = decision::active(conn, dossier.demande.id)?;
            let Some(proposee) = active.filter(|d| d.etat == EtatDecision::Proposee) else {
                return Ok(Err(ActionError::refus(
                    "Aucune décision n’attend de signature sur ce dossier.",
                )));
            };
            let par = match signataire(conn, &acte, &dossier, &proposee, &qualite) {
                Ok(par) => par,
                Err(refus) => return Ok(Err(refus)),
            };
            Ok(lettre_a_signer(conn, &acte, &dossier, &proposee, &par))
        })
        .await
}

/// The hidden field that says which letter the page of a signature shows, by its digest.
///
/// # Errors
/// Out of scope.
pub async fn champ_lu(
    visite: &Visite,
    numero: &str,
    champ: &'static str,
) -> Result<Saisie, WebError> {
    Ok(match a_signer(visite, numero).await? {
        Ok((_, fige)) => Saisie::de([(champ, fige.empreinte.as_str())]),
        Err(_) => Saisie::default(),
    })
}

/// The page of a signature with the letter that it signs, or what that letter lacks.
///
/// # Errors
/// Out of scope, or an error that is ours.
pub async fn montrer_a_signer(
    visite: &Visite,
    numero: &str,
    presentation: Presentation,
) -> Result<Presentation, WebError> {
    match a_signer(visite, numero).await? {
        Ok((lettre, _)) => {
            let pdf = objet::adresse(numero, "apercu/pdf");
            Ok(presentation.lettre(LettreVue::new(lettre), pdf))
        }
        Err(ActionError::Refus(manque)) => Ok(presentation.avertir(Message::attention(manque))),
        Err(autre) => Err(autre.into()),
    }
}

/// `GET /dossiers/{numero}/apercu`: the letter before it is signed.
///
/// # Errors
/// Out of scope; nothing waits for a signature.
pub async fn page_apercu(visite: Visite, numero: Path<String>) -> Reponse {
    let page = visite
        .page("Aperçu de la lettre")
        .surtitre(format!("Dossier {numero}"))
        .ariane("Dossiers", "/dossiers")
        .ariane(numero.as_str(), format!("/dossiers/{numero}"))
        .rubrique("/dossiers")
        .largeur(Largeur::Lecture);
    let (document, fige) = a_signer(&visite, &numero).await??;
    visite.rendre(&EcritPage {
        page,
        message: Some(Message::information(
            "Cette lettre n’est pas signée : elle ne peut être ni envoyée, ni remise.",
        )),
        lettre: LettreVue::new(document),
        pdf: Some(format!("/dossiers/{numero}/apercu/pdf")),
        code: None,
        empreinte: fige.empreinte,
    })
}

/// `GET /dossiers/{numero}/apercu/pdf`: the same, as it would be printed.
///
/// # Errors
/// As [`page_apercu`]; this program does not print.
pub async fn pdf_apercu(visite: Visite, numero: Path<String>) -> Reponse {
    let (document, fige) = a_signer(&visite, &numero).await??;
    imprimer_apercu(&visite, document, &fige).await
}

/// Prints what is not signed yet, and keeps nothing of it.
///
/// # Errors
/// This program does not print, or the store does not answer.
pub async fn imprimer_apercu(visite: &Visite, document: Document, fige: &Fige) -> Reponse {
    let etat = &visite.etat;
    let permis = etat
        .apercus
        .clone()
        .acquire_owned()
        .await
        .map_err(WebError::interne)?;
    let logo = match document
        .papier
        .as_ref()
        .and_then(|p| p.entete.logo.as_ref())
    {
        None => None,
        Some(l) => Some(
            etat.pieces
                .lire(&l.cle, &l.empreinte)
                .await
                .map_err(WebError::interne)?,
        ),
    };
    let (imprimeur, identifiant) = (etat.imprimeur.clone(), fige.empreinte.clone());
    let calcul = move || {
        let _permis = permis;
        let marques = Marques {
            identifiant: &identifiant,
            code: None,
            logo: logo.as_deref(),
        };
        imprimeur.imprimer(&document, &marques)
    };
    let pdf = actix_web::rt::task::spawn_blocking(calcul)
        .await
        .map_err(WebError::interne)?
        .map_err(WebError::interne)?;
    Ok(HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header((CONTENT_DISPOSITION, "inline; filename=\"apercu.pdf\""))
        .insert_header((
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'self'; sandbox",
        ))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .body(pdf))
}
