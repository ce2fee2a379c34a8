//! Typed settings, read once from the environment and an optional file, checked at start.

mod surete;

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use regles::evenement::Empreinte;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::db::chiffrement;
use crate::db::dialect::DatabaseUrl;
use crate::db::patience::Patience;

/// Where the application runs; production refuses unsafe settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// On a developer's machine.
    Developpement,
    /// The demonstration: fictional data, mails kept in a mailbox page.
    Demo,
    /// For real.
    Production,
}

/// How mails leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailTransport {
    /// `smtp://` or `smtps://` address of a relay.
    Smtp(String),
    /// One `.eml` file a mail in a folder.
    File(PathBuf),
    /// Kept in memory, for tests and the demonstration.
    Memory,
}

/// Where supporting documents are stored: a local folder, or an S3 bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Depot {
    /// A local folder.
    Dossier(PathBuf),
    /// `s3://bucket/prefix`; credentials come from the usual `AWS_*` variables.
    S3(String),
}

/// The settings, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the application runs.
    pub mode: Mode,
    /// The database.
    pub database: DatabaseUrl,
    /// Connections that read.
    pub pool: u32,
    /// How long the database may keep its caller waiting: not a setting, what a command is for says it.
    pub patience: Patience,
    /// Address to listen on.
    pub ecoute: SocketAddr,
    /// Address that people type, without a final slash.
    pub url_publique: String,
    /// Secret that signs form tokens; at least 32 bytes.
    pub secret: String,
    /// Secret that signs the jalons of the journal; 32 bytes.
    pub cle_du_journal: [u8; 32],
    /// The authority that stamps the jalons (RFC 3161); none without one.
    pub horodatage: Option<String>,
    /// How mails leave.
    pub courriel: MailTransport,
    /// Sender of the mails.
    pub expediteur: String,
    /// Where documents are stored.
    pub pieces: Depot,
    /// Largest accepted document, in bytes.
    pub piece_max: usize,
    /// Forms that a practitioner sends in a row, before waiting half a minute between two.
    pub envois: u32,
    /// Reverse proxies whose `X-Forwarded-For` is believed.
    pub mandataires: Vec<IpAddr>,
}

/// A setting that cannot be accepted; the sentence says which and what to do.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0}")]
pub struct ConfigError(pub String);

const SECRET_PAR_DEFAUT: &str = "secret-de-developpement-a-remplacer-en-production";

/// Forms that a practitioner sends in a row, where people are.
const ENVOIS: u32 = 60;
/// On a developer's machine, where programs send too.
const SANS_LIMITE: u32 = 1_000_000;

const CLES: &[(&str, &str)] = &[
    ("DATABASE_URL", "sqlite://donnees/releve.sqlite"),
    ("RELEVE_MODE", "developpement"),
    ("RELEVE_POOL", "4"),
    ("RELEVE_ECOUTE", "127.0.0.1:8080"),
    ("RELEVE_URL_PUBLIQUE", "http://127.0.0.1:8080"),
    ("RELEVE_SECRET", SECRET_PAR_DEFAUT),
    ("RELEVE_CLE_JOURNAL", ""),
    ("RELEVE_HORODATAGE", ""),
    ("RELEVE_COURRIEL", "file://donnees/courriels"),
    ("RELEVE_EXPEDITEUR", "Relève <ne-pas-repondre@example.fr>"),
    ("RELEVE_PIECES", "file://donnees/pieces"),
    ("RELEVE_PIECE_MAX", "10000000"),
    ("RELEVE_ENVOIS", ""),
    ("RELEVE_MANDATAIRES", ""),
];

