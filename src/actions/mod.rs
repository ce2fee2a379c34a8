//! What people do: load → pure decision → save, audit entry and mails, in one transaction.
//!
//! No SMTP, no rendering of documents, no file inside a transaction.

pub mod agenda;
pub mod appel;
pub mod attestation;
pub mod ayant_droit;
pub mod brouillon;
pub mod caducite;
pub mod caisse;
pub mod cedant;
pub mod changement;
pub mod charte;
pub mod commission;
pub mod compte;
pub mod consentement;
pub mod correction;
pub mod courriel;
pub mod decision;
pub mod delaisse;
pub mod delegation;
pub mod demande;
pub mod depart;
pub mod designation;
pub mod destinataires;
mod dossier;
pub mod echeance;
pub mod ecrit;
pub mod evaluation;
pub mod generales;
pub mod grand_livre;
pub mod identite;
pub mod import;
pub mod incitation;
pub mod installation;
pub mod instruction;
pub mod jalon;
pub mod lot;
pub mod message;
pub mod motif;
pub mod nouveaute;
pub mod papier;
pub mod parametre;
pub mod phrase;
pub mod piece;
pub mod preference;
pub mod rappel;
pub mod recours;
pub mod reduction;
pub mod rejeu;
pub mod representant;
pub mod signature;
pub mod silence;
pub mod suivi;
pub mod transmission;
pub mod verification;

use std::sync::Arc;

use chrono::NaiveDateTime;
use regles::calendrier::Territoire;
use regles::echeance::EcheanceError;
use regles::evenement::Fait;
use regles::fuseau::jour_local;
use regles::pieces_requises::PiecesError;
use regles::refus::Refus;
use regles::regle::RegleError;
use regles::reglement::{Reglement, ReglementError};

use crate::db::contrainte::Contrainte;
use crate::db::evenement::{self, NouvelEvenement};
use crate::db::session::Identite;
use crate::db::{DbError, DbResult, WriteTx};

/// Why an act was not done.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// The state of the file or the rules do not allow it; the sentence says why and what to do.
    #[error("{0}")]
    Refus(String),
    /// One field is wrong; the sentence says what is expected.
    #[error("{message}")]
    Champ {
        /// Name of the field in the form.
        champ: &'static str,
        /// What is expected.
        message: String,
    },
    /// Somebody else changed the file since it was shown.
    #[error("modifié entre-temps")]
    Perime,
    /// The database did not answer in time and nothing was done; the sentence says so and what to do.
    #[error("{0}")]
    Indisponible(String),
    /// The database.
    #[error(transparent)]
    Db(DbError),
    /// A rule could not be computed.
    #[error("règle : {0}")]
    Regle(String),
}

impl From<DbError> for ActionError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Perime => ActionError::Perime,
            // REG-2, held by the database: said in words whoever gets it.
            DbError::Contrainte(Contrainte::PlaceConsommee) => regles::place::DEJA_PRISE.into(),
            DbError::Contrainte(Contrainte::DemandeDePlace) => ActionError::refus(
                "Vous avez déjà une demande en cours sur cette place : suivez-la dans votre espace.",
            ),
            DbError::Contrainte(Contrainte::ParametreEnAttente) => ActionError::refus(
                "Une valeur de ce paramètre attend déjà un examen : elle doit d’abord être approuvée, rejetée ou retirée.",
            ),
            DbError::Contrainte(Contrainte::ParametreDeuxPersonnes) => {
                ActionError::refus("La personne qui propose une valeur ne l’examine pas.")
            }
            autre => ActionError::Db(autre),
        }
    }
}

impl From<Refus> for ActionError {
    fn from(refus: Refus) -> Self {
        ActionError::Refus(refus.to_string())
    }
}

impl From<EcheanceError> for ActionError {
    fn from(error: EcheanceError) -> Self {
        ActionError::Regle(error.to_string())
    }
}

impl From<ReglementError> for ActionError {
    fn from(error: ReglementError) -> Self {
        ActionError::Regle(error.to_string())
    }
}

impl From<PiecesError> for ActionError {
    fn from(error: PiecesError) -> Self {
        ActionError::Regle(error.to_string())
    }
}

impl From<RegleError> for ActionError {
    fn from(error: RegleError) -> Self {
        ActionError::Regle(error.to_string())
    }
}

