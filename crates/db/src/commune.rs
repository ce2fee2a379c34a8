//! The communes and the bassins they make up: read and searched.

use std::collections::HashMap;

use diesel::prelude::*;
use regles::identifiants::Insee;
use regles::mots;
use regles::mots::fold;

use super::condition::EnToutesLettres;
use super::dialect::Multi;
use super::schema::{bassin, commune};
use super::{AnyConn, DbResult};

/// A commune, or an arrondissement municipal of Paris, Lyon or Marseille.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = commune)]
pub struct Commune {
    /// INSEE code.
    pub insee: String,
    /// Name, as written.
    pub nom: String,
    /// Name as searched: [`fold`]ed.
    pub nom_recherche: String,
    /// `COM` (commune) or `ARM` (arrondissement municipal).
    pub nature: String,
    /// Postal codes, separated by a space.
    pub codes_postaux: String,
    /// Code of the département.
    pub departement: String,
    /// Code of the region.
    pub region: String,
    /// Inhabitants.
    pub population: i64,
    /// Its bassin; none for Paris, Lyon and Marseille as a whole, whose arrondissements have one.
    pub bassin_code: Option<String>,
    /// Its caisse, if known.
    pub caisse_code: Option<String>,
    /// How the caisse was found: `departement` is certain, the rest approximate.
    pub caisse_methode: String,
    /// The commune of which this is an arrondissement.
    pub commune_parente: Option<String>,
    /// Note of the file: merged, recreated…
    pub note: Option<String>,
}

/// A bassin de vie ou canton-ou-ville (ZON-2): the unit that is classified.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = bassin)]
pub struct Bassin {
    /// Code, as `BV04070`. Names are not unique: show both.
    pub code: String,
    /// Name.
    pub nom: String,
    /// `bassin de vie`, `canton-ou-ville`, `arrondissement municipal`…
    pub nature: String,
    /// Region that holds most of its population, whose ARS classifies it (ZON-3).
    pub region_attribution: String,
    /// Inhabitants.
    pub population: i64,
    /// Whether its communes are in several regions.
    pub interregional: bool,
}

/// What the check of a zonage needs to know of a commune.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommuneConnue {
    /// Name.
    pub nom: String,
    /// Its bassin in the list of communes.
    pub bassin_code: Option<String>,
    /// Inhabitants.
    pub population: i64,
}

/// Every commune.
pub fn toutes(conn: &mut AnyConn) -> DbResult<Vec<Commune>> {
    Ok(commune::table
        .select(<Commune as Selectable<Multi>>::construct_selection())
        .load(conn)?)
}

/// Every commune by its code, with what the check of a zonage needs.
pub fn connues(conn: &mut AnyConn) -> DbResult<HashMap<String, CommuneConnue>> {
    let rows: Vec<(String, String, Option<String>, i64)> = commune::table
        .select((
            commune::insee,
            commune::nom,
            commune::bassin_code,
            commune::population,
        ))
        .load(conn)?;
    let connue = |(insee, nom, bassin_code, population)| {
        let commune = CommuneConnue {
            nom,
            bassin_code,
            population,
        };
        (insee, commune)
    };
    Ok(rows.into_iter().map(connue).collect())
}

