//! Tools of developers: a data set of the size of the country, the same each time and on both databases.

mod ecriture;
mod generation;
mod histoire;
mod index;
mod recherche;
mod reference;

pub use generation::{DEPOSANTS, Taille, generer, jeton_de_banc, jeton_de_deposant};
