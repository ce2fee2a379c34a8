//! The macro that turns the table of events into [`super::Fait`] and [`super::Code`].

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::fait::Fait;

/// One line per kind: name, code, family, who may see it, sign, name that webhooks publish (`_` for none), what is hashed,
/// and `[what is personal]`, which can be erased.
macro_rules! faits {
    ($($variante:ident $code:literal $famille:ident $public:ident $signe:ident $publie:tt
        { $($champ:ident : $type:ty),* $(,)? } [ $($perso:ident : $ptype:ty),* $(,)? ];)+) => {
        $crate::stored_as_text! { Code
            /// The kind of an event, as it is stored.
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
            pub enum Code { $(#[doc = $code] #[serde(rename = $code)] $variante,)+ }
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const TOUS: &'static [Code] = &[$(Code::$variante),+];

            /// The stored text.
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$variante => $code),+ }
            }

            /// What it is about.
            pub const fn famille(self) -> Famille {
                match self { $(Code::$variante => Famille::$famille),+ }
            }

            /// Who may see it.
            pub const fn public(self) -> Public {
                match self { $(Code::$variante => Public::$public),+ }
            }

            /// The sign shown beside it.
            pub const fn signe(self) -> Signe {
                match self { $(Code::$variante => Signe::$signe),+ }
            }

            /// The name that webhooks publish, kept whatever becomes of the code; none for what is never published.
            pub const fn publie(self) -> Option<&'static str> {
                match self { $(Code::$variante => publie!($publie)),+ }
            }
        }

        impl std::str::FromStr for Code {
            type Err = String;
            fn from_str(texte: &str) -> Result<Self, String> {
                match texte { $($code => Ok(Code::$variante),)+ autre => Err(format!("événement inconnu : {autre}")) }
            }
        }

        /// What happened, with what there is to know of it.
        #[derive(Debug, Clone, PartialEq)]
        #[allow(missing_docs, reason = "the table names each field once")]
        pub enum Fait { $(#[doc = $code] $variante { $($champ: $type,)* $($perso: $ptype,)* },)+ }

        impl Fait {
            /// Its kind.
            pub const fn code(&self) -> Code {
                match self { $(Fait::$variante { .. } => Code::$variante),+ }
            }

            /// What is hashed, by the names of the table; what is not known is left out.
            ///
            /// # Errors
            /// A value that JSON cannot say.
            pub fn donnees(&self) -> serde_json::Result<Map<String, Value>> {
                let mut lues = Map::new();
                match self { $(Fait::$variante { $($champ,)* .. } => {
                    $($crate::evenement::declaration::poser(&mut lues, stringify!($champ), $champ)?;)*
                })+ }
                Ok(lues)
            }

            /// What is personal, and can be erased.
            ///
            /// # Errors
            /// A value that JSON cannot say.
            pub fn personnelles(&self) -> serde_json::Result<Map<String, Value>> {
                let mut lues = Map::new();
                match self { $(Fait::$variante { $($perso,)* .. } => {
                    $($crate::evenement::declaration::poser(&mut lues, stringify!($perso), $perso)?;)*
                })+ }
                Ok(lues)
            }

            /// Reads it back; without its personal part, that part reads as erased.
            ///
            /// # Errors
            /// A field is missing, unknown, or of another type.
            pub fn lire(
                code: Code,
                mut donnees: Map<String, Value>,
                mut personnelles: Option<Map<String, Value>>,
            ) -> serde_json::Result<Fait> {
                let fait = match code { $(Code::$variante => Fait::$variante {
                    $($champ: $crate::evenement::declaration::prendre(&mut donnees, stringify!($champ))?,)*
                    $($perso: match &mut personnelles {
                        Some(lues) => $crate::evenement::declaration::prendre(lues, stringify!($perso))?,
                        None => $crate::evenement::Effacable::efface(),
                    },)*
                },)+ };
                for reste in [Some(donnees), personnelles].into_iter().flatten() {
                    if let Some(nom) = reste.keys().next() {
                        return Err(<serde_json::Error as serde::de::Error>::custom(format!("champ inconnu : {nom}")));
                    }
                }
                Ok(fait)
            }
        }
    };
}

macro_rules! publie {
    (_) => {
        None
    };
    ($nom:literal) => {
        Some($nom)
    };
}

pub(super) fn poser<T: Serialize>(
    lues: &mut Map<String, Value>,
    nom: &str,
    valeur: &T,
) -> serde_json::Result<()> {
    match serde_json::to_value(valeur)? {
        Value::Null => {}
        valeur => {
            lues.insert(nom.to_owned(), valeur);
        }
    }
    Ok(())
}

pub(super) fn prendre<T: DeserializeOwned>(
    lues: &mut Map<String, Value>,
    nom: &str,
) -> serde_json::Result<T> {
    let valeur = lues.remove(nom).unwrap_or(Value::Null);
    serde_json::from_value(valeur)
        .map_err(|e| <serde_json::Error as serde::de::Error>::custom(format!("champ {nom} : {e}")))
}

impl Fait {
    /// All that it says, hashed and personal alike, by the names of the table.
    ///
    /// # Errors
    /// A value that JSON cannot say.
    pub fn champs(&self) -> serde_json::Result<Map<String, Value>> {
        let mut champs = self.donnees()?;
        champs.extend(self.personnelles()?);
        Ok(champs)
    }
}
