//! Server-side sessions: the cookie holds a token, the table its fingerprint.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::count_star;
use diesel::prelude::*;
use regles::droits::{Etendue, Role};

use super::condition::A_LIRE_ICI;
use super::schema::{caisse, compte, kine, mandat, nouveaute, session};
use super::{AnyConn, CpamScope, DbResult, WriteTx};

/// Who is logged in, as one query finds it from the cookie.
#[derive(Debug, Clone, Queryable)]
pub struct Identite {
    /// Fingerprint of the session's token.
    pub session: String,
    /// When it was opened.
    pub cree_le: NaiveDateTime,
    /// When this session was last seen.
    pub vue_le: NaiveDateTime,
    /// When it ends whatever happens.
    pub expire_le: NaiveDateTime,
    /// The account.
    pub compte_id: i64,
    /// E-mail address.
    pub courriel: String,
    /// When the address was confirmed.
    pub courriel_verifie_le: Option<NaiveDateTime>,
    /// First name.
    pub prenom: String,
    /// Name.
    pub nom: String,
    /// Role.
    #[diesel(deserialize_as = SousQuelRole)]
    pub role: Role,
    /// The mandate that it is held by; a practitioner needs none.
    pub mandat_id: Option<i64>,
    /// Capacity printed under a signature.
    pub qualite: Option<String>,
    /// The CPAM of an agent.
    pub caisse_code: Option<String>,
    /// Its name.
    pub caisse_nom: Option<String>,
    /// The region of an ARS (INSEE code).
    pub region: Option<String>,
    /// The practitioner behind the account.
    pub kine_id: Option<i64>,
    /// How many cases have something new for her.
    pub nouveautes: i64,
}

impl Identite {
    /// First name and name.
    pub fn nom_complet(&self) -> String {
        format!("{} {}", self.prenom, self.nom)
    }

    /// What this person may see; a mandate without its extent sees nothing.
    pub fn scope(&self) -> CpamScope {
        match (
            self.role.etendue(),
            &self.caisse_code,
            &self.region,
            self.kine_id,
        ) {
            (Some(Etendue::Nation), ..) => CpamScope::National,
            (Some(Etendue::Region), _, Some(region), _) => CpamScope::Region(region.clone()),
            (Some(Etendue::Caisse), Some(code), ..) if self.role == Role::PraticienConseil => {
                CpamScope::Sante(code.clone())
            }
            (Some(Etendue::Caisse), Some(code), ..) => CpamScope::Caisse(code.clone()),
            (None, .., Some(id)) => CpamScope::Kine(id),
            _ => CpamScope::Caisse(String::new()),
        }
    }
}

/// Finds who holds the session, expired or not; an inactive account has none, nor has a mandate that is not in force on
/// `jour`.
pub fn identite(
    conn: &mut AnyConn,
    empreinte: &str,
    jour: NaiveDate,
) -> DbResult<Option<Identite>> {
    let trouvee = session::table
        .inner_join(compte::table)
        // One after the other: SQLite would first read every mandate of a join within the join.
        .left_join(kine::table.on(kine::compte_id.eq(compte::id.nullable())))
        .left_join(mandat::table.on(session::mandat_id.eq(mandat::id.nullable())))
        .left_join(caisse::table.on(mandat::caisse_code.eq(caisse::code.nullable())))
        .filter(session::empreinte.eq(empreinte))
        .filter(compte::actif.eq(true))
        .filter(session::mandat_id.is_not_null().or(kine::id.is_not_null()))
        .filter(
            session::mandat_id.is_null().or(mandat::du
                .le(jour)
                .and(mandat::au.is_null().or(mandat::au.ge(jour)))
                .assume_not_null()),
        )
        .select((
            session::empreinte,
            session::cree_le,
            session::vue_le,
            session::expire_le,
            compte::id,
            compte::courriel,
            compte::courriel_verifie_le,
            compte::prenom,
            compte::nom,
            mandat::role.nullable(),
            mandat::id.nullable(),
            mandat::qualite.nullable(),
            mandat::caisse_code.nullable(),
            caisse::nom.nullable(),
            mandat::region.nullable(),
            kine::id.nullable(),
            nouveaute::table
                .filter(nouveaute::compte_id.eq(compte::id))
                .filter(A_LIRE_ICI)
                .select(count_star())
                .single_value()
                .assume_not_null(),
        ))
        .first::<Identite>(conn)
        .optional()?;
    Ok(trouvee)
}

/// The role of the mandate; without one, a practitioner.
pub struct SousQuelRole(Option<Role>);

impl<ST, DB> Queryable<ST, DB> for SousQuelRole
where
    DB: diesel::backend::Backend,
    Option<Role>: Queryable<ST, DB>,
{
    type Row = <Option<Role> as Queryable<ST, DB>>::Row;

    fn build(row: Self::Row) -> diesel::deserialize::Result<Self> {
        <Option<Role> as Queryable<ST, DB>>::build(row).map(SousQuelRole)
    }
}

