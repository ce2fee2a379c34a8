//! After a grant: the installation fills the place; the six months over, the grant lapses (REG-9).

mod preuve;
mod reserve;

pub(super) use preuve::rouvrir;
pub(super) use reserve::attendre_la_reserve;
pub use reserve::{lever, preuves};

use chrono::NaiveDate;
use courriers::Courrier;
use regles::demande::Evenement;
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::geste;
use regles::reserve::redevient_designable;
use regles::texte;

use super::depart::finir;
use super::dossier::{entete, objet, ouvrir, suivant, territoire};
use super::{Acte, ActionError, ActionResult, Objet, cedant, courriel, echeance, tracer};
use crate::db::decision;
use crate::db::demande::{self, ChangementDemande, Demande, DemandeComplete};
use crate::db::designation;
use crate::db::place::{self, Place};
use crate::db::{CpamScope, DbError, WriteTx, demande_etat, depart};

/// Records the installation: the place of a succession is filled (REG-2).
///
/// # Errors
/// A wrong date (before the notification, in the future, past the six months when the grant lapses then),
/// [`ActionError::Perime`], a refusal in words, the refusal of the database.
pub fn installer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    le: NaiveDate,
) -> ActionResult<()> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    let d = &dossier.demande;
    let (etat, notifiee) = geste::installer(d.etat, d.notifiee_le, d.reserve())?;
    controler_date(tx, acte, d, notifiee, le)?;
    demande::modifier(
        tx,
        d.id,
        version,
        &ChangementDemande {
            etat: Some(etat),
            installee_le: Some(le),
            ..ChangementDemande::default()
        },
    )?;
    echeance::satisfaire(
        tx,
        acte,
        d.id,
        NatureEcheance::Installation,
        "Installation enregistrée",
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::DemandeInstallee { installee_le: le },
    )?;
    let message = courriers::demande::InstallationEnregistree {
        dossier: entete(&dossier),
        commune: &dossier.commune,
        le,
    }
    .lettre();
    courriel::au_demandeur(
        tx,
        acte,
        &format!("installation:{}", d.id),
        &dossier,
        &message,
    )?;
    match d.place_id {
        Some(place_id) => pourvoir(tx, acte, &dossier, place_id, le),
        None => Ok(()),
    }
}

fn controler_date(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    d: &Demande,
    notifiee: NaiveDate,
    le: NaiveDate,
) -> ActionResult<()> {
    if le < notifiee {
        return Err(ActionError::champ(
            "date",
            format!(
                "L’installation ne peut pas précéder l’effet de l’accord, le {}.",
                texte::date_fr(notifiee)
            ),
        ));
    }
    if le > acte.jour() {
        return Err(ActionError::champ(
            "date",
            "La date d’installation est dans le futur : enregistrez-la quand elle aura commencé.",
        ));
    }
    let limite =
        crate::db::echeance::en_cours(tx, d.id, NatureEcheance::Installation)?.map(|e| e.finale);
    let caduque = acte
        .reglement
        .texte("installation.hors_delai", acte.jour())?
        == "caduque";
    match limite {
        Some(limite) if le > limite && caduque => Err(ActionError::champ(
            "date",
            format!(
                "L’installation devait commencer au plus tard le {} (inclus) : passé ce jour, l’accord est sans effet (caduc).",
                texte::date_longue(limite)
            ),
        )),
        _ => Ok(()),
    }
}

fn pourvoir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier: &DemandeComplete,
    place_id: i64,
    le: NaiveDate,
) -> ActionResult<()> {
    let place = place::par_id(tx, place_id)?;
    let passage = regles::place::transition(place.etat, regles::place::Evenement::Pourvoir)
        .map_err(|_| {
            DbError::Incoherent(format!(
                "place {place_id} à l’état {} sous une demande accordée",
                place.etat.as_str()
            ))
        })?;
    place::passer(tx, &place, passage)?;
    let depart = depart::complete(tx, &CpamScope::National, place.depart_id)?;
    tracer(
        tx,
        &acte.acteur,
        objet_de_la_place(&place),
        Fait::PlacePourvue {
            demande: dossier.demande.numero.clone(),
            le,
            personne: dossier.kine.nom_complet(),
        },
    )?;
    let lettre = courriers::depart::PlacePourvue {
        kine: &depart.kine.nom_complet(),
        contact: &depart.service.lignes(),
        commune: &depart.commune,
        successeur: &dossier.kine.nom_complet(),
        le,
    }
    .lettre();
    cedant::ecrire(
        tx,
        acte,
        &format!("place_pourvue:{place_id}"),
        &depart,
        lettre,
    )
}

