//! A form field: label above, hint, control sized to its content, error under it. An error never clears a value.

use askama::Template;

use super::commune::ChampCommune;
use super::{CommuneVue, ErreurResume, composant};
use crate::web::filters;

/// How wide a control is: a guess of what it holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Taille {
    /// A year, a count.
    Mini,
    /// A date, a RPPS, a postcode.
    Court,
    /// A name, an e-mail address.
    #[default]
    Moyen,
    /// An address, a title.
    Long,
}

/// Whether the field must be filled; said in its label when it need not be, and to screen readers when it must.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Exigence {
    /// Must be filled. A box to tick is never told so: unticked is an answer.
    #[default]
    Requis,
    /// May be left empty.
    Facultatif,
    /// Must be filled in one case only, which the label says in these words: «à remplir pour un refus».
    Si(&'static str),
    /// May be left empty, and nothing need say so: a search, a file already received.
    Libre,
}

/// One option of a select or of radio buttons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choix {
    /// What was typed, shown again as it was.
    pub valeur: String,
    /// The words shown.
    pub libelle: String,
    /// A hint under the label.
    pub aide: Option<String>,
}

impl Choix {
    /// A new one, with what it cannot do without.
    pub fn new(valeur: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self {
            valeur: valeur.into(),
            libelle: libelle.into(),
            aide: None,
        }
    }

    /// Adds a hint.
    pub fn aide(mut self, aide: impl Into<String>) -> Self {
        self.aide = Some(aide.into());
        self
    }
}

/// What the person handles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Controle {
    /// One line of text.
    Texte,
    /// An e-mail address.
    Email,
    /// A password, never written back.
    MotDePasse,
    /// Whole number, typed with or without spaces: a text control with a numeric keyboard.
    Nombre,
    /// «12/03/2026» or «12 mars 2026»: a text control, the server reads both.
    Date,
    /// One of a list that unfolds.
    Liste(Vec<Choix>),
    /// One of a few, all visible.
    Radios(Vec<Choix>),
    /// One box to tick, worth `oui`; the label stands beside it.
    Case,
    /// Several lines of text: how many are shown.
    Zone(u8),
    /// A file or several; the list of accepted types, such as `.pdf,.jpg,.png`.
    Fichier {
        /// The `accept` attribute.
        accepte: String,
        /// Several files at once.
        plusieurs: bool,
        /// Largest accepted file, in bytes: the page says it before the file is sent.
        max: Option<usize>,
    },
    /// A commune to search for: what was typed, the one chosen, what the search found if one was made.
    Commune {
        /// What was typed.
        recherche: String,
        /// The commune chosen.
        choisie: Option<CommuneVue>,
        /// What was found; none when no search was made.
        resultats: Option<Vec<CommuneVue>>,
    },
    /// Not shown.
    Cache,
}

/// A form field: `{{ champ }}` draws the label, the control and the error.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "ui/champ.html")]
pub struct Champ {
    /// Name of the field in what is posted.
    pub nom: String,
    /// The words shown.
    pub libelle: String,
    /// The words shown with what was answered, when they are shorter.
    pub dit: Option<&'static str>,
    /// A hint under the label.
    pub aide: Option<String>,
    /// What was typed, shown again as it was.
    pub valeur: String,
    /// What is wrong, and how to put it right.
    pub erreur: Option<String>,
    /// Whether it must be filled.
    pub exigence: Exigence,
    /// How wide the control is.
    pub taille: Taille,
    /// HTML `autocomplete` token.
    pub autocomplete: Option<&'static str>,
    /// Written after the control: «actes», «€».
    pub unite: Option<&'static str>,
    /// What the person handles.
    pub controle: Controle,
}

impl Champ {
    /// A new one, with what it cannot do without.
    pub fn new(nom: impl Into<String>, libelle: impl Into<String>, controle: Controle) -> Self {
        Self {
            nom: nom.into(),
            libelle: libelle.into(),
            dit: None,
            aide: None,
            valeur: String::new(),
            erreur: None,
            exigence: Exigence::default(),
            taille: Taille::default(),
            autocomplete: None,
            unite: None,
            controle,
        }
    }

    /// One line of text.
    pub fn texte(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self::new(nom, libelle, Controle::Texte)
    }

    /// An e-mail address.
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

    /// A whole number.
    pub fn nombre(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self::new(nom, libelle, Controle::Nombre).taille(Taille::Mini)
    }

