//! The queue of a CPAM: one line a file, seven columns at most, the reason it is here in words.

use askama::Template;

use super::{EcheanceVue, Pastille, Suite, composant};
use crate::web::filters;

/// A filter: a link above the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiltreVue {
    /// The words shown.
    pub libelle: String,
    /// The page of the file.
    pub url: String,
    /// How many.
    pub compte: Option<i64>,
    /// The filter in use.
    pub actif: bool,
}

/// One file of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LigneQueue {
    /// Number of the file, posted as `dossier`.
    pub id: i64,
    /// «131-2026-000042».
    pub numero: String,
    /// The page of the file.
    pub url: String,
    /// «Mme Hélène Martin».
    pub nom: String,
    /// «Succession, Martigues».
    pub nature: String,
    /// Why the file is here: «Deux pièces reçues ce matin, à vérifier».
    pub raison: String,
    /// The state of the file.
    pub etat: Pastille,
    /// The next deadline, if one runs.
    pub echeance: Option<EcheanceVue>,
    /// Who holds the file.
    pub suivi: Option<String>,
}

/// The queue: `{{ queue }}`.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "ui/queue.html")]
pub struct QueueVue {
    /// The filters, as links.
    pub filtres: Vec<FiltreVue>,
    /// The lines, in order.
    pub lignes: Vec<LigneQueue>,
    /// The acts on the selection: (value of `action`, label). Empty: no boxes to tick.
    pub actions: Vec<(String, String)>,
    /// Where the selection is posted, as `dossier` (repeated) and `action`.
    pub url: String,
    /// The token of the form.
    pub csrf: String,
    /// The way to the next page.
    pub suite: Suite,
}

composant!(QueueVue);
