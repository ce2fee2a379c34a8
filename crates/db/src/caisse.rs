//! The caisses: CPAM, CGSS, CCSS and CSSM, the tenants.

use diesel::prelude::*;

use super::dialect::Multi;
use super::schema::caisse;
use super::{AnyConn, DbResult, WriteTx};

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
    /// Takes from what was stored what this content leaves out.
    pub fn garder(&mut self, ancienne: &Caisse) {
        let paires = [
            (&mut self.adresse, &ancienne.adresse),
            (&mut self.courriel, &ancienne.courriel),
            (&mut self.telephone, &ancienne.telephone),
            (&mut self.service, &ancienne.service),
            (&mut self.horaires, &ancienne.horaires),
            (&mut self.cra_adresse, &ancienne.cra_adresse),
            (&mut self.ta_ville, &ancienne.ta_ville),
            (&mut self.ta_adresse, &ancienne.ta_adresse),
            (&mut self.directeur, &ancienne.directeur),
            (&mut self.directeur_qualite, &ancienne.directeur_qualite),
            (&mut self.dpo, &ancienne.dpo),
            (&mut self.siret, &ancienne.siret),
        ];
        for (nouveau, ancien) in paires {
            if nouveau.is_none() {
                nouveau.clone_from(ancien);
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

/// Adds a caisse, or gives the known one this content.
pub fn enregistrer(tx: &mut WriteTx<'_>, caisse: &Caisse) -> DbResult<()> {
    let touched = diesel::update(caisse::table.find(&caisse.code))
        .set(caisse)
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