/// One commune, if it is known.
pub fn lire(conn: &mut AnyConn, insee: &Insee) -> DbResult<Option<Commune>> {
    Ok(commune::table
        .find(insee.as_str())
        .select(<Commune as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// Whether arrondissements municipaux make up this commune (Paris, Lyon, Marseille).
pub fn a_des_arrondissements(conn: &mut AnyConn, insee: &str) -> DbResult<bool> {
    let count: i64 = commune::table
        .filter(commune::commune_parente.eq(insee))
        .count()
        .get_result(conn)?;
    Ok(count > 0)
}

/// Every bassin, by code.
pub fn bassins(conn: &mut AnyConn) -> DbResult<HashMap<String, Bassin>> {
    let rows: Vec<Bassin> = bassin::table
        .select(<Bassin as Selectable<Multi>>::construct_selection())
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|row| (row.code.clone(), row))
        .collect())
}

/// One bassin, if it is known.
pub fn bassin(conn: &mut AnyConn, code: &str) -> DbResult<Option<Bassin>> {
    Ok(bassin::table
        .find(code)
        .select(<Bassin as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// The communes that a person may mean, the likeliest first, at most `limite`: by INSEE code,
/// by postal code, then by name (accents, case and hyphens ignored, «st» read as «saint»):
/// names that begin with the text, then names of which a word does; the most inhabited first.
pub fn chercher(conn: &mut AnyConn, texte: &str, limite: i64) -> DbResult<Vec<Commune>> {
    let wanted = expand(&fold(texte));
    if wanted.is_empty() || limite <= 0 {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    if wanted.len() == 5 {
        found = search(conn, &[], limite, Filtre::Insee(wanted.to_uppercase()))?;
    }
    let filters = if wanted.bytes().all(|b| b.is_ascii_digit()) {
        [
            Filtre::CodePostal(wanted.clone()),
            Filtre::CodePostalSuivant(format!("% {wanted}%")),
        ]
    } else {
        [
            Filtre::Nom(wanted.clone()),
            Filtre::NomSuivant(format!("% {wanted}%")),
        ]
    };
    for filter in filters {
        let missing = limite - i64::try_from(found.len()).unwrap_or(limite);
        if missing > 0 {
            found.extend(search(conn, &found, missing, filter)?);
        }
    }
    // The name typed in full comes before longer ones, however inhabited.
    found.sort_by_key(|commune| commune.nom_recherche != wanted);
    Ok(found)
}

/// Communes that one postcode may hold, and more: 46 at most in France.
const COMMUNES_MAX: i64 = 60;

/// The communes of a postcode, by their INSEE codes; when no commune has it, the one with this INSEE code.
pub fn de_code(conn: &mut AnyConn, code: &str) -> DbResult<Vec<String>> {
    let premier = commune::table
        .filter(commune::codes_postaux.lt(mots::apres(code)))
        .filter(commune::codes_postaux.ge(code.to_owned()))
        .limit(COMMUNES_MAX)
        .select(commune::insee);
    let mut codes: Vec<String> = premier.load(conn)?;
    let suivant = commune::table
        .filter(EnToutesLettres("codes_postaux LIKE '% %'"))
        .filter(commune::codes_postaux.like(format!("% {code}%")))
        .limit(COMMUNES_MAX)
        .select(commune::insee);
    codes.extend(suivant.load::<String>(conn)?);
    if codes.is_empty() {
        codes = commune::table
            .find(code)
            .select(commune::insee)
            .load(conn)?;
    }
    Ok(codes)
}

/// What the text is compared with: the beginning (a range of the index, in the order of the bytes), or the
/// beginning of a word further on (a pattern).
enum Filtre {
    Insee(String),
    CodePostal(String),
    CodePostalSuivant(String),
    Nom(String),
    NomSuivant(String),
}

fn search(
    conn: &mut AnyConn,
    known: &[Commune],
    limite: i64,
    filter: Filtre,
) -> DbResult<Vec<Commune>> {
    let known: Vec<&str> = known.iter().map(|commune| commune.insee.as_str()).collect();
    let query = commune::table
        .select(<Commune as Selectable<Multi>>::construct_selection())
        .order((commune::population.desc(), commune::insee))
        .limit(limite)
        .into_boxed::<Multi>();
    let query = match filter {
        Filtre::Insee(code) => query.filter(commune::insee.eq(code)),
        Filtre::CodePostal(debut) => query
            .filter(commune::codes_postaux.lt(mots::apres(&debut)))
            .filter(commune::codes_postaux.ge(debut)),
        // The constant first: it is the condition of the partial index.
        Filtre::CodePostalSuivant(pattern) => query
            .filter(EnToutesLettres("codes_postaux LIKE '% %'"))
            .filter(commune::codes_postaux.like(pattern)),
        Filtre::Nom(debut) => query
            .filter(commune::nom_recherche.lt(mots::apres(&debut)))
            .filter(commune::nom_recherche.ge(debut)),
        Filtre::NomSuivant(pattern) => query.filter(commune::nom_recherche.like(pattern)),
    };
    let query = if known.is_empty() {
        query
    } else {
        query.filter(commune::insee.ne_all(known))
    };
    Ok(query.load(conn)?)
}

/// «st» and «ste» as people abbreviate them.
fn expand(folded: &str) -> String {
    let words: Vec<&str> = folded
        .split(' ')
        .map(|word| match word {
            "st" => "saint",
            "ste" => "sainte",
            other => other,
        })
        .collect();
    words.join(" ")
}
