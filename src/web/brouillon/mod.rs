//! Drafts: what is typed is kept on the server as it is typed, and found again on any device.

pub mod depot;
mod gestes;
pub mod reprise;

pub use gestes::{confirmer, enregistrer, lire_piece, retirer_piece, supprimer};
pub use reprise::page as reprendre;

use actix_web::web;
use regles::texte;

use crate::actions::brouillon::{self, Garde};
use crate::app::AppState;
use crate::db::brouillon::{self as stockes, Brouillon, Formulaire};
use crate::web::erreur::WebError;
use crate::web::page::Lien;
use crate::web::saisie::Saisie;
use crate::web::ui::Message;
use crate::web::visite::{Reponse, Visite};

/// The address of a form, where its draft is taken up again.
pub fn chemin(formulaire: Formulaire) -> Option<&'static str> {
    match formulaire {
        Formulaire::Depart => Some("/mes-departs/nouveau"),
        Formulaire::Demande => Some("/demandes/nouvelle"),
        Formulaire::Papier => Some("/dossiers/nouveau"),
        Formulaire::Candidature | Formulaire::Recours | Formulaire::Envoi => None,
    }
}

/// The field by which an application says its call: its address is in no form alone.
pub const APPEL: &str = "appel";
/// The field by which an appeal says what it contests.
pub const CONTESTE: &str = "conteste";

/// Where what was typed is sent; none for a form that is kept as it was sent.
fn chemin_de(formulaire: Formulaire, saisie: &Saisie) -> Option<String> {
    match formulaire {
        Formulaire::Candidature => {
            let appel: i64 = saisie.texte(APPEL).parse().ok()?;
            Some(format!("/appels/{appel}/candidature"))
        }
        Formulaire::Recours => match saisie.texte(CONTESTE) {
            "" => None,
            numero => Some(format!("/contester/{numero}")),
        },
        autre => chemin(autre).map(str::to_owned),
    }
}

/// Where a draft is taken up again; `chemin`: where its form is sent.
pub fn adresse(formulaire: Formulaire, chemin: &str, id: i64) -> String {
    match formulaire {
        Formulaire::Envoi => format!("/reprises/{id}"),
        _ => format!("{chemin}?brouillon={id}"),
    }
}

/// The form behind what was sent to an address; any other one is kept as it was sent.
fn formulaire(chemin: &str, saisie: &Saisie) -> Formulaire {
    match chemin {
        "/mes-departs/nouveau" => Formulaire::Depart,
        "/demandes/nouvelle" => Formulaire::Demande,
        "/dossiers/nouveau" => Formulaire::Papier,
        candidature
            if candidature.starts_with("/appels/") && candidature.ends_with("/candidature") =>
        {
            Formulaire::Candidature
        }
        recours if recours.starts_with("/contester/") => Formulaire::Recours,
        "/brouillons" => saisie
            .texte("_formulaire")
            .parse()
            .unwrap_or(Formulaire::Envoi),
        _ => Formulaire::Envoi,
    }
}

/// What a draft keeps of the fields: not what the form carries for itself.
fn champs(saisie: &Saisie) -> Vec<(String, String)> {
    saisie
        .champs()
        .iter()
        .filter(|(nom, _)| !nom.starts_with('_') && nom != "cle")
        .cloned()
        .collect()
}

/// Whether anything was typed: the kind of request, carried hidden, is not something typed.
fn rien_d_ecrit(champs: &[(String, String)]) -> bool {
    champs.iter().all(|(nom, valeur)| {
        valeur.trim().is_empty() || nom == "nature" || nom == APPEL || nom == CONTESTE
    })
}

/// A draft of the visitor, as a form: its fields with its key, and what is kept of its documents.
///
/// # Errors
/// It is somebody else's, or the database does not answer.
pub async fn relire(
    visite: &Visite,
    id: i64,
    attendu: Formulaire,
) -> Result<(Saisie, Garde, Brouillon), WebError> {
    let qui = visite.qui()?.compte_id;
    let (lu, mut champs, garde) = visite
        .read(move |conn| brouillon::lire(conn, qui, id))
        .await?;
    if lu.formulaire != attendu {
        return Err(WebError::Introuvable);
    }
    champs.push(("cle".to_owned(), lu.cle.clone()));
    Ok((Saisie::de_champs(champs), garde, lu))
}

/// The draft of the same thing that the visitor has begun, the latest one: `est` says whether one is, from its fields.
///
/// # Errors
/// The database does not answer.
pub async fn en_cours(
    visite: &Visite,
    formulaire: Formulaire,
    est: impl Fn(&Brouillon, &Saisie) -> bool,
) -> Result<Option<Brouillon>, WebError> {
    let qui = visite.qui()?.compte_id;
    let tous = visite
        .read(move |conn| stockes::de_compte(conn, qui))
        .await?;
    let mut siens = tous.into_iter().filter(|b| b.formulaire == formulaire);
    Ok(siens.find(|b| {
        // What does not read is no draft of this thing.
        let champs = serde_json::from_str(&b.champs);
        champs.is_ok_and(|champs| est(b, &Saisie::de_champs(champs)))
    }))
}

/// The drafts of the visitor that are of a form, the latest first, with the day of each.
///
/// # Errors
/// The database does not answer.
pub async fn siens(visite: &Visite, formulaire: Formulaire) -> Result<Vec<Lien>, WebError> {
    let qui = visite.qui()?.compte_id;
    let tous = visite
        .read(move |conn| stockes::de_compte(conn, qui))
        .await?;
    let siens = tous.iter().filter(|b| b.formulaire == formulaire);
    let lien = |b: &Brouillon| {
        let le = texte::datetime_fr(b.modifie_le);
        Lien::new(
            format!("Saisie du {le}"),
            adresse(formulaire, &b.chemin, b.id),
        )
    };
    Ok(siens.map(lien).collect())
}

/// What a form says that comes with its draft: there is one for each thing, and how to begin again.
pub fn repris(id: i64) -> Message {
    Message::information("Voici ce que vous aviez commencé : rien n’est encore envoyé.")
        .lien("Tout effacer", format!("/brouillons/{id}/supprimer"))
}

/// When the draft of a page that comes back was kept: just now.
pub fn etat(visite: &Visite, garde: &Garde) -> String {
    match garde.id {
        Some(_) => format!("Enregistré à {}", texte::heure_dite(visite.maintenant())),
        None => String::new(),
    }
}

/// What the button «Enregistrer le brouillon» answers.
pub fn enregistre(
    visite: &Visite,
    (formulaire, chemin): (Formulaire, &str),
    garde: &Garde,
) -> Reponse {
    match garde.id {
        Some(id) => visite.rediriger_avec(
            &adresse(formulaire, chemin, id),
            &format!(
                "Brouillon enregistré à {}. Vous le retrouverez {}, sur tous vos appareils.",
                texte::heure_dite(visite.maintenant()),
                match formulaire {
                    Formulaire::Papier => "au début de la saisie",
                    _ => "dans votre espace",
                }
            ),
        ),
        None => visite.rediriger_avec(
            chemin,
            "Il n’y a encore rien à enregistrer : commencez à remplir le formulaire.",
        ),
    }
}

/// Removes documents from the store once nothing names them. What stays there is found by `releve check`.
async fn oublier(etat: &web::Data<AppState>, cles: Vec<String>) {
    for cle in cles {
        if let Err(erreur) = etat.pieces.supprimer(&cle).await {
            tracing::warn!(%cle, %erreur, "a document of a draft stays in the store");
        }
    }
}
