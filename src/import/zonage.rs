//! The zonage of one region: the category of each commune, for one arrêté.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use regles::dates_fr;
use regles::zonage::Categorie;

use super::champ;
use super::rapport::{Nature, Rapport, compte};
use super::table::{Ligne, Table, TableError};
use crate::db::commune::{Bassin, CommuneConnue};

/// What the file is read against.
#[derive(Debug)]
pub struct Cadre<'a> {
    /// Region whose ARS signed the arrêté.
    pub region: &'a str,
    /// Date of effect given for the arrêté; the file's own, where it has one, is compared with it.
    pub effet: NaiveDate,
    /// First day of avenant 7 (parameter `avenant7.effet`).
    pub avenant7_effet: NaiveDate,
    /// Communes already imported, by INSEE code.
    pub communes: &'a HashMap<String, CommuneConnue>,
    /// Bassins already imported, by code.
    pub bassins: &'a HashMap<String, Bassin>,
}

/// One classified commune.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LigneZonage {
    /// Line of the file.
    pub numero: u64,
    /// INSEE code.
    pub insee: String,
    /// Code of the bassin, as the arrêté has it.
    pub bassin: String,
    /// Its category.
    pub categorie: Categorie,
    /// Its category by the national method, where the file gives it (ZON-7).
    pub nationale: Option<Categorie>,
}

/// What the arrêté says of a bassin as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClasseBassin {
    /// The category of its lines; of the most inhabitants where they differ.
    pub categorie: Categorie,
    /// Whether its lines differ, or some have no category: then it answers for no commune
    /// that has no line of its own.
    pub mixte: bool,
}

/// What the file holds once checked.
#[derive(Debug, Default)]
pub struct ZonageLu {
    /// Lines of this arrêté, in file order.
    pub lignes: Vec<LigneZonage>,
    /// Bassins of this arrêté.
    pub bassins: BTreeMap<String, ClasseBassin>,
    /// Lines of the arrêtés of other regions, by region.
    pub autres: BTreeMap<String, Vec<LigneZonage>>,
    /// `avenant7`, or `avenant5` where the categories or the date are older.
    pub regime: &'static str,
}

struct Colonnes {
    insee: usize,
    bassin: usize,
    categorie: usize,
    region: usize,
    nom: Option<usize>,
    effet: Option<usize>,
    note: Option<usize>,
    nationale: Option<usize>,
}

impl Colonnes {
    /// The last column without which a line is cut.
    fn requise(&self) -> usize {
        [self.insee, self.bassin, self.categorie, self.region]
            .into_iter()
            .fold(0, usize::max)
    }

    fn find(table: &Table) -> Result<Self, TableError> {
        Ok(Self {
            insee: table.colonne("insee")?,
            bassin: table.colonne("bvcv_code")?,
            categorie: table.colonne("zone_mk")?,
            region: table.colonne("reg_arrete")?,
            nom: table.colonne_facultative("nom"),
            effet: table.colonne_facultative("date_effet"),
            note: table.colonne_facultative("note"),
            nationale: table.colonne_facultative("zone_nationale"),
        })
    }
}

/// Checks every line of the files of one arrêté. There can be several: a bassin across two
/// regions has lines in the files of both (ZON-3).
///
/// # Errors
/// A column is missing. What is wrong with a line is in the report, not an error here.
pub fn check(
    tables: &[(String, Table)],
    cadre: &Cadre<'_>,
) -> Result<(ZonageLu, Rapport), TableError> {
    let mut rapport = Rapport::default();
    let mut check = Check {
        cadre,
        seen: HashMap::new(),
        incomplete: BTreeMap::new(),
        lu: ZonageLu::default(),
    };
    for (name, table) in tables {
        rapport.fichier = (tables.len() > 1).then(|| name.clone());
        rapport.lire(table);
        let colonnes = Colonnes::find(table)?;
        for ligne in &table.lignes {
            rapport.lues += 1;
            check.ligne(ligne, &colonnes, table.entetes.len(), &mut rapport);
        }
    }
    rapport.fichier = None;
    let lu = check.finish(&mut rapport);
    Ok((lu, rapport))
}

struct Check<'a> {
    cadre: &'a Cadre<'a>,
    seen: HashMap<String, u64>,
    /// Bassins with a line that has no category, and that line.
    incomplete: BTreeMap<String, u64>,
    lu: ZonageLu,
}

/// A line whose cells have the right shape.
struct Lue {
    insee: String,
    region: String,
    bassin: Option<String>,
    categorie: Option<Categorie>,
    nationale: Option<Categorie>,
}

