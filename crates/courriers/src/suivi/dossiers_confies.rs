//! Many files are given to a colleague at once.

use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the colleague.
#[derive(Debug)]
pub struct DossiersConfies<'a> {
    /// Whom it greets.
    pub agent: &'a str,
    /// Who acts.
    pub par: &'a str,
    pub nombre: i64,
}

impl Courrier for DossiersConfies<'_> {
    fn lettre(&self) -> Lettre {
        let dossiers = texte::pluriel(self.nombre, "dossier", "dossiers");
        Lettre::new(Modele::DossiersConfies, format!("{dossiers} à suivre"))
            .a(self.agent)
            .paragraphe(format!("{} vous confie {dossiers}.", self.par))
            .action("Voir mes dossiers", "/dossiers?suivi=moi")
    }
}
