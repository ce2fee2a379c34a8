//! The rulebook as tables: facts, date, expected, article.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at the first surprise"
)]
#![allow(
    clippy::disallowed_methods,
    reason = "the folder of reference data is read from the environment"
)]

mod absence;
mod activite;
mod arretes;
mod attente;
mod bornes;
mod caisse;
mod calendrier;
mod charte;
mod classement;
mod commission;
mod contestation;
mod contrat_evaluation;
mod contrat_phrases;
mod controle;
mod correction;
mod couverture;
mod dates;
mod declaration;
mod decoupage;
mod delegation;
mod demande;
mod ecritures;
mod effet;
mod etats;
mod evenement;
mod explications;
mod fondements;
mod gestes;
mod manque;
mod mots;
mod mouvements;
mod notification;
mod nouveaute;
mod parametres;
mod parametres_locaux;
mod phrase;
mod pieces;
mod premiere_edition;
mod procedure;
mod proprietes;
mod recours;
mod redaction;
mod reduction;
mod registre_echeances;
mod retrait;
mod saisie;
mod seconde_edition;
mod signature;
mod silence;
mod simulation;
mod statistique;
mod statuts;
mod tables;
mod transitions;
