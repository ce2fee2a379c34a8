//! Logging in and out.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use super::hachage::comparer;
use super::{acte_anonyme, avec_suite, destination, provenance, suite_locale};
use crate::actions::compte::connexion::{self, Issue, Tentative};
use crate::adresse;
use crate::db::compte;
use crate::web::acces::{cookie, cookie_session};
use crate::web::apres_envoi;
use crate::web::erreur::WebError;
use crate::web::kit::erreurs::Erreurs;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::requete::Requete;
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, ErreurResume};
use crate::web::visite::{Reponse, Visite};

/// The one sentence of every refusal: it does not tell whether the account exists, or is shut.
const REFUS: &str = "La connexion n’a pas abouti. Vérifiez l’adresse et le mot de passe\u{a0}; après plusieurs \
    essais, attendez quelques minutes ou choisissez un nouveau mot de passe.";

/// Longer than any accepted password: not worth a hash.
const SAISIE_MAX: usize = 1024;

#[derive(Template)]
#[template(path = "compte/connexion.html")]
struct ConnexionPage {
    page: Page,
    champs: Champs,
    suite: Champ,
    inscription: String,
    /// The address to confirm, when that is what is missing.
    a_verifier: Option<Champ>,
}

/// Who says to be who.
#[derive(Formulaire)]
struct Identifiants {
    #[champ(
        libelle = "Adresse électronique",
        courriel,
        autocomplete = "username",
        manque = "Indiquez votre adresse électronique."
    )]
    courriel: String,
    #[champ(
        libelle = "Mot de passe",
        mot_de_passe,
        autocomplete = "current-password",
        manque = "Indiquez votre mot de passe."
    )]
    mot_de_passe: String,
}

/// Where to go afterwards.
#[derive(Deserialize)]
pub struct Suite {
    /// A path of ours.
    #[serde(default)]
    pub suite: String,
}

/// `GET /connexion`
pub async fn page(visite: Visite, suite: Requete<Suite>) -> Reponse {
    if let Some(qui) = &visite.identite {
        return visite.rediriger(&destination(&suite.suite, qui.role));
    }
    let saisie = Saisie::de([("suite", suite.suite.as_str())]);
    visite.rendre(&formulaire(&visite, &saisie, &Erreurs::default()))
}

/// `POST /connexion`
///
/// # Errors
/// Too many tries from one address; the database.
pub async fn connecter(visite: Visite, saisie: Saisie) -> Reponse {
    visite.etat.limites.connexion.compter(&visite.adresse_ip)?;
    let Identifiants {
        courriel,
        mot_de_passe,
    } = match Identifiants::lire(&saisie) {
        Ok(lus) => lus,
        Err(erreurs) => return visite.a_corriger(&formulaire(&visite, &saisie, &erreurs)),
    };
    let courriel = adresse::ranger(&courriel);
    let compte = visite
        .read(move |conn| compte::par_courriel(conn, &courriel))
        .await?;
    let hache = compte.as_ref().and_then(|c| c.mot_de_passe.clone());
    let juste = mot_de_passe.len() <= SAISIE_MAX && comparer(&visite, &mot_de_passe, hache).await?;
    let tentative = Tentative {
        compte,
        juste,
        provenance: provenance(&visite),
    };
    let acte = acte_anonyme(&visite);
    let issue = visite
        .write(move |tx| connexion::conclure(tx, &acte, &tentative))
        .await?;
    match issue {
        Issue::Ouverte { jeton, role } => {
            ouvrir(&visite, jeton, &destination(saisie.texte("suite"), role))
        }
        Issue::NonVerifie => {
            let mut page = formulaire(&visite, &saisie, &Erreurs::default());
            page.page = page.page.erreur(ErreurResume::generale(
                "Votre adresse électronique n’est pas encore confirmée\u{a0}: ouvrez le message que nous vous avons \
                 envoyé, ou demandez-en un nouveau.",
            ));
            page.a_verifier = Some(Champ::cache("courriel", saisie.texte("courriel")));
            visite.a_corriger(&page)
        }
        Issue::SansMandat => {
            let mut page = formulaire(&visite, &saisie, &Erreurs::default());
            page.page = page.page.erreur(ErreurResume::generale(
                "Votre rôle dans Relève a pris fin ou n’a pas encore commencé\u{a0}: adressez-vous à la personne qui gère les \
                 comptes de votre organisme.",
            ));
            visite.a_corriger(&page)
        }
        Issue::Refusee => {
            let mut page = formulaire(&visite, &saisie, &Erreurs::default());
            page.page = page.page.erreur(ErreurResume::generale(REFUS));
            visite.a_corriger(&page)
        }
    }
}

/// Puts the token of a session in its cookie and goes on.
pub(super) fn ouvrir(visite: &Visite, jeton: String, adresse: &str) -> Reponse {
    let https = visite.etat.config.https();
    Ok(HttpResponse::SeeOther()
        .insert_header((header::LOCATION, adresse))
        .cookie(cookie(cookie_session(https), jeton, https))
        .finish())
}

/// `POST /deconnexion`
pub async fn deconnecter(requete: HttpRequest, visite: Visite, _saisie: Saisie) -> Reponse {
    let (qui, acte) = (visite.qui()?.clone(), visite.acte()?);
    let https = visite.etat.config.https();
    let avant = apres_envoi::porteur(&requete, None, https);
    visite
        .write(move |tx| connexion::fermer(tx, &acte, &qui, avant.as_ref()))
        .await?;
    let mut fin = cookie(cookie_session(https), String::new(), https);
    fin.make_removal();
    let mut reponse = visite.rediriger_avec("/connexion", "Votre connexion est fermée.")?;
    reponse.add_cookie(&fin).map_err(WebError::interne)?;
    Ok(reponse)
}

fn formulaire(visite: &Visite, saisie: &Saisie, erreurs: &Erreurs) -> ConnexionPage {
    let suite = suite_locale(saisie.texte("suite")).unwrap_or_default();
    let champs = Identifiants::champs(saisie, erreurs);
    let inscription = avec_suite("/inscription", &suite);
    ConnexionPage {
        page: champs.resumer(visite.page("Se connecter"), erreurs),
        champs,
        suite: Champ::cache("suite", suite),
        inscription,
        a_verifier: None,
    }
}
