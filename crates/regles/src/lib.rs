//! What the convention says: pure functions and types; no I/O, no clock, no SQL.
//!
//! The order of the rooms is that of the rulebook: what a rule is (`regle`), the dated parameters
//! (`reglement`), zoning, places, conventionnement, deadlines and reminders, contracts. Around them, `evaluer` takes
//! facts and gives answers as JSON, `evenement` says what people did, and `texte` writes French; no rule knows these three.
//!
//! The feature `base` lets the enumerations be stored by Diesel; nothing of Diesel is compiled without it.

#[macro_use]
mod text_enum;

pub mod absence;
pub mod accuse;
pub mod alternative;
pub mod appel;
pub mod arrete;
pub mod attente;
pub mod bareme;
pub mod caisse;
pub mod calendrier;
pub mod catalogue;
pub mod changement;
pub mod charte;
pub mod commission;
pub mod conclusion;
pub mod condition;
pub mod contestation;
pub mod contrat;
pub mod controle;
pub mod conventionnement;
pub mod correction;
pub mod dates_fr;
pub mod decimale;
pub mod decision;
pub mod delegation;
pub mod demande;
pub mod depart;
pub mod departement;
pub mod derogation;
pub mod designation;
pub mod dossier;
pub mod droits;
pub mod echeance;
pub mod ecrit;
pub mod effet;
pub mod eligibilite;
pub mod enonce;
pub mod evaluer;
pub mod evenement;
pub mod fondement;
pub mod fuseau;
pub mod generales;
pub mod geste;
pub mod grand_livre;
pub mod identifiants;
pub mod identite;
pub mod incitation;
pub mod lieu;
pub mod liste_pieces;
pub mod lot;
pub mod manque;
pub mod montant;
pub mod motivation;
pub mod mots;
pub mod notification;
pub mod parametre;
pub mod partage;
pub mod passage;
pub mod phrase;
pub mod piece;
pub mod pieces_requises;
pub mod place;
pub mod preference;
pub mod preparation;
pub mod rappel;
pub mod recours;
pub mod redaction;
pub mod reduction;
pub mod refus;
pub mod regle;
pub mod reglement;
pub mod representation;
pub mod reserve;
pub mod resiliation;
pub mod restitution;
pub mod retrait;
pub mod saisie;
pub mod sante;
pub mod signature;
pub mod silence;
pub mod simulation;
pub mod stage;
pub mod statistique;
pub mod synthese;
pub mod texte;
pub mod transmission;
pub mod trimestre;
pub mod versement;
pub mod zonage;
