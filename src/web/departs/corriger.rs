//! `/departs/{id}/corriger`: the data of a departure, corrected by the CPAM with a reason.

use actix_web::web::Path;
use regles::correction::Donnee;
use regles::dates_fr;
use regles::texte;

use super::pastille;
use crate::actions::correction::{DepartDeclare, corriger_depart};
use crate::actions::{ActionError, ActionResult};
use crate::db::DbError;
use crate::db::cessation::{self, CessationComplete};
use crate::web::dossiers::acte::{ActePage, Formulaire};
use crate::web::dossiers::corriger::{Champs, message, nombre, personne, versions};
use crate::web::erreur::WebError;
use crate::web::fusion::{self, Sujet};
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
    let depart = visite
        .read(move |conn| cessation::complete(conn, &scope, id))
        .await?;
    let vu = saisie.and_then(fusion::vu).filter(|_| erreur.is_some());
    let (changements, dernier) = fusion::changements(visite, Sujet::Cessation(id), vu).await?;
    let c = &depart.cessation;
    let formulaire = formulaire(&depart, saisie, perime);
    let page = visite
        .page(formulaire.titre.clone())
        .surtitre(format!("Départ {}", texte::de(depart.kine.nom_complet())))
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
        changements,
        url: format!("/departs/{id}/corriger"),
        version: [
            Champ::cache("version", c.version.to_string()),
            fusion::champ(dernier),
        ],
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
