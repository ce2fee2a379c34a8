//! The tables of `tests/law/tables`, run row by row.
//!
//! In the column «Articles», `REG-3 ✓` claims that a step of REG-3 holds, `✗` that one does not (or
//! that the case is refused), `?` that one is unknown. A claim the explanation does not bear fails.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use regles::evaluer::evaluer;
use regles::identifiants::Insee;
use regles::montant::Montant;
use regles::reglement::Reglement;
use regles::zonage::{Categorie, ResolveurDeZone, ZoneError, ZoneResolue};
use serde_json::{Value, json};

const TABLES: [(&str, &str); 9] = [
    ("zone", include_str!("tables/zone.md")),
    ("place", include_str!("tables/place.md")),
    (
        "conventionnement",
        include_str!("tables/conventionnement.md"),
    ),
    ("echeance", include_str!("tables/echeance.md")),
    ("rappels", include_str!("tables/rappels.md")),
    ("versement", include_str!("tables/versement.md")),
    ("stage", include_str!("tables/stage.md")),
    ("restitution", include_str!("tables/restitution.md")),
    ("eligibilite", include_str!("tables/eligibilite.md")),
];

/// What a row says of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sens {
    Tient,
    NeTientPas,
    Inconnu,
}

/// A row of a table.
pub struct Ligne {
    pub articles: Vec<(String, Sens)>,
    pub titre: String,
    pub evaluation: String,
    pub date: Value,
    /// As text: a decimal such as 49.9999999999999999999 would not survive a float.
    pub faits: BTreeMap<String, String>,
    attendu: Vec<(String, Value)>,
}

/// Every row of every table.
pub fn lignes() -> Vec<Ligne> {
    TABLES
        .iter()
        .flat_map(|(nom, texte)| lire(nom, texte))
        .collect()
}

fn lire(nom: &str, texte: &str) -> Vec<Ligne> {
    let entete = |cle: &str| {
        let ligne = texte.lines().find_map(|l| l.strip_prefix(cle));
        ligne
            .unwrap_or_else(|| panic!("{nom} : « {cle} » manque"))
            .trim()
            .to_owned()
    };
    let evaluation = entete("Évaluation :");
    let communs = faits(&entete("Faits communs :"));
    texte
        .lines()
        .filter(|l| l.starts_with('|'))
        .skip(2)
        .map(|ligne| {
            let colonnes: Vec<&str> = ligne.trim_matches('|').split('|').map(str::trim).collect();
            let [articles, cas, date, propres, attendu] = colonnes[..] else {
                panic!("{nom} : {ligne}")
            };
            let mut tous: BTreeMap<String, String> = communs.iter().cloned().collect();
            tous.extend(faits(propres));
            let date = if date.is_empty() {
                Value::Null
            } else {
                json!(date)
            };
            Ligne {
                articles: lire_articles(articles),
                titre: format!("{nom} : {cas}"),
                evaluation: evaluation.clone(),
                date,
                faits: tous,
                attendu: faits(attendu)
                    .into_iter()
                    .map(|(cle, brut)| (cle, serde_json::from_str(&brut).expect("json")))
                    .collect(),
            }
        })
        .collect()
}

fn lire_articles(texte: &str) -> Vec<(String, Sens)> {
    let mots: Vec<&str> = texte.split_whitespace().collect();
    mots.chunks(2)
        .map(|paire| match paire {
            [regle, "✓"] => ((*regle).to_owned(), Sens::Tient),
            [regle, "✗"] => ((*regle).to_owned(), Sens::NeTientPas),
            [regle, "?"] => ((*regle).to_owned(), Sens::Inconnu),
            autre => panic!("articles illisibles : {autre:?}"),
        })
        .collect()
}

/// `cle = valeur ; cle = valeur`; a lone word is the result.
fn faits(texte: &str) -> Vec<(String, String)> {
    texte
        .split(" ; ")
        .map(str::trim)
        .filter(|f| !f.is_empty())
        .map(|fait| match fait.split_once(" = ") {
            Some((cle, valeur)) => (cle.to_owned(), json_de(cle, valeur)),
            None => ("resultat".to_owned(), json!(fait).to_string()),
        })
        .collect()
}

/// The JSON text of a value.
fn json_de(cle: &str, texte: &str) -> String {
    match texte {
        "oui" => "true".to_owned(),
        "non" => "false".to_owned(),
        "inconnu" => "null".to_owned(),
        _ if cle == "commune" || cle == "erreur" => json!(texte).to_string(),
        _ if cle == "manquants" => json!(texte.split(", ").collect::<Vec<_>>()).to_string(),
        _ if texte.ends_with('€') => texte
            .parse::<Montant>()
            .expect("montant")
            .en_centimes()
            .to_string(),
        _ if serde_json::from_str::<Value>(texte).is_ok() => texte.to_owned(),
        _ => json!(texte).to_string(),
    }
}

