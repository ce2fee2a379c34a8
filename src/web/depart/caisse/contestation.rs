//! `/departs/{id}/contestation`: REG-3, what who leaves contests of the count of acts, and the answer.

use chrono::NaiveDate;
use regles::depart::{Auteur, SuiteContestation};
use regles::grand_livre::EtatPlace;
use regles::texte;

use crate::actions::ActionResult;
use crate::actions::depart::decompte::{self, Reponse};
use crate::db::WriteTx;
use crate::db::depart::{Depart, DepartComplet};
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{Geste, Ordre, Presentation};
use crate::web::visite::Visite;

/// Over what the acts are counted, by whom, on which day; nothing until it is known.
pub(in crate::web) fn origine(c: &Depart) -> Option<String> {
    let d = c.decompte.compte(c.actes_12_mois)?;
    Some(format!(
        "{}, du {} au {} ({} du {})",
        texte::nombre(d.actes),
        texte::date_fr(d.periode.0),
        texte::date_fr(d.periode.1),
        match d.auteur {
            Auteur::Caisse => "relevé",
            Auteur::Partant => "déclaration",
        },
        texte::date_fr(d.extrait_le)
    ))
}

/// What was contested and answered, label and value; nothing when nothing was.
pub(in crate::web) fn faits(c: &Depart) -> Vec<(&'static str, String)> {
    let d = &c.decompte;
    let mut faits = Vec::new();
    if let (Some(le), Some(actes)) = (d.contestation_le, d.contestation_actes) {
        faits.push(("Contesté le", texte::date_fr(le)));
        faits.push((
            "Nombre d’actes selon la personne",
            texte::nombre(actes.into()),
        ));
    }
    if let Some(raisons) = &d.contestation_raisons {
        faits.push(("Raisons", raisons.clone()));
    }
    if let (Some(le), Some(reponse)) = (d.contestation_reponse_le, &d.contestation_reponse) {
        faits.push((
            "Réponse de la caisse",
            format!("{} ({})", reponse, texte::date_fr(le)),
        ));
    }
    faits
}

/// Answering the contest of a count.
#[derive(Formulaire)]
pub struct Contestation {
    #[champ(
        libelle = "Votre réponse",
        manque = "Choisissez si le nombre est maintenu ou corrigé."
    )]
    suite: SuiteContestation,
    #[champ(
        libelle = "Nombre d’actes corrigé",
        unite = "actes",
        exigence = Si("à remplir s’il est corrigé")
    )]
    actes_12_mois: Option<u16>,
    #[champ(
        libelle = "Date du relevé",
        exigence = Si("à remplir s’il est corrigé")
    )]
    extrait_le: Option<NaiveDate>,
    #[champ(libelle = "Vos raisons", zone = 4, aide = "La personne les lira.")]
    raisons: String,
}

impl Geste for Contestation {
    type Objet = DepartComplet;
    const VERBE: &'static str = "contestation";
    const BOUTON: &'static str = "Envoyer la réponse";
    const TITRE: &'static str = "Répondre à la contestation du nombre d’actes";
    const INTRO: &'static [&'static str] = &[
        "Jusqu’à votre réponse, la place ne peut pas être dite non transmissible. Si vous corrigez le nombre, les règles sont \
         appliquées de nouveau. La personne reçoit votre réponse par courriel.",
    ];

    async fn presenter(
        _: &Visite,
        depart: &DepartComplet,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        let c = &depart.depart;
        let mut page = Self::presentation(champs);
        if let Some(origine) = origine(c) {
            page = page.intro(format!("Nombre compté : {origine}."));
        }
        for (libelle, valeur) in faits(c) {
            page = page.intro(format!("{libelle} : {valeur}"));
        }
        Ok(page)
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<i64>) -> ActionResult<String> {
        let reponse = Reponse {
            suite: self.suite,
            actes: self.actes_12_mois.map(i32::from),
            extrait_le: self.extrait_le,
            raisons: self.raisons,
        };
        let etat = decompte::repondre(tx, &o.acte, &o.scope, o.cle, o.version, &reponse)?;
        Ok(match etat {
            EtatPlace::Ouverte => "La réponse est envoyée : la place est ouverte.",
            EtatPlace::AExaminer => {
                "La réponse est envoyée : la commission dira si la place peut être transmise."
            }
            _ => "La réponse est envoyée.",
        }
        .to_owned())
    }
}
