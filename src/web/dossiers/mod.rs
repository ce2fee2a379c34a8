//! The files of a CPAM: the queue, one file, and every act on it.

pub mod archive;
pub mod audition;
pub mod corriger;
pub mod courriel;
pub mod decision;
pub mod domicile;
pub mod dossier;
pub mod export;
pub mod file;
pub mod generales;
pub mod historique;
pub mod identite;
pub mod instruction;
pub mod lettre_signee;
pub mod mandat;
pub mod mots;
pub mod objet;
pub mod papier;
pub mod parcours;
pub mod pieces;
pub mod rectification;
pub mod retrait;
pub mod silence;
pub mod suites;
pub mod transmission;
pub mod travail;
