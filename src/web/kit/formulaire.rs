//! A form is a typed struct that says its fields once: their reading, their drawing and their errors come from there.

pub use formulaire_derive::Formulaire;

use super::commune::Communes;
use super::erreurs::Erreurs;
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix, Controle, ErreurResume, Exigence, Taille};

/// A form. Derived on a struct, each field of which says what it is:
///
/// ```ignore
/// #[derive(Formulaire)]
/// struct Constat {
///     #[champ(libelle = "Ce que vous constatez", manque = "Choisissez la fin ou le renouvellement.")]
///     suite: SuiteReduction,
///     #[champ(libelle = "Durée du renouvellement", unite = "mois", bornes = (1, 120),
///             exigence = Si("à remplir pour un renouvellement"))]
///     duree_mois: Option<i64>,
///     #[champ(libelle = "Sur quoi vous vous fondez", zone = 3, aide = "Un courrier, un relevé d’activité.")]
///     motif: String,
/// }
/// ```
///
/// The type says how the text is read, and which control shows it unless the field says another:
///
/// | type | read as | control |
/// | --- | --- | --- |
/// | `String` | the text without the spaces around it | one line; `courriel`, `mot_de_passe`, `zone = 3` |
/// | `i16` to `i64`, `u8` to `u32` | a whole number, with or without spaces | a number; `radios` and `liste` for the number of an object |
/// | `NaiveDate` | «12/03/2026», «12 mars 2026», «2026-03-12» | a date |
/// | `bool` | `oui`, `non` | radio buttons; `case` for a box, which says yes or no by itself |
/// | `Insee` | a commune chosen, or the only one of that name | the search for a commune |
/// | any other | through `FromStr`: a `text_enum!`, an identifier | radio buttons; `liste`; `texte` or `nombre` for an identifier |
/// | `Option` of these | nothing, where nothing is said | the same |
///
/// A field that is marked `groupe` stands for those of its type, which is a form: what several forms ask alike is declared
/// once.
///
/// Besides, a field says `libelle`, `dit` (a shorter label, where it is shown with what was answered), `aide`, `exigence` (`Requis`, `Facultatif` for an `Option`, `Libre`, `Si("…")`;
/// an `Option` that is `Requis` is asked for by [`Formulaire::exiger`], for what may also be read incomplete),
/// `taille`, `manque` (the sentence when it is not filled, or is none of what may be chosen), `longueur` (characters at most), `bornes` (least, greatest),
/// `autocomplete`, `unite`, `choix` (a function), `nom` when the field posted has another name, and `cache` for what is
/// not shown. A text without `manque` may be read empty: the act says what it asks for.
///
/// What only the database knows is given when the form is drawn, by the constant of each field:
/// `Constat::champs(&saisie, &erreurs).regler(Constat::SUITE, |c| c.choix(suites))`.
pub trait Formulaire: Sized {
    /// Its own fields, without those of its groups.
    const CHAMPS: &'static [Declaration];

    /// All its fields, in the order of the page.
    fn declarations() -> Vec<Declaration> {
        Self::CHAMPS.to_vec()
    }

    /// Reads what was sent, and the communes that it was found to name; or says what is wrong beside each field.
    ///
    /// # Errors
    /// Every field that is wrong, not only the first.
    fn lire_avec(saisie: &Saisie, communes: &Communes) -> Result<Self, Erreurs>;

    /// What the form holds, as one would type it: to correct something that exists.
    fn ecrire(&self) -> Saisie;

    /// Reads a form without a commune.
    ///
    /// # Errors
    /// Every field that is wrong, not only the first.
    fn lire(saisie: &Saisie) -> Result<Self, Erreurs> {
        Self::lire_avec(saisie, &Communes::default())
    }