    /// A date, with an example as a hint.
    pub fn date(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self::new(nom, libelle, Controle::Date)
            .taille(Taille::Court)
            .aide("Par exemple 12/03/2026")
    }

    /// A list that unfolds; a first choice with an empty value says what to choose.
    pub fn liste(nom: impl Into<String>, libelle: impl Into<String>, choix: Vec<Choix>) -> Self {
        Self::new(nom, libelle, Controle::Liste(choix))
    }

    /// Radio buttons; the label is the question.
    pub fn radios(nom: impl Into<String>, libelle: impl Into<String>, choix: Vec<Choix>) -> Self {
        Self::new(nom, libelle, Controle::Radios(choix))
    }

    /// A box to tick.
    pub fn case(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        Self::new(nom, libelle, Controle::Case)
    }

    /// Several lines of text.
    pub fn zone(nom: impl Into<String>, libelle: impl Into<String>, lignes: u8) -> Self {
        Self::new(nom, libelle, Controle::Zone(lignes))
    }

    /// A PDF, JPEG or PNG file.
    pub fn fichier(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        let accepte = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png".to_owned();
        Self::new(
            nom,
            libelle,
            Controle::Fichier {
                accepte,
                plusieurs: false,
                max: None,
            },
        )
    }

    /// The largest file that its field accepts, in bytes.
    pub fn taille_max(mut self, octets: usize) -> Self {
        if let Controle::Fichier { max, .. } = &mut self.controle {
            *max = Some(octets);
        }
        self
    }

    /// A commune to search for: posts `{nom}` (INSEE code, when chosen) and `{nom}_recherche` (what was typed).
    pub fn commune(nom: impl Into<String>, libelle: impl Into<String>) -> Self {
        let controle = Controle::Commune {
            recherche: String::new(),
            choisie: None,
            resultats: None,
        };
        Self::new(nom, libelle, controle)
    }

    /// A hidden field.
    pub fn cache(nom: impl Into<String>, valeur: impl Into<String>) -> Self {
        Self::new(nom, "", Controle::Cache).valeur(valeur)
    }

    /// Says the field in other words, which only the page knows.
    pub fn libelle(mut self, libelle: impl Into<String>) -> Self {
        self.libelle = libelle.into();
        self
    }

    /// Adds a hint.
    pub fn aide(mut self, aide: impl Into<String>) -> Self {
        self.aide = Some(aide.into());
        self
    }

    /// What was typed, or `oui` for a ticked box. Passwords and files are never written back.
    pub fn valeur(mut self, valeur: impl Into<String>) -> Self {
        self.valeur = valeur.into();
        self
    }

    /// What may be chosen from, in a list or radio buttons.
    pub fn choix(mut self, proposes: Vec<Choix>) -> Self {
        if let Controle::Liste(choix) | Controle::Radios(choix) = &mut self.controle {
            *choix = proposes;
        }
        self
    }

    /// What was typed in the search for a commune.
    pub fn recherche(mut self, saisie: impl Into<String>) -> Self {
        if let Controle::Commune { recherche, .. } = &mut self.controle {
            *recherche = saisie.into();
        }
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

    /// To fill in one case only, said in the label: «à remplir pour un refus».
    pub fn si(mut self, cas: &'static str) -> Self {
        self.exigence = Exigence::Si(cas);
        self
    }

    /// May be left empty, without a word about it.
    pub fn libre(mut self) -> Self {
        self.exigence = Exigence::Libre;
        self
    }

    /// Sizes the control to what it holds.
    pub fn taille(mut self, taille: Taille) -> Self {
        self.taille = taille;
        self
    }

    /// What the browser may fill in.
    pub fn autocomplete(mut self, jeton: &'static str) -> Self {
        self.autocomplete = Some(jeton);
        self
    }

    /// Written after the control.
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

    /// The search of a commune, as its own component draws it.
    fn de_commune(
        &self,
        recherche: &str,
        choisie: &Option<CommuneVue>,
        resultats: &Option<Vec<CommuneVue>>,
    ) -> ChampCommune {
        ChampCommune {
            nom: self.nom.clone(),
            libelle: self.libelle.clone(),
            aide: self.aide.clone(),
            erreur: self.erreur.clone(),
            exigence: self.exigence,
            recherche: recherche.to_owned(),
            choisie: choisie.clone(),
            resultats: resultats.clone(),
        }
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

    fn requis(&self) -> bool {
        self.exigence == Exigence::Requis
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
