//! `/parametres/{cle}/proposer`: the form of a new value, then what it would change, then the proposal.

use actix_web::web;
use askama::Template;
use regles::catalogue::{self, Cle};
use regles::dates_fr;
use regles::parametre::{Parametre, Unite};
use regles::regle::Statut;
use regles::texte;

use super::apercu::{ApercuVue, calculer};
use super::{adresse, adresse_proposition, champs, statut, valeur};
use crate::actions::ActionError;
use crate::actions::parametre::{self, Proposition, candidate};
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::page::{Largeur, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix, ErreurResume, Message, Taille, Ton};
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "parametres/proposer.html")]
struct FormulairePage {
    page: Page,
    url: String,
    retour: String,
    message: Option<Message>,
    actuelle: String,
    cle_idempotence: Champ,
    valeurs: Vec<Champ>,
    /// Several boxes to tick need a question of their own, and their error.
    question: Option<&'static str>,
    erreur_codes: Option<String>,
    champs: Vec<Champ>,
}

#[derive(Template)]
#[template(path = "parametres/confirmer.html")]
struct ConfirmerPage {
    page: Page,
    url: String,
    faits: Vec<(&'static str, String)>,
    apercu: ApercuVue,
    caches: Vec<Champ>,
}

fn connue(cle: &str) -> Result<&'static Cle, WebError> {
    catalogue::cle(cle).ok_or(WebError::Introuvable)
}

/// `GET /parametres/{cle}/proposer`
///
/// # Errors
/// An unknown key.
pub async fn formulaire(visite: Visite, cle: web::Path<String>) -> Reponse {
    let page = page_du_formulaire(&visite, connue(&cle)?, None, None)?;
    visite.rendre(&page)
}

/// `POST /parametres/{cle}/proposer`: the form again, the preview, or the proposal, as `etape` says.
///
/// # Errors
/// An unknown key, or the database does not answer.
pub async fn envoyer(visite: Visite, cle: web::Path<String>, saisie: Saisie) -> Reponse {
    let connue = connue(&cle)?;
    if saisie.texte("etape") == "saisie" {
        let page = page_du_formulaire(&visite, connue, Some(&saisie), None)?;
        return visite.rendre(&page);
    }
    let jour = visite.aujourd_hui();
    let resultat = lire(connue, &saisie)
        .and_then(|p| candidate(&visite.etat.reglement(), &p, jour).map(|nouveau| (p, nouveau)));
    let (proposition, nouveau) = match resultat {
        Ok(lue) => lue,
        Err(erreur) => return corriger(&visite, connue, &saisie, erreur),
    };
    if saisie.texte("etape") != "proposer" {
        return confirmer(&visite, connue, &saisie, &proposition, &nouveau).await;
    }
    let acte = visite.acte()?;
    let jeton = saisie.texte("cle_idempotence").to_owned();
    match visite
        .write(move |tx| parametre::proposer(tx, &acte, &proposition, &jeton))
        .await
    {
        Ok(id) => visite.rediriger_avec(
            &adresse_proposition(id),
            "La valeur est proposée. Une autre personne doit l’examiner : rien ne change d’ici là.",
        ),
        Err(erreur) => corriger(&visite, connue, &saisie, erreur),
    }
}

fn lire(connue: &Cle, saisie: &Saisie) -> Result<Proposition, ActionError> {
    let valeur =
        champs::lire(connue, saisie).map_err(|attendu| ActionError::champ("valeur", attendu))?;
    let du = dates_fr::lire(saisie.texte("du"))
        .map_err(|_| ActionError::champ("du", "Écrivez la date d’effet, comme 01/01/2027."))?;
    let statut = parametre::statut(saisie.texte("statut"))
        .map_err(|_| ActionError::champ("statut", "Choisissez ce sur quoi la valeur repose."))?;
    Ok(Proposition {
        cle: connue.cle.to_owned(),
        valeur,
        du,
        source: saisie.texte("source").to_owned(),
        statut,
        motif: saisie.texte("motif").to_owned(),
    })
}

fn corriger(
    visite: &Visite,
    connue: &'static Cle,
    saisie: &Saisie,
    erreur: ActionError,
) -> Reponse {
    let page = page_du_formulaire(visite, connue, Some(saisie), Some(erreur))?;
    visite.a_corriger(&page)
}

