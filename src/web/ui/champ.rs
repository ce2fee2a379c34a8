//! A form field: label above, hint, control sized to its content, error under it. An error never clears a value.

use askama::Template;

use super::{ErreurResume, composant};
use crate::web::filters;

/// How wide a control is: a guess of what it holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Taille {
    /// A year, a count.
    Mini,
    /// A date, a RPPS, a postcode.
    Court,
    #[default]
    Moyen,
    /// An address, a title.
    Long,
}

/// One option of a select or of radio buttons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choix {
    pub valeur: String,
    pub libelle: String,
    pub aide: Option<String>,
}

impl Choix {
    pub fn new(valeur: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self {
            valeur: valeur.into(),
            libelle: libelle.into(),
            aide: None,
        }
    }

    pub fn aide(mut self, aide: impl Into<String>) -> Self {
        self.aide = Some(aide.into());
        self
    }
}

/// What the person handles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Controle {
    Texte,
    Email,
    MotDePasse,
    /// Whole number, typed with or without spaces: a text control with a numeric keyboard.
    Nombre,
    /// «12/03/2026» or «12 mars 2026»: a text control, the server reads both.
    Date,
    Liste(Vec<Choix>),
    Radios(Vec<Choix>),
    /// One box to tick, worth `oui`; the label stands beside it.
    Case,
    Zone(u8),
    /// A file or several; the list of accepted types, such as `.pdf,.jpg,.png`.
    Fichier {
        accepte: String,
        plusieurs: bool,
    },
    Cache,
}

/// A form field: `{{ champ }}` draws the label, the control and the error.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "ui/champ.html")]
pub struct Champ {
    pub nom: String,
    pub libelle: String,
    pub aide: Option<String>,
    pub valeur: String,
    pub erreur: Option<String>,
    pub facultatif: bool,
    pub taille: Taille,
    /// HTML `autocomplete` token.
    pub autocomplete: Option<&'static str>,
    /// Written after the control: «actes», «€».
    pub unite: Option<&'static str>,
    pub controle: Controle,
}

impl Champ {
    pub fn new(nom: impl Into<String>, libelle: impl Into<String>, controle: Controle) -> Self {
        Self {
            nom: nom.into(),
            libelle: libelle.into(),
            aide: None,
            valeur: String::new(),
            erreur: None,
            facultatif: false,
            taille: Taille::default(),
            autocomplete: None,
            unite: None,
            controle,
        }
    }

    pub fn texte(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self::new(nom, libelle, Controle::Texte)
    }

    pub fn email(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self::new(nom, libelle, Controle::Email).autocomplete("email")
    }

    /// `autocomplete` is `current-password` or `new-password`.
    pub fn mot_de_passe(
        nom: impl Into<String>,
        libelle: impl Into<String>,
        autocomplete: &'static str,
    ) -> Self {
        Self::new(nom, libelle, Controle::MotDePasse).autocomplete(autocomplete)
    }

    pub fn nombre(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self::new(nom, libelle, Controle::Nombre).taille(Taille::Mini)
    }

    pub fn date(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self::new(nom, libelle, Controle::Date)
            .taille(Taille::Court)
            .aide("Par exemple 12/03/2026")
    }

    pub fn liste(nom: impl Into<String>, libelle: impl Into<String>, choix: Vec<Choix>) -> Self {
        Self::new(nom, libelle, Controle::Liste(choix))
    }

    pub fn radios(nom: impl Into<String>, libelle: impl Into<String>, choix: Vec<Choix>) -> Self {
        Self::new(nom, libelle, Controle::Radios(choix))
    }

    pub fn case(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self::new(nom, libelle, Controle::Case)
    }

    pub fn zone(nom: impl Into<String>, libelle: impl Into<String>, lignes: u8) -> Self {
        Self::new(nom, libelle, Controle::Zone(lignes))
    }

    pub fn fichier(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        let accepte = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png".to_owned();
        Self::new(
            nom,
            libelle,
            Controle::Fichier {
                accepte,
                plusieurs: false,
            },
        )
    }

    pub fn cache(nom: impl Into<String>, valeur: impl Into<String>) -> Self {
        Self::new(nom, "", Controle::Cache).valeur(valeur)
    }

    pub fn aide(mut self, aide: impl Into<String>) -> Self {
        self.aide = Some(aide.into());
        self
    }

    /// What was typed, or `oui` for a ticked box. Passwords and files are never written back.
    pub fn valeur(mut self, valeur: impl Into<String>) -> Self {
        self.valeur = valeur.into();
        self
    }

    pub fn erreur(mut self, erreur: Option<impl Into<String>>) -> Self {
        self.erreur = erreur.map(Into::into);
        self
    }

    pub fn facultatif(mut self) -> Self {
        self.facultatif = true;
        self
    }

    pub fn taille(mut self, taille: Taille) -> Self {
        self.taille = taille;
        self
    }

    pub fn autocomplete(mut self, jeton: &'static str) -> Self {
        self.autocomplete = Some(jeton);
        self
    }

    pub fn unite(mut self, unite: &'static str) -> Self {
        self.unite = Some(unite);
        self
    }

    /// Id of the control (of the first option, for radio buttons): where the summary links to.
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
        let mut ids = Vec::new();
        if self.aide.is_some() {
            ids.push(format!("{}-aide", self.id()));
        }
        if self.erreur.is_some() {
            ids.push(format!("{}-erreur", self.id()));
        }
        ids.join(" ")
    }

    fn classe_taille(&self) -> &'static str {
        match self.taille {
            Taille::Mini => "saisie saisie--mini",
            Taille::Court => "saisie saisie--court",
            Taille::Moyen => "saisie",
            Taille::Long => "saisie saisie--long",
        }
    }

    fn type_html(&self) -> &'static str {
        match self.controle {
            Controle::Email => "email",
            Controle::MotDePasse => "password",
            _ => "text",
        }
    }

    fn coche(&self, choix: &Choix) -> bool {
        self.valeur == choix.valeur
    }
}

composant!(Champ);