/// A zonage of three communes.
pub struct ZonageDeTest;

impl ResolveurDeZone for ZonageDeTest {
    fn resoudre(&self, commune: &Insee, date: NaiveDate) -> Result<ZoneResolue, ZoneError> {
        let (categorie, bassin, arrete, effet) = match commune.as_str() {
            "13055" => (
                Categorie::NonPrioritaire,
                "CV1398",
                "R93-2025",
                "2025-06-06",
            ),
            "04001" => (
                Categorie::Intermediaire,
                "BV04070",
                "R93-2025",
                "2025-06-06",
            ),
            "97411" => (Categorie::SurDoteeAv5, "CV97411", "OI-2019", "2019-05-28"),
            _ => {
                return Err(ZoneError::SansBassin(commune.clone()));
            }
        };
        let date_effet: NaiveDate = effet.parse().expect("date");
        if date < date_effet {
            return Err(ZoneError::SansArrete {
                commune: commune.clone(),
                date,
            });
        }
        Ok(ZoneResolue {
            categorie,
            bassin: bassin.to_owned(),
            arrete: Some(arrete.to_owned()),
            date_effet,
        })
    }
}

impl Ligne {
    /// The answer to the row.
    pub fn reponse(&self, reglement: &Reglement) -> Value {
        self.reponse_a(reglement, &self.faits)
    }

    /// The answer to other facts, as the row asks for it.
    pub fn reponse_a(&self, reglement: &Reglement, faits: &BTreeMap<String, String>) -> Value {
        let faits: Vec<String> = faits
            .iter()
            .map(|(cle, valeur)| format!("{}:{valeur}", json!(cle)))
            .collect();
        let objet = format!(
            "{{\"id\":{},\"evaluation\":\"{}\",\"date\":{},\"faits\":{{{}}}}}",
            json!(self.titre),
            self.evaluation,
            self.date,
            faits.join(",")
        );
        serde_json::to_value(evaluer(reglement, &objet, &ZonageDeTest)).expect("json")
    }

    /// What differs from what the row expects.
    fn ecarts(&self, reglement: &Reglement) -> Vec<String> {
        let r = self.reponse(reglement);
        let mut ecarts = Vec::new();
        for (cle, attendu) in &self.attendu {
            let obtenu = match cle.as_str() {
                "resultat" | "manquants" => &r[cle],
                "erreur" => &r["erreur"]["champ"],
                _ => &r["valeurs"][cle],
            };
            if obtenu != attendu {
                ecarts.push(format!(
                    "{} : {cle} = {obtenu}, attendu {attendu}",
                    self.titre
                ));
            }
        }
        if r["erreur"].is_object() {
            if !self.attendu.iter().any(|(cle, _)| cle == "erreur") {
                ecarts.push(format!("{} : {r}", self.titre));
            }
            return ecarts;
        }
        let complet = r["resultat"] != "incomplet";
        if complet != r["manquants"].as_array().is_some_and(Vec::is_empty) {
            ecarts.push(format!("{} : manquants {}", self.titre, r["manquants"]));
        }
        let etapes = r["explication"].as_array().expect("explication");
        if etapes.is_empty()
            || etapes
                .iter()
                .any(|e| e["source"].as_str().is_none_or(str::is_empty))
        {
            ecarts.push(format!("{} : explication vide ou sans source", self.titre));
        }
        for (regle, sens) in self
            .articles
            .iter()
            .filter(|(regle, _)| !EN_CREUX.contains(&regle.as_str()))
        {
            let constat = match sens {
                Sens::Tient => "rempli",
                Sens::NeTientPas => "non_rempli",
                Sens::Inconnu => "inconnu",
            };
            if !etapes
                .iter()
                .any(|e| e["regle"] == regle.as_str() && e["constat"] == constat)
            {
                ecarts.push(format!("{} : aucune étape {regle} {constat}", self.titre));
            }
        }
        ecarts
    }
}

/// Rules that weigh on a result without a step of their own: ECH-4 is a set of examples of ECH-1 and
/// ECH-2; ZON-1 and ZON-2 are in the step of ZON-6; ALT-2 is in the sum of ALT-1; ALT-4 follows from ALT-1.
const EN_CREUX: [&str; 5] = ["ECH-4", "ZON-1", "ZON-2", "ALT-2", "ALT-4"];

#[test]
fn toutes_les_lignes_des_tables() {
    let reglement = Reglement::embarque().expect("reglement");
    let lignes = lignes();
    assert!(lignes.len() > 400, "{} lignes", lignes.len());
    let ecarts: Vec<String> = lignes.iter().flat_map(|l| l.ecarts(&reglement)).collect();
    assert!(ecarts.is_empty(), "{}", ecarts.join("\n"));
}
