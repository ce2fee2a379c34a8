//! Supporting documents: sniffed, fingerprinted, kept in a local folder or an S3 bucket.

mod examen;
mod logo;
mod reception;

pub use examen::{Refus, examiner};
pub use logo::{OCTETS_MAX as LOGO_MAX, RefusLogo, examiner_logo};
pub use reception::{Reception, Recu};

use std::path::PathBuf;
use std::sync::Arc;

use actix_web::web::Bytes;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::config;
use crate::secret;

/// What can go wrong with a document.
#[derive(Debug, thiserror::Error)]
pub enum PieceError {
    /// The document is not accepted.
    #[error(transparent)]
    Refusee(#[from] Refus),
    /// The store refused.
    #[error("dépôt des pièces : {0}")]
    Depot(#[from] object_store::Error),
    /// The folder cannot be made.
    #[error("dossier des pièces : {0}")]
    Dossier(#[from] std::io::Error),
    /// The address of the bucket does not read.
    #[error("adresse du dépôt des pièces illisible : {0}")]
    Adresse(String),
    /// The stored bytes are not those that were received.
    #[error("empreinte différente")]
    Alteree,
    /// The thread that writes or reads stopped.
    #[error("lecture ou écriture interrompue")]
    Interrompu,
}

/// A document accepted and stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PieceStockee {
    /// Its key in the store.
    pub cle: String,
    /// SHA-256, hexadecimal.
    pub empreinte: String,
    /// Sniffed type.
    pub media: &'static str,
    /// Size in bytes.
    pub taille: i64,
}

/// Documents on their way to the store that are read back in memory at once, at most.
const RELUS_A_LA_FOIS: usize = 4;

/// Where documents are kept.
#[derive(Clone)]
pub struct Depot {
    store: Arc<dyn ObjectStore>,
    prefixe: Path,
    /// Where documents wait for the store; none for the folder of the system.
    attente: Option<PathBuf>,
    relus: Arc<Semaphore>,
}

impl Depot {
    /// Opens the store that the settings name.
    ///
    /// # Errors
    /// The folder cannot be made, or the bucket's address does not read.
    pub fn open(reglage: &config::Depot) -> Result<Depot, PieceError> {
        match reglage {
            config::Depot::Dossier(dossier) => {
                crate::disque::prive::dossier(dossier)?;
                let store = LocalFileSystem::new_with_prefix(dossier)?.with_fsync(true);
                Ok(Depot {
                    store: Arc::new(store),
                    prefixe: Path::default(),
                    // Beside the documents: the folder of the system may be memory.
                    attente: Some(dossier.clone()),
                    relus: Arc::new(Semaphore::new(RELUS_A_LA_FOIS)),
                })
            }
            config::Depot::S3(adresse) => {
                Depot::open_s3(adresse, std::iter::empty::<(&str, &str)>())
            }
        }
    }

    /// Opens a bucket, `s3://SEAU/PRÉFIXE`: credentials from the usual `AWS_*` variables, which `reglages`
    /// (`aws_endpoint`, `aws_region`…) override.
    ///
    /// # Errors
    /// The address or a setting does not read.
    pub fn open_s3<C: AsRef<str>, V: Into<String>>(
        adresse: &str,
        reglages: impl IntoIterator<Item = (C, V)>,
    ) -> Result<Depot, PieceError> {
        let url = url::Url::parse(adresse).map_err(|e| PieceError::Adresse(e.to_string()))?;
        let seau = url
            .host_str()
            .filter(|seau| !seau.is_empty())
            .ok_or_else(|| PieceError::Adresse(format!("{adresse} ne nomme pas de seau")))?;
        // rustls needs to be told once which library computes; a second call changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = AmazonS3Builder::from_env().with_bucket_name(seau);
        for (cle, valeur) in reglages {
            builder = builder.with_config(cle.as_ref().to_ascii_lowercase().parse()?, valeur);
        }
        Ok(Depot {
            store: Arc::new(builder.build()?),
            prefixe: Path::from(url.path()),
            attente: None,
            relus: Arc::new(Semaphore::new(RELUS_A_LA_FOIS)),
        })
    }

    /// Accepts and keeps a document, before the transaction that records it:
    /// what the database names always exists.
    ///
    /// # Errors
    /// What [`examiner`] refuses, or the refusal of the store.
    pub async fn garder(&self, octets: Bytes) -> Result<PieceStockee, PieceError> {
        let media = examiner(&octets)?;
        self.deposer(octets, media).await
    }

    async fn deposer(
        &self,
        octets: Bytes,
        media: &'static str,
    ) -> Result<PieceStockee, PieceError> {
        let empreinte = secret::sha256(&octets);
        let cle = format!("{}/{}", &empreinte[..2], secret::jeton());
        let taille = i64::try_from(octets.len()).unwrap_or(i64::MAX);
        self.store.put(&self.chemin(&cle), octets.into()).await?;
        Ok(PieceStockee {
            cle,
            empreinte,
            media,
            taille,
        })
    }

    /// Opens a place on disk for a document that arrives. Few are read back in memory at once: the others wait.
    pub fn recevoir(&self) -> Reception {
        Reception::new(self.attente.clone(), self.relus.clone())
    }

    /// Keeps a document that arrived, as [`Depot::garder`] does.
    ///
    /// # Errors
    /// As [`Depot::garder`]; what waits on disk cannot be read back.
    pub async fn garder_recu(&self, recu: &Recu) -> Result<PieceStockee, PieceError> {
        let media = recu.media()?;
        let _permis = permis(&self.relus).await?;
        self.deposer(recu.octets().await?, media).await
    }

    /// Keeps the logo of a caisse, or says why it is none.
    ///
    /// # Errors
    /// The refusal of the store; what waits on disk cannot be read back.
    pub async fn garder_logo(
        &self,
        recu: &Recu,
    ) -> Result<Result<PieceStockee, RefusLogo>, PieceError> {
        let octets = recu.octets().await?;
        if let Err(refus) = examiner_logo(&octets) {
            return Ok(Err(refus));
        }
        Ok(Ok(self.garder(octets).await?))
    }

    /// Reads a document back, and checks that it is the one received.
    ///
    /// # Errors
    /// The refusal of the store, or [`PieceError::Alteree`].
    pub async fn lire(&self, cle: &str, empreinte: &str) -> Result<Bytes, PieceError> {
        let octets = self.store.get(&self.chemin(cle)).await?.bytes().await?;
        if secret::sha256(&octets) == empreinte {
            Ok(octets)
        } else {
            Err(PieceError::Alteree)
        }
    }

    /// Takes a document back out, as it was when it arrived: it is examined again.
    ///
    /// # Errors
    /// As [`Depot::lire`]; the disk refuses.
    pub async fn reprendre(&self, cle: &str, empreinte: &str) -> Result<Recu, PieceError> {
        let mut reception = self.recevoir();
        reception.ajouter(&self.lire(cle, empreinte).await?).await?;
        reception.finir().await
    }

    /// Removes a document that nothing names any more; one that is not there is removed already.
    ///
    /// # Errors
    /// The refusal of the store.
    pub async fn supprimer(&self, cle: &str) -> Result<(), PieceError> {
        match self.store.delete(&self.chemin(cle)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(erreur) => Err(erreur.into()),
        }
    }

    /// The keys of everything that the store holds, one after the other.
    pub fn cles(&self) -> BoxStream<'static, Result<String, PieceError>> {
        let prefixe = self.prefixe.clone();
        self.store
            .list(Some(&self.prefixe))
            .map(move |objet| {
                let chemin = objet?.location;
                let parts: Vec<String> = match chemin.prefix_match(&prefixe) {
                    Some(parts) => parts.map(|p| p.as_ref().to_owned()).collect(),
                    None => Vec::new(),
                };
                Ok(parts.join("/"))
            })
            .boxed()
    }

    fn chemin(&self, cle: &str) -> Path {
        self.prefixe
            .parts()
            .chain(Path::from(cle).parts())
            .collect()
    }
}

/// The right to read one document back in memory.
async fn permis(relus: &Semaphore) -> Result<SemaphorePermit<'_>, PieceError> {
    relus.acquire().await.map_err(|_| PieceError::Interrompu)
}
