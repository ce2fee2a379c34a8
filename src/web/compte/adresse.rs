//! Replacing the address of one's account: asked for with the password, confirmed by the link sent to the new one.

use crate::web::kit::requete::Requete;
use askama::Template;
use serde::Deserialize;

use super::hachage::comparer;
use super::{ADRESSE_ATTENDUE, acte_anonyme, provenance};
use crate::actions::ActionError;
use crate::actions::compte::adresse as actes;
use crate::actions::compte::connexion::Tentative;
use crate::adresse;
use crate::db::{DbError, compte};
use crate::web::kit::erreurs::Erreurs;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, ErreurResume};
use crate::web::visite::{Reponse, Visite};

const ACTUEL_REFUSE: &str = "Ce n’est pas votre mot de passe actuel\u{a0}; après plusieurs essais, attendez quelques \
    minutes ou passez par «\u{a0}Mot de passe oublié\u{a0}».";

/// The address wanted, and who asks.
#[derive(Formulaire)]
struct Nouvelle {
    #[champ(libelle = "Nouvelle adresse électronique", courriel, autocomplete = "email", manque = ADRESSE_ATTENDUE)]
    courriel: String,
    #[champ(
        libelle = "Mot de passe actuel",
        mot_de_passe,
        autocomplete = "current-password",
        manque = "Indiquez votre mot de passe actuel."
    )]
    actuel: String,
}

#[derive(Template)]
#[template(path = "compte/adresse.html")]
struct AdressePage {
    page: Page,
    champs: Champs,
}

#[derive(Template)]
#[template(path = "compte/adresse_confirmer.html")]
struct ConfirmerPage {
    page: Page,
    jeton: Option<Champ>,
}

/// `GET /compte/adresse`
pub async fn page(visite: Visite) -> Reponse {
    visite.rendre(&formulaire(
        &visite,
        &Saisie::default(),
        &Erreurs::default(),
    ))
}

/// `POST /compte/adresse`
///
/// # Errors
/// Too many tries from one address; the database.
pub async fn demander(visite: Visite, saisie: Saisie) -> Reponse {
    visite.etat.limites.connexion.compter(&visite.adresse_ip)?;
    let lue = match Nouvelle::lire(&saisie) {
        Ok(lue) => lue,
        Err(erreurs) => return visite.a_corriger(&formulaire(&visite, &saisie, &erreurs)),
    };
    let Some(nouvelle) = adresse::lire(&lue.courriel) else {
        let erreurs = Erreurs::de_un(Nouvelle::COURRIEL, ADRESSE_ATTENDUE);
        return visite.a_corriger(&formulaire(&visite, &saisie, &erreurs));
    };
    let id = visite.qui()?.compte_id;
    let compte = visite
        .read(move |conn| compte::par_id(conn, id)?.ok_or(DbError::Introuvable))
        .await?;
    let hache = compte.mot_de_passe.clone();
    let tentative = Tentative {
        compte: Some(compte),
        juste: comparer(&visite, saisie.brut(Nouvelle::ACTUEL), hache).await?,
        provenance: provenance(&visite),
    };
    let acte = visite.acte()?;
    let resultat = visite
        .write(move |tx| actes::demander(tx, &acte, &tentative, &nouvelle))
        .await;
    let erreurs = match resultat {
        Ok(true) => {
            return visite.rediriger_avec(
                "/compte",
                "Ouvrez le lien envoyé à la nouvelle adresse : elle remplacera l’ancienne une fois confirmée.",
            );
        }
        Ok(false) => Erreurs::de_un(Nouvelle::ACTUEL, ACTUEL_REFUSE),
        Err(ActionError::Champ { message, .. }) => Erreurs::de_un(Nouvelle::COURRIEL, &message),
        Err(autre) => return Err(autre.into()),
    };
    visite.a_corriger(&formulaire(&visite, &saisie, &erreurs))
}

/// What the link carries.
#[derive(Deserialize)]
pub struct Lien {
    #[serde(default)]
    jeton: String,
}

/// `GET /compte/adresse/confirmer?jeton=…`: opening the link changes nothing, a button does.
pub async fn page_confirmer(visite: Visite, lien: Requete<Lien>) -> Reponse {
    visite.rendre(&confirmation(&visite, Some(&lien.jeton)))
}

/// `POST /compte/adresse/confirmer`
pub async fn confirmer(visite: Visite, saisie: Saisie) -> Reponse {
    let (acte, token) = (acte_anonyme(&visite), saisie.texte("jeton").to_owned());
    let resultat = visite
        .write(move |tx| actes::confirmer(tx, &acte, &token))
        .await;
    match resultat {
        Ok(()) => visite.rediriger_avec(
            "/compte",
            "Votre adresse est changée : connectez-vous désormais avec la nouvelle.",
        ),
        Err(ActionError::Refus(phrase) | ActionError::Indisponible(phrase)) => {
            let mut page = confirmation(&visite, None);
            page.page = page.page.erreur(ErreurResume::generale(phrase));
            visite.a_corriger(&page)
        }
        Err(autre) => Err(autre.into()),
    }
}

fn confirmation(visite: &Visite, token: Option<&str>) -> ConfirmerPage {
    ConfirmerPage {
        page: visite.page("Confirmer votre nouvelle adresse"),
        jeton: token.map(|t| Champ::cache("jeton", t)),
    }
}

fn formulaire(visite: &Visite, saisie: &Saisie, erreurs: &Erreurs) -> AdressePage {
    let champs = Nouvelle::champs(saisie, erreurs);
    let page = visite.page("Changer d’adresse électronique").chapeau(
        "Nous envoyons un lien à la nouvelle adresse, et un avertissement à l’ancienne. Rien ne change avant que vous ouvriez le lien.",
    );
    AdressePage {
        page: champs.resumer(page, erreurs),
        champs,
    }
}
