//! DER-4: what is said before the end of a reduction of activity, and of the commitment that goes with it.

use regles::echeance::NatureEcheance;
use regles::texte::{date_fr, date_longue};

use super::lettres::{Envoi, a_l_equipe, reste};
use crate::actions::{Acte, ActionResult};
use crate::db::demande::DemandeComplete;
use crate::db::echeance::EcheanceStockee;
use crate::db::{AnyConn, kine, rappel, reduction};
use crate::mail::lettre::Lettre;

/// The mails of a reminder: to the collaborator; of the reduction, to the established colleague too if they have an
/// account; to who handles the file, and past the date to the team.
///
/// # Errors
/// The refusal of the database.
pub(super) fn ecrire(
    conn: &mut AnyConn,
    acte: &Acte,
    echeance: &EcheanceStockee,
    dossier: &DemandeComplete,
    suivi_par: Option<String>,
    depassee: bool,
) -> ActionResult<Vec<Envoi>> {
    let mut envois = vec![(
        dossier.courriel.clone(),
        au_kine(acte, echeance, dossier, depassee)
            .a(dossier.kine.nom_complet())
            .action(
                "Voir ma demande",
                format!("/demandes/{}", dossier.demande.numero),
            ),
    )];
    if echeance.nature == NatureEcheance::ReductionTitulaire
        && let Some(r) = reduction::de_demande(conn, dossier.demande.id)?
        && let Some((nom, adresse)) = kine::adresse(conn, &r.rpps)?
    {
        envois.push((
            adresse,
            au_kine(acte, echeance, dossier, depassee)
                .a(nom)
                .action("Voir mon espace", "/espace"),
        ));
    }
    let personne = suivi_par.is_none();
    let mut agents: Vec<String> = suivi_par.into_iter().collect();
    if personne || depassee {
        agents.extend(rappel::equipe(conn, &echeance.caisse_code)?);
    }
    agents.dedup();
    envois.extend(a_l_equipe(echeance, &agents, || {
        a_l_agent(acte, echeance, dossier, depassee)
    }));
    Ok(envois)
}

/// «La réduction d’activité», «L’engagement».
fn objet(nature: NatureEcheance) -> &'static str {
    match nature {
        NatureEcheance::ReductionTitulaire => "La réduction d’activité du confrère établi",
        _ => "L’engagement du collaborateur ou de l’associé",
    }
}

fn au_kine(
    acte: &Acte,
    echeance: &EcheanceStockee,
    dossier: &DemandeComplete,
    depassee: bool,
) -> Lettre {
    let objet = objet(echeance.nature);
    let fin = date_longue(echeance.finale);
    let lettre = if depassee {
        Lettre::new("rappel_reduction", format!("{objet} a pris fin"))
            .paragraphe(format!("{objet} à {} a pris fin le {fin}.", dossier.commune))
            .paragraphe("La caisse constate cette fin ou son renouvellement. Si elle se poursuit, écrivez-nous.")
    } else {
        Lettre::new(
            "rappel_reduction",
            format!("{objet} prend fin le {}", date_fr(echeance.finale)),
        )
        .paragraphe(format!("{objet} à {} prend fin le {fin}.", dossier.commune))
        .paragraphe("Si elle se poursuit, dites-le à la caisse avant cette date : elle enregistre le renouvellement (DER-4).")
        .point("Il reste", reste(acte, echeance))
    };
    lettre
        .point("Dossier", dossier.demande.numero.clone())
        .contact(dossier.service.lignes())
}

fn a_l_agent(
    acte: &Acte,
    echeance: &EcheanceStockee,
    dossier: &DemandeComplete,
    depassee: bool,
) -> Lettre {
    let numero = &dossier.demande.numero;
    let verbe = if depassee { "a pris fin" } else { "prend fin" };
    Lettre::new(
        "rappel_reduction_agent",
        format!(
            "{} {verbe} : {numero}, {}",
            objet(echeance.nature),
            date_fr(echeance.finale)
        ),
    )
    .paragraphe("Constatez la fin ou le renouvellement sur la page du dossier (DER-4).")
    .point("Dossier", numero.clone())
    .point("Collaborateur ou associé", dossier.kine.nom_complet())
    .point("Lieu", format!("{} ({})", dossier.commune, dossier.bassin))
    .point(
        "Échéance",
        format!(
            "{}, {}",
            date_longue(echeance.finale),
            reste(acte, echeance)
        ),
    )
    .action("Ouvrir le dossier", format!("/dossiers/{numero}"))
}
