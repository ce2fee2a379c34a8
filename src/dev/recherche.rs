//! The words by which generated requests are found.

use regles::mots;

use super::ecriture::Table;
use super::generation::{NOMS, PRENOMS};

/// By what each request is found, in the order of their identifiers: the ranks of the first name and of the name, the commune.
pub(super) struct Index(Vec<(usize, usize, u32)>);

impl Index {
    pub(super) fn pour(demandes: u32) -> Index {
        Index(Vec::with_capacity(demandes as usize))
    }

    pub(super) fn noter(&mut self, prenom: usize, nom: usize, commune: u32) {
        self.0.push((prenom, nom, commune));
    }

    /// The words of the requests of a CPAM, of this rank among so many, in the order of their table.
    pub(super) fn mots(&self, code: &str, rang: u32, caisses: u32) -> Table {
        let siens = self.0.iter().zip(1u32..);
        let mut lignes: Vec<(String, u32)> = siens
            .skip(rang as usize)
            .step_by(caisses as usize)
            .flat_map(|((prenom, nom, commune), id)| {
                let (prenom, nom) = (PRENOMS[*prenom], NOMS[*nom]);
                mots::mots(&format!("{nom} {prenom} {id} commune {commune}"))
                    .into_iter()
                    .map(move |mot| (mot, id))
            })
            .collect();
        lignes.sort_unstable();
        let lignes = lignes
            .into_iter()
            .map(|(mot, id)| format!("('{code}','{mot}',{id},'demande')"))
            .collect();
        ("dossier_mot", "caisse_code,mot,dossier_id,nature", lignes)
    }
}
