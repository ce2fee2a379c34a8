//! PRO-9: the commission answers an appeal, or its silence is a rejection.

use chrono::NaiveDate;
use courriers::Courrier;
use courriers::decision::Signature;
use courriers::recours::{CraDecision, RecoursRejeteParSilence};
use regles::contestation::{
    Accuse, Evenement, Issue, Suite, jour_du_rejet, suite, terme_du_tribunal, transition,
};
use regles::echeance::{Delai, NatureEcheance};
use regles::evenement::Fait;
use regles::texte;

use super::{charger, destinataire, effet, notification, objet, organes, route, tribunal_connu};
use crate::actions::depart::en_json;
use crate::actions::dossier::{lisible, motif, obligatoire};
use crate::actions::{Acte, ActionError, ActionResult, courriel, echeance, tracer};
use crate::db::recours::{ChangementPropre, ChangementRecours, Recours, RecoursComplet};
use crate::db::{CpamScope, WriteTx, dossier, recours as stockes};
use crate::secret;

/// What the commission answers.
#[derive(Debug, Clone)]
pub struct Reponse {
    /// The sense.
    pub issue: Issue,
    /// Day it met.
    pub decide_le: NaiveDate,
    /// Law and fact.
    pub motifs: String,
    /// Answer to each argument.
    pub reponses: String,
    /// What follows, where the rules do not say it.
    pub suite: String,
    /// First name and name of who signs for it.
    pub signataire: String,
    /// Capacity.
    pub qualite: String,
}

/// Records the answer of the commission, freezes the document that notifies it, and, when the decision is undone, opens the
/// case again.
///
/// # Errors
/// A wrong field, the court that lacks, a refusal in words, [`ActionError::Perime`], the refusal of the database.
pub fn repondre(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    reponse: &Reponse,
) -> ActionResult<Issue> {
    let lu = charger(tx, scope, numero, version)?;
    let r = &lu.recours;
    let passage = transition(r.etat, Evenement::Repondre)?;
    verifier(acte, &lu, reponse)?;
    let motifs = motif(
        "motifs",
        &reponse.motifs,
        "Écrivez les motifs : la règle appliquée, et les faits au jour de la réponse.",
    )?;
    let reponses = motif(
        "reponses",
        &reponse.reponses,
        "Répondez à chaque argument du recours.",
    )?;
    let organes = organes(tx, route(r), &lu.service, r.kine_id)?;
    if reponse.issue.se_conteste() {
        tribunal_connu(&organes)?;
    }
    let dite = ce_qui_suit(acte, &lu, reponse)?;
    let document = CraDecision {
        numero: &r.numero,
        organes: &organes,
        reunie_le: reponse.decide_le,
        issue: reponse.issue,
        conteste: &lu.conteste.0,
        contestee_le: r.contestee_le,
        motifs,
        reponses,
        suite: dite.as_deref(),
        delai: Delai::Mois(acte.reglement.nombre("recours.delai", acte.jour())?),
        signature: Signature {
            nom: obligatoire(
                "signataire",
                &reponse.signataire,
                "Indiquez qui signe pour la commission.",
            )?,
            qualite: obligatoire("qualite", &reponse.qualite, "Indiquez sa qualité.")?,
            caisse: &lu.service.nom,
            le: reponse.decide_le,
            delegation: None,
            homologation: None,
        },
    }
    .document()
    .ok_or_else(|| ActionError::refus("Une réponse ne peut pas être écrite sans ses motifs."))?;
    let fige = en_json(&document)?;
    let empreinte = secret::sha256(fige.as_bytes());
    stockes::modifier(
        tx,
        r,
        &ChangementRecours {
            etat: Some(passage),
            echeance: Some((acte.jour(), super::notification::A_NOTIFIER)),
            propre: ChangementPropre {
                issue: Some(Some(reponse.issue)),
                decide_le: Some(reponse.decide_le),
                motifs: Some(motifs),
                reponses: Some(reponses),
                document: Some(&fige),
                empreinte: Some(&empreinte),
                tribunal_avant: Some(None),
                ..ChangementPropre::default()
            },
        },
    )?;
    let nature = NatureEcheance::ReponseCra;
    crate::db::echeance::clore(
        tx,
        r.id,
        nature,
        regles::echeance::EtatEcheance::Satisfaite,
        "Réponse rendue",
        acte.le(),
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet(r),
        Fait::RecoursRepondu {
            issue: reponse.issue,
            le: reponse.decide_le,
            texte: Some(motifs.to_owned()),
        },
    )?;
    notification::mettre_a_disposition(tx, acte, &lu)?;
    if reponse.issue.annule() {
        effet::appliquer(tx, acte, &lu)?;
    }
    Ok(reponse.issue)
}

