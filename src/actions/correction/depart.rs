//! Corrections on a departure: who leaves, the address left, the day and the acts on which its place rests (REG-3, REG-5).

use chrono::NaiveDate;
use courriers::changement::Corrige;
use regles::correction::{Correction, Donnee, ecarts};
use regles::depart::{EtatDepart, verifier};
use regles::evenement::Fait;
use regles::texte;

use super::super::depart::decompte::{retenu, tenir};
use super::super::depart::{categorie_le, etat_de_la_place, reevaluer};
use super::super::dossier::obligatoire;
use super::{
    Acte, ActionError, ActionResult, Avis, Faite, Objet, Personne, Versions, borne, dire, motif,
    quelque_chose,
};
use crate::actions::cedant::Cedant;
use crate::actions::evaluation::{evaluer_depart, faits_du_depart};
use crate::clock::jour_a_paris;
use crate::db::depart::{self, ChangementDepart, Depart, DepartComplet};
use crate::db::dossier;
use crate::db::place;
use crate::db::{AnyConn, CpamScope, DbError, WriteTx};

/// What a departure declares, as it should read.
#[derive(Debug, Clone)]
pub struct DepartDeclare {
    /// Who leaves.
    pub personne: Personne,
    /// Address left.
    pub adresse: String,
    /// Day of the cessation.
    pub date: NaiveDate,
    /// Acts of the twelve months before; none when unknown.
    pub actes: Option<i64>,
    /// REG-15: whether she practised there by derogation; none when unknown.
    pub par_derogation: Option<bool>,
    /// Day of the extract on which the caisse counted them; none leaves the one that is kept.
    pub extrait_le: Option<NaiveDate>,
}

/// Corrects a departure. Once it is confirmed, the day and the acts change what its place is: the rules are applied again,
/// as long as nobody relies on the place.
///
/// # Errors
/// A wrong field, a refusal in words, [`ActionError::Perime`] when the departure or the person changed meanwhile.
pub fn corriger_depart(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    id: i64,
    versions: Versions,
    declare: &DepartDeclare,
    raison: &str,
) -> ActionResult<Faite> {
    dossier::verrouiller(tx, id)?;
    let depart = depart::complete(tx, scope, id)?;
    let c = &depart.depart;
    if c.version != versions.dossier || depart.kine.version != versions.kine {
        return Err(ActionError::Perime);
    }
    declare.personne.verifier()?;
    obligatoire("adresse", &declare.adresse, "Indiquez l’adresse quittée.")?;
    borne("adresse", &declare.adresse)?;
    let ecarts = ecarts(
        declare
            .personne
            .paires(&depart.kine)
            .into_iter()
            .chain(paires(c, declare)),
    );
    quelque_chose(&ecarts)?;
    let pese = ecarts.iter().any(|e| e.donnee.pese());
    if !ecarts.iter().all(|e| e.donnee.de_la_personne())
        && matches!(c.etat, EtatDepart::Rejetee | EtatDepart::Retiree)
    {
        return Err(ActionError::refus(
            "Cette déclaration est close : ce qu’elle dit ne se corrige plus. Le nom, le prénom et le téléphone peuvent \
             encore l’être.",
        ));
    }
    let motif = motif(raison)?;
    if pese {
        // As on the day it was declared: an old departure may be corrected too.
        let declaree = jour_a_paris(c.declaree_le);
        verifier(&acte.reglement, declaree, declare.date, declare.actes)
            .map_err(|e| renomme(e.into()))?;
    }
    let avant = resultat(tx, acte, &depart)?;
    if ecarts.iter().any(|e| e.donnee.de_la_personne()) {
        declare.personne.ecrire(tx, &depart.kine, versions.kine)?;
    }
    let actes =
        declare.actes.map(i32::try_from).transpose().map_err(|_| {
            ActionError::champ("actes_12_mois", "Ce nombre d’actes est trop grand.")
        })?;
    let categorie = categorie_le(tx, &acte.reglement, &c.insee, declare.date)?;
    depart::modifier(
        tx,
        id,
        versions.dossier,
        &ChangementDepart {
            adresse: Some(&declare.adresse),
            actes_12_mois: Some(actes),
            date_cessation: Some(declare.date),
            par_derogation: Some(declare.par_derogation),
            categorie_cessation: Some(categorie),
            ..ChangementDepart::default()
        },
    )?;
    let corrige = depart::complete(tx, scope, id)?;
    let reevaluation = if pese {
        if c.etat == EtatDepart::Confirmee {
            let compte = retenu(acte, &corrige.depart, c.actes_12_mois, declare.extrait_le)?;
            let place = reevaluer(tx, acte, &corrige)?;
            tenir(
                tx,
                acte,
                &corrige,
                c.actes_12_mois,
                compte,
                place.map(|(etat, _)| etat),
            )?;
        }
        Some((avant, resultat(tx, acte, &corrige)?))
    } else {
        None
    };
    let faite = Correction {
        motif: motif.to_owned(),
        corrections: ecarts.clone(),
        reevaluation: reevaluation.clone(),
    };
    let avis = Avis {
        objet: Objet::dossier(&c.caisse_code, id),
        fait: |c| Fait::DepartCorrigee {
            donnees: c.corrections.iter().map(|e| e.donnee).collect(),
            reevaluation: c.reevaluation.clone(),
            motif: c.motif.clone(),
            corrections: c.corrections.clone(),
        },
        cle: format!("depart_corrigee:{id}:{}", versions.dossier),
        a: Cedant::de(tx, &depart)?.destinataire().clone(),
        nom: format!("{} {}", declare.personne.prenom, declare.personne.nom),
        service: &depart.service,
        corrige: Corrige::Depart(id),
    };
    dire(tx, acte, &avis, &faite)?;
    Ok(Faite {
        ecarts,
        reevaluation,
    })
}

