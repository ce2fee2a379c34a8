//! The daily tick: what lapses or is without object (REG-6, REG-9, REG-16), then reminders (ECH-5). Read in batches, written one object at a time: it can stop anywhere and
//! begin again; run twice, or after days of outage, it does nothing twice.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use regles::echeance::{Fin, NatureEcheance};
use regles::preference::Frequence;

use crate::actions::rappel::{self, deja_fait, du, horizon};
use crate::actions::{
    Acte, ActionError, ActionResult, appel, caducite, decision, depart, nouveaute, recours, silence,
};
use crate::db::echeance::EcheanceStockee;
use crate::db::{self, AnyConn, Db, DbResult, WriteTx};

/// Deadlines read at once.
const LOT: i64 = 500;

/// What a tick did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bilan {
    /// Reminders sent, each to one or several people.
    pub rappels: usize,
    /// Places and grants that lapsed, places without object.
    pub caducites: usize,
    /// What the end of a delay was worth, that changes no state: silences, documents that nobody opened.
    pub constats: usize,
    /// Objects that could not be handled; the log says which.
    pub erreurs: usize,
}

/// Does what the day asks for.
///
/// # Errors
/// The database does not answer, or no parameter is in force. One bad object does not stop the others.
pub fn passer(db: &Db, acte: &Acte) -> ActionResult<Bilan> {
    let mut bilan = constater(db, acte)?;
    rappels(db, acte, &mut bilan)?;
    appels(db, acte, &mut bilan)?;
    nouveautes(db, acte, &mut bilan)?;
    db.write(|tx| db::reponse_gardee::oublier(tx, acte.le()))?;
    Ok(bilan)
}

/// Reminds the candidates of the calls whose end is near (REG-12).
fn appels(db: &Db, acte: &Acte, bilan: &mut Bilan) -> ActionResult<()> {
    let fenetre = (acte.jour(), appel::horizon(acte)?);
    let mut apres = 0;
    loop {
        let lot = db.read(|conn| db::appel_suite::bientot_clos(conn, apres, fenetre, LOT))?;
        for id in &lot {
            compter(
                db.write(|tx| appel::rappeler(tx, acte, *id)),
                ("appel", *id),
                &mut bilan.rappels,
                &mut bilan.erreurs,
            );
        }
        match lot.last() {
            Some(dernier) => apres = *dernier,
            None => return Ok(()),
        }
    }
}

/// Tells who wants it once a day what is new.
fn nouveautes(db: &Db, acte: &Acte, bilan: &mut Bilan) -> ActionResult<()> {
    let mut apres = 0;
    loop {
        let lot =
            db.read(|conn| db::preference::qui(conn, Frequence::UneFoisParJour, apres, LOT))?;
        for id in &lot {
            let mut resumes = 0;
            compter(
                db.write(|tx| nouveaute::resumer(tx, acte, *id)),
                ("compte", *id),
                &mut resumes,
                &mut bilan.erreurs,
            );
        }
        match lot.last() {
            Some(dernier) => apres = *dernier,
            None => return Ok(()),
        }
    }
}

/// Records what has lapsed, and reminds nobody: the ledger is right from the first minute of the day.
///
/// # Errors
/// As [`passer`].
pub fn constater(db: &Db, acte: &Acte) -> ActionResult<Bilan> {
    let mut bilan = Bilan::default();
    // REG-16, before what lapses: what is without object has no term any more.
    let zones: Caducite = (
        "place",
        db::sans_objet::places,
        depart::constater_sans_objet,
    );
    lapses(db, acte, zones, (&mut bilan.caducites, &mut bilan.erreurs))?;
    let fins: BTreeSet<Fin> = NatureEcheance::TOUS.iter().map(|n| n.fiche().fin).collect();
    for fin in fins {
        if let Some(caducite) = caducite_de(fin) {
            lapses(
                db,
                acte,
                caducite,
                (&mut bilan.caducites, &mut bilan.erreurs),
            )?;
        }
    }
    let silences: Caducite = ("silence", db::silence::echus, silence::constater);
    lapses(
        db,
        acte,
        silences,
        (&mut bilan.constats, &mut bilan.erreurs),
    )?;
    // PRO-8: no deadline of a case, but the last day to open a document.
    let documents: Caducite = ("document", db::envoi::echus, decision::constater);
    lapses(
        db,
        acte,
        documents,
        (&mut bilan.constats, &mut bilan.erreurs),
    )?;
    let raisons: Caducite = (
        "raisons",
        db::envoi::raisons_echues,
        decision::constater_les_raisons,
    );
    lapses(db, acte, raisons, (&mut bilan.constats, &mut bilan.erreurs))?;
    let reponses: Caducite = (
        "recours",
        db::recours::documents_echus,
        recours::constater_le_document,
    );
    lapses(
        db,
        acte,
        reponses,
        (&mut bilan.constats, &mut bilan.erreurs),
    )?;
    Ok(bilan)
}