    /// The names of the fields: what a draft keeps.
    fn noms() -> impl Iterator<Item = &'static str> {
        Self::declarations().into_iter().map(|c| c.nom)
    }

    /// What must be filled and is not, among the fields that may be read empty.
    fn exiger(saisie: &Saisie) -> Erreurs {
        let mut erreurs = Erreurs::default();
        for champ in Self::declarations() {
            let requis = champ.exigence == Exigence::Requis && saisie.option(champ.nom).is_none();
            if let Some(manque) = champ.manque.filter(|_| requis) {
                erreurs.noter(champ.nom, manque);
            }
        }
        erreurs
    }

    /// What it holds, each field with what was answered, in words.
    fn dits(&self) -> Vec<Fait> {
        Self::champs(&self.ecrire(), &Erreurs::default()).dits()
    }

    /// The fields with what was typed and what is wrong with it.
    fn champs(saisie: &Saisie, erreurs: &Erreurs) -> Champs {
        let champs = Self::declarations().into_iter().map(|c| {
            let champ = c.champ().erreur(erreurs.de(c.nom));
            match c.genre {
                Genre::Commune => champ.recherche(saisie.texte(&format!("{}_recherche", c.nom))),
                _ => champ.valeur(saisie.texte(c.nom)),
            }
        });
        Champs(champs.collect())
    }
}

/// What a field says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Declaration {
    /// Its name in what is posted.
    pub nom: &'static str,
    /// The words shown.
    pub libelle: &'static str,
    /// Those shown with what was answered, when they are shorter.
    pub dit: Option<&'static str>,
    /// A hint under the label.
    pub aide: Option<&'static str>,
    /// What the person handles.
    pub genre: Genre,
    /// Whether it must be filled.
    pub exigence: Exigence,
    /// How wide the control is; none for that of the control.
    pub taille: Option<Taille>,
    /// What is said when it must be filled and is not, or when a date, a choice or an identifier does not read.
    pub manque: Option<&'static str>,
    /// Characters at most.
    pub longueur: Option<usize>,
    /// The least and the greatest number.
    pub bornes: Option<(i64, i64)>,
    /// HTML `autocomplete` token.
    pub autocomplete: Option<&'static str>,
    /// Written after the control.
    pub unite: Option<&'static str>,
}

/// What the person handles; see [`Controle`].
#[derive(Debug, Clone, Copy)]
pub enum Genre {
    /// One line of text.
    Texte,
    /// An e-mail address.
    Courriel,
    /// A password, never written back.
    MotDePasse,
    /// A whole number.
    Nombre,
    /// A date.
    Date,
    /// One of a list that unfolds.
    Liste(fn() -> Vec<Choix>),
    /// One of a few, all visible.
    Radios(fn() -> Vec<Choix>),
    /// One box to tick.
    Case,
    /// Several lines of text: how many are shown.
    Zone(u8),
    /// A commune to search for.
    Commune,
    /// Not shown.
    Cache,
}

impl Declaration {
    /// The field, empty.
    fn champ(&self) -> Champ {
        let (nom, libelle) = (self.nom, self.libelle);
        let mut champ = match self.genre {
            Genre::Texte => Champ::texte(nom, libelle),
            Genre::Courriel => Champ::email(nom, libelle),
            Genre::MotDePasse => Champ::new(nom, libelle, Controle::MotDePasse),
            Genre::Nombre => Champ::nombre(nom, libelle),
            Genre::Date => Champ::date(nom, libelle),
            Genre::Liste(choix) => Champ::liste(nom, libelle, choix()),
            Genre::Radios(choix) => Champ::radios(nom, libelle, choix()),
            Genre::Case => Champ::case(nom, libelle),
            Genre::Zone(lignes) => Champ::zone(nom, libelle, lignes),
            Genre::Commune => Champ::commune(nom, libelle),
            Genre::Cache => Champ::cache(nom, ""),
        };
        champ.exigence = self.exigence;
        champ.taille = self.taille.unwrap_or(champ.taille);
        champ.aide = self.aide.map(str::to_owned).or(champ.aide);
        champ.autocomplete = self.autocomplete.or(champ.autocomplete);
        champ.unite = self.unite;
        champ.dit = self.dit;
        champ
    }
}

/// «Oui» or «Non»: what a `bool` is chosen from.
pub fn oui_non() -> Vec<Choix> {
    vec![Choix::new("oui", "Oui"), Choix::new("non", "Non")]
}