fn verifier(acte: &Acte, lu: &RecoursComplet, reponse: &Reponse) -> ActionResult<()> {
    if !Issue::EXPRESSES.contains(&reponse.issue) {
        return Err(ActionError::champ(
            "issue",
            "Choisissez ce que la commission a décidé.",
        ));
    }
    let jour = acte.jour_a(lu.service.territoire()?);
    if reponse.decide_le < lu.recours.recu_le || reponse.decide_le > jour {
        return Err(ActionError::champ(
            "decide_le",
            format!(
                "Indiquez un jour entre la réception du recours, le {}, et aujourd’hui.",
                texte::date_fr(lu.recours.recu_le)
            ),
        ));
    }
    lisible("suite", &reponse.suite)
}

/// What follows from an annulment, for the letter: said by the rules, or by the agent where they say nothing.
fn ce_qui_suit(
    acte: &Acte,
    lu: &RecoursComplet,
    reponse: &Reponse,
) -> ActionResult<Option<String>> {
    if !reponse.issue.annule() {
        return Ok(None);
    }
    let ecrite = reponse.suite.trim();
    if !ecrite.is_empty() {
        return Ok(Some(ecrite.trim_end_matches('.').to_owned()));
    }
    Ok(Some(match suite(lu.recours.contestee) {
        Suite::RouvrirLaDemande => format!(
            "votre demande est examinée de nouveau, et nous vous répondrons {}",
            texte::au_plus_tard(effet::decider_avant(acte, lu)?)
        ),
        Suite::RouvrirLeDepart => "votre déclaration est examinée de nouveau".to_owned(),
        Suite::RendreLaPlace => "la place est de nouveau ouverte".to_owned(),
        Suite::ADecider => {
            return Err(ActionError::champ(
                "suite",
                "Dites ce qui suit de cette annulation : la personne le lira.",
            ));
        }
    }))
}

/// CSS R142-6: the commission did not answer in time: its silence is a rejection, which is stated and written. Returns
/// whether it was.
///
/// # Errors
/// No parameter in force, the refusal of the database.
pub fn constater(tx: &mut WriteTx<'_>, acte: &Acte, recours_id: i64) -> ActionResult<bool> {
    let numero = dossier::numero(tx, recours_id)?;
    let lu = stockes::charger(tx, &CpamScope::National, &numero)?;
    let r = &lu.recours;
    let nature = NatureEcheance::ReponseCra;
    let territoire = lu.service.territoire()?;
    let Some(delai) = crate::db::echeance::en_cours(tx, recours_id, nature)? else {
        return Ok(false);
    };
    let Ok(passage) = transition(r.etat, Evenement::Taire) else {
        return Ok(false);
    };
    if !jour_du_rejet(delai.finale, acte.jour_a(territoire)) {
        return Ok(false);
    }
    let tribunal_avant = tribunal_apres_silence(acte, r, delai.finale, territoire)?;
    stockes::modifier(
        tx,
        r,
        &ChangementRecours {
            etat: Some(passage),
            propre: ChangementPropre {
                issue: Some(Some(Issue::RejetImplicite)),
                decide_le: Some(delai.finale),
                tribunal_avant: Some(tribunal_avant),
                ..ChangementPropre::default()
            },
            ..ChangementRecours::default()
        },
    )?;
    echeance::annuler(
        tx,
        acte,
        recours_id,
        nature,
        "Délai écoulé sans réponse : rejet",
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet(r),
        Fait::RecoursTu {
            le: delai.finale,
            terme: tribunal_avant,
        },
    )?;
    let organes = organes(tx, route(r), &lu.service, r.kine_id)?;
    let lettre = RecoursRejeteParSilence {
        kine: &lu.kine.nom_complet(),
        numero: &r.numero,
        organes: &organes,
        le: delai.finale,
        tribunal_avant,
        contact: &lu.service.lignes(),
    }
    .lettre();
    let cle = format!("recours_silence:{recours_id}");
    courriel::envoyer(tx, acte, &cle, &destinataire(&lu), &lettre)?;
    Ok(true)
}

fn tribunal_apres_silence(
    acte: &Acte,
    r: &Recours,
    dernier: NaiveDate,
    territoire: regles::calendrier::Territoire,
) -> ActionResult<Option<NaiveDate>> {
    let accuse = match r.accuse_le {
        Some(_) => Accuse::Envoye,
        None => Accuse::Manquant,
    };
    Ok(terme_du_tribunal(
        &acte.reglement,
        dernier,
        accuse,
        territoire,
    )?)
}