impl Config {
    /// Reads the settings: `fichier` (TOML, same keys) first, then `environnement`, which wins.
    ///
    /// # Errors
    /// [`ConfigError`] for an unknown key, a value that does not read, or an unsafe production setting.
    pub fn lire(
        environnement: impl IntoIterator<Item = (String, String)>,
        fichier: Option<&str>,
    ) -> Result<Config, ConfigError> {
        let mut valeurs: BTreeMap<String, String> = CLES
            .iter()
            .map(|(c, v)| ((*c).to_owned(), (*v).to_owned()))
            .collect();
        if let Some(texte) = fichier {
            let lues: BTreeMap<String, String> = toml::from_str(texte).map_err(|e| {
                ConfigError(format!(
                    "Le fichier de configuration ne se lit pas : {}",
                    e.message()
                ))
            })?;
            for (cle, valeur) in lues {
                poser(&mut valeurs, cle, valeur)?;
            }
        }
        for (cle, valeur) in environnement {
            // RELEVE_TEST_* belongs to the test suite, RELEVE_CONFIG names the file, RELEVE_DONNEES the test data.
            let annexe = cle.starts_with("RELEVE_TEST_")
                || cle == "RELEVE_CONFIG"
                || cle == "RELEVE_DONNEES";
            if (cle == "DATABASE_URL" || cle.starts_with("RELEVE_")) && !annexe {
                poser(&mut valeurs, cle, valeur)?;
            }
        }
        Config::typer(&valeurs)?.verifier()
    }

    fn typer(valeurs: &BTreeMap<String, String>) -> Result<Config, ConfigError> {
        let lire = |cle: &str| valeurs.get(cle).map_or("", String::as_str);
        Ok(Config {
            mode: match lire("RELEVE_MODE") {
                "developpement" => Mode::Developpement,
                "demo" => Mode::Demo,
                "production" => Mode::Production,
                autre => {
                    return Err(illisible(
                        "RELEVE_MODE",
                        autre,
                        "developpement, demo ou production",
                    ));
                }
            },
            database: lire("DATABASE_URL").parse().map_err(|_| {
                ConfigError(
                    "DATABASE_URL n’est pas reconnue : écrivez sqlite://CHEMIN ou postgres://…"
                        .to_owned(),
                )
            })?,
            pool: nombre(lire("RELEVE_POOL"), "RELEVE_POOL")?,
            patience: Patience::VISITE,
            ecoute: lire("RELEVE_ECOUTE").parse().map_err(|_| {
                illisible(
                    "RELEVE_ECOUTE",
                    lire("RELEVE_ECOUTE"),
                    "une adresse et un port, comme 127.0.0.1:8080",
                )
            })?,
            url_publique: lire("RELEVE_URL_PUBLIQUE").trim_end_matches('/').to_owned(),
            secret: lire("RELEVE_SECRET").to_owned(),
            cle_du_journal: cle_du_journal(lire("RELEVE_CLE_JOURNAL"), lire("RELEVE_SECRET"))?,
            horodatage: Some(lire("RELEVE_HORODATAGE"))
                .filter(|adresse| !adresse.is_empty())
                .map(str::to_owned),
            courriel: transport(lire("RELEVE_COURRIEL"))?,
            expediteur: lire("RELEVE_EXPEDITEUR").to_owned(),
            pieces: depot(lire("RELEVE_PIECES"))?,
            piece_max: nombre(lire("RELEVE_PIECE_MAX"), "RELEVE_PIECE_MAX")? as usize,
            envois: match (lire("RELEVE_ENVOIS"), lire("RELEVE_MODE")) {
                ("", "developpement") => SANS_LIMITE,
                ("", _) => ENVOIS,
                (dit, _) => nombre(dit, "RELEVE_ENVOIS")?,
            },
            mandataires: adresses(lire("RELEVE_MANDATAIRES"))?,
        })
    }

