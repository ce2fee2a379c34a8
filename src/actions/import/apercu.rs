//! What a new arrêté changes, compared with the one it replaces.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use regles::arrete::Genre;
use regles::zonage::Categorie;

use crate::db::arrete::{Arrete, Contenu};
use crate::db::arrete_effet::{CompteEffet, Ouverts, totaliser};
use crate::db::commune::CommuneConnue;
use crate::import::zonage::ZonageLu;

/// Communes that go from one category to another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changement {
    /// Communes concerned.
    pub communes: usize,
    /// Bassins concerned.
    pub bassins: BTreeSet<String>,
    /// Their inhabitants.
    pub population: i64,
}

/// Weight of a category in the arrêté.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Repartition {
    /// Bassins, a mixed one counted under the category of most of its inhabitants.
    pub bassins: usize,
    /// Communes.
    pub communes: usize,
    /// Inhabitants.
    pub population: i64,
}

/// What putting the arrêté in force changes.
#[derive(Debug, Clone, Default)]
pub struct ApercuZonage {
    /// The arrêté in force until then, closed at the new one's date of effect.
    pub precedent: Option<Arrete>,
    /// The arrêté already known that begins later: the new one ends there.
    pub suivant: Option<Arrete>,
    /// Weight of each category.
    pub repartition: BTreeMap<Categorie, Repartition>,
    /// From category (none: not classified before) to category.
    pub changements: BTreeMap<(Option<Categorie>, Categorie), Changement>,
    /// Inhabitants of all the communes it classifies.
    pub population: i64,
    /// ZON-10: the open places and undecided requests whose category changes, by CPAM.
    pub effets: Vec<CompteEffet>,
}

impl ApercuZonage {
    /// Compares, commune by commune, neighbours of other regions included: a commune with no
    /// line of its own follows its bassin. `ouverts`: what is open in the region today.
    pub fn new(
        lu: &ZonageLu,
        precedent: Option<(Arrete, Contenu)>,
        communes: &HashMap<String, CommuneConnue>,
        ouverts: &[(Genre, Ouverts)],
    ) -> Self {
        let (precedent, before) =
            precedent.map_or((None, Contenu::default()), |(a, c)| (Some(a), c));
        let mut apercu = Self {
            precedent,
            ..Self::default()
        };
        let own: HashMap<&str, (&str, Categorie)> = lu
            .lignes
            .iter()
            .map(|ligne| {
                (
                    ligne.insee.as_str(),
                    (ligne.bassin.as_str(), ligne.categorie),
                )
            })
            .collect();
        let after = |insee: &str, commune: &CommuneConnue| {
            own.get(insee)
                .map(|(code, categorie)| ((*code).to_owned(), *categorie))
                .or_else(|| {
                    let code = commune.bassin_code.as_deref()?;
                    let bassin = lu.bassins.get(code).filter(|bassin| !bassin.mixte)?;
                    Some((code.to_owned(), bassin.categorie))
                })
        };
        apercu.effets = totaliser(ouverts.iter().filter_map(|(genre, o)| {
            let commune = communes.get(&o.insee)?;
            let old = former(&before, &o.insee, commune);
            let new = after(&o.insee, commune).map(|(_, categorie)| categorie);
            Some((o.caisse.clone(), *genre, old, new, o.nombre))
        }));
        for (insee, commune) in communes {
            if let Some((bassin, categorie)) = after(insee, commune) {
                let old = former(&before, insee, commune);
                apercu.count(commune, &bassin, old, categorie);
            }
        }
        for bassin in lu.bassins.values() {
            apercu
                .repartition
                .entry(bassin.categorie)
                .or_default()
                .bassins += 1;
        }
        apercu
    }

    fn count(
        &mut self,
        commune: &CommuneConnue,
        bassin: &str,
        old: Option<Categorie>,
        new: Categorie,
    ) {
        self.population += commune.population;
        let share = self.repartition.entry(new).or_default();
        share.communes += 1;
        share.population += commune.population;
        if old != Some(new) {
            let change = self.changements.entry((old, new)).or_default();
            change.communes += 1;
            change.population += commune.population;
            change.bassins.insert(bassin.to_owned());
        }
    }

    /// Inhabitants whose category changes, those not classified before left out.
    pub fn population_deplacee(&self) -> i64 {
        self.changements
            .iter()
            .filter(|((old, _), _)| old.is_some())
            .map(|(_, change)| change.population)
            .sum()
    }
}

/// The category of a commune in the former arrêté.
fn former(before: &Contenu, insee: &str, commune: &CommuneConnue) -> Option<Categorie> {
    let own = before.communes.get(insee).map(|(_, categorie)| categorie);
    let of_bassin = || {
        let bassin = before.bassins.get(commune.bassin_code.as_deref()?)?;
        (!bassin.1).then_some(&bassin.0)
    };
    own.or_else(of_bassin).and_then(|code| code.parse().ok())
}
