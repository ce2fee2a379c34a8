//! What every page carries around its content: title, breadcrumb, account, messages. A page template is a struct
//! that holds a [`Page`] as `page` and extends `layout.html`.

use askama::filters::HtmlSafeOutput;
use chrono::NaiveDate;
use regles::texte::{date_fr, insecables};

use crate::web::assets;
use crate::web::filters;
use crate::web::fin_session::FinSession;
use crate::web::provenance::Provenance;
use crate::web::ui::{Champ, ErreurResume, Message};

/// A link: a word and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lien {
    /// The words shown.
    pub libelle: String,
    /// Where it goes.
    pub url: String,
}

impl Lien {
    /// A new one, with what it cannot do without.
    pub fn new(libelle: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            libelle: libelle.into(),
            url: url.into(),
        }
    }
}

/// An entry of the main navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rubrique {
    /// The words shown.
    pub libelle: String,
    /// Where it goes.
    pub url: String,
    /// How many things wait there; shown when it is not zero.
    pub compte: Option<u32>,
}

impl Rubrique {
    /// A new one, with what it cannot do without.
    pub fn new(libelle: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            libelle: libelle.into(),
            url: url.into(),
            compte: None,
        }
    }

    /// How many things wait there.
    pub fn compte(mut self, compte: u32) -> Self {
        self.compte = Some(compte);
        self
    }
}

/// Who is logged in, in the words of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connecte {
    /// «Claire Martin».
    pub nom: String,
    /// «Instructrice», «Masseur-kinésithérapeute».
    pub role: String,
    /// «CPAM des Bouches-du-Rhône»; none for a kiné.
    pub caisse: Option<String>,
    /// Agents search files from every page.
    pub recherche: bool,
}

impl Connecte {
    /// A new one, with what it cannot do without.
    pub fn new(nom: impl Into<String>, role: impl Into<String>, caisse: Option<String>) -> Self {
        let recherche = caisse.is_some();
        Self {
            nom: nom.into(),
            role: role.into(),
            caisse,
            recherche,
        }
    }
}

/// What is the same on every page of one request; built once by the extractor, then [`Contexte::page`].
#[derive(Clone, Debug, Default)]
pub struct Contexte {
    /// Who is logged in.
    pub compte: Option<Connecte>,
    /// The main navigation, by role.
    pub navigation: Vec<Rubrique>,
    /// The token of the hidden field `_csrf`.
    pub csrf: String,
    /// Where a message left by the page before is shown, once.
    pub flash: Option<Message>,
    /// The day of the last import of reference data.
    pub donnees_du: Option<NaiveDate>,
    /// Shows «Démonstration : personnes et dossiers fictifs».
    pub demo: bool,
    /// When the session of whoever reads ends.
    pub fin_session: Option<FinSession>,
    /// The list from which the file was opened.
    pub provenance: Option<Provenance>,
    /// How many cases have something new, for who is told; nothing on the page of anybody else.
    pub nouveautes: Option<i64>,
    /// The passage of the help that speaks of this screen.
    pub aide: Option<&'static str>,
    /// Nobody is logged in: the header shows how to. False on an error page, which does not know who reads it.
    pub visiteur: bool,
}

impl Contexte {
    /// A page with this context; its title names the object, and is its h1.
    pub fn page(self, titre: impl Into<String>) -> Page {
        Page {
            contexte: self,
            ..Page::new(titre)
        }
    }
}

/// How wide the content may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Largeur {
    /// Text and forms: a column one reads.
    #[default]
    Lecture,
    /// A file: content and aside.
    Dossier,
    /// Tables: the whole screen.
    Pleine,
}

