//! The communes and the bassins they make up: read and searched.

use std::collections::HashMap;

use diesel::prelude::*;
use regles::departement;
use regles::identifiants::Insee;
use regles::lieu::Lieu;
use regles::mots;

use super::condition::{EnToutesLettres, parmi};
use super::dialect::Multi;
use super::schema::{bassin, commune};
use super::{AnyConn, CpamScope, DbResult};

/// A commune, or an arrondissement municipal of Paris, Lyon or Marseille.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = commune)]
pub struct Commune {
    /// INSEE code.
    pub insee: String,
    /// Name, as written.
    pub nom: String,
    /// Name as searched: [`mots::lieu`].
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

/// Codes and names of these communes.
pub fn noms(conn: &mut AnyConn, codes: Vec<String>) -> DbResult<Vec<(String, String)>> {
    Ok(commune::table
        .filter(parmi(commune::insee, codes))
        .select((commune::insee, commune::nom))
        .load(conn)?)
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

/// What a search for a commune found.
#[derive(Debug, Clone, Default)]
pub struct Trouvees {
    /// Those that were named: of this name whatever their population, with the arrondissements of one that has some; of this
    /// postcode; all of them.
    pub nommees: Vec<Commune>,
    /// Those that what was typed may begin, the most inhabited first.
    pub proposees: Vec<Commune>,
}

/// The communes that a person may mean, the likeliest first: those that were named, then at most `limite` in all of those
/// that what was typed may begin. See [`Lieu::lire`] for what may be typed.
pub fn chercher(conn: &mut AnyConn, texte: &str, limite: i64) -> DbResult<Vec<Commune>> {
    let trouvees = trouver(conn, &CpamScope::National, &Lieu::lire(texte), limite)?;
    let Trouvees {
        mut nommees,
        proposees,
    } = trouvees;
    nommees.extend(proposees);
    Ok(nommees)
}

/// The same within what a person may see, with what was named apart.
pub fn trouver(
    conn: &mut AnyConn,
    scope: &CpamScope,
    lieu: &Lieu,
    limite: i64,
) -> DbResult<Trouvees> {
    if lieu.est_vide() || limite <= 0 {
        return Ok(Trouvees::default());
    }
    let mut recherche = Recherche {
        conn,
        scope,
        departement: lieu.departement,
    };
    let mut trouvees = Trouvees::default();
    if let Some(insee) = &lieu.insee {
        trouvees.nommees = recherche.lire(&[], COMMUNES_MAX, Filtre::Insee(insee.clone()))?;
        return Ok(trouvees);
    }
    if let Some(code) = &lieu.code {
        let entier = lieu.code_postal().is_some();
        let mut codees = recherche.de_code(code, if entier { COMMUNES_MAX } else { limite })?;
        if !lieu.nom.is_empty() {
            codees.retain(|c| nomme(c, &lieu.nom));
        }
        // Of Lyon and its third arrondissement, the one that a postcode tells.
        codees.sort_by_key(|c| (c.commune_parente.is_none(), c.nom_recherche != lieu.nom));
        match (entier, lieu.nom.is_empty()) {
            (false, _) => trouvees.proposees = codees,
            (true, true) if codees.is_empty() => {
                trouvees.nommees = recherche.lire(&[], 1, Filtre::Insee(code.clone()))?;
            }
            _ => trouvees.nommees = codees,
        }
        let trouvee = !trouvees.nommees.is_empty() || !trouvees.proposees.is_empty();
        if trouvee || lieu.nom.is_empty() {
            return Ok(trouvees);
        }
        // A postcode of large senders (CEDEX) is that of no commune: its département still is.
        recherche.departement = departement::du_code_postal(code);
        let la = recherche.de_nom(&lieu.nom, limite)?;
        if !la.nommees.is_empty() || !la.proposees.is_empty() {
            return Ok(la);
        }
        recherche.departement = None;
    }
    recherche.de_nom(&lieu.nom, limite)
}

/// Whether a commune may be meant by these words: its name begins so, or one of its words does.
fn nomme(commune: &Commune, nom: &str) -> bool {
    let recherche = &commune.nom_recherche;
    recherche.starts_with(nom) || recherche.contains(&format!(" {nom}"))
}

/// Communes that one postcode or one name may hold, and more: 46 at most in France.
const COMMUNES_MAX: i64 = 60;

/// The communes of a postcode, by their INSEE codes; when no commune has it, the one with this INSEE code.
pub fn de_code(conn: &mut AnyConn, code: &str) -> DbResult<Vec<String>> {
    let lieu = Lieu::lire(code);
    let trouvees = trouver(conn, &CpamScope::National, &lieu, COMMUNES_MAX)?;
    Ok(trouvees.nommees.into_iter().map(|c| c.insee).collect())
}

/// What the text is compared with: the beginning (a range of the index, in the order of the bytes), or the
/// beginning of a word further on (a pattern).
enum Filtre {
    Insee(String),
    Parente(Vec<String>),
    CodePostal(String),
    CodePostalSuivant(String),
    NomEntier(String),
    Nom(String),
    NomSuivant(String),
}

struct Recherche<'a> {
    conn: &'a mut AnyConn,
    scope: &'a CpamScope,
    departement: Option<&'static str>,
}

impl Recherche<'_> {
    fn de_code(&mut self, code: &str, limite: i64) -> DbResult<Vec<Commune>> {
        let mut trouvees = self.lire(&[], limite, Filtre::CodePostal(code.to_owned()))?;
        let reste = limite - i64::try_from(trouvees.len()).unwrap_or(limite);
        if reste > 0 {
            let suivant = Filtre::CodePostalSuivant(format!("% {code}%"));
            trouvees.extend(self.lire(&trouvees, reste, suivant)?);
        }
        Ok(trouvees)
    }

