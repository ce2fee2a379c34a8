//! What the address says of the queue: everything is a link that one can keep and share.

use chrono::{Days, NaiveDate};
use regles::appel::EtatAppel;
use regles::contestation::EtatRecours;
use regles::demande::{EtatDemande, NatureDemande};
use regles::depart::EtatDepart;
use regles::dossier::NatureDossier;
use regles::saisie;

use crate::db::file::{Assignation, Etats, Filtre, Place};
use crate::db::recherche::Saisie;

/// How many rows may be shown.
pub const LIGNES: [i64; 3] = [25, 50, 100];

/// The queue of the departures, as a section of the site.
pub const DEPARTS: &str = "/dossiers?nature=depart";

/// The queue of the calls for candidates.
pub const APPELS: &str = "/dossiers?nature=appel";

/// What `etat` says for cases in any state.
pub const TOUS: &str = "tous";

/// The names of the address, in the order in which they are written.
const CHAMPS: [&str; 15] = [
    "caisse",
    "nature",
    "etat",
    "suivi",
    "bassin",
    "commune",
    "echeance",
    "etiquette",
    "messages",
    "q",
    "lignes",
    "colonnes",
    "tri",
    "apres",
    "vue",
];
/// What narrows the list, and can be taken away one by one. `nature` does when it names a kind of request: a nature
/// alone is another list.
pub const FILTRES: [&str; 9] = [
    "nature",
    "etat",
    "suivi",
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
        /// Today or in the ninety days to come.
        Trimestre = "trimestre", "Dans les 90 jours";
    }
}

/// The nature whose states have this one; of two that do, the requests.
fn nature_de_l_etat(etat: &str) -> Option<NatureDossier> {
    if etat.parse::<EtatDemande>().is_ok() {
        Some(NatureDossier::Demande)
    } else if etat.parse::<EtatDepart>().is_ok() {
        Some(NatureDossier::Depart)
    } else if etat.parse::<EtatAppel>().is_ok() {
        Some(NatureDossier::Appel)
    } else if etat.parse::<EtatRecours>().is_ok() {
        Some(NatureDossier::Recours)
    } else {
        None
    }
}

/// The address of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adresse {
    valeurs: Vec<(&'static str, String)>,
}

impl Adresse {
    /// Reads the query string of the queue. Unknown names and empty values are left out; a name said twice is a list;
    /// a state without its nature is of the nature that has it.
    pub fn lire(requete: &str) -> Adresse {
        let mut adresse = Adresse {
            valeurs: Vec::new(),
        };
        for (nom, valeur) in url::form_urlencoded::parse(requete.as_bytes()) {
            let valeur: String = saisie::ligne(&valeur).chars().take(200).collect();
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
        if adresse.nature().is_none()
            && let Some(nature) = adresse.get("etat").and_then(nature_de_l_etat)
        {
            return adresse.changee("nature", Some(nature.as_str()));
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
        sous("/dossiers", &self.requete())
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
        FILTRES.iter().any(|c| {
            let restreint = match *c {
                "nature" => self.sorte().is_some(),
                autre => self.get(autre).is_some(),
            };
            restreint && !champs.contains(c)
        })
    }

    /// One nature; that of a kind of request is the request.
    pub fn nature(&self) -> Option<NatureDossier> {
        let dite = self.get("nature")?;
        let sorte = dite.parse::<NatureDemande>();
        dite.parse()
            .ok()
            .or(sorte.ok().map(|_| NatureDossier::Demande))
    }

    /// One kind of request.
    pub fn sorte(&self) -> Option<NatureDemande> {
        self.get("nature").and_then(|n| n.parse().ok())
    }

    /// The list of another nature, or of all, from its start: what narrows this one is kept, but for its states.
    pub fn de_nature(&self, nature: Option<NatureDossier>) -> Adresse {
        self.changee("apres", None)
            .changee("vue", None)
            .changee("etat", None)
            .changee("colonnes", None)
            .changee("nature", nature.map(NatureDossier::as_str))
    }

    /// Which states, among those of the nature.
    pub fn etats(&self) -> Etats {
        let Some(dit) = self.get("etat") else {
            return Etats::Ouverts;
        };
        let etat = match self.nature() {
            Some(NatureDossier::Demande) => dit.parse().ok().map(EtatDemande::as_str),
            Some(NatureDossier::Depart) => dit.parse().ok().map(EtatDepart::as_str),
            Some(NatureDossier::Appel) => dit.parse().ok().map(EtatAppel::as_str),
            Some(NatureDossier::Recours) => dit.parse().ok().map(EtatRecours::as_str),
            None => None,
        };
        match (etat, self.nature()) {
            (Some(etat), _) => Etats::Un(etat),
            (None, _) if dit == TOUS => Etats::Tous,
            (None, _) => Etats::Ouverts,
        }
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
    pub fn apres(&self) -> Option<Place> {
        let (rang, id) = self.get("apres")?.split_once('_')?;
        Some((self.tri().lire_rang(rang)?, id.parse().ok()?))
    }

    /// What the database is asked. `insee`: the communes, once their name was found.
    pub fn filtre(&self, moi: i64, aujourd_hui: NaiveDate, insee: Option<Vec<String>>) -> Filtre {
        let dans = |jours| aujourd_hui.checked_add_days(Days::new(jours));
        let (echeance_du, echeance_au) = match self.quand() {
            None => (None, None),
            Some(Quand::Retard) => (None, aujourd_hui.pred_opt()),
            Some(Quand::Semaine) => (Some(aujourd_hui), dans(7)),
            Some(Quand::Mois) => (Some(aujourd_hui), dans(30)),
            Some(Quand::Trimestre) => (Some(aujourd_hui), dans(90)),
        };
        Filtre {
            nature: self.nature(),
            etats: self.etats(),
            assignation: self.assignation(moi),
            sorte: self.sorte(),
            bassin: self.get("bassin").map(str::to_owned),
            insee,
            echeance_du,
            echeance_au,
            en_retard: self.quand() == Some(Quand::Retard),
            etiquette: self.etiquette(),
            non_lus: self.get("messages") == Some("non_lus"),
            texte: self.get("q").and_then(Saisie::lire),
            tri: self.tri(),
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

    #[test]
    fn un_etat_appartient_a_une_nature() {
        for (requete, relue, etats) in [
            (
                "etat=deposee",
                "nature=demande&etat=deposee",
                Etats::Un("deposee"),
            ),
            (
                "etat=confirmee",
                "nature=depart&etat=confirmee",
                Etats::Un("confirmee"),
            ),
            (
                "nature=depart&etat=deposee",
                "nature=depart&etat=deposee",
                Etats::Ouverts,
            ),
            (
                "nature=depart&etat=tous",
                "nature=depart&etat=tous",
                Etats::Tous,
            ),
            (
                "nature=demande&etat=tous",
                "nature=demande&etat=tous",
                Etats::Tous,
            ),
            ("etat=tous", "etat=tous", Etats::Tous),
            ("nature=derogation", "nature=derogation", Etats::Ouverts),
        ] {
            let lue = Adresse::lire(requete);
            assert_eq!((lue.requete().as_str(), lue.etats()), (relue, etats));
        }
        let derogations = Adresse::lire("nature=derogation");
        assert_eq!(derogations.nature(), Some(NatureDossier::Demande));
        assert!(derogations.filtree_hors(&[]) && !Adresse::lire("nature=depart").filtree_hors(&[]));
    }
}
