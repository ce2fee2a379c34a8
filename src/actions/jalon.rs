//! Jalons: the state of every chain of events, signed once a day and kept elsewhere, and what a file proves by the last one.

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::NaiveDateTime;
use preuve::{
    Arbre, ChaineProuvee, CleSecrete, EvenementProuve, FORMAT, JalonError, Preuve, Racine, Scelle,
    Signe,
};
use regles::evenement::Public;
use serde::{Deserialize, Serialize};

use super::{ActionError, ActionResult};
use crate::clock::jour_a_paris;
use crate::config::Config;
use crate::db::chaine::{self, LigneDeChaine};
use crate::db::jalon::{self, ChaineDuJalon, Jalon};
use crate::db::{AnyConn, Db, DbError, DbResult};

/// Digests read at once.
const LOT: i64 = 20_000;

/// What is kept elsewhere: a note that published tools verify, and the trees that it signs.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exporte {
    /// The signed note.
    pub note: String,
    /// The chains, in the order of their leaves.
    pub chaines: Vec<ChaineExportee>,
}

/// A chain in it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChaineExportee {
    /// Its code.
    pub code: String,
    /// Its tree.
    pub racine: Racine,
}

/// The key of a journal, named after the address that people type.
///
/// # Errors
/// An address whose host cannot name a key.
pub fn cle(config: &Config) -> ActionResult<CleSecrete> {
    let hote = config.url_publique.split("//").nth(1).unwrap_or("releve");
    CleSecrete::new(&format!("{hote}/journal"), &config.cle_du_journal).map_err(refuse)
}

fn refuse(erreur: JalonError) -> ActionError {
    ActionError::Regle(erreur.to_string())
}

/// Takes the jalon of an instant, and keeps it. A day has one at least; a second does no harm.
///
/// # Errors
/// The database does not answer.
pub fn poser(db: &Db, cle: &CleSecrete, le: NaiveDateTime) -> ActionResult<Signe> {
    // One instant for all chains; nobody who writes waits for it.
    let chaines = db.read(|conn| -> DbResult<Vec<ChaineDuJalon>> {
        let codes = chaine::toutes(conn)?;
        codes.into_iter().map(|code| mesurer(conn, code)).collect()
    })?;
    let signe = cle.signer(sommet(&chaines)?.racine(), le);
    db.write(|tx| jalon::inserer(tx, le, &signe.note, &chaines))?;
    Ok(signe)
}

/// The jalon of the day of Paris, unless there is one.
///
/// # Errors
/// As [`poser`].
pub fn du_jour(db: &Db, cle: &CleSecrete, le: NaiveDateTime) -> ActionResult<Option<Signe>> {
    let dernier = db.read(jalon::dernier)?;
    if dernier.is_some_and(|j| jour_a_paris(j.le) >= jour_a_paris(le)) {
        return Ok(None);
    }
    poser(db, cle, le).map(Some)
}

fn mesurer(conn: &mut AnyConn, code: String) -> DbResult<ChaineDuJalon> {
    let arbre = arbre(conn, &code, i64::MAX)?;
    let racine = arbre.racine();
    Ok(ChaineDuJalon {
        code,
        taille: entier(racine.taille)?,
        racine: racine.empreinte,
    })
}

/// The tree of the first events of a chain.
fn arbre(conn: &mut AnyConn, code: &str, taille: i64) -> DbResult<Arbre> {
    let mut arbre = Arbre::default();
    loop {
        let lus = entier(arbre.taille())?;
        let lot = chaine::empreintes(conn, code, lus, LOT.min(taille - lus))?;
        if lot.is_empty() {
            return Ok(arbre);
        }
        lot.into_iter().for_each(|feuille| arbre.ajouter(feuille));
    }
}

/// The tree of the chains.
pub(super) fn sommet(chaines: &[ChaineDuJalon]) -> DbResult<Arbre> {
    let mut sommet = Arbre::default();
    for c in chaines {
        sommet.ajouter(racine(c)?.feuille(&c.code));
    }
    Ok(sommet)
}

