//! Finds cases of every nature by number, RPPS, name, commune or postcode, and the places themselves, within what a
//! person may see.
//!
//! Every step is a range of an index with a limit: whole words first, then words that begin so, then, when nothing
//! was found, words one typing error away.

mod lieux;

pub use lieux::{Lieu, lieux};

use diesel::prelude::*;
use regles::dossier::NatureDossier;
use regles::mots;

use super::condition::{Visible, parmi};
use super::schema::{commune, dossier, dossier_mot, kine};
use super::{AnyConn, CpamScope, DbResult, caisse, commune as communes, mots as index};

/// How many cases a search shows.
pub const TROUVES_MAX: i64 = 25;
/// How many numbers are read for who sees few cases.
const NUMEROS_MAX: i64 = 500;

/// A case found.
#[derive(Debug, Clone, Queryable)]
pub struct Trouve {
    /// Identifier.
    pub id: i64,
    /// Number.
    pub numero: String,
    /// What it is about.
    pub nature: NatureDossier,
    /// Where it stands, a code of its nature.
    pub etat: String,
    /// First name, name and RPPS of whose it is; nobody's for a call.
    pub personne: Option<(String, String, String)>,
    /// Commune of practice.
    pub commune: String,
}

/// What a search found.
#[derive(Debug, Clone, Default)]
pub struct Trouves {
    /// The cases, the closest first, at most [`TROUVES_MAX`].
    pub dossiers: Vec<Trouve>,
    /// There were more.
    pub tronques: bool,
    /// What was searched instead of what was typed, when nothing matched it.
    pub corriges: Option<String>,
}

/// What is typed: a number, a code, or words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saisie {
    /// Beginning of a file number, or an RPPS in full.
    Numero(String),
    /// The last digits of a file number, or the first.
    Fin(String),
    /// Five digits: a postcode, the last ones of a number, or the INSEE code of a commune.
    Code(String),
    /// Folded words; each must be in the file, or begin one of its words.
    Mots(Vec<String>),
}

/// What people write before the number that they copy.
const ETIQUETTES: [&str; 14] = [
    "dossier",
    "demande",
    "depart",
    "appel",
    "candidatures",
    "numero",
    "num",
    "no",
    "n",
    "ref",
    "reference",
    "rpps",
    "du",
    "de",
];

impl Saisie {
    /// Reads what was typed or pasted; none when there is nothing to look for.
    pub fn lire(texte: &str) -> Option<Saisie> {
        let plie = mots::fold(texte);
        let parts: Vec<&str> = plie
            .split(' ')
            .skip_while(|m| ETIQUETTES.contains(m))
            .collect();
        let chiffres = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        let rang = |t: &str| {
            let suite = t.trim_start_matches(['d', 'a']);
            chiffres(suite) || (suite.is_empty() && t.len() == 1)
        };
        let colle = parts.concat();
        // The code of a CPAM may hold a letter (2A1): only what follows it is digits.
        let de_caisse =
            |caisse: &str| caisse.len() == 3 && caisse.starts_with(|c: char| c.is_ascii_digit());
        let annee = |t: &str| chiffres(t) && t.len() <= 4 && (t.starts_with("20") || t == "2");
        match parts[..] {
            [caisse, an] if de_caisse(caisse) && annee(an) && !chiffres_seuls(texte) => {
                return Some(Saisie::Numero(format!("{caisse}-{an}").to_uppercase()));
            }
            [caisse, an, suite]
                if de_caisse(caisse) && annee(an) && an.len() == 4 && rang(suite) =>
            {
                return Some(Saisie::Numero(
                    format!("{caisse}-{an}-{suite}").to_uppercase(),
                ));
            }
            [seul] if chiffres(seul) && seul.len() == 5 => {
                return Some(Saisie::Code(seul.to_owned()));
            }
            [seul] if regles::lieu::Lieu::lire(seul).insee.is_some() => {
                return Some(Saisie::Code(seul.to_uppercase()));
            }
            _ => {}
        }
        if colle.contains(|c: char| c.is_ascii_digit()) && parts.iter().all(|p| rang(p)) {
            // A number in one piece: code of the CPAM, year, rank.
            if colle.len() == 13 && colle.is_char_boundary(3) && colle[3..].starts_with("20") {
                let numero = format!("{}-{}-{}", &colle[..3], &colle[3..7], &colle[7..]);
                return Some(Saisie::Numero(numero.to_uppercase()));
            }
            if colle.len() == 11 && chiffres(&colle) {
                return Some(Saisie::Numero(colle));
            }
            return Some(Saisie::Fin(colle.to_uppercase()));
        }
        // A place with its postcode: the name is what files are found by.
        let mut cherches = mots::mots(&parts.join(" "));
        if cherches.len() > 1 {
            let code = |m: &String| m.len() == 5 && chiffres(m);
            cherches.retain(|m| !code(m) && m != "cedex");
        }
        (!cherches.is_empty()).then_some(Saisie::Mots(cherches))
    }
}

