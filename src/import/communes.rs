//! The communes with their bassin and their caisse, from `communes.csv`, and the bassins they make up.

use std::collections::{BTreeMap, HashMap, HashSet};

use regles::mots::fold;

use super::champ;
use super::rapport::{Nature, Rapport};
use super::table::{Ligne, Table, TableError};
use crate::db::commune::{Bassin, Commune};

/// What the file holds once checked.
#[derive(Debug, Default)]
pub struct CommunesLues {
    /// Every commune and arrondissement municipal, in file order.
    pub communes: Vec<Commune>,
    /// Every bassin named by a commune, by code.
    pub bassins: Vec<Bassin>,
}

struct Colonnes {
    insee: usize,
    nom: usize,
    nature: usize,
    parente: usize,
    codes_postaux: usize,
    departement: usize,
    region: usize,
    bassin_code: usize,
    bassin_nom: usize,
    bassin_nature: usize,
    population: usize,
    caisse: usize,
    methode: usize,
    note: Option<usize>,
}

impl Colonnes {
    /// The last column without which a line is cut.
    fn requise(&self) -> usize {
        [
            self.insee,
            self.nom,
            self.nature,
            self.parente,
            self.codes_postaux,
            self.departement,
            self.region,
            self.bassin_code,
            self.bassin_nom,
            self.bassin_nature,
            self.population,
            self.caisse,
            self.methode,
        ]
        .into_iter()
        .fold(0, usize::max)
    }

    fn find(table: &Table) -> Result<Self, TableError> {
        Ok(Self {
            insee: table.colonne("insee")?,
            nom: table.colonne("nom")?,
            nature: table.colonne("type")?,
            parente: table.colonne("commune_parente")?,
            codes_postaux: table.colonne("cp")?,
            departement: table.colonne("dep")?,
            region: table.colonne("reg")?,
            bassin_code: table.colonne("bvcv_code")?,
            bassin_nom: table.colonne("bvcv_nom")?,
            bassin_nature: table.colonne("bvcv_type")?,
            population: table.colonne("population")?,
            caisse: table.colonne("cpam")?,
            methode: table.colonne("cpam_methode")?,
            note: table.colonne_facultative("note"),
        })
    }
}

/// Checks every line; `caisses` are the codes already imported.
///
/// # Errors
/// A column is missing. What is wrong with a line is in the report, not an error here.
pub fn check(
    table: &Table,
    caisses: &HashSet<String>,
) -> Result<(CommunesLues, Rapport), TableError> {
    let colonnes = Colonnes::find(table)?;
    let mut rapport = Rapport::de(table);
    let mut communes = Vec::with_capacity(table.lignes.len());
    let mut seen: HashMap<String, u64> = HashMap::with_capacity(table.lignes.len());
    let mut parentes = Vec::new();
    let mut bassins = Bassins::default();
    for ligne in &table.lignes {
        rapport.lues += 1;
        match record(ligne, &colonnes, table.entetes.len(), caisses) {
            Err(messages) => rapport.rejeter(ligne.numero, messages),
            Ok(commune) => {
                if let Some(first) = seen.insert(commune.insee.clone(), ligne.numero) {
                    let message =
                        format!("commune {} déjà donnée à la ligne {first}", commune.insee);
                    rapport.rejeter(ligne.numero, vec![message]);
                    continue;
                }
                if let Some(parente) = &commune.commune_parente {
                    parentes.push((ligne.numero, parente.clone()));
                }
                signal(&commune, ligne.numero, &mut rapport);
                bassins.add(&commune, ligne, &colonnes, &mut rapport);
                communes.push(commune);
            }
        }
    }
    for (numero, parente) in parentes {
        if !seen.contains_key(&parente) {
            let message = format!("commune parente {parente} absente du fichier");
            rapport.rejeter(numero, vec![message]);
        }
    }
    signal_unused(caisses, &communes, &mut rapport);
    let bassins = bassins.finish(&mut rapport);
    Ok((CommunesLues { communes, bassins }, rapport))
}

fn record(
    ligne: &Ligne,
    colonnes: &Colonnes,
    largeur: usize,
    caisses: &HashSet<String>,
) -> Result<Commune, Vec<String>> {
    champ::largeur(ligne, largeur, colonnes.requise()).map_err(|message| vec![message])?;
    let mut errors = Vec::new();
    let mut keep = |result: Result<String, String>| {
        result.unwrap_or_else(|message| {
            errors.push(message);
            String::new()
        })
    };
    let insee = keep(champ::insee(ligne.texte(colonnes.insee)));
    let nom = keep(champ::requis("nom", ligne.texte(colonnes.nom)));
    let nature = keep(nature(ligne.texte(colonnes.nature)));
    let codes_postaux = keep(codes_postaux(ligne.texte(colonnes.codes_postaux)));
    let departement = keep(champ::departement(ligne.texte(colonnes.departement)));
    let region = keep(champ::region(ligne.texte(colonnes.region)));
    let mut optional = |column, check: fn(&str) -> Result<String, String>| {
        let text = ligne.texte(column);
        (!text.is_empty()).then(|| keep(check(text)))
    };
    let bassin_code = optional(colonnes.bassin_code, champ::bassin);
    let commune_parente = optional(colonnes.parente, champ::insee);
    let caisse_code = optional(colonnes.caisse, |text| {
        champ::code("code de caisse", text, 3)
    });
    if bassin_code.is_some() {
        keep(champ::requis(
            "nom du bassin",
            ligne.texte(colonnes.bassin_nom),
        ));
        keep(champ::requis(
            "type du bassin",
            ligne.texte(colonnes.bassin_nature),
        ));
    }
    let unknown = caisse_code
        .as_ref()
        .filter(|code| !code.is_empty() && !caisses.contains(*code));
    if let Some(code) = unknown {
        errors.push(format!(
            "caisse {code} inconnue (importez d’abord les organismes)"
        ));
    }
    let population =
        champ::population(ligne.texte(colonnes.population)).unwrap_or_else(|message| {
            errors.push(message);
            0
        });
    if !errors.is_empty() {
        return Err(errors);
    }
    let methode = ligne
        .facultatif(Some(colonnes.methode))
        .unwrap_or("inconnue");
    Ok(Commune {
        nom_recherche: fold(&nom),
        insee,
        nom,
        nature,
        codes_postaux,
        departement,
        region,
        population,
        bassin_code,
        caisse_code,
        caisse_methode: methode.to_owned(),
        commune_parente,
        note: ligne.facultatif(colonnes.note).map(str::to_owned),
    })
}

