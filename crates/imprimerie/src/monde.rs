//! What a template may read: itself, the data of the letter, its pictures. No file, no network, no clock.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::ImpressionError;
use super::polices::Polices;

/// The library of typst, hashed once.
pub type Bibliotheque = LazyHash<Library>;

/// Builds it.
pub fn bibliotheque() -> Bibliotheque {
    LazyHash::new(<Library as LibraryExt>::default())
}

const GABARIT: &str = include_str!("../gabarits/lettre.typ");

/// What one letter is composed from.
pub struct Monde<'a> {
    /// The template.
    pub principal: FileId,
    /// The fonts.
    pub polices: &'a Polices,
    /// The library.
    pub bibliotheque: &'a Bibliotheque,
    /// The data, as JSON.
    pub donnees: String,
    /// The picture of the letterhead.
    pub logo: Option<Vec<u8>>,
    /// The square of the verification.
    pub qr: Option<Vec<u8>>,
}

/// The template, by the name under which typst keeps it for ever: asked for once.
///
/// # Errors
/// The name is no path, which a test keeps from happening.
pub fn principal() -> Result<FileId, ImpressionError> {
    let chemin = VirtualPath::new("/lettre.typ")
        .map_err(|_| ImpressionError::Composition("chemin du gabarit".to_owned()))?;
    Ok(RootedPath::new(VirtualRoot::Project, chemin).intern())
}

impl World for Monde<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.bibliotheque
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.polices.livre
    }

    fn main(&self) -> FileId {
        self.principal
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        match id.get().vpath().get_with_slash() {
            "/lettre.typ" => Ok(Source::new(id, GABARIT.to_owned())),
            autre => Err(FileError::NotFound(autre.into())),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let chemin = id.get().vpath().get_with_slash();
        let image = |octets: &Option<Vec<u8>>| octets.clone().map(Bytes::new);
        match chemin {
            "/lettre.json" => Some(Bytes::from_string(self.donnees.clone())),
            "/logo.png" | "/logo.jpg" => image(&self.logo),
            "/qr.svg" => image(&self.qr),
            _ => None,
        }
        .ok_or_else(|| FileError::NotFound(chemin.into()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.polices.toutes.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
