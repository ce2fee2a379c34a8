//! The caisses: CPAM, CGSS, CCSS and CSSM, the tenants.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;
use regles::caisse::{DonneeCaisse, Moyens};
use regles::droits::Role;

use super::condition::{Parmi, parmi};
use super::dialect::Multi;
use super::schema::{caisse, compte, mandat, tribunal};
use super::{AnyConn, DbResult, WriteTx, une_ligne};

/// A local health insurance fund.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = caisse, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Caisse {
    /// Three digits, as `131`.
    pub code: String,
    /// Name in full.
    pub nom: String,
    /// `CPAM`, `CGSS`, `CCSS` or `CSSM`.
    pub type_caisse: String,
    /// Codes of its départements, separated by a space; its own first.
    pub departements: String,
    /// Code of its region.
    pub region: String,
    /// Town of its seat.
    pub siege: String,
    /// Territory of its public holidays (ECH-2).
    pub territoire: String,
    /// Postal address, if known.
    pub adresse: Option<String>,
    /// E-mail address, if known.
    pub courriel: Option<String>,
    /// Telephone, if known.
    pub telephone: Option<String>,
    /// The service that handles the files, as letters name it.
    pub service: Option<String>,
    /// When it answers.
    pub horaires: Option<String>,
    /// Address of the commission de recours amiable (PRO-6).
    pub cra_adresse: Option<String>,
    /// Town of its tribunal administratif, for the other route of appeal.
    pub ta_ville: Option<String>,
    /// Its address.
    pub ta_adresse: Option<String>,
    /// First name and name of who directs it.
    pub directeur: Option<String>,
    /// Capacity, as «directrice».
    pub directeur_qualite: Option<String>,
    /// Whom to write to about personal data.
    pub dpo: Option<String>,
    /// SIRET.
    pub siret: Option<String>,
}

impl Caisse {
    /// A datum of its record.
    pub fn donnee(&self, donnee: DonneeCaisse) -> Option<&str> {
        match donnee {
            DonneeCaisse::Service => &self.service,
            DonneeCaisse::Adresse => &self.adresse,
            DonneeCaisse::Courriel => &self.courriel,
            DonneeCaisse::Telephone => &self.telephone,
            DonneeCaisse::Horaires => &self.horaires,
            DonneeCaisse::Cra => &self.cra_adresse,
            DonneeCaisse::TaVille => &self.ta_ville,
            DonneeCaisse::TaAdresse => &self.ta_adresse,
            DonneeCaisse::Directeur => &self.directeur,
            DonneeCaisse::DirecteurQualite => &self.directeur_qualite,
            DonneeCaisse::Dpo => &self.dpo,
            DonneeCaisse::Siret => &self.siret,
        }
        .as_deref()
    }

    /// Where a datum of its record is written.
    pub fn donnee_mut(&mut self, donnee: DonneeCaisse) -> &mut Option<String> {
        match donnee {
            DonneeCaisse::Service => &mut self.service,
            DonneeCaisse::Adresse => &mut self.adresse,
            DonneeCaisse::Courriel => &mut self.courriel,
            DonneeCaisse::Telephone => &mut self.telephone,
            DonneeCaisse::Horaires => &mut self.horaires,
            DonneeCaisse::Cra => &mut self.cra_adresse,
            DonneeCaisse::TaVille => &mut self.ta_ville,
            DonneeCaisse::TaAdresse => &mut self.ta_adresse,
            DonneeCaisse::Directeur => &mut self.directeur,
            DonneeCaisse::DirecteurQualite => &mut self.directeur_qualite,
            DonneeCaisse::Dpo => &mut self.dpo,
            DonneeCaisse::Siret => &mut self.siret,
        }
    }

    /// Takes from what was stored what this content leaves out of the record.
    pub fn garder(&mut self, ancienne: &Caisse) {
        for &donnee in DonneeCaisse::TOUS {
            let nouvelle = self.donnee_mut(donnee);
            if nouvelle.is_none() {
                *nouvelle = ancienne.donnee(donnee).map(str::to_owned);
            }
        }
    }
}

/// Every caisse, by code.
pub fn tous(conn: &mut AnyConn) -> DbResult<Vec<Caisse>> {
    Ok(caisse::table
        .select(<Caisse as Selectable<Multi>>::construct_selection())
        .order(caisse::code)
        .load(conn)?)
}