impl Check<'_> {
    fn ligne(&mut self, ligne: &Ligne, colonnes: &Colonnes, largeur: usize, rapport: &mut Rapport) {
        let numero = ligne.numero;
        let lue = match self.shape(ligne, colonnes, largeur) {
            Ok(lue) => lue,
            Err(messages) => return rapport.rejeter(numero, messages),
        };
        if let Some(first) = self.seen.insert(lue.insee.clone(), numero) {
            let message = format!("commune {} déjà donnée à la ligne {first}", lue.insee);
            return rapport.rejeter(numero, vec![message]);
        }
        self.signal(ligne, colonnes, &lue, rapport);
        let (bassin, categorie) = match (lue.bassin, lue.categorie) {
            (Some(bassin), Some(categorie)) => (bassin, categorie),
            (bassin, categorie) => {
                rapport.ecartees += 1;
                let named = self.named(&lue.insee);
                if bassin.is_none() {
                    rapport.signaler(Nature::SansBassin, numero, &named);
                }
                if categorie.is_none() {
                    rapport.signaler(Nature::SansCategorie, numero, &named);
                }
                if let Some(bassin) = bassin.filter(|_| lue.region == self.cadre.region) {
                    self.incomplete.insert(bassin, numero);
                }
                return;
            }
        };
        let ligne = LigneZonage {
            numero,
            insee: lue.insee,
            bassin,
            categorie,
            nationale: lue.nationale,
        };
        if lue.region == self.cadre.region {
            self.lu.lignes.push(ligne);
        } else {
            rapport.ecartees += 1;
            self.lu.autres.entry(lue.region).or_default().push(ligne);
        }
    }

    fn shape(
        &self,
        ligne: &Ligne,
        colonnes: &Colonnes,
        largeur: usize,
    ) -> Result<Lue, Vec<String>> {
        champ::largeur(ligne, largeur, colonnes.requise()).map_err(|message| vec![message])?;
        let mut errors = Vec::new();
        let mut keep =
            |result: Result<String, String>| result.map_err(|message| errors.push(message)).ok();
        let insee = keep(champ::insee(ligne.texte(colonnes.insee)).and_then(|code| {
            if self.cadre.communes.contains_key(&code) {
                return Ok(code);
            }
            Err(format!(
                "commune {code} inconnue (importez d’abord les communes)"
            ))
        }));
        let region = keep(champ::region(ligne.texte(colonnes.region)));
        let bassin = ligne.facultatif(Some(colonnes.bassin)).and_then(|text| {
            keep(champ::bassin(text).and_then(|code| {
                if self.cadre.bassins.contains_key(&code) {
                    return Ok(code);
                }
                Err(format!(
                    "bassin {code} inconnu (importez d’abord les communes)"
                ))
            }))
        });
        let mut categorie = |text: Option<&str>| {
            text.and_then(|text| {
                text.parse::<Categorie>()
                    .map_err(|_| errors.push(format!("catégorie « {text} » inconnue")))
                    .ok()
            })
        };
        let retenue = categorie(ligne.facultatif(Some(colonnes.categorie)));
        let nationale = categorie(ligne.facultatif(colonnes.nationale));
        match (insee, region) {
            (Some(insee), Some(region)) if errors.is_empty() => Ok(Lue {
                insee,
                region,
                bassin,
                categorie: retenue,
                nationale,
            }),
            _ => Err(errors),
        }
    }

    /// «04001 Aiglun», by the commune list.
    fn named(&self, insee: &str) -> String {
        match self.cadre.communes.get(insee) {
            Some(commune) => format!("{insee} {}", commune.nom),
            None => insee.to_owned(),
        }
    }

    /// What is odd about the line, whoever's arrêté it belongs to.
    fn signal(&self, ligne: &Ligne, colonnes: &Colonnes, lue: &Lue, rapport: &mut Rapport) {
        let numero = ligne.numero;
        let named = self.named(&lue.insee);
        let Some(commune) = self.cadre.communes.get(&lue.insee) else {
            return;
        };
        if let Some(bassin) = &lue.bassin
            && commune.bassin_code.as_ref() != Some(bassin)
        {
            let known = commune.bassin_code.as_deref().unwrap_or("aucun");
            let message =
                format!("{named} : {bassin} dans l’arrêté, {known} dans la liste des communes");
            rapport.signaler(Nature::BassinDifferent, numero, message);
        }
        if let Some(nom) = ligne
            .facultatif(colonnes.nom)
            .filter(|nom| *nom != commune.nom)
        {
            let message = format!("{} : « {nom} » et « {} »", lue.insee, commune.nom);
            rapport.signaler(Nature::NomDifferent, numero, message);
        }
        if let Some(note) = ligne.facultatif(colonnes.note) {
            rapport.signaler(
                Nature::CommuneFusionnee,
                numero,
                format!("{named} : {note}"),
            );
        }
        if lue.region != self.cadre.region {
            return;
        }
        let message = match ligne.facultatif(colonnes.effet).map(dates_fr::lire) {
            None => return,
            Some(Ok(date)) if date == self.cadre.effet => return,
            Some(Ok(date)) => dates_fr::longue(date),
            Some(Err(error)) => error.to_string(),
        };
        rapport.signaler(
            Nature::DateDifferente,
            numero,
            format!("{named} : {message}"),
        );
    }

    /// What only shows once every line is read.
    fn finish(mut self, rapport: &mut Rapport) -> ZonageLu {
        for (region, lignes) in &self.lu.autres {
            let communes = compte(lignes.len(), "commune");
            let message = format!("région {region} : {communes}");
            rapport.signaler(Nature::AutreRegion, None, message);
        }
        if self.lu.lignes.is_empty() && rapport.est_accepte() {
            let message = format!(
                "aucune ligne ne relève de l’arrêté de la région {}",
                self.cadre.region
            );
            rapport.erreur(None, message);
        }
        self.lu.bassins = self.bassins(rapport);
        self.lu.regime = self.regime(rapport);
        self.lu
    }

    fn bassins(&self, rapport: &mut Rapport) -> BTreeMap<String, ClasseBassin> {
        let mut populations: BTreeMap<&str, BTreeMap<Categorie, (i64, usize)>> = BTreeMap::new();
        for ligne in &self.lu.lignes {
            let commune = self.cadre.communes.get(&ligne.insee);
            let slot = populations
                .entry(&ligne.bassin)
                .or_default()
                .entry(ligne.categorie)
                .or_default();
            slot.0 += commune.map_or(0, |commune| commune.population);
            slot.1 += 1;
        }
        let mut bassins = BTreeMap::new();
        for (code, shares) in populations {
            let Some((categorie, _)) = shares.iter().max_by_key(|(_, share)| **share) else {
                continue;
            };
            let incomplete = self.incomplete.get(code);
            let classe = ClasseBassin {
                categorie: *categorie,
                mixte: shares.len() > 1 || incomplete.is_some(),
            };
            if classe.mixte {
                let mut parts: Vec<String> = shares
                    .iter()
                    .map(|(categorie, (_, communes))| format!("{categorie} ({communes})"))
                    .collect();
                parts.extend(incomplete.map(|ligne| format!("sans catégorie (ligne {ligne})")));
                let nom = self
                    .cadre
                    .bassins
                    .get(code)
                    .map_or("", |bassin| &bassin.nom);
                let message = format!("{code} {nom} : {}", parts.join(", "));
                rapport.signaler(Nature::BassinMixte, None, message);
            }
            bassins.insert(code.to_owned(), classe);
        }
        bassins
    }

    /// The regime of the arrêté follows from its categories, and from its date where they are
    /// common to both (ZON-1).
    fn regime(&self, rapport: &mut Rapport) -> &'static str {
        let mut counts: BTreeMap<Categorie, usize> = BTreeMap::new();
        for ligne in &self.lu.lignes {
            *counts.entry(ligne.categorie).or_default() += 1;
        }
        let of = |categorie| counts.get(&categorie).copied().unwrap_or(0);
        let older = of(Categorie::TresDoteeAv5) + of(Categorie::SurDoteeAv5);
        let newer = of(Categorie::NonPrioritaire);
        for categorie in [Categorie::TresDoteeAv5, Categorie::SurDoteeAv5] {
            if of(categorie) > 0 {
                let message = format!("{categorie} : {}", compte(of(categorie), "commune"));
                rapport.signaler(Nature::ClassesAvenant5, None, message);
            }
        }
        if older > 0 && newer > 0 {
            rapport.erreur(
                None,
                "le fichier mêle des classes de l’avenant 5 et des zones non prioritaires (avenant 7)",
            );
        }
        if newer > 0 && self.cadre.effet < self.cadre.avenant7_effet {
            let avenant7 = dates_fr::longue(self.cadre.avenant7_effet);
            let message = format!("{} (avenant 7 : {avenant7})", compte(newer, "commune"));
            rapport.signaler(Nature::RegimeAnterieur, None, message);
        }
        match (older > 0, newer > 0) {
            (true, _) => "avenant5",
            (false, true) => "avenant7",
            (false, false) if self.cadre.effet < self.cadre.avenant7_effet => "avenant5",
            (false, false) => "avenant7",
        }
    }
}