fn racine(c: &ChaineDuJalon) -> DbResult<Racine> {
    Ok(Racine {
        taille: u64::try_from(c.taille).map_err(|_| hors_bornes())?,
        empreinte: c.racine,
    })
}

fn entier(n: u64) -> DbResult<i64> {
    i64::try_from(n).map_err(|_| hors_bornes())
}

fn hors_bornes() -> DbError {
    DbError::Incoherent("une taille de chaîne hors des bornes".to_owned())
}

/// A jalon as it is kept elsewhere; none while there is none.
///
/// # Errors
/// The database does not answer.
pub fn exporter(conn: &mut AnyConn) -> DbResult<Option<Exporte>> {
    let Some(dernier) = jalon::dernier(conn)? else {
        return Ok(None);
    };
    let chaines = jalon::chaines(conn, dernier.id)?;
    let chaines = chaines.iter().map(|c| {
        Ok(ChaineExportee {
            code: c.code.clone(),
            racine: racine(c)?,
        })
    });
    Ok(Some(Exporte {
        note: dernier.note,
        chaines: chaines.collect::<DbResult<_>>()?,
    }))
}

/// What proves the events of a file that its person may read: themselves, their way to the last jalon, and that jalon.
///
/// # Errors
/// The database does not answer.
pub fn preuve(
    conn: &mut AnyConn,
    dossier_id: i64,
    numero: &str,
) -> DbResult<(Preuve, Option<Jalon>)> {
    let lignes: Vec<(String, LigneDeChaine)> = chaine::du_dossier(conn, dossier_id)?
        .into_iter()
        .filter(|(_, ligne)| public(ligne))
        .collect();
    let dernier = jalon::dernier(conn)?;
    let posees = match &dernier {
        Some(j) => jalon::chaines(conn, j.id)?,
        None => Vec::new(),
    };
    let sommet = sommet(&posees)?;
    let mut arbres = BTreeMap::new();
    let mut chaines = Vec::new();
    for (rang, posee) in (0..).zip(&posees) {
        if !lignes.iter().any(|(code, _)| *code == posee.code) {
            continue;
        }
        arbres.insert(posee.code.clone(), arbre(conn, &posee.code, posee.taille)?);
        if let Some(chemin) = sommet.chemin(rang) {
            chaines.push(ChaineProuvee {
                code: posee.code.clone(),
                racine: racine(posee)?,
                rang,
                chemin,
            });
        }
    }
    let evenements = lignes
        .into_iter()
        .map(|(code, ligne)| un_evenement(code, ligne, &arbres))
        .collect::<DbResult<Vec<_>>>()?;
    let preuve = Preuve {
        format: FORMAT.to_owned(),
        dossier: numero.to_owned(),
        evenements,
        chaines,
    };
    Ok((preuve, dernier))
}

/// What the caisse says to itself is not shown; a code that no version knows is not either.
fn public(ligne: &LigneDeChaine) -> bool {
    ligne
        .code
        .parse::<regles::evenement::Code>()
        .is_ok_and(|code| code.public() == Public::Kine)
}

fn un_evenement(
    chaine: String,
    ligne: LigneDeChaine,
    arbres: &BTreeMap<String, Arbre>,
) -> DbResult<EvenementProuve> {
    let precedente = ligne.precedente()?;
    let rang = u64::try_from(ligne.seq - 1).map_err(|_| hors_bornes())?;
    let scelle = match (ligne.sel, ligne.personnel) {
        (Some(sel), Some(personnel)) => Some(Scelle {
            sel: hexa(&sel),
            personnel,
        }),
        _ => None,
    };
    Ok(EvenementProuve {
        chemin: arbres.get(&chaine).and_then(|arbre| arbre.chemin(rang)),
        chaine,
        seq: ligne.seq,
        precedente,
        texte: ligne.texte,
        scelle,
    })
}

fn hexa(octets: &[u8]) -> String {
    octets.iter().fold(String::new(), |mut texte, octet| {
        // Writing to a String cannot fail.
        let _ = write!(texte, "{octet:02x}");
        texte
    })
}
