//! The proposal: checked against what the rules say, with its reasons; and its way back from the signatory.

use chrono::NaiveDate;
use courriers::Courrier;
use regles::conventionnement::AvisCpd;
use regles::decision::EtatDecision;
use regles::demande::{EtatDemande, Fondement, Sens};
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::geste;
use regles::identite::AVANT_LA_PLACE;
use regles::motivation;
use regles::preference::Sujet;
use regles::refus::Refus;
use regles::reserve::Reserve;
use regles::silence;

use super::fondement_de_l_accord;
use crate::actions::depart::en_json;
use crate::actions::dossier::{lisible, motif, objet, obligatoire, ouvrir};
use crate::actions::evaluation::{EvaluationDemande, evaluer_demande};
use crate::actions::piece::liste;
use crate::actions::{
    Acte, ActionError, ActionResult, echeance, nouveaute, parametre, recours, tracer,
};
use crate::db::decision::{self, NouvelleDecision};
use crate::db::demande::{self, ChangementDemande, Demande, DemandeComplete};
use crate::db::{CpamScope, WriteTx, identite, rappel};

/// What the handler proposes to the signatory.
#[derive(Debug, Clone)]
pub struct Proposition {
    /// Grant or refusal.
    pub sens: Sens,
    /// Reasons in law and in fact; may be empty for a grant, which the rules then explain by themselves.
    pub motifs: String,
    /// PRO-5: why the decision departs from the opinion of the commission.
    pub ecart: String,
    /// REG-17: the condition of a grant.
    pub reserve: Option<Reserve>,
    /// PRO-9: why the place is granted although an appeal runs on it.
    pub malgre_recours: String,
}

/// Fewest characters of the reasons of a refusal: «Sans objet» states neither law nor fact.
const MOTIFS_MIN: usize = 40;

/// Proposes a decision. A grant must be one that the rules allow, over a file that has what is indispensable (PRO-3); a
/// refusal may rest on its absence; it states its reasons in law and in
/// fact; departing from the commission's opinion has to be explained (PRO-5).
///
/// # Errors
/// A wrong field, [`ActionError::Perime`], a refusal in words, the refusal of the database.
pub fn proposer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    proposition: &Proposition,
) -> ActionResult<()> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    let d = &dossier.demande;
    let manques = liste::manques(tx, &acte.reglement, d)?;
    let fin = crate::db::echeance::en_cours(tx, d.id, NatureEcheance::Pieces)?.map(|e| e.finale);
    let etat = geste::proposer(d.etat, proposition.sens, &manques, fin, acte.jour())
        .map_err(|refus| non_proposable(d.etat, refus))?;
    silence::decider(d.silence(), proposition.sens)?;
    let evaluation = evaluer_demande(tx, &acte.reglement, d, acte.jour())?;
    let (fondement, motifs) = match proposition.sens {
        Sens::Accord => {
            let fondement = fondement_de_l_accord(&evaluation)?;
            // A place goes to a person, and a RPPS is a public number.
            if d.place_id.is_some() && !identite::verifiee(tx, d.kine_id)? {
                return Err(ActionError::refus(AVANT_LA_PLACE));
            }
            lisible("motifs", &proposition.motifs)?;
            let ecrits = proposition.motifs.trim();
            let motifs = match &proposition.reserve {
                None => motifs_de_l_accord(&evaluation, ecrits),
                Some(reserve) => {
                    verifier_la_reserve(reserve, acte.jour())?;
                    motifs_ecrits(ecrits, SOUS_RESERVE)?
                }
            };
            (fondement, motifs)
        }
        Sens::Refus => {
            if proposition.reserve.is_some() {
                return Err(ActionError::champ(
                    "reserve_condition",
                    "Un refus ne dépend d’aucune condition : effacez-la, ou proposez un accord.",
                ));
            }
            let motifs = motifs_ecrits(&proposition.motifs, REFUS)?;
            motivation::en_droit_et_en_fait(&motifs)
                .map_err(|refus| ActionError::champ("motifs", refus.to_string()))?;
            (Fondement::Refus, motifs)
        }
    };
    let ecart = if doit_motiver_l_ecart(d, &evaluation, proposition.sens) {
        Some(motif(
            "ecart",
            &proposition.ecart,
            "La décision s’écarte de l’avis de la commission : expliquez pourquoi.",
        )?)
    } else {
        lisible("ecart", &proposition.ecart)?;
        Some(proposition.ecart.trim()).filter(|e| !e.is_empty())
    };
    let malgre_recours = malgre_le_recours(tx, d, proposition)?;
    let categorie = evaluation.categorie().ok_or_else(|| {
        ActionError::refus(format!(
            "La zone ne peut pas être établie : {}.",
            evaluation.zone.as_ref().err().map_or("", String::as_str)
        ))
    })?;
    let auteur = acte.acteur.id.ok_or_else(|| {
        ActionError::refus("Le logiciel ne propose pas de décision par lui-même.")
    })?;
    demande::modifier(
        tx,
        d.id,
        version,
        &ChangementDemande {
            etat: Some(etat),
            assigne_a: Some(d.assigne_a.or(acte.acteur.id)),
            renvoi: Some(None),
            ..ChangementDemande::default()
        },
    )?;
    // A refusal for want of documents: nothing is awaited any more.
    echeance::annuler_sans_objet(tx, acte, d.id, etat.vers(), "Refus proposé")?;
    echeance::reprendre(tx, acte, d.id)?;
    let version_reglement = parametre::conserver(tx, acte)?;
    let reserve = proposition.reserve.as_ref().map(en_json).transpose()?;
    let id = decision::proposer(
        tx,
        &NouvelleDecision {
            dossier_id: d.id,
            sens: proposition.sens,
            fondement,
            motifs: &motifs,
            ecart_motive: ecart,
            reserve: reserve.as_deref(),
            malgre_recours,
            categorie,
            faits: &en_json(&evaluation.faits)?,
            resultat: evaluation.conclusion.resultat.as_str(),
            explication: &en_json(&evaluation.explication)?,
            parametres: &version_reglement,
            etat: EtatDecision::DEBUT,
            proposee_par: auteur,
            proposee_le: acte.le(),
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::DecisionProposee {
            sens: proposition.sens,
            fondement,
            resultat: evaluation.conclusion.resultat,
            reserve_au: proposition.reserve.as_ref().map(|r| r.au_plus_tard),
            motifs: Some(motifs),
            ecart: ecart.map(str::to_owned),
        },
    )?;
    prevenir_qui_signe(tx, acte, &dossier, id)
}

