//! A document on its way in: on disk, without a name, gone with who holds it, and examined once it is whole.

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::PathBuf;
use std::sync::Arc;

use actix_web::web::{self, Bytes, BytesMut};
use tokio::sync::Semaphore;

use super::{PieceError, Refus, examiner, permis};

/// What is written at once, in bytes.
const TAMPON: usize = 64 * 1024;

/// A document that arrives.
pub struct Reception {
    dossier: Option<PathBuf>,
    relus: Arc<Semaphore>,
    fichier: Option<Arc<File>>,
    tampon: BytesMut,
    taille: usize,
}

/// A document that arrived whole, and was examined.
#[derive(Debug, Clone)]
pub struct Recu {
    fichier: Option<Arc<File>>,
    media: Result<&'static str, Refus>,
    taille: usize,
}

impl Reception {
    /// `dossier`: where it waits; none for the folder of the system. Nothing is created before the first bytes.
    pub(super) fn new(dossier: Option<PathBuf>, relus: Arc<Semaphore>) -> Reception {
        Reception {
            dossier,
            relus,
            fichier: None,
            tampon: BytesMut::new(),
            taille: 0,
        }
    }

    /// Bytes received so far.
    pub fn taille(&self) -> usize {
        self.taille
    }

    /// Adds what has just arrived.
    ///
    /// # Errors
    /// The disk refuses.
    pub async fn ajouter(&mut self, octets: &[u8]) -> Result<(), PieceError> {
        self.taille += octets.len();
        self.tampon.extend_from_slice(octets);
        if self.tampon.len() >= TAMPON {
            self.vider().await?;
        }
        Ok(())
    }

    /// Ends the document, and examines it.
    ///
    /// # Errors
    /// The disk refuses.
    pub async fn finir(mut self) -> Result<Recu, PieceError> {
        if !self.tampon.is_empty() {
            self.vider().await?;
        }
        let media = self.examiner().await?;
        Ok(Recu {
            fichier: self.fichier,
            media,
            taille: self.taille,
        })
    }

    async fn examiner(&self) -> Result<Result<&'static str, Refus>, PieceError> {
        let Some(fichier) = self.fichier.clone() else {
            return Ok(Err(Refus::Vide));
        };
        let _permis = permis(&self.relus).await?;
        let taille = self.taille;
        let examen = web::block(move || relire(&fichier, taille).map(|octets| examiner(&octets)));
        match examen.await {
            Ok(lu) => Ok(lu?),
            // The reader of its format gave up on it.
            Err(_) => Ok(Err(Refus::Abime)),
        }
    }

    async fn vider(&mut self) -> Result<(), PieceError> {
        let octets = self.tampon.split().freeze();
        let (ouvert, dossier) = (self.fichier.clone(), self.dossier.clone());
        let fichier = sur_un_fil(move || {
            let fichier = match (ouvert, dossier) {
                (Some(fichier), _) => fichier,
                (None, Some(dossier)) => Arc::new(tempfile::tempfile_in(dossier)?),
                (None, None) => Arc::new(tempfile::tempfile()?),
            };
            (&*fichier).write_all(&octets)?;
            Ok(fichier)
        });
        self.fichier = Some(fichier.await?);
        Ok(())
    }
}

impl Recu {
    /// Its type, among those accepted.
    ///
    /// # Errors
    /// As [`examiner`].
    pub fn media(&self) -> Result<&'static str, Refus> {
        self.media
    }

    /// Its size in bytes.
    pub fn taille(&self) -> usize {
        self.taille
    }

    pub(super) async fn octets(&self) -> Result<Bytes, PieceError> {
        let Some(fichier) = self.fichier.clone() else {
            return Ok(Bytes::new());
        };
        let taille = self.taille;
        sur_un_fil(move || relire(&fichier, taille).map(Bytes::from)).await
    }
}

fn relire(mut fichier: &File, taille: usize) -> io::Result<Vec<u8>> {
    let mut octets = Vec::with_capacity(taille);
    fichier.rewind()?;
    fichier.read_to_end(&mut octets)?;
    Ok(octets)
}

/// Reads or writes off the async threads.
async fn sur_un_fil<T: Send + 'static>(
    f: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, PieceError> {
    let fait = web::block(f).await.map_err(|_| PieceError::Interrompu)?;
    Ok(fait?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn un_seul() -> Arc<Semaphore> {
        Arc::new(Semaphore::new(1))
    }

    #[actix_web::test]
    async fn un_document_attend_sur_le_disque_sans_nom_et_se_relit_entier() {
        let dossier = tempfile::tempdir().unwrap();
        let mut reception = Reception::new(Some(dossier.path().to_owned()), un_seul());
        let mut attendu = b"%PDF-1.7 ".to_vec();
        reception.ajouter(&attendu).await.unwrap();
        for rang in 0..300_u32 {
            let morceau = rang.to_le_bytes().repeat(1000);
            reception.ajouter(&morceau).await.unwrap();
            assert!(reception.tampon.len() < TAMPON);
            attendu.extend(morceau);
        }
        reception.ajouter(b"%%EOF").await.unwrap();
        attendu.extend(b"%%EOF");
        let recu = reception.finir().await.unwrap();
        assert_eq!(recu.taille(), attendu.len());
        assert_eq!(recu.media().unwrap(), "application/pdf");
        for _ in 0..2 {
            assert_eq!(recu.octets().await.unwrap(), attendu);
        }
        assert_eq!(std::fs::read_dir(dossier.path()).unwrap().count(), 0);
    }

    #[actix_web::test]
    async fn un_document_vide_n_ouvre_rien() {
        let recu = Reception::new(Some("/nulle/part".into()), un_seul())
            .finir()
            .await
            .unwrap();
        assert!(matches!(recu.media(), Err(Refus::Vide)));
        assert!(recu.octets().await.unwrap().is_empty());
    }
}