/// A label and what is said under it.
pub type Fait = (String, String);

/// The fields of a form, as they are drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Champs(Vec<Champ>);

impl Champs {
    /// Those of several forms of one page.
    pub fn ensemble<'a>(formulaires: impl IntoIterator<Item = &'a Champs>) -> Champs {
        Champs(formulaires.into_iter().flatten().cloned().collect())
    }

    /// Adjusts a field by its name; a form without that field stays as it is.
    pub fn regler(mut self, nom: &str, reglage: impl FnOnce(Champ) -> Champ) -> Champs {
        if let Some(champ) = self.0.iter_mut().find(|c| c.nom == nom) {
            *champ = reglage(champ.clone());
        }
        self
    }

    /// Adds a field at the end: a document, something that only the database knows.
    pub fn avec(mut self, champ: Champ) -> Champs {
        self.0.push(champ);
        self
    }

    /// Whether a document is asked for.
    pub fn televerse(&self) -> bool {
        self.0
            .iter()
            .any(|c| matches!(c.controle, Controle::Fichier { .. }))
    }

    /// Leaves a field out.
    pub fn sans(mut self, nom: &str) -> Champs {
        self.0.retain(|c| c.nom != nom);
        self
    }

    /// Keeps the fields that one case asks for.
    pub fn seulement(mut self, demande: impl Fn(&str) -> bool) -> Champs {
        self.0.retain(|c| demande(&c.nom));
        self
    }

    /// Shows the communes that were chosen and found.
    pub fn communes(mut self, communes: &Communes) -> Champs {
        for champ in &mut self.0 {
            if let Some(choix) = communes.de(&champ.nom) {
                champ.controle = choix.controle();
            }
        }
        self
    }

    /// Puts what is wrong beside the fields that do not say it yet.
    pub fn fautes(mut self, erreurs: &Erreurs) -> Champs {
        for champ in self.0.iter_mut().filter(|c| c.erreur.is_none()) {
            champ.erreur = erreurs.de(&champ.nom);
        }
        self
    }

    /// The page with the summary of what is wrong: the fields in their order, then what belongs to none that is shown.
    pub fn resumer(&self, page: Page, erreurs: &Erreurs) -> Page {
        let montre = |nom: &str| {
            let visibles = self.0.iter().filter(|c| c.controle != Controle::Cache);
            visibles.into_iter().any(|c| c.nom == nom)
        };
        let ailleurs = erreurs.toutes().filter(|(nom, _)| !montre(nom));
        let ailleurs: Vec<_> = ailleurs
            .map(|(_, phrase)| ErreurResume::generale(phrase))
            .collect();
        let visibles = self.0.iter().filter(|c| c.controle != Controle::Cache);
        let mut page = page.erreurs_de(visibles);
        page.erreurs.extend(ailleurs);
        page
    }

    /// Each field that is shown with what was answered, in words.
    pub fn dits(&self) -> Vec<Fait> {
        let visibles = self.0.iter().filter(|c| c.controle != Controle::Cache);
        visibles
            .map(|c| {
                (
                    c.dit.map_or_else(|| c.libelle.clone(), str::to_owned),
                    c.repondu(),
                )
            })
            .collect()
    }

    /// The same fields, hidden: what a page that follows sends with its own.
    pub fn caches(&self) -> Vec<Champ> {
        self.0.iter().map(Champ::en_cache).collect()
    }

    /// How many fields the person fills.
    pub fn a_remplir(&self) -> usize {
        let visibles = self.0.iter().filter(|c| c.controle != Controle::Cache);
        visibles.count()
    }

    /// The fields, in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, Champ> {
        self.0.iter()
    }

    /// The fields, to adjust all of them.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Champ> {
        self.0.iter_mut()
    }
}

impl From<Vec<Champ>> for Champs {
    fn from(champs: Vec<Champ>) -> Champs {
        Champs(champs)
    }
}

impl<'a> IntoIterator for &'a Champs {
    type Item = &'a Champ;
    type IntoIter = std::slice::Iter<'a, Champ>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
