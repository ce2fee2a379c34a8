//! What a mail says: one subject, one action, the date in full, who to call. One struct, rendered as
//! plain text and as HTML by the two templates of this crate. The spaces of French punctuation are
//! made non-breaking here, so that callers write ordinary ones.

use askama::Template;
use regles::texte::insecables;

use crate::Modele;

/// A paragraph, and the list that it announces, if it does.
#[derive(Debug, Clone)]
pub struct Paragraphe {
    /// What it says; ends with a colon when a list follows, and only then.
    pub texte: String,
    /// What it announces: label and value, which may be empty.
    pub liste: Vec<(String, String)>,
}

/// A mail before it is rendered.
#[derive(Debug, Clone)]
pub struct Lettre {
    /// Which letter it is.
    pub modele: Modele,
    /// Subject.
    pub sujet: String,
    /// «Madame Martin,» without the comma; empty: «Bonjour».
    pub salutation: String,
    /// What is certain first, then what to do, then by when.
    pub paragraphes: Vec<Paragraphe>,
    /// Facts as label and value, after the paragraphs.
    pub points: Vec<(String, String)>,
    /// The one action: its words, and the path or address it goes to.
    pub action: Option<(String, String)>,
    /// Who to call: name, address, e-mail, telephone; one line each.
    pub contact: Vec<String>,
}

#[derive(Template)]
#[template(path = "lettre.txt")]
struct Texte<'a> {
    lettre: &'a Lettre,
    action: Option<(&'a str, String)>,
}

#[derive(Template)]
#[template(path = "lettre.html")]
struct Html<'a> {
    lettre: &'a Lettre,
    action: Option<(&'a str, String)>,
}

#[derive(Template)]
#[template(path = "papier.txt")]
struct Papier<'a> {
    lettre: &'a Lettre,
    sans_compte: String,
}

impl Lettre {
    /// Begins a mail.
    pub fn new(modele: Modele, sujet: impl Into<String>) -> Lettre {
        Lettre {
            modele,
            sujet: insecables(&sujet.into()),
            salutation: String::new(),
            paragraphes: Vec::new(),
            points: Vec::new(),
            action: None,
            contact: Vec::new(),
        }
    }

    /// Whom it greets, as «Claire Martin».
    pub fn a(mut self, nom: impl Into<String>) -> Lettre {
        self.salutation = nom.into();
        self
    }

    /// Adds a paragraph.
    pub fn paragraphe(mut self, texte: impl Into<String>) -> Lettre {
        self.paragraphes.push(Paragraphe {
            texte: insecables(&texte.into()),
            liste: Vec::new(),
        });
        self
    }

    /// Adds a paragraph that announces a list, and the list: label and value, which may be empty. `texte` comes without
    /// its last sign: a colon before the list, a full stop when there is nothing to list.
    pub fn annonce<L: Into<String>, V: Into<String>>(
        mut self,
        texte: &str,
        liste: impl IntoIterator<Item = (L, V)>,
    ) -> Lettre {
        let liste: Vec<_> = liste.into_iter().map(|(l, v)| lie(l, v)).collect();
        let fin = if liste.is_empty() { "." } else { " :" };
        self.paragraphes.push(Paragraphe {
            texte: insecables(&format!("{texte}{fin}")),
            liste,
        });
        self
    }

    /// Adds a fact.
    pub fn point(mut self, libelle: impl Into<String>, valeur: impl Into<String>) -> Lettre {
        self.points.push(lie(libelle, valeur));
        self
    }

    /// Sets the one action; `chemin` begins with `/`.
    pub fn action(mut self, libelle: impl Into<String>, chemin: impl Into<String>) -> Lettre {
        self.action = Some((insecables(&libelle.into()), chemin.into()));
        self
    }

    /// Says who to call; empty lines are left out.
    pub fn contact(mut self, lignes: &[String]) -> Lettre {
        self.contact = lignes.iter().filter(|l| !l.is_empty()).cloned().collect();
        self
    }

    /// Renders the plain text and the HTML.
    ///
    /// # Errors
    /// A template cannot be rendered.
    pub fn rendre(&self, url_publique: &str) -> askama::Result<(String, String)> {
        let action = || {
            self.action
                .as_ref()
                .map(|(mots, chemin)| (mots.as_str(), format!("{url_publique}{chemin}")))
        };
        let texte = Texte {
            lettre: self,
            action: action(),
        }
        .render()?;
        let html = Html {
            lettre: self,
            action: action(),
        }
        .render()?;
        Ok((texte, html))
    }

    /// Renders what is printed for somebody who has no account (PRO-13): no link, and how to answer without one.
    ///
    /// # Errors
    /// The template cannot be rendered.
    pub fn imprimer(&self, url_publique: &str) -> askama::Result<String> {
        Papier {
            lettre: self,
            sans_compte: insecables(&format!(
                "Vous n’avez pas de compte dans Relève, le service en ligne de la caisse : là où cette lettre parle de votre espace, \
                 répondez-nous par courrier, en rappelant le numéro de votre dossier. Pour suivre votre dossier en ligne, créez un \
                 compte avec votre numéro RPPS sur {url_publique}, puis dites-le-nous : nous vérifierons qui vous êtes avant d’y \
                 rattacher votre dossier."
            )),
        }
        .render()
    }
}

fn lie(libelle: impl Into<String>, valeur: impl Into<String>) -> (String, String) {
    (insecables(&libelle.into()), insecables(&valeur.into()))
}
