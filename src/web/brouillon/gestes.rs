//! What is done with a draft: kept as one types, taken up again, removed.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use regles::texte;
use serde_json::json;

use super::{adresse, chemin_de, depot, oublier};
use crate::actions::brouillon;
use crate::db::brouillon::{self as stockes, Formulaire};
use crate::web::erreur::WebError;
use crate::web::kit::confirmation::Question;
use crate::web::kit::erreurs::Erreurs;
use crate::web::kit::requete::Requete;
use crate::web::piece::{Manieres, servir};
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};

/// `POST /brouillons`: what the script sends as one types. Answers in JSON what is kept, and when.
///
/// # Errors
/// The form is not one that has drafts; the store or the database does not answer.
pub async fn enregistrer(visite: Visite, mut saisie: Saisie) -> Reponse {
    let formulaire: Formulaire = saisie
        .texte("_formulaire")
        .parse()
        .map_err(WebError::Illisible)?;
    if chemin_de(formulaire, &saisie).is_none() {
        return Err(WebError::Illisible("this form has no drafts".to_owned()));
    }
    let mut erreurs = Erreurs::default();
    let garde = depot::garder(&visite, formulaire, &mut saisie, &mut erreurs).await?;
    let heure = texte::heure_dite(visite.maintenant());
    let (statut, phrase) = match erreurs.de("") {
        Some(refus) => (StatusCode::CONFLICT, refus),
        None if garde.envoye => (
            StatusCode::OK,
            "Ce formulaire est déjà envoyé : vous le retrouvez dans votre espace.".to_owned(),
        ),
        None => (StatusCode::OK, format!("Enregistré à {heure}")),
    };
    let pieces: Vec<_> = garde
        .pieces
        .iter()
        .map(|p| {
            let vue = depot::vue(p);
            json!({"id": vue.id, "champ": vue.champ, "nom": vue.nom, "detail": vue.detail, "image": vue.image})
        })
        .collect();
    let fautes: Vec<_> = saisie
        .tous_fichiers()
        .iter()
        .filter_map(|f| Some(json!({"champ": f.champ, "phrase": erreurs.de(&f.champ)?})))
        .collect();
    Ok(HttpResponse::build(statut).json(json!({
        "id": garde.id,
        "phrase": texte::insecables(&phrase),
        "pieces": pieces,
        "fautes": fautes,
    })))
}

/// `GET /brouillons/pieces/{id}?voir=1`
///
/// # Errors
/// The document is somebody else's, or the store does not answer.
pub async fn lire_piece(visite: Visite, id: Path<i64>, maniere: Requete<Manieres>) -> Reponse {
    let (qui, id) = (visite.qui()?.compte_id, id.into_inner());
    let p = visite
        .read(move |conn| stockes::piece(conn, qui, id))
        .await?;
    servir(&visite, &p.cle, &p.empreinte, &p.media, &p.nom, &maniere).await
}

/// `POST /brouillons/pieces/{id}/retirer`: takes a document out of the draft, and keeps what the form holds.
///
/// # Errors
/// The document is somebody else's, or the database does not answer.
pub async fn retirer_piece(visite: Visite, id: Path<i64>, mut saisie: Saisie) -> Reponse {
    let (qui, id) = (visite.qui()?.compte_id, id.into_inner());
    let (cle, brouillon_id) = visite
        .write(move |tx| brouillon::retirer_piece(tx, qui, id))
        .await?;
    oublier(&visite.etat, vec![cle]).await;
    let lu = visite
        .read(move |conn| stockes::lire(conn, qui, brouillon_id))
        .await?;
    if saisie.texte("cle") == lu.cle {
        depot::garder(&visite, lu.formulaire, &mut saisie, &mut Erreurs::default()).await?;
    }
    visite.rediriger_avec(
        &adresse(lu.formulaire, &lu.chemin, brouillon_id),
        "Le document est retiré de votre brouillon.",
    )
}

/// `GET /brouillons/{id}/supprimer`
///
/// # Errors
/// The draft is somebody else's.
pub async fn confirmer(visite: Visite, id: Path<i64>) -> Reponse {
    let (qui, id) = (visite.qui()?.compte_id, id.into_inner());
    let (b, pieces) = visite
        .read(move |conn| {
            let b = stockes::lire(conn, qui, id)?;
            Ok::<_, crate::db::DbError>((b, stockes::pieces(conn, id)?))
        })
        .await?;
    let page = visite
        .page("Supprimer un brouillon")
        .ariane("Mon espace", "/espace")
        .rubrique("/espace");
    let mut consequences =
        vec!["Ce que vous avez écrit est effacé : nous ne pourrons pas le retrouver.".to_owned()];
    if !pieces.is_empty() {
        let n = i64::try_from(pieces.len()).unwrap_or(i64::MAX);
        consequences.push(format!(
            "{} avec lui.",
            match n {
                1 => "Le document joint est effacé".to_owned(),
                n => format!("Les {n} documents joints sont effacés"),
            }
        ));
    }
    consequences.push("Rien n’a été envoyé à la caisse.".to_owned());
    Question::new(
        format!(
            "Supprimer le brouillon « {} » du {} ?",
            b.formulaire.libelle(),
            texte::datetime_fr(b.modifie_le)
        ),
        format!("/brouillons/{id}/supprimer"),
        "Supprimer le brouillon",
    )
    .suites(consequences)
    .retour("Garder le brouillon", retour(&visite))
    .poser(&visite, page)
}

/// `POST /brouillons/{id}/supprimer`
///
/// # Errors
/// The draft is somebody else's, or the database does not answer.
pub async fn supprimer(visite: Visite, id: Path<i64>, _saisie: Saisie) -> Reponse {
    let (qui, id) = (visite.qui()?.compte_id, id.into_inner());
    let cles = visite
        .write(move |tx| brouillon::supprimer(tx, qui, id))
        .await?;
    oublier(&visite.etat, cles).await;
    visite.rediriger_avec(retour(&visite), "Le brouillon est supprimé.")
}

/// Where somebody goes back to.
fn retour(visite: &Visite) -> &'static str {
    match visite.kine_id() {
        Ok(_) => "/espace",
        Err(_) => "/",
    }
}
