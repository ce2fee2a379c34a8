//! Confirming an e-mail address. Opening the link changes nothing, since mail scanners open links: a button does.

use askama::Template;
use serde::Deserialize;

use super::{ADRESSE_ATTENDUE, acte_anonyme, avec_suite, suite_locale};
use crate::actions::ActionError;
use crate::actions::compte::inscription::{self, Confirmation};
use crate::adresse;
use crate::web::kit::requete::Requete;
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, ErreurResume};
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "compte/envoye.html")]
struct EnvoyePage {
    page: Page,
}

#[derive(Template)]
#[template(path = "compte/verifier.html")]
struct VerifierPage {
    page: Page,
    caches: Vec<Champ>,
}

#[derive(Template)]
#[template(path = "compte/renvoyer.html")]
struct RenvoyerPage {
    page: Page,
    champs: Vec<Champ>,
    suite: Champ,
}

/// What the link carries.
#[derive(Deserialize)]
pub struct Lien {
    #[serde(default)]
    jeton: String,
    #[serde(default)]
    suite: String,
}

/// `GET /courriel/envoye`: the same answer whatever was asked and whoever exists.
pub async fn envoye(visite: Visite) -> Reponse {
    let page = visite.page("Vérifiez votre boîte aux lettres électronique");
    visite.rendre(&EnvoyePage { page })
}

/// `GET /courriel/verifier?jeton=…`
pub async fn page(visite: Visite, lien: Requete<Lien>) -> Reponse {
    let suite = suite_locale(&lien.suite).unwrap_or_default();
    visite.rendre(&VerifierPage {
        page: visite
            .page("Confirmer votre adresse électronique")
            .chapeau("Il ne reste qu’à confirmer que cette adresse est la vôtre."),
        caches: vec![
            Champ::cache("jeton", &lien.jeton),
            Champ::cache("suite", suite),
        ],
    })
}

/// `POST /courriel/verifier`
pub async fn verifier(visite: Visite, saisie: Saisie) -> Reponse {
    let (acte, token) = (acte_anonyme(&visite), saisie.texte("jeton").to_owned());
    let suite = suite_locale(saisie.texte("suite")).unwrap_or_default();
    let resultat = visite
        .write(move |tx| inscription::confirmer(tx, &acte, &token))
        .await;
    match resultat {
        Ok(issue) => visite.rediriger_avec(
            &avec_suite("/connexion", &suite),
            match issue {
                Confirmation::Faite => "Votre adresse est confirmée. Connectez-vous.",
                Confirmation::DejaFaite => "Votre adresse est déjà confirmée. Connectez-vous.",
            },
        ),
        Err(ActionError::Refus(phrase) | ActionError::Indisponible(phrase)) => {
            let mut page = formulaire(&visite, &saisie, None);
            page.page = page.page.erreur(ErreurResume::generale(phrase));
            visite.a_corriger(&page)
        }
        Err(autre) => Err(autre.into()),
    }
}

/// `POST /courriel/renvoyer`
///
/// # Errors
/// Too many tries from one address; the database.
pub async fn renvoyer(visite: Visite, saisie: Saisie) -> Reponse {
    visite.etat.limites.courriel.compter(&visite.adresse_ip)?;
    let Some(adresse) = adresse::lire(saisie.texte("courriel")) else {
        return visite.a_corriger(&formulaire(&visite, &saisie, Some(ADRESSE_ATTENDUE)));
    };
    let acte = acte_anonyme(&visite);
    let suite = suite_locale(saisie.texte("suite")).unwrap_or_default();
    visite
        .write(move |tx| inscription::renvoyer(tx, &acte, &adresse, &suite))
        .await?;
    visite.rediriger("/courriel/envoye")
}

fn formulaire(visite: &Visite, saisie: &Saisie, erreur: Option<&str>) -> RenvoyerPage {
    let champs = vec![
        Champ::email("courriel", "Adresse électronique")
            .aide("Celle de votre inscription")
            .valeur(saisie.texte("courriel"))
            .erreur(erreur),
    ];
    RenvoyerPage {
        page: visite
            .page("Recevoir un nouveau lien")
            .chapeau("Nous vous envoyons un nouveau lien pour confirmer votre adresse.")
            .erreurs_de(&champs),
        champs,
        suite: Champ::cache(
            "suite",
            suite_locale(saisie.texte("suite")).unwrap_or_default(),
        ),
    }
}
