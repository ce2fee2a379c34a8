//! DER-2: the grounds of derogation, those that ship and those added here; adding or ending one takes two people.

use regles::derogation::{self, ActeMotif, EtatMotif, EvenementMotif, Motif, transition};
use regles::evenement::Fait;
use regles::passage::Passage;
use regles::regle::Statut;
use regles::texte;

use super::{Acte, ActionError, ActionResult, Objet, tracer};
use crate::db::contrainte::Contrainte;
use crate::db::ensemble::Lecture;
use crate::db::motif::{self, MotifStocke, NouveauMotif};
use crate::db::{AnyConn, DbError, WriteTx};
use chrono::NaiveDate;

/// A ground to add.
#[derive(Debug, Clone)]
pub struct Ajout {
    /// The ground; its end stays open.
    pub motif: Motif,
    /// Why it is added.
    pub raison: String,
}

fn lu(stocke: MotifStocke) -> ActionResult<Motif> {
    let statut = match stocke.statut.as_str() {
        "S" => Statut::S,
        "E" => Statut::E,
        "L" => Statut::L,
        "D" => Statut::D,
        autre => return Err(DbError::Incoherent(format!("statut {autre}")).into()),
    };
    Ok(Motif {
        suivi: stocke
            .suivi
            .as_deref()
            .map(str::parse)
            .transpose()
            .map_err(DbError::Incoherent)?,
        code: stocke.code,
        famille: stocke.famille,
        libelle: stocke.libelle,
        pieces: stocke.pieces,
        precision: stocke.precision,
        sante: false,
        du: stocke.le,
        au: None,
        source: stocke.source,
        statut,
    })
}

/// Every ground, of every day: those that ship first, then those added, with the ends that were approved.
///
/// # Errors
/// The refusal of the database, a stored value that does not read.
pub fn tous(conn: &mut AnyConn) -> ActionResult<Vec<Motif>> {
    composer(motif::en_etat(conn, EtatMotif::Approuve)?)
}

/// The grounds that ship, with what was approved.
fn composer(approuves: Vec<MotifStocke>) -> ActionResult<Vec<Motif>> {
    let mut ajouts = Vec::new();
    let mut fins = Vec::new();
    for stocke in approuves {
        match stocke.acte {
            ActeMotif::Ajout => ajouts.push(lu(stocke)?),
            ActeMotif::Fin => fins.push((stocke.code, stocke.le)),
        }
    }
    Ok(derogation::composer(ajouts, &fins)?)
}

/// The grounds that a request of that day may invoke.
///
/// # Errors
/// As [`tous`].
pub fn en_vigueur(conn: &mut AnyConn, jour: NaiveDate) -> ActionResult<Vec<Motif>> {
    Ok(tous(conn)?
        .into_iter()
        .filter(|m| m.en_vigueur(jour))
        .collect())
}

/// The ground of a code, whatever the day: for a file that invoked it.
///
/// # Errors
/// As [`tous`].
pub fn par_code(conn: &mut AnyConn, code: &str) -> ActionResult<Option<Motif>> {
    du_code(
        code,
        motif::lecture_approuves(Some(code.to_owned())).toutes(conn)?,
    )
}

/// The same, from what was approved about it, in any order.
///
/// # Errors
/// A stored value that does not read.
pub fn du_code(code: &str, approuves: Vec<MotifStocke>) -> ActionResult<Option<Motif>> {
    Ok(composer(approuves)?.into_iter().find(|m| m.code == code))
}

fn auteur(acte: &Acte) -> ActionResult<i64> {
    acte.acteur
        .id
        .ok_or_else(|| ActionError::refus("Un motif se propose avec un compte."))
}

/// «A-SANTE»: the letter of the family, then capitals, digits and hyphens.
fn code_valide(code: &str, famille: &str) -> bool {
    code.strip_prefix(famille)
        .and_then(|reste| reste.strip_prefix('-'))
        .is_some_and(|reste| {
            !reste.is_empty()
                && reste
                    .bytes()
                    .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
        })
}

