//! A letter as a document: what surrounds it, gathered; frozen with its digest and a code; printed by a task after commit.

use chrono::NaiveDate;
use courriers::decision::Document;
use courriers::ecrit::{Caisse, Enveloppe, Incomplet, Logo, Papier, Personne, Suivi};
use regles::decision::ModeNotification;
use regles::ecrit::NatureEcrit;
use regles::evenement::Fait;

use super::depart::en_json;
use super::{Acte, ActionError, ActionResult, Objet, tracer};
use crate::db::demande::DemandeComplete;
use crate::db::depart::{DepartComplet, Service};
use crate::db::document_emis::{self, NouveauDocument};
use crate::db::{AnyConn, DbError, WriteTx, consentement, destinataire, identite, logo, mandat};
use crate::secret;

impl From<Incomplet> for ActionError {
    fn from(incomplet: Incomplet) -> ActionError {
        ActionError::refus(format!(
            "Cette lettre ne peut pas être écrite : {incomplet}. Complétez, puis recommencez."
        ))
    }
}

/// What surrounds a letter, as the database knows it.
pub(super) struct Entourage {
    service: Service,
    logo: Option<Logo>,
    nom: String,
    adresse: Vec<String>,
    numero: String,
    suivi: Option<(String, Option<String>)>,
    envoi: Option<ModeNotification>,
    le: NaiveDate,
    url: String,
}

impl Entourage {
    /// Of a letter to an applicant. `envoi`: how it goes; none for what was asked for.
    pub(super) fn de_la_demande(
        conn: &mut AnyConn,
        acte: &Acte,
        dossier: &DemandeComplete,
        envoi: Option<ModeNotification>,
        le: NaiveDate,
    ) -> ActionResult<Entourage> {
        let d = &dossier.demande;
        let suivi = match (d.assigne_a, &dossier.suivi_par) {
            (Some(compte), Some((prenom, nom))) => {
                let qualite = mandat::qualite(conn, compte, &d.caisse_code, le)?;
                Some((format!("{prenom} {nom}"), qualite))
            }
            _ => None,
        };
        Ok(Entourage {
            logo: logo_de(conn, &dossier.service)?,
            service: dossier.service.clone(),
            nom: dossier.kine.nom_complet(),
            adresse: destinataire::lignes(conn, d.kine_id)?,
            numero: d.numero.clone(),
            suivi,
            envoi,
            le,
            url: acte.url_publique.clone(),
        })
    }

    /// Of a letter to who leaves.
    pub(super) fn du_depart(
        conn: &mut AnyConn,
        acte: &Acte,
        depart: &DepartComplet,
        envoi: Option<ModeNotification>,
        le: NaiveDate,
    ) -> ActionResult<Entourage> {
        Ok(Entourage {
            logo: logo_de(conn, &depart.service)?,
            service: depart.service.clone(),
            nom: depart.kine.nom_complet(),
            adresse: destinataire::lignes(conn, depart.kine.id)?,
            numero: depart.depart.numero.clone(),
            suivi: None,
            envoi,
            le,
            url: acte.url_publique.clone(),
        })
    }

    /// The same, as a letter takes it.
    pub(super) fn enveloppe(&self) -> Enveloppe<'_> {
        let s = &self.service;
        Enveloppe {
            caisse: Caisse {
                nom: &s.nom,
                service: s.service.as_deref(),
                adresse: s.adresse.as_deref(),
                telephone: s.telephone.as_deref(),
                courriel: s.courriel.as_deref(),
                logo: self.logo.clone(),
            },
            a: Personne {
                nom: &self.nom,
                adresse: &self.adresse,
            },
            numero: &self.numero,
            suivi: self.suivi.as_ref().map(|(nom, qualite)| Suivi {
                nom,
                qualite: qualite.as_deref(),
            }),
            envoi: self.envoi,
            le: self.le,
            url: &self.url,
        }
    }
}

fn logo_de(conn: &mut AnyConn, service: &Service) -> ActionResult<Option<Logo>> {
    if service.logo_empreinte.is_none() {
        return Ok(None);
    }
    let lu = logo::lire(conn, &service.code)?;
    Ok(lu.map(|l| Logo {
        cle: l.cle,
        empreinte: l.empreinte,
        media: l.media,
    }))
}

/// PRO-8: how a decision reaches somebody: the portal, where they consented and the caisse checked who they are; a
/// registered letter otherwise.
///
/// # Errors
/// The refusal of the database.
pub(super) fn envoi(
    conn: &mut AnyConn,
    kine_id: i64,
    jour: NaiveDate,
) -> ActionResult<ModeNotification> {
    let consenti = consentement::dernier(conn, kine_id)?.is_some_and(|c| c.vaut(jour));
    Ok(match consenti && identite::verifiee(conn, kine_id)? {
        true => ModeNotification::Portail,
        false => ModeNotification::Recommande,
    })
}

/// A document, as it is frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fige {
    /// Its kind.
    pub nature: NatureEcrit,
    /// What it says, JSON.
    pub texte: String,
    /// SHA-256 of that text, in hexadecimal.
    pub empreinte: String,
}

impl Fige {
    /// Freezes a document.
    ///
    /// # Errors
    /// It bears no kind, or does not write as JSON.
    pub(super) fn de(document: &Document) -> ActionResult<Fige> {
        let papier = document.papier.as_ref();
        let nature = papier
            .map(|p: &Papier| p.nature)
            .ok_or_else(|| DbError::Incoherent("un document sans sa nature".to_owned()))?;
        let texte = en_json(document)?;
        let empreinte = secret::sha256(texte.as_bytes());
        Ok(Fige {
            nature,
            texte,
            empreinte,
        })
    }
}

/// What a document is about, and what makes it unique.
pub(super) struct Emission<'a> {
    /// The case.
    pub(super) dossier_id: i64,
    /// What the event is about.
    pub(super) objet: Objet<'a>,
    /// The decision that it notifies, if it is one.
    pub(super) decision_id: Option<i64>,
    /// As `decision:42`: it is never frozen twice.
    pub(super) cle: &'a str,
    /// The code it already has, if it has one.
    pub(super) code: Option<&'a str>,
}

/// Keeps a document under its code, notes it, and files the task that prints it.
///
/// # Errors
/// It was frozen already, the refusal of the database.
pub(super) fn emettre(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    emission: Emission<'_>,
    fige: &Fige,
) -> ActionResult<()> {
    let code = emission
        .code
        .map_or_else(secret::code_a_taper, str::to_owned);
    document_emis::emettre(
        tx,
        &NouveauDocument {
            dossier_id: emission.dossier_id,
            decision_id: emission.decision_id,
            nature: fige.nature,
            cle: emission.cle,
            document: &fige.texte,
            empreinte: &fige.empreinte,
            code: &code,
            emis_le: acte.le(),
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        emission.objet,
        Fait::DocumentEmis {
            nature: fige.nature,
            empreinte: fige.empreinte.clone(),
        },
    )?;
    Ok(())
}
