//! The timeline of a case, whatever its nature: its last events, by kind, and everything on demand.

mod chronologie;

use askama::Template;
use regles::evenement::Famille;
use regles::texte;
use serde::Deserialize;

use crate::db::evenement::{self, Evenement};
use crate::web::filters;
use crate::web::ui::{ChronologieVue, FiltreVue, composant};
use crate::web::visite::Visite;

/// What `historique` says to see everything.
const TOUT: &str = "tout";
/// Where the timeline is on the page.
const ANCRE: &str = "#d-chronologie";

/// What the address of a case asks of its timeline: a kind of event, everything, or nothing in particular.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Portee {
    historique: Option<String>,
}

impl Portee {
    /// How many events to read: the last ones, all of them for whoever asks for a kind or for everything.
    pub fn limite(&self) -> i64 {
        match self.historique {
            None => evenement::RECENTS,
            Some(_) => i64::MAX,
        }
    }

    fn famille(&self) -> Option<Famille> {
        self.historique.as_deref()?.parse().ok()
    }
}

/// The timeline with its kinds: `{{ historique }}`.
#[derive(Template)]
#[template(path = "dossiers/historique.html")]
pub struct HistoriqueVue {
    sortes: Vec<FiltreVue>,
    /// Folded to its last event, where the page has much to say; open for who asks for it.
    plie: bool,
    /// The last thing that happened, in a sentence.
    dernier: Option<String>,
    chronologie: ChronologieVue,
    /// Where everything is, when these are the last events only.
    tout: Option<String>,
}

composant!(HistoriqueVue);

impl HistoriqueVue {
    /// What was read of a case, on its page.
    pub fn new(
        visite: &Visite,
        page: &str,
        portee: &Portee,
        evenements: &[Evenement],
    ) -> HistoriqueVue {
        let vers = |sorte: &str| visite.garder(&format!("{page}?historique={sorte}{ANCRE}"));
        // As many as were read: there may be others before them.
        let lus = i64::try_from(evenements.len());
        let tout = lus
            .is_ok_and(|lus| lus >= portee.limite())
            .then(|| vers(TOUT));
        let choisie = portee.famille();
        let presentes: Vec<Famille> = Famille::TOUS
            .iter()
            .copied()
            .filter(|f| evenements.iter().any(|e| famille(e) == *f))
            .collect();
        let mut sortes = Vec::new();
        if presentes.len() > 1 {
            sortes.push(FiltreVue {
                libelle: "Tout".to_owned(),
                url: visite.garder(&format!("{page}{ANCRE}")),
                compte: None,
                actif: choisie.is_none(),
            });
            sortes.extend(presentes.iter().map(|f| FiltreVue {
                libelle: f.libelle().to_owned(),
                url: vers(f.as_str()),
                compte: None,
                actif: choisie == Some(*f),
            }));
        }
        let montre =
            |e: &&Evenement| sortes.is_empty() || choisie.is_none_or(|voulue| famille(e) == voulue);
        HistoriqueVue {
            chronologie: chronologie::chronologie(evenements.iter().filter(montre)),
            sortes,
            plie: false,
            dernier: evenements.iter().max_by_key(|e| e.id).map(|e| {
                format!(
                    "{}, {} {}",
                    texte::datetime_fr(e.le),
                    e.acteur.nom,
                    e.fait.phrase()
                )
            }),
            tout,
        }
    }
}

impl HistoriqueVue {
    /// Folded, unless the address asks for it.
    pub fn plie(mut self, portee: &Portee) -> HistoriqueVue {
        self.plie = portee.historique.is_none();
        self
    }
}

fn famille(e: &Evenement) -> Famille {
    e.fait.code().famille()
}
