//! Several proposals signed together: what will be signed is read again, and the password is typed again.

use actix_web::HttpRequest;
use askama::Template;

use super::{CHEMIN, capacite, pastille};
use crate::actions::compte::connexion::Tentative;
use crate::actions::compte::mot_de_passe;
use crate::actions::decision;
use crate::actions::{ActionError, ActionResult};
use crate::db::parapheur::{self, ASigner};
use crate::db::{DbError, compte};
use crate::web::compte::{comparer, provenance};
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::kit::erreurs::Erreurs;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::page::{Largeur, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::Pastille;
use crate::web::visite::{Reponse, Visite};
use regles::texte;

/// The name of the boxes that choose.
const CHOIX: &str = "dossier";

/// What is signed, as the page showed it.
struct Choisie {
    cle: String,
    numero: String,
    nom: String,
    quoi: String,
    pastille: Pastille,
}

#[derive(Template)]
#[template(path = "parapheur/ensemble.html")]
struct EnsemblePage {
    page: Page,
    choisies: Vec<Choisie>,
    champs: Champs,
    bouton: String,
}

/// The password, again.
#[derive(Formulaire)]
struct Confirmation {
    #[champ(
        libelle = "Votre mot de passe",
        mot_de_passe,
        autocomplete = "current-password",
        manque = "Saisissez votre mot de passe : il confirme que vous signez."
    )]
    mot_de_passe: String,
}

/// A number and the version that was read.
fn cle(l: &ASigner) -> String {
    format!("{}:{}", l.numero, l.version)
}

/// `GET /parapheur/ensemble?dossier=…`: what would be signed, and the password to type.
///
/// # Errors
/// Of no caisse, or the database does not answer.
pub async fn page_ensemble(visite: Visite, requete: HttpRequest) -> Reponse {
    let voulus: Vec<String> = url::form_urlencoded::parse(requete.query_string().as_bytes())
        .filter(|(nom, _)| nom == CHOIX)
        .map(|(_, valeur)| valeur.into_owned())
        .collect();
    montrer(&visite, &voulus, &Erreurs::default()).await
}

/// `POST /parapheur/ensemble`: signs each, in a transaction of its own, and says which were not.
///
/// # Errors
/// Too many tries from one address; the database does not answer.
pub async fn signer_ensemble(visite: Visite, saisie: Saisie) -> Reponse {
    visite.etat.limites.connexion.compter(&visite.adresse_ip)?;
    let voulus: Vec<String> = saisie.tous(CHOIX).map(str::to_owned).collect();
    let erreurs = match Confirmation::lire(&saisie) {
        Err(erreurs) => erreurs,
        Ok(c) => match confirme(&visite, &c.mot_de_passe).await? {
            true => Erreurs::default(),
            false => Erreurs::de_un(
                Confirmation::MOT_DE_PASSE,
                "Ce mot de passe n’est pas le bon : rien n’est signé.",
            ),
        },
    };
    if erreurs.presentes() {
        return montrer(&visite, &voulus, &erreurs).await;
    }
    let mut signees = 0_i64;
    let mut restees = Vec::new();
    for voulu in &voulus {
        let Some((numero, version)) = voulu.split_once(':') else {
            continue;
        };
        match signer(&visite, numero, version.parse().unwrap_or(0)).await? {
            None => signees += 1,
            Some(pourquoi) => restees.push(format!("{numero} ({pourquoi})")),
        }
    }
    let dit = texte::pluriel(signees, "décision signée", "décisions signées");
    let message = match restees.is_empty() {
        true => format!("{dit}."),
        false => format!("{dit}. Non signées : {}", restees.join(" ; ")),
    };
    visite.rediriger_avec(CHEMIN, &message)
}

/// Whether the password is that of the account; a wrong one is counted.
async fn confirme(visite: &Visite, saisi: &str) -> Result<bool, WebError> {
    let id = visite.qui()?.compte_id;
    let compte = visite
        .read(move |conn| compte::par_id(conn, id)?.ok_or(DbError::Introuvable))
        .await?;
    let juste = comparer(visite, saisi, compte.mot_de_passe.clone()).await?;
    let tentative = Tentative {
        compte: Some(compte),
        juste,
        provenance: provenance(visite),
    };
    let acte = visite.acte()?;
    visite
        .write(move |tx| mot_de_passe::confirmer(tx, &acte, &tentative))
        .await
        .map_err(WebError::from)
}

/// Signs one; or why it was not.
async fn signer(visite: &Visite, numero: &str, version: i32) -> Result<Option<String>, WebError> {
    let (acte, qui) = (visite.acte()?, visite.qui()?.clone());
    let (scope, numero) = (qui.scope(), numero.to_owned());
    let fait = visite
        .write(move |tx| decision::decider(tx, &acte, &scope, &numero, version, capacite(&qui)))
        .await;
    match fait {
        Ok(_) => Ok(None),
        Err(ActionError::Refus(phrase) | ActionError::Indisponible(phrase)) => Ok(Some(phrase)),
        Err(ActionError::Perime) => Ok(Some("elle a changé depuis que vous l’avez lue".to_owned())),
        Err(ActionError::Db(DbError::Introuvable)) => {
            Ok(Some("elle n’attend plus de signature".to_owned()))
        }
        Err(autre) => Err(autre.into()),
    }
}

async fn montrer(visite: &Visite, voulus: &[String], erreurs: &Erreurs) -> Reponse {
    let (caisse, acte, moi) = (visite.caisse()?, visite.acte()?, visite.qui()?.compte_id);
    let liste = visite
        .read(move |conn| -> ActionResult<_> {
            let separation = acte.reglement.oui("decision.separation", acte.jour())?;
            Ok(parapheur::a_signer(conn, &caisse, moi, separation)?)
        })
        .await?;
    let choisies: Vec<Choisie> = liste
        .iter()
        .filter(|l| voulus.contains(&cle(l)) || voulus.contains(&l.numero))
        .map(|l| Choisie {
            cle: cle(l),
            numero: l.numero.clone(),
            nom: l.nom_complet(),
            quoi: format!(
                "{}, {}",
                texte::majuscule_initiale(l.fondement.libelle()),
                l.commune
            ),
            pastille: pastille(l.sens, l.sous_reserve),
        })
        .collect();
    if choisies.is_empty() {
        return visite.rediriger_avec(
            CHEMIN,
            "Cochez d’abord les propositions à signer ensemble : aucune n’est choisie.",
        );
    }
    let champs = Confirmation::champs(&Saisie::default(), erreurs);
    let nombre = i64::try_from(choisies.len()).unwrap_or(i64::MAX);
    let page = visite
        .page("Signer ensemble")
        .chapeau("Chaque décision est prise séparément : si l’une ne peut pas l’être, les autres le sont, et vous lisez pourquoi.")
        .ariane("À signer", CHEMIN)
        .rubrique(CHEMIN)
        .largeur(Largeur::Lecture);
    let vue = EnsemblePage {
        page: champs.resumer(page, erreurs),
        bouton: format!("Signer {}", texte::pluriel(nombre, "décision", "décisions")),
        choisies,
        champs,
    };
    match erreurs.presentes() {
        true => visite.a_corriger(&vue),
        false => visite.rendre(&vue),
    }
}
