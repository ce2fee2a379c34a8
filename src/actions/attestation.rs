//! GEN-2: the attestation of a conventionnement in effect, or of an open place: composed the day it is asked for, then
//! frozen. Asked for again on the same day with nothing changed, it is the same one.

use courriers::attestation::{Conventionnement, Place, Verification};
use courriers::decision::Document;
use regles::condition::NatureAttestation;
use regles::decision::EtatDecision;
use regles::evenement::Fait;
use regles::fuseau::jour_local;
use regles::geste;

use super::depart::en_json;
use super::dossier::{objet, territoire};
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
    delivrer(
        tx,
        acte,
        (d.id, objet(&dossier)),
        NatureAttestation::Conventionnement,
        |code| {
            Conventionnement {
                caisse: &dossier.service.nom,
                kine: &dossier.kine.nom_complet(),
                rpps: &dossier.kine.rpps,
                adresse: &format!("{}, {}", d.adresse, dossier.commune),
                effet,
                numero: &d.numero,
                decidee_le: jour_local(decidee_le, ici),
                le: acte.jour_a(ici),
                verification: Verification {
                    code,
                    url: &acte.url_publique,
                },
            }
            .document()
        },
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
    delivrer(
        tx,
        acte,
        (depart_id, Objet::dossier(&c.depart.caisse_code, depart_id)),
        NatureAttestation::Place,
        |code| {
            Place {
                caisse: &c.service.nom,
                kine: &c.kine.nom_complet(),
                cessation: c.depart.date_cessation,
                zone: &c.bassin,
                limite: place.as_ref().and_then(|p| p.limite_designation),
                le,
                verification: Verification {
                    code,
                    url: &acte.url_publique,
                },
            }
            .document()
        },
    )
}

/// Freezes the document, under a code of its own, unless the last one says the same.
fn delivrer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    (dossier_id, objet): (i64, Objet<'_>),
    nature: NatureAttestation,
    ecrire: impl Fn(&str) -> Document,
) -> ActionResult<()> {
    if let Some(derniere) = attestation::derniere(tx, dossier_id)?
        && en_json(&ecrire(&derniere.code))? == derniere.document
    {
        return Ok(());
    }
    let code = secret::code_a_taper();
    let document = en_json(&ecrire(&code))?;
    let empreinte = secret::sha256(document.as_bytes());
    attestation::inserer(
        tx,
        &NouvelleAttestation {
            dossier_id,
            nature,
            code: &code,
            document: &document,
            empreinte: &empreinte,
            faite_le: acte.le(),
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet,
        Fait::AttestationDelivree { nature, empreinte },
    )?;
    Ok(())
}
