//! The rulebook as tables: facts, date, expected, article.

mod arretes;
mod bornes;
mod calendrier;
mod charte;
mod commande;
mod commission;
mod contrat_evaluation;
mod couverture;
mod dates;
mod declaration;
mod demande;
mod ecritures;
mod etats;
mod explications;
mod parametres;
mod parametres_locaux;
mod pieces;
mod proprietes;
mod reduction;
mod statuts;
mod tables;