/// Records that the six months passed without installation (REG-9), or that the condition was not met (REG-17): the grant
/// lapses, and the place may be designated again if its two years are not over, or lapses too. Nothing happens when the
/// request is no longer granted, was not notified, or still has time. Returns whether it lapsed.
pub fn constater_caducite(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    demande_id: i64,
) -> ActionResult<bool> {
    let numero = crate::db::dossier::numero(tx, demande_id)?;
    let dossier = demande_etat::charger(tx, &CpamScope::National, &numero)?;
    // REG-17: a grant whose condition is unmet lapses with it.
    let nature = match dossier.demande.sous_reserve() {
        true => NatureEcheance::ReserveAccord,
        false => NatureEcheance::Installation,
    };
    let limite = crate::db::echeance::en_cours(tx, demande_id, nature)?;
    let jour = acte.jour_a(territoire(&dossier)?);
    let Some(limite) = limite.map(|e| e.finale).filter(|l| jour > *l) else {
        return Ok(false);
    };
    let hors_delai = acte
        .reglement
        .texte("installation.hors_delai", acte.jour())?;
    if nature == NatureEcheance::Installation && hors_delai != "caduque" {
        return Ok(false);
    }
    let Ok(etat) = suivant(&dossier, Evenement::ConstaterCaducite) else {
        return Ok(false);
    };
    demande::modifier(
        tx,
        demande_id,
        dossier.demande.version,
        &ChangementDemande {
            etat: Some(etat),
            ..ChangementDemande::default()
        },
    )?;
    echeance::annuler_sans_objet(tx, acte, demande_id, etat.vers(), "Accord caduc")?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::DemandeCaduque {
            limite,
            nature: Some(nature),
        },
    )?;
    let reserve = match dossier.demande.sous_reserve() {
        true => decision::active(tx, demande_id)?,
        false => None,
    };
    let message = match reserve.map(|d| d.reserve()).transpose()?.flatten() {
        Some(reserve) => courriers::decision::ReserveDefaillie {
            dossier: entete(&dossier),
            reserve: &reserve,
        }
        .lettre(),
        None => courriers::demande::DemandeCaduque {
            dossier: entete(&dossier),
            limite,
        }
        .lettre(),
    };
    courriel::au_demandeur(
        tx,
        acte,
        &format!("demande_caduque:{demande_id}"),
        &dossier,
        &message,
    )?;
    if let Some(place_id) = dossier.demande.place_id {
        liberer(tx, acte, &dossier, place_id, limite)?;
    }
    Ok(true)
}

/// The place of a grant that lapsed after `limite`: open again while its two years run, lapsed otherwise.
fn liberer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier: &DemandeComplete,
    place_id: i64,
    limite: NaiveDate,
) -> ActionResult<()> {
    let place = place::par_id(tx, place_id)?;
    if let Some(d) = designation::active(tx, place_id)? {
        // Otherwise the place would keep a successor who did not come, and never lapse.
        let passage =
            regles::designation::transition(d.etat, regles::designation::Evenement::Remplacer)?;
        designation::passer(tx, d.id, passage, d.kine_id, acte.le())?;
    }
    let liberee = regles::place::transition(place.etat, regles::place::Evenement::Liberer)?;
    if !place
        .limite_designation
        .is_some_and(|l| redevient_designable(l, acte.jour()))
    {
        finir(tx, acte, &place, Some(liberee))?;
        return Ok(());
    }
    place::passer(tx, &place, liberee)?;
    let depart = depart::complete(tx, &CpamScope::National, place.depart_id)?;
    let territoire = territoire(dossier)?;
    echeance::ouvrir(
        tx,
        acte,
        &echeance::Ouverture {
            caisse_code: &place.caisse_code,
            territoire,
            dossier_id: place_id,
            nature: NatureEcheance::DesignationSuccesseur,
            depart: depart.depart.date_cessation,
            delai: NatureEcheance::DesignationSuccesseur.delai(&acte.reglement, acte.jour())?,
            suspensions: &[],
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet_de_la_place(&place),
        Fait::PlaceRouverte {
            demande: dossier.demande.numero.clone(),
            limite_designation: place.limite_designation,
        },
    )?;
    let lettre = courriers::depart::PlaceRouverte {
        kine: &depart.kine.nom_complet(),
        contact: &depart.service.lignes(),
        commune: &depart.commune,
        successeur: &dossier.kine.nom_complet(),
        limite,
        sous_reserve: dossier.demande.sous_reserve(),
    }
    .lettre();
    cedant::ecrire(
        tx,
        acte,
        &format!("place_rouverte:{place_id}:{}", dossier.demande.id),
        &depart,
        lettre,
    )
}

fn objet_de_la_place(place: &Place) -> Objet<'_> {
    Objet::dossier(&place.caisse_code, place.id)
}
