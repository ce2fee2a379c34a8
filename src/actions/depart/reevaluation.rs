//! A fact of a confirmed departure was corrected: what its place is worth is said again (REG-3, REG-5).

use regles::echeance::NatureEcheance;
use regles::grand_livre::EtatPlace;
use regles::place::{ConclusionPlace, Evenement, FaitsPlace, transition};

use super::decompte::sans_objet;
use super::{en_json, etat_de_la_place, evaluee, fin, ouvrir_delai, territoire};
use crate::actions::evaluation::{evaluer_depart, faits_du_depart};
use crate::actions::{Acte, ActionError, ActionResult, echeance, parametre};
use crate::db::depart::DepartComplet;

use crate::db::place::PlaceDite;
use crate::db::{DbError, WriteTx, demande, designation, place};

/// Applies the rules again to the place of a departure that was corrected, and moves its delay. Returns what they say of it;
/// none when the departure opened no place.
///
/// # Errors
/// A refusal when somebody relies on what the place is, the refusal of the database.
pub(in crate::actions) fn reevaluer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    depart: &DepartComplet,
) -> ActionResult<Option<(EtatPlace, ConclusionPlace)>> {
    let Some(lue) = place::de_depart(tx, depart.depart.id)? else {
        // REG-10: outside the regulated zones nothing rests on these facts.
        return Ok(None);
    };
    place::verrouiller(tx, lue.id)?;
    // Said before the rules are applied again: what somebody relies on is not evaluated any more.
    transition(lue.etat, Evenement::Reevaluer(lue.etat))?;
    let territoire = territoire(depart)?;
    let avis = lue
        .avis_cpd
        .as_deref()
        .map(str::parse)
        .transpose()
        .map_err(DbError::Incoherent)?;
    let faits = FaitsPlace {
        avis_cpd_sous_seuil: avis,
        charte: fin::charte(tx, acte, &lue.caisse_code)?,
        ..faits_du_depart(&depart.depart, territoire)
    };
    let conclusion = evaluer_depart(&acte.reglement, &faits, &depart.depart, acte.jour())?;
    let etat = etat_de_la_place(&conclusion)?
        .ok_or_else(|| ActionError::Regle("la zone d’une place n’est plus régulée".to_owned()))?;
    let passage = transition(lue.etat, Evenement::Reevaluer(etat))?;
    let attendue = designation::active(tx, lue.id)?.is_some()
        || demande::de_place(tx, lue.id)?
            .iter()
            .any(|d| d.etat.en_cours());
    if etat != lue.etat && attendue {
        return Err(ActionError::refus(format!(
            "Avec ces données la place serait à l’état « {} » ; un successeur y est désigné ou y a déposé une demande. \
             Traitez d’abord cette désignation ou cette demande.",
            etat.libelle()
        )));
    }
    let parametres = parametre::conserver(tx, acte)?;
    place::reevaluer(
        tx,
        &lue,
        passage,
        &PlaceDite {
            limite_designation: conclusion.valeurs.limite_designation,
            explication: &en_json(&conclusion.explication)?,
            faits: &evaluee(acte, &faits, &conclusion)?,
            parametres: &parametres,
        },
    )?;
    if etat != EtatPlace::AExaminer {
        let fin = "Données du départ corrigées";
        echeance::annuler(tx, acte, lue.id, NatureEcheance::AvisPlace, fin)?;
        sans_objet(tx, acte, lue.id)?;
    }
    if etat == EtatPlace::Ouverte {
        ouvrir_delai(tx, acte, depart, lue.id, territoire)?;
    } else {
        let (porteur, nature) = (lue.id, NatureEcheance::DesignationSuccesseur);
        echeance::annuler(tx, acte, porteur, nature, "Données du départ corrigées")?;
    }
    Ok(Some((etat, conclusion)))
}
