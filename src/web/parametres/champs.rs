//! The field of a value, by the unit of its key, and what it reads.

use regles::catalogue::Cle;
use regles::dates_fr;
use regles::parametre::{Parametre, Unite, ValeurParametre};
use regles::texte;

use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix, Taille};

/// The fields of the value: one, or a box for each code that may be ticked. Filled with what was typed, or with
/// the present value.
pub(super) fn valeur(connue: &Cle, actuelle: &Parametre, saisie: Option<&Saisie>) -> Vec<Champ> {
    let typee = saisie.map(|s| s.texte("valeur").to_owned());
    let libelle = "Nouvelle valeur";
    let champ = match connue.unite {
        Unite::Codes => return cases(connue, actuelle, saisie),
        Unite::OuiNon => Champ::radios(
            "valeur",
            libelle,
            vec![Choix::new("oui", "Oui"), Choix::new("non", "Non")],
        ),
        Unite::Choix => Champ::radios(
            "valeur",
            libelle,
            connue
                .permis
                .iter()
                .map(|code| Choix::new(*code, texte::code(code)))
                .collect(),
        ),
        Unite::Date => Champ::date("valeur", libelle),
        Unite::JourMois => Champ::texte("valeur", libelle)
            .taille(Taille::Court)
            .aide("Un jour de chaque année, comme 30/04"),
        Unite::Centimes => Champ::texte("valeur", libelle)
            .taille(Taille::Court)
            .unite("€")
            .aide("Par exemple 7 200,00"),
        Unite::Millesime => Champ::nombre("valeur", libelle).aide("Une année, comme 2023"),
        autre => Champ::nombre("valeur", libelle)
            .taille(Taille::Court)
            .unite(autre.libelle()),
    };
    vec![champ.valeur(typee.unwrap_or_else(|| ecrire(actuelle)))]
}

/// The present value, as one would type it.
fn ecrire(p: &Parametre) -> String {
    match (&p.valeur, p.unite) {
        (ValeurParametre::Entier(n), Unite::Centimes) => format!("{},{:02}", n / 100, n % 100),
        (ValeurParametre::Texte(t), Unite::JourMois) => t
            .split_once('-')
            .map_or_else(|| t.clone(), |(mois, jour)| format!("{jour}/{mois}")),
        (ValeurParametre::Texte(t), Unite::Date) => {
            dates_fr::lire_iso(t).map_or_else(|_| t.clone(), texte::date_courte)
        }
        (valeur, _) => valeur.to_string(),
    }
}

fn nom_de_case(code: &str) -> String {
    format!("code_{code}")
}

fn cases(connue: &Cle, actuelle: &Parametre, saisie: Option<&Saisie>) -> Vec<Champ> {
    let presente = match &actuelle.valeur {
        ValeurParametre::Liste(l) => l.as_slice(),
        _ => &[],
    };
    connue
        .permis
        .iter()
        .map(|code| {
            let nom = nom_de_case(code);
            let coche = match saisie {
                Some(saisie) => saisie.coche(&nom),
                None => presente.iter().any(|c| c == code),
            };
            let champ = Champ::case(nom, texte::majuscule_initiale(&texte::code(code)));
            if coche { champ.valeur("oui") } else { champ }
        })
        .collect()
}

/// The value that was typed.
///
/// # Errors
/// What is expected, in a sentence.
pub(super) fn lire(connue: &Cle, saisie: &Saisie) -> Result<ValeurParametre, &'static str> {
    let texte = saisie.texte("valeur");
    match connue.unite {
        Unite::Codes => {
            let coches: Vec<String> = connue
                .permis
                .iter()
                .filter(|code| saisie.coche(&nom_de_case(code)))
                .map(|code| (*code).to_owned())
                .collect();
            if coches.is_empty() {
                return Err("Cochez au moins une valeur.");
            }
            Ok(ValeurParametre::Liste(coches))
        }
        Unite::OuiNon => match texte {
            "oui" => Ok(ValeurParametre::OuiNon(true)),
            "non" => Ok(ValeurParametre::OuiNon(false)),
            _ => Err("Choisissez oui ou non."),
        },
        Unite::Choix if connue.permis.contains(&texte) => {
            Ok(ValeurParametre::Texte(texte.to_owned()))
        }
        Unite::Choix => Err("Choisissez une des valeurs proposées."),
        Unite::Date => dates_fr::lire(texte)
            .map(|date| ValeurParametre::Texte(date.to_string()))
            .map_err(|_| "Écrivez une date, comme 26/08/2023."),
        Unite::JourMois => jour_mois(texte).ok_or("Écrivez un jour et un mois, comme 30/04."),
        Unite::Centimes => centimes(texte)
            .map(ValeurParametre::Entier)
            .ok_or("Écrivez un montant en euros, comme 7 200,00."),
        _ => sans_espaces(texte)
            .parse()
            .map(ValeurParametre::Entier)
            .map_err(|_| "Écrivez un nombre entier, comme 1200."),
    }
}

fn sans_espaces(texte: &str) -> String {
    texte.chars().filter(|c| !c.is_whitespace()).collect()
}

fn jour_mois(texte: &str) -> Option<ValeurParametre> {
    let (jour, mois) = texte.split_once('/')?;
    let code = format!("{:0>2}-{:0>2}", mois.trim(), jour.trim());
    // A leap year, so that every day of a year is accepted.
    dates_fr::lire_iso(&format!("2024-{code}"))
        .is_ok()
        .then_some(ValeurParametre::Texte(code))
}

fn centimes(texte: &str) -> Option<i64> {
    let texte = sans_espaces(texte);
    let texte = texte.strip_suffix('€').unwrap_or(&texte);
    let (euros, cents) = texte.split_once([',', '.']).unwrap_or((texte, ""));
    if !euros
        .chars()
        .chain(cents.chars())
        .all(|c| c.is_ascii_digit())
        || cents.len() > 2
    {
        return None;
    }
    let euros: i64 = euros.parse().ok()?;
    let cents: i64 = format!("{cents:0<2}").parse().ok()?;
    euros.checked_mul(100)?.checked_add(cents)
}
