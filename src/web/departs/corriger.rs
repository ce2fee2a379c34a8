//! `/departs/{id}/corriger`: the data of a departure, corrected by the CPAM with a reason.

use actix_web::web::Path;
use chrono::TimeDelta;

use super::pastille;
use crate::actions::correction::{DepartDeclare, corriger_depart};
use crate::actions::{ActionError, ActionResult};
use crate::db::DbError;
use crate::db::cessation::{self, CessationComplete};
use crate::db::evenement;
use crate::domain::correction::Donnee;
use crate::domain::dates_fr;
use crate::texte;
use crate::web::dossiers::acte::{ActePage, Formulaire};
use crate::web::dossiers::corriger::{Champs, message, nombre, personne, versions};
use crate::web::erreur::WebError;
use crate::web::page::Lien;
use crate::web::saisie::Saisie;
use crate::web::ui::{Bandeau, Champ, Taille};
use crate::web::visite::{Reponse, Visite};

fn formulaire(depart: &CessationComplete, saisie: Option<&Saisie>, perime: bool) -> Formulaire {
    let champs = Champs { saisie, perime };
    let c = &depart.cessation;
    let mut formulaire = Formulaire::new(
        "Corriger les données du départ",
        "corriger",
        "Corriger ces données",
    )
    .intro(
        "Corrigez ce qui est inexact, et dites pourquoi. Avant et après restent dans l’historique ; la personne voit ce qui a \
         changé et reçoit un courriel. La date et les actes changent ce que vaut la place : les règles sont appliquées de nouveau.",
    );
    for champ in champs.personne(&depart.kine) {
        formulaire = formulaire.champ(champ);
    }
    formulaire
        .champ(champs.remplir(
            Champ::texte("adresse", "Adresse quittée").taille(Taille::Long),
            &c.adresse,
        ))
        .champ(champs.remplir(
            Champ::date("date_cessation", Donnee::DateCessation.libelle()),
            &dates_fr::courte(c.date_cessation),
        ))
        .champ(
            champs.remplir(
                Champ::nombre(
                    "actes_12_mois",
                    "Actes des douze mois précédant la cessation",
                )
                .facultatif()
                .unite("actes"),
                &c.actes_12_mois.map_or_else(String::new, |n| n.to_string()),
            ),
        )
        .champ(champs.motif())
}

async fn montrer(
    visite: &Visite,
    id: i64,
    saisie: Option<&Saisie>,
    erreur: Option<ActionError>,
) -> Reponse {
    let perime = matches!(erreur, Some(ActionError::Perime));
    let scope = visite.qui()?.scope();
    let (moi, depuis) = (
        visite.qui()?.utilisateur_id,
        visite.maintenant() - TimeDelta::hours(2),
    );
    let (depart, autres) = visite
        .read(move |conn| {
            let depart = cessation::complete(conn, &scope, id)?;
            let autres = if perime {
                evenement::des_autres_sur_depart(conn, id, moi, depuis)?
            } else {
                Vec::new()
            };
            Ok::<_, DbError>((depart, autres))
        })
        .await?;
    let c = &depart.cessation;
    let formulaire = formulaire(&depart, saisie, perime);
    let page = visite
        .page(formulaire.titre.clone())
        .surtitre(format!("Départ de {}", depart.kine.nom_complet()))
        .ariane("Départs", "/departs")
        .ariane(depart.kine.nom_complet(), format!("/departs/{id}"))
        .rubrique("/departs");
    ActePage {
        bandeau: Bandeau::new(
            pastille(c.etat),
            format!(
                "Cessation du {} à {}.",
                texte::date_fr(c.date_cessation),
                depart.commune
            ),
        )
        .detail("Zone", format!("{} ({})", depart.bassin, c.bassin_code)),
        message: None,
        changements: autres
            .iter()
            .map(crate::web::dossiers::acte::changement)
            .collect(),
        url: format!("/departs/{id}/corriger"),
        version: Champ::cache("version", c.version.to_string()),
        retour: Lien::new(
            "Revenir au départ sans rien changer",
            format!("/departs/{id}"),
        ),
        formulaire,
        page,
    }
    .repondre(visite, erreur, "Ce départ")
}

/// `GET /departs/{id}/corriger`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page_corriger(visite: Visite, id: Path<i64>) -> Reponse {
    montrer(&visite, id.into_inner(), None, None).await
}

/// `POST /departs/{id}/corriger`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn corriger(visite: Visite, id: Path<i64>, saisie: Saisie) -> Reponse {
    let id = id.into_inner();
    let resultat = match lire(&saisie) {
        Err(erreur) => Err(erreur),
        Ok(declare) => {
            let (acte, scope) = (visite.acte()?, visite.qui()?.scope());
            let (vues, motif) = (
                versions(&saisie),
                saisie.texte("motif_correction").to_owned(),
            );
            visite
                .write(move |tx| corriger_depart(tx, &acte, &scope, id, vues, &declare, &motif))
                .await
        }
    };
    match resultat {
        Ok(faite) => visite.rediriger_avec(&format!("/departs/{id}"), &message(&faite)),
        Err(ActionError::Db(DbError::Introuvable)) => Err(WebError::Introuvable),
        Err(erreur) => montrer(&visite, id, Some(&saisie), Some(erreur)).await,
    }
}

fn lire(saisie: &Saisie) -> ActionResult<DepartDeclare> {
    Ok(DepartDeclare {
        personne: personne(saisie),
        adresse: saisie.texte("adresse").to_owned(),
        date: dates_fr::lire(saisie.texte("date_cessation"))
            .map_err(|e| ActionError::champ("date_cessation", e.to_string()))?,
        actes: nombre(saisie, "actes_12_mois")?,
    })
}