impl From<crate::pieces::PieceError> for ActionError {
    fn from(error: crate::pieces::PieceError) -> Self {
        ActionError::Regle(error.to_string())
    }
}

impl From<askama::Error> for ActionError {
    fn from(error: askama::Error) -> Self {
        ActionError::Regle(error.to_string())
    }
}

impl ActionError {
    /// A refusal in one sentence.
    pub fn refus(phrase: impl Into<String>) -> ActionError {
        ActionError::Refus(phrase.into())
    }

    /// A wrong field.
    pub fn champ(champ: &'static str, message: impl Into<String>) -> ActionError {
        ActionError::Champ {
            champ,
            message: message.into(),
        }
    }
}

/// The result of this floor.
pub type ActionResult<T> = Result<T, ActionError>;

/// Who acts, and when.
#[derive(Debug, Clone)]
pub struct Acteur {
    /// The account; none for the software itself.
    pub id: Option<i64>,
    /// The name shown in the timeline.
    pub nom: String,
    /// The instant of the act (UTC).
    pub le: NaiveDateTime,
}

impl Acteur {
    /// Somebody logged in.
    pub fn de(qui: &Identite, le: NaiveDateTime) -> Acteur {
        Acteur {
            id: Some(qui.compte_id),
            nom: qui.nom_complet(),
            le,
        }
    }

    /// The software itself: deadlines, reminders.
    pub fn releve(le: NaiveDateTime) -> Acteur {
        Acteur {
            id: None,
            nom: "Relève".to_owned(),
            le,
        }
    }

    /// The same account under another name, where those who read the timeline must not learn who acted.
    pub fn en_secret(&self, nom: &str) -> Acteur {
        Acteur {
            nom: nom.to_owned(),
            ..self.clone()
        }
    }

    /// Who runs the machine.
    pub fn ligne_de_commande(le: NaiveDateTime) -> Acteur {
        Acteur {
            id: None,
            nom: "Ligne de commande".to_owned(),
            le,
        }
    }

    /// The civil day of the act, in mainland France.
    pub fn jour(&self) -> chrono::NaiveDate {
        crate::clock::jour_a_paris(self.le)
    }
}

/// An act under way: who, when, under which parameters, and the address that mails point to.
#[derive(Clone)]
pub struct Acte {
    /// Who acts, and when.
    pub acteur: Acteur,
    /// The dated parameters.
    pub reglement: Arc<Reglement>,
    /// Address of the application, without a final slash.
    pub url_publique: String,
}

impl Acte {
    /// The civil day of the act, in mainland France.
    pub fn jour(&self) -> chrono::NaiveDate {
        self.acteur.jour()
    }

    /// The civil day of the act where a caisse is: a last day ends at its midnight, not at that of Paris (ECH-2).
    pub fn jour_a(&self, territoire: Territoire) -> chrono::NaiveDate {
        jour_local(self.acteur.le, territoire)
    }

    /// The instant of the act (UTC).
    pub fn le(&self) -> NaiveDateTime {
        self.acteur.le
    }
}

/// What a line of the timeline is about.
#[derive(Debug, Clone, Copy, Default)]
pub struct Objet<'a> {
    /// The CPAM.
    pub caisse_code: Option<&'a str>,
    /// The case whose timeline it is.
    pub dossier_id: Option<i64>,
    /// A second case that it happened to: the departure whose place a request is about, the call on a place.
    pub lie_id: Option<i64>,
}

impl<'a> Objet<'a> {
    /// A case of a CPAM.
    pub fn dossier(caisse_code: &'a str, dossier_id: i64) -> Objet<'a> {
        Objet {
            caisse_code: Some(caisse_code),
            dossier_id: Some(dossier_id),
            lie_id: None,
        }
    }
}

/// Writes what happened in the timeline.
///
/// # Errors
/// [`DbError::Incoherent`]: a number that is not an integer.
pub fn tracer(tx: &mut WriteTx<'_>, acteur: &Acteur, objet: Objet<'_>, fait: Fait) -> DbResult<()> {
    evenement::inscrire(
        tx,
        &NouvelEvenement {
            le: acteur.le,
            acteur_id: acteur.id,
            acteur: &acteur.nom,
            caisse_code: objet.caisse_code,
            dossier_id: objet.dossier_id,
            lie_id: objet.lie_id,
            fait: &fait,
        },
    )
}
