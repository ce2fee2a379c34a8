//! What the CPAM says of the proof of an installation.

use courriers::Courrier;
use regles::demande::EtatDemande;
use regles::echeance::{EtatEcheance, NatureEcheance, Suspension};
use regles::evenement::Fait;
use regles::piece::NaturePiece;

use crate::actions::dossier::{entete, objet, territoire};
use crate::actions::{Acte, ActionResult, courriel, echeance, tracer};
use crate::db::demande::DemandeComplete;
use crate::db::echeance::EcheanceStockee;
use crate::db::piece::EtatPiece;
use crate::db::{CpamScope, DbError, WriteTx};

/// REG-9: the proof of an installation declared in time is refused. The delay runs again, without the days that the CPAM
/// took to examine; the applicant is told until when. Nothing happens while another proof may still hold.
///
/// # Errors
/// A stored value that does not read, the refusal of the database.
pub(in crate::actions) fn rouvrir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier: &DemandeComplete,
    motif: &str,
) -> ActionResult<()> {
    let d = &dossier.demande;
    let encore = crate::db::piece::de(tx, &CpamScope::Caisse(d.caisse_code.clone()), d.id)?
        .into_iter()
        .any(|p| {
            p.nature == NaturePiece::PreuveInstallation
                && p.etat != EtatPiece::Refusee
                && p.remplacee_par.is_none()
        });
    if d.etat != EtatDemande::Accordee || encore {
        return Ok(());
    }
    let toutes = crate::db::echeance::de(tx, d.id)?;
    let installation = |e: &&EcheanceStockee| e.nature == NatureEcheance::Installation;
    if toutes
        .iter()
        .filter(installation)
        .any(|e| e.etat == EtatEcheance::EnCours)
    {
        return Ok(());
    }
    let Some(satisfaite) = toutes
        .iter()
        .filter(installation)
        .rfind(|e| e.etat == EtatEcheance::Satisfaite)
    else {
        return Ok(());
    };
    let mut suspensions = echeance::suspensions(satisfaite)?;
    let du = satisfaite
        .close_le
        .map_or_else(|| acte.jour(), crate::clock::jour_a_paris);
    if acte.jour() > du {
        suspensions.push(Suspension {
            du,
            au: acte.jour(),
            motif: Some("Preuve de l’installation examinée par la caisse".to_owned()),
        });
    }
    let delai = satisfaite
        .delai
        .parse()
        .map_err(|_| DbError::Incoherent(format!("echeance {} : délai", satisfaite.id)))?;
    let rouverte = echeance::ouvrir(
        tx,
        acte,
        &echeance::Ouverture {
            caisse_code: &d.caisse_code,
            territoire: territoire(dossier)?,
            dossier_id: d.id,
            nature: NatureEcheance::Installation,
            depart: satisfaite.depart,
            delai,
            suspensions: &suspensions,
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet(dossier),
        Fait::InstallationPreuveRefusee {
            avant: satisfaite.finale,
            finale: rouverte.finale,
            suspensions: suspensions.clone(),
            motif: motif.to_owned(),
        },
    )?;
    let message = courriers::demande::PreuveRefusee {
        dossier: entete(dossier),
        motif,
        finale: rouverte.finale,
    }
    .lettre();
    courriel::au_demandeur(
        tx,
        acte,
        &format!("preuve_installation_refusee:{}:{}", d.id, satisfaite.id),
        dossier,
        &message,
    )
}
