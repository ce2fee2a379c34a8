//! Verifies the whole database and the document store, in bounded memory: every anomaly is handed over as
//! soon as it is found, none is repaired.

mod chaines;
mod jalons;

use chrono::{NaiveDateTime, TimeDelta};
use futures_util::StreamExt;
use regles::reglement::Reglement;

use super::grand_livre::seuils;
use super::{ActionResult, caisse};
use crate::clock::jour_a_paris;
use crate::db::jalon::ChaineDuJalon;
use crate::db::verification::{self, CONTROLES, DocumentFige, LIMITE, PieceAVerifier};
use crate::db::{AnyConn, Db, DbResult, grand_livre};
use crate::pieces::{Depot, PieceError};
use crate::secret;
pub use jalons::ailleurs;
use preuve::Cle;

/// Something that is wrong, or worth knowing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anomalie {
    /// The rule, or what was controlled.
    pub regle: &'static str,
    /// The object, as `demande 131-2026-000042`.
    pub objet: String,
    /// What is wrong with it.
    pub phrase: String,
    /// Whether somebody has to act.
    pub grave: bool,
}

impl std::fmt::Display for Anomalie {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let genre = if self.grave { "anomalie" } else { "remarque" };
        let Anomalie {
            regle,
            objet,
            phrase,
            ..
        } = self;
        write!(f, "{genre} [{regle}] {objet} : {phrase}")
    }
}

/// What a verification found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bilan {
    /// Controls made.
    pub controles: usize,
    /// Documents read again.
    pub pieces: usize,
    /// What is wrong.
    pub anomalies: usize,
    /// What is only worth knowing.
    pub remarques: usize,
}

/// What the journal is compared with besides itself.
#[derive(Debug)]
pub struct Temoins {
    /// The key that verifies its jalons.
    pub cle: Cle,
    /// The trees of the jalons that were kept elsewhere.
    pub ailleurs: Vec<ChaineDuJalon>,
}

struct Verification<'a> {
    bilan: Bilan,
    dire: &'a mut dyn FnMut(&Anomalie),
}

impl Verification<'_> {
    fn signaler(&mut self, regle: &'static str, phrase: &str, grave: bool, objet: String) {
        if grave {
            self.bilan.anomalies += 1;
        } else {
            self.bilan.remarques += 1;
        }
        (self.dire)(&Anomalie {
            regle,
            objet,
            phrase: phrase.to_owned(),
            grave,
        });
    }

    fn controle(
        &mut self,
        regle: &'static str,
        phrase: &str,
        grave: bool,
        objets: DbResult<Vec<String>>,
    ) -> ActionResult<()> {
        self.bilan.controles += 1;
        let objets = objets?;
        let trop = objets.len() > LIMITE;
        for objet in objets.into_iter().take(LIMITE) {
            self.signaler(regle, phrase, grave, objet);
        }
        if trop {
            self.signaler(regle, phrase, grave, "et d’autres encore".to_owned());
        }
        Ok(())
    }
}

/// Verifies the database: what the rules, the states and the mails must say of each other.
///
/// # Errors
/// The database does not answer, or no parameter is in force.
pub fn base(
    db: &Db,
    reglement: &Reglement,
    now: NaiveDateTime,
    temoins: &Temoins,
    dire: &mut dyn FnMut(&Anomalie),
) -> ActionResult<Bilan> {
    let mut v = Verification {
        bilan: Bilan::default(),
        dire,
    };
    v.controle(
        "base",
        "le fichier de la base est abîmé",
        true,
        db.read(verification::fichier),
    )?;
    for c in CONTROLES {
        v.controle(c.regle, c.phrase, c.grave, db.read(|conn| c.objets(conn)))?;
    }
    v.controle(
        "tache",
        "la tâche attend depuis plus d’un jour : aucun processus ne fait celles de cette nature",
        true,
        db.read(|conn| {
            verification::taches_en_retard(
                conn,
                now - TimeDelta::days(1),
                now - TimeDelta::minutes(30),
            )
        }),
    )?;
    // The tick has the whole day to notice what ended the day before.
    let veille = jour_a_paris(now) - TimeDelta::days(1);
    v.controle(
        "REG-9",
        "le délai d’installation est passé sans que la caducité soit constatée : le passage quotidien n’a pas lieu",
        true,
        db.read(|conn| verification::tic_en_retard(conn, veille)),
    )?;
    journal(db, temoins, &mut v)?;
    fiches(db, reglement, now, &mut v)?;
    grand_livre(db, reglement, now, &mut v)?;
    Ok(v.bilan)
}

/// Verifies the journal alone, as [`base`] does: the chains, the jalons, what was frozen.
///
/// # Errors
/// The database does not answer.
pub fn audit(db: &Db, temoins: &Temoins, dire: &mut dyn FnMut(&Anomalie)) -> ActionResult<Bilan> {
    let mut v = Verification {
        bilan: Bilan::default(),
        dire,
    };
    journal(db, temoins, &mut v)?;
    Ok(v.bilan)
}

