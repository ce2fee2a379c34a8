//! A commune as people type it: a name, a postcode, both, a département to tell homonyms apart.

use crate::departement;
use crate::mots;

/// What was typed of a commune.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lieu {
    /// The name, as [`mots::lieu`] writes it; empty for a code alone.
    pub nom: String,
    /// The postcode, or its first digits.
    pub code: Option<String>,
    /// An INSEE code that can be nothing else («2A004»).
    pub insee: Option<String>,
    /// The code of the département.
    pub departement: Option<&'static str>,
}

impl Lieu {
    /// Reads what was typed: «Martigues», «13500», «13500 Martigues», «Martigues (13500, Bouches-du-Rhône)», «Saint-Denis
    /// (974)», «Lyon 03», «Paris 8eme», «13637 Arles CEDEX 2». What follows «CEDEX» is no part of a commune.
    pub fn lire(texte: &str) -> Lieu {
        let mut lieu = Lieu::default();
        let (dehors, dedans) = texte.split_once('(').unwrap_or((texte, ""));
        let mut mots_dits: Vec<String> = mots_de(dehors);
        for part in dedans.split([',', ')']) {
            let plie = mots::fold(part);
            match departement::lire(part) {
                _ if est_code(&plie) => lieu.code = Some(plie),
                Some(code) => lieu.departement = Some(code),
                None if matches!(plie.as_str(), "le" | "la" | "les" | "l") => {
                    mots_dits.insert(0, plie);
                }
                None => mots_dits.extend(mots_de(part)),
            }
        }
        sans_cedex(&mut mots_dits);
        if let [seul] = mots_dits.as_slice() {
            if seul.bytes().all(|b| b.is_ascii_digit()) {
                lieu.code = Some(seul.clone());
                return lieu;
            }
            if est_insee_corse(seul) {
                lieu.insee = Some(seul.to_uppercase());
                return lieu;
            }
        } else if let Some(rang) = mots_dits.iter().position(|m| est_code(m)) {
            lieu.code = Some(mots_dits.remove(rang));
        }
        if let Some(arrondissement) = arrondissement(&mots_dits) {
            lieu.nom = arrondissement;
            return lieu;
        }
        if let [_, .., dernier] = mots_dits.as_slice()
            && dernier.starts_with(|c: char| c.is_ascii_digit())
            && let Some(code) = departement::lire(dernier)
        {
            lieu.departement = Some(code);
            mots_dits.pop();
        }
        lieu.nom = mots_dits.join(" ");
        lieu
    }

    /// Whether nothing was typed.
    pub fn est_vide(&self) -> bool {
        self.nom.is_empty() && self.code.is_none() && self.insee.is_none()
    }

    /// The postcode, typed in full.
    pub fn code_postal(&self) -> Option<&str> {
        self.code.as_deref().filter(|code| est_code(code))
    }
}

fn mots_de(texte: &str) -> Vec<String> {
    let lieu = mots::lieu(texte);
    let mots = lieu.split(' ').filter(|m| !m.is_empty());
    mots.map(str::to_owned).collect()
}

fn est_code(mot: &str) -> bool {
    mot.len() == 5 && mot.bytes().all(|b| b.is_ascii_digit())
}

fn est_insee_corse(mot: &str) -> bool {
    let suite = mot.strip_prefix("2a").or_else(|| mot.strip_prefix("2b"));
    suite.is_some_and(|s| s.len() == 3 && s.bytes().all(|b| b.is_ascii_digit()))
}

fn sans_cedex(mots_dits: &mut Vec<String>) {
    let Some(rang) = mots_dits.iter().position(|m| m == "cedex") else {
        return;
    };
    mots_dits.remove(rang);
    let distribution = |m: &String| m.len() <= 2 && m.bytes().all(|b| b.is_ascii_digit());
    if mots_dits.get(rang).is_some_and(distribution) {
        mots_dits.remove(rang);
    }
}

/// «lyon 03», «paris 8 eme arr» → the name of the arrondissement, as a search compares it.
fn arrondissement(mots_dits: &[String]) -> Option<String> {
    let (ville, suite) = mots_dits.split_first()?;
    if !matches!(ville.as_str(), "paris" | "lyon" | "marseille") {
        return None;
    }
    let dit: String = suite
        .iter()
        .filter(|m| {
            !"arrondissement".starts_with(m.as_str()) && !matches!(m.as_str(), "ardt" | "arrdt")
        })
        .map(String::as_str)
        .collect();
    let fin = dit.find(|c: char| !c.is_ascii_digit()).unwrap_or(dit.len());
    let (chiffres, rang) = dit.split_at(fin);
    let nombre: u8 = chiffres.parse().ok().filter(|n| (1..=20).contains(n))?;
    if !matches!(
        rang,
        "" | "e" | "er" | "eme" | "ieme" | "me" | "ere" | "nd" | "nde"
    ) {
        return None;
    }
    let ordinal = if nombre == 1 { "er" } else { "e" };
    Some(format!("{ville} {nombre}{ordinal} arrondissement"))
}
