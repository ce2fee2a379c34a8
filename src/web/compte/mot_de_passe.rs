//! A forgotten password: ask for a link, then choose a new one.

use askama::Template;
use serde::Deserialize;

use super::hachage::nouveau;
use super::{ADRESSE_ATTENDUE, acte_anonyme, champ_nouveau, proches};
use crate::actions::ActionError;
use crate::actions::compte::mot_de_passe;
use crate::adresse;
use crate::web::kit::requete::Requete;
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, ErreurResume};
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "compte/oubli.html")]
struct OubliPage {
    page: Page,
    champs: Vec<Champ>,
}

#[derive(Template)]
#[template(path = "compte/nouveau_mot_de_passe.html")]
struct NouveauPage {
    page: Page,
    champs: Vec<Champ>,
}

/// What the link carries.
#[derive(Deserialize)]
pub struct Lien {
    #[serde(default)]
    jeton: String,
}

/// `GET /mot-de-passe/oubli`
pub async fn page_oubli(visite: Visite) -> Reponse {
    visite.rendre(&oubli(&visite, "", None))
}

/// `POST /mot-de-passe/oubli`
///
/// # Errors
/// Too many tries from one address; the database.
pub async fn demander(visite: Visite, saisie: Saisie) -> Reponse {
    visite.etat.limites.courriel.compter(&visite.adresse_ip)?;
    let saisi = saisie.texte("courriel");
    let Some(adresse) = adresse::lire(saisi) else {
        return visite.a_corriger(&oubli(&visite, saisi, Some(ADRESSE_ATTENDUE)));
    };
    let acte = acte_anonyme(&visite);
    visite
        .write(move |tx| mot_de_passe::demander(tx, &acte, &adresse))
        .await?;
    visite.rediriger("/courriel/envoye")
}

/// `GET /mot-de-passe/nouveau?jeton=…`: opening the link does not use it up.
pub async fn page_nouveau(visite: Visite, lien: Requete<Lien>) -> Reponse {
    let (token, now) = (lien.jeton.clone(), visite.maintenant());
    let compte = visite
        .read(move |conn| mot_de_passe::compte_du_lien(conn, &token, now))
        .await?;
    match compte {
        Some(_) => visite.rendre(&formulaire(&visite, &lien.jeton, None)),
        None => refuse(&visite, lien.into_inner().jeton).await,
    }
}

/// `POST /mot-de-passe/nouveau`
///
/// # Errors
/// Too many tries from one address; the database.
pub async fn choisir(visite: Visite, saisie: Saisie) -> Reponse {
    visite.etat.limites.connexion.compter(&visite.adresse_ip)?;
    let (token, now) = (saisie.texte("jeton").to_owned(), visite.maintenant());
    let lu = token.clone();
    let compte = visite
        .read(move |conn| mot_de_passe::compte_du_lien(conn, &lu, now))
        .await?;
    let Some(compte) = compte else {
        return refuse(&visite, token).await;
    };
    let proches = proches(&compte.prenom, &compte.nom, &compte.courriel);
    let hache = match nouveau(&visite, saisie.brut("nouveau"), proches).await? {
        Ok(hache) => hache,
        Err(phrase) => return visite.a_corriger(&formulaire(&visite, &token, Some(phrase))),
    };
    let (acte, lu) = (acte_anonyme(&visite), token.clone());
    let resultat = visite
        .write(move |tx| mot_de_passe::reinitialiser(tx, &acte, &lu, &hache))
        .await;
    match resultat {
        Ok(()) => visite.rediriger_avec(
            "/connexion",
            "Votre mot de passe est changé. Connectez-vous avec le nouveau.",
        ),
        Err(ActionError::Refus(_) | ActionError::Perime) => refuse(&visite, token).await,
        Err(autre) => Err(autre.into()),
    }
}

/// The link no longer works: the way to another one stands on the same page.
async fn refuse(visite: &Visite, token: String) -> Reponse {
    let pourquoi = visite
        .read(move |conn| mot_de_passe::refus_du_lien(conn, &token))
        .await?;
    let mut page = oubli(visite, "", None);
    page.page = page.page.erreur(ErreurResume::generale(pourquoi));
    visite.a_corriger(&page)
}

fn oubli(visite: &Visite, saisi: &str, erreur: Option<&str>) -> OubliPage {
    let champs = vec![
        Champ::email("courriel", "Adresse électronique")
            .aide("Celle de votre compte")
            .valeur(saisi)
            .erreur(erreur),
    ];
    OubliPage {
        page: visite
            .page("Mot de passe oublié")
            .chapeau("Nous vous envoyons un lien pour en choisir un nouveau. Il fonctionne une heure, une seule fois.")
            .erreurs_de(&champs),
        champs,
    }
}

fn formulaire(visite: &Visite, token: &str, erreur: Option<String>) -> NouveauPage {
    let champs = vec![Champ::cache("jeton", token), champ_nouveau(erreur)];
    NouveauPage {
        page: visite
            .page("Choisir un nouveau mot de passe")
            .chapeau("Toutes vos connexions ouvertes seront fermées.")
            .erreurs_de(&champs),
        champs,
    }
}
