//! ZON-7, ZON-8: what an arrêté weighs, by category and département, beside the figures that its source printed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;

use super::regle::Statut;
use super::zonage::Categorie;

/// Inhabitants and bassins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Poids {
    /// Inhabitants.
    pub population: i64,
    /// Bassins de vie or cantons-ou-villes.
    pub bassins: i64,
}

impl Poids {
    fn ajouter(&mut self, autre: Poids) {
        self.population += autre.population;
        self.bassins += autre.bassins;
    }
}

/// A bassin that an arrêté classifies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BassinPese {
    /// Its code, as `BV04070`.
    pub code: String,
    /// Its category; for a mixed one, that of most of its inhabitants.
    pub categorie: Categorie,
    /// Inhabitants of all its communes, those of the regions beside included (ZON-3).
    pub population: i64,
}

/// Weights by category and by département.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synthese {
    cases: BTreeMap<(String, Categorie), Poids>,
}

/// The département of the pole of a bassin, which its code carries: `BV04070` → `04`, `BV97101` → `971`.
pub fn departement(code_bassin: &str) -> &str {
    let sans_prefixe = code_bassin.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    // Corsica: `CV2A01` begins with a digit; overseas codes take three characters.
    let longueur = if sans_prefixe.starts_with("97") || sans_prefixe.starts_with("98") {
        3
    } else {
        2
    };
    sans_prefixe.get(..longueur).unwrap_or(sans_prefixe)
}

impl Synthese {
    /// Adds up bassins, each whole under the département of its pole.
    pub fn de(bassins: &[BassinPese]) -> Synthese {
        let mut synthese = Synthese::default();
        for b in bassins {
            synthese.ajouter(
                departement(&b.code),
                b.categorie,
                Poids {
                    population: b.population,
                    bassins: 1,
                },
            );
        }
        synthese
    }

    fn ajouter(&mut self, departement: &str, categorie: Categorie, poids: Poids) {
        self.cases
            .entry((departement.to_owned(), categorie))
            .or_default()
            .ajouter(poids);
    }

    /// The weight of a category in a département.
    pub fn case(&self, departement: &str, categorie: Categorie) -> Poids {
        self.cases
            .get(&(departement.to_owned(), categorie))
            .copied()
            .unwrap_or_default()
    }

    /// The weight of a category.
    pub fn categorie(&self, categorie: Categorie) -> Poids {
        self.somme(|(_, c)| *c == categorie)
    }

    /// ZON-7: the share of a category in the population, per thousand, rounded half up; `None` of nobody.
    pub fn part_mille(&self, categorie: Categorie) -> Option<i64> {
        let total = self.total().population;
        let part = self.categorie(categorie).population;
        (total > 0).then(|| (part * 2_000 + total) / (total * 2))
    }

    /// The weight of a département.
    pub fn departement(&self, departement: &str) -> Poids {
        self.somme(|(d, _)| d == departement)
    }

    /// The whole.
    pub fn total(&self) -> Poids {
        self.somme(|_| true)
    }

    fn somme(&self, garder: impl Fn(&(String, Categorie)) -> bool) -> Poids {
        let mut total = Poids::default();
        for (_, poids) in self.cases.iter().filter(|(cle, _)| garder(cle)) {
            total.ajouter(*poids);
        }
        total
    }

    /// The départements, in order.
    pub fn departements(&self) -> Vec<String> {
        let mut codes: Vec<String> = self.cases.keys().map(|(d, _)| d.clone()).collect();
        codes.dedup();
        codes
    }

    /// Whether a category holds something.
    pub fn contient(&self, categorie: Categorie) -> bool {
        self.cases.keys().any(|(_, c)| *c == categorie)
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Chiffre {
    #[serde(default)]
    code: String,
    categorie: Categorie,
    population: i64,
    bassins: i64,
}

/// The figures that a source printed for an arrêté. Reference data: no rule reads them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publiee {
    /// The rule that cites them.
    pub regle: String,
    /// The region.
    pub region: String,
    /// First day in force of the arrêté.
    pub date_effet: NaiveDate,
    /// Where they were printed.
    pub source: String,
    /// Status in the rulebook.
    pub statut: Statut,
    /// Last day the source was checked.
    pub verifie_le: NaiveDate,
    /// What has to be known of them, in French.
    #[serde(default)]
    pub remarques: Vec<String>,
    total: Vec<Chiffre>,
    departement: Vec<Chiffre>,
    /// ZON-7: the thresholds that the region retained, in place of the national shares.
    #[serde(default)]
    part: Vec<PartRetenue>,
}

/// The share of the population that a region put in a category.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PartRetenue {
    categorie: Categorie,
    mille: i64,
}

impl Publiee {
    /// ZON-7: the share of a category that the region retained, per thousand; `None` where its source does not say.
    pub fn part_retenue(&self, categorie: Categorie) -> Option<i64> {
        let part = self.part.iter().find(|p| p.categorie == categorie)?;
        Some(part.mille)
    }

    /// The printed table, by département.
    pub fn table(&self) -> Synthese {
        let mut synthese = Synthese::default();
        for c in &self.departement {
            synthese.ajouter(
                &c.code,
                c.categorie,
                Poids {
                    population: c.population,
                    bassins: c.bassins,
                },
            );
        }
        synthese
    }

    /// The printed totals, by category.
    pub fn totaux(&self) -> Vec<(Categorie, Poids)> {
        self.total
            .iter()
            .map(|c| {
                let poids = Poids {
                    population: c.population,
                    bassins: c.bassins,
                };
                (c.categorie, poids)
            })
            .collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fichier {
    synthese: Vec<Publiee>,
}

static PUBLIEES: LazyLock<Result<Vec<Publiee>, String>> = LazyLock::new(|| {
    toml::from_str::<Fichier>(include_str!("../../../reglement/syntheses.toml"))
        .map(|fichier| fichier.synthese)
        .map_err(|e| e.to_string())
});

/// The published figures that ship with the product do not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("chiffres publiés illisibles : {0}")]
pub struct SynthesesIllisibles(pub String);

/// The figures published for the arrêté of a region, if any.
///
/// # Errors
/// [`SynthesesIllisibles`]; a test keeps it from happening.
pub fn publiee(
    region: &str,
    date_effet: NaiveDate,
) -> Result<Option<&'static Publiee>, SynthesesIllisibles> {
    let toutes = PUBLIEES
        .as_ref()
        .map_err(|e| SynthesesIllisibles(e.clone()))?;
    Ok(toutes
        .iter()
        .find(|p| p.region == region && p.date_effet == date_effet))
}
