//! The timeline of a file, by kind.

use regles::evenement::Famille;

use super::super::objet::adresse;
use crate::db::evenement::{self, Evenement};
use crate::web::ui::FiltreVue;

/// What `historique` says to see everything.
const TOUT: &str = "tout";

/// How many events to read: the last ones, all of them for whoever asks for a kind or for everything.
pub fn limite(choisie: Option<&str>) -> i64 {
    match choisie {
        None => evenement::RECENTS,
        Some(_) => i64::MAX,
    }
}

/// Whether there may be others before these.
pub fn reste(evenements: &[Evenement], limite: i64) -> bool {
    i64::try_from(evenements.len()).is_ok_and(|lus| lus >= limite)
}

/// The page with the whole timeline.
pub fn adresse_de_tout(numero: &str) -> String {
    format!("{}?historique={TOUT}#d-chronologie", adresse(numero, ""))
}

/// The kinds that the timeline holds, as links, when there are several; and the events of the one asked for.
pub fn filtrer(
    evenements: Vec<Evenement>,
    numero: &str,
    choisie: Option<&str>,
) -> (Vec<FiltreVue>, Vec<Evenement>) {
    let choisie: Option<Famille> = choisie.and_then(|s| s.parse().ok());
    let presentes: Vec<Famille> = Famille::TOUS
        .iter()
        .copied()
        .filter(|s| evenements.iter().any(|e| famille(e) == *s))
        .collect();
    if presentes.len() < 2 {
        return (Vec::new(), evenements);
    }
    let base = adresse(numero, "");
    let mut filtres = vec![FiltreVue {
        libelle: "Tout".to_owned(),
        url: format!("{base}#d-chronologie"),
        compte: None,
        actif: choisie.is_none(),
    }];
    filtres.extend(presentes.iter().map(|s| FiltreVue {
        libelle: s.libelle().to_owned(),
        url: format!("{base}?historique={}#d-chronologie", s.as_str()),
        compte: None,
        actif: choisie == Some(*s),
    }));
    let gardes = match choisie {
        None => evenements,
        Some(voulue) => evenements
            .into_iter()
            .filter(|e| famille(e) == voulue)
            .collect(),
    };
    (filtres, gardes)
}

fn famille(e: &Evenement) -> Famille {
    e.fait.code().famille()
}
