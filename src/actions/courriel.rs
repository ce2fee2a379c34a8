//! Queues a mail in the transaction that causes it; a task sends it after commit.

use super::{Acte, ActionResult};
use crate::db::WriteTx;
use crate::db::courriel::{self, NouveauCourriel};
use courriers::Lettre;

/// Queues `lettre` for one address. `cle` makes it unique, as `demande_deposee:42`.
///
/// # Errors
/// The template cannot be rendered, or the database refuses (the key was queued already).
pub fn deposer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    cle: &str,
    destinataire: &str,
    lettre: &Lettre,
) -> ActionResult<()> {
    let (texte, html) = lettre.rendre(&acte.url_publique)?;
    courriel::deposer(
        tx,
        &NouveauCourriel {
            cle,
            modele: lettre.modele.code(),
            destinataire,
            sujet: &lettre.sujet,
            texte: &texte,
            html: &html,
            cree_le: acte.le(),
        },
    )?;
    Ok(())
}
