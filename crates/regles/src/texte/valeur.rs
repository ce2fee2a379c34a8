//! The value of a parameter, as a person reads it.

use super::{date_fr, insecables, montant, nombre, pluriel};
use crate::dates_fr;
use crate::parametre::{Unite, ValeurParametre};
use crate::zonage::Categorie;

/// «1 200 actes», «2 ans», «7 200,00 €», «oui», «6 mois avant, 7 jours avant, le lendemain».
pub fn valeur(valeur: &ValeurParametre, unite: Unite) -> String {
    match valeur {
        ValeurParametre::OuiNon(true) => "oui".to_owned(),
        ValeurParametre::OuiNon(false) => "non".to_owned(),
        ValeurParametre::Entier(n) => entier(*n, unite),
        ValeurParametre::Texte(t) => match unite {
            Unite::Date => dates_fr::lire_iso(t).map_or_else(|_| t.clone(), date_fr),
            Unite::JourMois => jour_du_mois(t),
            _ => code(t),
        },
        ValeurParametre::Liste(l) => l.iter().map(|c| code(c)).collect::<Vec<_>>().join(", "),
    }
}

fn entier(n: i64, unite: Unite) -> String {
    match unite {
        Unite::Actes => pluriel(n, "acte", "actes"),
        Unite::Heures => pluriel(n, "heure", "heures"),
        Unite::Jours => pluriel(n, "jour", "jours"),
        Unite::Mois => pluriel(n, "mois", "mois"),
        Unite::Annees => pluriel(n, "an", "ans"),
        Unite::Personnes => pluriel(n, "personne", "personnes"),
        Unite::Centimes => montant(n),
        Unite::Pourcent => insecables(&format!("{} %", nombre(n))),
        Unite::PourMille => insecables(&format!("{} ‰", nombre(n))),
        Unite::Millesime
        | Unite::Date
        | Unite::JourMois
        | Unite::OuiNon
        | Unite::Choix
        | Unite::Codes => n.to_string(),
    }
}

/// A day of every year: «30 avril» for `04-30`.
fn jour_du_mois(code: &str) -> String {
    // A leap year has every day of the year.
    let complete = date_fr_sans_annee(&format!("2024-{code}"));
    complete.unwrap_or_else(|| code.to_owned())
}

fn date_fr_sans_annee(iso: &str) -> Option<String> {
    let date = dates_fr::lire_iso(iso).ok()?;
    date_fr(date).strip_suffix(" 2024").map(str::to_owned)
}

/// Codes whose words are not their own letters.
const MOTS: &[(&str, &str)] = &[
    ("annee_civile", "année civile"),
    ("apres_delai", "après le délai de recours"),
    ("bvcv", "bassin de vie ou canton-ou-ville"),
    ("comme_avenant7", "comme dans l’avenant 7"),
    ("deces", "décès"),
    ("decision", "décision"),
    ("depassee", "le lendemain"),
    ("depot", "dépôt"),
    ("derniere_signature", "dernière signature"),
    ("detention", "détention"),
    ("exige", "exigé"),
    ("incapacite", "incapacité"),
    ("jour_avis", "jour de l’avis"),
    ("moitie_de_chaque_section", "moitié de chaque section"),
    ("n_ouvre_pas", "n’ouvre pas de place"),
    ("non_notifiee", "non notifiée"),
    ("prorata_jours", "au prorata des jours"),
    ("rien_du", "rien n’est dû"),
    ("saisir_cpn", "saisir la commission paritaire nationale"),
    ("sans_reponse", "sans réponse"),
    ("sante_proche", "santé d’un proche"),
    ("securite_sociale", "commission de recours amiable"),
];

/// A code of the catalogue in words: a category, a reminder, or the code itself with spaces.
pub fn code(code: &str) -> String {
    if let Ok(categorie) = code.parse::<Categorie>() {
        return categorie.libelle().to_owned();
    }
    if let Some((_, mots)) = MOTS.iter().find(|(c, _)| *c == code) {
        return (*mots).to_owned();
    }
    for (suffixe, un, plusieurs) in [
        ('m', "mois avant", "mois avant"),
        ('j', "jour avant", "jours avant"),
    ] {
        if let Some(Ok(n)) = code.strip_suffix(suffixe).map(str::parse::<i64>) {
            return pluriel(n, un, plusieurs);
        }
    }
    code.replace('_', " ")
}