    fn verifier(self) -> Result<Config, ConfigError> {
        let refus = |phrase: &str| Err(ConfigError(phrase.to_owned()));
        if url::Url::parse(&self.url_publique).is_err() {
            return refus(
                "RELEVE_URL_PUBLIQUE doit être une adresse complète, comme https://releve.example.fr.",
            );
        }
        let http = |adresse: &String| {
            url::Url::parse(adresse).is_ok_and(|u| matches!(u.scheme(), "http" | "https"))
        };
        if self.horodatage.as_ref().is_some_and(|a| !http(a)) {
            return refus(
                "RELEVE_HORODATAGE doit être l’adresse http:// ou https:// d’une autorité d’horodatage.",
            );
        }
        if self.secret.len() < 32 {
            return refus("RELEVE_SECRET doit compter au moins 32 caractères.");
        }
        if self.expediteur.parse::<lettre::message::Mailbox>().is_err() {
            return refus(
                "RELEVE_EXPEDITEUR doit être une adresse électronique, comme «Relève <ne-pas-repondre@example.fr>».",
            );
        }
        if self.pool == 0 || self.piece_max == 0 || self.envois == 0 {
            return refus(
                "RELEVE_POOL, RELEVE_PIECE_MAX et RELEVE_ENVOIS doivent être supérieurs à zéro.",
            );
        }
        if let DatabaseUrl::Postgres(adresse) = &self.database {
            chiffrement::verifier(adresse, self.mode == Mode::Production)
                .map_err(|refus| ConfigError(refus.to_string()))?;
        }
        surete::verifier(&self)?;
        Ok(self)
    }

    /// Whether cookies must travel over HTTPS only.
    pub fn https(&self) -> bool {
        self.url_publique.starts_with("https://")
    }
}

fn poser(
    valeurs: &mut BTreeMap<String, String>,
    cle: String,
    valeur: String,
) -> Result<(), ConfigError> {
    match valeurs.get_mut(&cle) {
        Some(place) => {
            *place = valeur;
            Ok(())
        }
        None => {
            let connues: Vec<&str> = CLES.iter().map(|(c, _)| *c).collect();
            Err(ConfigError(format!(
                "Le réglage {cle} est inconnu. Réglages connus : {}.",
                connues.join(", ")
            )))
        }
    }
}

fn illisible(cle: &str, valeur: &str, attendu: &str) -> ConfigError {
    ConfigError(format!("{cle} vaut «{valeur}» : attendu {attendu}."))
}

fn nombre(texte: &str, cle: &str) -> Result<u32, ConfigError> {
    texte
        .parse()
        .map_err(|_| illisible(cle, texte, "un nombre entier"))
}

/// The key that is written, in hexadecimal; without one, a key drawn from the secret, which changes with it.
fn cle_du_journal(texte: &str, secret: &str) -> Result<[u8; 32], ConfigError> {
    if texte.is_empty() {
        return Ok(Sha256::digest(format!("journal {secret}").as_bytes()).into());
    }
    // The value is a secret: it is not repeated.
    texte
        .parse::<Empreinte>()
        .map(|cle| cle.0)
        .map_err(|_| {
            ConfigError(
                "RELEVE_CLE_JOURNAL doit compter 64 chiffres hexadécimaux, tirés au hasard (openssl rand -hex 32)."
                    .to_owned(),
            )
        })
}

fn adresses(texte: &str) -> Result<Vec<IpAddr>, ConfigError> {
    let attendu = "des adresses IP séparées par des virgules";
    let morceaux = texte.split(',').map(str::trim).filter(|m| !m.is_empty());
    morceaux
        .map(|m| {
            m.parse()
                .map_err(|_| illisible("RELEVE_MANDATAIRES", m, attendu))
        })
        .collect()
}

fn transport(texte: &str) -> Result<MailTransport, ConfigError> {
    match texte.split_once("://") {
        Some(("smtp" | "smtps", _)) => Ok(MailTransport::Smtp(texte.to_owned())),
        Some(("file", chemin)) if !chemin.is_empty() => Ok(MailTransport::File(chemin.into())),
        Some(("memory", _)) => Ok(MailTransport::Memory),
        // The address may hold a password: it is not repeated.
        _ => Err(ConfigError(
            "RELEVE_COURRIEL doit commencer par smtp://, smtps://, file:// ou memory://."
                .to_owned(),
        )),
    }
}

fn depot(texte: &str) -> Result<Depot, ConfigError> {
    match texte.split_once("://") {
        Some(("file", chemin)) if !chemin.is_empty() => Ok(Depot::Dossier(chemin.into())),
        Some(("s3", chemin)) if !chemin.is_empty() => Ok(Depot::S3(texte.to_owned())),
        _ => Err(illisible(
            "RELEVE_PIECES",
            texte,
            "file://DOSSIER ou s3://SEAU/PRÉFIXE",
        )),
    }
}
