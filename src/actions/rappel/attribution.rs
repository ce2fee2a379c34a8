//! REG-12: what is said to the winner of a call before the last day to file.

use regles::texte::{self, date_fr, date_longue};

use super::lettres::{Envoi, a_l_equipe, reste};
use crate::actions::{Acte, ActionResult};
use crate::db::designation;
use crate::db::echeance::EcheanceStockee;
use crate::db::{AnyConn, CpamScope, depart, rappel};
use crate::mail::lettre::Lettre;

/// The mails of a reminder: to the winner; past the date, to the team too.
///
/// # Errors
/// The refusal of the database.
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
    let commune = &depart.commune;
    let lettre = if depassee {
        Lettre::new(
            "rappel_depot",
            format!("Le délai pour déposer votre demande à {commune} est passé"),
        )
        .paragraphe(format!(
            "La place {de_commune} vous est attribuée. Votre demande de conventionnement était attendue jusqu’au {} inclus.",
            date_longue(echeance.finale), de_commune = texte::de(commune)))
        .paragraphe("Si vous l’aviez déposée, écrivez-nous sans attendre.")
    } else {
        Lettre::new(
            "rappel_depot",
            format!("Votre demande pour la place {de_commune} est attendue", de_commune = texte::de(commune)),
        )
        .paragraphe(format!(
            "La place {de_commune} vous est attribuée. Déposez votre demande de conventionnement avant la fin du {} : passé ce jour, \
             l’attribution est caduque et la place est proposée au candidat suivant.",
            date_fr(echeance.finale), de_commune = texte::de(commune)))
        .point("Il reste", reste(acte, echeance))
        .action(
            "Déposer ma demande",
            format!("/demandes/nouvelle?nature=succession&designation={}", gagnant.id),
        )
    };
    let mut envois = vec![(
        gagnant.courriel.clone(),
        lettre
            .point("Zone", depart.bassin.clone())
            .contact(depart.service.lignes()),
    )];
    if depassee {
        let equipe = rappel::equipe(conn, &echeance.caisse_code)?;
        envois.extend(a_l_equipe(echeance, &equipe, || {
            Lettre::new(
                "rappel_depot_agent",
                format!("Demande attendue après une attribution : {commune}"),
            )
            .paragraphe(format!(
                "Le gagnant de l’appel à candidatures {de_commune} pouvait déposer sa demande jusqu’au {} inclus (REG-12).",
                date_longue(echeance.finale), de_commune = texte::de(commune)))
            .action("Voir le départ", format!("/departs/{}", depart.depart.id))
        }));
    }
    Ok(envois)
}
