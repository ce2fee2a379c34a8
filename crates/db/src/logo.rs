//! The logo of a caisse, as the store of documents keeps it.

use diesel::prelude::*;

use super::schema::caisse;
use super::{AnyConn, DbResult, WriteTx, une_ligne};

/// A logo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// Its key in the store.
    pub cle: String,
    /// SHA-256, hexadecimal.
    pub empreinte: String,
    /// `image/png` or `image/jpeg`.
    pub media: String,
}

/// The logo of a caisse, if it has one.
///
/// # Errors
/// [`super::DbError::Introuvable`] for an unknown caisse.
pub fn lire(conn: &mut AnyConn, code: &str) -> DbResult<Option<Logo>> {
    type Ligne = (Option<String>, Option<String>, Option<String>);
    let (cle, empreinte, media): Ligne = caisse::table
        .find(code)
        .select((caisse::logo_cle, caisse::logo_empreinte, caisse::logo_media))
        .first(conn)?;
    Ok(cle
        .zip(empreinte)
        .zip(media)
        .map(|((cle, empreinte), media)| Logo {
            cle,
            empreinte,
            media,
        }))
}

/// Puts a logo in the record of a caisse, or takes it off.
///
/// # Errors
/// [`super::DbError::Perime`] when the record was written meanwhile.
pub fn poser(tx: &mut WriteTx<'_>, code: &str, version: i32, logo: Option<&Logo>) -> DbResult<()> {
    une_ligne(
        diesel::update(caisse::table.find(code))
            .filter(caisse::version.eq(version))
            .set((
                caisse::logo_cle.eq(logo.map(|l| &l.cle)),
                caisse::logo_empreinte.eq(logo.map(|l| &l.empreinte)),
                caisse::logo_media.eq(logo.map(|l| &l.media)),
                caisse::version.eq(version + 1),
            ))
            .execute(&mut **tx)?,
    )
}
