//! The timeline of a file, by kind.

use super::super::objet::adresse;
use crate::db::evenement::Evenement;
use crate::web::ui::FiltreVue;

regles::text_enum! {
    /// A kind of events.
    pub enum Sorte {
        /// The request itself.
        Demande = "demande", "Demande";
        /// Documents.
        Pieces = "pieces", "Pièces";
        /// Deadlines.
        Echeances = "echeances", "Échéances";
        /// Decisions.
        Decisions = "decisions", "Décisions";
        /// Messages and mails.
        Messages = "messages", "Messages";
        /// What the CPAM says to itself.
        Interne = "interne", "Interne";
    }
}

impl Sorte {
    fn de(nature: &str) -> Sorte {
        match nature.split_once('.').unwrap_or((nature, "")) {
            ("piece", _) | (_, "pieces_demandees" | "pieces_recues") => Sorte::Pieces,
            ("echeance", _) => Sorte::Echeances,
            ("decision", _) | (_, "accordee" | "refusee") => Sorte::Decisions,
            ("message" | "courriel", _) => Sorte::Messages,
            ("interne", _) => Sorte::Interne,
            _ => Sorte::Demande,
        }
    }
}

/// The kinds that the timeline holds, as links, when there are several; and the events of the one asked for.
pub fn filtrer(
    evenements: Vec<Evenement>,
    numero: &str,
    choisie: Option<&str>,
) -> (Vec<FiltreVue>, Vec<Evenement>) {
    let choisie: Option<Sorte> = choisie.and_then(|s| s.parse().ok());
    let presentes: Vec<Sorte> = Sorte::TOUS
        .iter()
        .copied()
        .filter(|s| evenements.iter().any(|e| Sorte::de(&e.nature) == *s))
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
        Some(sorte) => evenements
            .into_iter()
            .filter(|e| Sorte::de(&e.nature) == sorte)
            .collect(),
    };
    (filtres, gardes)
}
