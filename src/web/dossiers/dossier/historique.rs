//! The timeline of a file, by kind.

use regles::evenement::Famille;

use super::super::objet::adresse;
use crate::db::evenement::Evenement;
use crate::web::ui::FiltreVue;

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
