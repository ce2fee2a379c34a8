//! What a document is, from its bytes alone, and whether whoever examines it will be able to open it.

use imagesize::blob_size;
use lopdf::{Document, LoadOptions};
use memchr::memmem;

/// Why a document is not accepted, in a sentence for who sends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refus {
    /// The bytes are not those of an accepted kind, whatever the name says.
    #[error(
        "Ce fichier n’est pas un PDF, un JPEG ou un PNG : enregistrez-le dans l’un de ces formats."
    )]
    Type,
    /// A photograph as an iPhone takes it.
    #[error(
        "Cette photo est au format HEIC, que tous les ordinateurs n’ouvrent pas. Sur un iPhone, choisissez « Réglages », \
         « Appareil photo », « Formats », « Le plus compatible », et reprenez la photo ; ou ouvrez-la, touchez « Partager », \
         « Imprimer », puis enregistrez-la en PDF."
    )]
    Heic,
    /// A document of an office suite.
    #[error(
        "Ce document s’ouvre dans un traitement de texte ou un tableur : enregistrez-le en PDF (« Fichier », « Exporter » ou \
         « Enregistrer sous »), puis joignez le PDF."
    )]
    Bureautique,
    /// Several documents in one file.
    #[error(
        "Ce fichier est une archive : joignez les documents qu’elle contient un par un, en PDF, JPEG ou PNG."
    )]
    Archive,
    /// A PDF that opens with a password only.
    #[error(
        "Ce PDF demande un mot de passe, que la caisse n’a pas. Ouvrez-le avec son mot de passe, choisissez « Imprimer », puis \
         « Enregistrer au format PDF », et joignez cette copie."
    )]
    Protege,
    /// The file is cut, or damaged.
    #[error(
        "Ce fichier est incomplet ou abîmé. Ouvrez-le pour le vérifier, enregistrez-le de nouveau, ou refaites la photo."
    )]
    Abime,
    /// An image that announces more points than a screen can hold.
    #[error(
        "Cette image est trop grande ({largeur} × {hauteur} points) : réduisez-la à {max} points de côté au plus."
    )]
    Demesuree {
        /// Points across.
        largeur: usize,
        /// Points down.
        hauteur: usize,
        /// What is accepted.
        max: usize,
    },
    /// The file is empty.
    #[error("Ce fichier est vide : choisissez-en un autre.")]
    Vide,
}

/// Points of an image, across or down, at most: a page of A3 scanned at 1 200 points an inch has fewer.
const COTE_MAX: usize = 20_000;
/// What a stream of a protected PDF may unfold to while it is read, in bytes.
const DEPLIE_MAX: usize = 16 * 1024 * 1024;

const PDF: &str = "application/pdf";
/// What some programs write before the first byte of a file.
const MARQUE: &[u8] = b"\xef\xbb\xbf";
const ARCHIVE: &[u8] = b"PK\x03\x04";
/// What the archive that an office document is names inside.
const DANS_UN_DOCUMENT: [&[u8]; 4] = [b"word/", b"xl/", b"ppt/", b"opendocument"];
/// How the office documents of before 2007 begin.
const COMPOSE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The type that the first bytes show, among those accepted.
///
/// # Errors
/// [`Refus::Vide`], [`Refus::Type`], [`Refus::Heic`], [`Refus::Bureautique`].
pub(super) fn flairer(debut: &[u8]) -> Result<&'static str, Refus> {
    if debut.is_empty() {
        return Err(Refus::Vide);
    }
    // Readers forgive what stands before the header; a text that quotes it, or another format behind it, would pass.
    let sans_marque = debut.strip_prefix(MARQUE).unwrap_or(debut);
    if sans_marque.trim_ascii_start().starts_with(b"%PDF-") {
        return Ok(PDF);
    }
    if debut.starts_with(COMPOSE) {
        return Err(Refus::Bureautique);
    }
    if debut.starts_with(ARCHIVE) {
        let contient = |mot: &&[u8]| memmem::find(debut, mot).is_some();
        return Err(match DANS_UN_DOCUMENT.iter().any(contient) {
            true => Refus::Bureautique,
            false => Refus::Archive,
        });
    }
    match infer::get(debut).map(|lu| lu.mime_type()) {
        Some("image/jpeg") => Ok("image/jpeg"),
        Some("image/png") => Ok("image/png"),
        Some("image/heif") => Err(Refus::Heic),
        _ => Err(Refus::Type),
    }
}

/// The type of a whole document, which opens without a password and ends where it should.
///
/// # Errors
/// As the first bytes show; [`Refus::Protege`], [`Refus::Abime`], [`Refus::Demesuree`].
pub fn examiner(octets: &[u8]) -> Result<&'static str, Refus> {
    let media = flairer(octets)?;
    if media == PDF {
        pdf(octets)?;
    } else {
        image(octets)?;
    }
    Ok(media)
}

/// A PDF is read no further than it must be: viewers forgive more than any reader of ours would.
fn pdf(octets: &[u8]) -> Result<(), Refus> {
    let contient = |mot: &[u8]| memmem::find(octets, mot).is_some();
    if !contient(b"startxref") && !contient(b"%%EOF") {
        return Err(Refus::Abime);
    }
    if !contient(b"/Encrypt") {
        return Ok(());
    }
    let options = LoadOptions {
        max_decompressed_size: Some(DEPLIE_MAX),
        ..LoadOptions::default()
    };
    // What opens with an empty password is protected against changes only: it was opened by being read.
    match Document::load_mem_with_options(octets, options) {
        Ok(document) if document.is_encrypted() => Err(Refus::Protege),
        _ => Ok(()),
    }
}

fn image(octets: &[u8]) -> Result<(), Refus> {
    let taille = blob_size(octets).map_err(|_| Refus::Abime)?;
    if taille.width.max(taille.height) > COTE_MAX {
        return Err(Refus::Demesuree {
            largeur: taille.width,
            hauteur: taille.height,
            max: COTE_MAX,
        });
    }
    Ok(())
}