/// `COM` (commune) or `ARM` (arrondissement municipal), the two natures that have a zonage.
fn nature(text: &str) -> Result<String, String> {
    if matches!(text, "COM" | "ARM") {
        return Ok(text.to_owned());
    }
    Err(format!("type « {text} » : COM ou ARM attendu"))
}

fn codes_postaux(text: &str) -> Result<String, String> {
    let codes = text
        .split_whitespace()
        .map(|code| champ::code("code postal", code, 5))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(codes.join(" "))
}

/// What is odd about one commune.
fn signal(commune: &Commune, numero: u64, rapport: &mut Rapport) {
    let named = format!("{} {}", commune.insee, commune.nom);
    if commune.bassin_code.is_none() {
        rapport.signaler(Nature::SansBassin, numero, &named);
    }
    let caisse = commune.caisse_code.as_deref().unwrap_or("aucune caisse");
    if commune.caisse_methode != "departement" || commune.caisse_code.is_none() {
        let message = format!("{named} : {caisse} ({})", commune.caisse_methode);
        rapport.signaler(Nature::CaisseApprochee, numero, message);
    }
    if let Some(note) = &commune.note {
        rapport.signaler(
            Nature::CommuneFusionnee,
            numero,
            format!("{named} : {note}"),
        );
    }
}

fn signal_unused(caisses: &HashSet<String>, communes: &[Commune], rapport: &mut Rapport) {
    let used: HashSet<&String> = communes
        .iter()
        .filter_map(|commune| commune.caisse_code.as_ref())
        .collect();
    let mut unused: Vec<_> = caisses.iter().filter(|c| !used.contains(c)).collect();
    unused.sort();
    for code in unused {
        rapport.signaler(Nature::CaisseSansCommune, None, format!("caisse {code}"));
    }
}

/// The bassins as the communes make them up.
#[derive(Default)]
struct Bassins {
    by_code: BTreeMap<String, EnCours>,
}

struct EnCours {
    nom: String,
    nature: String,
    population_by_region: BTreeMap<String, i64>,
}

impl Bassins {
    fn add(
        &mut self,
        commune: &Commune,
        ligne: &Ligne,
        colonnes: &Colonnes,
        rapport: &mut Rapport,
    ) {
        let Some(code) = &commune.bassin_code else {
            return;
        };
        let (nom, nature) = (
            ligne.texte(colonnes.bassin_nom),
            ligne.texte(colonnes.bassin_nature),
        );
        let bassin = self.by_code.entry(code.clone()).or_insert_with(|| EnCours {
            nom: nom.to_owned(),
            nature: nature.to_owned(),
            population_by_region: BTreeMap::new(),
        });
        if bassin.nom != nom || bassin.nature != nature {
            let message = format!(
                "bassin {code} : « {nom} » ({nature}) et « {} » ({})",
                bassin.nom, bassin.nature
            );
            rapport.signaler(Nature::NomDifferent, ligne.numero, message);
        }
        *bassin
            .population_by_region
            .entry(commune.region.clone())
            .or_default() += commune.population;
    }

    /// The région d'attribution is the one that holds most of the population (ZON-3).
    fn finish(self, rapport: &mut Rapport) -> Vec<Bassin> {
        let mut by_name: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut bassins = Vec::with_capacity(self.by_code.len());
        for (code, bassin) in self.by_code {
            by_name
                .entry(bassin.nom.clone())
                .or_default()
                .push(code.clone());
            let (region_attribution, tie) = attribution(&bassin.population_by_region);
            if tie {
                let message = format!(
                    "{code} {} : rattaché à la région {region_attribution}",
                    bassin.nom
                );
                rapport.signaler(Nature::EgaliteRegions, None, message);
            }
            bassins.push(Bassin {
                code,
                nom: bassin.nom,
                nature: bassin.nature,
                region_attribution,
                population: bassin.population_by_region.values().sum(),
                interregional: bassin.population_by_region.len() > 1,
            });
        }
        for (nom, codes) in by_name {
            if codes.len() > 1 {
                rapport.signaler(
                    Nature::NomPartage,
                    None,
                    format!("« {nom} » : {}", codes.join(", ")),
                );
            }
        }
        bassins
    }
}

/// The region with most inhabitants, and whether another has as many (then the lowest code).
fn attribution(population_by_region: &BTreeMap<String, i64>) -> (String, bool) {
    let most = population_by_region.values().max().copied().unwrap_or(0);
    let mut first = population_by_region
        .iter()
        .filter(|(_, population)| **population == most)
        .map(|(region, _)| region.clone());
    (first.next().unwrap_or_default(), first.next().is_some())
}
