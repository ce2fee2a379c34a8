//! What the caisse attests: a text frozen with its digest, that whoever receives it may check by its code.

mod conventionnement;
mod place;

pub use conventionnement::Conventionnement;
pub use place::Place;
