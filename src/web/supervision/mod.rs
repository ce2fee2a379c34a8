//! Supervision: who has what on the table, what falls due, and the figures; read only for national readers.

mod charge;
mod chiffres;
mod journal;
mod statistiques;
mod trimestre;

pub use charge::page;
pub use journal::{exporter as exporter_journal, page as page_journal};
pub use statistiques::{exporter, page as page_statistiques};
pub use trimestre::{exporter as exporter_trimestre, page as page_trimestre};

use serde::Deserialize;

use crate::db::CpamScope;
use crate::web::erreur::WebError;
use crate::web::ui::FiltreVue;
use crate::web::visite::Visite;

/// Which CPAM, for a national reader, and how far back.
#[derive(Debug, Default, Clone, Deserialize)]
pub struct Adresse {
    caisse: Option<String>,
    mois: Option<String>,
}

impl Adresse {
    /// How many months are looked at.
    fn mois(&self) -> u32 {
        self.mois
            .as_deref()
            .and_then(|m| m.parse().ok())
            .filter(|m| [12, 24, 36].contains(m))
            .unwrap_or(12)
    }

    fn url(&self, chemin: &str, mois: Option<u32>) -> String {
        let mut requete = url::form_urlencoded::Serializer::new(String::new());
        if let Some(caisse) = &self.caisse {
            requete.append_pair("caisse", caisse);
        }
        if let Some(mois) = mois {
            requete.append_pair("mois", &mois.to_string());
        }
        crate::web::dossiers::file::sous(chemin, &requete.finish())
    }

    /// The CPAM; `None` within: all of them. Nothing when a national reader has not chosen yet.
    fn perimetre(&self, visite: &Visite) -> Result<Option<Option<String>>, WebError> {
        Ok(match (visite.qui()?.scope(), self.caisse.as_deref()) {
            (CpamScope::Caisse(code), _) => Some(Some(code)),
            (CpamScope::National, Some("toutes")) => Some(None),
            (CpamScope::National, Some(code)) => Some(Some(code.to_owned())),
            (_, _) => None,
        })
    }

    /// The pages, as links.
    fn onglets(&self, actif: &str) -> Vec<FiltreVue> {
        [
            ("Charge et échéances", "/supervision"),
            ("Statistiques", "/supervision/statistiques"),
            ("Décisions du trimestre", "/supervision/trimestre"),
            ("Journal", "/supervision/journal"),
        ]
        .into_iter()
        .map(|(libelle, chemin)| FiltreVue {
            libelle: libelle.to_owned(),
            url: self.url(chemin, None),
            compte: None,
            actif: chemin == actif,
        })
        .collect()
    }
}
