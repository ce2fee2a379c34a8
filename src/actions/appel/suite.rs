//! After the attribution: a winner who files nothing in time loses it, and the next in rank is proposed (REG-12).
//! Before the ends: candidates and winners are reminded.

use serde_json::json;

use super::{Acte, ActionError, ActionResult, Instruction, lettre, objet, tracer};
use crate::actions::courriel;
use crate::db::appel::{self, ChangementAppel, EtatAppel};
use crate::db::candidature::{self, CandidatureComplete, EtatCandidature};
use crate::db::designation::{self, EtatDesignation};
use crate::db::{CpamScope, DbError, WriteTx, appel_suite, courriel as boite, place, rappel};
use crate::domain::grand_livre::EtatPlace;
use crate::domain::rappel::a_envoyer;
use crate::mail::lettre::Lettre;
use crate::texte;

/// Makes an attribution lapse if its winner has filed nothing in time: the place is to be attributed again, those
/// who were passed are in the running again, and the first of them is proposed to the signatory. Without anybody
/// left, the call is closed. Returns whether it lapsed.
///
/// # Errors
/// The refusal of the database.
pub fn constater_defaut(tx: &mut WriteTx<'_>, acte: &Acte, id: i64) -> ActionResult<bool> {
    let lue = Instruction::lire(tx, &CpamScope::National, id)?;
    let a = &lue.appel.appel;
    let passe = a.depot_limite.is_some_and(|limite| limite < acte.jour());
    if a.etat != EtatAppel::Attribue || !passe {
        return Ok(false);
    }
    place::verrouiller(tx, a.place_id)?;
    if appel_suite::a_un_depot(tx, id)? {
        return Ok(false);
    }
    let gagnant = lue
        .candidatures
        .iter()
        .find(|c| c.candidature.etat == EtatCandidature::Retenue)
        .ok_or_else(|| DbError::Incoherent(format!("appel {id} attribué à personne")))?;
    let lieu = place::par_id(tx, a.place_id)?;
    if lieu.etat != EtatPlace::Ouverte {
        return Ok(false);
    }
    appel_suite::rouvrir(tx, a)?;
    candidature::constater_defaut(tx, gagnant.candidature.id, id, acte.le())?;
    if let Some(active) = designation::active(tx, a.place_id)?
        .filter(|d| d.candidature_id == Some(gagnant.candidature.id))
    {
        let vers = EtatDesignation::Renoncee;
        designation::passer(tx, active.id, active.etat, vers, active.kine_id, acte.le())?;
    }
    place::changer_etat(tx, &lieu, EtatPlace::AAttribuer)?;
    tracer(
        tx,
        &acte.acteur,
        objet(&lue.appel),
        "appel.attribution_caduque",
        &format!(
            "a constaté que l’attribution à {} est caduque : aucune demande n’a été déposée à temps (REG-12)",
            gagnant.nom_complet()
        ),
        &json!({
            "appel": id, "candidature": gagnant.candidature.id, "depot_limite": a.depot_limite,
            "classement": a.classement, "motif": a.motif,
        }),
    )?;
    let relue = Instruction::lire(tx, &CpamScope::National, id)?;
    let suivant = relue.suivant();
    if suivant.is_none() {
        let motif = "Aucune autre candidature n’est en lice.";
        appel::modifier(
            tx,
            &relue.appel.appel,
            &ChangementAppel {
                etat: Some(EtatAppel::SansSuite),
                clos_le: Some(acte.le()),
                motif: Some(motif),
                ..ChangementAppel::default()
            },
        )?;
    }
    prevenir(tx, acte, &relue, gagnant, suivant)?;
    Ok(true)
}

fn prevenir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    lue: &Instruction,
    gagnant: &CandidatureComplete,
    suivant: Option<&CandidatureComplete>,
) -> ActionResult<()> {
    let (a, commune) = (&lue.appel.appel, &lue.appel.commune);
    let cle = |qui: &str| format!("attribution_caduque:{}:{}:{qui}", a.id, a.version);
    let perdue = lettre(
        &lue.appel,
        gagnant.nom_complet(),
        "attribution_caduque",
        format!("L’attribution de la place de {commune} est caduque"),
    )
    .paragraphe("Aucune demande de conventionnement n’a été déposée dans le délai : la place ne vous est plus attribuée.")
    .paragraphe("Si vous aviez déposé votre demande, écrivez-nous sans attendre.");
    courriel::deposer(tx, acte, &cle("gagnant"), &gagnant.courriel, &perdue)?;
    for c in lue.en_lice() {
        let rouverte = lettre(
            &lue.appel,
            c.nom_complet(),
            "candidature_rouverte",
            format!("La place de {commune} est de nouveau à attribuer"),
        )
        .paragraphe("La personne à qui la place était attribuée n’a pas déposé de demande. Votre candidature est de nouveau en lice.")
        .paragraphe("Si vous n’êtes plus intéressé, retirez-la : la place sera proposée à la personne suivante.")
        .action("Voir ma candidature", format!("/appels/{}", a.id));
        courriel::deposer(
            tx,
            acte,
            &cle(&c.candidature.id.to_string()),
            &c.courriel,
            &rouverte,
        )?;
    }
    let phrase = match suivant {
        Some(c) => format!(
            "La personne suivante au classement est {} : le signataire peut lui attribuer la place.",
            c.nom_complet()
        ),
        None => {
            "Aucune autre candidature n’est en lice : l’appel est clos, un autre peut être ouvert."
                .to_owned()
        }
    };
    let equipe = Lettre::new(
        "attribution_caduque_equipe",
        format!("L’attribution de la place de {commune} est caduque"),
    )
    .paragraphe(format!(
        "{} n’a pas déposé de demande dans le délai.",
        gagnant.nom_complet()
    ))
    .paragraphe(phrase)
    .action("Voir l’appel", format!("/attributions/{}", a.id));
    for (rang, adresse) in rappel::equipe(tx, &a.organisme_code)?.iter().enumerate() {
        courriel::deposer(tx, acte, &cle(&format!("equipe{rang}")), adresse, &equipe)?;
    }
    Ok(())
}

