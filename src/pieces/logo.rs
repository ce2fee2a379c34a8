//! What may stand as the logo of a caisse: an image that a page and a printed letter can both bear.

use imagesize::blob_size;

use super::examen::{Refus, examiner};

/// Bytes at most.
pub const OCTETS_MAX: usize = 512 * 1024;
/// Points across or down, at most.
pub const COTE_MAX: usize = 2_000;

/// Why an image is no logo, in a sentence for who sends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RefusLogo {
    /// A document that is no image: a PDF, a drawing (SVG), whatever else.
    #[error("Un logo est une image PNG ou JPEG : enregistrez-le dans l’un de ces formats.")]
    PasUneImage,
    /// It is cut, or damaged.
    #[error("Cette image est incomplète ou abîmée : enregistrez-la de nouveau.")]
    Abime,
    /// Too many bytes.
    #[error("Cette image pèse plus de 512 Ko : réduisez-la.")]
    Lourde,
    /// Too many points.
    #[error(
        "Cette image est trop grande ({largeur} × {hauteur} points) : réduisez-la à 2 000 points de côté au plus."
    )]
    Grande {
        /// Points across.
        largeur: usize,
        /// Points down.
        hauteur: usize,
    },
}

/// Whether these bytes may be a logo.
///
/// # Errors
/// [`RefusLogo`].
pub fn examiner_logo(octets: &[u8]) -> Result<(), RefusLogo> {
    let media = examiner(octets).map_err(|refus| match refus {
        Refus::Abime => RefusLogo::Abime,
        Refus::Demesuree {
            largeur, hauteur, ..
        } => RefusLogo::Grande { largeur, hauteur },
        _ => RefusLogo::PasUneImage,
    })?;
    if !media.starts_with("image/") {
        return Err(RefusLogo::PasUneImage);
    }
    if octets.len() > OCTETS_MAX {
        return Err(RefusLogo::Lourde);
    }
    let taille = blob_size(octets).map_err(|_| RefusLogo::Abime)?;
    if taille.width.max(taille.height) > COTE_MAX {
        return Err(RefusLogo::Grande {
            largeur: taille.width,
            hauteur: taille.height,
        });
    }
    Ok(())
}
