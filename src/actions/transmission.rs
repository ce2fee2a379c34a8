//! PRO-1: a request that belongs to another caisse is forwarded to it, and who sent it is told (CRPA L114-2 to L114-4).

use chrono::NaiveDate;
use courriers::Courrier;
use regles::accuse::silence;
use regles::calendrier::Territoire;
use regles::echeance::{Echeance, NatureEcheance};
use regles::evenement::Fait;
use regles::fuseau::jour_local;
use regles::geste;
use regles::recours;
use regles::silence::{EffetSilence, effet_du_silence};
use regles::transmission::Transmission;

use super::destinataires::destinataires;
use super::dossier::{motif, objet, ouvrir, territoire};
use super::piece::liste;
use super::{Acte, Acteur, ActionError, ActionResult, courriel, echeance, tracer};
use crate::db::caisse;
use crate::db::demande::{self, DemandeComplete};
use crate::db::destinataire;
use crate::db::transmission::{self, NouvelleTransmission};
use crate::db::{CpamScope, DbError, WriteTx, nouveaute};

/// Hands a request over to the caisse `vers`. Its number, its documents and its history stay; who followed it and its labels
/// go; its delay of silence counts from the first reception where silence rejects, from the right one where it accepts.
/// Returns the name of the caisse in charge.
///
/// # Errors
/// A refusal in words, a wrong field, [`ActionError::Perime`], the refusal of the database.
pub fn transmettre(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    vers: &str,
    raison: &str,
) -> ActionResult<String> {
    let avant = ouvrir(tx, scope, numero, version)?;
    let d = &avant.demande;
    geste::transmettre(d.etat, d.nature, d.silence())?;
    let raison = motif("raison", raison, "Dites pourquoi : la personne le lira.")?;
    if vers == d.caisse_code {
        return Err(ActionError::champ(
            "caisse",
            "C’est votre caisse : choisissez celle dont dépend le lieu d’exercice.",
        ));
    }
    let choisie = caisse::lire(tx, vers).map_err(|e| match e {
        DbError::Introuvable => ActionError::champ("caisse", "Choisissez la caisse compétente."),
        autre => autre.into(),
    })?;
    let par = acte
        .acteur
        .id
        .ok_or_else(|| ActionError::Regle("a request forwarded by nobody".to_owned()))?;
    transmission::transmettre(
        tx,
        version,
        &NouvelleTransmission {
            dossier_id: d.id,
            de: &d.caisse_code,
            vers,
            transmise_le: acte.le(),
            par,
            raison,
        },
    )?;
    nouveaute::oublier(tx, d.id)?;
    let recue = demande::complete(tx, &CpamScope::National, numero)?;
    let delai = recompter(tx, acte, &avant, &recue)?;
    tracer(
        tx,
        &acte.acteur,
        objet(&avant),
        Fait::DossierTransmis {
            numero: numero.to_owned(),
            vers: choisie.nom.clone(),
            caisse: vers.to_owned(),
            raison: Some(raison.to_owned()),
        },
    )?;
    // On its own chain, the caisse in charge receives: nobody there has acted yet.
    let competente = Acteur {
        id: None,
        nom: choisie.nom.clone(),
        le: acte.le(),
    };
    tracer(
        tx,
        &competente,
        objet(&recue),
        Fait::DossierRecu {
            numero: numero.to_owned(),
            de: avant.service.nom.clone(),
            caisse: d.caisse_code.clone(),
        },
    )?;
    if let Some(delai) = delai {
        ecrire(tx, acte, &avant, &recue, raison, &delai)?;
    }
    Ok(choisie.nom)
}

/// Computes the delay of silence again for the caisse in charge; none where none runs.
fn recompter(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    avant: &DemandeComplete,
    recue: &DemandeComplete,
) -> ActionResult<Option<Recompte>> {
    let d = &avant.demande;
    let nature = NatureEcheance::DecisionImplicite;
    let Some(court) = crate::db::echeance::en_cours(tx, d.id, nature)? else {
        return Ok(None);
    };
    let la = territoire(recue)?;
    let transmise_le = acte.jour_a(la);
    let recue_le = jour_local(d.deposee_le, territoire(avant)?);
    let effet = effet_du_silence(&acte.reglement, recue_le)?;
    let transmission = Transmission {
        premiere: &d.caisse_code,
        competente: &recue.demande.caisse_code,
        recue_le,
        transmise_le,
    };
    // A file that is not complete starts nothing where silence accepts: the day is the one if it is complete as it is.
    let depart = transmission
        .depart_du_silence(effet, d.complete_le)
        .unwrap_or(transmise_le);
    let echeance = echeance::ouvrir(
        tx,
        acte,
        &echeance::Ouverture {
            caisse_code: transmission.accuse_par(),
            territoire: la,
            dossier_id: d.id,
            nature,
            depart,
            delai: nature.delai(&acte.reglement, depart)?,
            suspensions: &echeance::suspensions(&court)?,
        },
    )?;
    Ok(Some(Recompte {
        depart,
        recue_le,
        effet,
        echeance,
        territoire: la,
    }))
}

/// The delay of silence, counted for the caisse in charge.
struct Recompte {
    depart: NaiveDate,
    recue_le: NaiveDate,
    effet: EffetSilence,
    echeance: Echeance,
    territoire: Territoire,
}

/// Tells the applicant, then sends the receipt of the caisse in charge.
fn ecrire(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    avant: &DemandeComplete,
    recue: &DemandeComplete,
    raison: &str,
    delai: &Recompte,
) -> ActionResult<()> {
    let d = &recue.demande;
    let (kine, contact) = (recue.kine.nom_complet(), recue.service.lignes());
    let finale = delai.echeance.finale;
    let cle = |modele: &str| format!("{modele}:{}:{}", d.id, d.version);
    let lettre = courriers::demande::DemandeTransmise {
        kine: &kine,
        numero: &d.numero,
        de: &avant.service.nom,
        vers: &recue.service.nom,
        contact: &contact,
        raison,
        effet: delai.effet,
        finale,
        depart: delai.depart,
    }
    .lettre();
    courriel::au_demandeur(tx, acte, &cle("demande_transmise"), recue, &lettre)?;
    let jour = acte.jour_a(delai.territoire);
    let voie = recours::voie(&acte.reglement, jour)?;
    let ressort = destinataire::ressort(tx, d.kine_id)?;
    let destinataires = destinataires(voie, &recue.service, ressort);
    let lignes = liste::de_la_demande(tx, &acte.reglement, d)?;
    let manquantes: Vec<_> = (lignes.iter().filter(|l| l.manque()))
        .map(|l| l.nature)
        .collect();
    let lettre = courriers::demande::AccuseDeReception {
        kine: &kine,
        numero: &d.numero,
        contact: &contact,
        recue_le: delai.recue_le,
        nature: d.nature.libelle(),
        adresse: &d.adresse,
        commune: &recue.commune,
        service: &recue.service.nom,
        silence: &silence(&acte.reglement, delai.recue_le, &destinataires)?,
        finale,
        manquantes: &manquantes,
        sur_papier: false,
    }
    .lettre();
    courriel::au_demandeur(tx, acte, &cle("demande_deposee"), recue, &lettre)
}
