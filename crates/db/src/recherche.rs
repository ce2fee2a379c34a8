//! Finds requests by number, RPPS, name, commune or postcode, departures by who leaves or by where, and the places
//! themselves, within what a person may see.
//!
//! Every step is a range of an index with a limit: whole words first, then words that begin so, then, when nothing
//! was found, words one typing error away.

mod departs;
mod lieux;

pub use departs::{DepartTrouve, departs};
pub use lieux::{Lieu, lieux};

use diesel::prelude::*;
use regles::demande::EtatDemande;
use regles::mots;

use super::condition::{DEMANDES, MOTS_DE_DEMANDES, Visible, parmi};
use super::schema::{commune, demande, dossier, dossier_mot, kine};
use super::{AnyConn, CpamScope, DbResult, caisse, commune as communes, mots as index};

/// How many requests a search shows.
pub const TROUVEES_MAX: i64 = 25;

/// A request found.
#[derive(Debug, Clone, Queryable)]
pub struct Trouvee {
    /// Identifier.
    pub id: i64,
    /// Number.
    pub numero: String,
    /// Where it stands.
    pub etat: EtatDemande,
    /// First name of the applicant.
    pub prenom: String,
    /// Name of the applicant.
    pub nom: String,
    /// RPPS of the applicant.
    pub rpps: String,
    /// Commune of practice.
    pub commune: String,
}

/// What a search found.
#[derive(Debug, Clone, Default)]
pub struct Trouvees {
    /// The requests, the closest first, at most [`TROUVEES_MAX`].
    pub demandes: Vec<Trouvee>,
    /// There were more.
    pub tronquee: bool,
    /// What was searched instead of what was typed, when nothing matched it.
    pub corrigee: Option<String>,
}

/// What is typed: digits, or words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saisie {
    /// Beginning of a file number, or an RPPS in full.
    Numero(String),
    /// Five digits: a postcode, or the INSEE code of a commune.
    Code(String),
    /// Folded words; each must be in the file, or begin one of its words.
    Mots(Vec<String>),
}

impl Saisie {
    /// Reads what was typed; none when there is nothing to look for.
    pub fn lire(texte: &str) -> Option<Saisie> {
        let texte = texte.trim();
        if texte.is_empty() {
            return None;
        }
        if texte.len() == 5 && texte.bytes().all(|b| b.is_ascii_digit()) {
            return Some(Saisie::Code(texte.to_owned()));
        }
        let chiffres = |t: &str| {
            t.chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '-' | ' '))
        };
        // The code of a CPAM may hold a letter (2A): only what follows it is digits.
        let numero = match texte.split_once('-') {
            Some((code, suite)) if code.len() == 3 && !suite.is_empty() => chiffres(suite),
            _ => chiffres(texte) && texte.contains(|c: char| c.is_ascii_digit()),
        };
        if numero {
            return Some(Saisie::Numero(texte.replace(' ', "").to_uppercase()));
        }
        let mots = mots::mots(texte);
        (!mots.is_empty()).then_some(Saisie::Mots(mots))
    }
}

/// Finds requests from what was typed.
pub fn demandes(conn: &mut AnyConn, scope: &CpamScope, texte: &str) -> DbResult<Trouvees> {
    match Saisie::lire(texte) {
        None => Ok(Trouvees::default()),
        Some(Saisie::Numero(numero)) => par_numero(conn, scope, &numero),
        Some(Saisie::Code(code)) => par_code(conn, scope, &code),
        Some(Saisie::Mots(cherches)) => {
            let trouvees = par_mots(conn, scope, &cherches)?;
            if !trouvees.demandes.is_empty() {
                return Ok(trouvees);
            }
            corriger(conn, scope, &cherches)
        }
    }
}

fn par_numero(conn: &mut AnyConn, scope: &CpamScope, numero: &str) -> DbResult<Trouvees> {
    // The join says the nature: a condition on it would lead the walk, instead of the numbers.
    let requete = dossier::table
        .inner_join(demande::table)
        .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
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
        .limit(TROUVEES_MAX + 1)
        .select(dossier::id)
        .load(conn)?;
    montrer(conn, ids)
}