/// Whether nothing but digits and spaces was typed.
fn chiffres_seuls(texte: &str) -> bool {
    texte
        .chars()
        .all(|c| c.is_ascii_digit() || c.is_whitespace())
}

/// Finds cases from what was typed.
pub fn dossiers(conn: &mut AnyConn, scope: &CpamScope, texte: &str) -> DbResult<Trouves> {
    match Saisie::lire(texte) {
        None => Ok(Trouves::default()),
        Some(Saisie::Numero(numero)) => par_numero(conn, scope, &numero),
        Some(Saisie::Fin(fin)) => par_fin(conn, scope, &fin),
        Some(Saisie::Code(code)) => par_code(conn, scope, &code),
        Some(Saisie::Mots(cherches)) => {
            let trouves = par_mots(conn, scope, &cherches)?;
            if !trouves.dossiers.is_empty() {
                return Ok(trouves);
            }
            corriger(conn, scope, &cherches)
        }
    }
}

/// The cases whose number ends so, then those whose number begins so.
fn par_fin(conn: &mut AnyConn, scope: &CpamScope, fin: &str) -> DbResult<Trouves> {
    let mut ids = finissent(conn, scope, fin)?;
    if ids.is_empty() {
        return par_numero(conn, scope, fin);
    }
    ids.truncate(usize::try_from(TROUVES_MAX).unwrap_or(25) + 1);
    montrer(conn, ids)
}

/// The cases whose number ends so: by the index of words, but for who sees so few that theirs are read.
fn finissent(conn: &mut AnyConn, scope: &CpamScope, fin: &str) -> DbResult<Vec<i64>> {
    match scope {
        CpamScope::National | CpamScope::Caisse(_) | CpamScope::Region(_) => {
            etape(conn, scope, &mots::cle_fin(fin), &[], false)
        }
        CpamScope::Zone(_) | CpamScope::Sante(_) | CpamScope::Kine(_) => {
            let compact = |numero: &str| numero.replace('-', "").ends_with(fin);
            let numeros: Vec<(i64, String)> = dossier::table
                .filter(Visible(scope.clone()))
                .order(dossier::id.desc())
                .limit(NUMEROS_MAX)
                .select((dossier::id, dossier::numero))
                .load(conn)?;
            let trouves = numeros.into_iter().filter(|(_, n)| compact(n));
            Ok(trouves.map(|(id, _)| id).collect())
        }
    }
}

fn par_numero(conn: &mut AnyConn, scope: &CpamScope, numero: &str) -> DbResult<Trouves> {
    let requete = dossier::table
        .left_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .filter(Visible(scope.clone()))
        .into_boxed();
    let requete = if numero.len() == 11 && !numero.contains('-') {
        requete.filter(kine::rpps.eq(numero.to_owned()))
    } else {
        requete
            .filter(dossier::numero.ge(numero.to_owned()))
            .filter(dossier::numero.lt(mots::apres(numero)))
    };
    let ids = requete
        .order(dossier::id.desc())
        .limit(TROUVES_MAX + 1)
        .select(dossier::id)
        .load(conn)?;
    montrer(conn, ids)
}

/// What ends so, then what is in the communes of a postcode, the latest first.
fn par_code(conn: &mut AnyConn, scope: &CpamScope, code: &str) -> DbResult<Trouves> {
    if matches!(scope, CpamScope::Kine(_)) {
        return Ok(Trouves::default());
    }
    let mut ids = finissent(conn, scope, code)?;
    let lieux = communes::de_code(conn, code)?;
    let situes: Vec<i64> = dossier::table
        .filter(parmi(dossier::insee, lieux))
        .filter(Visible(scope.clone()))
        .order(dossier::id.desc())
        .limit(TROUVES_MAX + 1)
        .select(dossier::id)
        .load(conn)?;
    ids.extend(situes);
    let mut vus = std::collections::HashSet::new();
    ids.retain(|id| vus.insert(*id));
    ids.truncate(usize::try_from(TROUVES_MAX).unwrap_or(25) + 1);
    montrer(conn, ids)
}

