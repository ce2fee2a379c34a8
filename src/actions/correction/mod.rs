//! A CPAM corrects what a practitioner declared: with a reason, with before and after in the timeline, and she is told.

mod demande;
mod depart;

pub use demande::{Declare, corriger_demande};
pub use depart::{DepartDeclare, corriger_depart};

use courriers::Courrier;
use courriers::changement::{Corrige, DonneesCorrigees};
use regles::correction::{Correction, Donnee, Ecart};
use regles::evenement::Fait;
use regles::mots::fold;

use super::courriel::{self, Destinataire};
use super::dossier::{self, nom_lisible, obligatoire};
use super::{Acte, ActionError, ActionResult, Objet, tracer};
use crate::db::WriteTx;
use crate::db::depart::{Praticien, Service};
use crate::db::kine::{self, Identite};

/// Longest text of a field, in characters.
const TEXTE_MAX: usize = 200;

/// Who a practitioner is, as it should read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personne {
    /// First name.
    pub prenom: String,
    /// Name.
    pub nom: String,
    /// Telephone; none when she gave none.
    pub telephone: Option<String>,
}

/// What the page that was corrected saw: a correction never undoes one that it did not see.
#[derive(Debug, Clone, Copy)]
pub struct Versions {
    /// Of the file.
    pub dossier: i32,
    /// Of the practitioner.
    pub kine: i32,
}

/// What a correction did.
#[derive(Debug, Clone)]
pub struct Faite {
    /// What changed.
    pub ecarts: Vec<Ecart>,
    /// What the rules said before and say since, when they look at what changed.
    pub reevaluation: Option<(String, String)>,
}

fn borne(champ: &'static str, texte: &str) -> ActionResult<()> {
    if texte.chars().count() > TEXTE_MAX {
        return Err(ActionError::champ(
            champ,
            "Ce texte est trop long : 200 caractères au plus.",
        ));
    }
    Ok(())
}

impl Personne {
    pub(in crate::actions) fn verifier(&self) -> ActionResult<()> {
        obligatoire("prenom", &self.prenom, "Indiquez le prénom.")?;
        obligatoire("nom", &self.nom, "Indiquez le nom.")?;
        nom_lisible("prenom", &self.prenom)?;
        nom_lisible("nom", &self.nom)?;
        let telephone = self.telephone.as_deref().unwrap_or_default();
        let chiffres = telephone.chars().filter(char::is_ascii_digit).count();
        let autres = telephone
            .chars()
            .any(|c| !c.is_ascii_digit() && !" .+()-\u{a0}".contains(c));
        if !telephone.is_empty() && (autres || !(9..=15).contains(&chiffres)) {
            return Err(ActionError::champ(
                "telephone",
                "Écrivez un numéro de téléphone, par exemple 04 91 00 00 00.",
            ));
        }
        Ok(())
    }

    fn paires(&self, avant: &Praticien) -> [(Donnee, String, String); 3] {
        [
            (Donnee::Prenom, avant.prenom.clone(), self.prenom.clone()),
            (Donnee::Nom, avant.nom.clone(), self.nom.clone()),
            (
                Donnee::Telephone,
                avant.telephone.clone().unwrap_or_default(),
                self.telephone.clone().unwrap_or_default(),
            ),
        ]
    }

    fn ecrire(&self, tx: &mut WriteTx<'_>, avant: &Praticien, version: i32) -> ActionResult<()> {
        let identite = Identite {
            prenom: &self.prenom,
            nom: &self.nom,
            nom_recherche: &fold(&format!("{} {}", self.nom, self.prenom)),
            telephone: self.telephone.as_deref(),
        };
        Ok(kine::corriger(tx, avant.id, version, &identite)?)
    }
}

/// Refuses a correction without a reason.
fn motif(texte: &str) -> ActionResult<&str> {
    let motif = dossier::motif(
        "motif_correction",
        texte,
        "Écrivez pourquoi vous corrigez : la personne le lira.",
    )?;
    borne("motif_correction", motif)?;
    Ok(motif)
}

/// Refuses a correction that corrects nothing.
fn quelque_chose(ecarts: &[Ecart]) -> ActionResult<()> {
    if ecarts.is_empty() {
        return Err(ActionError::refus(
            "Rien n’est changé : corrigez au moins une donnée, ou revenez au dossier.",
        ));
    }
    Ok(())
}

/// To whom a correction is told, and about what.
struct Avis<'a> {
    objet: Objet<'a>,
    /// [`Fait::DemandeCorrigee`] or [`Fait::DepartCorrigee`].
    fait: fn(&Correction) -> Fait,
    cle: String,
    a: Destinataire,
    /// The name as it reads from now on.
    nom: String,
    service: &'a Service,
    corrige: Corrige<'a>,
}

/// Writes the correction in the timeline, and tells the practitioner what, why, and what to do if it is wrong.
fn dire(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    avis: &Avis<'_>,
    faite: &Correction,
) -> ActionResult<()> {
    tracer(tx, &acte.acteur, avis.objet, (avis.fait)(faite))?;
    let lettre = DonneesCorrigees {
        kine: &avis.nom,
        objet: avis.corrige,
        service: &avis.service.nom,
        le: acte.jour(),
        correction: faite,
        contact: &avis.service.lignes(),
    }
    .lettre();
    courriel::envoyer(tx, acte, &avis.cle, &avis.a, &lettre)
}
