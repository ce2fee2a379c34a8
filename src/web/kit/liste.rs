//! A list: its columns declared once. The table, the cards, the choice of columns and the files read the same
//! declaration, so that the screen and the file say the same thing.

use askama::Template;
use chrono::NaiveDate;
use regles::texte;

use super::tableau::{LigneTableau, Montre, Tableau};
use crate::db::file::Place;
use crate::tableur::Cellule;
use crate::web::filters;
use crate::web::ui::{EcheanceVue, Pastille, Suite, composant};

/// What a row says under one title.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "kit/valeur.html")]
pub enum Valeur {
    /// A name, a code.
    Texte(String),
    /// A sentence: the screen sets its typography.
    Phrase(String),
    /// A day.
    Jour(NaiveDate),
    /// A number.
    Nombre(i32),
    /// A state; a file keeps its word.
    Pastille(Pastille),
    /// What falls due; a file keeps the day.
    Echeance(EcheanceVue),
    /// Labels, at least one.
    Etiquettes(Vec<String>),
    /// Nothing: these words on the screen, an empty cell in a file.
    Rien(&'static str),
}

impl Valeur {
    /// A name, a code.
    pub fn texte(texte: impl Into<String>) -> Valeur {
        Valeur::Texte(texte.into())
    }

    /// Its cell in a file.
    pub fn cellule(&self) -> Cellule {
        match self {
            Valeur::Jour(jour) => Cellule::Date(*jour),
            Valeur::Echeance(echeance) => Cellule::Date(echeance.fin),
            Valeur::Nombre(nombre) => Cellule::Nombre(f64::from(*nombre)),
            Valeur::Rien(_) => Cellule::Vide,
            autre => Cellule::Texte(autre.mots()),
        }
    }

    /// Its words alone.
    pub fn mots(&self) -> String {
        match self {
            Valeur::Texte(texte) | Valeur::Phrase(texte) => texte.clone(),
            Valeur::Jour(jour) => texte::date_courte(*jour),
            Valeur::Nombre(nombre) => texte::nombre(i64::from(*nombre)),
            Valeur::Pastille(pastille) => pastille.mot.clone(),
            Valeur::Echeance(echeance) => texte::date_courte(echeance.fin),
            Valeur::Etiquettes(noms) => noms.join(", "),
            Valeur::Rien(mots) => (*mots).to_owned(),
        }
    }
}

composant!(Valeur);

/// One title of a file, and what a row says under it.
#[derive(Debug)]
pub struct Partie<L> {
    titre: &'static str,
    valeur: fn(&L) -> Valeur,
}

impl<L> Partie<L> {
    /// A title, and what a row says under it.
    pub const fn new(titre: &'static str, valeur: fn(&L) -> Valeur) -> Partie<L> {
        Partie { titre, valeur }
    }
}

/// A column that one may choose.
#[derive(Debug)]
pub struct Colonne<L: 'static> {
    /// Its name in the address.
    pub cle: &'static str,
    /// Its title on the screen.
    pub titre: &'static str,
    premiere: Partie<L>,
    autres: &'static [Partie<L>],
    montrer: fn(&[Valeur]) -> Montre,
}

impl<L: 'static> Colonne<L> {
    /// A column that says one thing, under one title.
    pub const fn new(
        cle: &'static str,
        titre: &'static str,
        valeur: fn(&L) -> Valeur,
    ) -> Colonne<L> {
        Colonne {
            cle,
            titre,
            premiere: Partie::new(titre, valeur),
            autres: &[],
            montrer: Montre::premiere,
        }
    }

    /// What it says besides, each under a title of its own in a file; the screen shows the first alone, unless
    /// `montrer` says otherwise.
    pub const fn avec(mut self, autres: &'static [Partie<L>]) -> Colonne<L> {
        self.autres = autres;
        self
    }

    /// How the screen shows, in one cell, what a file writes in several: it knows nothing else of the row.
    pub const fn montree(mut self, montrer: fn(&[Valeur]) -> Montre) -> Colonne<L> {
        self.montrer = montrer;
        self
    }

    /// The title of what it says first, in a file that writes the rest apart.
    pub const fn d_abord(mut self, titre: &'static str) -> Colonne<L> {
        self.premiere.titre = titre;
        self
    }

    fn parties(&self) -> impl Iterator<Item = &Partie<L>> {
        std::iter::once(&self.premiere).chain(self.autres)
    }

    fn montre(&self, ligne: &L) -> Montre {
        let valeurs: Vec<Valeur> = self.parties().map(|p| (p.valeur)(ligne)).collect();
        (self.montrer)(&valeurs)
    }
}

/// The place of a row in its list: what the next page begins after.
pub type Cle = Place;

/// What the first cells of a row may depend on, besides the row.
#[derive(Debug)]
pub struct Ecran<'a> {
    /// What the address of a row keeps of the list, as a query string; nothing where it keeps none.
    pub provenance: Option<&'a str>,
    cles: Vec<&'static str>,
}

impl Ecran<'_> {
    /// Whether this column is shown.
    pub fn montre(&self, cle: &str) -> bool {
        self.cles.contains(&cle)
    }
}

/// A cell that is always on the screen: its title, and what it shows.
pub type Tete<L> = (&'static str, fn(&L, &Ecran<'_>) -> Montre);

