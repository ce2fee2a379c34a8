//! What goes wrong, said to a person: what happened, what is safe, what to do, a reference. Never a cause.

use actix_web::error::{PathError, QueryPayloadError};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, ResponseError};
use askama::Template;

use super::page::Page;
use crate::actions::ActionError;
use crate::db::DbError;

/// When to ask again a database that did not answer in time, in seconds.
const DANS_UN_INSTANT: &str = "5";

/// An error on its way to the screen.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// Does not exist, or not for this person.
    #[error("introuvable")]
    Introuvable,
    /// The role does not allow it.
    #[error("interdit")]
    Interdit,
    /// The write comes from elsewhere, or the form's token is wrong or too old.
    #[error("origine refusée")]
    Origine,
    /// No cookie came with a form that needs one: the browser refuses them.
    #[error("cookies refusés")]
    Cookies,
    /// The form was of a page left open: what it led to is there already.
    #[error("déjà là")]
    Ailleurs(String),
    /// The form is of another session of the same person: what it held waits under this number.
    #[error("à reprendre")]
    Reprise(i64),
    /// What was sent does not read.
    #[error("requête illisible : {0}")]
    Illisible(String),
    /// Too much was sent.
    #[error("envoi trop volumineux")]
    TropGrand,
    /// What was sent did not arrive in time.
    #[error("envoi trop lent")]
    TropLent,
    /// Too much is being sent at once, by everybody.
    #[error("trop d’envois en même temps")]
    Encombre,
    /// The act was refused, in a sentence.
    #[error("{0}")]
    Refus(String),
    /// Somebody else changed the file meanwhile.
    #[error("modifié entre-temps")]
    Perime,
    /// An account sends too much in a short time.
    #[error("trop d’envois du même compte")]
    TropDEnvois,
    /// Too many tries in a short time.
    #[error("trop de tentatives")]
    TropDeTentatives,
    /// The database does not answer in time: nothing was done.
    #[error("indisponible : {0}")]
    Indisponible(String),
    /// The store of documents does not take them: ours, and passing.
    #[error("dépôt des pièces indisponible : {0}")]
    Stockage(String),
    /// Ours: logged with its reference, never shown.
    #[error("erreur interne : {0}")]
    Interne(String),
}

#[derive(Template)]
#[template(path = "erreur.html")]
struct ErreurPage {
    page: Page,
    que_faire: &'static str,
    reference: Option<String>,
}

impl WebError {
    /// An error of ours, with what the log should say.
    pub fn interne(cause: impl ToString) -> WebError {
        WebError::Interne(cause.to_string())
    }

