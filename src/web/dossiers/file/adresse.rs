//! What the address says of the queue: everything is a link that one can keep and share.

use chrono::{Days, NaiveDate};
use regles::dates_fr;
use regles::demande::{EtatDemande, NatureDemande};

use crate::db::file::{Assignation, Filtre};
use crate::db::recherche::Saisie;

/// How many rows may be shown.
pub const LIGNES: [i64; 3] = [25, 50, 100];

/// The names of the address, in the order in which they are written.
const CHAMPS: [&str; 14] = [
    "caisse",
    "etat",
    "suivi",
    "nature",
    "bassin",
    "commune",
    "echeance",
    "etiquette",
    "messages",
    "q",
    "lignes",
    "colonnes",
    "apres",
    "vue",
];
/// What narrows the list, and can be taken away one by one.
pub const FILTRES: [&str; 9] = [
    "etat",
    "suivi",
    "nature",
    "bassin",
    "commune",
    "echeance",
    "etiquette",
    "messages",
    "q",
];

regles::text_enum! {
    /// When a file falls due, seen from today.
    pub enum Quand {
        /// Before today.
        Retard = "retard", "En retard";
        /// Today or in the seven days to come.
        Semaine = "semaine", "Dans les 7 jours";
        /// Today or in the thirty days to come.
        Mois = "mois", "Dans les 30 jours";
    }
}

/// The address of a list: the queue, or that of departures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adresse {
    chemin: &'static str,
    valeurs: Vec<(&'static str, String)>,
}

impl Adresse {
    /// Reads the query string of the queue.
    pub fn lire(requete: &str) -> Adresse {
        Adresse::de("/dossiers", requete)
    }

    /// Reads the query string of the list at this path. Unknown names and empty values are left out; a name said twice is a list.
    pub fn de(chemin: &'static str, requete: &str) -> Adresse {
        let mut adresse = Adresse {
            chemin,
            valeurs: Vec::new(),
        };
        for (nom, valeur) in url::form_urlencoded::parse(requete.as_bytes()) {
            let valeur: String = valeur
                .trim()
                .chars()
                .filter(|c| !c.is_control())
                .take(200)
                .collect();
            let Some(champ) = CHAMPS.iter().find(|c| **c == nom) else {
                continue;
            };
            if valeur.is_empty() {
                continue;
            }
            match adresse.valeurs.iter_mut().find(|(c, _)| c == champ) {
                Some((_, deja)) if *champ == "colonnes" => {
                    deja.push(',');
                    deja.push_str(&valeur);
                }
                Some(_) => {}
                None => adresse.valeurs.push((champ, valeur)),
            }
        }
        adresse
    }

    /// What is said under this name.
    pub fn get(&self, champ: &str) -> Option<&str> {
        self.valeurs
            .iter()
            .find(|(c, _)| *c == champ)
            .map(|(_, v)| v.as_str())
    }

    /// The same with one thing changed.
    pub fn changee(&self, champ: &'static str, valeur: Option<&str>) -> Adresse {
        let mut autre = self.clone();
        autre.valeurs.retain(|(c, _)| *c != champ);
        if let Some(valeur) = valeur {
            autre.valeurs.push((champ, valeur.to_owned()));
        }
        autre
    }

    /// The query string, names in their order.
    pub fn requete(&self) -> String {
        let mut requete = url::form_urlencoded::Serializer::new(String::new());
        for champ in CHAMPS {
            if let Some(valeur) = self.get(champ) {
                requete.append_pair(champ, valeur);
            }
        }
        requete.finish()
    }

    /// The query string of what is shown, without the place in the list.
    pub fn filtre_seul(&self) -> String {
        self.changee("apres", None).changee("vue", None).requete()
    }

    /// The whole address.
    pub fn url(&self) -> String {
        sous(self.chemin, &self.requete())
    }

    /// The address of this list with one thing changed; the list goes back to its start.
    pub fn avec(&self, champ: &'static str, valeur: Option<&str>) -> String {
        self.changee("apres", None)
            .changee("vue", None)
            .changee(champ, valeur)
            .url()
    }

