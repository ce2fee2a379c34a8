//! The commune search box: a text field, a button and radio results without JavaScript; a combobox with it,
//! fed by `GET /communes?q=` as `[{"insee","nom","cp","departement"}]`.

use askama::Template;
use regles::departement;
use regles::lieu::Lieu;
use serde::Serialize;

use super::{Exigence, composant};
use crate::db::commune::Commune;
use crate::web::filters;

/// A commune, as the search proposes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CommuneVue {
    /// INSEE code, the value of the field.
    pub insee: String,
    /// Name of the field in what is posted.
    pub nom: String,
    /// Postcode: the one that was typed, or the only one; empty where it has several.
    pub cp: String,
    /// Name of the département.
    pub departement: String,
}

impl CommuneVue {
    /// A commune as it is proposed to who typed this.
    pub fn pour(commune: Commune, tape: &str) -> CommuneVue {
        let codes: Vec<&str> = commune.codes_postaux.split(' ').collect();
        let tape = Lieu::lire(tape).code;
        let voulu = tape.and_then(|t| codes.iter().find(|c| c.starts_with(&t)).copied());
        let seul = match codes.as_slice() {
            [seul] => Some(*seul),
            _ => None,
        };
        CommuneVue {
            cp: voulu.or(seul).unwrap_or_default().to_owned(),
            departement: departement::nom(&commune.departement).to_owned(),
            insee: commune.insee,
            nom: commune.nom,
        }
    }

    /// «Martigues (13500, Bouches-du-Rhône)», «Aix-en-Provence (Bouches-du-Rhône)».
    pub fn libelle(&self) -> String {
        match self.cp.is_empty() {
            true => format!("{} ({})", self.nom, self.departement),
            false => format!("{} ({}, {})", self.nom, self.cp, self.departement),
        }
    }
}

/// How a field of a form draws it. Posts `{nom}` (INSEE code, when chosen) and `{nom}_recherche` (what was typed). The button without
/// JavaScript posts the whole form with `_chercher={nom}`: the handler searches and shows the form again.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "ui/champ_commune.html")]
pub(super) struct ChampCommune {
    /// Name of the field in what is posted.
    pub(super) nom: String,
    /// The words shown.
    pub(super) libelle: String,
    /// A hint under the label.
    pub(super) aide: Option<String>,
    /// What is wrong, and how to put it right.
    pub(super) erreur: Option<String>,
    /// Whether it must be filled.
    pub(super) exigence: Exigence,
    /// What was typed.
    pub(super) recherche: String,
    /// The commune chosen, when there is one.
    pub(super) choisie: Option<CommuneVue>,
    /// The results; none when no search was made.
    pub(super) resultats: Option<Vec<CommuneVue>>,
}

impl ChampCommune {
    fn id(&self) -> String {
        format!("champ-{}", self.nom)
    }

    fn decrit_par(&self) -> String {
        let aide = self.aide.as_ref().map(|_| format!("{}-aide", self.id()));
        let erreur = self
            .erreur
            .as_ref()
            .map(|_| format!("{}-erreur", self.id()));
        aide.into_iter().chain(erreur).collect::<Vec<_>>().join(" ")
    }

    /// What the text control shows.
    fn affichee(&self) -> String {
        match &self.choisie {
            Some(commune) if self.recherche.is_empty() => commune.libelle(),
            _ => self.recherche.clone(),
        }
    }

    /// The radio buttons: the results, and the commune chosen before if it is not among them.
    fn propositions(&self) -> Vec<&CommuneVue> {
        let resultats = self.resultats.iter().flatten();
        let gardee = self
            .choisie
            .iter()
            .filter(|c| !self.resultats.iter().flatten().any(|r| r.insee == c.insee));
        gardee.chain(resultats).collect()
    }

    fn est_choisie(&self, commune: &CommuneVue) -> bool {
        self.choisie
            .as_ref()
            .is_some_and(|c| c.insee == commune.insee)
    }

    fn sans_resultat(&self) -> bool {
        self.resultats.as_ref().is_some_and(Vec::is_empty)
    }
}

composant!(ChampCommune);
