//! `/departs/{id}/corriger`: the data of a departure, corrected by the CPAM with a reason.

use chrono::NaiveDate;
use regles::correction::Donnee;
use regles::texte;

use super::faits::jour;
use super::pastille;
use crate::actions::ActionResult;
use crate::actions::correction::{DepartDeclare, corriger_depart};
use crate::db::WriteTx;
use crate::db::depart::{self, DepartComplet};
use crate::web::dossiers::corriger::{AIDE_DU_MOTIF, MOTIF, PersonneDite, message, stocke};
use crate::web::dossiers::file::DEPARTS;
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::Formulaire;
use crate::web::kit::geste::{Entete, Geste, Objet, Ordre};
use crate::web::page::Lien;
use crate::web::saisie::Saisie;
use crate::web::ui::Bandeau;
use crate::web::visite::Visite;

impl Objet for DepartComplet {
    type Cle = i64;

    async fn ouvrir(visite: &Visite, id: &i64) -> Result<DepartComplet, WebError> {
        let (scope, id) = (visite.qui()?.scope(), *id);
        visite
            .read(move |conn| depart::complete(conn, &scope, id))
            .await
    }

    fn adresse(id: &i64) -> String {
        format!("/departs/{id}")
    }

    fn entete(&self, _: &Visite) -> Entete {
        let c = &self.depart;
        let (fiche, nom) = (Self::adresse(&c.id), self.kine.nom_complet());
        let phrase = format!(
            "{} du {} à {}.",
            jour(c.deces),
            texte::date_fr(c.date_cessation),
            self.commune
        );
        let zone = format!("{} ({})", self.bassin, c.bassin_code);
        Entete {
            quoi: "Ce départ",
            surtitre: Some(format!("Départ {}", texte::de(&nom))),
            ariane: vec![Lien::new("Départs", DEPARTS), Lien::new(nom, &fiche)],
            bandeau: Some(Bandeau::new(pastille(c.etat), phrase).detail("Zone", zone)),
            dossier_id: Some(c.id),
            version: Some(c.version),
            retour: Lien::new("Revenir au départ sans rien changer", fiche),
        }
    }
}

/// Correcting what a departure declared.
#[derive(Formulaire)]
pub struct Correction {
    #[champ(groupe)]
    personne: PersonneDite,
    #[champ(libelle = "Adresse quittée", taille = Long)]
    adresse: String,
    #[champ(libelle = Donnee::DateCessation.libelle())]
    date_cessation: NaiveDate,
    #[champ(
        libelle = "Actes des douze mois précédant la cessation",
        unite = "actes"
    )]
    actes_12_mois: Option<i64>,
    #[champ(libelle = "La personne y exerçait-elle par dérogation ?", dit = "Exerçait par dérogation", exigence = Facultatif)]
    par_derogation: Option<bool>,
    #[champ(libelle = Donnee::ReleveActes.libelle(), aide = "À indiquer quand le nombre d’actes change après la confirmation.")]
    extrait_le: Option<NaiveDate>,
    #[champ(libelle = MOTIF, zone = 3, aide = AIDE_DU_MOTIF)]
    motif_correction: String,
}

impl Geste for Correction {
    type Objet = DepartComplet;
    const VERBE: &'static str = "corriger";
    const TITRE: &'static str = "Corriger les données du départ";
    const BOUTON: &'static str = "Corriger ces données";
    const INTRO: &'static [&'static str] = &[
        "Corrigez ce qui est inexact, et dites pourquoi. Avant et après restent dans l’historique ; la personne voit ce qui a \
             changé et reçoit un courriel. La date et les actes changent ce que vaut la place : les règles sont appliquées de nouveau.",
    ];
    const CORRIGE: bool = true;

    async fn initial(_: &Visite, depart: &DepartComplet) -> Result<Saisie, WebError> {
        let (c, kine) = (&depart.depart, &depart.kine);
        Ok(stocke(&Correction {
            personne: PersonneDite::de(kine),
            adresse: c.adresse.clone(),
            date_cessation: c.date_cessation,
            actes_12_mois: c.actes_12_mois.map(i64::from),
            par_derogation: c.par_derogation,
            extrait_le: c.decompte.actes_extrait_le,
            motif_correction: String::new(),
        }))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<i64>) -> ActionResult<String> {
        let (personne, vues) = self.personne.corriger(o.version);
        let declare = DepartDeclare {
            personne,
            adresse: self.adresse,
            date: self.date_cessation,
            actes: self.actes_12_mois,
            par_derogation: self.par_derogation,
            extrait_le: self.extrait_le,
        };
        let motif = &self.motif_correction;
        let faite = corriger_depart(tx, &o.acte, &o.scope, o.cle, vues, &declare, motif)?;
        Ok(message(&faite))
    }
}
