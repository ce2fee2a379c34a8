//! The rulebook as tables: facts, date, expected, article.

mod calendrier;
mod contrat_evaluation;
mod demande;
mod parametres;
