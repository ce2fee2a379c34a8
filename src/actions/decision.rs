//! PRO-5: a decision is proposed by who instructs, taken by another person who signs.

mod apercu;
mod correction;
mod document;
mod effets;
mod notification;
mod proposition;
mod retour;
mod signataire;

pub use apercu::{Apercu, apercu, sous_quoi};
pub use correction::corriger;
pub use document::{Signataire, lettre_a_signer, projeter};
pub(in crate::actions) use effets::installation as ouvrir_l_installation;
pub use notification::{Suivi, constater, constater_les_raisons, ouvrir_par_le_demandeur, suivre};
pub(in crate::actions) use notification::{controler as controler_l_envoi, deposer};
pub use proposition::{Proposition, proposer};
pub use retour::{renvoyer, reprendre};
pub use signataire::{controler_la_lettre, signataire, titre_pour};

use regles::conventionnement::ResultatConventionnement;
use regles::decision::{EtatDecision, ModeNotification};
use regles::demande::{Evenement, Fondement, Sens};
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::geste;
use regles::grand_livre::EtatPlace;
use regles::liste_pieces::Manques;
use regles::motivation;
use regles::passage::Passage;
use regles::silence;

use super::depart::en_json;
use super::dossier::{objet, suivant};
use super::ecrit::Emission;
use super::evaluation::{EvaluationDemande, evaluer_demande};
use super::piece::liste;
use super::{
    Acte, ActionError, ActionResult, echeance, ecrit, generales, installation, parametre, recours,
    tracer,
};
use crate::db::decision::{self, Decision, Signature};
use crate::db::demande::{self, ChangementDemande, DemandeComplete};

use crate::db::place::{self, Place};
use crate::db::signature::{self, NouvelleSignature};
use crate::db::{CpamScope, WriteTx, demande_etat};
use document::Portee;
use signataire::controler_signataire;

/// What is due on a request that is decided and not notified, in its column `echeance_nature`.
pub const A_NOTIFIER: &str = "notification";

/// What a grant would rest on, from what the rules say.
///
/// # Errors
/// A sentence that says what is missing or what does not hold.
fn fondement_de_l_accord(evaluation: &EvaluationDemande) -> ActionResult<Fondement> {
    use ResultatConventionnement as R;
    match evaluation.conclusion.resultat {
        R::HorsRegulation => Ok(Fondement::HorsRegulation),
        R::AccordableSuccession => Ok(Fondement::Succession),
        R::AccordableDerogation => Ok(Fondement::Derogation),
        R::NonAccordable => {
            let raisons: Vec<String> = evaluation
                .conclusion
                .explication
                .non_remplies()
                .map(|e| e.libelle.to_string())
                .collect();
            Err(ActionError::champ(
                "sens",
                format!(
                    "Un accord n’est pas possible : les conditions ne sont pas remplies. {}.",
                    raisons.join(" ; ")
                ),
            ))
        }
        R::Incomplet => Err(ActionError::champ(
            "sens",
            match &evaluation.zone {
                Err(raison) => format!("Un accord n’est pas possible : {raison}."),
                Ok(_) => format!(
                    "Un accord n’est pas possible : il manque {} pour conclure.",
                    regles::texte::faits(&evaluation.conclusion.manquants)
                ),
            },
        )),
    }
}

