//! Two people on one file: a form carries the last event of the file that its page showed; when the file changed since, the
//! answer says what was done after that event, and by whom.

use regles::texte;

use crate::db::DbError;
use crate::db::evenement::{self, Evenement};
use crate::web::correction;
use crate::web::erreur::WebError;
use crate::web::saisie::Saisie;
use crate::web::ui::Champ;
use crate::web::visite::Visite;

pub use crate::db::evenement::Sujet;

/// Name of the hidden field.
const CHAMP: &str = "vu";

/// The last event among those of a page; 0 when there is none.
pub fn dernier(evenements: &[Evenement]) -> i64 {
    evenements.iter().map(|e| e.id).max().unwrap_or(0)
}

/// The hidden field of a form.
pub fn champ(dernier: i64) -> Champ {
    Champ::cache(CHAMP, dernier.to_string())
}

/// The last event that the page of a form showed; none for a form that does not say.
pub fn vu(saisie: &Saisie) -> Option<i64> {
    saisie.texte(CHAMP).parse().ok()
}

/// What was done since the page of the form, in sentences, and the last event of the file now.
///
/// # Errors
/// The database does not answer.
pub async fn changements(
    visite: &Visite,
    sujet: Sujet,
    vu: Option<i64>,
) -> Result<(Vec<String>, i64), WebError> {
    let moi = visite.qui()?.utilisateur_id;
    let (depuis, actuel) = visite
        .read(move |conn| {
            let actuel = evenement::dernier(conn, sujet)?;
            let depuis = match vu {
                Some(vu) if vu < actuel => evenement::apres(conn, sujet, vu)?,
                _ => Vec::new(),
            };
            Ok::<_, DbError>((depuis, actuel))
        })
        .await?;
    let phrases = depuis
        .iter()
        .map(|(e, par)| phrase(e, *par == Some(moi)))
        .collect();
    Ok((phrases, actuel))
}

/// What somebody did, in one sentence; a correction says before and after.
fn phrase(e: &Evenement, moi: bool) -> String {
    let qui = if moi {
        format!("{} (vous-même, dans une autre page)", e.acteur)
    } else {
        e.acteur.clone()
    };
    let phrase = format!("{} : {qui} {}", texte::datetime_fr(e.le), e.resume);
    match correction::lue(e) {
        None => format!("{phrase}."),
        Some(faite) => {
            let details: Vec<String> = correction::details(&faite)
                .into_iter()
                .map(|(libelle, valeur)| format!("{libelle} : {valeur}"))
                .collect();
            format!("{phrase} ({}).", details.join(" ; "))
        }
    }
}