fn journal(db: &Db, temoins: &Temoins, v: &mut Verification<'_>) -> ActionResult<()> {
    chaines::verifier(db, &temoins.ailleurs, v)?;
    jalons::verifier(db, &temoins.cle, v)?;
    figes(db, v, ("PRO-8", "décision"), verification::documents)?;
    figes(db, v, ("GEN-2", "attestation"), verification::attestations)?;
    figes(
        db,
        v,
        ("PRO-8", "lettre du dossier"),
        verification::documents_emis,
    )
}

/// What a caisse where somebody works lacks: its receipts, its refusals or its letters suffer from it.
fn fiches(
    db: &Db,
    reglement: &Reglement,
    now: NaiveDateTime,
    v: &mut Verification<'_>,
) -> ActionResult<()> {
    v.bilan.controles += 1;
    let jour = jour_a_paris(now);
    for p in db.read(|conn| caisse::toutes(conn, reglement, jour))? {
        if p.ouverte && !p.manques.is_empty() {
            let phrase = format!("il manque à sa fiche : {}", p.liste());
            v.signaler("fiche", &phrase, false, p.caisse.nom);
        }
    }
    Ok(())
}

/// PRO-8, GEN-2: what was frozen is still what it was, letter for letter; `quoi` names it.
fn figes(
    db: &Db,
    v: &mut Verification<'_>,
    (regle, quoi): (&'static str, &str),
    lire: fn(&mut AnyConn, i64, i64) -> DbResult<Vec<DocumentFige>>,
) -> ActionResult<()> {
    v.bilan.controles += 1;
    let mut apres = 0;
    loop {
        let lot = db.read(|conn| lire(conn, apres, LOT as i64))?;
        let Some(dernier) = lot.last() else {
            return Ok(());
        };
        apres = dernier.id;
        for d in &lot {
            if secret::sha256(d.document.as_bytes()) != d.empreinte {
                v.signaler(
                    regle,
                    "le document n’est plus celui qui a été signé (empreinte SHA-256 différente)",
                    true,
                    format!("{quoi} {}", d.numero),
                );
            }
        }
    }
}

/// REG-14, zone by zone.
fn grand_livre(
    db: &Db,
    reglement: &Reglement,
    now: NaiveDateTime,
    v: &mut Verification<'_>,
) -> ActionResult<()> {
    let seuils = seuils(reglement, jour_a_paris(now))?;
    v.bilan.controles += 1;
    for caisse in db.read(verification::caisses)? {
        for zone in db.read(|conn| grand_livre::zones(conn, &caisse, &seuils))? {
            if !zone.bilan.equilibre() {
                let phrase = format!(
                    "le grand livre n’est pas équilibré : {} places pour {} départs éligibles",
                    zone.bilan.places(),
                    zone.bilan.departs_eligibles
                );
                let objet = format!("zone {} (caisse {caisse})", zone.code);
                v.signaler("REG-14", &phrase, true, objet);
            }
        }
    }
    Ok(())
}

/// Documents verified at once.
const LOT: usize = 200;

/// Verifies the documents: each is there, unchanged; and the store holds nothing that the database ignores.
///
/// # Errors
/// The database does not answer, or the store cannot be listed.
pub async fn pieces(
    db: &Db,
    depot: &Depot,
    dire: &mut dyn FnMut(&Anomalie),
) -> ActionResult<Bilan> {
    let mut v = Verification {
        bilan: Bilan {
            controles: 1,
            ..Bilan::default()
        },
        dire,
    };
    relire(db, depot, &mut v, "pièce", verification::pieces).await?;
    relire(db, depot, &mut v, "lettre", verification::imprimes).await?;
    let mut cles = depot.cles().chunks(LOT);
    while let Some(lot) = cles.next().await {
        let lot: Vec<String> = lot.into_iter().collect::<Result<_, _>>()?;
        for cle in db.read(|conn| verification::cles_inconnues(conn, lot))? {
            // A file kept just before its transaction failed: it harms nobody.
            v.signaler(
                "pièce",
                "aucune pièce de la base ne nomme ce fichier du dépôt",
                false,
                format!("fichier {cle}"),
            );
        }
    }
    Ok(v.bilan)
}

/// Each file of a kind is in the store, unchanged; `quoi` names it.
async fn relire(
    db: &Db,
    depot: &Depot,
    v: &mut Verification<'_>,
    quoi: &'static str,
    lire: fn(&mut AnyConn, i64, i64) -> DbResult<Vec<PieceAVerifier>>,
) -> ActionResult<()> {
    v.bilan.controles += 1;
    let mut apres = 0;
    loop {
        let lot = db.read(|conn| lire(conn, apres, LOT as i64))?;
        let Some((dernier, ..)) = lot.last() else {
            return Ok(());
        };
        apres = *dernier;
        for (id, cle, empreinte) in &lot {
            v.bilan.pieces += 1;
            let phrase = match depot.lire(cle, empreinte).await {
                Ok(_) => continue,
                Err(PieceError::Alteree) => {
                    "le fichier n’est plus celui qui a été gardé (empreinte SHA-256 différente)"
                        .to_owned()
                }
                Err(erreur) => format!("le fichier ne se lit pas : {erreur}"),
            };
            v.signaler(quoi, &phrase, true, format!("{quoi} {id}"));
        }
    }
}