fn paires(c: &Depart, declare: &DepartDeclare) -> [(Donnee, String, String); 5] {
    let nombre = |n: Option<i64>| n.map_or_else(String::new, |n| n.to_string());
    let date = |d: Option<NaiveDate>| d.map_or_else(String::new, texte::date_fr);
    [
        (Donnee::Adresse, c.adresse.clone(), declare.adresse.clone()),
        (
            Donnee::DateCessation,
            texte::date_fr(c.date_cessation),
            texte::date_fr(declare.date),
        ),
        (
            Donnee::Actes,
            nombre(c.actes_12_mois.map(i64::from)),
            nombre(declare.actes),
        ),
        (
            Donnee::ParDerogation,
            oui_non(c.par_derogation),
            oui_non(declare.par_derogation),
        ),
        (
            Donnee::ReleveActes,
            date(c.decompte.actes_extrait_le),
            date(declare.extrait_le.or(c.decompte.actes_extrait_le)),
        ),
    ]
}

fn oui_non(dit: Option<bool>) -> String {
    let mot = match dit {
        None => "",
        Some(true) => "oui",
        Some(false) => "non",
    };
    mot.to_owned()
}

/// The fields of the declaration have other names here.
fn renomme(erreur: ActionError) -> ActionError {
    match erreur {
        ActionError::Champ { champ, message } => ActionError::Champ {
            champ: match champ {
                "date" => "date_cessation",
                "actes" => "actes_12_mois",
                autre => autre,
            },
            message,
        },
        autre => autre,
    }
}

/// What the departure opens: the state of its place, or what confirming it today would give.
fn resultat(conn: &mut AnyConn, acte: &Acte, depart: &DepartComplet) -> ActionResult<String> {
    if let Some(place) = place::de_depart(conn, depart.depart.id)? {
        return Ok(format!("place {}", place.etat.libelle().to_lowercase()));
    }
    let territoire =
        depart.service.territoire.parse().map_err(|_| {
            DbError::Incoherent(format!("territoire {}", depart.service.territoire))
        })?;
    let faits = faits_du_depart(&depart.depart, territoire);
    let conclusion = evaluer_depart(&acte.reglement, &faits, &depart.depart, acte.jour())?;
    Ok(match etat_de_la_place(&conclusion) {
        Ok(Some(etat)) => format!("place {}", etat.libelle().to_lowercase()),
        Ok(None) => "aucune place".to_owned(),
        Err(ActionError::Champ { .. }) => "il manque un fait pour conclure".to_owned(),
        Err(autre) => return Err(autre),
    })
}
