//! After the attribution: a winner who files nothing in time loses it, and the next in rank is proposed (REG-12).
//! Before the ends: candidates and winners are reminded.

use courriers::appel::Abandon;
use courriers::{Courrier, Lettre};
use regles::appel::{
    EtatAppel, EtatCandidature, Evenement, EvenementCandidature, transition, transition_candidature,
};
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::grand_livre::EtatPlace;
use regles::rappel::a_envoyer;

use super::{Acte, ActionError, ActionResult, Instruction, entete, objet, tracer};
use crate::actions::{courriel, echeance};
use crate::db::appel::{self, ChangementAppel, ChangementPropre};
use crate::db::candidature::{self, CandidatureComplete};
use crate::db::designation;
use crate::db::{CpamScope, DbError, WriteTx, appel_suite, place, rappel, tache};

/// Makes an attribution lapse if its winner has filed nothing in time: the place is to be attributed again, those
/// who were passed are in the running again, and the first of them is proposed to the signatory. Without anybody
/// left, the call is closed. Returns whether it lapsed.
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
    if let Some(active) = designation::active(tx, a.place_id)?
        .filter(|d| d.candidature_id == Some(gagnant.candidature.id))
    {
        let perdue =
            regles::designation::transition(active.etat, regles::designation::Evenement::Perdre)?;
        designation::passer(tx, active.id, perdue, active.kine_id, acte.le())?;
    }
    let reprise = regles::place::transition(lieu.etat, regles::place::Evenement::Reprendre)?;
    place::passer(tx, &lieu, reprise)?;
    rouvrir(tx, acte, &lue, gagnant, EvenementCandidature::Defaillir)?;
    tracer(
        tx,
        &acte.acteur,
        objet(&lue.appel),
        Fait::AppelAttributionCaduque {
            appel: id,
            candidature: gagnant.candidature.id,
            depot_limite: a.depot_limite,
            classement: a.classement.clone(),
            personne: gagnant.nom_complet(),
            motif: a.motif.clone(),
        },
    )?;
    let relue = proposer_au_suivant(tx, acte, id, gagnant, Abandon::Defaut)?;
    let perdue = courriers::appel::AttributionCaduque {
        appel: entete(&relue.appel, gagnant),
    }
    .lettre();
    let cle = cle(&relue, "gagnant");
    courriel::deposer(tx, acte, &cle, &gagnant.courriel, &perdue)?;
    Ok(true)
}

/// REG-12: the winner of a call gives up the place that was attributed: it is to be attributed again, and the first of
/// those who were passed is proposed to the signatory. The designation and the request are the caller's.
///
/// # Errors
/// The call is not attributed to this application, the refusal of the database.
pub fn renoncer(tx: &mut WriteTx<'_>, acte: &Acte, candidature_id: i64) -> ActionResult<()> {
    let id = candidature::appel_de(tx, candidature_id)?;
    let lue = Instruction::lire(tx, &CpamScope::National, id)?;
    let gagnant = lue.candidature(candidature_id)?;
    if lue.appel.appel.etat != EtatAppel::Attribue {
        return Err(ActionError::Perime);
    }
    place::verrouiller(tx, lue.appel.appel.place_id)?;
    let lieu = place::par_id(tx, lue.appel.appel.place_id)?;
    let reprise = regles::place::transition(lieu.etat, regles::place::Evenement::Reprendre)?;
    place::passer(tx, &lieu, reprise)?;
    rouvrir(tx, acte, &lue, gagnant, EvenementCandidature::Renoncer)?;
    tracer(
        tx,
        &acte.acteur,
        objet(&lue.appel),
        Fait::AppelAttributionAbandonnee {
            appel: id,
            candidature: candidature_id,
            classement: lue.appel.appel.classement.clone(),
        },
    )?;
    proposer_au_suivant(tx, acte, id, gagnant, Abandon::Renonciation)?;
    Ok(())
}

/// Opens a call again, its winner out; what it was attributed on stays in the timeline, its deadline is of no use.
fn rouvrir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    lue: &Instruction,
    gagnant: &CandidatureComplete,
    evenement: EvenementCandidature,
) -> ActionResult<()> {
    let a = &lue.appel.appel;
    appel_suite::rouvrir(tx, a, transition(a.etat, Evenement::Rouvrir)?)?;
    let sortie = transition_candidature(gagnant.candidature.etat, evenement)?;
    let retour =
        transition_candidature(EtatCandidature::NonRetenue, EvenementCandidature::Rouvrir)?;
    let sortie = (gagnant.candidature.id, sortie);
    candidature::rouvrir(tx, sortie, (a.id, retour), acte.le())?;
    let motif = match evenement {
        EvenementCandidature::Defaillir => "Aucune demande dans le délai",
        _ => "Le gagnant renonce à la place",
    };
    echeance::annuler(tx, acte, a.place_id, NatureEcheance::DepotDemande, motif)
}

