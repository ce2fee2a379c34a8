//! The commission's opinion on a departure below the floor of acts (REG-4).

use courriers::Courrier;
use courriers::depart::Suite;
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::geste;
use regles::grand_livre::EtatPlace;
use regles::place::{AvisSousSeuil, Evenement, FaitsPlace, transition};

use super::decompte::{contestation, provisoire, sans_objet};
use super::{en_json, etat_de_la_place, evaluee, fin, objet, ouvrir_delai, territoire};
use crate::actions::evaluation::{evaluer_depart, faits_du_depart};
use crate::actions::{Acte, ActionError, ActionResult, cedant, echeance, parametre, tracer};
use crate::db::dossier;
use crate::db::place::PlaceDite;
use crate::db::{CpamScope, WriteTx, depart, place};

/// Records the opinion of the commission on a departure below the floor of acts (REG-4): favourable, the
/// place opens and its delay begins; unfavourable, it cannot be transmitted.
///
/// # Errors
/// A refusal in words when the place is not to be examined, the refusal of the database.
pub fn noter_avis(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    depart_id: i64,
    avis: AvisSousSeuil,
) -> ActionResult<EtatPlace> {
    dossier::verrouiller(tx, depart_id)?;
    let depart = depart::complete(tx, scope, depart_id)?;
    let lue = place::de_depart(tx, depart_id)?;
    let possible = geste::avis_de_la_place(lue.as_ref().map(|p| p.etat));
    // The same form sent twice.
    if let (Err(_), Some(place)) = (&possible, &lue)
        && place.avis_cpd.as_deref() == Some(avis.as_str())
    {
        return Ok(place.etat);
    }
    possible?;
    geste::avis_defavorable(
        avis,
        contestation(acte, &depart, lue.as_ref())?,
        provisoire(&depart.depart),
    )?;
    let place = lue.ok_or(crate::db::DbError::Introuvable)?;
    let territoire = territoire(&depart)?;
    let faits = FaitsPlace {
        avis_cpd_sous_seuil: Some(avis),
        charte: fin::charte(tx, acte, &place.caisse_code)?,
        ..faits_du_depart(&depart.depart, territoire)
    };
    let conclusion = evaluer_depart(&acte.reglement, &faits, &depart.depart, acte.jour())?;
    let etat = etat_de_la_place(&conclusion)?
        .ok_or_else(|| ActionError::Regle("la zone d’une place n’est plus régulée".to_owned()))?;
    let passage = transition(place.etat, Evenement::RendreAvis(etat))?;
    let version_reglement = parametre::conserver(tx, acte)?;
    place::noter_avis(
        tx,
        &place,
        avis.as_str(),
        passage,
        &PlaceDite {
            limite_designation: conclusion.valeurs.limite_designation,
            explication: &en_json(&conclusion.explication)?,
            faits: &evaluee(acte, &faits, &conclusion)?,
            parametres: &version_reglement,
        },
    )?;
    let rendu = "Avis enregistré";
    echeance::satisfaire(tx, acte, place.id, NatureEcheance::AvisPlace, rendu)?;
    sans_objet(tx, acte, place.id)?;
    if etat == EtatPlace::Ouverte {
        ouvrir_delai(tx, acte, &depart, place.id, territoire)?;
    }
    tracer(
        tx,
        &acte.acteur,
        objet(&depart),
        Fait::PlaceAvisCpd {
            avis,
            etat,
            faits,
            terme_designation: conclusion.valeurs.limite_designation,
            parametres: version_reglement,
        },
    )?;
    let lettre = courriers::depart::PlaceAvis {
        kine: &depart.kine.nom_complet(),
        contact: &depart.service.lignes(),
        commune: &depart.commune,
        avis: avis.libelle(),
        suite: Suite {
            etat: Some(etat),
            conclusion: &conclusion,
        },
    }
    .lettre();
    cedant::ecrire(
        tx,
        acte,
        &format!("place_avis:{}", place.id),
        &depart,
        lettre,
    )?;
    Ok(etat)
}
