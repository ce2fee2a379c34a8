//! The queue of a CPAM: one line a file, seven columns at most, the reason it is here in words.

use askama::Template;

use super::{EcheanceVue, Pastille, Suite, composant};
use crate::web::filters;

/// A filter: a link above the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiltreVue {
    pub libelle: String,
    pub url: String,
    pub compte: Option<i64>,
    pub actif: bool,
}

/// One file of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LigneQueue {
    pub id: i64,
    /// «131-2026-000042».
    pub numero: String,
    pub url: String,
    /// «Mme Hélène Martin».
    pub nom: String,
    /// «Succession, Martigues».
    pub nature: String,
    /// Why the file is here: «Deux pièces reçues ce matin, à vérifier».
    pub raison: String,
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
    pub filtres: Vec<FiltreVue>,
    pub lignes: Vec<LigneQueue>,
    /// The acts on the selection: (value of `action`, label). Empty: no boxes to tick.
    pub actions: Vec<(String, String)>,
    /// Where the selection is posted, as `dossier` (repeated) and `action`.
    pub url: String,
    pub csrf: String,
    pub suite: Suite,
}

composant!(QueueVue);