/// What a page template holds as `page`.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The title: it names the object, and is the h1.
    pub titre: String,
    /// One sentence under the title.
    pub chapeau: Option<String>,
    /// A word above the title: a file number, a step («Étape 2 sur 4»).
    pub surtitre: Option<String>,
    /// The way down to this page, without the page itself.
    pub fil_d_ariane: Vec<Lien>,
    /// The one primary action, when it is a link; a form carries its own button.
    pub action: Option<Lien>,
    /// The error summary, in the order of the fields.
    pub erreurs: Vec<ErreurResume>,
    /// How wide the content may be.
    pub largeur: Largeur,
    /// Address of the navigation entry to mark as current.
    pub rubrique: Option<String>,
    /// What was typed in the search box of the header.
    pub recherche: String,
    /// What is the same on every page of the request.
    pub contexte: Contexte,
}

impl Page {
    /// A page without context; its title names the object.
    pub fn new(titre: impl Into<String>) -> Self {
        Self {
            titre: insecables(&titre.into()),
            ..Self::default()
        }
    }

    /// Adds the sentence under the title.
    pub fn chapeau(mut self, texte: impl Into<String>) -> Self {
        self.chapeau = Some(insecables(&texte.into()));
        self
    }

    /// Adds the word above the title.
    pub fn surtitre(mut self, texte: impl Into<String>) -> Self {
        self.surtitre = Some(texte.into());
        self
    }

    /// Adds a step of the breadcrumb, from the top; the current page is added by the layout.
    pub fn ariane(mut self, libelle: impl Into<String>, url: impl Into<String>) -> Self {
        let mut lien = Lien::new(libelle, url);
        if let Some(provenance) = &self.contexte.provenance {
            lien.url = provenance.garder(&lien.url);
        }
        self.fil_d_ariane.push(lien);
        self
    }

    /// Adds the one primary action, when it is a link.
    pub fn action(mut self, libelle: impl Into<String>, url: impl Into<String>) -> Self {
        self.action = Some(Lien::new(libelle, url));
        self
    }

    /// Chooses how wide the content may be.
    pub fn largeur(mut self, largeur: Largeur) -> Self {
        self.largeur = largeur;
        self
    }

    /// Marks a navigation entry as the current one, by its address.
    pub fn rubrique(mut self, url: impl Into<String>) -> Self {
        self.rubrique = Some(url.into());
        self
    }

    /// What was typed in the search box.
    pub fn recherche(mut self, saisie: impl Into<String>) -> Self {
        self.recherche = saisie.into();
        self
    }

    /// Replaces the context.
    pub fn contexte(mut self, contexte: Contexte) -> Self {
        self.contexte = contexte;
        self
    }

    /// Lists the errors of these fields in the summary at the top.
    pub fn erreurs_de<'a>(mut self, champs: impl IntoIterator<Item = &'a Champ>) -> Self {
        self.erreurs
            .extend(champs.into_iter().filter_map(Champ::resume));
        self
    }

    /// Adds an error that belongs to no field (or to a field by the id of its control).
    pub fn erreur(mut self, erreur: ErreurResume) -> Self {
        self.erreurs.push(erreur);
        self
    }

    /// Address of an embedded file, with its hash.
    pub fn asset(&self, nom: &str) -> String {
        assets::url(nom)
    }

    /// The version shown in the footer.
    pub fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    /// The age of the reference data, in the footer: «12 mars 2026».
    pub fn donnees_du(&self) -> Option<String> {
        self.contexte.donnees_du.map(date_fr)
    }

    /// A sentence as the page shows it: numbers and identifiers do not break at their hyphens.
    pub fn phrase(&self, texte: &str) -> HtmlSafeOutput<String> {
        filters::composer(texte)
    }

    /// The hidden field every form that writes must carry: `{{ page.csrf() }}`.
    pub fn csrf(&self) -> Champ {
        Champ::cache("_csrf", &self.contexte.csrf)
    }

    /// The CSS classes of the width.
    pub fn classe_largeur(&self) -> &'static str {
        match self.largeur {
            Largeur::Lecture => "page page--lecture",
            Largeur::Dossier => "page page--dossier",
            Largeur::Pleine => "page page--pleine",
        }
    }

    /// Whether this navigation entry is the current one.
    pub fn est_courante(&self, rubrique: &Rubrique) -> bool {
        self.rubrique.as_deref() == Some(rubrique.url.as_str())
    }
}
