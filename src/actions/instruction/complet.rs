//! «complet», said by mistake, is taken back: the person, who was told that it was, is told that it is not.

use courriers::Courrier;
use courriers::demande::CompletAnnule;
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::geste;

use super::super::dossier::{entete, motif, objet, ouvrir};
use super::super::{Acte, ActionResult, courriel, echeance, tracer};
use crate::db::demande::{self, ChangementDemande};
use crate::db::{CpamScope, WriteTx, echeance as echeances};

/// Takes «complet» back while nothing rests on it. The delay of the answer keeps running: asking for documents suspends it.
///
/// # Errors
/// No reason, a refusal in words, [`crate::actions::ActionError::Perime`], the refusal of the database.
pub fn annuler_complet(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    raison: &str,
) -> ActionResult<()> {
    let raison = motif(
        "raison",
        raison,
        "Écrivez pourquoi le dossier n’est pas complet : la personne le lira.",
    )?;
    let dossier = ouvrir(tx, scope, numero, version)?;
    let d = &dossier.demande;
    let saisie = echeances::en_cours(tx, d.id, NatureEcheance::AvisCpd)?.is_some();
    let convoquee = d.audition.as_ref().is_some_and(|a| a.le.is_some());
    let engagee = saisie || convoquee || d.derogation_avis_cpd.is_some() || d.silence().is_some();
    let etat = geste::annuler_complet(d.etat, engagee)?;
    demande::modifier(
        tx,
        d.id,
        version,
        &ChangementDemande {
            etat: Some(etat),
            complete_le: Some(None),
            ..ChangementDemande::default()
        },
    )?;
    let fin = "Dossier déclaré complet par erreur";
    echeance::annuler(tx, acte, d.id, NatureEcheance::SaisineCpd, fin)?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::CompletAnnule {
            complete_le: d.complete_le,
            etat: etat.vers(),
            raison: Some(raison.to_owned()),
        },
    )?;
    let lettre = CompletAnnule {
        dossier: entete(&dossier),
        le: d.complete_le,
        raison,
    }
    .lettre();
    let cle = format!("complet_annule:{}:{version}", d.id);
    courriel::au_demandeur(tx, acte, &cle, &dossier, &lettre)
}
