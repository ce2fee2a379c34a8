//! The caisses (CPAM, CGSS, CCSS, CSSM): one line each, from `cpam.csv`.

use std::collections::{BTreeMap, HashMap};

use regles::calendrier::Territoire;

use super::champ;
use super::rapport::{Nature, Rapport};
use super::table::{Ligne, Table, TableError};
use crate::db::caisse::Caisse;

/// Kinds of caisses that run conventionnement.
const TYPES: [&str; 4] = ["CPAM", "CGSS", "CCSS", "CSSM"];

/// Where the columns are. Those of the record of a caisse may be left out: what the database
/// already has for them is then kept.
struct Colonnes {
    code: usize,
    nom: usize,
    type_caisse: usize,
    departements: usize,
    region: usize,
    siege: usize,
    adresse: Option<usize>,
    courriel: Option<usize>,
    telephone: Option<usize>,
    service: Option<usize>,
    horaires: Option<usize>,
    cra_adresse: Option<usize>,
    ta_ville: Option<usize>,
    ta_adresse: Option<usize>,
    directeur: Option<usize>,
    directeur_qualite: Option<usize>,
    dpo: Option<usize>,
    siret: Option<usize>,
}

impl Colonnes {
    /// The last column without which a line is cut.
    fn requise(&self) -> usize {
        [
            self.code,
            self.nom,
            self.type_caisse,
            self.departements,
            self.region,
            self.siege,
        ]
        .into_iter()
        .fold(0, usize::max)
    }

    fn find(table: &Table) -> Result<Self, TableError> {
        Ok(Self {
            code: table.colonne("code_organisme")?,
            nom: table.colonne("nom")?,
            type_caisse: table.colonne("type")?,
            departements: table.colonne("departements")?,
            region: table.colonne("region")?,
            siege: table.colonne("siege")?,
            adresse: table.colonne_facultative("adresse"),
            courriel: table.colonne_facultative("courriel"),
            telephone: table.colonne_facultative("telephone"),
            service: table.colonne_facultative("service"),
            horaires: table.colonne_facultative("horaires"),
            cra_adresse: table.colonne_facultative("cra_adresse"),
            ta_ville: table.colonne_facultative("ta_ville"),
            ta_adresse: table.colonne_facultative("ta_adresse"),
            directeur: table.colonne_facultative("directeur"),
            directeur_qualite: table.colonne_facultative("directeur_qualite"),
            dpo: table.colonne_facultative("dpo"),
            siret: table.colonne_facultative("siret"),
        })
    }
}

/// Checks every line of the file.
///
/// # Errors
/// A column is missing. What is wrong with a line is in the report, not an error here.
pub fn check(table: &Table) -> Result<(Vec<Caisse>, Rapport), TableError> {
    let colonnes = Colonnes::find(table)?;
    let mut rapport = Rapport::de(table);
    let mut caisses = Vec::with_capacity(table.lignes.len());
    let mut seen: HashMap<String, u64> = HashMap::new();
    for ligne in &table.lignes {
        rapport.lues += 1;
        match record(ligne, &colonnes, table.entetes.len()) {
            Err(messages) => rapport.rejeter(ligne.numero, messages),
            Ok(caisse) => {
                if let Some(first) = seen.insert(caisse.code.clone(), ligne.numero) {
                    let message = format!(
                        "organisme « {} » déjà donné à la ligne {first}",
                        caisse.code
                    );
                    rapport.rejeter(ligne.numero, vec![message]);
                }
                caisses.push(caisse);
            }
        }
    }
    signal_territoires(&caisses, &mut rapport);
    signal_shared_departements(&caisses, &mut rapport);
    Ok((caisses, rapport))
}

fn record(ligne: &Ligne, colonnes: &Colonnes, largeur: usize) -> Result<Caisse, Vec<String>> {
    champ::largeur(ligne, largeur, colonnes.requise()).map_err(|message| vec![message])?;
    let mut errors = Vec::new();
    let mut keep = |result: Result<String, String>| {
        result.unwrap_or_else(|message| {
            errors.push(message);
            String::new()
        })
    };
    let code = keep(champ::code(
        "code d’organisme",
        ligne.texte(colonnes.code),
        3,
    ));
    let nom = keep(champ::requis("nom", ligne.texte(colonnes.nom)));
    let type_caisse = keep(known_type(ligne.texte(colonnes.type_caisse)));
    let region = keep(champ::region(ligne.texte(colonnes.region)));
    let departements = keep(departements(ligne.texte(colonnes.departements)));
    let siege = keep(champ::requis("siège", ligne.texte(colonnes.siege)));
    if !errors.is_empty() {
        return Err(errors);
    }
    let text = |column| ligne.facultatif(column).map(str::to_owned);
    Ok(Caisse {
        code,
        nom,
        type_caisse,
        region,
        siege,
        territoire: territoire(&departements).as_str().to_owned(),
        departements,
        adresse: text(colonnes.adresse),
        courriel: text(colonnes.courriel),
        telephone: text(colonnes.telephone),
        service: text(colonnes.service),
        horaires: text(colonnes.horaires),
        cra_adresse: text(colonnes.cra_adresse),
        ta_ville: text(colonnes.ta_ville),
        ta_adresse: text(colonnes.ta_adresse),
        directeur: text(colonnes.directeur),
        directeur_qualite: text(colonnes.directeur_qualite),
        dpo: text(colonnes.dpo),
        siret: text(colonnes.siret),
    })
}

fn known_type(text: &str) -> Result<String, String> {
    if TYPES.contains(&text) {
        return Ok(text.to_owned());
    }
    Err(format!("type « {text} » : {} attendu", TYPES.join(", ")))
}

/// The list of départements, checked one by one and separated by one space.
fn departements(text: &str) -> Result<String, String> {
    let codes = text
        .split_whitespace()
        .map(champ::departement)
        .collect::<Result<Vec<_>, _>>()?;
    if codes.is_empty() {
        return Err("départements absents".to_owned());
    }
    Ok(codes.join(" "))
}

/// The territory whose public holidays apply (ECH-2): that of the caisse's own
/// département, the first listed.
fn territoire(departements: &str) -> Territoire {
    Territoire::du_departement(departements.split(' ').next().unwrap_or_default())
}

/// Where the départements of one caisse do not have the same public holidays.
fn signal_territoires(caisses: &[Caisse], rapport: &mut Rapport) {
    for caisse in caisses {
        let others: Vec<&str> = caisse
            .departements
            .split(' ')
            .filter(|code| Territoire::du_departement(code).as_str() != caisse.territoire)
            .collect();
        if !others.is_empty() {
            let message = format!(
                "{} : jours fériés de « {} », différents de ceux de {}",
                caisse.code,
                territoire(&caisse.departements).libelle(),
                others.join(", ")
            );
            rapport.signaler(Nature::TerritoiresMultiples, None, message);
        }
    }
}

/// Where several caisses share a département, which one a commune belongs to is approximate.
fn signal_shared_departements(caisses: &[Caisse], rapport: &mut Rapport) {
    let mut by_departement: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for caisse in caisses {
        for departement in caisse.departements.split(' ') {
            by_departement
                .entry(departement)
                .or_default()
                .push(&caisse.code);
        }
    }
    for (departement, codes) in by_departement {
        if codes.len() > 1 {
            let message = format!("département {departement} : {}", codes.join(", "));
            rapport.signaler(Nature::DepartementPartage, None, message);
        }
    }
}
