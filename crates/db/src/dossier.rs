//! The trunk: what a CPAM handles, whatever its nature. The table of a nature shares the identifier of its case.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::dossier::NatureDossier;

use super::condition::{Visible, parmi};
use super::schema::{commune, compte, dossier, kine, numerotation};
use super::{AnyConn, CpamScope, DbError, DbResult, WriteTx, une_ligne};
use crate::per_backend;

/// A case to open; its nature's own table is written next, with the identifier returned.
#[derive(Debug, Insertable)]
#[diesel(table_name = dossier)]
pub struct NouveauDossier<'a> {
    /// What it is about.
    pub nature: NatureDossier,
    /// Number given to people, from [`numero_suivant`].
    pub numero: &'a str,
    /// The CPAM (PRO-1).
    pub caisse_code: &'a str,
    /// Whose it is; nobody's for a call.
    pub kine_id: Option<i64>,
    /// Commune of practice.
    pub insee: &'a str,
    /// Its bassin (ZON-2).
    pub bassin_code: &'a str,
    /// The place that a succession or a call is about.
    pub place_id: Option<i64>,
    /// Where it stands, a code of its nature.
    pub etat: &'a str,
    /// Whether somebody still has to act.
    pub ouvert: bool,
    /// REG-14: whether it is an arrival of the ledger once granted.
    pub arrivee: bool,
    /// What is due first.
    pub echeance: NaiveDate,
    /// Its nature.
    pub echeance_nature: &'a str,
    /// Now.
    pub depose_le: NaiveDateTime,
    /// Key of the form: the same form sent twice opens one case.
    pub cle_idempotence: Option<&'a str>,
    /// 1 at first.
    pub version: i32,
}

/// What changes in a case; `None` leaves the column alone.
#[derive(Debug, Default, AsChangeset)]
#[diesel(table_name = dossier)]
pub struct ChangementDossier<'a> {
    /// Where it stands.
    pub etat: Option<&'a str>,
    /// Whether somebody still has to act.
    pub ouvert: Option<bool>,
    /// The agent in charge.
    pub assigne_a: Option<Option<i64>>,
    /// Commune of practice.
    pub insee: Option<&'a str>,
    /// Its bassin.
    pub bassin_code: Option<&'a str>,
    /// What is due first.
    pub echeance: Option<NaiveDate>,
    /// Its nature.
    pub echeance_nature: Option<&'a str>,
}

/// Opens a case and returns its identifier.
///
/// # Errors
/// [`super::contrainte::Contrainte::Idempotence`] when this form opened one already; what else the trunk promises.
pub fn ouvrir(tx: &mut WriteTx<'_>, nouveau: &NouveauDossier<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(dossier::table)
        .values(nouveau)
        .returning(dossier::id)
        .get_result(&mut **tx)?)
}

/// Changes a case that has not changed since it was read; its version grows even when nothing else does.
///
/// # Errors
/// [`DbError::Perime`] when its version is no longer `version`;
/// [`super::contrainte::Contrainte::PlaceConsommee`] when its place has its arrival (REG-2).
pub fn modifier(
    tx: &mut WriteTx<'_>,
    id: i64,
    version: i32,
    changement: &ChangementDossier<'_>,
) -> DbResult<()> {
    une_ligne(
        diesel::update(dossier::table)
            .filter(dossier::id.eq(id).and(dossier::version.eq(version)))
            .set((changement, dossier::version.eq(version + 1)))
            .execute(&mut **tx)?,
    )
}

/// Says whether somebody still has to act on a case because of what happened to another: to the place of a departure,
/// to the call on that place. Its version stays: who reads it sees the same.
///
/// # Errors
/// [`DbError::Perime`] when there is no such case.
pub(super) fn attendre(tx: &mut WriteTx<'_>, id: i64, ouvert: bool) -> DbResult<()> {
    une_ligne(
        diesel::update(dossier::table.find(id))
            .set(dossier::ouvert.eq(ouvert))
            .execute(&mut **tx)?,
    )
}

/// Makes the others who act on this case wait until the end of the transaction: what is read next is what they
/// left. On SQLite the write transaction itself already does.
///
/// # Errors
/// [`DbError::Introuvable`] when there is no such case.
pub fn verrouiller(tx: &mut WriteTx<'_>, id: i64) -> DbResult<()> {
    if tx.is_sqlite() {
        return Ok(());
    }
    let touchees = diesel::update(dossier::table.find(id))
        .set(dossier::version.eq(dossier::version))
        .execute(&mut **tx)?;
    if touchees == 0 {
        return Err(DbError::Introuvable);
    }
    Ok(())
}

/// A case of any nature, with what is said of it where its nature does not matter.
#[derive(Debug, Clone, Queryable)]
pub struct Dossier {
    /// Identifier.
    pub id: i64,
    /// What it is about.
    pub nature: NatureDossier,
    /// Number.
    pub numero: String,
    /// The CPAM.
    pub caisse_code: String,
    /// The place that a succession or a call is about.
    pub place_id: Option<i64>,
    /// Whether somebody still has to act.
    pub ouvert: bool,
    /// The agent in charge.
    pub assigne_a: Option<i64>,
    /// Grows with every change.
    pub version: i32,
    /// Its commune.
    pub commune: String,
    /// First name and name of whose it is; nobody's for a call.
    pub personne: Option<(String, String)>,
    /// First name and name of the agent in charge.
    pub suivi_par: Option<(String, String)>,
}

