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

/// Name of the hidden field.
const CHAMP: &str = "vu";

/// The last event among those of a page; 0 when there is none.
pub fn dernier(evenements: &[Evenement]) -> i64 {
    evenements.iter().map(|e| e.id).max().unwrap_or(0)
}

/// The hidden fields of a form: the version and the last event of the object, which it sends back. `lue` is what a page
/// that was already read sent: its own are kept, so that nothing done meanwhile is written over unread.
pub fn reperes(version: i32, dernier: i64, lue: Option<&Saisie>) -> [Champ; 2] {
    let garde = |nom| lue.and_then(|s| s.option(nom)).map(str::to_owned);
    [
        ("version", version.to_string()),
        (CHAMP, dernier.to_string()),
    ]
    .map(|(nom, actuel)| Champ::cache(nom, garde(nom).unwrap_or(actuel)))
}

/// The last event that the page of a form showed; none for a form that does not say.
pub fn vu(saisie: &Saisie) -> Option<i64> {
    saisie.texte(CHAMP).parse().ok()
}

/// The version of the object that the page of a form showed; a form that does not say is too old.
pub fn version(saisie: &Saisie) -> i32 {
    saisie.texte("version").parse().unwrap_or(0)
}

/// What was done since the page of the form, in sentences, and the last event of the file now.
pub async fn changements(
    visite: &Visite,
    dossier_id: i64,
    vu: Option<i64>,
) -> Result<(Vec<String>, i64), WebError> {
    let moi = visite.qui()?.compte_id;
    let (depuis, actuel) = visite
        .read(move |conn| {
            let actuel = evenement::dernier(conn, dossier_id)?;
            let depuis = match vu {
                Some(vu) if vu < actuel => evenement::apres(conn, dossier_id, vu)?,
                _ => Vec::new(),
            };
            Ok::<_, DbError>((depuis, actuel))
        })
        .await?;
    let phrases = depuis
        .iter()
        .map(|e| phrase(e, e.acteur.id == Some(moi)))
        .collect();
    Ok((phrases, actuel))
}

/// What somebody did, in one sentence; a correction says before and after.
fn phrase(e: &Evenement, moi: bool) -> String {
    let qui = if moi {
        format!("{} (vous-même, dans une autre page)", e.acteur.nom)
    } else {
        e.acteur.nom.clone()
    };
    let phrase = format!("{} : {qui} {}", texte::datetime_fr(e.le), e.fait.phrase());
    match e.fait.correction() {
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
