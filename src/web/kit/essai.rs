//! What becomes of a form that is sent: it is done, or it is shown again with what was typed, and why. One status and one
//! wording for each reason, whatever the page.

use actix_web::http::StatusCode;

use super::erreurs::Erreurs;
use super::formulaire::Formulaire;
use crate::actions::{ActionError, ActionResult};
use crate::db::WriteTx;
use crate::web::erreur::WebError;
use crate::web::saisie::Saisie;
use crate::web::ui::Message;
use crate::web::visite::Visite;

/// A form that was sent and not done; the default is a page shown for the first time.
#[derive(Debug, Default)]
pub struct Essai<'a> {
    /// What was typed.
    pub saisie: Option<&'a Saisie>,
    /// What is wrong with it.
    pub erreurs: Erreurs,
    /// Why the act was not done.
    pub refus: Option<ActionError>,
}

/// What the page says of it.
#[derive(Debug)]
pub struct Dit<'a> {
    /// What was typed.
    pub saisie: Option<&'a Saisie>,
    /// What is wrong with it, the field that the act refuses included.
    pub erreurs: Erreurs,
    /// 422 for something to correct, 409 when the object does not allow it or changed meanwhile.
    pub statut: StatusCode,
    /// Said at the top of the page; nothing when it is said beside a field.
    pub message: Option<Message>,
}

/// Reads a form and does what it asks for, in one transaction.
///
/// # Errors
/// What to show again.
pub async fn essayer<'a, F, T>(
    visite: &Visite,
    saisie: &'a Saisie,
    faire: impl FnOnce(F, &mut WriteTx<'_>) -> ActionResult<T> + Send + 'static,
) -> Result<T, Essai<'a>>
where
    F: Formulaire + Send + 'static,
    T: Send + 'static,
{
    let mut essai = Essai {
        saisie: Some(saisie),
        ..Essai::default()
    };
    match F::lire(saisie) {
        Err(erreurs) => essai.erreurs = erreurs,
        Ok(lu) => match visite.write(move |tx| faire(lu, tx)).await {
            Ok(fait) => return Ok(fait),
            Err(refus) => essai.refus = Some(refus),
        },
    }
    Err(essai)
}

impl<'a> Essai<'a> {
    /// Puts the refusal of an act where it belongs: beside its field, or at the top of the page. `quoi`: «Ce dossier»,
    /// «Cette proposition».
    ///
    /// # Errors
    /// What no form can mend: out of scope, or ours.
    pub fn dire(self, quoi: &str) -> Result<Dit<'a>, WebError> {
        let Essai {
            saisie,
            mut erreurs,
            refus,
        } = self;
        let phrase = match refus {
            None => None,
            Some(ActionError::Champ { champ, message }) => {
                erreurs.noter(champ, message);
                None
            }
            Some(ActionError::Refus(phrase) | ActionError::Indisponible(phrase)) => Some(phrase),
            Some(ActionError::Perime) => Some(perime(quoi)),
            Some(autre) => return Err(autre.into()),
        };
        let statut = match &phrase {
            Some(_) => StatusCode::CONFLICT,
            None if erreurs.presentes() => StatusCode::UNPROCESSABLE_ENTITY,
            None => StatusCode::OK,
        };
        Ok(Dit {
            saisie,
            erreurs,
            statut,
            message: phrase.map(Message::erreur),
        })
    }
}

impl<'a> Dit<'a> {
    /// Whether the page says what changed meanwhile, so that it stands for read.
    pub fn conflit(&self) -> bool {
        self.statut == StatusCode::CONFLICT
    }

    /// What was typed in a page that says nothing of what changed meanwhile.
    pub fn lue(&self) -> Option<&'a Saisie> {
        self.saisie.filter(|_| !self.conflit())
    }
}

/// What is said when somebody else changed the object since the page was shown.
fn perime(quoi: &str) -> String {
    let ouvert = match quoi.starts_with("Cette ") {
        true => "ouverte",
        false => "ouvert",
    };
    format!(
        "{quoi} a changé depuis que vous l’avez {ouvert} : rien n’a été enregistré. Ce que vous avez écrit est conservé \
         ci-dessous. Relisez ce qui a changé, puis recommencez si c’est toujours nécessaire."
    )
}
