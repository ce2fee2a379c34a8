//! The service of a caisse, as pages and letters name it.

use diesel::prelude::*;
use regles::calendrier::Territoire;

use super::schema::caisse;
use super::{DbError, DbResult};

/// The service to write to (PRO-2).
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = caisse)]
pub struct Service {
    /// Code of the CPAM.
    pub code: String,
    /// Its name.
    pub nom: String,
    /// Territory whose public holidays count (ECH-2), as stored.
    pub territoire: String,
    /// The service of the caisse that handles the files.
    pub service: Option<String>,
    /// Postal address.
    pub adresse: Option<String>,
    /// E-mail address.
    pub courriel: Option<String>,
    /// Telephone.
    pub telephone: Option<String>,
    /// When it answers.
    pub horaires: Option<String>,
    /// Address of its commission de recours amiable (PRO-6).
    pub cra_adresse: Option<String>,
    /// Town of its tribunal administratif.
    pub ta_ville: Option<String>,
    /// Address of its tribunal administratif.
    pub ta_adresse: Option<String>,
    /// SHA-256 of its logo, when it has one.
    pub logo_empreinte: Option<String>,
}

impl Service {
    /// Name, service, address, e-mail, telephone and hours, one line each; what is unknown is left out.
    pub fn lignes(&self) -> Vec<String> {
        [
            Some(&self.nom),
            self.service.as_ref(),
            self.adresse.as_ref(),
            self.courriel.as_ref(),
            self.telephone.as_ref(),
            self.horaires.as_ref(),
        ]
        .into_iter()
        .flatten()
        .cloned()
        .collect()
    }

    /// Where its logo is read, when it has one.
    pub fn logo(&self) -> Option<String> {
        let empreinte = self.logo_empreinte.as_ref()?;
        Some(format!("/caisses/{}/logo/{empreinte}", self.code))
    }

    /// The territory whose public holidays count.
    ///
    /// # Errors
    /// [`DbError::Incoherent`] when what is stored names none.
    pub fn territoire(&self) -> DbResult<Territoire> {
        let Service {
            code, territoire, ..
        } = self;
        territoire
            .parse()
            .map_err(|_| DbError::Incoherent(format!("organisme {code} : territoire {territoire}")))
    }
}
