//! A form sent once the session was over: kept for its author, found again after logging in.
//!
//! The seal of the form says whose it is (see [`crate::web::sceau`]); nothing of it is kept in the browser.

use actix_web::web::Path;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, dev::Payload, web};
use askama::Template;

use super::{adresse, champs, chemin_de, depot, oublier};
use crate::actions::ActionError;
use crate::actions::brouillon::{self, ABrouillon};
use crate::app::AppState;
use crate::db::DbError;
use crate::db::brouillon::{self as stockes, Formulaire};
use crate::db::compte as comptes;
use crate::db::session::Identite;
use crate::secret;
use crate::web::acces::adresse_de_connexion;
use crate::web::erreur::WebError;
use crate::web::formulaire;
use crate::web::kit::erreurs::Erreurs;
use crate::web::page::Page;
use crate::web::saisie::{CHAMP_JETON, Fichier, Saisie};
use crate::web::sceau::{self, Scelle};
use crate::web::ui::Champ;
use crate::web::visite::{Reponse, Visite, rediriger_avec};

/// What is never kept: passwords, and forms that only make sense at once.
const JAMAIS: &[&str] = &[
    "/deconnexion",
    "/compte/mot-de-passe",
    "/compte/sessions/fermer",
    "/compte/sessions/fermer-autres",
];

/// Keeps what somebody sent without a session, if the form was shown to an account; answers with the login page.
///
/// # Errors
/// The store or the database does not answer.
pub async fn retenir(
    requete: &HttpRequest,
    payload: Payload,
    etat: &web::Data<AppState>,
) -> Result<Option<HttpResponse>, WebError> {
    // Documents are read only once the seal has said whose they are.
    let admettre = |jeton: &str| scelle(etat, jeton).is_some();
    let saisie = match formulaire::lire(requete, payload, etat, admettre).await {
        Ok(saisie) => saisie,
        Err(attente @ (WebError::TropLent | WebError::Encombre)) => return Err(attente),
        Err(_) => return Ok(None),
    };
    let Some(scelle) = scelle(etat, saisie.texte(CHAMP_JETON)) else {
        return Ok(None);
    };
    let Scelle { compte, montre_le } = scelle;
    let encore = etat
        .db
        .spawn_lookup(move |conn| comptes::sceau_vaut(conn, compte, montre_le))
        .await?;
    if !encore {
        return Ok(None);
    }
    let Some(id) = sauver(etat, compte, requete.path(), &saisie).await? else {
        return Ok(None);
    };
    Ok(Some(rediriger_avec(
        etat,
        &adresse_de_connexion(&format!("/reprises/{id}")),
        "Votre session avait expiré. Ce que vous avez écrit est conservé : connectez-vous pour le retrouver.",
    )))
}

/// To whom the form of a token was shown.
pub(in crate::web) fn scelle(etat: &AppState, jeton: &str) -> Option<Scelle> {
    sceau::lire(&etat.config.secret, jeton, etat.clock.now())
}

/// The account that is logged in.
pub(in crate::web) fn qui(requete: &HttpRequest) -> Option<i64> {
    let extensions = requete.extensions();
    extensions.get::<Identite>().map(|q| q.compte_id)
}

async fn sauver(
    etat: &web::Data<AppState>,
    compte: i64,
    vers: &str,
    saisie: &Saisie,
) -> Result<Option<i64>, WebError> {
    let secrets = saisie
        .champs()
        .iter()
        .any(|(nom, _)| nom.contains("mot_de_passe"));
    if secrets || JAMAIS.contains(&vers) {
        return Ok(None);
    }
    let formulaire = super::formulaire(vers, saisie);
    let (cle, champs) = match formulaire {
        Formulaire::Envoi => {
            let tous = saisie.champs().iter().filter(|(n, _)| n != CHAMP_JETON);
            (secret::jeton(), tous.cloned().collect())
        }
        _ => (crate::web::kit::erreurs::cle(saisie), champs(saisie)),
    };
    let pieces = depot::pieces(etat, saisie, &mut Erreurs::default()).await?;
    let a = ABrouillon {
        formulaire,
        chemin: chemin_de(formulaire, saisie).unwrap_or_else(|| vers.to_owned()),
        cle,
        champs,
        pieces,
        se_depose: false,
    };
    let le = etat.clock.now();
    let garde = etat
        .db
        .spawn_write(move |tx| brouillon::garder(tx, compte, le, &a))
        .await;
    match garde {
        Ok(garde) => Ok(garde.id),
        // Too many drafts: the page that refused says the rest.
        Err(ActionError::Refus(_)) => Ok(None),
        Err(erreur) => Err(erreur.into()),
    }
}

