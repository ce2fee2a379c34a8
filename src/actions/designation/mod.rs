//! The leaver designates a successor (REG-5, REG-8); the successor answers in `reponse`.

mod renonciation;
mod reponse;
mod retrait;
mod verification;

pub use renonciation::{demande_en_cours, renoncer};
pub use reponse::{Acces, repondre};
pub use retrait::{ARetirer, Retirable, retirable, retirer};
pub use verification::{Possible, empechement, verifier};

use chrono::NaiveDate;
use courriers::{Courrier, Lettre};
use regles::depart::Qualite;
use regles::designation::{EtatDesignation, Evenement, transition};
use regles::echeance::{Delai, NatureEcheance};
use regles::evenement::Fait;
use regles::identifiants::Rpps;

use super::cedant::Cedant;
use super::echeance::Ouverture;
use super::{Acte, ActionError, ActionResult, Objet, courriel, echeance, tracer};
use crate::db::WriteTx;
use crate::db::ayant_droit::AyantDroit;
use crate::db::depart::DepartComplet;
use crate::db::designation::{self, NouvelleDesignation};
use crate::db::place::{self, Place};
use crate::secret;

/// A designation to make.
#[derive(Debug, Clone)]
pub struct ADesigner {
    /// The leaver.
    pub kine_id: i64,
    /// The departure.
    pub depart_id: i64,
    /// The designation that counted when the form was shown.
    pub vue: Option<i64>,
    /// RPPS of the successor.
    pub rpps: Rpps,
    /// The leaver confirmed a number whose key does not hold.
    pub cle_confirmee: bool,
    /// E-mail address of the successor.
    pub courriel: String,
    /// REG-7: who designates in the leaver's place.
    pub ayant_droit: Option<AyantDroit>,
}

/// Designates a successor, in place of the one designated before if there is one, and returns the
/// identifier of the designation. The successor gets a secret link by e-mail.
///
/// # Errors
/// Those of [`verifier`].
pub fn designer(tx: &mut WriteTx<'_>, acte: &Acte, a: &ADesigner) -> ActionResult<i64> {
    let Possible {
        depart: c,
        ancienne: active,
        deja,
        place,
        passage,
        courriel,
    } = verifier(tx, acte, a)?;
    if let Some(id) = deja {
        return Ok(id);
    }
    // Whoever decides on this place at the same instant has read another version of it.
    place::passer(tx, &place, passage)?;
    if let Some(ancienne) = &active {
        let passage = transition(ancienne.etat, Evenement::Remplacer)?;
        designation::passer(tx, ancienne.id, passage, ancienne.kine_id, acte.le())?;
    }
    let jeton = secret::jeton();
    let ayant_droit_id = a.ayant_droit.as_ref().map(|a| a.id);
    let auteur_id = acte.acteur.id.filter(|_| ayant_droit_id.is_none());
    if auteur_id.is_none() && ayant_droit_id.is_none() {
        return Err(ActionError::Regle(
            "a designation without an author".to_owned(),
        ));
    }
    let id = designation::inserer(
        tx,
        &NouvelleDesignation {
            place_id: place.id,
            rpps: a.rpps.as_str(),
            courriel: &courriel,
            // A number is not yet somebody: known once an account has answered.
            kine_id: None,
            etat: EtatDesignation::DEBUT,
            jeton_empreinte: &secret::empreinte(&jeton),
            auteur_id,
            ayant_droit_id,
            candidature_id: None,
            cree_le: acte.le(),
        },
    )?;
    rouvrir_delai(tx, acte, &c, &place)?;
    tracer(
        tx,
        &acte.acteur,
        objet(&c),
        Fait::DesignationCreee {
            designation: id,
            remplace: active.as_ref().map(|d| d.id),
            rpps: a.rpps.to_string(),
            courriel: Some(courriel.clone()),
        },
    )?;
    if let Some(ancienne) = &active {
        // The same person, under a corrected address or sent again: nobody lost anything.
        let meme = ancienne.rpps == a.rpps.as_str();
        retrait::sans_effet(tx, acte, &c, ancienne, meme)?;
    }
    let limite = place.limite_designation;
    prevenir(tx, acte, &c, (id, limite), a, (&courriel, &jeton))?;
    Ok(id)
}

/// The delay to designate runs as long as nobody accepted: an accepted designation that is replaced
/// lets it run again, under the same dates.
fn rouvrir_delai(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    c: &DepartComplet,
    place: &Place,
) -> ActionResult<()> {
    let nature = NatureEcheance::DesignationSuccesseur;
    if crate::db::echeance::en_cours(tx, place.id, nature)?.is_some() {
        return Ok(());
    }
    let annees = acte
        .reglement
        .nombre("place.delai_designation", acte.jour())?;
    let territoire = crate::db::echeance::territoire(tx, &place.caisse_code)?;
    echeance::ouvrir(
        tx,
        acte,
        &Ouverture {
            caisse_code: &place.caisse_code,
            territoire,
            dossier_id: place.id,
            nature,
            depart: c.depart.date_cessation,
            delai: Delai::Annees(annees),
            suspensions: &[],
        },
    )?;
    Ok(())
}

/// The letter to who is designated; `jeton`: the secret of its link.
pub fn lettre_au_successeur(
    c: &DepartComplet,
    limite: Option<NaiveDate>,
    ayant_droit: Option<&AyantDroit>,
    jeton: &str,
) -> Lettre {
    courriers::designation::DesignationCreee {
        cedant: &c.kine.nom_complet(),
        commune: &c.commune,
        bassin: &c.bassin,
        date: c.depart.date_cessation,
        limite,
        ayant_droit: ayant_droit.map(|a| a.nom.as_str()),
        deces: ayant_droit.is_some_and(|a| a.qualite == Qualite::Heritier),
        jeton,
        contact: &c.service.lignes(),
    }
    .lettre()
}

fn prevenir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    c: &DepartComplet,
    (id, limite): (i64, Option<NaiveDate>),
    de: &ADesigner,
    (a, jeton): (&str, &str),
) -> ActionResult<()> {
    let successeur = lettre_au_successeur(c, limite, de.ayant_droit.as_ref(), jeton);
    courriel::deposer(tx, acte, &cle_du_successeur(id), a, &successeur)?;
    let cedant = Cedant::de(tx, c)?;
    let envoyee = courriers::designation::DesignationEnvoyee {
        designant: cedant.designant(),
        commune: &c.commune,
        rpps: de.rpps.as_str(),
        courriel: a,
        limite,
        contact: &c.service.lignes(),
    }
    .lettre();
    courriel::envoyer(
        tx,
        acte,
        &cle_du_designant(id),
        cedant.destinataire(),
        &envoyee,
    )
}

fn cle_du_successeur(designation: i64) -> String {
    format!("designation_creee:{designation}")
}

fn cle_du_designant(designation: i64) -> String {
    format!("designation_envoyee:{designation}")
}

fn objet(c: &DepartComplet) -> Objet<'_> {
    Objet::dossier(&c.depart.caisse_code, c.depart.id)
}
