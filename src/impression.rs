//! Printing a letter: the door to the printer. A program built without it has none, and its letters wait for one that has.

#[cfg(feature = "imprimerie")]
mod presse;

use std::sync::Arc;

use courriers::decision::Document;

/// What keeps a letter from being printed.
#[derive(Debug, thiserror::Error)]
pub enum ImpressionError {
    /// This program has no printer.
    #[error("ce programme est compilé sans imprimerie")]
    Absente,
    /// The letter was frozen without what surrounds it on paper.
    #[error("document sans papier")]
    SansPapier,
    /// The printer refuses this letter, and would again.
    #[error("{0}")]
    Refusee(String),
}

/// What is printed beside the letter itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Marques<'a> {
    /// What makes this print itself: the same for the same letter.
    pub identifiant: &'a str,
    /// The code that verifies it; none on what is shown before it is signed.
    pub code: Option<&'a str>,
    /// The logo of the caisse, where it has one.
    pub logo: Option<&'a [u8]>,
}

/// Who prints. It computes: never on a thread that answers visitors.
pub trait Imprimeur: Send + Sync {
    /// The PDF of a letter.
    ///
    /// # Errors
    /// [`ImpressionError`].
    fn imprimer(
        &self,
        document: &Document,
        marques: &Marques<'_>,
    ) -> Result<Vec<u8>, ImpressionError>;

    /// Whether it can print at all.
    fn prete(&self) -> bool {
        true
    }
}

/// A printer that prints nothing.
pub struct SansPresse;

impl Imprimeur for SansPresse {
    fn imprimer(&self, _: &Document, _: &Marques<'_>) -> Result<Vec<u8>, ImpressionError> {
        Err(ImpressionError::Absente)
    }

    fn prete(&self) -> bool {
        false
    }
}

/// The printer of this program.
pub fn de_ce_programme() -> Arc<dyn Imprimeur> {
    #[cfg(feature = "imprimerie")]
    return Arc::new(presse::Presse);
    #[cfg(not(feature = "imprimerie"))]
    return Arc::new(SansPresse);
}