/// PRO-9: a place on which an appeal runs is not granted silently: the proposal says why.
fn malgre_le_recours<'a>(
    tx: &mut WriteTx<'_>,
    d: &Demande,
    proposition: &'a Proposition,
) -> ActionResult<Option<&'a str>> {
    if proposition.sens == Sens::Refus {
        return Ok(None);
    }
    let en_cours = recours::sur_la_place_d_une_demande(tx, d.place_id, d.id)?;
    if en_cours.is_empty() {
        return Ok(None);
    }
    let dite = motif(
        "malgre_recours",
        &proposition.malgre_recours,
        "Un recours est en cours sur cette place : dites pourquoi l’accorder sans en attendre la fin.",
    )?;
    Ok(Some(dite))
}

/// Tells those who sign that a decision waits, but for who proposes it: nobody signs what they proposed.
fn prevenir_qui_signe(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier: &DemandeComplete,
    decision: i64,
) -> ActionResult<()> {
    let signataires = rappel::signataires(tx, &dossier.service.code, acte.jour())?;
    for (compte, nom) in signataires {
        if Some(compte) == acte.acteur.id {
            continue;
        }
        let lettre = courriers::suivi::DecisionASigner {
            agent: &nom,
            par: &acte.acteur.nom,
            numero: &dossier.demande.numero,
        }
        .lettre();
        let cle = format!("a_signer:{decision}:{compte}");
        nouveaute::a_un_compte(tx, acte, (compte, Sujet::ASigner), &cle, &lettre)?;
    }
    Ok(())
}

/// A file that is complete is told beside the answer chosen; any other one, at once.
fn non_proposable(etat: EtatDemande, refus: Refus) -> ActionError {
    match etat {
        EtatDemande::Complete => ActionError::champ("sens", refus.phrase()),
        _ => refus.into(),
    }
}

fn motifs_de_l_accord(evaluation: &EvaluationDemande, ecrits: &str) -> String {
    if ecrits.is_empty() {
        format!(
            "D’après les règles, la demande est {}.",
            evaluation.conclusion.resultat
        )
    } else {
        ecrits.to_owned()
    }
}

const REFUS: &str = "Un refus énonce ses motifs : la règle appliquée et les faits du dossier (CRPA, article L211-5).";
const SOUS_RESERVE: &str = "Un accord sous réserve énonce ses motifs : pourquoi cette condition, au vu des faits du dossier (CRPA, article L211-2).";

/// REG-17: a condition that can be met, and proved.
fn verifier_la_reserve(reserve: &Reserve, jour: NaiveDate) -> ActionResult<()> {
    obligatoire(
        "reserve_condition",
        &reserve.condition,
        "Écrivez la condition : elle figure dans la décision.",
    )?;
    obligatoire(
        "reserve_preuve",
        &reserve.preuve,
        "Écrivez ce qui prouve que la condition est remplie.",
    )?;
    lisible("reserve_condition", &reserve.condition)?;
    lisible("reserve_preuve", &reserve.preuve)?;
    if reserve.au_plus_tard <= jour {
        return Err(ActionError::champ(
            "reserve_au",
            "Le dernier jour de la condition doit être à venir.",
        ));
    }
    Ok(())
}

fn motifs_ecrits(ecrits: &str, pourquoi: &str) -> ActionResult<String> {
    let ecrits = motif("motifs", ecrits, pourquoi)?;
    if ecrits.chars().count() < MOTIFS_MIN {
        return Err(ActionError::champ(
            "motifs",
            "Ces motifs sont trop courts : énoncez la règle appliquée et les faits du dossier (CRPA, article L211-5).",
        ));
    }
    Ok(ecrits.to_owned())
}

/// PRO-5: whether the decision departs from what the commission advised: it then says why, whatever
/// `decision.ecart_avis` asks for besides.
fn doit_motiver_l_ecart(demande: &Demande, evaluation: &EvaluationDemande, sens: Sens) -> bool {
    match sens {
        Sens::Accord => evaluation.conclusion.valeurs.motiver_ecart == Some(true),
        Sens::Refus => demande.derogation_avis_cpd == Some(AvisCpd::Favorable),
    }
}
