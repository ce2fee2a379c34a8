//! DER-4: the follow-up of a conventionnement granted for a reduction of activity: two deadlines, their end, their renewal.

use chrono::NaiveDate;
use courriers::Courrier;
use regles::echeance::{Delai, Fin, NatureEcheance};
use regles::evenement::Fait;
use regles::geste;
use regles::reduction::depart_engagement;

use super::dossier::{self, entete, objet, ouvrir, territoire};
use super::{Acte, ActionError, ActionResult, courriel, echeance, tracer};
use crate::db::demande::{self, ChangementDemande, DemandeComplete};

use crate::db::{CpamScope, WriteTx, reduction};

/// Opens the follow-up of a grant notified on `le`, or that took effect on `le` where it waited for a condition (REG-17): the
/// reduction runs from its declared start, for its declared duration; the commitment from the day that the parameter says, for
/// the shortest duration. Nothing happens for a request that rests on no reduction.
///
/// # Errors
/// No parameter in force, the refusal of the database.
pub(super) fn suivre(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier: &DemandeComplete,
    le: NaiveDate,
) -> ActionResult<()> {
    let d = &dossier.demande;
    let Some(r) = reduction::de_demande(tx, d.id)? else {
        return Ok(());
    };
    let engagement = depart_engagement(&acte.reglement, r.debut, le)?;
    let delai = NatureEcheance::ReductionCollaborateur.delai(&acte.reglement, le)?;
    let mut ouvrir = |nature, depart, delai| {
        echeance::ouvrir(
            tx,
            acte,
            &echeance::Ouverture {
                caisse_code: &d.caisse_code,
                territoire: territoire(dossier)?,
                dossier_id: d.id,
                nature,
                depart,
                delai,
                suspensions: &[],
            },
        )
    };
    let titulaire = ouvrir(
        NatureEcheance::ReductionTitulaire,
        r.debut,
        Delai::Mois(r.duree_mois),
    )?;
    let collaborateur = ouvrir(NatureEcheance::ReductionCollaborateur, engagement, delai)?;
    tracer(
        tx,
        &acte.acteur,
        objet(dossier),
        Fait::ReductionSuivie {
            reduction: titulaire.finale,
            engagement: collaborateur.finale,
            etabli: Some(r.rpps.clone()),
        },
    )?;
    Ok(())
}

/// What an agent finds of a reduction or a commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suite {
    /// It is over, at its end or before.
    Fin,
    /// It goes on, for so many months from its former end.
    Renouvellement {
        /// How many.
        mois: u32,
    },
}

/// What an agent records of one side of the follow-up.
#[derive(Debug, Clone, Copy)]
pub struct Constat<'a> {
    /// Which side.
    pub nature: NatureEcheance,
    /// Its end or its renewal.
    pub suite: Suite,
    /// On what ground.
    pub motif: &'a str,
}

/// Records the end or the renewal of one side of the follow-up, with a reason.
///
/// # Errors
/// A wrong field, a follow-up that does not run, [`ActionError::Perime`], the refusal of the database.
pub fn constater(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    constat: &Constat<'_>,
) -> ActionResult<()> {
    let Constat {
        nature,
        suite,
        motif,
    } = *constat;
    let motif = dossier::motif("motif", motif, "Dites sur quoi vous vous fondez.")?;
    let dossier = ouvrir(tx, scope, numero, version)?;
    let d = &dossier.demande;
    let mut suivies = Vec::new();
    for cote in NatureEcheance::parmi(|f| f.fin == Fin::AConstater) {
        suivies.extend(crate::db::echeance::en_cours(tx, d.id, cote)?);
    }
    geste::suivre_reduction(d.etat, !suivies.is_empty())?;
    let Some(avant) = suivies.into_iter().find(|e| e.nature == nature) else {
        return Err(ActionError::champ(
            "cote",
            "Choisissez ce dont vous constatez la fin ou le renouvellement.",
        ));
    };
    demande::modifier(
        tx,
        d.id,
        version,
        &ChangementDemande {
            assigne_a: Some(d.assigne_a),
            ..ChangementDemande::default()
        },
    )?;
    let (avant_le, raison) = (avant.finale, Some(motif.to_owned()));
    let (fait, apres) = match suite {
        Suite::Fin => {
            echeance::satisfaire(tx, acte, d.id, nature, motif)?;
            let fait = Fait::ReductionTerminee {
                nature,
                avant: avant_le,
                motif: raison,
            };
            (fait, None)
        }
        Suite::Renouvellement { mois: 0 } => {
            return Err(ActionError::champ(
                "duree_mois",
                "Indiquez la durée du renouvellement, en mois.",
            ));
        }
        Suite::Renouvellement { mois } => {
            let nouvelle = echeance::ouvrir(
                tx,
                acte,
                &echeance::Ouverture {
                    caisse_code: &d.caisse_code,
                    territoire: territoire(&dossier)?,
                    dossier_id: d.id,
                    nature,
                    depart: avant.brute,
                    delai: Delai::Mois(mois),
                    suspensions: &[],
                },
            )?;
            let fait = Fait::ReductionRenouvelee {
                nature,
                avant: avant_le,
                apres: nouvelle.finale,
                motif: raison,
            };
            (fait, Some(nouvelle.finale))
        }
    };
    tracer(tx, &acte.acteur, objet(&dossier), fait)?;
    let message = courriers::demande::ReductionConstatee {
        dossier: entete(&dossier),
        objet: nature.libelle(),
        renouvelee: apres,
    }
    .lettre();
    courriel::au_demandeur(
        tx,
        acte,
        &format!("reduction_constatee:{}:{version}", d.id),
        &dossier,
        &message,
    )
}
