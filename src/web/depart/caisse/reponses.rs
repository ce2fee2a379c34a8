//! The three answers to a declared departure: confirm, reject, record the commission's opinion.

use actix_web::web;
use chrono::NaiveDate;
use regles::grand_livre::EtatPlace;
use regles::place::AvisSousSeuil;
use regles::refus::Refus;

use super::depart::montrer;
use crate::actions::ActionResult;
use crate::actions::depart::{self, Corrections};
use crate::db::WriteTx;
use crate::db::depart::Depart;
use crate::web::dossiers::historique::Portee;
use crate::web::kit::essai::essayer;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::Ordre;
use crate::web::saisie::Saisie;
use crate::web::ui::Choix;
use crate::web::visite::{Reponse, Visite};
use regles::echeance::Delai;

/// Confirming a departure, with what the CPAM corrects of it.
#[derive(Formulaire)]
pub(super) struct Confirmation {
    #[champ(libelle = "Actes des douze mois précédant la cessation", unite = "actes", exigence = Requis,
            aide = "Corrigez le nombre déclaré si vos données de remboursement en donnent un autre.")]
    pub(super) actes_12_mois: Option<u16>,
    #[champ(libelle = "Date du relevé d’actes", exigence = Si("à remplir si le nombre vient de vos données"),
            aide = "Sans elle, le nombre reste celui que la personne déclare. Sous le seuil, elle lira l’un et l’autre et pourra contester.")]
    pub(super) extrait_le: Option<NaiveDate>,
    #[champ(libelle = "Date de cessation", exigence = Requis)]
    pub(super) date_cessation: Option<NaiveDate>,
    #[champ(libelle = "La personne y exerçait-elle par dérogation ?", exigence = Facultatif,
            aide = "Le départ d’un professionnel conventionné par dérogation n’ouvre pas de place. Sans réponse, ce que la personne a déclaré reste.")]
    pub(super) par_derogation: Option<bool>,
    #[champ(libelle = "Pourquoi poursuivre sans les pièces utiles qui manquent", zone = 3,
            exigence = Si("à remplir s’il en manque une"), aide = "Votre raison est gardée dans l’historique.")]
    pub(super) sans: String,
}

/// What was typed, or what was declared.
pub(super) fn a_confirmer(c: &Depart, saisie: &Saisie) -> Saisie {
    let declare = Confirmation {
        actes_12_mois: c.actes_12_mois.and_then(|a| u16::try_from(a).ok()),
        extrait_le: None,
        date_cessation: Some(c.date_cessation),
        par_derogation: c.par_derogation,
        sans: String::new(),
    };
    let mut champs = declare.ecrire();
    for (nom, typee) in saisie.champs() {
        if !typee.trim().is_empty() {
            champs.poser(nom, typee);
        }
    }
    champs
}

/// Rejecting a declaration.
#[derive(Formulaire)]
pub(super) struct Rejet {
    #[champ(
        libelle = "Pourquoi la déclaration est rejetée",
        zone = 3,
        aide = "La personne le lira."
    )]
    motif: String,
}

/// Recording the opinion of the commission (REG-4).
#[derive(Formulaire)]
pub(super) struct Avis {
    #[champ(libelle = "Avis de la commission", manque = "Choisissez l’avis rendu.")]
    avis: AvisSousSeuil,
}

impl Avis {
    /// The fields; `delai`: to designate a successor (REG-5); `pas_encore`: why the place cannot be said not transmissible.
    pub(super) fn a_rendre(champs: Champs, delai: Delai, pas_encore: Option<Refus>) -> Champs {
        let favorable = Choix::new("favorable", "Favorable").aide(format!(
            "La place s’ouvre, le délai de désignation de {delai} court depuis la cessation."
        ));
        let suite = pas_encore.map_or_else(
            || "La place n’est pas transmissible.".to_owned(),
            |refus| refus.to_string(),
        );
        let defavorable = Choix::new("defavorable", "Défavorable").aide(suite);
        champs.regler(Self::AVIS, |c| c.choix(vec![favorable, defavorable]))
    }
}

/// `POST /departs/{id}/confirmer`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn confirmer(visite: Visite, id: web::Path<i64>, saisie: Saisie) -> Reponse {
    repondre(visite, *id, saisie, |reponse: Confirmation, tx, o| {
        let corrections = Corrections {
            actes_12_mois: reponse.actes_12_mois.map(i32::from),
            extrait_le: reponse.extrait_le,
            date_cessation: reponse.date_cessation,
            par_derogation: reponse.par_derogation,
            sans: reponse.sans,
        };
        let etat = depart::confirmer(tx, &o.acte, &o.scope, o.cle, o.version, &corrections)?;
        Ok(match etat {
            Some(EtatPlace::Ouverte) => "Le départ est confirmé : une place est ouverte.",
            Some(EtatPlace::AAttribuer) => {
                "Le départ est confirmé : le délai de désignation est passé, la place est à attribuer selon votre charte."
            }
            Some(EtatPlace::AExaminer) => {
                "Le départ est confirmé : la personne peut contester le nombre d’actes, puis la commission examine la place."
            }
            Some(_) => "Le départ est confirmé : la place ne peut pas être transmise.",
            None => "Le départ est confirmé : il n’ouvre pas de place.",
        })
    })
    .await
}

/// `POST /departs/{id}/rejeter`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn rejeter(visite: Visite, id: web::Path<i64>, saisie: Saisie) -> Reponse {
    repondre(visite, *id, saisie, |reponse: Rejet, tx, o| {
        depart::rejeter(tx, &o.acte, &o.scope, o.cle, o.version, &reponse.motif)?;
        Ok("La déclaration est rejetée. Nous le lui écrivons.")
    })
    .await
}

/// `POST /departs/{id}/avis`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn noter_avis(visite: Visite, id: web::Path<i64>, saisie: Saisie) -> Reponse {
    repondre(visite, *id, saisie, |reponse: Avis, tx, o| {
        depart::noter_avis(tx, &o.acte, &o.scope, o.cle, reponse.avis)?;
        Ok("L’avis de la commission est enregistré.")
    })
    .await
}

/// Reads the form, answers the departure and goes back to its page; or shows it again with what was typed.
async fn repondre<F: Formulaire + Send + 'static>(
    visite: Visite,
    id: i64,
    saisie: Saisie,
    faire: impl FnOnce(F, &mut WriteTx<'_>, &Ordre<i64>) -> ActionResult<&'static str> + Send + 'static,
) -> Reponse {
    let ordre = Ordre::de(&visite, id, &saisie)?;
    let essai = essayer(&visite, &saisie, move |reponse, tx| {
        faire(reponse, tx, &ordre)
    });
    match essai.await {
        Ok(message) => visite.rediriger_avec(&format!("/departs/{id}"), message),
        Err(essai) => montrer(&visite, id, essai, &Portee::default()).await,
    }
}
