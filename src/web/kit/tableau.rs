//! The table of a list, which becomes cards on a narrow screen: what its cells show, and what is done to the rows
//! that are ticked.

use askama::Template;

use super::liste::Valeur;
use crate::web::ui::{Icone, Suite, composant};

/// Who a row is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Personne {
    /// «Hélène Martin».
    pub nom: String,
    /// Her page, where the row has no other link.
    pub url: Option<String>,
    /// «Succession, Martigues».
    pub precision: Option<String>,
    /// «3 messages non lus», and where they are.
    pub non_lus: Option<(String, String)>,
    /// What calls for attention whatever falls due: «Audition demandée».
    pub marque: Option<&'static str>,
    /// The labels that have no column of their own.
    pub etiquettes: Vec<String>,
}

/// What a cell shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Montre {
    /// What the row says.
    Valeur(Valeur),
    /// Two lines, the second one quieter.
    Pile(String, String),
    /// The number of a case, and its page.
    Numero(String, String),
    /// Who it is about.
    Personne(Personne),
}

impl Montre {
    /// The first thing that the column says.
    pub fn premiere(parties: &[Valeur]) -> Montre {
        Montre::Valeur(parties.first().cloned().unwrap_or(Valeur::Rien("")))
    }

    /// A name, then its code in brackets.
    pub fn avec_code(parties: &[Valeur]) -> Montre {
        match parties {
            [nom, code, ..] => {
                Montre::Valeur(Valeur::Texte(format!("{} ({})", nom.mots(), code.mots())))
            }
            autres => Montre::premiere(autres),
        }
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LigneTableau {
    /// Its identifier, posted when it is ticked.
    pub id: i64,
    /// «le dossier 131-2026-000042».
    pub nom: String,
    /// The titles and what is under them, in order.
    pub cellules: Vec<(&'static str, Montre)>,
}

/// What is done to the rows that are ticked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lot {
    /// Where they are posted, as `dossier` (repeated) and `action`.
    pub url: String,
    /// The acts: (value of `action`, label).
    pub actions: Vec<(String, String)>,
    /// What is posted besides: (name, value).
    pub caches: Vec<(String, String)>,
    /// The token of the form.
    pub csrf: String,
}

/// A column that sorts: its title, where its head leads, and the order of the rows when they follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriVue {
    /// The title of the column.
    pub titre: &'static str,
    /// The list in the order that the head gives: the other one, when the rows follow it already.
    pub url: String,
    /// `ascending` or `descending`, as ARIA says it; nothing when the rows follow something else.
    pub sens: Option<&'static str>,
}

impl TriVue {
    fn icone(&self) -> Icone {
        match self.sens {
            None => Icone::Trier,
            Some("descending") => Icone::Descend,
            Some(_) => Icone::Monte,
        }
    }
}

/// A table: `{{ tableau }}`.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "kit/tableau.html")]
pub struct Tableau {
    pub(super) titre: &'static str,
    pub(super) legende: &'static str,
    pub(super) titres: Vec<&'static str>,
    pub(super) lignes: Vec<LigneTableau>,
    pub(super) tris: Vec<TriVue>,
    pub(super) lot: Option<Lot>,
    pub(super) suite: Suite,
}

impl Tableau {
    /// With heads that sort.
    pub fn trier(mut self, tris: Vec<TriVue>) -> Tableau {
        self.tris = tris;
        self
    }

    fn tri(&self, titre: &str) -> Option<&TriVue> {
        self.tris.iter().find(|t| t.titre == titre)
    }

    /// With boxes to tick.
    pub fn lot(mut self, lot: Lot) -> Tableau {
        self.lot = Some(lot);
        self
    }
}

composant!(Tableau);
