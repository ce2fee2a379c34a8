//! `/charte/fin`: the CPAM ceases to apply its charter from a day on.

use chrono::NaiveDate;

use crate::actions::charte;
use crate::web::kit::confirmation::Question;
use crate::web::kit::erreurs::Erreurs;
use crate::web::kit::formulaire::Formulaire;
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};

#[derive(Formulaire)]
struct Fin {
    #[champ(libelle = "À compter du")]
    du: NaiveDate,
}

/// `GET /charte/fin`: from tomorrow on, unless another day is typed.
///
/// # Errors
/// The page cannot be rendered.
pub async fn confirmer(visite: Visite) -> Reponse {
    let jour = visite.aujourd_hui();
    let du = jour.succ_opt().unwrap_or(jour);
    demander(&visite, &Fin { du }.ecrire(), &Erreurs::default())
}

fn demander(visite: &Visite, saisie: &Saisie, erreurs: &Erreurs) -> Reponse {
    let page = visite
        .page("Cesser d’appliquer la charte")
        .ariane("Attributions", "/attributions")
        .ariane("Charte", "/charte")
        .rubrique("/attributions");
    let titre = "Cesser d’appliquer la charte d’attribution ?";
    Question::new(titre, "/charte/fin", "Cesser d’appliquer la charte")
        .suite("À compter de ce jour, une place sans successeur au terme du délai de désignation devient caduque.")
        .suite("Les appels déjà ouverts vont à leur terme, sous la charte de leur ouverture.")
        .suite("La charte actuelle reste dans l’historique.")
        .champs(&Fin::champs(saisie, erreurs), erreurs)
        .retour("Garder la charte", "/charte")
        .poser(visite, page)
}

/// `POST /charte/fin`
pub async fn finir(visite: Visite, saisie: Saisie) -> Reponse {
    let mut erreurs = Erreurs::default();
    match Fin::lire(&saisie) {
        Err(lues) => erreurs = lues,
        Ok(Fin { du }) => {
            let (acte, caisse) = (visite.acte()?, visite.caisse()?);
            match visite
                .write(move |tx| charte::dater(tx, &acte, &caisse, du, Vec::new()))
                .await
            {
                Ok(_) => {
                    return visite
                        .rediriger_avec("/charte", "La fin de la charte est enregistrée.");
                }
                Err(erreur) => erreurs.prendre(erreur)?,
            }
        }
    }
    demander(&visite, &saisie, &erreurs)
}