/// Takes the decision that was proposed. The rules are applied again that very day (ZON-10), and what they
/// say is stored with the decision, which never changes afterwards (EXP-2). A grant of a succession takes
/// the place: one departure, one arrival, held by the database (REG-2). `qualite`: capacity of the signatory.
/// Deciding twice in a row decides once.
///
/// # Errors
/// [`ActionError::Perime`]; a refusal in words: the same person instructed (PRO-5), the place is taken,
/// the rules no longer allow it; the refusal of the database.
pub fn decider(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    qualite: &str,
) -> ActionResult<Sens> {
    let dossier = demande_etat::charger(tx, scope, numero)?;
    let d = &dossier.demande;
    let active = decision::active(tx, d.id)?;
    let deja_prise = active.as_ref().filter(|a| {
        a.etat == EtatDecision::Decidee
            && a.decidee_par == acte.acteur.id
            && d.version == version + 1
    });
    if let Some(prise) = deja_prise {
        return Ok(prise.sens);
    }
    if d.version != version {
        return Err(ActionError::Perime);
    }
    let proposee = active
        .ok_or_else(|| ActionError::refus("Aucune décision n’est proposée sur cette demande."))?;
    let prise = regles::decision::transition(proposee.etat, regles::decision::Evenement::Signer)?;
    let signataire_id = controler_signataire(acte, &dossier, &proposee, qualite)?;
    let sous = titre_pour(tx, acte, &d.caisse_code, &proposee, signataire_id)?;
    let choisi = signature::moyen(tx, &d.caisse_code)?;
    let (moyen, homologation) = choisi.le(acte.jour());
    let evenement = match proposee.sens {
        Sens::Accord => Evenement::Accorder,
        Sens::Refus => {
            motivation::en_droit_et_en_fait(&proposee.motifs)?;
            Evenement::Refuser
        }
    };
    let etat = suivant(&dossier, evenement)?;
    silence::decider(d.silence(), proposee.sens)?;
    if proposee.sens == Sens::Accord {
        let lignes = liste::de_la_demande(tx, &acte.reglement, d)?;
        let manques = Manques::de(&lignes);
        geste::indispensables(&manques)?;
        geste::generales(&generales::bloquantes(
            &acte.reglement,
            d,
            &lignes,
            acte.jour(),
        )?)?;
    }
    let reservation = place_de_la_succession(tx, &dossier, proposee.sens)?;
    if proposee.sens == Sens::Accord && proposee.malgre_recours.is_none() {
        sans_recours(tx, &dossier)?;
    }
    let evaluation = evaluer_demande(tx, &acte.reglement, d, acte.jour())?;
    let categorie = controler_regles(&proposee, &evaluation)?;
    let portee = Portee::de(tx, acte, &dossier, &proposee, &evaluation)?;
    let (effet, reserve) = (portee.effet, &portee.reserve);
    if reserve
        .as_ref()
        .is_some_and(|r| r.au_plus_tard <= acte.jour())
    {
        return Err(ActionError::refus(
            "Le dernier jour de la condition de cet accord est passé : renvoyez le dossier à l’instruction.",
        ));
    }
    let ecrit = (&evaluation, &portee);
    let par = Signataire::new(qualite, Some(&sous), homologation);
    let fige = document::figer(tx, acte, &dossier, &proposee, ecrit, &par)?;
    let version_reglement = parametre::conserver(tx, acte)?;
    // CRPA L114-5-1: it takes effect once they are there.
    let attendues = match portee.attendues.is_empty() {
        true => None,
        false => Some(en_json(&portee.attendues)?),
    };
    demande::modifier(
        tx,
        d.id,
        version,
        &ChangementDemande {
            etat: Some(etat),
            reserve_au: reserve.as_ref().map(|r| r.au_plus_tard),
            pieces_attendues: attendues.as_deref(),
            ..ChangementDemande::default()
        },
    )?;
    decision::signer(
        tx,
        proposee.id,
        prise,
        &Signature {
            decidee_par: signataire_id,
            decidee_le: acte.le(),
            signataire: &acte.acteur.nom,
            qualite,
            effet: (proposee.sens == Sens::Accord).then_some(effet),
            categorie,
            faits: &en_json(&evaluation.faits)?,
            resultat: evaluation.conclusion.resultat.as_str(),
            explication: &en_json(&evaluation.explication)?,
            parametres: &version_reglement,
            document: &fige.texte,
            empreinte: &fige.empreinte,
        },
    )?;
    let emission = Emission {
        dossier_id: d.id,
        objet: objet(&dossier),
        decision_id: Some(proposee.id),
        cle: &format!("decision:{}", proposee.id),
        code: None,
    };
    ecrit::emettre(tx, acte, emission, &fige)?;
    signature::inscrire(
        tx,
        &NouvelleSignature {
            decision_id: proposee.id,
            moyen,
            delegation_id: sous.id,
            reference: homologation,
        },
    )?;
    for nature in [
        NatureEcheance::DecisionImplicite,
        NatureEcheance::DecisionApresAvis,
        NatureEcheance::Reexamen,
    ] {
        echeance::satisfaire(tx, acte, d.id, nature, "Décision prise")?;
    }
    echeance::annuler_sans_objet(tx, acte, d.id, etat.vers(), "Décision prise")?;
    if let Some(reserve) = reserve {
        installation::attendre_la_reserve(tx, acte, &dossier, reserve)?;
    }
    demande_etat::echeance_sans_delai(tx, d.id, acte.jour(), A_NOTIFIER)?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        match proposee.sens {
            Sens::Accord => Fait::DemandeAccordee {
                fondement: proposee.fondement,
                resultat: evaluation.conclusion.resultat,
                categorie,
                parametres: version_reglement.clone(),
                reserve_au: reserve.as_ref().map(|r| r.au_plus_tard),
                qualite: Some(qualite.to_owned()),
            },
            Sens::Refus => Fait::DemandeRefusee {
                fondement: proposee.fondement,
                resultat: evaluation.conclusion.resultat,
                categorie,
                parametres: version_reglement.clone(),
                qualite: Some(qualite.to_owned()),
            },
        },
    )?;
    if let Some((place, passage)) = reservation {
        reserver(tx, acte, &dossier, &place, passage)?;
    }
    // A letter that a hand signs first waits for it.
    if regles::signature::notifier(moyen, ModeNotification::Portail, false).is_ok() {
        deposer(tx, acte, &dossier, Some(proposee.id))?;
    }
    Ok(proposee.sens)
}

