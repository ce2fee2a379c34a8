//! The letters as documents: typed data in, a PDF out. Each is PDF/A-2a and PDF/UA-1 (kept for long, read aloud), and the
//! same data give the same bytes.
//!
//! Words enter as data, never as source: nothing that somebody types is run.

mod feuille;
mod monde;
mod polices;

use chrono::{Datelike, NaiveDate};
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst::syntax::FileId;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

pub use feuille::{Entete, Feuille, Format, Image, Signature, Verification, feuille};
use monde::Monde;
use polices::Polices;

/// Why a letter could not be printed; for the log, never for people.
#[derive(Debug, thiserror::Error)]
pub enum ImpressionError {
    /// The data do not write as JSON.
    #[error("données de la lettre : {0}")]
    Donnees(#[from] serde_json::Error),
    /// The code to verify does not fit in a square.
    #[error("code de vérification trop long")]
    Code,
    /// A day that the calendar of the PDF does not hold.
    #[error("date {0} hors du calendrier")]
    Date(NaiveDate),
    /// The template, or what was put into it, does not compose.
    #[error("composition : {0}")]
    Composition(String),
    /// What was composed breaks one of the standards.
    #[error("export : {0}")]
    Export(String),
}

/// A letter in how many generations of its cache of layouts is forgotten: without it, memory grows with each letter.
const GENERATIONS: usize = 5;

/// What prints: the fonts and the library, read once and shared by threads.
pub struct Imprimerie {
    polices: Polices,
    bibliotheque: monde::Bibliotheque,
    normes: PdfStandards,
    principal: FileId,
}

impl Imprimerie {
    /// Reads the fonts.
    ///
    /// # Errors
    /// The two standards exclude each other, which a test keeps from happening.
    pub fn new() -> Result<Imprimerie, ImpressionError> {
        let normes = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
            .map_err(|e| ImpressionError::Export(e.message().to_string()))?;
        Ok(Imprimerie {
            polices: Polices::lire(),
            bibliotheque: monde::bibliotheque(),
            normes,
            principal: monde::principal()?,
        })
    }

    /// The PDF of a letter. A sign that no font has is printed as a square.
    ///
    /// # Errors
    /// [`ImpressionError`]; none for what people type.
    pub fn imprimer(&self, feuille: &Feuille<'_>) -> Result<Vec<u8>, ImpressionError> {
        let donnees = self.polices.imprimables(serde_json::to_value(feuille)?);
        let qr = feuille.verification.as_ref().map(|v| v.qr()).transpose()?;
        let monde = Monde {
            principal: self.principal,
            polices: &self.polices,
            bibliotheque: &self.bibliotheque,
            donnees: donnees.to_string(),
            logo: feuille.entete.logo.map(|l| l.octets.to_vec()),
            qr,
        };
        let compose = typst::compile::<PagedDocument>(&monde).output;
        let pdf = compose
            .map_err(|erreurs| ImpressionError::Composition(dites(&erreurs)))
            .and_then(|document| {
                let options = PdfOptions {
                    ident: Smart::Custom(feuille.identifiant.to_owned()),
                    creator: Smart::Custom(Some("Relève".to_owned())),
                    timestamp: Some(minuit(feuille.le)?),
                    standards: self.normes.clone(),
                    ..PdfOptions::default()
                };
                typst_pdf::pdf(&document, &options)
                    .map_err(|erreurs| ImpressionError::Export(dites(&erreurs)))
            });
        typst::comemo::evict(GENERATIONS);
        pdf
    }
}

fn minuit(le: NaiveDate) -> Result<Timestamp, ImpressionError> {
    let petit = |n: u32| u8::try_from(n).map_err(|_| ImpressionError::Date(le));
    let (mois, jour) = (petit(le.month())?, petit(le.day())?);
    Datetime::from_ymd_hms(le.year(), mois, jour, 0, 0, 0)
        .map(Timestamp::new_utc)
        .ok_or(ImpressionError::Date(le))
}

fn dites(erreurs: &[SourceDiagnostic]) -> String {
    let phrases: Vec<&str> = erreurs.iter().map(|e| e.message.as_str()).collect();
    phrases.join(" ; ")
}