fn pas_passee(acte: &Acte, champ: &'static str, le: NaiveDate) -> ActionResult<()> {
    if le < acte.jour() {
        return Err(ActionError::champ(
            champ,
            format!(
                "La date ne peut pas être passée : rien n’est rétroactif. Au plus tôt le {}.",
                texte::date_fr(acte.jour())
            ),
        ));
    }
    Ok(())
}

fn rempli(champ: &'static str, valeur: &str, phrase: &str) -> ActionResult<()> {
    if valeur.trim().is_empty() {
        return Err(ActionError::champ(champ, phrase));
    }
    Ok(())
}

fn deja_propose(erreur: DbError) -> ActionError {
    match erreur {
        DbError::Contrainte(Contrainte::MotifUnique) => ActionError::refus(
            "Une proposition sur ce motif est déjà enregistrée : examinez-la d’abord.",
        ),
        autre => autre.into(),
    }
}

/// Proposes a ground. It counts once another person approves it. The same form sent twice proposes once.
///
/// # Errors
/// A wrong field, a code that exists, a date that is past, the refusal of the database.
pub fn proposer_ajout(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    ajout: &Ajout,
    cle: &str,
) -> ActionResult<i64> {
    if let Some(id) = motif::par_cle(tx, cle)? {
        return Ok(id);
    }
    let m = &ajout.motif;
    if !matches!(m.famille.as_str(), "A" | "B" | "C") {
        return Err(ActionError::champ(
            "famille",
            "Choisissez la famille du motif.",
        ));
    }
    if !code_valide(&m.code, &m.famille) {
        return Err(ActionError::champ(
            "code",
            format!(
                "Le code commence par la famille et un tiret, puis des capitales ou des chiffres : par exemple {}-MUTATION.",
                m.famille
            ),
        ));
    }
    if tous(tx)?.iter().any(|connu| connu.code == m.code) {
        return Err(ActionError::champ(
            "code",
            "Ce code désigne déjà un motif, en vigueur ou clos : un code ne sert qu’une fois.",
        ));
    }
    rempli("libelle", &m.libelle, "Dites ce qu’est le motif.")?;
    rempli("pieces", &m.pieces, "Indiquez les pièces qui le prouvent.")?;
    rempli(
        "source",
        &m.source,
        "Indiquez d’où vient ce motif : texte, instruction, date.",
    )?;
    rempli(
        "raison",
        &ajout.raison,
        "Dites pourquoi ce motif est ajouté.",
    )?;
    pas_passee(acte, "du", m.du)?;
    enregistrer(
        tx,
        acte,
        &NouveauMotif {
            acte: ActeMotif::Ajout,
            code: &m.code,
            famille: &m.famille,
            libelle: &m.libelle,
            pieces: &m.pieces,
            precision: m.precision.as_deref(),
            suivi: m.suivi.map(|s| s.as_str()),
            source: &m.source,
            statut: m.statut.as_str(),
            le: m.du,
            raison: &ajout.raison,
            etat: EtatMotif::DEBUT,
            propose_par: auteur(acte)?,
            propose_le: acte.le(),
            cle_idempotence: cle,
            version: 1,
        },
    )
}

/// Proposes the last day of a ground in force, `au` included. What was invoked until then keeps its ground.
///
/// # Errors
/// An unknown ground or one that already has an end, a date that is past, the refusal of the database.
pub fn proposer_fin(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    code: &str,
    au: NaiveDate,
    raison: &str,
    cle: &str,
) -> ActionResult<i64> {
    if let Some(id) = motif::par_cle(tx, cle)? {
        return Ok(id);
    }
    let m = par_code(tx, code)?.ok_or(DbError::Introuvable)?;
    if let Some(fin) = m.au {
        return Err(ActionError::refus(format!(
            "Le motif {code} a déjà une fin, le {}.",
            texte::date_fr(fin)
        )));
    }
    rempli("raison", raison, "Dites pourquoi ce motif prend fin.")?;
    pas_passee(acte, "au", au)?;
    if au < m.du {
        return Err(ActionError::champ(
            "au",
            format!(
                "Le motif commence le {} : il ne peut pas finir avant.",
                texte::date_fr(m.du)
            ),
        ));
    }
    enregistrer(
        tx,
        acte,
        &NouveauMotif {
            acte: ActeMotif::Fin,
            code,
            famille: &m.famille,
            libelle: &m.libelle,
            pieces: &m.pieces,
            precision: m.precision.as_deref(),
            suivi: m.suivi.map(|s| s.as_str()),
            source: &m.source,
            // A rule of the product is not a status that a ground can have.
            statut: match m.statut {
                Statut::P => Statut::D.as_str(),
                autre => autre.as_str(),
            },
            le: au,
            raison,
            etat: EtatMotif::DEBUT,
            propose_par: auteur(acte)?,
            propose_le: acte.le(),
            cle_idempotence: cle,
            version: 1,
        },
    )
}

