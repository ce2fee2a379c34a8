//! The queue of a CPAM: one line a file, seven columns at most, the reason it is here in words.

use askama::Template;
use chrono::NaiveDate;

use super::{EcheanceVue, Pastille, Suite, composant};
use crate::web::filters;

/// A filter: a link above the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiltreVue {
    /// The words shown.
    pub libelle: String,
    /// The page of the file.
    pub url: String,
    /// How many, in words: «12», «plus de 500».
    pub compte: Option<String>,
    /// The filter in use.
    pub actif: bool,
}

regles::text_enum! {
    /// A column beside the file and the person.
    pub enum ColonneQueue {
        /// Why the file is here.
        Raison = "raison", "Pourquoi ici";
        /// Its state.
        Etat = "etat", "État";
        /// What falls due next.
        Echeance = "echeance", "Échéance";
        /// Who holds it.
        Suivi = "suivi", "Suivi par";
        /// When it was filed.
        Depot = "depot", "Déposée le";
        /// What it rests on.
        Nature = "nature", "Nature";
        /// Commune of practice.
        Commune = "commune", "Commune";
        /// Zone of practice.
        Zone = "zone", "Zone";
        /// RPPS of the applicant.
        Rpps = "rpps", "RPPS";
        /// Its labels.
        Etiquettes = "etiquettes", "Étiquettes";
    }
}

impl ColonneQueue {
    /// What is shown to who has chosen nothing.
    pub const DEFAUT: [ColonneQueue; 4] = [
        ColonneQueue::Raison,
        ColonneQueue::Etat,
        ColonneQueue::Echeance,
        ColonneQueue::Suivi,
    ];
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
    /// What falls due first: its place in the list.
    pub rang: NaiveDate,
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
    /// The labels on it.
    pub etiquettes: Vec<String>,
    /// How many messages of the person nobody of the CPAM has read.
    pub non_lus: i64,
    /// The words of the columns that have no form of their own.
    pub textes: Vec<(ColonneQueue, String)>,
}

impl LigneQueue {
    /// «Un message non lu», «3 messages non lus»; nothing when all is read.
    fn mention_non_lus(&self) -> Option<String> {
        match self.non_lus {
            0 => None,
            1 => Some("Un message non lu".to_owned()),
            n => Some(format!("{n}\u{a0}messages non lus")),
        }
    }

    fn texte(&self, colonne: &ColonneQueue) -> &str {
        self.textes
            .iter()
            .find(|(c, _)| c == colonne)
            .map_or("", |(_, t)| t.as_str())
    }
}

/// The queue: `{{ queue }}`.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "ui/queue.html")]
pub struct QueueVue {
    /// The filters, as links.
    pub filtres: Vec<FiltreVue>,
    /// The columns, after the file and the person.
    pub colonnes: Vec<ColonneQueue>,
    /// What the address of a file keeps of this list, as a query string; nothing where it keeps none.
    pub provenance: Option<String>,
    /// The lines, in order.
    pub lignes: Vec<LigneQueue>,
    /// The acts on the selection: (value of `action`, label). Empty: no boxes to tick.
    pub actions: Vec<(String, String)>,
    /// Where the selection is posted, as `dossier` (repeated) and `action`.
    pub url: String,
    /// What is posted besides: (name, value).
    pub caches: Vec<(String, String)>,
    /// The token of the form.
    pub csrf: String,
    /// The way to the next page.
    pub suite: Suite,
}

impl QueueVue {
    fn adresse(&self, ligne: &LigneQueue, suite: &str) -> String {
        match &self.provenance {
            Some(liste) => format!("{}{suite}?{liste}&rang={}", ligne.url, ligne.rang),
            None => format!("{}{suite}", ligne.url),
        }
    }

    fn etiquettes_a_part(&self) -> bool {
        self.colonnes.contains(&ColonneQueue::Etiquettes)
    }
}

composant!(QueueVue);