fn page_du_formulaire(
    visite: &Visite,
    connue: &'static Cle,
    saisie: Option<&Saisie>,
    erreur: Option<ActionError>,
) -> Result<FormulairePage, WebError> {
    let reglement = visite.etat.reglement();
    let derniere = reglement.derniere(connue.cle).map_err(WebError::interne)?;
    let texte_de = |nom: &str| saisie.map_or_else(String::new, |s| s.texte(nom).to_owned());
    let mut valeurs = champs::valeur(connue, derniere, saisie);
    let mut champs = vec![
        Champ::date("du", "Date d’effet").valeur(texte_de("du")),
        Champ::radios(
            "statut",
            "Sur quoi la valeur repose",
            vec![
                Choix::new("S", "Un texte source de la convention"),
                Choix::new("E", "Une autre référence publique"),
                Choix::new("L", "La loi générale"),
                Choix::new("D", "Les textes sont muets : c’est un paramètre national"),
            ],
        )
        .valeur(saisie.map_or_else(
            || derniere.statut.as_str().to_owned(),
            |s| s.texte("statut").to_owned(),
        )),
        Champ::texte("source", "Source")
            .taille(Taille::Long)
            .aide("Le texte, son article et sa date. Elle est montrée avec chaque résultat.")
            .valeur(texte_de("source")),
        Champ::zone("motif", "Pourquoi cette valeur", 3)
            .aide("La personne qui examine la proposition le lira.")
            .valeur(texte_de("motif")),
    ];
    let mut page = visite
        .page("Proposer une valeur")
        .surtitre(derniere.libelle.clone())
        .chapeau("Une autre personne l’examine. Elle s’applique à sa date d’effet, jamais avant.")
        .ariane("Paramètres", "/parametres")
        .ariane(derniere.libelle.clone(), adresse(connue.cle))
        .rubrique("/parametres");
    let codes = connue.unite == Unite::Codes;
    let (mut message, mut erreur_codes) = (None, None);
    match erreur {
        None => {}
        Some(ActionError::Champ { champ, message }) => {
            if champ == "valeur" && codes {
                let id = valeurs.first().map_or_else(String::new, Champ::id);
                page = page.erreur(ErreurResume::vers(id, message.clone()));
                erreur_codes = Some(message);
            } else {
                let tous = valeurs.iter_mut().chain(&mut champs);
                match tous.into_iter().find(|c| c.nom == champ) {
                    Some(trouve) => trouve.erreur = Some(message),
                    None => page = page.erreur(ErreurResume::generale(message)),
                }
            }
        }
        Some(ActionError::Refus(phrase)) => message = Some(Message::new(Ton::Erreur, phrase)),
        Some(autre) => return Err(autre.into()),
    }
    page = page.erreurs_de(valeurs.iter().chain(&champs));
    let jeton = Some(texte_de("cle_idempotence")).filter(|j| !j.is_empty());
    Ok(FormulairePage {
        url: format!("{}/proposer", adresse(connue.cle)),
        retour: adresse(connue.cle),
        actuelle: format!(
            "Dernière valeur fixée : {}, depuis le {}.",
            valeur(derniere),
            texte::date_fr(derniere.du)
        ),
        cle_idempotence: Champ::cache(
            "cle_idempotence",
            jeton.unwrap_or_else(crate::secret::jeton),
        ),
        question: codes.then_some("Nouvelle valeur"),
        page,
        message,
        valeurs,
        erreur_codes,
        champs,
    })
}

async fn confirmer(
    visite: &Visite,
    connue: &'static Cle,
    saisie: &Saisie,
    proposition: &Proposition,
    nouveau: &Parametre,
) -> Reponse {
    let apercu = calculer(visite, nouveau, None, None).await?;
    let reglement = visite.etat.reglement();
    let derniere = reglement.derniere(connue.cle).map_err(WebError::interne)?;
    let mut caches: Vec<Champ> = [
        "valeur",
        "du",
        "statut",
        "source",
        "motif",
        "cle_idempotence",
    ]
    .into_iter()
    .map(|nom| Champ::cache(nom, saisie.texte(nom)))
    .collect();
    if connue.unite == Unite::Codes {
        for case in champs::valeur(connue, derniere, Some(saisie)) {
            if case.valeur == "oui" {
                caches.push(Champ::cache(case.nom, "oui"));
            }
        }
    }
    let page = visite
        .page("Ce que cette valeur changerait")
        .surtitre(derniere.libelle.clone())
        .ariane("Paramètres", "/parametres")
        .ariane(derniere.libelle.clone(), adresse(connue.cle))
        .rubrique("/parametres")
        .largeur(Largeur::Dossier);
    visite.rendre(&ConfirmerPage {
        page,
        url: format!("{}/proposer", adresse(connue.cle)),
        faits: vec![
            ("Valeur proposée", valeur(nouveau)),
            ("Valeur précédente", valeur(derniere)),
            ("Date d’effet", texte::date_fr(nouveau.du)),
            ("Statut", statut(Statut::clone(&nouveau.statut))),
            ("Source", nouveau.source.clone()),
            ("Motif", proposition.motif.clone()),
        ],
        apercu,
        caches,
    })
}
