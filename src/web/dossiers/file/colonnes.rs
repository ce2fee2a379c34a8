//! The columns of the queue that one may choose, besides the file and the person.

use crate::web::ui::ColonneQueue;

/// A column.
pub use crate::web::ui::ColonneQueue as Colonne;

/// At most this many beside the file and the person: seven with them and the boxes to tick.
pub const COLONNES_MAX: usize = 4;

impl ColonneQueue {
    /// The columns named in an address, in its order; those of everybody when it names none.
    pub fn lire(noms: Option<&str>) -> Vec<ColonneQueue> {
        let mut colonnes: Vec<ColonneQueue> = Vec::new();
        for nom in noms.unwrap_or_default().split(',') {
            if let Ok(colonne) = nom.parse()
                && !colonnes.contains(&colonne)
            {
                colonnes.push(colonne);
            }
        }
        colonnes.truncate(COLONNES_MAX);
        if colonnes.is_empty() {
            ColonneQueue::DEFAUT.to_vec()
        } else {
            colonnes
        }
    }
}
