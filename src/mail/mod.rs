//! Sends a mail that is ready: by SMTP, into files, or into memory.

pub mod smtp;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use ::lettre::message::header::{HeaderName, HeaderValue};
use ::lettre::message::{Mailbox, MultiPart};
use ::lettre::transport::file::AsyncFileTransport;
use ::lettre::{AsyncTransport, Message, Tokio1Executor};
use chrono::NaiveDateTime;

use crate::config::MailTransport;

/// A mail ready to leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Courriel {
    /// Unique and stable: the `Message-ID`.
    pub identifiant: String,
    /// To whom.
    pub destinataire: String,
    /// Subject.
    pub sujet: String,
    /// Plain text.
    pub texte: String,
    /// HTML.
    pub html: String,
    /// When it was written (UTC): its date, however late it leaves.
    pub ecrit_le: NaiveDateTime,
}

/// Why a mail did not leave.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// Trying again cannot help: the address or the message is refused.
    #[error("refus définitif : {0}")]
    Definitif(String),
    /// The relay is busy, and the mail has certainly not left: try again later.
    #[error("échec passager : {0}")]
    Passager(String),
    /// No relay answers: nothing to do with this mail.
    #[error("relais injoignable : {0}")]
    Relais(String),
    /// The relay may have kept it: sending it again could send it twice.
    #[error("envoi incertain : {0}")]
    Incertain(String),
    /// The settings do not allow to build the transport.
    #[error("{0}")]
    Reglage(String),
}

/// Carries mails.
#[derive(Clone)]
pub struct Facteur {
    expediteur: Mailbox,
    transport: Transport,
}

#[derive(Clone)]
enum Transport {
    Smtp(smtp::Relais),
    Fichier(AsyncFileTransport<Tokio1Executor>),
    Memoire(Arc<Mutex<Vec<Courriel>>>),
}

/// A round of the carrier: mails leave one after the other, on one connection where there is one.
pub struct Tournee<'a> {
    facteur: &'a Facteur,
    liaison: Option<smtp::Liaison>,
}

impl Facteur {
    /// Builds the transport that the settings name. Must be called inside a Tokio runtime.
    ///
    /// # Errors
    /// [`MailError::Reglage`].
    pub fn open(reglage: &MailTransport, expediteur: &str) -> Result<Facteur, MailError> {
        let expediteur = expediteur
            .parse()
            .map_err(|e| MailError::Reglage(format!("expéditeur : {e}")))?;
        let transport = match reglage {
            MailTransport::Smtp(url) => Transport::Smtp(smtp::Relais::lire(url)?),
            MailTransport::File(dossier) => {
                crate::prive::dossier(dossier).map_err(|e| MailError::Reglage(e.to_string()))?;
                Transport::Fichier(AsyncFileTransport::new(dossier))
            }
            MailTransport::Memory => Transport::Memoire(Arc::default()),
        };
        Ok(Facteur {
            expediteur,
            transport,
        })
    }

    /// The mails kept in memory so far; empty for the other transports.
    pub fn boite(&self) -> Vec<Courriel> {
        match &self.transport {
            Transport::Memoire(boite) => {
                boite.lock().unwrap_or_else(PoisonError::into_inner).clone()
            }
            _ => Vec::new(),
        }
    }

    /// Begins a round.
    pub fn tournee(&self) -> Tournee<'_> {
        Tournee {
            facteur: self,
            liaison: None,
        }
    }

    /// The mail as it travels: one recipient, plain text first, no answer expected from a robot.
    fn message(&self, courriel: &Courriel) -> Result<Message, MailError> {
        let definitif = |e: String| MailError::Definitif(e);
        let domaine = self.expediteur.email.domain();
        let secondes = u64::try_from(courriel.ecrit_le.and_utc().timestamp()).unwrap_or(0);
        Message::builder()
            .message_id(Some(format!("<{}@{domaine}>", courriel.identifiant)))
            .date(SystemTime::UNIX_EPOCH + Duration::from_secs(secondes))
            .from(self.expediteur.clone())
            .to(courriel
                .destinataire
                .parse()
                .map_err(|e: ::lettre::address::AddressError| definitif(e.to_string()))?)
            .subject(&courriel.sujet)
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ))
            .multipart(MultiPart::alternative_plain_html(
                courriel.texte.clone(),
                courriel.html.clone(),
            ))
            .map_err(|e| definitif(e.to_string()))
    }
}

impl Tournee<'_> {
    /// Sends one mail.
    ///
    /// # Errors
    /// [`MailError::Definitif`], [`MailError::Passager`], [`MailError::Relais`] or [`MailError::Incertain`].
    pub async fn envoyer(&mut self, courriel: &Courriel) -> Result<(), MailError> {
        // An address that does not read is refused by every transport alike.
        let message = self.facteur.message(courriel)?;
        match &self.facteur.transport {
            Transport::Smtp(relais) => {
                let mut liaison = match self.liaison.take() {
                    Some(liaison) => liaison,
                    None => relais.connecter().await?,
                };
                let resultat = liaison.envoyer(&message).await;
                if !liaison.rompue() {
                    self.liaison = Some(liaison);
                }
                resultat
            }
            Transport::Fichier(fichier) => fichier
                .send(message)
                .await
                .map(drop)
                .map_err(|e| MailError::Relais(e.to_string())),
            Transport::Memoire(boite) => {
                boite
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(courriel.clone());
                Ok(())
            }
        }
    }

    /// Ends the round.
    pub async fn finir(self) {
        if let Some(liaison) = self.liaison {
            liaison.fermer().await;
        }
    }
}
