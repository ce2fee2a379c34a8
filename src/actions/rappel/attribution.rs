//! REG-12: what is said to the winner of a call before the last day to file.

use courriers::Courrier;

use super::lettres::{Envoi, a_l_equipe, terme};
use crate::actions::courriel::Destinataire;
use crate::actions::{Acte, ActionResult};
use crate::db::designation;
use crate::db::echeance::EcheanceStockee;
use crate::db::{AnyConn, CpamScope, depart, rappel};

/// The mails of a reminder: to the winner; past the date, to the team too.
pub(super) fn ecrire(
    conn: &mut AnyConn,
    acte: &Acte,
    echeance: &EcheanceStockee,
    depassee: bool,
) -> ActionResult<Vec<Envoi>> {
    let Some(gagnant) = designation::active(conn, echeance.dossier_id)? else {
        return Ok(Vec::new());
    };
    let depart = depart::complete(conn, &CpamScope::National, echeance.dossier_id)?;
    let terme = terme(acte, echeance, depassee);
    let au_gagnant = courriers::rappel::RappelDepot {
        commune: &depart.commune,
        bassin: &depart.bassin,
        designation_id: gagnant.id,
        terme,
        contact: &depart.service.lignes(),
    }
    .lettre();
    let mut envois = vec![(Destinataire::Courriel(gagnant.courriel.clone()), au_gagnant)];
    if depassee {
        let equipe = rappel::equipe(conn, &echeance.caisse_code, acte.jour())?;
        envois.extend(a_l_equipe(echeance, &equipe, || {
            courriers::rappel::RappelDepotAgent {
                id: depart.depart.id,
                commune: &depart.commune,
                terme,
            }
            .lettre()
        }));
    }
    Ok(envois)
}
