//! The reference set of the demonstration: a few dozen real communes of two départements, grouped and zoned for
//! illustration, three CPAM, and two successive arrêtés. Imported through the same door as the national files.

use std::path::Path;

use chrono::NaiveDate;

use super::DemoError;
use crate::actions::Acteur;
use crate::actions::import::{self, Contexte, DescriptionArrete, ImportError, Silencieux};
use crate::app::AppState;

const FICHIERS: &[(&str, &str)] = &[
    ("organismes.csv", include_str!("donnees/organismes.csv")),
    ("communes.csv", include_str!("donnees/communes.csv")),
    ("tribunaux.csv", include_str!("donnees/tribunaux.csv")),
    ("zonage_2019.csv", include_str!("donnees/zonage_2019.csv")),
    ("zonage_2025.csv", include_str!("donnees/zonage_2025.csv")),
];

impl From<ImportError> for DemoError {
    fn from(error: ImportError) -> Self {
        DemoError::Donnees(error.to_string())
    }
}

/// Writes the files in `dossier`, where a newcomer can look at them, and imports them.
///
/// # Errors
/// A file cannot be written, or is refused.
pub fn charger(etat: &AppState, dossier: &Path) -> Result<(), DemoError> {
    let ecriture = |e: std::io::Error| DemoError::Donnees(format!("{} : {e}", dossier.display()));
    crate::prive::dossier(dossier).map_err(ecriture)?;
    for (nom, texte) in FICHIERS {
        std::fs::write(dossier.join(nom), texte).map_err(ecriture)?;
    }
    let acteur = Acteur::releve(etat.clock.now());
    let contexte = Contexte {
        db: &etat.db,
        acteur: &acteur,
        feuille: None,
        simuler: false,
        avancement: &Silencieux,
    };
    import::caisses(&contexte, &dossier.join("organismes.csv"))?;
    import::communes(&contexte, &dossier.join("communes.csv"))?;
    import::tribunaux(&contexte, &dossier.join("tribunaux.csv"))?;
    for (fichier, reference, annee, mois, jour) in [
        ("zonage_2019.csv", "DÉMO-2019", 2019, 4, 9),
        ("zonage_2025.csv", "DÉMO-2025", 2025, 6, 6),
    ] {
        let effet = NaiveDate::from_ymd_opt(annee, mois, jour)
            .ok_or_else(|| DemoError::Donnees("date d’effet illisible".to_owned()))?;
        let description = DescriptionArrete {
            region: "93".to_owned(),
            reference: Some(reference.to_owned()),
            effet,
            signature: None,
            publication: None,
        };
        import::zonage(
            &contexte,
            &etat.reglement(),
            &[dossier.join(fichier)],
            &description,
        )?;
    }
    Ok(())
}
