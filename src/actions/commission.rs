//! PRO-4: the commission is asked for its opinion, on a request or on the place of a departure.

use chrono::NaiveDate;
use courriers::Courrier;
use courriers::demande::CommissionSaisie;
use courriers::depart::PlaceCommissionSaisie;
use regles::calendrier::Territoire;
use regles::commission::{decision_projetee_depuis_la_saisine, terme_de_la_demande_d_audition};
use regles::conventionnement::AvisCpd;
use regles::demande::{EtatDemande, NatureDemande};
use regles::depart::Contestation;
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::fuseau::jour_local;
use regles::geste;

use super::depart::decompte::contestation;
use super::dossier::{entete, objet, ouvrir, territoire};
use super::echeance::{self, Ouverture};
use super::{Acte, ActionError, ActionResult, Objet, cedant, courriel, tracer};
use crate::db::demande::{self, ChangementDemande, DemandeComplete};
use crate::db::depart::{self, ChangementDepart};
use crate::db::{CpamScope, WriteTx, dossier as tronc, echeance as echeances, place};

/// Puts a complete derogation to the commission on `le`: the delay of its opinion begins, the person is told.
///
/// # Errors
/// A refusal in words, a day outside what the file allows, [`ActionError::Perime`], the refusal of the database.
pub fn saisir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    le: NaiveDate,
) -> ActionResult<NaiveDate> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    let d = &dossier.demande;
    let saisie = echeances::en_cours(tx, d.id, NatureEcheance::AvisCpd)?.is_some();
    geste::saisir(d.nature, d.etat, saisie, d.derogation_avis_cpd)?;
    let ici = territoire(&dossier)?;
    controler(acte, ici, d.complete_le, le)?;
    demande::modifier(tx, d.id, version, &ChangementDemande::default())?;
    let fin = "Commission saisie";
    echeance::satisfaire(tx, acte, d.id, NatureEcheance::SaisineCpd, fin)?;
    let terme = attendre(
        tx,
        acte,
        (d.id, &d.caisse_code, ici),
        NatureEcheance::AvisCpd,
        le,
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::CommissionSaisie {
            le,
            avis_attendu: terme,
        },
    )?;
    let lettre = CommissionSaisie {
        dossier: entete(&dossier),
        complete_le: d.complete_le,
        le,
        avis: terme,
        audition: terme_de_la_demande_d_audition(&acte.reglement, le, terme)?,
        decision: decision_projetee_depuis_la_saisine(&acte.reglement, le, ici)?,
    }
    .lettre();
    let cle = format!("commission_saisie:{}:{version}", d.id);
    courriel::au_demandeur(tx, acte, &cle, &dossier, &lettre)?;
    Ok(terme)
}

/// Asks the commission if the place of a departure may be transmitted.
///
/// # Errors
/// As [`saisir`].
pub fn saisir_du_depart(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    depart_id: i64,
    version: i32,
    le: NaiveDate,
) -> ActionResult<NaiveDate> {
    tronc::verrouiller(tx, depart_id)?;
    let c = depart::complete(tx, scope, depart_id)?;
    if c.depart.version != version {
        return Err(ActionError::Perime);
    }
    let place = place::de_depart(tx, depart_id)?;
    let saisie = echeances::en_cours(tx, depart_id, NatureEcheance::AvisPlace)?.is_some();
    let contestation = contestation(acte, &c, place.as_ref())?;
    geste::saisir_du_depart(place.map(|p| p.etat), saisie)?;
    let ici = c.service.territoire()?;
    let confirme_le = c.depart.traitee_le.map(|le| jour_local(le, ici));
    controler(acte, ici, confirme_le, le)?;
    depart::modifier(tx, depart_id, version, &ChangementDepart::default())?;
    let caisse = &c.depart.caisse_code;
    let terme = attendre(
        tx,
        acte,
        (depart_id, caisse, ici),
        NatureEcheance::AvisPlace,
        le,
    )?;
    // REG-3: what may be contested no more is no longer what falls due.
    if !matches!(contestation, Some(Contestation::Ouverte(_))) {
        let contestable = NatureEcheance::ContestationDecompte;
        let fin = "Le délai de contestation est écoulé";
        echeance::satisfaire(tx, acte, depart_id, contestable, fin)?;
    }
    tracer(
        tx,
        &acte.acteur,
        Objet::dossier(caisse, depart_id),
        Fait::PlaceCommissionSaisie {
            le,
            avis_attendu: terme,
        },
    )?;
    let lettre = PlaceCommissionSaisie {
        kine: &c.kine.nom_complet(),
        contact: &c.service.lignes(),
        commune: &c.commune,
        le,
        avis: terme,
        audition: terme_de_la_demande_d_audition(&acte.reglement, le, terme)?,
    }
    .lettre();
    let cle = format!("place_commission_saisie:{depart_id}:{version}");
    cedant::ecrire(tx, acte, &cle, &c, lettre)?;
    Ok(terme)
}

