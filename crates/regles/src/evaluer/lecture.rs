//! Typed reading of the facts of an object: every defect names its field.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize as DeriveDeserialize, Serialize};
use serde_json::value::RawValue;

use crate::dates_fr;
use crate::decimale::{Decimale, DecimaleError};
use crate::regle::RegleError;

/// A defect of an object: the field at fault, and a sentence in French.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{champ} : {message}")]
pub struct ErreurFait {
    /// Name of the field, nested ones dotted.
    pub champ: String,
    /// The sentence.
    pub message: String,
}

impl ErreurFait {
    /// A defect of a field.
    pub fn new(champ: impl Into<String>, message: impl Into<String>) -> Self {
        ErreurFait {
            champ: champ.into(),
            message: message.into(),
        }
    }
}

impl From<RegleError> for ErreurFait {
    fn from(erreur: RegleError) -> Self {
        ErreurFait::new(erreur.champ().to_owned(), erreur.to_string())
    }
}

/// Most keys of an object: the contract knows sixteen at most. Beyond, the object is refused unread, so that
/// looking for a key written twice costs at most this for each.
pub const CLES_MAX: usize = 64;
/// Most items of a list.
pub const ELEMENTS_MAX: usize = 1_000;

/// A sentence in French for a syntax error.
pub(super) fn phrase_json(erreur: &serde_json::Error) -> String {
    format!(
        "JSON illisible à la colonne {} (ligne {})",
        erreur.column(),
        erreur.line()
    )
}

/// Text borrowed from the line where it has no escape.
#[derive(DeriveDeserialize)]
struct Texte<'a>(#[serde(borrow)] Cow<'a, str>);

/// The members of a JSON object, their values still unread.
#[derive(Default)]
pub(super) struct Objet<'a> {
    champs: Vec<(Cow<'a, str>, &'a RawValue)>,
    doublon: Option<String>,
    trop_de_cles: bool,
}

impl<'a> Objet<'a> {
    /// Reads the members of an object, or says in French why it is not one, or has more than [`CLES_MAX`].
    pub(super) fn lire(texte: &'a str) -> Result<Self, String> {
        let brut: &RawValue = serde_json::from_str(texte).map_err(|e| phrase_json(&e))?;
        if !brut.get().starts_with('{') {
            return Err("un objet JSON est attendu".to_owned());
        }
        let objet: Self = serde_json::from_str(brut.get()).map_err(|e| phrase_json(&e))?;
        if objet.trop_de_cles {
            return Err(format!("cet objet a trop de clés : {CLES_MAX} au plus"));
        }
        Ok(objet)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Objet<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Membres;

        impl<'de> Visitor<'de> for Membres {
            type Value = Objet<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("un objet")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Objet<'de>, A::Error> {
                let mut objet = Objet {
                    champs: Vec::with_capacity(16),
                    ..Objet::default()
                };
                let mut cles = 0;
                while let Some((Texte(cle), valeur)) =
                    map.next_entry::<Texte<'de>, &'de RawValue>()?
                {
                    cles += 1;
                    if cles > CLES_MAX {
                        objet.trop_de_cles = true;
                        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                        break;
                    }
                    if objet.champs.iter().any(|(connue, _)| *connue == cle) {
                        objet.doublon = Some(cle.into_owned());
                    } else {
                        objet.champs.push((cle, valeur));
                    }
                }
                Ok(objet)
            }
        }

        deserializer.deserialize_map(Membres)
    }
}

/// A reading of an object: each field is taken once, what is left at the end is unknown.
#[derive(Default)]
pub(super) struct Lecture<'a> {
    prefixe: String,
    objet: Objet<'a>,
}

impl<'a> Lecture<'a> {
    pub(super) fn enveloppe(objet: Objet<'a>) -> Self {
        Lecture {
            prefixe: String::new(),
            objet,
        }
    }

    fn nom(&self, cle: &str) -> String {
        format!("{}{cle}", self.prefixe)
    }

    fn refus<T>(&self, cle: &str, message: impl Into<String>) -> Result<T, ErreurFait> {
        Err(ErreurFait::new(self.nom(cle), message))
    }

