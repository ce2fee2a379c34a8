//! The document of a decision: composed the day it is signed, from the decision itself, then frozen with its digest.

use chrono::NaiveDate;
use courriers::decision::{Accord, Delegation, Document, Recherche, Refus, Signature};
use regles::demande::Sens;
use regles::generales::ce_qui_reste;
use regles::piece::NaturePiece;
use regles::recours::{self, Conteste};
use regles::reserve::Reserve;

use crate::actions::destinataires::destinataires;
use crate::actions::generales;
use crate::actions::piece::liste;
use crate::actions::{Acte, ActionError, ActionResult};
use crate::db::AnyConn;
use crate::db::decision::Decision;
use crate::db::demande::DemandeComplete;
use crate::db::{delegation, destinataire};
use crate::secret;

/// A document and its SHA-256.
pub(super) struct Fige {
    pub(super) texte: String,
    pub(super) empreinte: String,
}

/// The document of a proposal, as signed by `acte`, in what capacity, under what, and, where no hand signs, by which
/// homologation. `effet`: first day on which a grant covers acts;
/// `reserve`: the condition on which it does (REG-17); `attendues`: the useful documents that it waits for (PRO-3).
///
/// # Errors
/// In words, the datum without which a refusal cannot be notified, or its reasons; no parameter in force; the refusal of
/// the database.
pub(super) fn figer(
    conn: &mut AnyConn,
    acte: &Acte,
    dossier: &DemandeComplete,
    decision: &Decision,
    contenu: (NaiveDate, Option<&Reserve>, &[NaturePiece]),
    signature: (&str, Option<&delegation::Delegation>, Option<&str>),
) -> ActionResult<Fige> {
    geler(&composer(
        conn, acte, dossier, decision, contenu, signature,
    )?)
}

/// The same, not frozen: what a signatory reads.
///
/// # Errors
/// As [`figer`].
pub(super) fn composer(
    conn: &mut AnyConn,
    acte: &Acte,
    dossier: &DemandeComplete,
    decision: &Decision,
    (effet, reserve, attendues): (NaiveDate, Option<&Reserve>, &[NaturePiece]),
    (qualite, sous, homologation): (&str, Option<&delegation::Delegation>, Option<&str>),
) -> ActionResult<Document> {
    let d = &dossier.demande;
    let jour = acte.jour();
    let adresse = format!("{}, {}", d.adresse, dossier.commune);
    let signature = Signature {
        nom: &acte.acteur.nom,
        qualite,
        caisse: &dossier.service.nom,
        le: jour,
        delegation: sous.and_then(|sous| {
            let de = sous.delegant_qualite.as_deref()?;
            Some(Delegation {
                de,
                acte_du: sous.acte_du,
            })
        }),
        homologation,
    };
    let recherche = Recherche {
        ecrire_a: dossier
            .service
            .courriel
            .as_deref()
            .unwrap_or(&dossier.service.nom),
        cada: acte.reglement.delai("cada.delai_saisine", jour)?,
    };
    let lignes = liste::de_la_demande(conn, &acte.reglement, d)?;
    let etats = generales::etats(d, &lignes)?;
    Ok(match decision.sens {
        Sens::Accord => Accord {
            numero: &d.numero,
            adresse: &adresse,
            fondement: decision.fondement,
            effet,
            delai: acte.reglement.delai("installation.delai", jour)?,
            reste: ce_qui_reste(&acte.reglement, jour, &etats)?.as_deref(),
            motifs: &decision.motifs,
            ecart: decision.ecart_motive.as_deref(),
            reserve,
            attendues,
            recherche,
            signature,
        }
        .document(),
        Sens::Refus => refus(
            conn, acte, dossier, decision, &adresse, recherche, signature,
        )?,
    })
}

fn refus(
    conn: &mut AnyConn,
    acte: &Acte,
    dossier: &DemandeComplete,
    decision: &Decision,
    adresse: &str,
    recherche: Recherche<'_>,
    signature: Signature<'_>,
) -> ActionResult<Document> {
    let d = &dossier.demande;
    let voie = recours::voie(&acte.reglement, acte.jour())?;
    let ressort = destinataire::ressort(conn, d.kine_id)?;
    let destinataires = destinataires(voie, &dossier.service, ressort);
    let manquants = recours::manquants(voie, &destinataires);
    if !manquants.is_empty() {
        return Err(ActionError::refus(format!(
            "Ce refus ne peut pas être notifié : il manque {}. La fiche de la caisse et l’espace de la personne donnent ces \
             adresses ; complétez-les, puis signez.",
            manquants.join(" et ")
        )));
    }
    let voies = recours::textes(
        &acte.reglement,
        acte.jour(),
        Conteste::Decision,
        &destinataires,
    )?;
    Refus {
        numero: &d.numero,
        adresse,
        motifs: &decision.motifs,
        ecart: decision.ecart_motive.as_deref(),
        voies: &voies,
        recherche,
        signature,
    }
    .document()
    .ok_or_else(|| ActionError::refus("Un refus ne peut pas être écrit sans ses motifs."))
}

fn geler(document: &Document) -> ActionResult<Fige> {
    let texte = crate::actions::depart::en_json(document)?;
    let empreinte = secret::sha256(texte.as_bytes());
    Ok(Fige { texte, empreinte })
}
