//! What is recorded of a caisse.

use serde::{Deserialize, Serialize};

text_enum! {
    /// A datum of the record of a caisse.
    pub enum DonneeCaisse {
        /// The service that handles the files.
        Service = "service", "Service qui suit les dossiers";
        /// Postal address.
        Adresse = "adresse", "Adresse postale";
        /// E-mail address of the service.
        Courriel = "courriel", "Adresse électronique du service";
        /// Its telephone.
        Telephone = "telephone", "Téléphone du service";
        /// When it answers.
        Horaires = "horaires", "Horaires";
        /// Address of the commission de recours amiable.
        Cra = "cra_adresse", "Adresse de la commission de recours amiable";
        /// Town of the tribunal administratif.
        TaVille = "ta_ville", "Ville du tribunal administratif";
        /// Its address.
        TaAdresse = "ta_adresse", "Adresse du tribunal administratif";
        /// First name and name of who directs it.
        Directeur = "directeur", "Prénom et nom de la direction";
        /// Their capacity.
        DirecteurQualite = "directeur_qualite", "Qualité de la direction";
        /// Whom to write to about personal data.
        Dpo = "dpo", "Adresse du délégué à la protection des données";
        /// SIRET.
        Siret = "siret", "SIRET";
    }
}

/// A datum of the record before and after it was written; empty when it was not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EcartCaisse {
    /// Which.
    pub donnee: DonneeCaisse,
    /// What it said.
    pub avant: String,
    /// What it says.
    pub apres: String,
}

/// Who works for a caisse today, and what the nation gave it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moyens {
    /// Accounts that handle files.
    pub instruction: i64,
    /// Accounts that sign.
    pub signature: i64,
    /// Whether a table of courts was imported.
    pub tribunaux: bool,
}

/// Whether a text is a SIRET: fourteen digits whose sum by Luhn is a multiple of ten; for the establishments of La Poste,
/// whose plain sum is a multiple of five.
pub fn siret_valide(texte: &str) -> bool {
    const LA_POSTE: &str = "356000000";
    let Some(chiffres) = texte
        .chars()
        .map(|c| c.to_digit(10))
        .collect::<Option<Vec<u32>>>()
        .filter(|c| c.len() == 14)
    else {
        return false;
    };
    let luhn: u32 = chiffres
        .iter()
        .enumerate()
        .map(|(rang, &c)| match rang % 2 {
            0 => c * 2 / 10 + c * 2 % 10,
            _ => c,
        })
        .sum();
    luhn.is_multiple_of(10)
        || texte.starts_with(LA_POSTE) && chiffres.iter().sum::<u32>().is_multiple_of(5)
}