/// What is in the communes of a postcode, the latest first.
fn par_code(conn: &mut AnyConn, scope: &CpamScope, code: &str) -> DbResult<Trouvees> {
    if matches!(scope, CpamScope::Kine(_)) {
        return Ok(Trouvees::default());
    }
    let lieux = communes::de_code(conn, code)?;
    let ids = dossier::table
        .filter(parmi(dossier::insee, lieux))
        .filter(DEMANDES)
        .filter(Visible(scope.clone()))
        .order(dossier::id.desc())
        .limit(TROUVEES_MAX + 1)
        .select(dossier::id)
        .load(conn)?;
    montrer(conn, ids)
}

/// One typing error in one word: the known words around it are tried in its place.
fn corriger(conn: &mut AnyConn, scope: &CpamScope, cherches: &[String]) -> DbResult<Trouvees> {
    let mut trouvees = Trouvees::default();
    for (rang, mot) in cherches.iter().enumerate() {
        for voisin in index::voisins(conn, mot)? {
            let mut essai = cherches.to_vec();
            essai[rang].clone_from(&voisin);
            let suite = par_mots(conn, scope, &essai)?;
            if suite.demandes.is_empty() {
                continue;
            }
            trouvees.corrigee.get_or_insert_with(|| essai.join(" "));
            trouvees.tronquee |= suite.tronquee;
            trouvees.demandes.extend(suite.demandes);
        }
    }
    let max = usize::try_from(TROUVEES_MAX).unwrap_or(25);
    trouvees.tronquee |= trouvees.demandes.len() > max;
    trouvees.demandes.truncate(max);
    Ok(trouvees)
}

/// The longest word leads the walk of the index; the others are looked up for each file it meets.
fn par_mots(conn: &mut AnyConn, scope: &CpamScope, cherches: &[String]) -> DbResult<Trouvees> {
    let Some(meneur) = cherches.iter().max_by_key(|m| m.chars().count()) else {
        return Ok(Trouvees::default());
    };
    let autres: Vec<&String> = cherches.iter().filter(|m| *m != meneur).collect();
    let mut ids = etape(conn, scope, meneur, &autres, true)?;
    let limite = usize::try_from(TROUVEES_MAX).unwrap_or(25) + 1;
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
        .filter(MOTS_DE_DEMANDES)
        .select(dossier_mot::dossier_id)
        // A file has several words that begin so («martin martinez»): room for those counted twice.
        .limit(4 * (TROUVEES_MAX + 1))
        .into_boxed();
    requete = match scope {
        CpamScope::National => requete,
        CpamScope::Caisse(code) => requete.filter(dossier_mot::caisse_code.eq(code.clone())),
        CpamScope::Region(code) => {
            requete.filter(dossier_mot::caisse_code.eq_any(caisse::de_region(code)))
        }
        CpamScope::Zone(_) | CpamScope::Kine(_) => return Ok(Vec::new()),
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

/// Reads these requests, in this order.
fn montrer(conn: &mut AnyConn, mut ids: Vec<i64>) -> DbResult<Trouvees> {
    let max = usize::try_from(TROUVEES_MAX).unwrap_or(25);
    let tronquee = ids.len() > max;
    ids.truncate(max);
    if ids.is_empty() {
        return Ok(Trouvees::default());
    }
    let mut demandes: Vec<Trouvee> = dossier::table
        .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .inner_join(commune::table.on(commune::insee.eq(dossier::insee)))
        .filter(parmi(dossier::id, ids.as_slice()))
        .select((
            dossier::id,
            dossier::numero,
            dossier::etat,
            kine::prenom,
            kine::nom,
            kine::rpps,
            commune::nom,
        ))
        .load(conn)?;
    demandes.sort_by_key(|d| ids.iter().position(|id| *id == d.id));
    Ok(Trouvees {
        demandes,
        tronquee,
        corrigee: None,
    })
}
