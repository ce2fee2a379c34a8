//! The organismes (CPAM, CGSS, CCSS, CSSM): one line each, from `cpam.csv`.

use std::collections::{BTreeMap, HashMap};

use super::champ;
use super::rapport::{Nature, Rapport};
use super::table::{Ligne, Table, TableError};
use crate::db::organisme::Organisme;

/// Kinds of organismes that run conventionnement.
const TYPES: [&str; 4] = ["CPAM", "CGSS", "CCSS", "CSSM"];

/// Where the columns are. Address, e-mail and telephone may be left out: what the database
/// already has for them is then kept.
struct Colonnes {
    code: usize,
    nom: usize,
    type_organisme: usize,
    departements: usize,
    region: usize,
    siege: usize,
    adresse: Option<usize>,
    courriel: Option<usize>,
    telephone: Option<usize>,
}

impl Colonnes {
    fn find(table: &Table) -> Result<Self, TableError> {
        Ok(Self {
            code: table.colonne("code_organisme")?,
            nom: table.colonne("nom")?,
            type_organisme: table.colonne("type")?,
            departements: table.colonne("departements")?,
            region: table.colonne("region")?,
            siege: table.colonne("siege")?,
            adresse: table.colonne_facultative("adresse"),
            courriel: table.colonne_facultative("courriel"),
            telephone: table.colonne_facultative("telephone"),
        })
    }
}

/// Checks every line of the file.
///
/// # Errors
/// A column is missing. What is wrong with a line is in the report, not an error here.
pub fn check(table: &Table) -> Result<(Vec<Organisme>, Rapport), TableError> {
    let colonnes = Colonnes::find(table)?;
    let mut rapport = Rapport::default();
    let mut organismes = Vec::with_capacity(table.lignes.len());
    let mut seen: HashMap<String, u64> = HashMap::new();
    for ligne in &table.lignes {
        rapport.lues += 1;
        match record(ligne, &colonnes, table.entetes.len()) {
            Err(messages) => rapport.rejeter(ligne.numero, messages),
            Ok(organisme) => {
                if let Some(first) = seen.insert(organisme.code.clone(), ligne.numero) {
                    let message = format!(
                        "organisme « {} » déjà donné à la ligne {first}",
                        organisme.code
                    );
                    rapport.rejeter(ligne.numero, vec![message]);
                }
                organismes.push(organisme);
            }
        }
    }
    signal_shared_departements(&organismes, &mut rapport);
    Ok((organismes, rapport))
}

fn record(
    ligne: &Ligne,
    colonnes: &Colonnes,
    largeur: usize,
) -> Result<Organisme, Vec<String>> {
    champ::largeur(ligne, largeur).map_err(|message| vec![message])?;
    let mut errors = Vec::new();
    let mut keep = |result: Result<String, String>| {
        result.unwrap_or_else(|message| {
            errors.push(message);
            String::new()
        })
    };
    let code = keep(champ::code("code d’organisme", ligne.texte(colonnes.code), 3));
    let nom = keep(champ::requis("nom", ligne.texte(colonnes.nom)));
    let type_organisme = keep(known_type(ligne.texte(colonnes.type_organisme)));
    let region = keep(champ::region(ligne.texte(colonnes.region)));
    let departements = keep(departements(ligne.texte(colonnes.departements)));
    let siege = keep(champ::requis("siège", ligne.texte(colonnes.siege)));
    let territoire = keep(territoire(&departements).map(str::to_owned));
    if !errors.is_empty() {
        return Err(errors);
    }
    let text = |column| ligne.facultatif(column).map(str::to_owned);
    Ok(Organisme {
        code,
        nom,
        type_organisme,
        departements,
        region,
        siege,
        territoire,
        adresse: text(colonnes.adresse),
        courriel: text(colonnes.courriel),
        telephone: text(colonnes.telephone),
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

/// The territory whose public holidays apply (ECH-2), from the first département listed: the
/// organisme's own. An organisme over two territories of holidays is refused, save the
/// collectivités attached to Guadeloupe.
fn territoire(departements: &str) -> Result<&'static str, String> {
    let mut found = departements.split(' ').map(|code| match code {
        "57" | "67" | "68" => "alsace_moselle",
        "971" | "977" | "978" => "guadeloupe",
        "972" => "martinique",
        "973" => "guyane",
        "974" => "la_reunion",
        "976" => "mayotte",
        _ => "metropole",
    });
    let first = found.next().unwrap_or("metropole");
    if found.all(|other| other == first) {
        return Ok(first);
    }
    Err(format!(
        "les départements {departements} n’ont pas les mêmes jours fériés"
    ))
}

/// Where several caisses share a département, which one a commune belongs to is approximate.
fn signal_shared_departements(organismes: &[Organisme], rapport: &mut Rapport) {
    let mut by_departement: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for organisme in organismes {
        for departement in organisme.departements.split(' ') {
            by_departement
                .entry(departement)
                .or_default()
                .push(&organisme.code);
        }
    }
    for (departement, codes) in by_departement {
        if codes.len() > 1 {
            let message = format!("département {departement} : {}", codes.join(", "));
            rapport.signaler(Nature::DepartementPartage, None, message);
        }
    }
}
