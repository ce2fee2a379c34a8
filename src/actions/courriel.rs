//! Queues a mail in the transaction that causes it; a task sends it after commit.

use super::{Acte, ActionResult};
use crate::db::WriteTx;
use crate::db::courriel::{self, NouveauCourriel};
use crate::db::demande::DemandeComplete;
use courriers::demande::Copie;
use courriers::{Courrier, Lettre};
use regles::representation::peut_agir;

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

/// Queues a letter for an applicant, and a copy for who acts for her today on a mandate that the caisse received (PRO-13).
///
/// # Errors
/// As [`deposer`].
pub fn au_demandeur(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    cle: &str,
    dossier: &DemandeComplete,
    lettre: &Lettre,
) -> ActionResult<()> {
    deposer(tx, acte, cle, &dossier.courriel, lettre)?;
    let Some(r) = &dossier.demande.representant else {
        return Ok(());
    };
    if !peut_agir(Some(r.mandat()), acte.jour()) {
        return Ok(());
    }
    let copie = Copie {
        lettre,
        representant: &r.nom,
        kine: &dossier.kine.nom_complet(),
    }
    .lettre();
    deposer(tx, acte, &format!("{cle}:copie"), &r.courriel, &copie)
}