    /// The addresses of the first page, unless this is the first, and of the one that begins after this place.
    pub fn suite(&self, apres: Option<&str>) -> (Option<String>, Option<String>) {
        let debut = self.get("apres").map(|_| self.avec("apres", None));
        (debut, apres.map(|cle| self.avec("apres", Some(cle))))
    }

    /// Whether the list is narrowed by something else than these.
    pub fn filtree_hors(&self, champs: &[&str]) -> bool {
        FILTRES
            .iter()
            .any(|c| !champs.contains(c) && self.get(c).is_some())
    }

    /// One state.
    pub fn etat(&self) -> Option<EtatDemande> {
        self.get("etat").and_then(|e| e.parse().ok())
    }

    /// One kind.
    pub fn nature(&self) -> Option<NatureDemande> {
        self.get("nature").and_then(|n| n.parse().ok())
    }

    /// When it falls due.
    pub fn quand(&self) -> Option<Quand> {
        self.get("echeance").and_then(|e| e.parse().ok())
    }

    /// One label.
    pub fn etiquette(&self) -> Option<i64> {
        self.get("etiquette").and_then(|e| e.parse().ok())
    }

    /// How many rows.
    pub fn lignes(&self) -> i64 {
        self.get("lignes")
            .and_then(|l| l.parse().ok())
            .filter(|l| LIGNES.contains(l))
            .unwrap_or(LIGNES[0])
    }

    /// Whose files.
    pub fn assignation(&self, moi: i64) -> Assignation {
        match self.get("suivi") {
            Some("moi") => Assignation::A(moi),
            Some("personne") => Assignation::Personne,
            Some(autre) => autre.parse().map_or(Assignation::Toutes, Assignation::A),
            None => Assignation::Toutes,
        }
    }

    /// The last row seen, as `2026-03-16_42`.
    pub fn apres(&self) -> Option<(NaiveDate, i64)> {
        let (date, id) = self.get("apres")?.split_once('_')?;
        Some((dates_fr::lire_iso(date).ok()?, id.parse().ok()?))
    }

    /// What the database is asked. `insee`: the commune, once its name was found.
    pub fn filtre(&self, moi: i64, aujourd_hui: NaiveDate, insee: Option<String>) -> Filtre {
        let dans = |jours| aujourd_hui.checked_add_days(Days::new(jours));
        let (echeance_du, echeance_au) = match self.quand() {
            None => (None, None),
            Some(Quand::Retard) => (None, aujourd_hui.pred_opt()),
            Some(Quand::Semaine) => (Some(aujourd_hui), dans(7)),
            Some(Quand::Mois) => (Some(aujourd_hui), dans(30)),
        };
        Filtre {
            etat: self.etat(),
            assignation: self.assignation(moi),
            nature: self.nature(),
            bassin: self.get("bassin").map(str::to_owned),
            insee,
            echeance_du,
            echeance_au,
            etiquette: self.etiquette(),
            non_lus: self.get("messages") == Some("non_lus"),
            texte: self.get("q").and_then(Saisie::lire),
            apres: self.apres(),
            avant: None,
            lignes: self.lignes(),
        }
    }
}

/// A path with a query string, if there is one.
pub fn sous(chemin: &str, requete: &str) -> String {
    if requete.is_empty() {
        chemin.to_owned()
    } else {
        format!("{chemin}?{requete}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_adresse_se_relit_telle_quelle() {
        let lue =
            Adresse::lire("q=L%C3%A9a&etat=&colonnes=depot&colonnes=zone&inconnu=1&suivi=moi");
        assert_eq!(lue.requete(), "suivi=moi&q=L%C3%A9a&colonnes=depot%2Czone");
        assert_eq!(Adresse::lire(&lue.requete()).requete(), lue.requete());
        assert_eq!(
            lue.avec("suivi", None),
            "/dossiers?q=L%C3%A9a&colonnes=depot%2Czone"
        );
        assert!(lue.filtree_hors(&["suivi"]) && !lue.filtree_hors(&["suivi", "q"]));
    }
}
