//! The rulebook as tables: facts, date, expected, article.

mod calendrier;
mod demande;
mod parametres;
