//! PRO-13: where somebody without an account lives: their letters go there, and the court of an appeal follows from it
//! (PRO-6).

use courriers::changement::Corrige;
use regles::correction::{Correction, Donnee, ecarts};
use regles::evenement::Fait;
use regles::geste;
use regles::identifiants::Insee;

use super::super::courriel::Destinataire;
use super::super::dossier::{objet, ouvrir};
use super::{Acte, ActionError, ActionResult, Avis, dire, motif, quelque_chose};
use crate::actions::papier::rue;
use crate::db::demande::{self, ChangementDemande};
use crate::db::{CpamScope, WriteTx, commune, destinataire};

/// Corrects the home of the applicant of a file, with a reason; before and after stay in the timeline, and the person is
/// written to at the new address.
///
/// # Errors
/// They have an account, a wrong field, nothing changes, [`ActionError::Perime`].
pub fn corriger_domicile(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    (numero, version): (&str, i32),
    (adresse, insee): (&str, &Insee),
    raison: &str,
) -> ActionResult<()> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    geste::corriger_le_domicile(dossier.kine.compte_id.is_some())?;
    let adresse = rue(adresse)?;
    let Some(commune) = commune::lire(tx, insee)? else {
        return Err(ActionError::champ(
            "domicile_commune",
            "Choisissez la commune de son domicile dans la liste proposée.",
        ));
    };
    let motif = motif(raison)?;
    let avant = destinataire::domicile_de(tx, dossier.kine.id)?
        .map_or_else(String::new, |d| format!("{}, {}", d.adresse, d.commune));
    let apres = format!("{adresse}, {}", commune.nom);
    let ecarts = ecarts([(Donnee::Domicile, avant, apres)]);
    quelque_chose(&ecarts)?;
    destinataire::habiter(tx, dossier.kine.id, adresse, insee.as_str(), acte.le())?;
    let d = &dossier.demande;
    demande::modifier(tx, d.id, version, &ChangementDemande::default())?;
    let avis = Avis {
        objet: objet(&dossier),
        fait: |c| Fait::DemandeCorrigee {
            donnees: c.corrections.iter().map(|e| e.donnee).collect(),
            reevaluation: None,
            motif: c.motif.clone(),
            corrections: c.corrections.clone(),
        },
        cle: format!("demande_corrigee:{}:{version}", d.id),
        a: Destinataire::demandeur(&dossier),
        nom: dossier.kine.nom_complet(),
        service: &dossier.service,
        corrige: Corrige::Demande(numero),
    };
    let faite = Correction {
        motif: motif.to_owned(),
        corrections: ecarts,
        reevaluation: None,
    };
    dire(tx, acte, &avis, &faite)
}
