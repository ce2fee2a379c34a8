//! Accounts.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::compte;
use super::{AnyConn, DbResult, WriteTx};

/// An account to create.
#[derive(Insertable)]
#[diesel(table_name = compte)]
pub struct NouveauCompte<'a> {
    /// E-mail address, in lower case.
    pub courriel: &'a str,
    /// When it was confirmed.
    pub courriel_verifie_le: Option<NaiveDateTime>,
    /// argon2id, PHC string.
    pub mot_de_passe: Option<&'a str>,
    /// First name.
    pub prenom: &'a str,
    /// Name.
    pub nom: &'a str,
    /// Whether it may log in.
    pub actif: bool,
    /// Failed logins in a row.
    pub echecs: i32,
    /// Now.
    pub cree_le: NaiveDateTime,
}

/// What a login needs to know.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = compte)]
pub struct Compte {
    /// Identifier.
    pub id: i64,
    /// E-mail address, in lower case.
    pub courriel: String,
    /// When it was confirmed.
    pub courriel_verifie_le: Option<NaiveDateTime>,
    /// argon2id, PHC string.
    pub mot_de_passe: Option<String>,
    /// First name.
    pub prenom: String,
    /// Name.
    pub nom: String,
    /// Whether it may log in.
    pub actif: bool,
    /// Failed logins in a row.
    pub echecs: i32,
    /// No login before.
    pub verrouille_jusqua: Option<NaiveDateTime>,
    /// When the account was created.
    pub cree_le: NaiveDateTime,
}

impl Compte {
    /// First name and name.
    pub fn nom_complet(&self) -> String {
        format!("{} {}", self.prenom, self.nom)
    }

    /// Whether logins are refused at this instant after too many failures.
    pub fn verrouille(&self, now: NaiveDateTime) -> bool {
        self.verrouille_jusqua.is_some_and(|fin| now < fin)
    }
}

/// Creates an account and returns its identifier.
///
/// # Errors
/// [`super::contrainte::Contrainte::CourrielCompte`] when the address is taken.
pub fn creer(tx: &mut WriteTx<'_>, nouveau: &NouveauCompte<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(compte::table)
        .values(nouveau)
        .returning(compte::id)
        .get_result(&mut **tx)?)
}

/// The account of an address, in lower case.
pub fn par_courriel(conn: &mut AnyConn, courriel: &str) -> DbResult<Option<Compte>> {
    Ok(compte::table
        .filter(compte::courriel.eq(courriel))
        .select(<Compte as Selectable<super::dialect::Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// The account of an identifier.
pub fn par_id(conn: &mut AnyConn, id: i64) -> DbResult<Option<Compte>> {
    Ok(compte::table
        .find(id)
        .select(<Compte as Selectable<super::dialect::Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// The account of an identifier, which no other transaction changes until this one ends.
pub fn tenir(tx: &mut WriteTx<'_>, id: i64) -> DbResult<Option<Compte>> {
    if !tx.is_sqlite() {
        diesel::update(compte::table.find(id))
            .set(compte::echecs.eq(compte::echecs))
            .execute(&mut **tx)?;
    }
    par_id(tx, id)
}

/// Counts failed logins in a row, and shuts the account until an instant when there were too many.
pub fn noter_echecs(
    tx: &mut WriteTx<'_>,
    id: i64,
    echecs: i32,
    verrouille_jusqua: Option<NaiveDateTime>,
) -> DbResult<()> {
    diesel::update(compte::table.find(id))
        .set((
            compte::echecs.eq(echecs),
            compte::verrouille_jusqua.eq(verrouille_jusqua),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Notes that the address is the holder's.
pub fn verifier_courriel(tx: &mut WriteTx<'_>, id: i64, now: NaiveDateTime) -> DbResult<()> {
    diesel::update(compte::table.find(id))
        .set(compte::courriel_verifie_le.eq(now))
        .execute(&mut **tx)?;
    Ok(())
}

/// Replaces the password (PHC string), opens the account again if failures had shut it, and voids the forms shown so far.
pub fn changer_mot_de_passe(
    tx: &mut WriteTx<'_>,
    id: i64,
    hache: &str,
    now: NaiveDateTime,
) -> DbResult<()> {
    diesel::update(compte::table.find(id))
        .set((
            compte::mot_de_passe.eq(hache),
            compte::echecs.eq(0),
            compte::verrouille_jusqua.eq(None::<NaiveDateTime>),
        ))
        .execute(&mut **tx)?;
    annuler_sceaux(tx, id, now)
}

/// Voids the forms shown to this account so far: sent without a session, they are kept for nobody.
pub fn annuler_sceaux(tx: &mut WriteTx<'_>, id: i64, now: NaiveDateTime) -> DbResult<()> {
    diesel::update(compte::table.find(id))
        .set(compte::sceaux_depuis.eq(now))
        .execute(&mut **tx)?;
    Ok(())
}

/// Whether a form shown to this account at this instant is still hers.
pub fn sceau_vaut(conn: &mut AnyConn, id: i64, montre_le: NaiveDateTime) -> DbResult<bool> {
    let depuis: Option<Option<NaiveDateTime>> = compte::table
        .find(id)
        .select(compte::sceaux_depuis)
        .first(conn)
        .optional()?;
    Ok(depuis.is_some_and(|depuis| depuis.is_none_or(|d| montre_le > d)))
}

/// Removes an account that was never used: only one whose address was never confirmed.
pub fn supprimer_non_verifie(tx: &mut WriteTx<'_>, id: i64) -> DbResult<()> {
    diesel::delete(
        compte::table
            .find(id)
            .filter(compte::courriel_verifie_le.is_null()),
    )
    .execute(&mut **tx)?;
    Ok(())
}