    fn de_nom(&mut self, nom: &str, limite: i64) -> DbResult<Trouvees> {
        let mut nommees = self.lire(&[], COMMUNES_MAX, Filtre::NomEntier(nom.to_owned()))?;
        // Only the communes that have arrondissements are in no bassin.
        let parentes = nommees.iter().filter(|c| c.bassin_code.is_none());
        let parentes: Vec<String> = parentes.map(|c| c.insee.clone()).collect();
        if !parentes.is_empty() {
            let mut leurs = self.lire(&[], COMMUNES_MAX, Filtre::Parente(parentes))?;
            leurs.sort_by(|a, b| a.insee.cmp(&b.insee));
            nommees.extend(leurs);
        }
        let mut proposees: Vec<Commune> = Vec::new();
        for filtre in [
            Filtre::Nom(nom.to_owned()),
            Filtre::NomSuivant(format!("% {nom}%")),
        ] {
            let connues = [nommees.as_slice(), &proposees].concat();
            let reste = limite - i64::try_from(connues.len()).unwrap_or(limite);
            if reste > 0 {
                proposees.extend(self.lire(&connues, reste, filtre)?);
            }
        }
        Ok(Trouvees { nommees, proposees })
    }

    /// One list, but those known already, the most inhabited first.
    fn lire(&mut self, connues: &[Commune], limite: i64, filtre: Filtre) -> DbResult<Vec<Commune>> {
        let mut query = commune::table
            .select(<Commune as Selectable<Multi>>::construct_selection())
            .order((commune::population.desc(), commune::insee))
            .limit(limite)
            .into_boxed::<Multi>();
        query = match filtre {
            Filtre::Insee(code) => query.filter(commune::insee.eq(code)),
            Filtre::Parente(codes) => {
                query.filter(commune::commune_parente.eq_any(codes.into_iter().map(Some)))
            }
            Filtre::CodePostal(debut) => query
                .filter(commune::codes_postaux.lt(mots::apres(&debut)))
                .filter(commune::codes_postaux.ge(debut)),
            // The constant first: it is the condition of the partial index.
            Filtre::CodePostalSuivant(pattern) => query
                .filter(EnToutesLettres("codes_postaux LIKE '% %'"))
                .filter(commune::codes_postaux.like(pattern)),
            Filtre::NomEntier(nom) => query.filter(commune::nom_recherche.eq(nom)),
            Filtre::Nom(debut) => query
                .filter(commune::nom_recherche.lt(mots::apres(&debut)))
                .filter(commune::nom_recherche.ge(debut)),
            Filtre::NomSuivant(pattern) => query.filter(commune::nom_recherche.like(pattern)),
        };
        query = match self.scope {
            CpamScope::National => query,
            CpamScope::Caisse(code) => query.filter(commune::caisse_code.eq(code.clone())),
            CpamScope::Region(code) => query.filter(commune::region.eq(code.clone())),
            CpamScope::Zone(code) => query.filter(commune::bassin_code.eq(code.clone())),
            CpamScope::Sante(_) | CpamScope::Kine(_) => return Ok(Vec::new()),
        };
        if let Some(code) = self.departement {
            query = query.filter(commune::departement.eq(code));
        }
        if !connues.is_empty() {
            let connues = connues.iter().map(|c| c.insee.as_str());
            query = query.filter(commune::insee.ne_all(connues.collect::<Vec<_>>()));
        }
        Ok(query.load(self.conn)?)
    }
}