    fn phrases(&self) -> (StatusCode, &'static str, String, &'static str) {
        let texte = str::to_owned;
        match self {
            WebError::Introuvable => (
                StatusCode::NOT_FOUND,
                "Page introuvable",
                texte("Cette page n’existe pas, ou vous n’y avez pas accès."),
                "Vérifiez l’adresse, ou repartez de l’accueil.",
            ),
            WebError::Interdit => (
                StatusCode::FORBIDDEN,
                "Accès réservé",
                texte("Votre rôle ne permet pas d’ouvrir cette page."),
                "Repartez de l’accueil : il propose ce que vous pouvez ouvrir.",
            ),
            WebError::Cookies => (
                StatusCode::FORBIDDEN,
                "Cookies refusés",
                texte(
                    "Votre navigateur n’a pas renvoyé le cookie de Relève : sans lui, aucun formulaire ne peut être envoyé. Rien n’a été enregistré.",
                ),
                "Autorisez les cookies de ce site dans les réglages de votre navigateur, revenez à la page précédente, rechargez-la, puis envoyez de nouveau.",
            ),
            WebError::Origine | WebError::Reprise(_) | WebError::Ailleurs(_) => (
                StatusCode::FORBIDDEN,
                "Formulaire à renvoyer",
                texte(
                    "Le formulaire a été ouvert il y a trop longtemps, ou depuis une autre page. Rien n’a été enregistré.",
                ),
                "Revenez à la page précédente, rechargez-la, puis envoyez de nouveau.",
            ),
            WebError::Illisible(_) => (
                StatusCode::BAD_REQUEST,
                "Envoi illisible",
                texte("Ce qui a été envoyé n’a pas pu être lu. Rien n’a été enregistré."),
                "Revenez à la page précédente et envoyez de nouveau.",
            ),
            WebError::TropGrand => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "Envoi trop volumineux",
                texte("L’envoi dépasse la taille acceptée. Rien n’a été enregistré."),
                "Réduisez la taille des fichiers ou envoyez-les en plusieurs fois.",
            ),
            WebError::TropLent => (
                StatusCode::REQUEST_TIMEOUT,
                "Envoi interrompu",
                texte("L’envoi n’est pas arrivé à temps. Rien n’a été enregistré."),
                "Vérifiez votre connexion, puis envoyez de nouveau.",
            ),
            WebError::Encombre => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Trop d’envois en même temps",
                texte("Trop d’envois arrivent en même temps. Rien n’a été enregistré."),
                "Attendez une minute, revenez à la page précédente, puis envoyez de nouveau.",
            ),
            WebError::Refus(phrase) => (
                StatusCode::CONFLICT,
                "Action impossible",
                phrase.clone(),
                "Rien n’a été modifié.",
            ),
            WebError::Perime => (
                StatusCode::CONFLICT,
                "Le dossier a changé",
                texte(
                    "Quelqu’un a modifié ce dossier pendant que vous l’aviez sous les yeux. Votre action n’a pas été enregistrée.",
                ),
                "Revenez au dossier, relisez ce qui a changé, puis recommencez si c’est toujours nécessaire.",
            ),
            WebError::TropDeTentatives => (
                StatusCode::TOO_MANY_REQUESTS,
                "Trop de tentatives",
                texte("Trop de tentatives ont été faites en peu de temps."),
                "Attendez quelques minutes, puis recommencez.",
            ),
            WebError::TropDEnvois => (
                StatusCode::TOO_MANY_REQUESTS,
                "Trop d’envois en peu de temps",
                texte(
                    "Vous avez envoyé beaucoup de formulaires en peu de temps. Celui-ci n’est pas enregistré.",
                ),
                "Revenez à la page précédente, où reste ce que vous avez écrit, et envoyez de nouveau dans une minute.",
            ),
            WebError::Indisponible(_) => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Momentanément indisponible",
                texte(
                    "Relève est très sollicité et n’a pas pu répondre à temps. Rien n’a été enregistré.",
                ),
                "Attendez quelques instants, puis recommencez.",
            ),
            WebError::Stockage(_) => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Document non enregistré",
                texte(
                    "Relève ne peut pas garder de document en ce moment : cela vient de nous. Rien n’a été enregistré.",
                ),
                "Revenez à la page précédente, où reste ce que vous avez écrit, et envoyez de nouveau dans quelques minutes.",
            ),
            WebError::Interne(_) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "Une erreur est survenue",
                texte(
                    "Une erreur de notre côté a interrompu l’opération. Ce qui était déjà enregistré le reste.",
                ),
                "Recommencez dans quelques minutes. Si l’erreur se répète, transmettez la référence ci-dessous.",
            ),
        }
    }

    /// The page that says it.
    pub fn page(&self) -> HttpResponse {
        let ailleurs = match self {
            WebError::Reprise(id) => Some(format!("/reprises/{id}")),
            WebError::Ailleurs(adresse) => Some(adresse.clone()),
            _ => None,
        };
        if let Some(adresse) = ailleurs {
            return HttpResponse::SeeOther()
                .insert_header((header::LOCATION, adresse))
                .finish();
        }
        let (statut, titre, phrase, que_faire) = self.phrases();
        let page = ErreurPage {
            page: Page::new(titre).chapeau(phrase.clone()),
            que_faire,
            reference: self.signaler(),
        };
        let mut reponse = HttpResponse::build(statut);
        if let Some(secondes) = self.attente() {
            reponse.insert_header((header::RETRY_AFTER, secondes));
        }
        match page.render() {
            Ok(html) => reponse.content_type("text/html; charset=utf-8").body(html),
            Err(_) => reponse
                .content_type("text/plain; charset=utf-8")
                .body(phrase),
        }
    }

    /// In how many seconds to ask again, when that may help.
    pub fn attente(&self) -> Option<&'static str> {
        match self {
            WebError::Indisponible(_) => Some(DANS_UN_INSTANT),
            WebError::Encombre
            | WebError::TropDeTentatives
            | WebError::TropDEnvois
            | WebError::Stockage(_) => Some("60"),
            _ => None,
        }
    }

    /// What happened and what to do, without a page.
    pub fn dire(&self) -> String {
        let (_, _, phrase, que_faire) = self.phrases();
        match self.signaler() {
            Some(reference) => format!("{phrase} {que_faire} Référence : {reference}."),
            None => format!("{phrase} {que_faire}"),
        }
    }

    /// Writes in the log what is ours; the reference by which to find it there.
    fn signaler(&self) -> Option<String> {
        match self {
            WebError::Indisponible(cause) => {
                tracing::warn!(%cause, "the database does not answer in time");
                None
            }
            WebError::Interne(cause) | WebError::Stockage(cause) => {
                let reference = crate::secret::jeton()[..8].to_owned();
                tracing::error!(%reference, %cause, "internal error");
                Some(reference)
            }
            _ => None,
        }
    }
}

/// An answer that says to ask again in five seconds.
pub fn a_reessayer() -> HttpResponseBuilder {
    let mut reponse = HttpResponse::ServiceUnavailable();
    reponse.insert_header((header::RETRY_AFTER, DANS_UN_INSTANT));
    reponse
}

impl ResponseError for WebError {
    fn status_code(&self) -> StatusCode {
        self.phrases().0
    }

    fn error_response(&self) -> HttpResponse {
        self.page()
    }
}

impl From<DbError> for WebError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Introuvable => WebError::Introuvable,
            DbError::Perime => WebError::Perime,
            passagere if passagere.passagere() => WebError::Indisponible(passagere.to_string()),
            autre => WebError::interne(autre),
        }
    }
}

impl From<ActionError> for WebError {
    fn from(error: ActionError) -> Self {
        match error {
            ActionError::Refus(phrase)
            | ActionError::Champ {
                message: phrase, ..
            } => WebError::Refus(phrase),
            ActionError::Perime => WebError::Perime,
            ActionError::Indisponible(phrase) => WebError::Indisponible(phrase),
            ActionError::Db(db) => db.into(),
            ActionError::Regle(cause) => WebError::Interne(cause),
        }
    }
}

impl From<actix_web::error::BlockingError> for WebError {
    fn from(error: actix_web::error::BlockingError) -> Self {
        WebError::interne(error)
    }
}

impl From<askama::Error> for WebError {
    fn from(error: askama::Error) -> Self {
        WebError::interne(error)
    }
}

/// What stands in an address where a number should is a page that does not exist.
pub fn chemin_illisible(_: PathError, _: &HttpRequest) -> actix_web::Error {
    WebError::Introuvable.into()
}

/// What follows the `?` of an address does not read.
pub fn requete_illisible(erreur: QueryPayloadError, _: &HttpRequest) -> actix_web::Error {
    WebError::Illisible(erreur.to_string()).into()
}

/// What is asked for does not exist.
pub async fn absente(_requete: HttpRequest) -> HttpResponse {
    WebError::Introuvable.page()
}
