//! The letter that an act would bring about, shown before it is done: on the page of its form, or as it would be printed.

use courriers::decision::Document;

use super::{CleDe, Geste, Ordre, repondre_avec};
use crate::actions::ActionError;
use crate::actions::ecrit::Fige;
use crate::web::ecrits;
use crate::web::erreur::WebError;
use crate::web::kit::commune::Communes;
use crate::web::kit::essai::Essai;
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};

/// The button that asks for it, and how it is wanted.
const BOUTON: &str = "_apercu";

/// Where the letter of an act is read as it would be printed.
#[derive(Debug, Clone)]
pub(super) enum LirePdf {
    /// At an address.
    Lien(String),
    /// By sending the form, for this file of the name.
    Bouton,
}

/// How a letter is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Maniere {
    /// On the page.
    Page,
    /// As it would be printed.
    Pdf,
}

/// What the form asks for; none when it asks for the act itself.
pub(super) fn demande<G: Geste>(saisie: &Saisie) -> Option<Maniere> {
    G::APERCU?;
    match saisie.option(BOUTON)? {
        "pdf" => Some(Maniere::Pdf),
        _ => Some(Maniere::Page),
    }
}

/// Answers with the letter, or with the form and what is wrong in it.
pub(super) async fn montrer<G: Geste>(
    visite: &Visite,
    cle: &CleDe<G>,
    communes: &Communes,
    saisie: &Saisie,
    maniere: Maniere,
) -> Reponse {
    let mut essai = Essai {
        saisie: Some(saisie),
        ..Essai::default()
    };
    let mut lettre = None;
    match G::lire_avec(saisie, communes) {
        Err(erreurs) => essai.erreurs = erreurs,
        Ok(geste) => {
            let ordre = Ordre::de(visite, cle.clone(), saisie)?;
            match essayer(visite, geste, ordre).await? {
                Ok(vue) => lettre = vue,
                Err(refus) => essai.refus = Some(refus),
            }
        }
    }
    match (lettre, maniere) {
        (Some((document, fige)), Maniere::Pdf) => {
            ecrits::imprimer_apercu(visite, document, &fige).await
        }
        (lettre, _) => {
            let document = lettre.map(|(document, _)| document);
            repondre_avec::<G>(visite, cle, communes, essai, document).await
        }
    }
}

type Projetee = Result<Option<(Document, Fige)>, ActionError>;

async fn essayer<G: Geste>(
    visite: &Visite,
    geste: G,
    ordre: Ordre<CleDe<G>>,
) -> Result<Projetee, WebError> {
    let db = visite.etat.db.clone();
    actix_web::rt::task::spawn_blocking(move || db.essayer(|tx| geste.lettre(tx, &ordre)))
        .await
        .map_err(WebError::interne)
}