/// What to answer to a token that is not of this session: when the form was shown to the same account in a former
/// session, what it holds is kept and shown to be sent again.
pub async fn jeton_perime(
    requete: &HttpRequest,
    etat: &web::Data<AppState>,
    saisie: &Saisie,
) -> WebError {
    match (qui(requete), scelle(etat, saisie.texte(CHAMP_JETON))) {
        (Some(qui), Some(scelle)) if qui == scelle.compte => {
            match sauver(etat, qui, requete.path(), saisie).await {
                Ok(Some(id)) => WebError::Reprise(id),
                Ok(None) => WebError::Origine,
                Err(erreur) => erreur,
            }
        }
        _ => WebError::Origine,
    }
}

/// Takes up an interrupted sending that is being sent again: its documents come with the form, as if they had just been
/// chosen, and it is forgotten. The handler now has it, and shows it if it is wrong.
///
/// # Errors
/// The store or the database does not answer.
pub async fn reprise_faite(
    requete: &HttpRequest,
    etat: &web::Data<AppState>,
    saisie: &mut Saisie,
) -> Result<(), WebError> {
    let (Some(qui), Ok(id)) = (qui(requete), saisie.texte("_reprise").parse::<i64>()) else {
        return Ok(());
    };
    let lu = etat
        .db
        .spawn_read(move |conn| brouillon::lire(conn, qui, id))
        .await;
    let garde = match lu {
        Ok((b, _, garde)) if b.formulaire == Formulaire::Envoi && b.chemin == requete.path() => {
            garde
        }
        Ok(_) | Err(DbError::Introuvable) => return Ok(()),
        Err(erreur) => return Err(erreur.into()),
    };
    for piece in &garde.pieces {
        let contenu = etat.pieces.reprendre(&piece.cle, &piece.empreinte).await;
        saisie.joindre(Fichier {
            champ: piece.champ.clone(),
            nom: piece.nom.clone(),
            contenu: Some(contenu.map_err(|e| WebError::Stockage(e.to_string()))?),
        });
    }
    etat.db
        .spawn_write(move |tx| stockes::supprimer(tx, qui, id))
        .await?;
    oublier(etat, garde.pieces.into_iter().map(|p| p.cle).collect()).await;
    Ok(())
}

#[derive(Template)]
#[template(path = "brouillon/reprise.html")]
struct ReprisePage {
    page: Page,
    chemin: String,
    caches: Vec<Champ>,
    ecrits: Vec<(String, String)>,
    /// The documents that came with it.
    joints: Vec<String>,
    abandon: String,
}

/// `GET /reprises/{id}`: what was sent too late, to be sent again. Somebody else learns nothing.
pub async fn page(visite: Visite, id: Path<i64>) -> Reponse {
    let (qui, id) = (visite.qui()?.compte_id, id.into_inner());
    let lu = visite
        .read(move |conn| brouillon::lire(conn, qui, id))
        .await;
    let (b, champs, garde) = match lu {
        Ok(lu) => lu,
        Err(WebError::Introuvable) => return visite.rediriger("/"),
        Err(erreur) => return Err(erreur),
    };
    if b.formulaire != Formulaire::Envoi {
        return visite.rediriger_avec(
            &adresse(b.formulaire, &b.chemin, id),
            "Voici ce que vous aviez écrit. Rien n’est encore envoyé.",
        );
    }
    let joints: Vec<String> = garde.pieces.into_iter().map(|p| p.nom).collect();
    let ecrits = champs
        .iter()
        .filter(|(nom, valeur)| {
            let technique =
                nom.starts_with('_') || ["version", "cle", "active"].contains(&nom.as_str());
            !technique && !valeur.trim().is_empty()
        })
        // What was chosen in a list is a code there.
        .map(|(nom, valeur)| (libelle(nom), crate::web::vues::mot(valeur)))
        .collect();
    let page = visite
        .page("Votre envoi a été interrompu")
        .chapeau("Votre session avait expiré quand vous avez envoyé ce formulaire. Rien n’a été enregistré, mais ce que vous avez écrit est conservé.");
    let mut caches = vec![page.csrf(), Champ::cache("_reprise", id.to_string())];
    caches.extend(
        champs
            .into_iter()
            .map(|(nom, valeur)| Champ::cache(nom, valeur)),
    );
    visite.rendre(&ReprisePage {
        page,
        joints,
        chemin: b.chemin,
        caches,
        ecrits,
        abandon: format!("/brouillons/{id}/supprimer"),
    })
}

/// The name of a field as a label.
fn libelle(nom: &str) -> String {
    let mots = nom.replace('_', " ");
    let mut lettres = mots.chars();
    lettres.next().map_or_else(String::new, |premiere| {
        premiere.to_uppercase().chain(lettres).collect()
    })
}
