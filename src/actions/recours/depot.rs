//! PRO-9: an appeal is filed by the person, or entered by an agent from a paper. A late one is recorded all the same: only the
//! commission says what is late.

use chrono::{Datelike, NaiveDate};
use courriers::Courrier;
use courriers::recours::RecoursDeposeAgent;
use regles::contestation::{Contestee, Degre, Ouverture, Recours as Recu, ouverture};
use regles::dossier::NatureDossier;
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::identifiants::Rpps;
use regles::texte;

use super::objet::{AContester, contestable};
use super::{accuse, destinataire, objet, organes, route};
use crate::actions::dossier::obligatoire;
use crate::actions::echeance::{self, Ouverture as Delai};
use crate::actions::piece::{self, PieceRecue, Rattachement};
use crate::actions::{Acte, ActionError, ActionResult, courriel, tracer};
use crate::db::recours::{NouveauRecours, RecoursComplet};
use crate::db::{
    CpamScope, WriteTx, brouillon, candidature, compte, dossier, kine, rappel, recours as stockes,
};

/// Longest statement of why, in characters.
pub const MOYENS_MAX: usize = 20_000;

/// How an appeal arrives.
#[derive(Debug, Clone)]
pub enum Voie {
    /// In the portal, by the person.
    Portail,
    /// On paper, or by a message, entered by an agent.
    Papier {
        /// Day of the postmark, or of the message.
        envoye_le: NaiveDate,
        /// Day the caisse received it.
        recu_le: NaiveDate,
        /// What is contested, as the agent reads it.
        contestee: Contestee,
        /// RPPS of the candidate who contests a call.
        rpps: Option<Rpps>,
    },
}

/// An appeal to record.
#[derive(Debug, Clone)]
pub struct ADeposer {
    /// Number of the case contested.
    pub contre: String,
    /// How it arrives.
    pub voie: Voie,
    /// Why, in the words of the person.
    pub moyens: String,
    /// Its documents.
    pub pieces: Vec<PieceRecue>,
    /// Key of the form.
    pub cle: String,
}

/// Records an appeal, opens the delay of the commission and sends the receipt. The same form sent twice records once.
/// Returns its number.
///
/// # Errors
/// A wrong field; nothing to contest; one against the same act runs already; the refusal of the database.
pub fn deposer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    a: &ADeposer,
) -> ActionResult<String> {
    let vu = contestable(tx, acte, scope, &a.contre)?;
    dossier::verrouiller(tx, vu.dossier_id)?;
    let kine_id = qui(tx, &vu, &a.voie)?;
    if let Some(numero) = stockes::par_cle(tx, kine_id, &a.cle)? {
        return Ok(numero);
    }
    let territoire = vu.territoire()?;
    let jour = acte.jour_a(territoire);
    let (contestee, envoye_le, recu_le) = arrive(&vu, &a.voie, jour)?;
    let moyens = obligatoire(
        "moyens",
        &a.moyens,
        "Dites pourquoi : la commission répond à ce qui est écrit ici.",
    )?;
    if moyens.chars().count() > MOYENS_MAX {
        return Err(ActionError::champ(
            "moyens",
            format!(
                "Ce texte est trop long : {MOYENS_MAX} caractères au plus. Joignez plutôt un document."
            ),
        ));
    }
    deja_en_cours(tx, &vu, contestee)?;
    let le = vu.le.filter(|_| vu.contestee == Some(contestee));
    let degre = premier(acte, contestee, le.unwrap_or(recu_le))?;
    let recu = Recu {
        degre,
        envoye_le,
        recu_le,
    };
    let repondre_avant = recu
        .repondre_avant(&acte.reglement, territoire)?
        .ok_or_else(|| ActionError::Regle("a first step without a delay".to_owned()))?;
    let caisse = vu.service.code.clone();
    let numero = dossier::numero_suivant(tx, &caisse, NatureDossier::Recours, jour.year())?;
    let papier = matches!(a.voie, Voie::Papier { .. });
    let id = stockes::inserer(
        tx,
        &NouveauRecours {
            numero: &numero,
            caisse_code: &caisse,
            kine_id,
            conteste_id: vu.dossier_id,
            place_id: vu.place_id,
            decision_id: vu.decision_id.filter(|_| le.is_some()),
            contestee,
            contestee_le: le,
            terme: vu.terme.filter(|_| le.is_some()),
            degre,
            envoye_le,
            recu_le,
            papier,
            moyens,
            accuse_le: jour,
            repondre_avant,
            echeance_nature: NatureEcheance::ReponseCra.as_str(),
            le: acte.le(),
            cle_idempotence: Some(&a.cle),
        },
    )?;
    if !a.pieces.is_empty() {
        piece::joindre(tx, acte, Rattachement::dossier(id), &a.pieces)?;
    }
    let delai = match degre {
        Degre::Gracieux => acte.reglement.delai("silence.delai", recu_le)?,
        _ => NatureEcheance::ReponseCra.delai(&acte.reglement, recu_le)?,
    };
    echeance::ouvrir(
        tx,
        acte,
        &Delai {
            caisse_code: &caisse,
            territoire,
            dossier_id: id,
            nature: NatureEcheance::ReponseCra,
            depart: recu_le,
            delai,
            suspensions: &[],
        },
    )?;
    let lu = stockes::complet(tx, &CpamScope::National, &numero)?;
    tracer(
        tx,
        &acte.acteur,
        objet(&lu.recours),
        Fait::RecoursDepose {
            numero: numero.clone(),
            contestee,
            contre: vu.numero.clone(),
            recu_le,
            terme: lu.recours.terme,
            repondre_avant: lu.recours.repondre_avant,
            papier,
            moyens: Some(moyens.to_owned()),
        },
    )?;
    if let Some(auteur) = acte.acteur.id {
        brouillon::supprimer_cle(tx, auteur, &a.cle)?;
    }
    accuser(tx, acte, &lu)?;
    prevenir(tx, acte, &lu)?;
    Ok(numero)
}

