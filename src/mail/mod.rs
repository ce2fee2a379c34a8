//! Sends a mail that is ready: by SMTP, into files, or into memory.

pub mod lettre;

use std::sync::{Arc, Mutex, PoisonError};

use ::lettre::message::{Mailbox, MultiPart};
use ::lettre::transport::file::AsyncFileTransport;
use ::lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

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
}

/// Why a mail did not leave.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// Trying again cannot help: the address or the message is refused.
    #[error("refus définitif : {0}")]
    Definitif(String),
    /// The relay is away or busy: try again later.
    #[error("échec passager : {0}")]
    Passager(String),
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
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Fichier(AsyncFileTransport<Tokio1Executor>),
    Memoire(Arc<Mutex<Vec<Courriel>>>),
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
            MailTransport::Smtp(url) => Transport::Smtp(
                AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
                    .map_err(|e| MailError::Reglage(e.to_string()))?
                    .build(),
            ),
            MailTransport::File(dossier) => {
                std::fs::create_dir_all(dossier).map_err(|e| MailError::Reglage(e.to_string()))?;
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

    /// Sends one mail.
    ///
    /// # Errors
    /// [`MailError::Definitif`] or [`MailError::Passager`].
    pub async fn envoyer(&self, courriel: &Courriel) -> Result<(), MailError> {
        if let Transport::Memoire(boite) = &self.transport {
            boite
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(courriel.clone());
            return Ok(());
        }
        let message = self.message(courriel)?;
        match &self.transport {
            Transport::Smtp(smtp) => smtp.send(message).await.map(drop).map_err(|e| {
                if e.is_permanent() {
                    MailError::Definitif(e.to_string())
                } else {
                    MailError::Passager(e.to_string())
                }
            }),
            Transport::Fichier(fichier) => fichier
                .send(message)
                .await
                .map(drop)
                .map_err(|e| MailError::Passager(e.to_string())),
            Transport::Memoire(_) => Ok(()),
        }
    }

    fn message(&self, courriel: &Courriel) -> Result<Message, MailError> {
        let definitif = |e: String| MailError::Definitif(e);
        let domaine = self.expediteur.email.domain();
        Message::builder()
            .message_id(Some(format!("<{}@{domaine}>", courriel.identifiant)))
            .from(self.expediteur.clone())
            .to(courriel
                .destinataire
                .parse()
                .map_err(|e: ::lettre::address::AddressError| definitif(e.to_string()))?)
            .subject(&courriel.sujet)
            .multipart(MultiPart::alternative_plain_html(
                courriel.texte.clone(),
                courriel.html.clone(),
            ))
            .map_err(|e| definitif(e.to_string()))
    }
}
