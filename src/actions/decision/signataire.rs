//! PRO-5: who may sign a proposal, in what capacity, under what; and that what they read is what they sign.

use regles::geste;

use super::document::Signataire;
use crate::actions::{Acte, ActionError, ActionResult, delegation};
use crate::db::decision::{self, Decision};
use crate::db::delegation::Delegation;
use crate::db::demande::DemandeComplete;
use crate::db::{AnyConn, CpamScope, WriteTx, demande_etat, signature};

/// Whether the letter that was shown before signing, by its digest, is the one that was just signed.
///
/// # Errors
/// A refusal in words: the letter changed since it was shown.
pub fn controler_la_lettre(
    tx: &mut WriteTx<'_>,
    scope: &CpamScope,
    numero: &str,
    vue: &str,
) -> ActionResult<()> {
    let dossier = demande_etat::charger(tx, scope, numero)?;
    let prise = decision::active(tx, dossier.demande.id)?;
    match prise.is_some_and(|d| d.empreinte.as_deref() == Some(vue)) {
        true => Ok(()),
        false => Err(ActionError::refus(
            "La lettre a changé depuis que vous l’avez lue : une donnée du dossier, la fiche de la caisse, une règle ou le jour \
             n’est plus le même. Relisez-la ci-dessous avant de signer.",
        )),
    }
}

/// PRO-5: under what this account signs a proposal that day: in their own name, or by a delegation that covers it.
///
/// # Errors
/// Nothing lets them sign it, in words; the refusal of the database.
pub fn titre_pour(
    conn: &mut AnyConn,
    acte: &Acte,
    caisse: &str,
    proposee: &Decision,
    compte_id: i64,
) -> ActionResult<Delegation> {
    let sous_reserve = proposee.reserve()?.is_some();
    let actes = regles::decision::Acte::de(proposee.sens, proposee.fondement, sous_reserve);
    delegation::titre(conn, caisse, compte_id, &actes, acte.jour())
}

/// Who `acte` would sign a proposal as, that day: in this capacity, under what, and by which homologation where no hand signs.
///
/// # Errors
/// As [`titre_pour`].
pub fn signataire(
    conn: &mut AnyConn,
    acte: &Acte,
    dossier: &DemandeComplete,
    proposee: &Decision,
    qualite: &str,
) -> ActionResult<Signataire> {
    let caisse = &dossier.demande.caisse_code;
    let compte = acte
        .acteur
        .id
        .ok_or_else(|| ActionError::refus("Une décision est signée par une personne."))?;
    let sous = titre_pour(conn, acte, caisse, proposee, compte)?;
    let choisi = signature::moyen(conn, caisse)?;
    let (_, homologation) = choisi.le(acte.jour());
    Ok(Signataire::new(qualite, Some(&sous), homologation))
}

/// PRO-5: another person than the one who instructed, with a capacity to sign under.
pub(super) fn controler_signataire(
    acte: &Acte,
    dossier: &DemandeComplete,
    proposee: &Decision,
    qualite: &str,
) -> ActionResult<i64> {
    let id = acte
        .acteur
        .id
        .ok_or_else(|| ActionError::refus("Le logiciel ne décide jamais par lui-même."))?;
    let instruit = proposee.proposee_par == id || dossier.demande.assigne_a == Some(id);
    let separation = acte.reglement.oui("decision.separation", acte.jour())?;
    geste::signer(instruit, separation)?;
    if qualite.trim().is_empty() {
        return Err(ActionError::refus(
            "Votre qualité n’est pas renseignée dans votre compte : elle doit figurer sous la signature \
             (code des relations entre le public et l’administration, article L212-1).",
        ));
    }
    Ok(id)
}
