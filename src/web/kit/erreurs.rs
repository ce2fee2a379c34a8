//! The errors of a form, field by field, and the small readings that forms without a struct share.

use regles::saisie;

use crate::actions::ActionError;
use crate::web::erreur::WebError;
use crate::web::saisie::Saisie;

/// What is wrong with a form: a field and a sentence each.
#[derive(Debug, Clone, Default)]
pub struct Erreurs(Vec<(String, String)>);

impl Erreurs {
    /// Notes what is wrong with a field; the first sentence stays.
    pub fn noter(&mut self, champ: impl Into<String>, phrase: impl Into<String>) {
        let champ = champ.into();
        if self.de(&champ).is_none() {
            self.0.push((champ, phrase.into()));
        }
    }

    /// One field that is wrong.
    pub fn de_un(champ: &str, phrase: &str) -> Erreurs {
        Erreurs(vec![(champ.to_owned(), phrase.to_owned())])
    }

    /// The others, without those of a field.
    pub fn sans(&self, champ: &str) -> Erreurs {
        let autres = self.0.iter().filter(|(c, _)| c != champ);
        Erreurs(autres.cloned().collect())
    }

    /// What is wrong with a field.
    pub fn de(&self, champ: &str) -> Option<String> {
        self.0
            .iter()
            .find(|(c, _)| c == champ)
            .map(|(_, phrase)| phrase.clone())
    }

    /// Every field that is wrong and its sentence; the empty name for what belongs to no field.
    pub fn toutes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(c, p)| (c.as_str(), p.as_str()))
    }

    /// Whether something is wrong.
    pub fn presentes(&self) -> bool {
        !self.0.is_empty()
    }

    /// What was read, or nothing once what is wrong with it is noted.
    pub fn prendre_de<T>(&mut self, lu: Result<T, Erreurs>) -> Option<T> {
        match lu {
            Ok(lu) => Some(lu),
            Err(autres) => {
                self.reunir(autres);
                None
            }
        }
    }

    /// Notes all that another reading found wrong.
    pub fn reunir(&mut self, autres: Erreurs) {
        for (champ, phrase) in autres.0 {
            self.noter(champ, phrase);
        }
    }

    /// Takes in the refusal of an act: beside its field, or at the top of the page under the empty name.
    ///
    /// # Errors
    /// What no correction of the form can mend.
    pub fn prendre(&mut self, error: ActionError) -> Result<(), WebError> {
        match error {
            ActionError::Champ { champ, message } => self.noter(champ, message),
            ActionError::Refus(phrase) | ActionError::Indisponible(phrase) => {
                self.noter("", phrase)
            }
            autre => return Err(autre.into()),
        }
        Ok(())
    }
}

/// A whole number that may be left out: «1 200», «1200». Negative ones are read, for the rule to refuse.
pub fn entier(saisie: &Saisie, champ: &str, erreurs: &mut Erreurs) -> Option<i64> {
    entier_comme(saisie, champ, 1200, erreurs)
}

/// The same, where another number is the example of what is expected.
pub fn entier_comme(
    saisie: &Saisie,
    champ: &str,
    exemple: i64,
    erreurs: &mut Erreurs,
) -> Option<i64> {
    let texte = saisie.option(champ)?;
    match saisie::entier(texte) {
        Ok(n) => Some(n),
        Err(erreur) => {
            let phrase = format!("«\u{a0}{texte}\u{a0}» {erreur} : écrivez par exemple {exemple}.");
            erreurs.noter(champ, phrase);
            None
        }
    }
}

/// «oui», «non», or nothing said: unknown is never false.
pub fn oui_non(saisie: &Saisie, champ: &str) -> Option<bool> {
    match saisie.texte(champ) {
        "oui" => Some(true),
        "non" => Some(false),
        _ => None,
    }
}

/// The key of a form: the one it carries, or a fresh one.
pub fn cle(saisie: &Saisie) -> String {
    cle_de(saisie.texte("cle"))
}

/// The key that a form carries, or a fresh one.
pub fn cle_de(portee: &str) -> String {
    match portee {
        carried if carried.len() == 43 => carried.to_owned(),
        _ => crate::secret::jeton(),
    }
}

/// The version of the file that the form saw; one that does not read is no longer current.
///
/// # Errors
/// [`WebError::Perime`].
pub fn version(saisie: &Saisie) -> Result<i32, WebError> {
    saisie
        .texte("version")
        .parse()
        .map_err(|_| WebError::Perime)
}