/// One typing error in one word: the known words around it are tried in its place.
fn corriger(conn: &mut AnyConn, scope: &CpamScope, cherches: &[String]) -> DbResult<Trouves> {
    let mut trouves = Trouves::default();
    for (rang, mot) in cherches.iter().enumerate() {
        for voisin in index::voisins(conn, mot)? {
            let mut essai = cherches.to_vec();
            essai[rang].clone_from(&voisin);
            let suite = par_mots(conn, scope, &essai)?;
            if suite.dossiers.is_empty() {
                continue;
            }
            trouves.corriges.get_or_insert_with(|| essai.join(" "));
            trouves.tronques |= suite.tronques;
            trouves.dossiers.extend(suite.dossiers);
        }
    }
    let max = usize::try_from(TROUVES_MAX).unwrap_or(25);
    trouves.tronques |= trouves.dossiers.len() > max;
    trouves.dossiers.truncate(max);
    Ok(trouves)
}

/// The longest word leads the walk of the index; the others are looked up for each file it meets.
fn par_mots(conn: &mut AnyConn, scope: &CpamScope, cherches: &[String]) -> DbResult<Trouves> {
    let Some(meneur) = cherches.iter().max_by_key(|m| m.chars().count()) else {
        return Ok(Trouves::default());
    };
    let autres: Vec<&String> = cherches.iter().filter(|m| *m != meneur).collect();
    let mut ids = etape(conn, scope, meneur, &autres, true)?;
    let limite = usize::try_from(TROUVES_MAX).unwrap_or(25) + 1;
    if ids.len() < limite {
        for id in etape(conn, scope, meneur, &autres, false)? {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids.truncate(limite);
    }
    montrer(conn, ids)
}

fn etape(
    conn: &mut AnyConn,
    scope: &CpamScope,
    meneur: &str,
    autres: &[&String],
    entier: bool,
) -> DbResult<Vec<i64>> {
    let mut requete = dossier_mot::table
        .select(dossier_mot::dossier_id)
        // A file has several words that begin so («martin martinez»): room for those counted twice.
        .limit(4 * (TROUVES_MAX + 1))
        .into_boxed();
    requete = match scope {
        CpamScope::National => requete,
        CpamScope::Caisse(code) => requete.filter(dossier_mot::caisse_code.eq(code.clone())),
        CpamScope::Region(code) => {
            requete.filter(dossier_mot::caisse_code.eq_any(caisse::de_region(code)))
        }
        CpamScope::Zone(_) | CpamScope::Sante(_) | CpamScope::Kine(_) => return Ok(Vec::new()),
    };
    requete = if entier {
        requete
            .filter(dossier_mot::mot.eq(meneur.to_owned()))
            .order(dossier_mot::dossier_id.desc())
    } else {
        requete
            .filter(dossier_mot::mot.gt(meneur.to_owned()))
            .filter(dossier_mot::mot.lt(mots::apres(meneur)))
            .order((dossier_mot::mot, dossier_mot::dossier_id))
    };
    for mot in autres {
        let autre = diesel::alias!(dossier_mot as autre);
        let trouve = autre
            .filter(
                autre
                    .field(dossier_mot::dossier_id)
                    .eq(dossier_mot::dossier_id),
            )
            .filter(autre.field(dossier_mot::mot).ge((*mot).clone()))
            .filter(autre.field(dossier_mot::mot).lt(mots::apres(mot)));
        requete = requete.filter(diesel::dsl::exists(trouve));
    }
    Ok(requete.load(conn)?)
}

/// Reads these cases, in this order.
fn montrer(conn: &mut AnyConn, mut ids: Vec<i64>) -> DbResult<Trouves> {
    let max = usize::try_from(TROUVES_MAX).unwrap_or(25);
    let tronques = ids.len() > max;
    ids.truncate(max);
    if ids.is_empty() {
        return Ok(Trouves::default());
    }
    let mut dossiers: Vec<Trouve> = dossier::table
        .inner_join(commune::table.on(commune::insee.eq(dossier::insee)))
        .left_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .filter(parmi(dossier::id, ids.as_slice()))
        .select((
            dossier::id,
            dossier::numero,
            dossier::nature,
            dossier::etat,
            (kine::prenom, kine::nom, kine::rpps).nullable(),
            commune::nom,
        ))
        .load(conn)?;
    dossiers.sort_by_key(|d| ids.iter().position(|id| *id == d.id));
    Ok(Trouves {
        dossiers,
        tronques,
        corriges: None,
    })
}
