//! GEN-2: the attestation of a conventionnement in effect, or of an open place: composed the day it is asked for, then
//! frozen. Asked for again on the same day with nothing changed, it is the same one.

use courriers::attestation::{Conventionnement, Place};
use courriers::decision::Document;
use regles::condition::NatureAttestation;
use regles::decision::EtatDecision;
use regles::evenement::Fait;
use regles::fuseau::jour_local;
use regles::geste;

use super::dossier::{objet, territoire};
use super::ecrit::{self, Emission, Entourage, Fige};
use super::{Acte, ActionResult, Objet, tracer};
use crate::db::attestation::{self, NouvelleAttestation};
use crate::db::{CpamScope, DbError, WriteTx, decision, demande_etat, depart, dossier, place};
use crate::secret;

/// The attestation of the conventionnement that this person was granted.
///
/// # Errors
/// A refusal in words: nothing granted, notified and in effect; out of scope, the refusal of the database.
pub fn de_conventionnement(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    kine_id: i64,
    numero: &str,
) -> ActionResult<()> {
    let dossier = demande_etat::charger(tx, &CpamScope::Kine(kine_id), numero)?;
    let d = &dossier.demande;
    let (ici, prise) = (territoire(&dossier)?, decision::active(tx, d.id)?);
    let prise = prise.filter(|p| p.etat == EtatDecision::Decidee);
    let effet = geste::attester(
        d.etat,
        d.notifiee_le.is_some(),
        d.effet(prise.as_ref().and_then(|p| p.effet)),
        acte.jour_a(ici),
    )?;
    let decidee_le = prise
        .and_then(|p| p.decidee_le)
        .ok_or(DbError::Introuvable)?;
    let le = acte.jour_a(ici);
    let entourage = Entourage::de_la_demande(tx, acte, &dossier, None, le)?;
    let document = Conventionnement {
        rpps: &dossier.kine.rpps,
        adresse: &format!("{}, {}", d.adresse, dossier.commune),
        effet,
        decidee_le: jour_local(decidee_le, ici),
    }
    .document(&entourage.enveloppe())?;
    delivrer(
        tx,
        acte,
        (d.id, objet(&dossier)),
        NatureAttestation::Conventionnement,
        &document,
    )
}

/// The attestation of the place that a departure opened.
///
/// # Errors
/// A refusal in words: no place is open; out of scope, the refusal of the database.
pub fn de_place(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    kine_id: i64,
    depart_id: i64,
) -> ActionResult<()> {
    dossier::verrouiller(tx, depart_id)?;
    let c = depart::complete(tx, &CpamScope::Kine(kine_id), depart_id)?;
    let place = place::de_depart(tx, depart_id)?;
    geste::attester_place(place.as_ref().map(|p| p.etat))?;
    let le = acte.jour_a(c.service.territoire()?);
    let entourage = Entourage::du_depart(tx, acte, &c, None, le)?;
    let document = Place {
        cessation: c.depart.date_cessation,
        zone: &c.bassin,
        limite: place.as_ref().and_then(|p| p.limite_designation),
    }
    .document(&entourage.enveloppe())?;
    delivrer(
        tx,
        acte,
        (depart_id, Objet::dossier(&c.depart.caisse_code, depart_id)),
        NatureAttestation::Place,
        &document,
    )
}

/// Freezes the document, under a code of its own, unless the last one says the same.
fn delivrer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    (dossier_id, objet): (i64, Objet<'_>),
    nature: NatureAttestation,
    document: &Document,
) -> ActionResult<()> {
    let fige = Fige::de(document)?;
    let derniere = attestation::derniere(tx, dossier_id)?;
    if derniere.is_some_and(|d| d.document == fige.texte) {
        return Ok(());
    }
    let code = secret::code_a_taper();
    attestation::inserer(
        tx,
        &NouvelleAttestation {
            dossier_id,
            nature,
            code: &code,
            document: &fige.texte,
            empreinte: &fige.empreinte,
            faite_le: acte.le(),
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet,
        Fait::AttestationDelivree {
            nature,
            empreinte: fige.empreinte.clone(),
        },
    )?;
    let emission = Emission {
        dossier_id,
        objet,
        decision_id: None,
        cle: &format!("attestation:{code}"),
        code: Some(&code),
    };
    ecrit::emettre(tx, acte, emission, &fige)
}
