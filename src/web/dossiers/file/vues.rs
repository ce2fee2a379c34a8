//! Saved views: a name on what the queue shows.

use actix_web::web;

use super::{Adresse, sous};
use crate::actions::suivi;
use crate::db::vue;
use crate::web::erreur::WebError;
use crate::web::kit::confirmation::Question;
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};

/// `POST /dossiers/vues`
///
/// # Errors
/// A name that is empty, or the database does not answer.
pub async fn enregistrer(visite: Visite, saisie: Saisie) -> Reponse {
    let requete = Adresse::lire(saisie.texte("requete")).filtre_seul();
    let (acte, caisse) = (visite.acte()?, caisse(&visite)?);
    let (nom, partagee) = (saisie.texte("nom").to_owned(), saisie.coche("partagee"));
    let retour = sous("/dossiers", &requete);
    visite
        .write(move |tx| suivi::enregistrer_vue(tx, &acte, &caisse, &nom, &requete, partagee))
        .await?;
    visite.rediriger_avec(
        &retour,
        "La vue est enregistrée : vous la retrouverez en haut de la file.",
    )
}

/// `GET /dossiers/vues/{id}/supprimer`
///
/// # Errors
/// Not a view of this person.
pub async fn page_supprimer(visite: Visite, id: web::Path<i64>) -> Reponse {
    let (caisse, moi, id) = (caisse(&visite)?, visite.qui()?.compte_id, id.into_inner());
    let vue = visite
        .read(move |conn| vue::lire(conn, &caisse, moi, id))
        .await?;
    if vue.compte_id != moi {
        return Err(WebError::Introuvable);
    }
    let page = visite
        .page(format!("Supprimer la vue « {} »", vue.nom))
        .ariane("Dossiers", "/dossiers")
        .rubrique("/dossiers");
    let mut consequences = vec!["Les dossiers qu’elle montre ne changent pas.".to_owned()];
    if vue.partagee {
        consequences.push("Vos collègues ne la verront plus.".to_owned());
    }
    Question::new(
        format!("Supprimer la vue « {} » ?", vue.nom),
        format!("/dossiers/vues/{id}/supprimer"),
        "Supprimer la vue",
    )
    .suites(consequences)
    .retour("Garder la vue", sous("/dossiers", &vue.requete))
    .poser(&visite, page)
}

/// `POST /dossiers/vues/{id}/supprimer`
///
/// # Errors
/// Not a view of this person, or the database does not answer.
pub async fn supprimer(visite: Visite, id: web::Path<i64>, _saisie: Saisie) -> Reponse {
    let (acte, caisse, id) = (visite.acte()?, caisse(&visite)?, id.into_inner());
    visite
        .write(move |tx| suivi::supprimer_vue(tx, &acte, &caisse, id))
        .await?;
    visite.rediriger_avec("/dossiers", "La vue est supprimée.")
}

fn caisse(visite: &Visite) -> Result<String, WebError> {
    visite.qui()?.caisse_code.clone().ok_or(WebError::Interdit)
}
