//! `/charte/fin`: the CPAM ceases to apply its charter from a day on.

use askama::Template;
use regles::dates_fr;
use regles::texte;

use crate::actions::charte;
use crate::web::espace::erreurs::Erreurs;
use crate::web::page::{Lien, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Confirmation, ErreurResume};
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "espace/confirmation.html")]
struct FinPage {
    page: Page,
    confirmation: Confirmation,
}

/// `GET /charte/fin`
///
/// # Errors
/// The page cannot be rendered.
pub async fn confirmer(visite: Visite) -> Reponse {
    let demain = visite
        .aujourd_hui()
        .succ_opt()
        .unwrap_or(visite.aujourd_hui());
    let saisie = Saisie::de([("du", texte::date_courte(demain).as_str())]);
    visite.rendre(&construire(&visite, &saisie, &Erreurs::default()))
}

fn construire(visite: &Visite, saisie: &Saisie, erreurs: &Erreurs) -> FinPage {
    let du = Champ::date("du", "À compter du")
        .valeur(saisie.texte("du"))
        .erreur(erreurs.de("du"));
    let mut page = visite
        .page("Cesser d’appliquer la charte")
        .ariane("Attributions", "/attributions")
        .ariane("Charte", "/charte")
        .rubrique("/attributions")
        .erreurs_de([&du]);
    if let Some(phrase) = erreurs.de("") {
        page.erreurs.push(ErreurResume::generale(phrase));
    }
    FinPage {
        confirmation: Confirmation {
            titre: "Cesser d’appliquer la charte d’attribution ?".to_owned(),
            consequences: vec![
                "À compter de ce jour, une place sans successeur au terme du délai de désignation devient caduque (REG-6).".to_owned(),
                "Les appels déjà ouverts vont à leur terme, sous la charte de leur ouverture.".to_owned(),
                "La charte actuelle reste dans l’historique.".to_owned(),
            ],
            champs: vec![page.csrf(), du],
            url: "/charte/fin".to_owned(),
            bouton: "Cesser d’appliquer la charte".to_owned(),
            retour: Lien::new("Garder la charte", "/charte"),
        },
        page,
    }
}

/// `POST /charte/fin`
///
/// # Errors
/// The database does not answer.
pub async fn finir(visite: Visite, saisie: Saisie) -> Reponse {
    let mut erreurs = Erreurs::default();
    let resultat = match dates_fr::lire(saisie.texte("du")) {
        Err(e) => {
            erreurs.noter("du", e.to_string());
            return visite.a_corriger(&construire(&visite, &saisie, &erreurs));
        }
        Ok(du) => {
            let acte = visite.acte()?;
            let organisme = visite.caisse()?;
            visite
                .write(move |tx| charte::dater(tx, &acte, &organisme, du, Vec::new()))
                .await
        }
    };
    match resultat {
        Ok(_) => visite.rediriger_avec("/charte", "La fin de la charte est enregistrée."),
        Err(erreur) => {
            erreurs.prendre(erreur)?;
            visite.a_corriger(&construire(&visite, &saisie, &erreurs))
        }
    }
}
