//! Reminders sent (ECH-5), and what they need to know: which deadlines run, who is to be told.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::droits::Role;
use regles::echeance::{Fin, NatureEcheance};
use regles::grand_livre::EtatPlace;

use super::condition::{ECHEANCE_EN_COURS, parmi};
use super::dialect::Multi;
use super::echeance::EcheanceStockee;
use super::schema::{caisse, compte, dossier, echeance, mandat, place, rappel};
use super::{AnyConn, DbResult, WriteTx};

/// Running deadlines that end by `horizon`, in order, after the one given: read batch by batch.
pub fn echeances_en_cours(
    conn: &mut AnyConn,
    apres: Option<(NaiveDate, i64)>,
    horizon: NaiveDate,
    limite: i64,
) -> DbResult<Vec<EcheanceStockee>> {
    let mut requete = echeance::table
        .filter(ECHEANCE_EN_COURS)
        .filter(echeance::finale.le(horizon))
        .order((echeance::finale, echeance::id))
        .limit(limite)
        .select(<EcheanceStockee as Selectable<Multi>>::construct_selection())
        .into_boxed();
    if let Some((finale, id)) = apres {
        requete = requete.filter(
            echeance::finale
                .gt(finale)
                .or(echeance::finale.eq(finale).and(echeance::id.gt(id))),
        );
    }
    Ok(requete.load(conn)?)
}

/// One deadline, if it still runs.
pub fn echeance_si_en_cours(conn: &mut AnyConn, id: i64) -> DbResult<Option<EcheanceStockee>> {
    Ok(echeance::table
        .find(id)
        .filter(ECHEANCE_EN_COURS)
        .select(<EcheanceStockee as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// The codes already sent for these deadlines, as `(deadline, code)`.
pub fn envoyes(conn: &mut AnyConn, echeances: &[i64]) -> DbResult<Vec<(i64, String)>> {
    Ok(rappel::table
        .filter(parmi(rappel::echeance_id, echeances))
        .select((rappel::echeance_id, rappel::code))
        .load(conn)?)
}

/// Notes that a reminder is sent.
///
/// # Errors
/// [`super::contrainte::Contrainte::RappelUneFois`] when it was sent already.
pub fn noter(
    tx: &mut WriteTx<'_>,
    echeance_id: i64,
    code: &str,
    now: NaiveDateTime,
) -> DbResult<()> {
    diesel::insert_into(rappel::table)
        .values((
            rappel::echeance_id.eq(echeance_id),
            rappel::code.eq(code),
            rappel::envoye_le.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// The number of a case, and the address of who handles it.
///
/// # Errors
/// [`super::DbError::Introuvable`].
pub fn suivi(conn: &mut AnyConn, dossier_id: i64) -> DbResult<(String, Option<String>)> {
    Ok(dossier::table
        .left_join(compte::table.on(dossier::assigne_a.eq(compte::id.nullable())))
        .filter(dossier::id.eq(dossier_id))
        .select((dossier::numero, compte::courriel.nullable()))
        .first(conn)?)
}

/// The addresses of the team of a CPAM: its own address, else those of its active handlers and managers.
pub fn equipe(conn: &mut AnyConn, caisse_code: &str, jour: NaiveDate) -> DbResult<Vec<String>> {
    let service: Option<String> = caisse::table
        .find(caisse_code)
        .select(caisse::courriel)
        .first(conn)?;
    if let Some(adresse) = service {
        return Ok(vec![adresse]);
    }
    let mut adresses: Vec<String> = compte::table
        .inner_join(mandat::table)
        .filter(mandat::caisse_code.eq(caisse_code))
        .filter(mandat::du.le(jour))
        .filter(mandat::au.is_null().or(mandat::au.ge(jour)))
        .filter(compte::actif.eq(true))
        .filter(parmi(mandat::role, [Role::Instructeur, Role::Responsable]))
        .order(compte::id)
        .select(compte::courriel)
        .load(conn)?;
    adresses.dedup();
    Ok(adresses)
}

/// Those who sign for a CPAM on a day: (account, first name and name).
pub fn signataires(
    conn: &mut AnyConn,
    caisse_code: &str,
    jour: NaiveDate,
) -> DbResult<Vec<(i64, String)>> {
    let lus: Vec<(i64, String, String)> = compte::table
        .inner_join(mandat::table)
        .filter(mandat::caisse_code.eq(caisse_code))
        .filter(mandat::du.le(jour))
        .filter(mandat::au.is_null().or(mandat::au.ge(jour)))
        .filter(compte::actif.eq(true))
        .filter(mandat::role.eq(Role::Signataire))
        .order(compte::id)
        .select((compte::id, compte::prenom, compte::nom))
        .load(conn)?;
    Ok(lus
        .into_iter()
        .map(|(id, prenom, nom)| (id, format!("{prenom} {nom}")))
        .collect())
}

/// Open places whose delay of designation ended before `jour` (REG-6), after the one given, in order.
pub fn places_echues(
    conn: &mut AnyConn,
    apres: i64,
    jour: NaiveDate,
    limite: i64,
) -> DbResult<Vec<i64>> {
    Ok(place::table
        .filter(place::id.gt(apres))
        .filter(place::etat.eq(EtatPlace::Ouverte))
        .filter(place::limite_designation.lt(jour))
        .order(place::id)
        .limit(limite)
        .select(place::id)
        .load(conn)?)
}

/// Requests one of whose delays runs, ended before `jour` and makes the grant lapse (REG-9), after the one given, in order.
pub fn accords_echus(
    conn: &mut AnyConn,
    apres: i64,
    jour: NaiveDate,
    limite: i64,
) -> DbResult<Vec<i64>> {
    Ok(echeance::table
        .filter(echeance::dossier_id.gt(apres))
        .filter(ECHEANCE_EN_COURS)
        .filter(parmi(
            echeance::nature,
            NatureEcheance::parmi(|f| f.fin == Fin::AccordCaduc),
        ))
        .filter(echeance::finale.lt(jour))
        .order(echeance::dossier_id)
        .limit(limite)
        .select(echeance::dossier_id)
        .load(conn)?)
}
