//! Speaks to a relay, one step at a time: what is known when a step fails decides whether the mail may be
//! sent again.
//!
//! lettre's own transport says neither at which step it failed, nor sets TCP_NODELAY; its connection lets us do both.

use std::cell::Cell;
use std::time::Duration;

use lettre::Message;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::{Error, response::Response};
use percent_encoding::percent_decode_str;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::MailError;

const CONNEXION: Duration = Duration::from_secs(15);
const COMMANDE: Duration = Duration::from_secs(30);
const CORPS: Duration = Duration::from_secs(120);

/// How the connection is encrypted.
#[derive(Clone)]
enum Chiffrement {
    /// Not at all: a relay on the same machine.
    Aucun,
    /// STARTTLS, demanded.
    Starttls(TlsParameters),
    /// From the first byte.
    Integral(TlsParameters),
}

/// A relay: `smtp://HOST[:25]`, `smtp://HOST[:587]?tls=required`, `smtps://USER:PASSWORD@HOST[:465]`.
#[derive(Clone)]
pub struct Relais {
    hote: String,
    port: u16,
    chiffrement: Chiffrement,
    identifiants: Option<Credentials>,
    nom: ClientId,
}

fn reglage(cause: impl std::fmt::Display) -> MailError {
    MailError::Reglage(format!("relais SMTP : {cause}"))
}

impl Relais {
    /// Reads the address of a relay; the path names this machine to it (`EHLO`).
    ///
    /// # Errors
    /// [`MailError::Reglage`], without the password.
    pub fn lire(adresse: &str) -> Result<Relais, MailError> {
        let url = url::Url::parse(adresse).map_err(reglage)?;
        let hote = url
            .host_str()
            .ok_or_else(|| reglage("l’adresse ne nomme aucune machine"))?
            .to_owned();
        let tls = url
            .query_pairs()
            .find(|(cle, _)| cle == "tls")
            .map(|(_, valeur)| valeur.into_owned());
        let parametres = || TlsParameters::new(hote.clone()).map_err(reglage);
        let (chiffrement, port) = match (url.scheme(), tls.as_deref()) {
            ("smtp", None) => (Chiffrement::Aucun, 25),
            ("smtp", Some("required")) => (Chiffrement::Starttls(parametres()?), 587),
            ("smtps", None) => (Chiffrement::Integral(parametres()?), 465),
            _ => {
                return Err(reglage(
                    "écrivez smtp://MACHINE, smtp://MACHINE?tls=required ou smtps://MACHINE",
                ));
            }
        };
        let identifiants = match url.password() {
            None => None,
            Some(mot_de_passe) => Some(Credentials::new(
                decoder(url.username())?,
                decoder(mot_de_passe)?,
            )),
        };
        let nom = match url.path().trim_matches('/') {
            "" => ClientId::default(),
            nom => ClientId::Domain(nom.to_owned()),
        };
        Ok(Relais {
            port: url.port().unwrap_or(port),
            hote,
            chiffrement,
            identifiants,
            nom,
        })
    }

    /// Opens a connection, ready to carry mails.
    ///
    /// # Errors
    /// [`MailError::Relais`]: whatever the relay answers here is not about a mail.
    pub async fn connecter(&self) -> Result<Liaison, MailError> {
        let ouverture = async {
            let mut connexion = match &self.chiffrement {
                Chiffrement::Integral(tls) => {
                    let adresse = (self.hote.as_str(), self.port);
                    AsyncSmtpConnection::connect_tokio1(
                        adresse,
                        Some(CONNEXION),
                        &self.nom,
                        Some(tls.clone()),
                        None,
                    )
                    .await
                    .map_err(|e| e.to_string())?
                }
                Chiffrement::Aucun | Chiffrement::Starttls(_) => {
                    let flux = TcpStream::connect((self.hote.as_str(), self.port))
                        .await
                        .map_err(|e| e.to_string())?;
                    // Without it, the end of each message waits 40 ms for the relay's acknowledgement.
                    flux.set_nodelay(true).map_err(|e| e.to_string())?;
                    AsyncSmtpConnection::connect_with_transport(Box::new(flux), &self.nom)
                        .await
                        .map_err(|e| e.to_string())?
                }
            };
            if let Chiffrement::Starttls(tls) = &self.chiffrement {
                connexion
                    .starttls(tls.clone(), &self.nom)
                    .await
                    .map_err(|e| e.to_string())?;
            }
            if let Some(identifiants) = &self.identifiants {
                connexion
                    .auth(DEFAULT_MECHANISMS, identifiants)
                    .await
                    .map_err(|e| e.to_string())?;
            }
            Ok::<_, String>(connexion)
        };
        match timeout(CONNEXION * 2, ouverture).await {
            Ok(Ok(connexion)) => Ok(Liaison { connexion }),
            Ok(Err(cause)) => Err(MailError::Relais(cause)),
            Err(_) => Err(MailError::Relais("connexion trop longue".to_owned())),
        }
    }
}

fn decoder(texte: &str) -> Result<String, MailError> {
    percent_decode_str(texte)
        .decode_utf8()
        .map(|t| t.into_owned())
        .map_err(reglage)
}

/// An open connection to a relay.
pub struct Liaison {
    connexion: AsyncSmtpConnection,
}