/// Who appeals: whose case it is, or the candidate that an agent names.
fn qui(tx: &mut WriteTx<'_>, vu: &AContester, voie: &Voie) -> ActionResult<i64> {
    if let Some(id) = vu.kine_id {
        return Ok(id);
    }
    let attendu = || {
        ActionError::champ(
            "rpps",
            "Indiquez le numéro RPPS de la personne qui a candidaté à cet appel.",
        )
    };
    let Voie::Papier {
        rpps: Some(rpps), ..
    } = voie
    else {
        return Err(attendu());
    };
    let connu = kine::par_rpps(tx, rpps.as_str())?.ok_or_else(attendu)?;
    match candidature::de_kine(tx, vu.dossier_id, connu.id)? {
        Some(_) => Ok(connu.id),
        None => Err(attendu()),
    }
}

/// What is contested, and the days of the postmark and of the reception.
fn arrive(
    vu: &AContester,
    voie: &Voie,
    jour: NaiveDate,
) -> ActionResult<(Contestee, NaiveDate, NaiveDate)> {
    match voie {
        Voie::Portail => {
            let contestee = vu.contestee.ok_or_else(|| {
                ActionError::refus(
                    "Il n’y a rien à contester sur ce dossier pour l’instant : un recours se forme contre une décision qui vous \
                     est notifiée.",
                )
            })?;
            Ok((contestee, jour, jour))
        }
        Voie::Papier {
            envoye_le,
            recu_le,
            contestee,
            ..
        } => {
            if *recu_le > jour {
                return Err(ActionError::champ(
                    "recu_le",
                    "Le jour de la réception ne peut pas être à venir.",
                ));
            }
            if envoye_le > recu_le {
                return Err(ActionError::champ(
                    "envoye_le",
                    format!(
                        "Le jour de l’envoi ne peut pas suivre celui de la réception, le {}.",
                        texte::date_fr(*recu_le)
                    ),
                ));
            }
            Ok((*contestee, *envoye_le, *recu_le))
        }
    }
}

/// Before whom it comes first.
fn premier(acte: &Acte, contestee: Contestee, le: NaiveDate) -> ActionResult<Degre> {
    match ouverture(&acte.reglement, contestee, le)? {
        Ouverture::Devant(degre) => Ok(degre),
        Ouverture::Aucune => Err(ActionError::refus(
            "Le silence de la caisse vaut acceptation : la personne a obtenu ce qu’elle demandait, il n’y a rien à contester.",
        )),
    }
}

/// One appeal runs against an act: what comes after is a document of it.
fn deja_en_cours(tx: &mut WriteTx<'_>, vu: &AContester, contestee: Contestee) -> ActionResult<()> {
    let contre = stockes::contre(tx, vu.dossier_id)?;
    let meme = |r: &&stockes::Bref| r.etat.en_cours() && r.contestee == contestee;
    match contre.iter().find(meme) {
        None => Ok(()),
        Some(r) => Err(ActionError::refus(format!(
            "Un recours est déjà en cours contre cette décision, le {} : ajoutez-y ce que vous avez à dire, par un message.",
            r.numero
        ))),
    }
}

/// Letter 30 of the letter book: without it, the delay of the court does not run.
fn accuser(tx: &mut WriteTx<'_>, acte: &Acte, lu: &RecoursComplet) -> ActionResult<()> {
    let r = &lu.recours;
    let organes = organes(tx, route(r), &lu.service, r.kine_id)?;
    let (nom, contact) = (lu.kine.nom_complet(), lu.service.lignes());
    let lettre = accuse(&acte.reglement, lu, (&nom, &contact, &organes))?.lettre();
    let cle = format!("recours_accuse:{}", r.id);
    courriel::envoyer(tx, acte, &cle, &destinataire(lu), &lettre)
}

/// Tells who handles the case contested, or the team.
fn prevenir(tx: &mut WriteTx<'_>, acte: &Acte, lu: &RecoursComplet) -> ActionResult<()> {
    let r = &lu.recours;
    let (_, suivi) = rappel::suivi(tx, r.conteste_id)?;
    let mut adresses: Vec<String> = suivi.into_iter().collect();
    if adresses.is_empty() {
        adresses = rappel::equipe(tx, &r.caisse_code, acte.jour())?;
    }
    if let Some(moi) = acte.acteur.id
        && let Some(compte) = compte::par_id(tx, moi)?
    {
        adresses.retain(|a| *a != compte.courriel);
    }
    let lettre = RecoursDeposeAgent {
        numero: &r.numero,
        conteste: &lu.conteste.0,
        repondre_avant: r.repondre_avant,
    }
    .lettre();
    for (rang, adresse) in adresses.iter().enumerate() {
        let cle = format!("recours_depose:{}:{rang}", r.id);
        courriel::deposer(tx, acte, &cle, adresse, &lettre)?;
    }
    Ok(())
}
