//! From the text of a field to its value. Each reader returns nothing where nothing is said, and notes beside the field
//! what it could not read; `#[derive(Formulaire)]` calls them.

use std::fmt::Display;
use std::str::FromStr;

use chrono::NaiveDate;

use super::commune::Communes;
use super::erreurs::{self, Erreurs};
use super::formulaire::{Declaration, Genre};
use crate::web::saisie::Saisie;
use regles::dates_fr;
use regles::identifiants::Insee;
use regles::saisie::ligne as une_ligne;
use regles::texte as mots;

/// A value that must be there; the field asks for it unless it was found wrong already.
pub fn requis<T>(lu: Option<T>, champ: &Declaration, erreurs: &mut Erreurs) -> Option<T> {
    if lu.is_none() {
        erreurs.noter(champ.nom, manque(champ));
    }
    lu
}

/// What a field says when it must be filled and is not.
fn manque(champ: &Declaration) -> String {
    match (champ.manque, champ.genre) {
        (Some(phrase), _) => phrase.to_owned(),
        (None, Genre::Date) => "Écrivez la date, par exemple 12/03/2026.".to_owned(),
        (None, Genre::Commune) => "Indiquez la commune.".to_owned(),
        (None, Genre::Radios(_)) => {
            format!("Choisissez une des réponses à « {} ».", champ.libelle)
        }
        (None, Genre::Liste(_)) => {
            format!("Choisissez dans la liste « {} ».", champ.libelle)
        }
        _ => "Remplissez ce champ.".to_owned(),
    }
}

/// Characters at most in one line, where the field does not say.
const LIGNE_MAX: usize = 200;
/// Characters at most in several lines, where the field does not say.
const TEXTE_MAX: usize = 10_000;

/// A text; a password is taken as it was typed. Refuses one longer than `longueur`, in characters; no text is without end.
pub fn texte(saisie: &Saisie, champ: &Declaration, erreurs: &mut Erreurs) -> Option<String> {
    let texte = match champ.genre {
        Genre::MotDePasse => saisie.brut(champ.nom).to_owned(),
        Genre::Texte => une_ligne(saisie.texte(champ.nom)),
        _ => saisie.texte(champ.nom).to_owned(),
    };
    let longueur = champ.longueur.unwrap_or(match champ.genre {
        Genre::Texte => LIGNE_MAX,
        Genre::Zone(_) => TEXTE_MAX,
        // Their own readers bound them.
        _ => usize::MAX,
    });
    if texte.chars().count() > longueur {
        erreurs.noter(champ.nom, format!("Écrivez {longueur} caractères au plus."));
    }
    Some(texte).filter(|t| !t.is_empty())
}

/// A whole number, typed with or without spaces. Refuses one out of `bornes`, or of the type.
pub fn nombre<T: TryFrom<i64>>(
    saisie: &Saisie,
    champ: &Declaration,
    erreurs: &mut Erreurs,
) -> Option<T> {
    let exemple = exemple(champ);
    let nombre = erreurs::entier_comme(saisie, champ.nom, exemple, erreurs)?;
    if let Some((min, max)) = champ.bornes
        && !(min..=max).contains(&nombre)
    {
        let (min, max) = (mots::nombre(min), mots::nombre(max));
        erreurs.noter(
            champ.nom,
            format!("Écrivez un nombre entier de {min} à {max}."),
        );
        return None;
    }
    let lu = T::try_from(nombre).ok();
    if lu.is_none() {
        erreurs.noter(champ.nom, "Ce nombre est trop grand, ou négatif.");
    }
    lu
}

/// A number that the field would take.
fn exemple(champ: &Declaration) -> i64 {
    let usuel = match champ.unite {
        Some("%") => 30,
        Some("mois" | "jours" | "ans") => 12,
        _ => 1200,
    };
    champ
        .bornes
        .map_or(usuel, |(min, max)| usuel.clamp(min, max))
}

/// A date, in the ways that French people write one.
pub fn date(saisie: &Saisie, champ: &Declaration, erreurs: &mut Erreurs) -> Option<NaiveDate> {
    match dates_fr::lire(saisie.option(champ.nom)?) {
        Ok(date) => Some(date),
        Err(erreur) => {
            erreurs.noter(
                champ.nom,
                format!("{}.", mots::majuscule_initiale(&erreur.to_string())),
            );
            None
        }
    }
}

/// A date as the field shows it.
pub fn date_ecrite(date: NaiveDate) -> String {
    dates_fr::courte(date)
}

/// «oui» or «non»: what says neither is unknown, never false.
pub fn oui_non(saisie: &Saisie, champ: &Declaration) -> Option<bool> {
    erreurs::oui_non(saisie, champ.nom)
}

/// One of a closed list; refuses what is not of it.
pub fn code<T: FromStr>(saisie: &Saisie, champ: &Declaration, erreurs: &mut Erreurs) -> Option<T> {
    let code = saisie.option(champ.nom)?;
    let lu = code.parse().ok();
    if lu.is_none() {
        let inconnu = "Choisissez une des valeurs proposées.";
        erreurs.noter(champ.nom, champ.manque.unwrap_or(inconnu));
    }
    lu
}

/// An identifier that is typed; its type says what is expected.
pub fn identifiant<T>(saisie: &Saisie, champ: &Declaration, erreurs: &mut Erreurs) -> Option<T>
where
    T: FromStr<Err: Display>,
{
    match saisie.option(champ.nom)?.parse() {
        Ok(lu) => Some(lu),
        Err(erreur) => {
            erreurs.noter(champ.nom, mots::majuscule_initiale(&erreur.to_string()));
            None
        }
    }
}

/// The commune that was chosen, or that the words typed can only mean.
pub fn commune(communes: &Communes, champ: &Declaration, erreurs: &mut Erreurs) -> Option<Insee> {
    let lue = communes.insee(champ.nom);
    if lue.is_none()
        && let Some(phrase) = communes.introuvable(champ.nom)
    {
        erreurs.noter(champ.nom, phrase);
    }
    lue
}
