//! PRO-13: somebody known by a paper that a caisse entered, without an account, until a file of theirs is linked to one.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::dialect::Multi;
use super::identite;
use super::kine::Kine;
use super::schema::{compte, designation, domicile, dossier, identite_verifiee, kine, message};
use super::{AnyConn, DbResult, WriteTx, une_ligne};

/// What a paper says of who wrote it.
#[derive(Debug, Insertable, AsChangeset)]
#[diesel(table_name = kine, treat_none_as_null = true)]
pub struct Connu<'a> {
    /// 11 digits.
    pub rpps: &'a str,
    /// The key of the RPPS does not hold, and the agent confirmed the number.
    pub cle_confirmee: bool,
    /// First name.
    pub prenom: &'a str,
    /// Name.
    pub nom: &'a str,
    /// Name and first name, folded for searching.
    pub nom_recherche: &'a str,
    /// Telephone.
    pub telephone: Option<&'a str>,
    /// E-mail address, that nobody confirmed: nothing is sent there by itself.
    pub courriel: Option<&'a str>,
}

/// Writes what is known of somebody without an account, over what an earlier paper said, and returns their identifier.
///
/// # Errors
/// [`super::contrainte::Contrainte::Rpps`] when another entry writes them at the same instant.
pub fn inscrire(tx: &mut WriteTx<'_>, connu: &Connu<'_>, le: NaiveDateTime) -> DbResult<i64> {
    let deja = diesel::update(
        kine::table
            .filter(kine::rpps.eq(connu.rpps))
            .filter(kine::compte_id.is_null()),
    )
    .set((connu, kine::version.eq(kine::version + 1)))
    .returning(kine::id)
    .get_result(&mut **tx)
    .optional()?;
    if let Some(id) = deja {
        return Ok(id);
    }
    Ok(diesel::insert_into(kine::table)
        .values((connu, kine::cree_le.eq(le)))
        .returning(kine::id)
        .get_result(&mut **tx)?)
}

/// Who holds an account with this RPPS, whose address was confirmed; else who is known by a paper.
pub fn connu(conn: &mut AnyConn, rpps: &str) -> DbResult<Option<Kine>> {
    if let Some(titulaire) = titulaire(conn, rpps)? {
        return Ok(Some(titulaire));
    }
    Ok(kine::table
        .filter(kine::rpps.eq(rpps))
        .filter(kine::compte_id.is_null())
        .select(<Kine as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// Who holds an account with this RPPS, whose address was confirmed.
pub fn titulaire(conn: &mut AnyConn, rpps: &str) -> DbResult<Option<Kine>> {
    Ok(kine::table
        .inner_join(compte::table)
        .filter(kine::rpps.eq(rpps))
        .filter(compte::courriel_verifie_le.is_not_null())
        .select(<Kine as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// Who holds an account with the RPPS of somebody known by a paper; none for who has one.
pub fn autre_titulaire(conn: &mut AnyConn, kine_id: i64) -> DbResult<Option<i64>> {
    let connu: Option<Kine> = kine::table
        .find(kine_id)
        .filter(kine::compte_id.is_null())
        .select(<Kine as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?;
    match connu {
        Some(connu) => Ok(titulaire(conn, &connu.rpps)?.map(|k| k.id)),
        None => Ok(None),
    }
}

/// Links a case to who holds the account: the case, its messages, and the designation that it rests on. Somebody known by
/// paper of whom no case is left is forgotten; their home is that of the account, if it had none.
///
/// # Errors
/// [`super::contrainte::Contrainte::DemandeDePlace`] when the account has a request under way on the same place.
pub fn rattacher(tx: &mut WriteTx<'_>, dossier_id: i64, de: i64, a: i64) -> DbResult<()> {
    une_ligne(
        diesel::update(dossier::table.find(dossier_id))
            .filter(dossier::kine_id.eq(de))
            .set(dossier::kine_id.eq(a))
            .execute(&mut **tx)?,
    )?;
    diesel::update(message::table.filter(message::dossier_id.eq(dossier_id)))
        .set(message::kine_id.eq(a))
        .execute(&mut **tx)?;
    let domicilie: bool = diesel::select(diesel::dsl::exists(
        domicile::table.filter(domicile::kine_id.eq(a)),
    ))
    .get_result(&mut **tx)?;
    let encore: bool = diesel::select(diesel::dsl::exists(
        dossier::table.filter(dossier::kine_id.eq(de)),
    ))
    .get_result(&mut **tx)?;
    if !domicilie {
        let siens: Option<(String, String, NaiveDateTime)> = domicile::table
            .find(de)
            .select((domicile::adresse, domicile::insee, domicile::dit_le))
            .first(&mut **tx)
            .optional()?;
        if let Some((adresse, insee, dit_le)) = siens {
            diesel::insert_into(domicile::table)
                .values((
                    domicile::kine_id.eq(a),
                    domicile::adresse.eq(adresse),
                    domicile::insee.eq(insee),
                    domicile::dit_le.eq(dit_le),
                ))
                .execute(&mut **tx)?;
        }
    }
    if !encore {
        diesel::update(designation::table.filter(designation::kine_id.eq(de)))
            .set(designation::kine_id.eq(a))
            .execute(&mut **tx)?;
        diesel::delete(domicile::table.find(de)).execute(&mut **tx)?;
        // What was checked of the person stays checked.
        if !identite::verifiee(tx, a)? {
            diesel::update(identite_verifiee::table.find(de))
                .set(identite_verifiee::kine_id.eq(a))
                .execute(&mut **tx)?;
        }
        diesel::delete(identite_verifiee::table.find(de)).execute(&mut **tx)?;
        diesel::delete(kine::table.find(de)).execute(&mut **tx)?;
    }
    super::mots::indexer(tx, dossier_id)
}