impl Liaison {
    /// Hands one mail over; `engager` is asked once the relay takes DATA, just before the message itself, and whatever stops the mail before has not
    /// sent it.
    /// After an error the connection may not be fit for use any more: see [`Liaison::rompue`].
    ///
    /// # Errors
    /// [`MailError::Relais`] when the relay refuses who sends or hangs up between two commands,
    /// [`MailError::Definitif`] and [`MailError::Principe`] when it refuses for good, [`MailError::Passager`] when the
    /// mail has certainly not left, [`MailError::Incertain`] when the relay may have kept it,
    /// [`MailError::Abandonne`] when `engager` said no.
    pub async fn envoyer(
        &mut self,
        message: &Message,
        engager: impl Future<Output = bool>,
    ) -> Result<(), MailError> {
        let enveloppe = message.envelope();
        let octets = message.formatted();
        let mut options = Vec::new();
        let connait = |c: &AsyncSmtpConnection, e| c.server_info().supports_feature(e);
        let accentuee = |a: &lettre::Address| !AsRef::<str>::as_ref(a).is_ascii();
        if enveloppe
            .from()
            .into_iter()
            .chain(enveloppe.to())
            .any(accentuee)
        {
            if !connait(&self.connexion, Extension::SmtpUtfEight) {
                return Err(MailError::Definitif(
                    "le relais n’accepte pas les adresses accentuées".to_owned(),
                ));
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        if !octets.is_ascii() {
            options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        // Whatever it answers here is about who sends: every other mail would get the same.
        self.commande(Mail::new(enveloppe.from().cloned(), options))
            .await
            .map_err(|erreur| MailError::Relais(erreur.to_string()))?;
        for destinataire in enveloppe.to() {
            self.commande(Rcpt::new(destinataire.clone(), Vec::new()))
                .await?;
        }
        self.commande(Data).await?;
        if !engager.await {
            // Without its last line nothing is a message: the relay forgets it, and the next mail takes a new connection.
            self.connexion.abort().await;
            return Err(MailError::Abandonne);
        }
        self.corps(&octets).await
    }

    /// Before the message itself: a mail whose command fails has not left.
    async fn commande(&mut self, commande: impl std::fmt::Display) -> Result<(), MailError> {
        let reponse = match timeout(COMMANDE, self.connexion.command(commande)).await {
            Ok(reponse) => reponse,
            Err(_) => {
                self.connexion.abort().await;
                return Err(MailError::Relais("le relais ne répond pas".to_owned()));
            }
        };
        match reponse {
            Ok(_) => Ok(()),
            Err(erreur) => {
                // One refused recipient leaves the conversation half-way: the next mail takes a new connection.
                self.connexion.abort().await;
                Err(match erreur.status() {
                    Some(_) => juger(&erreur, false),
                    None => MailError::Relais(erreur.to_string()),
                })
            }
        }
    }

    async fn corps(&mut self, octets: &[u8]) -> Result<(), MailError> {
        // The final dot is written once the iterator is exhausted: from there on, silence is not a refusal.
        let tout_ecrit = Cell::new(false);
        let morceaux = std::iter::once(octets).chain(std::iter::from_fn(|| {
            tout_ecrit.set(true);
            None
        }));
        let reponse: Option<Result<Response, Error>> =
            timeout(CORPS, self.connexion.message_iter(morceaux))
                .await
                .ok();
        match reponse {
            Some(Ok(_)) => Ok(()),
            Some(Err(erreur)) => {
                self.connexion.abort().await;
                Err(juger(&erreur, tout_ecrit.get()))
            }
            None => {
                self.connexion.abort().await;
                let cause = "le relais ne répond pas après le message".to_owned();
                Err(if tout_ecrit.get() {
                    MailError::Incertain(cause)
                } else {
                    MailError::Passager(cause)
                })
            }
        }
    }

    /// Whether the connection can no longer carry mails.
    pub fn rompue(&self) -> bool {
        self.connexion.has_broken()
    }

    /// Says goodbye. A relay that no longer listens is no matter any more.
    pub async fn fermer(mut self) {
        if !self.rompue() {
            let _ = timeout(COMMANDE, self.connexion.quit()).await;
        }
    }
}

/// What an error of the conversation means for the mail.
fn juger(erreur: &Error, tout_ecrit: bool) -> MailError {
    let cause = erreur.to_string();
    match erreur.status() {
        Some(_) if erreur.is_permanent() && de_principe(&cause) => MailError::Principe(cause),
        Some(_) if erreur.is_permanent() => MailError::Definitif(cause),
        Some(_) if du_relais(&cause) => MailError::Relais(cause),
        Some(_) => MailError::Passager(cause),
        None if tout_ecrit => MailError::Incertain(cause),
        None => MailError::Passager(cause),
    }
}

/// Whether the relay names its policy (RFC 3463, 5.7.x): relaying refused, sender not allowed, message unwanted.
fn de_principe(cause: &str) -> bool {
    cause.split_whitespace().any(|mot| mot.starts_with("5.7."))
}

/// Whether the relay says that it is itself out of order: it closes (421), or its system is full or failing (4.3.x).
fn du_relais(cause: &str) -> bool {
    cause.contains("(421)") || cause.split_whitespace().any(|mot| mot.starts_with("4.3."))
}
