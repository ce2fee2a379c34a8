//! `/parametres/{cle}/proposer`: the form of a new value, then what it would change, then the proposal.

use actix_web::web;
use askama::Template;
use chrono::NaiveDate;
use regles::catalogue::{self, Cle};
use regles::parametre::{Parametre, Unite};
use regles::regle::Statut;
use regles::texte;

use super::apercu::{ApercuVue, calculer};
use super::{adresse, adresse_proposition, champs, statut, valeur};
use crate::actions::parametre::{self, Proposition, candidate};

use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::kit::erreurs::Erreurs;
use crate::web::kit::essai::Essai;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::page::{Largeur, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix, ErreurResume, Message};
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "parametres/proposer.html")]
struct FormulairePage {
    page: Page,
    url: String,
    retour: String,
    message: Option<Message>,
    actuelle: String,
    valeurs: Champs,
    /// Several boxes to tick need a question of their own, and their error.
    question: Option<&'static str>,
    erreur_codes: Option<String>,
    champs: Champs,
}

/// What is said of a new value; its own field depends on its unit.
#[derive(Formulaire)]
struct Declaree {
    #[champ(
        libelle = "Date d’effet",
        manque = "Écrivez la date d’effet, comme 01/01/2027."
    )]
    du: NaiveDate,
    #[champ(libelle = "Sur quoi la valeur repose", radios, choix = statuts, manque = STATUT)]
    statut: String,
    #[champ(libelle = "Source", taille = Long,
            aide = "Le texte, son article et sa date. Elle est montrée avec chaque résultat.")]
    source: String,
    #[champ(
        libelle = "Pourquoi cette valeur",
        zone = 3,
        aide = "La personne qui examine la proposition le lira."
    )]
    motif: String,
    #[champ(cache)]
    cle_idempotence: String,
}

const STATUT: &str = "Choisissez ce sur quoi la valeur repose.";

fn statuts() -> Vec<Choix> {
    vec![
        Choix::new("S", "Un texte source de la convention"),
        Choix::new("E", "Une autre référence publique"),
        Choix::new("L", "La loi générale"),
        Choix::new("D", "Les textes sont muets : c’est un paramètre national"),
    ]
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
    montrer(&visite, connue(&cle)?, Essai::default())
}

/// `POST /parametres/{cle}/proposer`: the form again, the preview, or the proposal, as `etape` says.
///
/// # Errors
/// An unknown key, or the database does not answer.
pub async fn envoyer(visite: Visite, cle: web::Path<String>, saisie: Saisie) -> Reponse {
    let connue = connue(&cle)?;
    let mut essai = Essai {
        saisie: Some(&saisie),
        ..Essai::default()
    };
    if saisie.texte("etape") == "saisie" {
        return montrer(&visite, connue, essai);
    }
    let (proposition, jeton) = match lire(connue, &saisie) {
        Ok(lue) => lue,
        Err(erreurs) => {
            essai.erreurs = erreurs;
            return montrer(&visite, connue, essai);
        }
    };
    let jour = visite.aujourd_hui();
    let nouveau = match candidate(&visite.etat.reglement(), &proposition, jour) {
        Ok(nouveau) => nouveau,
        Err(refus) => {
            essai.refus = Some(refus);
            return montrer(&visite, connue, essai);
        }
    };
    if saisie.texte("etape") != "proposer" {
        return confirmer(&visite, connue, &saisie, &proposition, &nouveau).await;
    }
    let acte = visite.acte()?;
    match visite
        .write(move |tx| parametre::proposer(tx, &acte, &proposition, &jeton))
        .await
    {
        Ok(id) => visite.rediriger_avec(
            &adresse_proposition(id),
            "La valeur est proposée. Une autre personne doit l’examiner : rien ne change d’ici là.",
        ),
        Err(refus) => {
            essai.refus = Some(refus);
            montrer(&visite, connue, essai)
        }
    }
}

/// The proposal of a form, and its key.
fn lire(connue: &Cle, saisie: &Saisie) -> Result<(Proposition, String), Erreurs> {
    let valeur = champs::lire(connue, saisie);
    let declaree = Declaree::lire(saisie).and_then(|d| {
        let statut =
            parametre::statut(&d.statut).map_err(|_| Erreurs::de_un(Declaree::STATUT, STATUT))?;
        Ok((d, statut))
    });
    match (valeur, declaree) {
        (Ok(valeur), Ok((d, statut))) => Ok((
            Proposition {
                cle: connue.cle.to_owned(),
                valeur,
                du: d.du,
                source: d.source,
                statut,
                motif: d.motif,
            },
            d.cle_idempotence,
        )),
        (valeur, declaree) => {
            let mut erreurs = declaree.err().unwrap_or_default();
            if let Err(attendu) = valeur {
                erreurs.noter(VALEUR, attendu);
            }
            Err(erreurs)
        }
    }
}

const VALEUR: &str = "valeur";

fn montrer(visite: &Visite, connue: &'static Cle, essai: Essai<'_>) -> Reponse {
    let reglement = visite.etat.reglement();
    let derniere = reglement.derniere(connue.cle).map_err(WebError::interne)?;
    let dit = essai.dire("Ce paramètre")?;
    let depart = Saisie::de([(Declaree::STATUT, derniere.statut.as_str())]);
    let champs = Declaree::champs(dit.saisie.unwrap_or(&depart), &dit.erreurs);
    let champs = champs.regler(Declaree::CLE_IDEMPOTENCE, |c| match c.valeur.is_empty() {
        true => c.valeur(crate::secret::jeton()),
        false => c,
    });
    let codes = connue.unite == Unite::Codes;
    let valeurs = champs::valeur(connue, derniere, dit.saisie);
    let mut page = visite
        .page("Proposer une valeur")
        .surtitre(derniere.libelle.clone())
        .chapeau("Une autre personne l’examine. Elle s’applique à sa date d’effet, jamais avant.")
        .ariane("Paramètres", "/parametres")
        .ariane(derniere.libelle.clone(), adresse(connue.cle))
        .rubrique("/parametres");
    let erreur_codes = dit.erreurs.de(VALEUR).filter(|_| codes);
    if let (Some(phrase), Some(premiere)) = (&erreur_codes, valeurs.first()) {
        page = page.erreur(ErreurResume::vers(premiere.id(), phrase));
    }
    let valeurs = Champs::from(valeurs).fautes(&dit.erreurs);
    page = page.erreurs_de(&valeurs);
    page = champs.resumer(page, &dit.erreurs.sans(VALEUR));
    let vue = FormulairePage {
        url: format!("{}/proposer", adresse(connue.cle)),
        retour: adresse(connue.cle),
        actuelle: format!(
            "Dernière valeur fixée : {}, depuis le {}.",
            valeur(derniere),
            texte::date_fr(derniere.du)
        ),
        question: codes.then_some("Nouvelle valeur"),
        page,
        message: dit.message,
        valeurs,
        erreur_codes,
        champs,
    };
    visite.rendre_avec(&vue, dit.statut)
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
    let noms = Declaree::noms().chain([VALEUR]);
    let mut caches: Vec<Champ> = noms
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