    /// Refuses a key written twice: which one counts would be a guess.
    pub(super) fn sans_doublon(&self) -> Result<(), ErreurFait> {
        match &self.objet.doublon {
            Some(cle) => self.refus(cle, format!("la clé « {cle} » est écrite deux fois")),
            None => Ok(()),
        }
    }

    /// Refuses what no fact of this name was read from.
    pub(super) fn fin(self) -> Result<(), ErreurFait> {
        match self.objet.champs.first() {
            Some((cle, _)) => self.refus(cle, format!("la clé « {cle} » est inconnue")),
            None => Ok(()),
        }
    }

    /// The raw value, `None` when null or absent.
    fn prendre(&mut self, cle: &str) -> Option<&'a str> {
        let rang = self
            .objet
            .champs
            .iter()
            .position(|(connue, _)| connue == cle)?;
        let (_, brut) = self.objet.champs.swap_remove(rang);
        Some(brut.get()).filter(|texte| *texte != "null")
    }

    /// Text or number, echoed as received.
    pub(super) fn identifiant(&mut self, cle: &str) -> Result<Option<Box<RawValue>>, ErreurFait> {
        let Some(brut) = self.prendre(cle) else {
            return Ok(None);
        };
        let scalaire = match brut.as_bytes().first() {
            Some(b'"') => serde_json::from_str::<Texte<'_>>(brut).is_ok(),
            Some(b'-' | b'0'..=b'9') => true,
            _ => false,
        };
        if !scalaire {
            return self.refus(cle, "un texte ou un nombre est attendu");
        }
        match RawValue::from_string(brut.to_owned()) {
            Ok(copie) => Ok(Some(copie)),
            Err(e) => self.refus(cle, phrase_json(&e)),
        }
    }

    /// A text.
    pub(super) fn texte(&mut self, cle: &str) -> Result<Option<Cow<'a, str>>, ErreurFait> {
        let Some(brut) = self.prendre(cle) else {
            return Ok(None);
        };
        if !brut.starts_with('"') {
            return self.refus(cle, "un texte est attendu");
        }
        match serde_json::from_str::<Texte<'a>>(brut) {
            Ok(Texte(texte)) => Ok(Some(texte)),
            Err(_) => self.refus(cle, "ce texte est illisible"),
        }
    }

    /// A date `YYYY-MM-DD`.
    pub(super) fn date(&mut self, cle: &str) -> Result<Option<NaiveDate>, ErreurFait> {
        let Some(texte) = self.texte(cle)? else {
            return Ok(None);
        };
        match dates_fr::lire_iso(&texte) {
            Ok(date) => Ok(Some(date)),
            Err(dates_fr::DateError::Impossible(t)) => self.refus(
                cle,
                format!("la date « {t} » n’existe pas dans le calendrier"),
            ),
            Err(
                dates_fr::DateError::Illisible(t)
                | dates_fr::DateError::SansAnnee(t)
                | dates_fr::DateError::AutreJour { saisie: t, .. },
            ) => self.refus(
                cle,
                format!("« {t} » n’est pas une date de la forme AAAA-MM-JJ"),
            ),
        }
    }

    /// A yes or no.
    pub(super) fn booleen(&mut self, cle: &str) -> Result<Option<bool>, ErreurFait> {
        match self.prendre(cle) {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(_) => self.refus(cle, "true ou false est attendu"),
        }
    }

    /// A whole number between two bounds.
    pub(super) fn entier(
        &mut self,
        cle: &str,
        min: i64,
        max: i64,
    ) -> Result<Option<i64>, ErreurFait> {
        let Some(brut) = self.prendre(cle) else {
            return Ok(None);
        };
        let chiffres = brut.strip_prefix('-').unwrap_or(brut);
        if chiffres.is_empty() || !chiffres.bytes().all(|b| b.is_ascii_digit()) {
            return self.refus(
                cle,
                "un nombre entier est attendu, sans décimale ni exposant",
            );
        }
        match brut.parse::<i64>() {
            Ok(n) if (min..=max).contains(&n) => Ok(Some(n)),
            _ => self.refus(
                cle,
                format!("un nombre entier entre {min} et {max} est attendu"),
            ),
        }
    }

    /// An exact decimal, read from its text.
    pub(super) fn decimale(&mut self, cle: &str) -> Result<Option<Decimale>, ErreurFait> {
        let Some(brut) = self.prendre(cle) else {
            return Ok(None);
        };
        if !brut.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            return self.refus(cle, "un nombre décimal est attendu");
        }
        match brut.parse::<Decimale>() {
            Ok(n) => Ok(Some(n)),
            Err(DecimaleError::Illisible(_)) => {
                self.refus(cle, "un nombre décimal est attendu, sans exposant")
            }
            Err(long) => self.refus(cle, long.to_string()),
        }
    }

    /// One of the codes of an enumeration.
    pub(super) fn code<T: FromStr>(&mut self, cle: &str) -> Result<Option<T>, ErreurFait> {
        let Some(texte) = self.texte(cle)? else {
            return Ok(None);
        };
        match texte.parse() {
            Ok(code) => Ok(Some(code)),
            Err(_) => {
                let court: String = texte.chars().take(40).collect();
                self.refus(cle, format!("la valeur « {court} » n’est pas admise"))
            }
        }
    }

    /// A nested object.
    pub(super) fn objet(&mut self, cle: &str) -> Result<Option<Lecture<'a>>, ErreurFait> {
        let Some(brut) = self.prendre(cle) else {
            return Ok(None);
        };
        // The facts of an object are named without the envelope: `actes_12_mois`, `derogation.avis_cpd`.
        let nom = self.nom(cle);
        let prefixe = if cle == "faits" {
            String::new()
        } else {
            format!("{nom}.")
        };
        let objet = Objet::lire(brut).map_err(|message| ErreurFait::new(nom, message))?;
        let lecture = Lecture { prefixe, objet };
        lecture.sans_doublon()?;
        Ok(Some(lecture))
    }

    /// The raw items of an array, each as a reading of one field named by its rank. More than [`ELEMENTS_MAX`] are
    /// refused.
    fn elements(&mut self, cle: &str) -> Result<Option<Vec<(String, &'a str)>>, ErreurFait> {
        let Some(brut) = self.prendre(cle) else {
            return Ok(None);
        };
        match serde_json::from_str::<Vec<&'a RawValue>>(brut) {
            Ok(valeurs) if valeurs.len() > ELEMENTS_MAX => self.refus(
                cle,
                format!("cette liste est trop longue : {ELEMENTS_MAX} éléments au plus"),
            ),
            Ok(valeurs) => Ok(Some(
                valeurs
                    .iter()
                    .enumerate()
                    .map(|(rang, v)| (format!("{}.{rang}", self.nom(cle)), v.get()))
                    .collect(),
            )),
            Err(_) => self.refus(cle, "un tableau est attendu"),
        }
    }

    /// An array of objects.
    pub(super) fn objets(&mut self, cle: &str) -> Result<Option<Vec<Lecture<'a>>>, ErreurFait> {
        let Some(elements) = self.elements(cle)? else {
            return Ok(None);
        };
        elements
            .into_iter()
            .map(|(nom, brut)| {
                let objet =
                    Objet::lire(brut).map_err(|message| ErreurFait::new(nom.clone(), message))?;
                let lecture = Lecture {
                    prefixe: format!("{nom}."),
                    objet,
                };
                lecture.sans_doublon()?;
                Ok(lecture)
            })
            .collect::<Result<Vec<_>, _>>()
            .map(Some)
    }

    /// An array of texts.
    pub(super) fn textes(&mut self, cle: &str) -> Result<Option<Vec<String>>, ErreurFait> {
        let Some(elements) = self.elements(cle)? else {
            return Ok(None);
        };
        elements
            .into_iter()
            .map(|(nom, brut)| match serde_json::from_str::<String>(brut) {
                Ok(texte) => Ok(texte),
                Err(_) => Err(ErreurFait::new(nom, "un texte est attendu")),
            })
            .collect::<Result<Vec<_>, _>>()
            .map(Some)
    }
}
