//! DER-4: what is said before the end of a reduction of activity, and of the commitment that goes with it.

use courriers::Courrier;
use regles::echeance::NatureEcheance;

use super::lettres::{Envoi, a_l_equipe, terme};
use crate::actions::{Acte, ActionResult};
use crate::db::demande::DemandeComplete;
use crate::db::echeance::EcheanceStockee;
use crate::db::{AnyConn, kine, rappel, reduction};

/// The mails of a reminder: to the collaborator; of the reduction, to the established colleague too if they have an
/// account; to who handles the file, and past the date to the team.
pub(super) fn ecrire(
    conn: &mut AnyConn,
    acte: &Acte,
    echeance: &EcheanceStockee,
    dossier: &DemandeComplete,
    suivi_par: Option<String>,
    depassee: bool,
) -> ActionResult<Vec<Envoi>> {
    let terme = terme(acte, echeance, depassee);
    let a = |kine: &str, au_demandeur: bool| {
        courriers::rappel::RappelReduction {
            kine,
            numero: &dossier.demande.numero,
            commune: &dossier.commune,
            nature: echeance.nature,
            au_demandeur,
            terme,
            contact: &dossier.service.lignes(),
        }
        .lettre()
    };
    let mut envois = vec![(
        dossier.courriel.clone(),
        a(&dossier.kine.nom_complet(), true),
    )];
    if echeance.nature == NatureEcheance::ReductionTitulaire
        && let Some(r) = reduction::de_demande(conn, dossier.demande.id)?
        && let Some((nom, adresse)) = kine::adresse(conn, &r.rpps)?
    {
        envois.push((adresse, a(&nom, false)));
    }
    let personne = suivi_par.is_none();
    let mut agents: Vec<String> = suivi_par.into_iter().collect();
    if personne || depassee {
        agents.extend(rappel::equipe(conn, &echeance.caisse_code, acte.jour())?);
    }
    agents.dedup();
    envois.extend(a_l_equipe(echeance, &agents, || {
        courriers::rappel::RappelReductionAgent {
            numero: &dossier.demande.numero,
            kine: &dossier.kine.nom_complet(),
            commune: &dossier.commune,
            bassin: &dossier.bassin,
            nature: echeance.nature,
            terme,
        }
        .lettre()
    }));
    Ok(envois)
}