impl Instruction {
    /// Whether a former winner filed nothing in time.
    pub fn defaut(&self) -> bool {
        self.candidatures
            .iter()
            .any(|c| c.candidature.etat == EtatCandidature::Defaillante)
    }

    /// Who comes first among those in the running: by the rank of the commission, else by the computed one.
    pub fn suivant(&self) -> Option<&CandidatureComplete> {
        let classement = self.classement();
        self.candidatures
            .iter()
            .filter(|c| c.candidature.etat == EtatCandidature::Deposee)
            .min_by_key(|c| {
                let calcule = classement.note(c.candidature.id).and_then(|n| n.rang);
                (
                    c.candidature.rang_cpd.unwrap_or(i32::MAX),
                    calcule.unwrap_or(u32::MAX),
                    c.candidature.id,
                )
            })
    }
}

/// Reminds those who wait for the end of a call: candidates before the last day to apply, the winner before the
/// last day to file. Returns whether something was sent; nothing is sent twice.
///
/// # Errors
/// The refusal of the database.
pub fn rappeler(tx: &mut WriteTx<'_>, acte: &Acte, id: i64) -> ActionResult<bool> {
    let lue = Instruction::lire(tx, &CpamScope::National, id)?;
    let a = &lue.appel.appel;
    let (fin, etat) = match (a.etat, a.depot_limite) {
        (EtatAppel::Ouvert, _) => (a.cloture, EtatCandidature::Deposee),
        (EtatAppel::Attribue, Some(limite)) => (limite, EtatCandidature::Retenue),
        _ => return Ok(false),
    };
    let codes = acte.reglement.liste("rappels.charte", acte.jour())?;
    let Some(code) = a_envoyer(codes, fin, acte.jour(), &[]).filter(|_| fin >= acte.jour()) else {
        return Ok(false);
    };
    let mut envoyes = false;
    for c in lue
        .candidatures
        .iter()
        .filter(|c| c.candidature.etat == etat)
    {
        let cle = format!("rappel_appel:{}:{}:{fin}:{code}", a.id, c.candidature.id);
        if boite::deja_depose(tx, &cle)? {
            continue;
        }
        courriel::deposer(tx, acte, &cle, &c.courriel, &rappel_a(&lue, c, fin))?;
        envoyes = true;
    }
    Ok(envoyes)
}

fn rappel_a(lue: &Instruction, c: &CandidatureComplete, fin: chrono::NaiveDate) -> Lettre {
    let (commune, fin) = (&lue.appel.commune, texte::date_fr(fin));
    if c.candidature.etat == EtatCandidature::Retenue {
        return lettre(
            &lue.appel,
            c.nom_complet(),
            "rappel_depot",
            format!("Votre demande pour la place de {commune} est attendue"),
        )
        .paragraphe(format!(
            "La place de {commune} vous est attribuée. Déposez votre demande de conventionnement avant la fin du {fin} : passé ce jour, \
             l’attribution est caduque."
        ))
        .action("Déposer ma demande", "/demandes/nouvelle?nature=succession");
    }
    let tues: Vec<&str> = lue
        .charte
        .criteres
        .iter()
        .filter(|k| {
            lue.valeur(c.candidature.id, k.id)
                .and_then(|v| v.declaree)
                .is_none()
        })
        .map(|k| k.critere.libelle.as_str())
        .collect();
    let mut message = lettre(
        &lue.appel,
        c.nom_complet(),
        "rappel_candidature",
        format!("L’appel à candidatures de {commune} se termine bientôt"),
    )
    .paragraphe(format!(
        "Les candidatures à la place de {commune} sont reçues jusqu’au {fin} inclus. La vôtre est reçue."
    ));
    if !tues.is_empty() {
        message = message
            .point("Valeurs que vous n’avez pas données", tues.join(", "))
            .paragraphe("Pour les donner, retirez votre candidature et déposez-la de nouveau avant la fin de l’appel.");
    }
    message.action(
        "Voir ma candidature",
        format!("/appels/{}", lue.appel.appel.id),
    )
}

/// The last day of the calls that may have a reminder due on `jour`.
///
/// # Errors
/// No parameter in force.
pub fn horizon(acte: &Acte) -> ActionResult<chrono::NaiveDate> {
    let codes = acte.reglement.liste("rappels.charte", acte.jour())?;
    let mut fin = acte.jour();
    while codes.iter().any(|code| {
        crate::domain::rappel::jour_du_code(code, fin).is_some_and(|jour| jour <= acte.jour())
    }) {
        fin = fin
            .succ_opt()
            .ok_or_else(|| ActionError::Regle("date hors du calendrier".to_owned()))?;
    }
    Ok(fin)
}