impl Dossier {
    /// Whose it is, or what it is when it is nobody's.
    pub fn nom(&self) -> String {
        match &self.personne {
            Some((prenom, nom)) => format!("{prenom} {nom}"),
            None => format!("{}, {}", self.nature.libelle(), self.commune),
        }
    }
}

/// A case that the caller may see, by its number.
///
/// # Errors
/// [`DbError::Introuvable`] when it does not exist or is out of scope.
pub fn lire(conn: &mut AnyConn, scope: &CpamScope, numero: &str) -> DbResult<Dossier> {
    Ok(dossier::table
        .inner_join(commune::table.on(commune::insee.eq(dossier::insee)))
        .left_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .left_join(compte::table.on(compte::id.nullable().eq(dossier::assigne_a)))
        .filter(dossier::numero.eq(numero.to_owned()))
        .filter(Visible(scope.clone()))
        .select((
            dossier::id,
            dossier::nature,
            dossier::numero,
            dossier::caisse_code,
            dossier::place_id,
            dossier::ouvert,
            dossier::assigne_a,
            dossier::version,
            commune::nom,
            (kine::prenom, kine::nom).nullable(),
            (compte::prenom, compte::nom).nullable(),
        ))
        .first(conn)?)
}

/// A case by its identifier, for what already was found within a scope.
///
/// # Errors
/// [`DbError::Introuvable`].
pub fn par_id(conn: &mut AnyConn, id: i64) -> DbResult<Dossier> {
    let numero = numero(conn, id)?;
    lire(conn, &CpamScope::National, &numero)
}

/// Locks a case as [`verrouiller`] does, then reads it.
///
/// # Errors
/// [`DbError::Introuvable`] when it does not exist or is out of scope.
pub fn charger(tx: &mut WriteTx<'_>, scope: &CpamScope, numero: &str) -> DbResult<Dossier> {
    let lu = lire(tx, scope, numero)?;
    if tx.is_sqlite() {
        return Ok(lu);
    }
    verrouiller(tx, lu.id)?;
    lire(tx, scope, numero)
}

/// Those of these cases that are of a CPAM, in their order.
pub fn de_la_caisse(conn: &mut AnyConn, caisse: &str, ids: &[i64]) -> DbResult<Vec<i64>> {
    let mut connus: Vec<i64> = Vec::with_capacity(ids.len());
    for paquet in ids.chunks(1000) {
        connus.extend(
            dossier::table
                .filter(parmi(dossier::id, paquet))
                .filter(dossier::caisse_code.eq(caisse))
                .order(dossier::id)
                .select(dossier::id)
                .load::<i64>(conn)?,
        );
    }
    Ok(connus)
}

/// The number of a case, by its identifier.
///
/// # Errors
/// [`DbError::Introuvable`].
pub fn numero(conn: &mut AnyConn, id: i64) -> DbResult<String> {
    Ok(dossier::table
        .find(id)
        .select(dossier::numero)
        .first(conn)?)
}

/// The next number of a CPAM, nature and year. The row stays locked until the end of the transaction:
/// numbers follow each other without a gap, and an undone filing gives its number back. Whoever files at the same CPAM
/// waits from here on: what can be read before is.
pub fn numero_suivant(
    tx: &mut WriteTx<'_>,
    caisse: &str,
    nature: NatureDossier,
    annee: i32,
) -> DbResult<String> {
    let rang: i32 = per_backend!(&mut **tx, conn => diesel::insert_into(numerotation::table)
        .values((
            numerotation::caisse_code.eq(caisse),
            numerotation::nature.eq(nature.as_str()),
            numerotation::annee.eq(annee),
            numerotation::dernier.eq(1),
        ))
        .on_conflict((
            numerotation::caisse_code,
            numerotation::nature,
            numerotation::annee,
        ))
        .do_update()
        .set(numerotation::dernier.eq(numerotation::dernier + 1))
        .returning(numerotation::dernier)
        .get_result(conn)?);
    Ok(regles::dossier::numero(caisse, annee, nature, rang))
}

/// The result of an update of what a nature holds of its own, which may have nothing to change.
///
/// # Errors
/// [`DbError::Perime`] when its row is not there; the refusal of the database.
pub(super) fn sauf_vide(resultat: QueryResult<usize>) -> DbResult<()> {
    match resultat {
        Err(diesel::result::Error::QueryBuilderError(_)) => Ok(()),
        autre => une_ligne(autre?),
    }
}

/// The practitioner of a case, if it is one's.
pub fn kine(conn: &mut AnyConn, id: i64) -> DbResult<Option<i64>> {
    Ok(dossier::table
        .find(id)
        .select(dossier::kine_id)
        .first(conn)?)
}