fn enregistrer(tx: &mut WriteTx<'_>, acte: &Acte, n: &NouveauMotif<'_>) -> ActionResult<i64> {
    let id = motif::inserer(tx, n).map_err(deja_propose)?;
    let fait = Fait::MotifPropose {
        motif: id,
        acte: n.acte,
        code: n.code.to_owned(),
        famille: n.famille.to_owned(),
        libelle: n.libelle.to_owned(),
        pieces: n.pieces.to_owned(),
        suivi: n.suivi.map(str::to_owned),
        source: n.source.to_owned(),
        statut: n.statut.to_owned(),
        le: n.le,
        raison: Some(n.raison.to_owned()),
    };
    tracer(tx, &acte.acteur, Objet::default(), fait)?;
    Ok(id)
}

/// Approves a proposal: another person than who proposed, while its date is not past. Returns the code.
///
/// # Errors
/// A refusal in words, [`ActionError::Perime`], the refusal of the database.
pub fn approuver(tx: &mut WriteTx<'_>, acte: &Acte, id: i64, version: i32) -> ActionResult<String> {
    let (m, passage) = a_examiner(tx, acte, id, version)?;
    if m.le < acte.jour() {
        return Err(ActionError::refus(format!(
            "La date d’effet, le {}, est passée : rien n’est rétroactif. Rejetez cette proposition et proposez-en une autre.",
            texte::date_fr(m.le)
        )));
    }
    motif::examiner(tx, &m, passage, auteur(acte)?, acte.le(), None)?;
    let fait = Fait::MotifApprouve {
        motif: id,
        acte: m.acte,
        code: m.code.clone(),
        le: m.le,
    };
    tracer(tx, &acte.acteur, Objet::default(), fait)?;
    Ok(m.code)
}

/// Rejects a proposal, with a reason. Whoever proposed may take it back so. Returns the code.
///
/// # Errors
/// As [`approuver`].
pub fn rejeter(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    id: i64,
    version: i32,
    raison: &str,
) -> ActionResult<String> {
    rempli(
        "raison",
        raison,
        "Dites pourquoi la proposition est rejetée.",
    )?;
    let (m, _) = motif::lire(tx, id)?;
    let passage = ouverte(&m, version, EvenementMotif::Rejeter)?;
    motif::examiner(tx, &m, passage, auteur(acte)?, acte.le(), Some(raison))?;
    let fait = Fait::MotifRejete {
        motif: id,
        acte: m.acte,
        code: m.code.clone(),
        raison: Some(raison.to_owned()),
    };
    tracer(tx, &acte.acteur, Objet::default(), fait)?;
    Ok(m.code)
}

/// What the page showed is still to be answered.
fn ouverte(
    m: &MotifStocke,
    version: i32,
    evenement: EvenementMotif,
) -> ActionResult<Passage<EtatMotif>> {
    if m.version != version {
        return Err(ActionError::Perime);
    }
    transition(m.etat, evenement).map_err(|_| ActionError::Perime)
}

fn a_examiner(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    id: i64,
    version: i32,
) -> ActionResult<(MotifStocke, Passage<EtatMotif>)> {
    let (m, _) = motif::lire(tx, id)?;
    let passage = ouverte(&m, version, EvenementMotif::Approuver)?;
    if acte.acteur.id == Some(m.propose_par) {
        return Err(ActionError::refus(
            "Vous avez proposé ce changement : une autre personne l’approuve.",
        ));
    }
    Ok((m, passage))
}
