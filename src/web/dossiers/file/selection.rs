//! What is done to the lines that are ticked.

use regles::lot::ActeLot;
use regles::texte;

use super::adresse::sous;
use crate::actions::{ActionError, lot as actes, suivi};
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};

/// `POST /dossiers`: takes the selected cases in charge (those that somebody else holds are told), or prepares
/// a bulk act on them.
pub async fn lot(visite: Visite, saisie: Saisie) -> Reponse {
    let ids: Vec<i64> = saisie
        .tous("dossier")
        .filter_map(|id| id.parse().ok())
        .take(100)
        .collect();
    let retour = sous(
        "/dossiers",
        &super::Adresse::lire(saisie.texte("retour")).requete(),
    );
    if ids.is_empty() {
        return visite.rediriger_vers_ce_qui_manque(
            &retour,
            "Cochez d’abord, dans la liste, les dossiers à traiter ; choisissez ensuite sous la liste ce qui en est fait.",
        );
    }
    match saisie.texte("action") {
        "assigner" => preparer(&visite, ids, ActeLot::Assigner).await,
        "ecrire" => preparer(&visite, ids, ActeLot::Ecrire).await,
        "relancer" => preparer(&visite, ids, ActeLot::Relancer).await,
        "etiqueter" => preparer(&visite, ids, ActeLot::Etiqueter).await,
        "prendre" => prendre(&visite, ids, &retour).await,
        _ => visite.rediriger_vers_ce_qui_manque(
            &retour,
            "Choisissez, sous la liste, ce qui est fait des dossiers cochés.",
        ),
    }
}

async fn preparer(visite: &Visite, ids: Vec<i64>, acte_lot: ActeLot) -> Reponse {
    let (acte, scope) = (visite.acte()?, visite.qui()?.scope());
    let id = visite
        .write(move |tx| actes::preparer(tx, &acte, &scope, acte_lot, &ids, "sélection"))
        .await?;
    visite.rediriger(&format!("/lots/{id}"))
}

async fn prendre(visite: &Visite, ids: Vec<i64>, retour: &str) -> Reponse {
    let (acte, scope) = (visite.acte()?, visite.qui()?.scope());
    let mut pris = 0;
    let mut refuses = 0;
    let mut interrompu = false;
    for id in ids {
        let (acte, scope) = (acte.clone(), scope.clone());
        let resultat = visite
            .write(move |tx| {
                let numero = crate::db::dossier::numero(tx, id)?;
                suivi::prendre(tx, &acte, &scope, &numero, None)
            })
            .await;
        match resultat {
            Ok(()) => pris += 1,
            Err(ActionError::Refus(_)) => refuses += 1,
            // What was taken is: the page that says «nothing was recorded» would be wrong.
            Err(ActionError::Indisponible(_)) if pris > 0 => {
                interrompu = true;
                break;
            }
            Err(autre) => return Err(autre.into()),
        }
    }
    let mut message = format!(
        "{} en charge.",
        texte::pluriel(pris, "dossier pris", "dossiers pris")
    );
    if refuses > 0 {
        message.push_str(&format!(
            " {} déjà : rien n’a changé pour eux.",
            texte::pluriel(refuses, "autre est suivi", "autres sont suivis")
        ));
    }
    if interrompu {
        message.push_str(
            " Relève est très sollicité : cochez de nouveau les suivants dans quelques instants.",
        );
    }
    visite.rediriger_avec(retour, &message)
}
