//! The stored zonage, as the rules ask for it.

use chrono::NaiveDate;
use regles::identifiants::Insee;
use regles::reglement::Reglement;
use regles::zonage::{ResolveurDeZone, ZoneError, ZoneResolue};

use super::Db;
use super::zonage::{self, ZoneError as Manque};

/// Answers from the database, each question on a connection that reads.
pub struct ZonageEnBase<'a> {
    /// The database.
    pub db: &'a Db,
    /// The dated parameters (ZON-5).
    pub reglement: &'a Reglement,
}

impl ResolveurDeZone for ZonageEnBase<'_> {
    fn resoudre(&self, commune: &Insee, date: NaiveDate) -> Result<ZoneResolue, ZoneError> {
        let trouvee = self
            .db
            .read(|conn| zonage::categorie(conn, self.reglement, commune, date))
            .map_err(|manque| traduire(manque, commune, date))?;
        Ok(ZoneResolue {
            categorie: trouvee.categorie,
            bassin: trouvee.bassin,
            arrete: trouvee.arrete.reference,
            date_effet: trouvee.arrete.date_effet,
        })
    }
}

/// What is missing, in the words of the rules; what they have no word for keeps its own sentence.
fn traduire(manque: Manque, commune: &Insee, date: NaiveDate) -> ZoneError {
    match manque {
        Manque::CommuneInconnue(commune) => ZoneError::CommuneInconnue(commune),
        Manque::SansBassin { .. } => ZoneError::SansBassin(commune.clone()),
        Manque::SansArrete { .. } => ZoneError::SansArrete {
            commune: commune.clone(),
            date,
        },
        Manque::BassinNonClasse { bassin, .. } => ZoneError::SansCategorie {
            commune: commune.clone(),
            bassin,
        },
        autre => ZoneError::Indisponible(autre.to_string()),
    }
}
