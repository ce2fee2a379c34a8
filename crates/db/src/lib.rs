//! What is stored: the only floor that knows SQL. One file of queries per subject.
//!
//! Reads take `&mut AnyConn`; writes take `&mut WriteTx`, which only [`Db::write`] opens.

pub mod absence;
pub mod agenda;
pub mod appel;
pub mod appel_suite;
pub mod arrete;
pub mod arrete_deplacement;
pub mod arrete_effet;
pub mod arrete_liste;
pub mod arrete_synthese;
pub mod attestation;
pub mod audition;
pub mod autour;
pub mod avis_rendu;
pub mod ayant_droit;
pub mod brouillon;
pub mod cadre;
pub mod caisse;
pub mod candidature;
pub mod chaine;
pub mod changement;
pub mod charte;
pub mod chiffrement;
mod codes;
pub mod commune;
pub mod compte;
pub mod comptes;
mod condition;
mod conditions;
pub mod consentement;
pub mod contrainte;
pub mod conversation;
pub mod correction;
pub mod courriel;
pub mod decision;
pub mod decompte;
pub mod delegation;
pub mod demande;
pub mod demande_etat;
mod demande_suites;
pub mod depart;
pub mod deposant;
pub mod designation;
pub mod destinataire;
pub mod dialect;
pub mod document_emis;
pub mod dossier;
pub mod echeance;
mod enonce;
pub mod ensemble;
pub mod envoi;
pub mod equipe;
mod essai;
pub mod etiquette;
pub mod evenement;
pub mod fiche;
pub mod file;
pub mod file_comptes;
mod fils;
pub mod grand_livre;
mod groupe;
pub mod identite;
pub mod incitation;
pub mod jalon;
pub mod jeton;
pub mod journal;
pub mod kine;
pub mod lettre;
pub mod logo;
pub mod lot;
pub mod mandat;
pub mod message;
pub mod migration;
pub mod motif;
pub mod mots;
pub mod note;
pub mod nouveaute;
pub mod ouverts;
pub mod papier;
pub mod parametre;
pub mod parapheur;
pub mod patience;
pub mod phrase;
pub mod piece;
pub mod place;
pub mod pool;
pub mod preference;
mod premieres;
pub mod preparation;
pub mod presence;
pub mod rappel;
pub mod recherche;
pub mod recours;
pub mod reduction;
pub mod reglement;
pub mod reponse_gardee;
pub mod representant;
pub mod resolveur;
pub mod sans_objet;
pub mod schema;
pub mod scope;
mod service;
pub mod session;
pub mod signature;
pub mod silence;
pub mod statistique;
pub mod statistique_nationale;
pub mod tache;
pub mod transmission;
pub mod trimestre;
pub mod verification;
pub mod voisinage;
pub mod vue;
pub mod zonage;

pub use dialect::AnyConn;
pub use migration::migrate;
pub use patience::Patience;
pub use pool::{Db, WriteTx};
pub use scope::CpamScope;

use contrainte::Contrainte;

/// What can go wrong on this floor.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The address names no database that Relève knows.
    #[error("adresse de base non reconnue : {0}")]
    Adresse(String),
    /// A rule held by the database itself refused the write.
    #[error("contrainte {0:?} refusée")]
    Contrainte(Contrainte),
    /// The row changed since it was read: somebody else was faster.
    #[error("modifié entre-temps")]
    Perime,
    /// The row does not exist, or is out of the caller's scope.
    #[error("introuvable")]
    Introuvable,
    /// A stored value that no code of ours writes: the base was changed by other hands.
    #[error("valeur stockée inattendue : {0}")]
    Incoherent(String),
    /// No connection could be opened.
    #[error("connexion indisponible : {0}")]
    Connexion(String),
    /// A turn, a lock or a statement took longer than [`Patience`] allows: nothing was written.
    #[error("la base est restée occupée trop longtemps")]
    Occupee,
    /// The disk of the base is full: nothing was written.
    #[error("plus de place sur le disque de la base")]
    SansPlace,
    /// The connection died while it was used: nothing was written.
    #[error("connexion coupée : {0}")]
    Coupee(String),
    /// The connection died while the transaction was committed: it may have been written or not.
    #[error("connexion coupée pendant l’enregistrement : {0}")]
    Incertaine(String),
    /// The thread that did it stopped.
    #[error("interrompu : {0}")]
    Interrompu(String),
    /// The migrations could not be applied.
    #[error("migration : {0}")]
    Migration(String),
    /// The base was migrated by a later version of Relève, whose migrations these are: this one would spoil it.
    #[error(
        "la base vient d’une version plus récente de Relève (migrations : {}). Lancez cette version, ou une plus récente ; rien n’a été modifié",
        .0.join(", ")
    )]
    PlusRecente(Vec<String>),
    /// Any other refusal of the database.
    #[error("base de données : {0}")]
    Requete(#[source] diesel::result::Error),
}

impl DbError {
    /// Whether the same, asked again later, may well succeed, and is known not to have been done.
    pub fn passagere(&self) -> bool {
        matches!(
            self,
            DbError::Occupee | DbError::SansPlace | DbError::Coupee(_) | DbError::Connexion(_)
        )
    }
}

impl From<diesel::result::Error> for DbError {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind as Kind, Error};
        match error {
            Error::NotFound => DbError::Introuvable,
            Error::DatabaseError(Kind::SerializationFailure, _) => DbError::Perime,
            Error::DatabaseError(Kind::ClosedConnection | Kind::UnableToSendCommand, info) => {
                DbError::Coupee(info.message().to_owned())
            }
            Error::DatabaseError(Kind::Unknown, ref info) if patience::expiree(info.message()) => {
                DbError::Occupee
            }
            Error::DatabaseError(Kind::Unknown, ref info) if patience::pleine(info.message()) => {
                DbError::SansPlace
            }
            Error::DatabaseError(kind, ref info) => match contrainte::reconnaitre(info.as_ref()) {
                Some(contrainte) => DbError::Contrainte(contrainte),
                // What two write at the same instant, and whoever came second has to see first.
                None if matches!(kind, Kind::UniqueViolation) => DbError::Perime,
                None => DbError::Requete(error),
            },
            autre => DbError::Requete(autre),
        }
    }
}

/// The result of this floor.
pub type DbResult<T> = Result<T, DbError>;

/// Says that exactly one row had to change: none means that it changed meanwhile.
///
/// # Errors
/// [`DbError::Perime`] when no row was touched.
pub fn une_ligne(touchees: usize) -> DbResult<()> {
    if touchees == 1 {
        Ok(())
    } else {
        Err(DbError::Perime)
    }
}