/// What the end of a deadline does by itself; none: a person decides.
fn caducite_de(fin: Fin) -> Option<Caducite> {
    match fin {
        Fin::AccordCaduc => Some(("demande", db::rappel::accords_echus, caducite::d_accord)),
        Fin::FinDePlace => Some(("place", db::rappel::places_echues, caducite::de_place)),
        Fin::AttributionCaduque => Some((
            "appel",
            db::appel_suite::sans_depot,
            appel::constater_defaut,
        )),
        Fin::RejetDuRecours => Some(("recours", db::recours::silences_echus, recours::constater)),
        Fin::Classable | Fin::Silence | Fin::Retard | Fin::AConstater | Fin::Definitif => None,
    }
}

/// What may lapse: its name in the log, where to find it, what to do of one.
type Caducite = (
    &'static str,
    fn(&mut AnyConn, i64, NaiveDate, i64) -> DbResult<Vec<i64>>,
    fn(&mut WriteTx<'_>, &Acte, i64) -> ActionResult<bool>,
);

fn lapses(
    db: &Db,
    acte: &Acte,
    (objet, chercher, constater): Caducite,
    (faits, erreurs): (&mut usize, &mut usize),
) -> ActionResult<()> {
    let mut apres = 0;
    loop {
        let lot = db.read(|conn| chercher(conn, apres, acte.jour(), LOT))?;
        for id in &lot {
            compter(
                db.write(|tx| constater(tx, acte, *id)),
                (objet, *id),
                faits,
                erreurs,
            );
        }
        match lot.last() {
            Some(dernier) => apres = *dernier,
            None => return Ok(()),
        }
    }
}

fn rappels(db: &Db, acte: &Acte, bilan: &mut Bilan) -> ActionResult<()> {
    let horizon = horizon(&acte.reglement, acte.jour())?;
    let mut apres: Option<(NaiveDate, i64)> = None;
    loop {
        let dus = db.read(|conn| {
            let lot = db::rappel::echeances_en_cours(conn, apres, horizon, LOT)?;
            let ids: Vec<i64> = lot.iter().map(|e| e.id).collect();
            let envoyes = db::rappel::envoyes(conn, &ids)?;
            Ok::<_, ActionError>((lot, envoyes))
        })?;
        let (lot, envoyes) = dus;
        let Some(derniere) = lot.last() else {
            return Ok(());
        };
        apres = Some((derniere.finale, derniere.id));
        for echeance in &lot {
            let faits: Vec<String> = envoyes
                .iter()
                .filter(|(id, _)| *id == echeance.id)
                .map(|(_, code)| code.clone())
                .collect();
            if du(&acte.reglement, acte.jour(), echeance, &faits)?.is_some() {
                un_rappel(db, acte, echeance, bilan);
            }
        }
    }
}

fn un_rappel(db: &Db, acte: &Acte, echeance: &EcheanceStockee, bilan: &mut Bilan) {
    compter(
        db.write(|tx| rappel::rappeler(tx, acte, echeance.id))
            .map(|code| code.is_some()),
        ("echeance", echeance.id),
        &mut bilan.rappels,
        &mut bilan.erreurs,
    );
}

/// Counts what was done; what another process did meanwhile counts for it.
fn compter(
    resultat: ActionResult<bool>,
    (objet, id): (&str, i64),
    faits: &mut usize,
    erreurs: &mut usize,
) {
    match resultat {
        Ok(true) => *faits += 1,
        Ok(false) => {}
        Err(erreur) if deja_fait(&erreur) => {}
        Err(erreur) => {
            *erreurs += 1;
            tracing::error!(objet, id, error = %erreur, "the daily tick left this object");
        }
    }
}