/// Tells those who are in the running again and the team; without anybody left, the call is closed.
fn proposer_au_suivant(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    id: i64,
    gagnant: &CandidatureComplete,
    abandon: Abandon,
) -> ActionResult<Instruction> {
    let lue = Instruction::lire(tx, &CpamScope::National, id)?;
    let a = &lue.appel.appel;
    let suivant = lue.suivant();
    if suivant.is_none() {
        appel::modifier(
            tx,
            a,
            &ChangementAppel {
                etat: Some(transition(a.etat, Evenement::ClasserSansSuite)?),
                propre: ChangementPropre {
                    clos_le: Some(acte.le()),
                    motif: Some("Aucune autre candidature n’est en lice."),
                    ..ChangementPropre::default()
                },
            },
        )?;
    }
    let cle = |qui: &str| cle(&lue, qui);
    for c in lue.en_lice() {
        let rouverte = courriers::appel::CandidatureRouverte {
            appel: entete(&lue.appel, c),
            abandon,
        }
        .lettre();
        courriel::deposer(
            tx,
            acte,
            &cle(&c.candidature.id.to_string()),
            &c.courriel,
            &rouverte,
        )?;
    }
    let equipe = courriers::appel::AttributionCaduqueEquipe {
        appel_id: a.id,
        commune: &lue.appel.commune,
        gagnant: &gagnant.nom_complet(),
        abandon,
        suivant: suivant.map(CandidatureComplete::nom_complet).as_deref(),
    }
    .lettre();
    for (rang, adresse) in rappel::equipe(tx, &a.caisse_code, acte.jour())?
        .iter()
        .enumerate()
    {
        courriel::deposer(tx, acte, &cle(&format!("equipe{rang}")), adresse, &equipe)?;
    }
    Ok(lue)
}

/// Names a mail once for each time that the call is opened again.
fn cle(lue: &Instruction, qui: &str) -> String {
    let a = &lue.appel.appel;
    format!("attribution_caduque:{}:{}:{qui}", a.id, a.version)
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

/// Reminds the candidates before the last day to apply. Returns whether something was sent; nothing is sent twice.
pub fn rappeler(tx: &mut WriteTx<'_>, acte: &Acte, id: i64) -> ActionResult<bool> {
    let lue = Instruction::lire(tx, &CpamScope::National, id)?;
    let a = &lue.appel.appel;
    if !a.recoit(acte.jour()) {
        return Ok(false);
    }
    let (fin, codes) = (
        a.cloture,
        acte.reglement.liste("rappels.charte", acte.jour())?,
    );
    let Some(code) = a_envoyer(codes, fin, acte.jour(), &[]) else {
        return Ok(false);
    };
    let mut dus = Vec::new();
    for c in lue
        .candidatures
        .iter()
        .filter(|c| c.candidature.etat == EtatCandidature::Deposee)
    {
        let cle = format!("rappel_appel:{}:{}:{fin}:{code}", a.id, c.candidature.id);
        if tache::deposee_le(tx, &cle)?.is_none() {
            dus.push((cle, c));
        }
    }
    if dus.is_empty() {
        return Ok(false);
    }
    // The event first: the mails are about its case.
    tracer(
        tx,
        &acte.acteur,
        objet(&lue.appel),
        Fait::AppelRappel {
            appel: id,
            code: code.to_owned(),
            destinataires: dus.len(),
            avant_le: fin,
        },
    )?;
    for (cle, c) in dus {
        courriel::deposer(tx, acte, &cle, &c.courriel, &rappel_a(&lue, c, fin))?;
    }
    Ok(true)
}

fn rappel_a(lue: &Instruction, c: &CandidatureComplete, fin: chrono::NaiveDate) -> Lettre {
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
    courriers::appel::RappelCandidature {
        appel: entete(&lue.appel, c),
        fin,
        tues: &tues,
    }
    .lettre()
}

/// The last day of the calls that may have a reminder due on `jour`.
///
/// # Errors
/// No parameter in force.
pub fn horizon(acte: &Acte) -> ActionResult<chrono::NaiveDate> {
    let codes = acte.reglement.liste("rappels.charte", acte.jour())?;
    let mut fin = acte.jour();
    while codes
        .iter()
        .any(|code| regles::rappel::jour_du_code(code, fin).is_some_and(|jour| jour <= acte.jour()))
    {
        fin = fin
            .succ_opt()
            .ok_or_else(|| ActionError::Regle("date hors du calendrier".to_owned()))?;
    }
    Ok(fin)
}