/// A referral is of a day between the one on which the case was ready and today.
fn controler(
    acte: &Acte,
    ici: Territoire,
    pret: Option<NaiveDate>,
    le: NaiveDate,
) -> ActionResult<()> {
    if le > acte.jour_a(ici) || pret.is_some_and(|pret| le < pret) {
        return Err(ActionError::champ(
            "le",
            "Indiquez un jour entre celui où le dossier a été complet et aujourd’hui.",
        ));
    }
    Ok(())
}

fn attendre(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    (dossier_id, caisse_code, territoire): (i64, &str, Territoire),
    nature: NatureEcheance,
    depart: NaiveDate,
) -> ActionResult<NaiveDate> {
    let ouverture = Ouverture {
        caisse_code,
        territoire,
        dossier_id,
        nature,
        depart,
        delai: nature.delai(&acte.reglement, depart)?,
        suspensions: &[],
    };
    Ok(echeance::ouvrir(tx, acte, &ouverture)?.finale)
}

/// A derogation is complete: the delay to put it to the commission begins, where its opinion is owed and not given.
///
/// # Errors
/// No parameter in force, the refusal of the database.
pub(super) fn ouvrir_la_saisine(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier: &DemandeComplete,
) -> ActionResult<()> {
    let d = &dossier.demande;
    let (ici, jour) = (territoire(dossier)?, acte.jour());
    let due = acte.reglement.texte("derogation.avis_cpd", jour)? == "obligatoire";
    if !due || d.nature != NatureDemande::Derogation || d.derogation_avis_cpd.is_some() {
        return Ok(());
    }
    let porteur = (d.id, d.caisse_code.as_str(), ici);
    attendre(
        tx,
        acte,
        porteur,
        NatureEcheance::SaisineCpd,
        acte.jour_a(ici),
    )?;
    Ok(())
}

/// The commission spoke: nothing is awaited from it. Once it gave an opinion on a complete file, the caisse decides within
/// its delay, which counts from the opinion, or from the last day of one that was never given.
///
/// # Errors
/// As [`ouvrir_la_saisine`].
pub(super) fn conclure(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier: &DemandeComplete,
    avis: AvisCpd,
) -> ActionResult<()> {
    let d = &dossier.demande;
    let ici = territoire(dossier)?;
    let attendu = echeances::en_cours(tx, d.id, NatureEcheance::AvisCpd)?;
    for nature in [NatureEcheance::SaisineCpd, NatureEcheance::AvisCpd] {
        echeance::satisfaire(tx, acte, d.id, nature, "Avis enregistré")?;
    }
    let depart = match (avis, attendu) {
        (AvisCpd::Ajourne | AvisCpd::Partage, _) => {
            let fin = "Avis à rendre de nouveau";
            return echeance::annuler(tx, acte, d.id, NatureEcheance::DecisionApresAvis, fin);
        }
        (AvisCpd::ReputeRendu, Some(e)) => e.finale,
        _ => acte.jour_a(ici),
    };
    if d.etat == EtatDemande::Complete {
        let porteur = (d.id, d.caisse_code.as_str(), ici);
        attendre(tx, acte, porteur, NatureEcheance::DecisionApresAvis, depart)?;
    }
    Ok(())
}