/// One caisse.
///
/// # Errors
/// [`super::DbError::Introuvable`] when the code is unknown.
pub fn lire(conn: &mut AnyConn, code: &str) -> DbResult<Caisse> {
    Ok(caisse::table
        .find(code)
        .select(<Caisse as Selectable<Multi>>::construct_selection())
        .first(conn)?)
}

/// The version of the record of a caisse: each writing makes the next.
///
/// # Errors
/// [`super::DbError::Introuvable`] when the code is unknown.
pub fn version(conn: &mut AnyConn, code: &str) -> DbResult<i32> {
    Ok(caisse::table
        .find(code)
        .select(caisse::version)
        .first(conn)?)
}

/// Writes a caisse over the version that was read.
///
/// # Errors
/// [`super::DbError::Perime`] when it was written meanwhile.
pub fn modifier(tx: &mut WriteTx<'_>, version: i32, caisse: &Caisse) -> DbResult<()> {
    une_ligne(
        diesel::update(caisse::table.find(&caisse.code))
            .filter(caisse::version.eq(version))
            .set((caisse, caisse::version.eq(version + 1)))
            .execute(&mut **tx)?,
    )
}

/// Those who work for a caisse, and those who sign.
const ROLES: [Role; 3] = [Role::Instructeur, Role::Responsable, Role::Signataire];

/// Who works for a caisse on a day, and whether the nation has a table of courts.
pub fn moyens(conn: &mut AnyConn, code: &str, jour: NaiveDate) -> DbResult<Moyens> {
    let mut moyens = Moyens {
        tribunaux: tribunaux(conn)?,
        ..Moyens::default()
    };
    for role in en_fonction(jour)
        .filter(mandat::caisse_code.eq(code))
        .select(mandat::role)
        .load::<Role>(conn)?
    {
        compter(&mut moyens, role);
    }
    Ok(moyens)
}

/// As [`moyens`], of each caisse for which somebody works.
pub fn moyens_par_caisse(
    conn: &mut AnyConn,
    jour: NaiveDate,
) -> DbResult<BTreeMap<String, Moyens>> {
    let vides = Moyens {
        tribunaux: tribunaux(conn)?,
        ..Moyens::default()
    };
    let mut moyens = BTreeMap::new();
    for (code, role) in en_fonction(jour)
        .filter(mandat::caisse_code.is_not_null())
        .select((mandat::caisse_code.assume_not_null(), mandat::role))
        .load::<(String, Role)>(conn)?
    {
        compter(moyens.entry(code).or_insert(vides), role);
    }
    Ok(moyens)
}

fn compter(moyens: &mut Moyens, role: Role) {
    match role {
        Role::Signataire => moyens.signature += 1,
        _ => moyens.instruction += 1,
    }
}

fn tribunaux(conn: &mut AnyConn) -> DbResult<bool> {
    Ok(diesel::select(exists(tribunal::table.select(tribunal::insee))).get_result(conn)?)
}

/// The mandates, on a day, of those who work for a caisse.
#[diesel::dsl::auto_type(no_type_alias)]
fn en_fonction(jour: NaiveDate) -> _ {
    let roles: Parmi<mandat::role, Role> = parmi(mandat::role, ROLES);
    mandat::table
        .inner_join(compte::table)
        .filter(mandat::du.le(jour))
        .filter(mandat::au.is_null().or(mandat::au.ge(jour)))
        .filter(compte::actif.eq(true))
        .filter(roles)
}

/// Adds a caisse, or gives the known one this content.
pub fn enregistrer(tx: &mut WriteTx<'_>, caisse: &Caisse) -> DbResult<()> {
    let touched = diesel::update(caisse::table.find(&caisse.code))
        .set((caisse, caisse::version.eq(caisse::version + 1)))
        .execute(&mut **tx)?;
    if touched == 0 {
        diesel::insert_into(caisse::table)
            .values(caisse)
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// The codes of the CPAM of a region, for a condition.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn de_region<'a>(region: &'a String) -> _ {
    caisse::table
        .filter(caisse::region.eq(region))
        .select(caisse::code)
}