impl From<SousQuelRole> for Role {
    fn from(SousQuelRole(role): SousQuelRole) -> Role {
        role.unwrap_or(Role::Kine)
    }
}

/// A session to open.
#[derive(Insertable)]
#[diesel(table_name = session)]
pub struct NouvelleSession<'a> {
    /// Fingerprint of the token in the cookie.
    pub empreinte: &'a str,
    /// The account.
    pub compte_id: i64,
    /// Under which mandate; none: as the practitioner that she is.
    pub mandat_id: Option<i64>,
    /// Now.
    pub cree_le: NaiveDateTime,
    /// Now.
    pub vue_le: NaiveDateTime,
    /// Absolute end.
    pub expire_le: NaiveDateTime,
    /// Where from.
    pub adresse_ip: &'a str,
    /// The browser's own words, shortened.
    pub navigateur: &'a str,
}

/// Opens a session.
pub fn ouvrir(tx: &mut WriteTx<'_>, nouvelle: &NouvelleSession<'_>) -> DbResult<()> {
    diesel::insert_into(session::table)
        .values(nouvelle)
        .execute(&mut **tx)?;
    Ok(())
}

/// Notes that the session was seen.
pub fn vue(tx: &mut WriteTx<'_>, empreinte: &str, now: NaiveDateTime) -> DbResult<()> {
    diesel::update(session::table.find(empreinte))
        .set(session::vue_le.eq(now))
        .execute(&mut **tx)?;
    Ok(())
}

/// From now on the session acts under another mandate (none: as a practitioner).
pub fn changer_mandat(
    tx: &mut WriteTx<'_>,
    empreinte: &str,
    mandat_id: Option<i64>,
) -> DbResult<()> {
    diesel::update(session::table.find(empreinte))
        .set(session::mandat_id.eq(mandat_id))
        .execute(&mut **tx)?;
    Ok(())
}

/// Moves the end of a session, which was seen now.
pub fn prolonger(
    tx: &mut WriteTx<'_>,
    empreinte: &str,
    now: NaiveDateTime,
    expire_le: NaiveDateTime,
) -> DbResult<()> {
    diesel::update(session::table.find(empreinte))
        .set((session::vue_le.eq(now), session::expire_le.eq(expire_le)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Closes one session.
pub fn fermer(tx: &mut WriteTx<'_>, empreinte: &str) -> DbResult<()> {
    diesel::delete(session::table.find(empreinte)).execute(&mut **tx)?;
    Ok(())
}

/// A session as its holder sees it in the list.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = session)]
pub struct SessionOuverte {
    /// Fingerprint of the token.
    pub empreinte: String,
    /// When it was opened.
    pub cree_le: NaiveDateTime,
    /// When it was last seen.
    pub vue_le: NaiveDateTime,
    /// Where from.
    pub adresse_ip: String,
    /// The browser's own words.
    pub navigateur: String,
}

/// The sessions of an account that still live: seen after `vues_apres`, not yet over. Latest first.
pub fn ouvertes(
    conn: &mut AnyConn,
    compte_id: i64,
    vues_apres: NaiveDateTime,
    now: NaiveDateTime,
) -> DbResult<Vec<SessionOuverte>> {
    Ok(session::table
        .filter(session::compte_id.eq(compte_id))
        .filter(session::vue_le.ge(vues_apres))
        .filter(session::expire_le.gt(now))
        .order((session::vue_le.desc(), session::empreinte))
        .select(<SessionOuverte as Selectable<super::dialect::Multi>>::construct_selection())
        .load(conn)?)
}

/// Closes one session of an account; returns how many were closed (none when it is somebody else's).
pub fn fermer_de(tx: &mut WriteTx<'_>, compte_id: i64, empreinte: &str) -> DbResult<usize> {
    Ok(diesel::delete(
        session::table
            .find(empreinte)
            .filter(session::compte_id.eq(compte_id)),
    )
    .execute(&mut **tx)?)
}

/// Closes the sessions of an account, all but `sauf`; returns how many were closed.
pub fn fermer_toutes(tx: &mut WriteTx<'_>, compte_id: i64, sauf: Option<&str>) -> DbResult<usize> {
    Ok(diesel::delete(
        session::table
            .filter(session::compte_id.eq(compte_id))
            .filter(session::empreinte.ne(sauf.unwrap_or(""))),
    )
    .execute(&mut **tx)?)
}

/// Forgets the sessions that are over.
pub fn oublier_expirees(tx: &mut WriteTx<'_>, now: NaiveDateTime) -> DbResult<()> {
    diesel::delete(session::table.filter(session::expire_le.le(now))).execute(&mut **tx)?;
    Ok(())
}
