//! The commune search box: a text field, a button and radio results without JavaScript; a combobox with it,
//! fed by `GET /communes?q=` as `[{"insee","nom","cp","departement"}]`.

use askama::Template;
use serde::Serialize;

use super::{ErreurResume, Exigence, composant};
use crate::web::filters;

/// A commune, as the search proposes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CommuneVue {
    /// INSEE code, the value of the field.
    pub insee: String,
    /// Name of the field in what is posted.
    pub nom: String,
    /// Postcode.
    pub cp: String,
    /// Name of the département.
    pub departement: String,
}

impl CommuneVue {
    /// «Martigues (13500, Bouches-du-Rhône)».
    pub fn libelle(&self) -> String {
        match self.cp.is_empty() {
            true => format!("{} ({})", self.nom, self.departement),
            false => format!("{} ({}, {})", self.nom, self.cp, self.departement),
        }
    }
}

/// The field. Posts `{nom}` (INSEE code, when chosen) and `{nom}_recherche` (what was typed). The button without
/// JavaScript posts the whole form with `_chercher={nom}`: the handler searches and shows the form again.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "ui/champ_commune.html")]
pub struct ChampCommune {
    /// Name of the field in what is posted.
    pub nom: String,
    /// The words shown.
    pub libelle: String,
    /// A hint under the label.
    pub aide: Option<String>,
    /// What is wrong, and how to put it right.
    pub erreur: Option<String>,
    /// Whether it must be filled.
    pub exigence: Exigence,
    /// What was typed.
    pub recherche: String,
    /// The commune chosen, when there is one.
    pub choisie: Option<CommuneVue>,
    /// The results; none when no search was made.
    pub resultats: Option<Vec<CommuneVue>>,
}

impl ChampCommune {
    /// A new one, with what it cannot do without.
    pub fn new(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self {
            nom: nom.into(),
            libelle: libelle.into(),
            aide: None,
            erreur: None,
            exigence: Exigence::default(),
            recherche: String::new(),
            choisie: None,
            resultats: None,
        }
    }

    /// Adds a hint.
    pub fn aide(mut self, aide: impl Into<String>) -> Self {
        self.aide = Some(aide.into());
        self
    }

    /// Says what is wrong, if anything.
    pub fn erreur(mut self, erreur: Option<impl Into<String>>) -> Self {
        self.erreur = erreur.map(Into::into);
        self
    }

    /// May be left empty.
    pub fn facultatif(mut self) -> Self {
        self.exigence = Exigence::Facultatif;
        self
    }

    /// What was typed in the search box.
    pub fn recherche(mut self, saisie: impl Into<String>) -> Self {
        self.recherche = saisie.into();
        self
    }

    /// The commune chosen before, if any.
    pub fn choisie(mut self, commune: Option<CommuneVue>) -> Self {
        self.choisie = commune;
        self
    }

    /// The communes found.
    pub fn resultats(mut self, communes: Vec<CommuneVue>) -> Self {
        self.resultats = Some(communes);
        self
    }

    /// Id of the control: where the summary links to.
    pub fn id(&self) -> String {
        format!("champ-{}", self.nom)
    }

    /// The line of the error summary, when there is an error.
    pub fn resume(&self) -> Option<ErreurResume> {
        self.erreur
            .as_ref()
            .map(|texte| ErreurResume::vers(self.id(), texte))
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