/// A list.
#[derive(Debug)]
pub struct Liste<L: 'static> {
    /// Its name: of the region of the screen, of the sheet.
    pub titre: &'static str,
    /// What it is and in which order, read aloud before the table.
    pub legende: &'static str,
    /// The name of its files, before the day.
    pub fichier: &'static str,
    /// «dossier montré», «dossiers montrés».
    pub unites: (&'static str, &'static str),
    /// The first cells on the screen.
    pub tete: &'static [Tete<L>],
    /// What identifies a row in a file.
    pub identite: &'static [Partie<L>],
    /// The columns that one may choose.
    pub colonnes: &'static [Colonne<L>],
    /// How many of them the screen shows at most.
    pub max: usize,
    /// The place of a row.
    pub cle: fn(&L) -> Cle,
    /// «le dossier 131-2026-000042».
    pub nommer: fn(&L) -> String,
}

impl<L: 'static> Liste<L> {
    fn nommees(&self, noms: &str) -> Vec<&'static Colonne<L>> {
        let mut colonnes: Vec<&'static Colonne<L>> = Vec::new();
        for nom in noms.split(',') {
            let connue = self.colonnes.iter().find(|c| c.cle == nom);
            if let Some(colonne) = connue
                && !colonnes.iter().any(|c| c.cle == nom)
            {
                colonnes.push(colonne);
            }
        }
        colonnes.truncate(self.max);
        colonnes
    }

    /// The columns named in an address, in its order; those of `defaut` when it names none.
    pub fn montrees(&self, noms: Option<&str>, defaut: &str) -> Vec<&'static Colonne<L>> {
        let nommees = self.nommees(noms.unwrap_or_default());
        if nommees.is_empty() {
            self.nommees(defaut)
        } else {
            nommees
        }
    }

    /// The columns of a file: those named in an address, all of them when it names none.
    pub fn ecrites(&self, noms: Option<&str>) -> Vec<&'static Colonne<L>> {
        let nommees = self.nommees(noms.unwrap_or_default());
        if nommees.is_empty() {
            self.colonnes.iter().collect()
        } else {
            nommees
        }
    }

    /// The choice of columns: (name, words, shown).
    pub fn choix(&self, montrees: &[&Colonne<L>]) -> Vec<(String, &'static str, bool)> {
        self.colonnes
            .iter()
            .map(|c| {
                let montree = montrees.iter().any(|m| m.cle == c.cle);
                (c.cle.to_owned(), c.titre, montree)
            })
            .collect()
    }

    /// The titles of a file.
    pub fn entete(&self, colonnes: &[&Colonne<L>]) -> Vec<&'static str> {
        let choisies = colonnes.iter().flat_map(|c| c.parties());
        self.identite
            .iter()
            .chain(choisies)
            .map(|p| p.titre)
            .collect()
    }

    /// A row of a file.
    pub fn cellules(&self, ligne: &L, colonnes: &[&Colonne<L>]) -> Vec<Cellule> {
        let choisies = colonnes.iter().flat_map(|c| c.parties());
        self.identite
            .iter()
            .chain(choisies)
            .map(|p| (p.valeur)(ligne).cellule())
            .collect()
    }

    /// Keeps the rows of one page, read with one more than it shows; where the next page begins, if there is one:
    /// `2026-03-16_42`.
    pub fn couper(&self, lignes: &mut Vec<L>, montrees: i64) -> Option<String> {
        let montrees = usize::try_from(montrees).unwrap_or(usize::MAX);
        let encore = lignes.len() > montrees;
        lignes.truncate(montrees);
        let (rang, id) = (self.cle)(lignes.last().filter(|_| encore)?);
        Some(format!("{rang}_{id}"))
    }

    /// The table of these rows. `suivant`, `debut`: the addresses of the next page and of the first.
    pub fn tableau(
        &self,
        lignes: &[L],
        colonnes: &[&'static Colonne<L>],
        provenance: Option<&str>,
        (debut, suivant): (Option<String>, Option<String>),
    ) -> Tableau {
        let ecran = Ecran {
            provenance,
            cles: colonnes.iter().map(|c| c.cle).collect(),
        };
        let tetes = self.tete.iter().map(|(titre, _)| *titre);
        let ligne = |l: &L| LigneTableau {
            id: (self.cle)(l).1,
            nom: (self.nommer)(l),
            cellules: {
                let tetes = self
                    .tete
                    .iter()
                    .map(|(t, montrer)| (*t, montrer(l, &ecran)));
                let choisies = colonnes.iter().map(|c| (c.titre, c.montre(l)));
                tetes.chain(choisies).collect()
            },
        };
        let (une, plusieurs) = self.unites;
        let nombre = i64::try_from(lignes.len()).unwrap_or(i64::MAX);
        Tableau {
            titre: self.titre,
            legende: self.legende,
            titres: tetes.chain(colonnes.iter().map(|c| c.titre)).collect(),
            lignes: lignes.iter().map(ligne).collect(),
            tris: Vec::new(),
            lot: None,
            suite: Suite {
                debut,
                suivant,
                position: texte::pluriel(nombre, une, plusieurs),
            },
        }
    }
}
