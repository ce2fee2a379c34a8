//! What the address says of the list of departures, and what is offered to narrow it.

use chrono::{Days, NaiveDate};
use regles::depart::EtatDepart;
use regles::texte;

use super::colonnes;
use crate::db::file_departs::FiltreDeparts;
use crate::db::recherche::Saisie;
use crate::web::dossiers::file::filtres::{Comptes, choix, compte};
use crate::web::dossiers::file::{Adresse, Puce};
use crate::web::ui::{Champ, FiltreVue, Taille};

/// What `etat` says for departures in any state.
const TOUTES: &str = "toutes";

regles::text_enum! {
    /// When the cessation is, seen from today.
    pub enum Quand {
        /// Before today.
        Passee = "passee", "Déjà passée";
        /// Today or in the thirty days to come.
        Mois = "mois", "Dans les 30 jours";
        /// Today or in the ninety days to come.
        Trimestre = "trimestre", "Dans les 90 jours";
    }
}

/// The columns of who has chosen nothing.
pub fn colonnes_par_defaut(adresse: &Adresse) -> &'static str {
    match etat(adresse) {
        Some(_) => colonnes::DEFAUT,
        None => colonnes::DEFAUT_TOUS_ETATS,
    }
}

/// One state, those to confirm when the address names none; nothing for all of them.
pub fn etat(adresse: &Adresse) -> Option<EtatDepart> {
    match adresse.get("etat") {
        Some(TOUTES) => None,
        Some(etat) => Some(etat.parse().unwrap_or(EtatDepart::Declaree)),
        None => Some(EtatDepart::Declaree),
    }
}

fn quand(adresse: &Adresse) -> Option<Quand> {
    adresse.get("echeance").and_then(|q| q.parse().ok())
}

/// What the database is asked. `insee`: the commune, once its name was found.
pub fn filtre(adresse: &Adresse, aujourd_hui: NaiveDate, insee: Option<String>) -> FiltreDeparts {
    let dans = |jours| aujourd_hui.checked_add_days(Days::new(jours));
    let (du, au) = match quand(adresse) {
        None => (None, None),
        Some(Quand::Passee) => (None, aujourd_hui.pred_opt()),
        Some(Quand::Mois) => (Some(aujourd_hui), dans(30)),
        Some(Quand::Trimestre) => (Some(aujourd_hui), dans(90)),
    };
    FiltreDeparts {
        etat: etat(adresse),
        bassin: adresse.get("bassin").map(str::to_owned),
        insee,
        du,
        au,
        texte: adresse.get("q").and_then(Saisie::lire),
        apres: adresse.apres(),
        lignes: adresse.lignes(),
    }
}

/// The state of several departures, for a filter.
fn au_pluriel(etat: EtatDepart) -> &'static str {
    match etat {
        EtatDepart::Declaree => "À confirmer",
        EtatDepart::Confirmee => "Confirmés",
        EtatDepart::Rejetee => "Rejetés",
        EtatDepart::Retiree => "Retirés",
    }
}

/// The states, as links, then those that wait though the cessation is past.
pub fn etats(adresse: &Adresse, comptes: Comptes<'_>) -> Vec<FiltreVue> {
    let actuel = etat(adresse);
    let lien = |etat: EtatDepart| FiltreVue {
        libelle: au_pluriel(etat).to_owned(),
        // What is shown first needs no name.
        url: adresse.avec(
            "etat",
            (etat != EtatDepart::Declaree).then_some(etat.as_str()),
        ),
        compte: compte(comptes, etat.as_str()),
        actif: actuel == Some(etat),
    };
    let mut filtres: Vec<FiltreVue> = EtatDepart::TOUS.iter().copied().map(lien).collect();
    filtres.push(FiltreVue {
        libelle: "Tous".to_owned(),
        url: adresse.avec("etat", Some(TOUTES)),
        compte: None,
        actif: actuel.is_none(),
    });
    if actuel == Some(EtatDepart::Declaree) {
        filtres.push(FiltreVue {
            libelle: "Cessation déjà passée".to_owned(),
            url: adresse.avec("echeance", Some(Quand::Passee.as_str())),
            compte: compte(comptes, "passee"),
            actif: quand(adresse) == Some(Quand::Passee),
        });
    }
    filtres
}

/// The form of the other filters. `commune`: the one that was found.
pub fn champs(
    adresse: &Adresse,
    bassins: &[(String, String)],
    commune: Option<&(String, String)>,
) -> Vec<Champ> {
    let valeur = |champ| adresse.get(champ).unwrap_or_default().to_owned();
    let mut champs = vec![
        Champ::texte("q", "Nom, RPPS, commune, code postal").valeur(valeur("q")),
        Champ::liste(
            "echeance",
            "Cessation",
            choix(
                "Toutes",
                Quand::TOUS
                    .iter()
                    .map(|q| (q.as_str().to_owned(), q.libelle())),
            ),
        )
        .valeur(valeur("echeance")),
    ];
    if !bassins.is_empty() {
        let zones = bassins
            .iter()
            .map(|(code, nom)| (code.clone(), nom.as_str()));
        champs
            .push(Champ::liste("bassin", "Zone", choix("Toutes", zones)).valeur(valeur("bassin")));
    }
    let inconnue = adresse.get("commune").is_some() && commune.is_none();
    champs.push(
        Champ::texte("commune", "Commune")
            .valeur(commune.map_or_else(|| valeur("commune"), |(_, nom)| nom.clone()))
            .erreur(
                inconnue.then_some(
                    "Aucune commune de ce nom : écrivez-le en entier, ou son code INSEE.",
                ),
            ),
    );
    champs
        .into_iter()
        .map(|c| c.libre().taille(Taille::Moyen))
        .collect()
}

/// The filters in use but for the state, each with the address without it.
pub fn puces(
    adresse: &Adresse,
    bassins: &[(String, String)],
    commune: Option<&(String, String)>,
) -> Vec<Puce> {
    let puce = |champ: &'static str, libelle: String| Puce {
        libelle,
        sans: adresse.avec(champ, None),
    };
    let mut puces = Vec::new();
    if let Some(q) = adresse.get("q") {
        puces.push(puce("q", format!("« {q} »")));
    }
    if let Some(code) = adresse.get("bassin") {
        let nom = bassins.iter().find(|(c, _)| c == code);
        let nom = nom.map_or(code, |(_, nom)| nom.as_str());
        puces.push(puce("bassin", format!("Zone {}", texte::de(nom))));
    }
    if let Some(saisie) = adresse.get("commune") {
        let nom = commune.map_or(saisie, |(_, nom)| nom.as_str());
        puces.push(puce("commune", format!("Commune : {nom}")));
    }
    if let Some(quand) = quand(adresse) {
        let quand = quand.libelle().to_lowercase();
        puces.push(puce("echeance", format!("Cessation : {quand}")));
    }
    puces
}
