//! A plot of bars, drawn on the server, with the table of its figures behind it.

use askama::Template;
use regles::texte;

use super::composant;
use crate::web::filters;

const LARGEUR: f64 = 720.0;
const HAUTEUR: f64 = 220.0;
const GAUCHE: f64 = 44.0;
const BAS: f64 = 26.0;
const HAUT: f64 = 10.0;

/// One series: its name and a value by category, if there is one.
#[derive(Clone, Debug, PartialEq)]
pub struct Serie {
    /// Its name.
    pub nom: String,
    /// One value a category.
    pub valeurs: Vec<Option<i64>>,
}

/// A plot: `{{ graphique }}`.
#[derive(Clone, Debug, PartialEq, Template)]
#[template(path = "ui/graphique.html")]
pub struct Graphique {
    /// Id of its title.
    pub id: String,
    /// What it shows.
    pub titre: String,
    /// What it says, in a sentence.
    pub resume: String,
    /// What is counted: «demandes», «jours».
    pub unite: &'static str,
    /// The heading of the categories in the table.
    pub entete: &'static str,
    /// The categories, left to right: (in full, short).
    pub categories: Vec<(String, String)>,
    /// The series.
    pub series: Vec<Serie>,
    /// Whether the series of a category are piled up, or stand side by side.
    pub empile: bool,
}

/// A bar.
struct Barre {
    x: f64,
    y: f64,
    l: f64,
    h: f64,
    serie: usize,
    titre: String,
}

/// A horizontal line with its value.
struct Graduation {
    y: f64,
    valeur: String,
}

impl Graphique {
    fn est_vide(&self) -> bool {
        !self
            .series
            .iter()
            .any(|s| s.valeurs.iter().any(|v| v.unwrap_or(0) != 0))
    }

    /// The categories named in full in the table; what stands under a bar stays.
    pub fn avec_noms(mut self, en_entier: fn(&str) -> String) -> Self {
        for (nom, _) in &mut self.categories {
            *nom = en_entier(nom);
        }
        self
    }

    fn sommet(&self) -> f64 {
        let plus_haut = (0..self.categories.len())
            .map(|rang| {
                let valeurs = self
                    .series
                    .iter()
                    .map(|s| s.valeurs.get(rang).copied().flatten().unwrap_or(0).max(0));
                if self.empile {
                    valeurs.sum::<i64>()
                } else {
                    valeurs.max().unwrap_or(0)
                }
            })
            .max()
            .unwrap_or(0);
        rond(plus_haut) as f64
    }

    fn y(&self, valeur: f64) -> f64 {
        let hauteur = HAUTEUR - BAS - HAUT;
        HAUT + hauteur - hauteur * valeur / self.sommet().max(1.0)
    }

    fn graduations(&self) -> Vec<Graduation> {
        let sommet = self.sommet() as i64;
        (0..=4)
            .filter(|quart| sommet * quart % 4 == 0)
            .map(|quart| Graduation {
                y: self.y((sommet * quart / 4) as f64),
                valeur: texte::nombre(sommet * quart / 4),
            })
            .collect()
    }

    fn pas(&self) -> f64 {
        (LARGEUR - GAUCHE) / (self.categories.len().max(1) as f64)
    }

    /// The short names under the axis, twelve at most: (middle, words, whether it stays where there is room for four).
    fn reperes(&self) -> Vec<(f64, &str, bool)> {
        let saut = self.categories.len().div_ceil(12).max(1);
        let garde = self.categories.len().div_ceil(saut * 4).max(1);
        self.categories
            .iter()
            .enumerate()
            .step_by(saut)
            .enumerate()
            .map(|(place, (rang, (_, court)))| {
                let x = GAUCHE + self.pas() * (rang as f64 + 0.5);
                (x, court.as_str(), place % garde == 0)
            })
            .collect()
    }

    /// The table: a category and its values, in the order of the series.
    fn lignes(&self) -> Vec<(&str, Vec<Option<i64>>)> {
        self.categories
            .iter()
            .enumerate()
            .map(|(rang, (nom, _))| {
                let valeurs = self
                    .series
                    .iter()
                    .map(|s| s.valeurs.get(rang).copied().flatten())
                    .collect();
                (nom.as_str(), valeurs)
            })
            .collect()
    }

    fn barres(&self) -> Vec<Barre> {
        let pas = self.pas();
        let large = (pas * 0.7).min(48.0);
        let mut barres = Vec::new();
        for (rang, (nom, _)) in self.categories.iter().enumerate() {
            let debut = GAUCHE + pas * rang as f64 + (pas - large) / 2.0;
            let mut pile = 0.0;
            for (serie, s) in self.series.iter().enumerate() {
                let Some(valeur) = s.valeurs.get(rang).copied().flatten().filter(|v| *v > 0) else {
                    continue;
                };
                let part = large / self.series.len().max(1) as f64;
                let (x, l) = if self.empile {
                    (debut, large)
                } else {
                    (debut + part * serie as f64, part)
                };
                let haut = self.y(pile + valeur as f64);
                barres.push(Barre {
                    x,
                    y: haut,
                    l,
                    h: self.y(pile) - haut,
                    serie: serie + 1,
                    titre: format!(
                        "{nom}, {} : {}",
                        s.nom.to_lowercase(),
                        texte::pluriel(valeur, self.unite.trim_end_matches('s'), self.unite)
                    ),
                });
                if self.empile {
                    pile += valeur as f64;
                }
            }
        }
        barres
    }
}

/// The next number that divides well in four: 4, 8, 20, 40, 80, 100, 200…
fn rond(valeur: i64) -> i64 {
    let mut dizaine = 1;
    loop {
        for base in [4, 8, 12, 20, 40] {
            if base * dizaine >= valeur {
                return base * dizaine;
            }
        }
        dizaine *= 10;
    }
}

composant!(Graphique);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn les_barres_restent_dans_le_cadre() {
        let g = Graphique {
            id: "g".to_owned(),
            titre: "Demandes".to_owned(),
            resume: String::new(),
            unite: "demandes",
            entete: "Mois",
            categories: (1..=36)
                .map(|m| (format!("mois {m}"), m.to_string()))
                .collect(),
            series: vec![
                Serie {
                    nom: "A".to_owned(),
                    valeurs: (1..=36).map(Some).collect(),
                },
                Serie {
                    nom: "B".to_owned(),
                    valeurs: vec![None; 36],
                },
                Serie {
                    nom: "C".to_owned(),
                    valeurs: vec![Some(3); 36],
                },
            ],
            empile: true,
        };
        assert_eq!(g.sommet(), 40.0);
        assert_eq!(g.barres().len(), 72);
        for b in g.barres() {
            assert!(
                b.x >= GAUCHE
                    && b.x + b.l <= LARGEUR
                    && b.y >= HAUT
                    && b.y + b.h <= HAUTEUR - BAS + 0.01
            );
        }
        let reperes = g.reperes();
        assert_eq!(reperes.len(), 12);
        assert_eq!(reperes.iter().filter(|(_, _, reste)| *reste).count(), 4);
        assert_eq!([0, 3, 5, 13, 41, 81].map(rond), [4, 4, 8, 20, 80, 120]);
    }
}