/// REG-2: the place of a succession about to be granted is still free.
fn place_de_la_succession(
    tx: &mut WriteTx<'_>,
    dossier: &DemandeComplete,
    sens: Sens,
) -> ActionResult<Option<(Place, Passage<EtatPlace>)>> {
    let Some(place_id) = dossier.demande.place_id.filter(|_| sens == Sens::Accord) else {
        return Ok(None);
    };
    place::verrouiller(tx, place_id)?;
    let place = place::par_id(tx, place_id)?;
    let passage = regles::place::transition(place.etat, regles::place::Evenement::Reserver)?;
    Ok(Some((place, passage)))
}

/// PRO-9: no appeal was filed on the place since the grant was proposed without a word of one.
fn sans_recours(tx: &mut WriteTx<'_>, dossier: &DemandeComplete) -> ActionResult<()> {
    let d = &dossier.demande;
    match recours::sur_la_place_d_une_demande(tx, d.place_id, d.id)?.first() {
        None => Ok(()),
        Some(r) => Err(ActionError::refus(format!(
            "Depuis la proposition, le recours {} a été formé sur cette place : renvoyez le dossier à l’instruction, qui dira \
             pourquoi l’accorder sans en attendre la fin.",
            r.numero
        ))),
    }
}

/// The rules say today what they said when the decision was proposed.
fn controler_regles(
    proposee: &Decision,
    evaluation: &EvaluationDemande,
) -> ActionResult<regles::zonage::Categorie> {
    let categorie = evaluation.categorie().ok_or_else(|| {
        ActionError::refus(format!(
            "La zone ne peut pas être établie aujourd’hui : {}.",
            evaluation.zone.as_ref().err().map_or("", String::as_str)
        ))
    })?;
    if proposee.sens == Sens::Accord
        && fondement_de_l_accord(evaluation).ok() != Some(proposee.fondement)
    {
        return Err(ActionError::refus(format!(
            "Depuis la proposition, les faits ou les règles ont changé : l’évaluation du jour est « {} ». \
             Renvoyez le dossier à l’instruction.",
            evaluation.conclusion.resultat
        )));
    }
    Ok(categorie)
}

fn reserver(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier: &DemandeComplete,
    place: &Place,
    passage: Passage<EtatPlace>,
) -> ActionResult<()> {
    place::passer(tx, place, passage)?;
    echeance::satisfaire(
        tx,
        acte,
        place.id,
        NatureEcheance::DesignationSuccesseur,
        "Successeur désigné : sa demande suit son cours",
    )?;
    tracer(
        tx,
        &acte.acteur,
        super::Objet::dossier(&place.caisse_code, place.id),
        Fait::PlaceReservee {
            demande: dossier.demande.numero.clone(),
            avant: passage.de(),
            apres: passage.vers(),
            personne: dossier.kine.nom_complet(),
        },
    )?;
    Ok(())
}
